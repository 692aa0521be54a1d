// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"

#include "net/http/rig_testkit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define WAIT_MS 5000

static void released(void *rig) { ((Rig *)rig)->released++; }

static bool rig_fast(UNUSED void *self, HttpJob *job)
{
	if (!str_eq(job->path, S("/fast")) && !(str_eq(job->path, S("/brief")) && job->loop_has_time)) return false;
	job->reply.status = 200;
	job->reply.body = S("fast\n");
	return true;
}

static HttpBodyRule rig_rule(UNUSED void *self, const HttpJob *job)
{
	Str path = job->path;
	HttpBodyRule rule = {.max_bytes = (size_t)1 << 20};
	if (str_ends(path, S("/small"))) rule.max_bytes = 10;
	if (str_eq(path, S("/closed"))) rule.refuse_status = 403;
	if (str_eq(path, S("/away"))) rule.refuse_status = 503;
	rule.ask = str_eq(path, S("/asked"));
	return rule;
}

static unsigned body_sum(Rig *r, const HttpJob *job)
{
	unsigned sum = 0;
	for (size_t i = 0; i < job->body.n; i++) sum = sum * 31 + (unsigned char)job->body.p[i];
	if (job->body_fd < 0) return sum;
	r->files++;
	unsigned char part[4096];
	for (ssize_t n; (n = read(job->body_fd, part, sizeof part)) > 0;)
		for (ssize_t i = 0; i < n; i++) sum = sum * 31 + part[i];
	return sum;
}

