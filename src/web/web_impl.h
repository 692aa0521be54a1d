// SPDX-License-Identifier: AGPL-3.0-or-later
// Shared by the .c files of src/web only.
#pragma once
#include "base/trace.h"
#include "web/cache.h"
#include "web/form.h"
#include "web/guess.h"
#include "web/limit.h"
#include "web/router.h"
#include "web/web.h"

#include <stdatomic.h>

#define WEB_JOB_ARENA_BYTES ((size_t)64 << 20)

typedef struct RouteCount {
	_Atomic int64_t requests, failures, cpu_ns;
	_Atomic int64_t usual_ns; // half of the last pages took less, by the clock; 0: none yet
} RouteCount;

struct Web {
	Arena *arena;
	WebConfig config;
	_Atomic(Site *) site;
	Router *router;
	Cache *cache; // NULL: off
	Coder *coder;
	Limits *limits;   // NULL: none
	Guesses *guesses; // NULL: none
	HttpServer *server;
	_Atomic uint64_t generation;
	RouteCount *counts; // by route
	Trace *trace;       // of the routes whose handler ran, NULL if nobody asked
	_Atomic int64_t cache_hits, not_modified;
};

// One request on its way through; lives in the job's arena.
typedef struct Work {
	Web *web;
	HttpJob *job;
	Ctx cx;
	Actor actor;
	Req req;
	Res res;
	WriteOp op;
	uint64_t generation;
	Str csrf;
	Str origin_key; // hash of the Idempotency-Key, or absent
	Str request_hash;
	Status failed; // how the write ended, when the job comes back to a worker
} Work;

#define WEB_API_UNDER "/api/" // errors there are problem+json, whoever tells them

// web.c
Str web_channel(Arena *a, const Site *site, Str channel); // as the server knows it
// session.c
Str cookie_value(const HttpJob *job, Str name);
Status session_identify(Work *w);   // fills actor, session_token
Status session_guard_form(Work *w); // Origin, Sec-Fetch-Site, token
Status session_guard_note(Work *w); // the first two, of which a browser sends one
// respond.c
void respond(Work *w);                  // w->res -> job->reply
void respond_nothing(Work *w);          // 204
void retry_after(Work *w, Status st);   // the header, if it may be tried again
bool note_serve(Work *w);               // note.c: of a NOTE the reply is made, whatever it is
void respond_error(Work *w, Status st); // page, fragment or problem+json
void respond_cached(HttpJob *job, CacheEntry *e, Coding coding);
void security_headers(HttpReply *r);
Str cache_key(Arena *a, const HttpJob *job, Coding coding, Str theme);
Status idempotency_find_reply(Work *w, Tx *tx, bool *ret_found);
Status idempotency_keep_reply(Work *w, Tx *tx);
// assets.c
bool asset_serve(HttpJob *job);
// builtin.c
bool builtin_serve(Web *web, Work *w);                  // /healthz, /metrics, /api/v1/openapi.json
void metrics_write(Buf *b, Web *const *webs, size_t n); // of sites on one server
bool web_from_here(const HttpJob *job);
bool web_answers(Web *web, Arena *a); // its database does
// brief.c
void brief_learn(RouteCount *c, int64_t took_ns);
bool brief_serve(Web *web, HttpJob *job); // on the loop: true if the page is drawn
// web.c
Work *work_new(Web *web, HttpJob *job, size_t body_bytes);
Status find_route(Work *w);
Status parse_input(Work *w);
Status check_right(Work *w);
Status check_limit(Work *w);
void note_route(const Work *w);
// what HttpApp calls
bool web_fast(void *self, HttpJob *job);
void web_handle(void *self, int worker, HttpJob *job);
const char *method_name(HttpMethod m); // of a route: GET or POST
HttpBodyRule web_body_rule(void *self, const HttpJob *job);
