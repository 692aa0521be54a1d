// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/ctx.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/random.h>

#define FAIL_TEXT_MAX_BYTES 512

Status fail(Ctx *cx, Status st, const char *fmt, ...)
{
	char *p = arena_try_alloc(cx->arena, FAIL_TEXT_MAX_BYTES, 1);
	cx->fail_status = st;
	cx->fail_text = S("out of memory while failing");
	if (!p) return st;
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(p, FAIL_TEXT_MAX_BYTES, fmt, ap);
	va_end(ap);
	cx->fail_text = (Str){p, n < 0 ? 0 : size_min((size_t)n, FAIL_TEXT_MAX_BYTES - 1)};
	return st;
}

void fail_clear(Ctx *cx)
{
	cx->fail_status = ST_OK;
	cx->fail_text = str_none();
	cx->field_errors_n = 0;
}

void field_error(Ctx *cx, const char *field, const char *key)
{
	for (size_t i = 0; i < cx->field_errors_n; i++) // the first fault of a field is the one to mend first
		if (str_eq(str_from(cx->field_errors[i].field), str_from(field))) return;
	if (cx->field_errors_n < FIELD_ERRORS_MAX)
		cx->field_errors[cx->field_errors_n++] = (FieldError){.field = field, .key = key};
}

Status buf_status(Ctx *cx, const Buf *b)
{
	return b->overflow ? fail(cx, ST_TOO_LARGE, "output passes its limit of %zu bytes", b->max) : ST_OK;
}

Id ctx_id(Ctx *cx) { return id_next(cx->ids, cx->now_ms); }

void rng_system_fill(void *self, void *p, size_t n)
{
	(void)self;
	for (unsigned char *at = p; n;) {
		ssize_t got = getrandom(at, n, 0);
		BUG_IF(got <= 0);
		at += got;
		n -= (size_t)got;
	}
}

const Rng RNG_SYSTEM = {.fill = rng_system_fill};
