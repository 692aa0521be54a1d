// SPDX-License-Identifier: AGPL-3.0-or-later
// Ctx: what a piece of work needs from outside: its arena, clock, randomness, ids and the place where a failure is
// described. One per request, job, command or test; used by one thread at a time. Higher floors hang their own
// state on it (site, actor), which base only carries.
//
//   return fail(cx, ST_CONFLICT, "handle %.*s is taken", STR(handle));
//   field_error(cx, "title", "error.title_empty");      // form errors are data; return ST_INVALID after them
#pragma once
#include "base/id.h"

#define FIELD_ERRORS_MAX 16

typedef struct FieldError {
	const char *field; // the form's or JSON body's member
	const char *key;   // message key in the catalogue
} FieldError;

typedef struct Rng {
	void (*fill)(void *self, void *p, size_t n);
	void *self;
} Rng;

struct Site;  // core
struct Actor; // core

typedef struct Ctx {
	Arena *arena;
	Time now_ms; // fixed for the whole of the work
	IdSource *ids;
	const Rng *rng;
	Status fail_status;
	Str fail_text; // for logs and the command line; never shown to web visitors as it is
	FieldError field_errors[FIELD_ERRORS_MAX];
	size_t field_errors_n;
	struct Site *site;
	struct Actor *actor;
	uint32_t queries; // statements run, for page budgets
} Ctx;

PRINTF_LIKE(3, 4) Status fail(Ctx *cx, Status st, const char *fmt, ...);
void fail_clear(Ctx *cx);
void field_error(Ctx *cx, const char *field, const char *key);
Status buf_status(Ctx *cx, const Buf *b); // ST_TOO_LARGE if it overflowed
Id ctx_id(Ctx *cx);
void rng_system_fill(void *self, void *p, size_t n); // getrandom
extern const Rng RNG_SYSTEM;
