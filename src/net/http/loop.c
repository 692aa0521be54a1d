// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/http/internal.h"

#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

// Conn, HeadSlot and Stream of each connection, and what the loop itself needs.
#define LOOP_BYTES_A_CONNECTION ((size_t)2048)
_Static_assert(sizeof(Conn) + sizeof(HeadSlot) + sizeof(Stream) + 128 <= LOOP_BYTES_A_CONNECTION, "arena of a loop");
#define LOOP_BYTES_FIXED ((size_t)4 << 20)

Time http_loop_now(Loop *l)
{
	l->now_ms = time_mono_ns() / 1000000;
	return l->now_ms;
}

// The event comes up behind all that the last wait has found.
bool http_loop_has_time(Loop *l)
{
	if (!l->turn_jobs) event_active(l->turn_event, EV_TIMEOUT, 0);
	return l->turn_jobs++ < HTTP_JOBS_A_TURN;
}

static void turn_ends(UNUSED evutil_socket_t fd, UNUSED short what, void *loop) { ((Loop *)loop)->turn_jobs = 0; }

void http_loop_unlist(Loop *l, Conn *c)
{
	ConnList *list = &l->lists[c->state];
	*(c->prev ? &c->prev->next : &list->first) = c->next;
	*(c->next ? &c->next->prev : &list->last) = c->prev;
}

void http_loop_list(Loop *l, Conn *c, ConnState state)
{
	if (c->state != CONN_DEAD) http_loop_unlist(l, c);
	c->state = (uint8_t)state;
	c->since_ms = l->now_ms;
	c->deadline_ms = l->now_ms + l->patience_ms[state];
	ConnList *list = &l->lists[state];
	c->prev = list->last;
	c->next = NULL;
	*(list->last ? &list->last->next : &list->first) = c;
	list->last = c;
}

HttpHead *http_loop_head_take(Loop *l)
{
	HeadSlot *slot = l->free_heads;
	if (!slot) return &ARENA_NEW(l->arena, HeadSlot, 1)->head;
	l->free_heads = slot->next_free;
	return &slot->head;
}

void http_loop_head_give(Loop *l, HttpHead *h)
{
	HeadSlot *slot = (HeadSlot *)h;
	slot->next_free = l->free_heads;
	l->free_heads = slot;
}

Job *http_job_new(Loop *l)
{
	Arena *a = l->spare_n ? l->spare[--l->spare_n] : arena_new(ARENA_CAP_BYTES);
	Job *job = ARENA_NEW(a, Job, 1);
	job->loop = l;
	job->pub.server = l->server;
	job->pub.arena = a;
	job->pub.body_fd = -1;
	return job;
}

void http_job_release(Job *job)
{
	Loop *l = job->loop;
	Arena *a = job->pub.arena;
	if (job->pub.body_fd >= 0) close(job->pub.body_fd);
	if (job->pub.reply.release) job->pub.reply.release(job->pub.reply.release_arg);
	if (l->spare_n == HTTP_SPARE_ARENAS_MAX) {
		arena_free(a);
		return;
	}
	arena_reset(a);
	l->spare[l->spare_n++] = a;
}

void http_loop_wake(Loop *l)
{
	uint64_t one = 1;
	ssize_t done = write(l->wake_fd, &one, sizeof one); // cannot fail: the counter never gets near its maximum
	(void)done;
}

void http_job_deliver(Job *job)
{
	Loop *l = job->loop;
	pthread_mutex_lock(&l->inbox_lock);
	bool first = !l->done && !l->events;
	job->next = l->done;
	l->done = job;
	atomic_fetch_sub(&l->server->jobs_out, 1);
	// Waking is done under the lock: once the loop has taken this job, the server may end and close the descriptor.
	if (first) http_loop_wake(l);
	pthread_mutex_unlock(&l->inbox_lock);
}

static void job_done(Job *job)
{
	HttpServer *s = job->loop->server;
	Conn *c = job->conn;
	if (!c) { // the client went
		if (s->app.finished) s->app.finished(s->app.self, &job->pub, job->pub.reply.status, 0);
		http_job_release(job);
		return;
	}
	job->conn = NULL;
	c->job = NULL;
	if (job->pub.body_pending && !job->pub.reply.status) {
		job->pub.body_pending = false;
		job->keep_alive = job->may_keep;
		http_conn_body(c, job);
	} else {
		http_reply_send(c, job);
	}
	if (c->state != CONN_DEAD) http_conn_advance(c);
}

static void inbox_take(Loop *l)
{
	pthread_mutex_lock(&l->inbox_lock);
	Job *done = l->done, *in_order = NULL;
	Event *events = l->events;
	l->done = NULL;
	l->events = NULL;
	l->events_tail = &l->events;
	pthread_mutex_unlock(&l->inbox_lock);
	for (Job *next; done; done = next) {
		next = done->next;
		done->next = in_order;
		in_order = done;
	}
	for (Job *next; in_order; in_order = next) {
		next = in_order->next;
		job_done(in_order);
	}
	for (Event *next; events; events = next) {
		next = events->next;
		http_stream_event(l, events);
		arena_free(events->arena);
	}
}

static void close_list(Loop *l, ConnState state)
{
	while (l->lists[state].first) http_conn_close(l->lists[state].first);
}

