// SPDX-License-Identifier: AGPL-3.0-or-later
// What the files of the HTTP server share. Nobody outside src/net/http includes it: libevent's types are here.
//
// Threads. Each Loop is one thread with one event_base; its connections, parsers, streams and spare arenas are touched
// by that thread only, so none of them has a lock or a reference count. Three things cross threads, each under
// its own lock: the worker queue (loop → worker), a loop's inbox (workers and broadcasters → loop, woken by an
// eventfd that is written once when the inbox was empty), and the table of addresses (all loops, at accept and
// close). Counters are atomics with one writer each.
//
// Owners. A Job lies in its own arena. While its body is read it belongs to the connection; while in flight to the
// worker, and conn->job and job->conn point at each other so that either may go first (only the loop thread
// reads or writes the two); once its reply is handed to the socket it belongs to the reference in the output
// buffer, whose callback releases it, or it is released at once when the socket took everything.
//
// Deadlines. Every state has a constant patience, so the connections of one state form a list ordered by deadline and
// the loop's tick looks at its head: no timer per connection, nothing to arm per request.
//
// A closed connection keeps its memory, marked CONN_DEAD, until the next accept: code up the stack may test it.
#pragma once
#include "net/http/limits.h"
#include "net/http/parse.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/uio.h>

typedef struct Loop Loop;
typedef struct Conn Conn;
typedef struct Job Job;
typedef struct Stream Stream;

typedef enum ConnState {
	CONN_IDLE, // between requests
	CONN_HEAD, // TLS handshake, or part of a head is here
	CONN_BODY,
	CONN_FLIGHT, // the job is with a worker
	CONN_WRITE,  // the reply waits for the socket
	CONN_STREAM,
	CONN_DRAIN, // we have said all; waiting for the client to close
	CONN_STATES,
	CONN_DEAD = CONN_STATES,
} ConnState;

struct Job {
	HttpJob pub; // first: a Job * is a HttpJob *
	Loop *loop;
	Conn *conn;          // NULL when the client has gone
	Job *next;           // in the queue or in the inbox
	_Atomic int holders; // of a job made `later`: the worker's call and http_job_done or _again; the last one acts
	bool again;          // set by http_job_again
	HttpBody body;
	char *mem; // the body as far as it came
	size_t mem_cap;
	uint64_t body_most; // bytes of it at most, for its deadline
	bool keep_alive, minor, drop_body, expect;
	bool may_keep; // what keep_alive was before a worker was asked about the body
};

struct Conn {
	Conn *prev, *next; // in the list of its state
	Loop *loop;
	struct bufferevent *bev;
	SSL *ssl;       // NULL = plain
	Job *job;       // in CONN_BODY and CONN_FLIGHT
	HttpHead *head; // in CONN_HEAD, once part of a head is here
	Stream *stream;
	Time deadline_ms, since_ms; // monotonic
	size_t mark_bytes;          // BODY: received; WRITE: left at the start of the window; DRAIN: thrown away
	uint64_t address;           // key in the table of addresses, 0 = not counted
	int fd;
	uint8_t state;
	bool reading, eof, close_after;
	bool broken; // a write failed
	uint8_t peer_n;
	char peer[HTTP_PEER_MAX_BYTES];
};

typedef struct ConnList {
	Conn *first, *last;
} ConnList;

struct Stream {
	Stream *next_free;
	uint64_t hash;
	size_t channel_n;
	char channel[HTTP_CHANNEL_MAX_BYTES];
};

typedef struct HeadSlot {
	HttpHead head; // first: a HttpHead * from http_loop_head_take is a HeadSlot *
	struct HeadSlot *next_free;
} HeadSlot;

typedef struct Event { // a broadcast on its way to one loop, alone in its arena
	struct Event *next;
	Arena *arena;
	uint64_t hash;
	Str channel, text;
} Event;

struct Loop {
	HttpServer *server;
	pthread_t thread;
	bool started;
	Arena *arena; // connections, parsers, streams: taken from here once, then reused
	struct event_base *base;
	struct event *listen_event, *wake_event, *tick_event, *turn_event;
	int listen_fd, wake_fd;
	bool listening, stopping;
	Time now_ms, next_beat_ms;
	int turn_jobs; // requests that came in this turn
	ConnList lists[CONN_STATES];
	Time patience_ms[CONN_STATES];
	Conn *free_conns;
	HttpHead *scratch; // heads that come in one piece never leave it
	HeadSlot *free_heads;
	Stream *free_streams;
	Arena *spare[HTTP_SPARE_ARENAS_MAX];
	size_t spare_n;
	int64_t date_s;
	size_t date_n;
	char date[HTTP_DATE_MAX_BYTES]; // "Date: …\r\n"
	char *reply_head;               // HTTP_REPLY_HEAD_MAX_BYTES

	pthread_mutex_t inbox_lock; // of the next three
	Job *done;
	Event *events, **events_tail;

	_Atomic int64_t requests, refused, accepted, connections, streams, bytes_out, dropped_readers;
};
