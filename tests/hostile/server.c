// SPDX-License-Identifier: AGPL-3.0-or-later
// The server that abuse.c abuses and that the measurements of src/net/http use: the real HTTP server with a small
// application. Prints "port N", serves until SIGTERM, then prints its counters and its
// CPU time, and ends with 0 if everything was given back.
//
//   server [--loops N] [--workers N] [--idle-ms N] [--cert FILE --key FILE]
//
// GET /fast 13 KiB from the loop · /work 13 KiB from a worker · /sleep 5 ms in a worker · /big 1 MiB · /later answered
// by another thread · /again sent back by it to a worker · /events an event stream · /tell one event to all streams
// POST /echo says how many bytes came; a worker is asked before it comes.
#include "base/buf.h"
#include "base/time.h"
#include "net/http/http.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define PAGE_BYTES ((size_t)13 << 10)
#define BIG_BYTES ((size_t)1 << 20)
#define BODY_MAX_BYTES ((size_t)4 << 20)
#define LATER_MAX 4096
#define STOP_MS ((Time)5000)

typedef struct App {
	HttpServer *server;
	char *page, *big;
	pthread_mutex_t lock; // of what follows
	pthread_cond_t ready;
	HttpJob *later[LATER_MAX];
	size_t later_n;
	bool ended;
	_Atomic int64_t begun, finished;
} App;

static void nap(long ms) { nanosleep(&(struct timespec){.tv_nsec = ms * 1000000}, NULL); }

static void *later_main(void *self)
{
	App *app = self;
	pthread_mutex_lock(&app->lock);
	while (!app->ended || app->later_n) {
		if (!app->later_n) {
			pthread_cond_wait(&app->ready, &app->lock);
			continue;
		}
		HttpJob *job = app->later[--app->later_n];
		pthread_mutex_unlock(&app->lock);
		if (str_eq(job->path, S("/again"))) {
			job->user = app;
			http_job_again(job);
		} else {
			job->reply.status = 200;
			job->reply.body = S("later\n");
			http_job_done(job);
		}
		pthread_mutex_lock(&app->lock);
	}
	pthread_mutex_unlock(&app->lock);
	return NULL;
}

static void answer(HttpJob *job, Str body)
{
	job->reply.status = 200;
	http_reply_header(&job->reply, S("Content-Type"), S("text/html; charset=utf-8"));
	http_reply_header(&job->reply, S("Cache-Control"), S("public, max-age=60"));
	http_reply_header(&job->reply, S("X-Content-Type-Options"), S("nosniff"));
	job->reply.body = body;
}

static bool fast(void *self, HttpJob *job)
{
	App *app = self;
	if (!str_eq(job->path, S("/fast"))) return false;
	answer(job, (Str){app->page, PAGE_BYTES});
	return true;
}

static HttpBodyRule body_rule(void *self, const HttpJob *job)
{
	(void)self;
	return (HttpBodyRule){.max_bytes = BODY_MAX_BYTES,
						  .refuse_status = str_eq(job->path, S("/closed")) ? 403 : 0,
						  .ask = str_eq(job->path, S("/echo"))};
}

static void postpone(App *app, HttpJob *job)
{
	pthread_mutex_lock(&app->lock);
	if (app->later_n < LATER_MAX) {
		job->later = true;
		app->later[app->later_n++] = job;
		pthread_cond_signal(&app->ready);
	} else {
		job->reply.status = 503;
	}
	pthread_mutex_unlock(&app->lock);
}

static void handle(void *self, int worker, HttpJob *job)
{
	App *app = self;
	(void)worker;
	if (job->body_pending) return; // let it come
	if (!job->user) app->begun++;
	Str path = job->path;
	if (str_eq(path, S("/work"))) {
		char *page = arena_alloc(job->arena, PAGE_BYTES, 1);
		memcpy(page, app->page, PAGE_BYTES);
		answer(job, (Str){page, PAGE_BYTES});
	} else if (str_eq(path, S("/sleep"))) {
		nap(5);
		answer(job, S("slept\n"));
	} else if (str_eq(path, S("/big"))) {
		answer(job, (Str){app->big, BIG_BYTES});
	} else if (str_eq(path, S("/again")) && job->user) {
		answer(job, S("again\n"));
	} else if (str_eq(path, S("/later")) || str_eq(path, S("/again"))) {
		postpone(app, job);
	} else if (str_eq(path, S("/events"))) {
		job->reply.status = 200;
		job->reply.stream = S("all");
		job->reply.body = S("retry: 1000\n\n");
	} else if (str_eq(path, S("/tell"))) {
		http_broadcast(app->server, S("all"), S("tick"), S("one\ntwo"));
		answer(job, S("told\n"));
	} else if (str_eq(path, S("/echo"))) {
		answer(job, str_format(job->arena, "%zu\n", job->body_bytes));
	} else {
		job->reply.status = 404;
	}
}