// Connections without a request end now; the others end after their reply, since http_reply_send sees l->stopping.
static void loop_stop(Loop *l)
{
	if (!l->stopping) {
		l->stopping = true;
		http_listen_pause(l);
		close(l->listen_fd);
		l->listen_fd = -1;
		close_list(l, CONN_IDLE);
		close_list(l, CONN_STREAM);
	}
	bool late = http_loop_now(l) >= atomic_load(&l->server->stop_at_ms);
	for (ConnState state = 0; late && state < CONN_STATES; state++) close_list(l, state);
	if (!atomic_load_explicit(&l->connections, memory_order_relaxed)) event_base_loopbreak(l->base);
}

static void wake_ready(UNUSED evutil_socket_t fd, UNUSED short what, void *loop)
{
	Loop *l = loop;
	http_loop_now(l);
	inbox_take(l);
	if (atomic_load(&l->server->stopping)) loop_stop(l);
}

static void tick(UNUSED evutil_socket_t fd, UNUSED short what, void *loop)
{
	Loop *l = loop;
	http_loop_now(l);
	http_conn_tick(l);
	if (l->now_ms >= l->next_beat_ms) {
		l->next_beat_ms = l->now_ms + HTTP_STREAM_BEAT_MS;
		http_stream_beat(l);
	}
	if (atomic_load(&l->server->stopping)) loop_stop(l);
	else http_listen_resume(l);
}

static void patience_init(Loop *l, const HttpConfig *g)
{
	l->patience_ms[CONN_IDLE] = g->idle_ms;
	l->patience_ms[CONN_HEAD] = g->head_ms;
	l->patience_ms[CONN_BODY] = g->body_ms;
	l->patience_ms[CONN_FLIGHT] = l->patience_ms[CONN_STREAM] = 0; // not asked
	l->patience_ms[CONN_WRITE] = g->write_ms;
	l->patience_ms[CONN_DRAIN] = HTTP_DRAIN_MS;
}

static struct event_base *base_open(void)
{
	struct event_config *g = event_config_new();
	if (!g) return NULL;
	struct event_base *base = NULL;
	if (!event_config_set_flag(g, EVENT_BASE_FLAG_NOLOCK)) base = event_base_new_with_config(g);
	event_config_free(g);
	return base;
}

Status http_loop_init(Ctx *cx, HttpServer *s, Loop *l, int listen_fd)
{
	l->server = s;
	l->listen_fd = listen_fd;
	l->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	pthread_mutex_init(&l->inbox_lock, NULL);
	l->events_tail = &l->events;
	l->arena = arena_new(LOOP_BYTES_FIXED + (size_t)s->config.connections_max * LOOP_BYTES_A_CONNECTION);
	l->scratch = ARENA_NEW(l->arena, HttpHead, 1);
	l->reply_head = ARENA_NEW(l->arena, char, HTTP_REPLY_HEAD_MAX_BYTES);
	patience_init(l, &s->config);
	l->next_beat_ms = http_loop_now(l) + HTTP_STREAM_BEAT_MS;
	l->base = base_open();
	if (!l->base || l->wake_fd < 0) return fail(cx, ST_INTERNAL, "cannot make an event loop");
	l->listen_event = event_new(l->base, listen_fd, EV_READ | EV_PERSIST, http_listen_ready, l);
	l->wake_event = event_new(l->base, l->wake_fd, EV_READ | EV_PERSIST | EV_ET, wake_ready, l); // ET: never read
	l->tick_event = event_new(l->base, -1, EV_PERSIST, tick, l);
	l->turn_event = event_new(l->base, -1, 0, turn_ends, l);
	if (!l->listen_event || !l->wake_event || !l->tick_event || !l->turn_event)
		return fail(cx, ST_INTERNAL, "cannot make events");
	struct timeval every = {.tv_usec = HTTP_TICK_MS * 1000};
	if (event_add(l->wake_event, NULL) || event_add(l->tick_event, &every))
		return fail(cx, ST_INTERNAL, "cannot watch an event loop");
	http_listen_resume(l);
	return ST_OK;
}

void *http_loop_main(void *loop)
{
	Loop *l = loop;
	http_loop_now(l);
	event_base_dispatch(l->base);
	for (ConnState state = 0; state < CONN_STATES; state++) close_list(l, state);
	event_base_loop(l->base, EVLOOP_NONBLOCK); // libevent closes sockets one turn late
	return NULL;
}

void http_loop_done(Loop *l)
{
	if (!l->server) return; // never initialised
	for (ConnState state = 0; state < CONN_STATES; state++) close_list(l, state);
	if (l->listen_event) event_free(l->listen_event);
	if (l->wake_event) event_free(l->wake_event);
	if (l->tick_event) event_free(l->tick_event);
	if (l->turn_event) event_free(l->turn_event);
	if (l->base) event_base_free(l->base); // runs the finalisers of buffers, which release jobs
	pthread_mutex_lock(&l->inbox_lock);    // whoever delivered the last job may still be about to unlock
	pthread_mutex_unlock(&l->inbox_lock);
	for (Job *job = l->done, *next; job; job = next) {
		next = job->next;
		http_job_release(job);
	}
	for (Event *e = l->events, *next; e; e = next) {
		next = e->next;
		arena_free(e->arena);
	}
	while (l->spare_n) arena_free(l->spare[--l->spare_n]);
	if (l->listen_fd >= 0) close(l->listen_fd);
	if (l->wake_fd >= 0) close(l->wake_fd);
	pthread_mutex_destroy(&l->inbox_lock);
	arena_free(l->arena);
}
