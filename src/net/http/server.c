// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/http/internal.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#define LOOPS_DEFAULT_MAX 8
#define WORKERS_DEFAULT_MAX 32
#define STOP_POLL_NS 5000000
#define STOP_GRACE_MS ((Time)250) // after the deadline, for threads that are about to return

static int or_default(int64_t v, int64_t standard, int64_t max) { return (int)i64_min(v > 0 ? v : standard, max); }

static void config_defaults(HttpServer *s, const HttpConfig *from)
{
	HttpConfig *g = &s->config;
	int64_t cpus = i64_max(sysconf(_SC_NPROCESSORS_ONLN), 1);
	*g = *from;
	g->listen = str_copy(s->arena, from->listen);
	g->tls_cert = str_copy(s->arena, from->tls_cert);
	g->tls_key = str_copy(s->arena, from->tls_key);
	g->tmp_dir = from->tmp_dir.n ? str_copy(s->arena, from->tmp_dir) : S("/tmp");
	g->loops = or_default(g->loops, i64_min((cpus + 1) / 2, LOOPS_DEFAULT_MAX), HTTP_LOOPS_MAX);
	g->workers = or_default(g->workers, i64_min(cpus * 2, WORKERS_DEFAULT_MAX), HTTP_WORKERS_MAX);
	g->connections_max = or_default(g->connections_max, HTTP_CONNECTIONS_MAX, 1 << 20);
	if (!g->queue_max) g->queue_max = HTTP_QUEUE_MAX;
	if (!g->idle_ms) g->idle_ms = HTTP_IDLE_MS;
	if (!g->head_ms) g->head_ms = HTTP_HEAD_MS;
	if (!g->body_ms) g->body_ms = HTTP_BODY_MS;
	if (!g->write_ms) g->write_ms = HTTP_WRITE_MS;
	if (!g->body_rate_bytes_s) g->body_rate_bytes_s = HTTP_BODY_RATE_BYTES_S;
	if (!g->write_rate_bytes_s) g->write_rate_bytes_s = HTTP_WRITE_RATE_BYTES_S;
}

static Status loops_open(Ctx *cx, HttpServer *s)
{
	Str on = s->config.listen;
	s->loops = ARENA_NEW(s->arena, Loop, (size_t)s->config.loops);
	for (int i = 0; i < s->config.loops; i++) {
		int fd, port;
		TRY(http_listen_open(cx, on, i == 0, &fd, &port));
		s->port = port;
		size_t colon = on.n;
		while (colon && on.p[colon - 1] != ':') colon--;
		// The first loop may have been given any free port: the others share it.
		if (!str_starts(on, S("fd:"))) on = str_format(s->arena, "%.*s%d", (int)colon, on.p, port);
		TRY(http_loop_init(cx, s, &s->loops[i], fd));
	}
	return ST_OK;
}

static Status server_open(Ctx *cx, HttpServer *s)
{
	if (!s->config.tls_cert.n != !s->config.tls_key.n)
		return fail(cx, ST_INVALID, "a TLS certificate and its key are given together or not at all");
	if (s->config.tls_cert.n) TRY(http_tls_open(cx, &s->config, &s->tls));
	if (s->config.per_address_max) {
		s->addresses_cap = 64;
		while (s->addresses_cap < (size_t)s->config.connections_max * 2) s->addresses_cap *= 2;
		s->addresses = ARENA_NEW(s->arena, AddressCount, s->addresses_cap);
	}
	TRY(http_workers_init(cx, s));
	return loops_open(cx, s);
}

Status http_server_open(Ctx *cx, const HttpConfig *config, const HttpApp *app, HttpServer **ret_server)
{
	Arena *a = arena_new(ARENA_CAP_BYTES);
	HttpServer *s = ARENA_NEW(a, HttpServer, 1);
	s->arena = a;
	s->app = *app;
	pthread_mutex_init(&s->address_lock, NULL);
	atomic_store(&s->stop_at_ms, INT64_MAX);
	config_defaults(s, config);
	Status st = server_open(cx, s);
	if (st != ST_OK) {
		http_server_close(s);
		return st;
	}
	*ret_server = s;
	return ST_OK;
}

