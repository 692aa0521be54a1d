// SPDX-License-Identifier: AGPL-3.0-or-later
// The server that owns the loops and workers, and what the files of src/net/http call in one another. Nobody outside
// includes it: conn.h, which says how threads, owners and deadlines work, brings in libevent's types.
//
// Calls go down this list: server, listen, loop, conn, body and stream, reply, worker. What goes the other way goes
// through an inbox (http_job_deliver, http_broadcast) or through http_conn_dispatch, http_conn_sent and http_conn_advance,
// the three doors by which a connection moves on. After any call that may write, the connection may be CONN_DEAD.
#pragma once
#include "net/http/conn.h"

typedef struct Queue { // of jobs for the workers, linked by their `next`
	pthread_mutex_t lock;
	pthread_cond_t ready;
	Job *first, *last;
	size_t cap, n;         // cap binds new jobs, not those that come again
	_Atomic int64_t depth; // n, for those who only look
	int waiting;
	bool closed;
} Queue;

typedef struct AddressCount {
	uint64_t key; // 0 = free
	int64_t n;
} AddressCount;

typedef struct Worker {
	HttpServer *server;
	pthread_t thread;
	int index;
	bool started;
	int64_t cpu_ns; // of its thread, when it was done with its last job
} Worker;

struct HttpServer {
	Arena *arena;
	HttpConfig config;
	HttpApp app;
	SSL_CTX *tls;
	int port;
	Loop *loops; // config.loops of them
	Worker *workers;
	Queue queue;
	_Atomic bool stopping;
	_Atomic int64_t stop_at_ms; // monotonic; jobs in flight are given up then
	_Atomic int64_t connections;
	_Atomic int64_t jobs_out;     // with workers, or later
	bool abandoned;               // a handler did not return in time: nothing may be freed
	pthread_mutex_t address_lock; // of the next two
	AddressCount *addresses;
	size_t addresses_cap; // power of two
};

static inline void http_count(_Atomic int64_t *counter, int64_t by) // by its one writer
{
	atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + by, memory_order_relaxed);
}

// loop.c
Status http_loop_init(Ctx *cx, HttpServer *s, Loop *l, int listen_fd);
void http_loop_done(Loop *l);
void *http_loop_main(void *loop);
void http_loop_wake(Loop *l);
void http_loop_list(Loop *l, Conn *c, ConnState state); // to the end of its new list, with a new deadline
void http_loop_unlist(Loop *l, Conn *c);
Time http_loop_now(Loop *l);      // reads the clock
bool http_loop_has_time(Loop *l); // false from the HTTP_JOBS_A_TURN-th request of a turn on
HttpHead *http_loop_head_take(Loop *l);
void http_loop_head_give(Loop *l, HttpHead *h);
Job *http_job_new(Loop *l);
void http_job_release(Job *job); // loop thread, or after the loops have ended
void http_job_deliver(Job *job); // any thread: to the inbox of its loop

// listen.c
Status http_listen_open(Ctx *cx, Str listen, bool probe, int *ret_fd, int *ret_port);
void http_listen_ready(evutil_socket_t fd, short what, void *loop);
void http_listen_pause(Loop *l);
void http_listen_resume(Loop *l);
bool http_address_take(HttpServer *s, uint64_t key); // false: too many of it already
void http_address_give(HttpServer *s, uint64_t key);

// conn.c
void http_conn_open(Loop *l, int fd, const struct sockaddr_storage *from, uint64_t address);
void http_conn_close(Conn *c);
void http_conn_advance(Conn *c);            // reads as many requests as are here and can be answered now
void http_conn_sent(Conn *c);               // after a whole reply was handed over: what comes next
void http_conn_dispatch(Conn *c, Job *job); // the request is whole
void http_conn_body(Conn *c, Job *job);     // its body may come: 100 Continue, if that was asked for
void http_conn_tick(Loop *l);               // deadlines

// body.c
bool http_body_read(Conn *c); // true if something was eaten

// reply.c
void http_reply_send(Conn *c, Job *job);
void http_reply_refuse(Conn *c, int status); // a reply of the server's own; closes except for 503
bool http_conn_put(Conn *c, Str s); // copies: to the socket, the rest to the buffer; false if the socket is broken

// worker.c
Status http_workers_init(Ctx *cx, HttpServer *s);
bool http_workers_start(HttpServer *s);
bool http_workers_push(HttpServer *s, Job *job); // false: full
void http_workers_close(HttpServer *s);
bool http_workers_join(HttpServer *s, Time until_ms); // false: some did not return

// stream.c
void http_stream_begin(Conn *c, Str channel); // its head has been sent
void http_stream_end(Conn *c);
void http_stream_event(Loop *l, const Event *e);
void http_stream_beat(Loop *l);

// tls.c
Status http_tls_open(Ctx *cx, const HttpConfig *config, SSL_CTX **ret_tls);