static void finished(void *self, const HttpJob *job, int status, size_t bytes)
{
	App *app = self;
	(void)job, (void)status, (void)bytes;
	app->finished++;
}

static void *watch_main(void *self)
{
	App *app = self;
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	int sig;
	sigwait(&set, &sig);
	http_server_stop(app->server, STOP_MS);
	return NULL;
}

static void report(App *app)
{
	HttpStats t;
	struct rusage u;
	http_server_stats(app->server, &t);
	getrusage(RUSAGE_SELF, &u);
	double cpu_us = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 +
					(double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
	printf("requests %lld refused %lld accepted %lld connections %lld streams %lld dropped %lld begun %lld finished "
		   "%lld\n",
		   (long long)t.requests, (long long)t.refused, (long long)t.accepted, (long long)t.connections,
		   (long long)t.streams, (long long)t.dropped_readers, (long long)app->begun, (long long)app->finished);
	printf("cpu_us %.0f cpu_us_per_request %.2f max_rss_kib %ld\n", cpu_us,
		   t.requests ? cpu_us / (double)t.requests : 0, u.ru_maxrss);
}

int main(int argc, char **argv)
{
	static App app = {.lock = PTHREAD_MUTEX_INITIALIZER, .ready = PTHREAD_COND_INITIALIZER};
	HttpConfig g = {.listen = S("127.0.0.1:0"), .loops = 2, .workers = 4, .connections_max = 18000};
	for (int i = 1; i + 1 < argc; i += 2) {
		Str v = str_from(argv[i + 1]);
		if (!strcmp(argv[i], "--loops")) g.loops = (int)strtol(v.p, NULL, 10);
		if (!strcmp(argv[i], "--workers")) g.workers = (int)strtol(v.p, NULL, 10);
		if (!strcmp(argv[i], "--idle-ms")) g.idle_ms = strtol(v.p, NULL, 10);
		if (!strcmp(argv[i], "--cert")) g.tls_cert = v;
		if (!strcmp(argv[i], "--key")) g.tls_key = v;
	}
	sigset_t set;
	sigfillset(&set);
	pthread_sigmask(SIG_SETMASK, &set, NULL);
	AUTO(Arena) arena = arena_new(ARENA_CAP_BYTES);
	IdSource ids = {.node = 1};
	Ctx cx = {.arena = arena, .now_ms = time_now(), .ids = &ids, .rng = &RNG_SYSTEM};
	app.page = arena_alloc(arena, PAGE_BYTES, 1);
	app.big = arena_alloc(arena, BIG_BYTES, 1);
	memset(app.page, 'x', PAGE_BYTES);
	memset(app.big, 'y', BIG_BYTES);
	const HttpApp calls = {.self = &app, .body_rule = body_rule, .fast = fast, .handle = handle, .finished = finished};
	if (http_server_open(&cx, &g, &calls, &app.server) != ST_OK) {
		fprintf(stderr, "%.*s\n", STR(cx.fail_text));
		return 1;
	}
	pthread_t watcher, later;
	if (pthread_create(&watcher, NULL, watch_main, &app) || pthread_create(&later, NULL, later_main, &app)) return 1;
	printf("port %d\n", http_server_port(app.server));
	fflush(stdout);
	Status st = http_server_run(app.server);
	pthread_mutex_lock(&app.lock);
	app.ended = true;
	pthread_cond_signal(&app.ready);
	pthread_mutex_unlock(&app.lock);
	pthread_join(later, NULL);
	pthread_join(watcher, NULL);
	report(&app);
	http_server_close(app.server);
	return st == ST_OK ? 0 : 1;
}