int http_server_port(const HttpServer *s) { return s->port; }

// Signals are for main (sigwait); SIGPIPE, which libevent's writes may raise, stays blocked for good.
static bool threads_start(HttpServer *s)
{
	sigset_t all, old;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	bool ok = http_workers_start(s);
	for (int i = 0; ok && i < s->config.loops; i++) {
		Loop *l = &s->loops[i];
		ok = l->started = !pthread_create(&l->thread, NULL, http_loop_main, l);
	}
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return ok;
}

// Jobs that somebody promised to finish later hold pointers into the server.
static bool jobs_wait(HttpServer *s)
{
	const struct timespec pause = {.tv_nsec = STOP_POLL_NS};
	Time until_ms = atomic_load(&s->stop_at_ms) + STOP_GRACE_MS;
	while (atomic_load(&s->jobs_out) > 0) {
		if (time_mono_ns() / 1000000 >= until_ms) return false;
		nanosleep(&pause, NULL);
	}
	return true;
}

Status http_server_run(HttpServer *s)
{
	bool ok = threads_start(s);
	if (!ok) http_server_stop(s, 0);
	for (int i = 0; i < s->config.loops; i++) {
		if (s->loops[i].started) pthread_join(s->loops[i].thread, NULL);
		s->loops[i].started = false;
	}
	http_workers_close(s);
	if (!http_workers_join(s, atomic_load(&s->stop_at_ms) + STOP_GRACE_MS) || !jobs_wait(s)) {
		s->abandoned = true;
		return ST_TIMEOUT;
	}
	return ok ? ST_OK : ST_INTERNAL;
}

void http_server_stop(HttpServer *s, Time deadline_ms)
{
	int64_t at_ms = time_mono_ns() / 1000000 + deadline_ms, known = atomic_load(&s->stop_at_ms);
	while (at_ms < known && !atomic_compare_exchange_weak(&s->stop_at_ms, &known, at_ms)) {}
	atomic_store(&s->stopping, true);
	for (int i = 0; i < s->config.loops; i++) http_loop_wake(&s->loops[i]);
}

void http_server_close(HttpServer *s)
{
	if (!s || s->abandoned) return; // a handler still runs on its memory: the process is about to end
	for (int i = 0; s->loops && i < s->config.loops; i++) http_loop_done(&s->loops[i]);
	if (s->tls) SSL_CTX_free(s->tls);
	pthread_mutex_destroy(&s->address_lock);
	if (s->queue.cap) {
		pthread_mutex_destroy(&s->queue.lock);
		pthread_cond_destroy(&s->queue.ready);
	}
	arena_free(s->arena);
}

void http_server_stats(const HttpServer *s, HttpStats *ret_stats)
{
	HttpStats t = {0};
	for (int i = 0; i < s->config.loops; i++) {
		const Loop *l = &s->loops[i];
		t.requests += atomic_load_explicit(&l->requests, memory_order_relaxed);
		t.refused += atomic_load_explicit(&l->refused, memory_order_relaxed);
		t.accepted += atomic_load_explicit(&l->accepted, memory_order_relaxed);
		t.connections += atomic_load_explicit(&l->connections, memory_order_relaxed);
		t.streams += atomic_load_explicit(&l->streams, memory_order_relaxed);
		t.bytes_out += atomic_load_explicit(&l->bytes_out, memory_order_relaxed);
		t.dropped_readers += atomic_load_explicit(&l->dropped_readers, memory_order_relaxed);
	}
	t.queue_depth = atomic_load_explicit(&s->queue.depth, memory_order_relaxed);
	*ret_stats = t;
}
