// SPDX-License-Identifier: AGPL-3.0-or-later
// The HTTP/1.1 server: libevent loops, one strict parser, bounded workers (handbook: http). Callers see HttpJob only.
//
// A request is read whole by a loop thread (bodies over HTTP_BODY_MEM_BYTES go to an unlinked temporary file), offered to
// `fast` on the loop (static files, cached pages, small notes: must not block), else handed to a worker thread which calls
// `handle`. The worker fills job->reply and returns, or returns after arranging that http_job_done(job) is called later
// from any thread (job->later = true). The reply's body stays valid until `release` runs, also when the
// client is gone. Nobody outside src/net sees a libevent type.
#pragma once
#include "base/ctx.h"
#include "base/json.h"

#define HTTP_HEAD_MAX_BYTES ((size_t)16 << 10)
#define HTTP_HEADERS_MAX 100
#define HTTP_TARGET_MAX_BYTES ((size_t)8 << 10)
#define HTTP_BODY_MEM_BYTES ((size_t)64 << 10)
#define HTTP_REPLY_HEADERS_MAX 24
#define HTTP_CHANNEL_MAX_BYTES 95 // of the name of an event stream

typedef enum HttpMethod { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_OPTIONS } HttpMethod;

// What is answered to HEAD is what GET would be answered, without the body.
static inline bool http_method_reads(HttpMethod m) { return m == HTTP_GET || m == HTTP_HEAD; }

typedef struct HttpHeader {
	Str name, value; // name as sent; compare with str_eq_nocase
} HttpHeader;

typedef struct HttpServer HttpServer;

typedef struct HttpReply {
	int status;                                 // 0 until set
	HttpHeader headers[HTTP_REPLY_HEADERS_MAX]; // without Content-Length, Date, Connection: the server writes those
	size_t headers_n;
	Str body;
	void (*release)(void *arg); // frees the body's memory after the last byte or when the client is gone; may be NULL
	void *release_arg;
	bool close; // close the connection after this reply
	Str stream; // not empty: answer as text/event-stream and subscribe the connection to this channel
} HttpReply;

typedef struct HttpJob {
	HttpServer *server;
	HttpMethod method;
	Str target, path, query; // path and query are the two sides of the first '?', still percent-encoded
	const HttpHeader *headers;
	size_t headers_n;
	Str host;
	Str body;    // in memory, or
	int body_fd; // ≥ 0: a temporary file of body_bytes bytes, closed by the server
	size_t body_bytes;
	// The head only, since the body rule said `ask`. A reply that is filled refuses the body, which is then never read,
	// and ends the connection. If reply.status stays 0, the body is read and `handle` is called again without this.
	bool body_pending;
	Str peer; // textual address of the client
	bool tls;
	HttpReply reply;
	bool later;   // the worker set this: http_job_done or http_job_again will be called
	Arena *arena; // the request's arena, from the server; `release` defaults to giving it back. The handler may use it.
	void *user;   // the handler's own
	const char *route; // the handler's name for it in the access log, lives as long as the application; NULL: none
	_Atomic int64_t
		*cpu_ns;        // set by `handle`: where the worker adds the CPU time that the job took of it; NULL: nowhere
	int64_t started_ns; // monotonic, when the head was complete
	bool loop_has_time; // for `fast`: few came in this turn of the loop, so a short page may be drawn here
} HttpJob;

typedef struct HttpBodyRule { // answered before the body is read and before 100 Continue
	size_t max_bytes;
	int refuse_status; // 0, or a plain answer of the server's own
	bool ask;          // let a worker decide: `handle` is called with body_pending first
} HttpBodyRule;

typedef struct HttpApp {
	void *self;
	// On the loop thread, right after the head: the limits of this route. May be NULL (then 64 KiB).
	HttpBodyRule (*body_rule)(void *self, const HttpJob *job);
	// On the loop thread: true if job->reply was filled. May be NULL. Must not block or take long: others wait (loop_has_time).
	bool (*fast)(void *self, HttpJob *job);
	// On a worker thread.
	void (*handle)(void *self, int worker, HttpJob *job);
	// After the reply was handed to the socket, on the loop thread: for the access log and counters. May be NULL.
	void (*finished)(void *self, const HttpJob *job, int status, size_t bytes);
	// Where the application answers errors as application/problem+json: how such targets begin. What the server refuses by
	// itself there is one too; elsewhere, and where the target is not known yet, it is a line of text. Empty: everywhere.
	Str problems;
} HttpApp;

// RFC 9457. The object is left open for more members; its end is the caller's (json_end). No detail: str_none().
#define HTTP_PROBLEM_TYPE "application/problem+json"
Json http_problem_begin(Buf *b, Str title, int status, Str detail);

typedef struct HttpConfig {
	Str listen; // "127.0.0.1:8080", "[::1]:8080"; "fd:3" for a descriptor passed by systemd
	int loops, workers;
	size_t queue_max; // jobs waiting for a worker; above: 503 with Retry-After
	int connections_max, per_address_max;
	Time idle_ms, head_ms, body_ms, write_ms;     // 0 = the defaults: 60 s, 10 s, 60 s, 60 s
	size_t body_rate_bytes_s, write_rate_bytes_s; // minimum rates; 0 = the defaults
	Str tls_cert, tls_key;                        // PEM files; both empty = plain
	Str tmp_dir;                                  // for bodies over HTTP_BODY_MEM_BYTES; empty = /tmp
} HttpConfig;

MUST_CHECK Status http_server_open(Ctx *cx, const HttpConfig *config, const HttpApp *app, HttpServer **ret_server);
int http_server_port(const HttpServer *s); // the port really bound
// Runs until http_server_stop; loops and workers are threads of the server.
MUST_CHECK Status http_server_run(HttpServer *s);
void http_server_stop(HttpServer *s,
					  Time deadline_ms); // any thread: stop accepting, finish what is in flight, return from run
void http_server_close(HttpServer *s);

void http_job_done(HttpJob *job); // any thread, once, after job->later = true
// Instead of http_job_done: `handle` runs once more on a worker (an error page is rendered off the writer thread, say).
// It is never refused and goes before the jobs that wait. `later` is false again; `user`, `arena` and `reply` are kept.
void http_job_again(HttpJob *job);
void http_reply_header(HttpReply *r, Str name, Str value); // refuses CR and LF (the reply becomes 500)
Str http_header(const HttpJob *job, Str name);             // first value, str_none() if absent

// Sends one event ("event: NAME\ndata: …\n\n") to every stream of the channel. Any thread; copies its arguments.
void http_broadcast(HttpServer *s, Str channel, Str event, Str data);

typedef struct HttpStats {
	int64_t requests, refused, accepted, connections, streams, queue_depth, bytes_out, dropped_readers;
} HttpStats;
void http_server_stats(const HttpServer *s, HttpStats *ret_stats);
