// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tests of the HTTP server share: the probe table of handbook http.md, a server over a small application on a
// free port of the loopback, and a blocking client that reads one reply at a time.
//
//   Rig *r = rig_open(&(RigOptions){.config.workers = 1});
//   Client c = client_dial(r);
//   client_say(&c, S("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
//   assert_int_equal(client_hear(&c)->status, 200);
//   client_done(&c);
//   rig_close(r);                      // also asserts that every job was finished and released
//
// Paths of the application: /fast from the loop, /brief too if it has time; /gate waits until gate_open; /later, /again by another thread,
// /kept by the test; /big RIG_BIG_BYTES; /busy takes a worker 20 ms of CPU;
// /stream and /stream/NAME; /bad-header, /bad-many, /bad-nothing; /small and /json/small take 10 bytes of
// body, /closed none (403), /asked what comes with an X-Key (else 401 by a worker, before the body), /away none (503). Under
// /json/ what the server refuses is a problem. Everything else says "METHOD TARGET BODY_BYTES SUM-OF-BODY\n".
#pragma once
#include "net/http/http.h"

#include <pthread.h>
#include <stdatomic.h>

#define RIG_BIG_BYTES ((size_t)1 << 20)
#define RIG_BUSY_NS ((int64_t)20000000)
#define CLIENT_BUFFER_BYTES ((size_t)2 << 20)

typedef struct Probe {
	const char *name;
	int status;
	Str bytes;
} Probe;
size_t probe_list(Arena *a, Probe **ret_probes); // the whole table, also the long ones

typedef struct Rig {
	HttpServer *server;
	pthread_t runner, helper;
	int port;
	Status ended; // of http_server_run
	bool stopped;
	char *big;
	pthread_mutex_t lock; // of what follows, down to the counters
	pthread_cond_t moved;
	bool gate, closing;
	HttpJob *later[64], *kept;
	size_t later_n;
	_Atomic int begun, asked, keeps, at_gate, finished, finished_gone, released, files, last_status;
	_Atomic int64_t cpu_ns; // of the worker, for /busy
} Rig;

typedef struct RigOptions {
	HttpConfig config; // listen, loops and workers have defaults
} RigOptions;

Rig *rig_open(const RigOptions *options);
void gate_open(Rig *r);
void rig_wait(_Atomic int *counter, int at_least); // fails the test after 5 s
void rig_stop(Rig *r, Time deadline_ms);           // and waits for the end of http_server_run
void rig_close(Rig *r);

typedef struct Heard {
	int status; // 0: the connection ended before a reply
	Str head, body;
} Heard;

typedef struct Client {
	int fd;
	char *buf;
	size_t n, used;
	Heard heard;
} Client;

Client client_dial(const Rig *r);
void client_say(Client *c, Str bytes); // a peer that has gone is no failure
void client_drip(Client *c, Str bytes, int pause_us);
const Heard *client_hear(Client *c);         // one reply, with its body unless it is 1xx, 204 or 304
const Heard *client_hear_head(Client *c);    // without reading a body (HEAD, streams)
bool client_until(Client *c, Str text);      // reads until the text has come; true if it has within 5 s
bool client_ended(Client *c);                // true if the peer closes within 5 s and nothing more came
bool heard_header(const Heard *h, Str line); // "Name: value" is in the head
void client_done(Client *c);