static void say_request(Rig *r, HttpJob *job)
{
	static const char *const NAMES[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
	job->reply.body = str_format(job->arena, "%s %.*s %zu %u\n", NAMES[job->method], STR(job->target), job->body_bytes,
								 body_sum(r, job));
}

static void wait_gate(Rig *r)
{
	pthread_mutex_lock(&r->lock);
	r->at_gate++;
	while (!r->gate) pthread_cond_wait(&r->moved, &r->lock);
	pthread_mutex_unlock(&r->lock);
}

static void postpone(Rig *r, HttpJob *job)
{
	job->later = true;
	pthread_mutex_lock(&r->lock);
	if (str_eq(job->path, S("/kept"))) {
		r->kept = job;
		r->keeps++;
	} else {
		r->later[r->later_n++] = job;
	}
	pthread_cond_broadcast(&r->moved);
	pthread_mutex_unlock(&r->lock);
}

static void be_busy(Rig *r, HttpJob *job)
{
	int64_t until_ns = time_thread_cpu_ns() + RIG_BUSY_NS;
	while (time_thread_cpu_ns() < until_ns) {}
	job->cpu_ns = &r->cpu_ns;
}

static void handle_bad(HttpJob *job)
{
	if (str_eq(job->path, S("/bad-header"))) http_reply_header(&job->reply, S("X-A"), S("b\r\nX-C: d"));
	else if (str_eq(job->path, S("/bad-nothing"))) job->reply.status = 0;
	else
		for (int i = 0; i <= HTTP_REPLY_HEADERS_MAX; i++) http_reply_header(&job->reply, S("X-A"), S("b"));
}

static void rig_handle(void *self, UNUSED int worker, HttpJob *job)
{
	Rig *r = self;
	bool second = job->user != NULL;
	if (job->body_pending) {
		r->asked++;
		if (http_header(job, S("X-Key")).p) return;
		r->begun++;
		job->reply.status = 401;
		job->reply.body = S("no key\n");
		job->reply.release = released;
		job->reply.release_arg = r;
		return;
	}
	job->reply.status = 200;
	job->reply.release = released;
	job->reply.release_arg = r;
	if (!second) r->begun++;
	if (str_eq(job->path, S("/gate"))) wait_gate(r);
	if (str_eq(job->path, S("/busy"))) be_busy(r, job);
	if (second) {
		job->reply.status = 409;
		job->reply.body = (Str){job->user, strlen(job->user)};
	} else if (str_eq(job->path, S("/later")) || str_eq(job->path, S("/again")) || str_eq(job->path, S("/kept"))) {
		postpone(r, job);
	} else if (str_eq(job->path, S("/big"))) {
		job->reply.body = (Str){r->big, RIG_BIG_BYTES};
	} else if (str_starts(job->path, S("/stream"))) {
		job->reply.stream = str_sub(job->path, 1, job->path.n);
		job->reply.body = S("retry: 1000\n\n");
	} else if (str_starts(job->path, S("/bad-"))) {
		handle_bad(job);
	} else {
		say_request(r, job);
	}
}

static void rig_finished(void *self, UNUSED const HttpJob *job, int status, size_t bytes)
{
	Rig *r = self;
	r->last_status = status;
	if (!bytes) r->finished_gone++;
	r->finished++;
}

static void *helper_main(void *self)
{
	Rig *r = self;
	pthread_mutex_lock(&r->lock);
	while (!r->closing || r->later_n) {
		if (!r->later_n) {
			pthread_cond_wait(&r->moved, &r->lock);
			continue;
		}
		HttpJob *job = r->later[--r->later_n];
		pthread_mutex_unlock(&r->lock);
		if (str_eq(job->path, S("/again"))) {
			job->user = str_z(job->arena, S("rendered by a worker\n"));
			http_job_again(job);
		} else {
			job->reply.body = S("by another thread\n");
			http_job_done(job);
		}
		pthread_mutex_lock(&r->lock);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

static void *runner_main(void *self)
{
	Rig *r = self;
	r->ended = http_server_run(r->server);
	return NULL;
}

Rig *rig_open(const RigOptions *options)
{
	Rig *r = ARENA_NEW(test_arena(), Rig, 1);
	HttpConfig g = options ? options->config : (HttpConfig){0};
	const HttpApp app = {.self = r,
						 .body_rule = rig_rule,
						 .fast = rig_fast,
						 .handle = rig_handle,
						 .finished = rig_finished,
						 .problems = S("/json/")};
	if (!g.listen.n) g.listen = S("127.0.0.1:0");
	if (!g.loops) g.loops = 2;
	if (!g.workers) g.workers = 2;
	if (!g.connections_max) g.connections_max = 500;
	r->big = arena_alloc(test_arena(), RIG_BIG_BYTES, 1);
	for (size_t i = 0; i < RIG_BIG_BYTES; i++) r->big[i] = (char)('a' + i % 23);
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->moved, NULL);
	assert_ok(test_ctx(), http_server_open(test_ctx(), &g, &app, &r->server));
	r->port = http_server_port(r->server);
	assert_int_equal(pthread_create(&r->helper, NULL, helper_main, r), 0);
	assert_int_equal(pthread_create(&r->runner, NULL, runner_main, r), 0);
	return r;
}

void gate_open(Rig *r)
{
	pthread_mutex_lock(&r->lock);
	r->gate = true;
	pthread_cond_broadcast(&r->moved);
	pthread_mutex_unlock(&r->lock);
}

void rig_wait(_Atomic int *counter, int at_least)
{
	for (int i = 0; *counter < at_least; i++) {
		if (i == WAIT_MS) fail_msg("waited in vain: %d instead of %d", *counter, at_least);
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	}
}

void rig_stop(Rig *r, Time deadline_ms)
{
	http_server_stop(r->server, deadline_ms);
	pthread_join(r->runner, NULL);
	r->stopped = true;
}

void rig_close(Rig *r)
{
	if (!r->stopped) rig_stop(r, 2000);
	pthread_mutex_lock(&r->lock);
	r->closing = true;
	pthread_cond_broadcast(&r->moved);
	pthread_mutex_unlock(&r->lock);
	pthread_join(r->helper, NULL);
	http_server_close(r->server);
	assert_int_equal(r->ended, ST_OK);
	assert_int_equal(r->released, r->begun);
	pthread_mutex_destroy(&r->lock);
	pthread_cond_destroy(&r->moved);
}

Client client_dial(const Rig *r)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)r->port)};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	Client c = {.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
	int on = 1;
	struct timeval patience = {.tv_sec = WAIT_MS / 1000};
	assert_true(c.fd >= 0);
	assert_int_equal(setsockopt(c.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), 0);
	assert_int_equal(setsockopt(c.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
	assert_int_equal(connect(c.fd, (const struct sockaddr *)(const void *)&to, sizeof to), 0);
	c.buf = malloc(CLIENT_BUFFER_BYTES);
	assert_non_null(c.buf);
	return c;
}

void client_say(Client *c, Str bytes)
{
	while (bytes.n) {
		ssize_t n = send(c->fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		if (n <= 0) return;
		bytes = str_sub(bytes, (size_t)n, bytes.n);
	}
}

void client_drip(Client *c, Str bytes, int pause_us)
{
	for (size_t i = 0; i < bytes.n; i++) {
		if (send(c->fd, bytes.p + i, 1, MSG_NOSIGNAL) != 1) return;
		if (pause_us) nanosleep(&(struct timespec){.tv_nsec = pause_us * 1000L}, NULL);
	}
}

static bool more(Client *c)
{
	if (c->n == CLIENT_BUFFER_BYTES) return false;
	ssize_t n = recv(c->fd, c->buf + c->n, CLIENT_BUFFER_BYTES - c->n, 0);
	if (n <= 0) return false;
	c->n += (size_t)n;
	return true;
}

static Str unread(const Client *c) { return (Str){c->buf + c->used, c->n - c->used}; }

const Heard *client_hear_head(Client *c)
{
	size_t at;
	int64_t status = 0;
	c->heard = (Heard){0};
	while (!str_find(unread(c), S("\r\n\r\n"), &at))
		if (!more(c)) return &c->heard;
	c->heard.head = str_sub(unread(c), 0, at + 2);
	c->used += at + 4;
	assert_true(str_starts(c->heard.head, S("HTTP/1.1 ")));
	assert_true(str_int(str_sub(c->heard.head, 9, 12), 100, 599, &status));
	c->heard.status = (int)status;
	return &c->heard;
}

static size_t length_of(Str head)
{
	size_t at, end;
	int64_t n = 0;
	if (!str_find(head, S("\r\nContent-Length: "), &at)) return 0;
	Str rest = str_sub(head, at + 18, head.n);
	assert_true(str_find_char(rest, '\r', &end));
	assert_true(str_int(str_sub(rest, 0, end), 0, INT64_MAX, &n));
	return (size_t)n;
}

const Heard *client_hear(Client *c)
{
	Heard *h = &c->heard;
	if (!client_hear_head(c)->status || h->status < 200) return h;
	size_t n = length_of(h->head);
	while (unread(c).n < n)
		if (!more(c)) fail_msg("the body ended after %zu of %zu bytes", unread(c).n, n);
	h->body = str_sub(unread(c), 0, n);
	c->used += n;
	return h;
}

bool client_until(Client *c, Str text)
{
	size_t at;
	while (!str_find(unread(c), text, &at))
		if (!more(c)) return false;
	c->used += at + text.n;
	return true;
}

bool client_ended(Client *c)
{
	char byte;
	if (unread(c).n) return false;
	ssize_t n = recv(c->fd, &byte, 1, 0);
	return n == 0 || (n < 0 && errno == ECONNRESET);
}

bool heard_header(const Heard *h, Str line)
{
	size_t at;
	return str_find(h->head, str_format(test_arena(), "\r\n%.*s\r\n", STR(line)), &at);
}

void client_done(Client *c)
{
	close(c->fd);
	free(c->buf);
	c->buf = NULL;
}
