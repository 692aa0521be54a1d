// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

Buf buf_init(Arena *a, size_t start_bytes, size_t max_bytes)
{
	Buf b = {.max = max_bytes, .arena = a};
	if (start_bytes) buf_reserve(&b, size_min(start_bytes, max_bytes));
	return b;
}

bool buf_reserve_slow(Buf *b, size_t more)
{
	if (b->overflow) return false;
	size_t need = b->n + more;
	size_t cap = size_min(size_max(size_max(need, b->cap * 2), 64), b->max);
	char *p = more > b->max || need > b->max ? NULL : arena_grow_raw(b->arena, b->p, b->cap, cap);
	if (!p) {
		b->overflow = true;
		b->cap = b->n; // so that the inline check fails from now on
		return false;
	}
	b->p = p;
	b->cap = cap;
	return true;
}

void buf_int(Buf *b, int64_t v)
{
	char tmp[20];
	size_t at = sizeof tmp;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do {
		tmp[--at] = (char)('0' + u % 10);
		u /= 10;
	} while (u);
	if (v < 0) tmp[--at] = '-';
	buf_mem(b, tmp + at, sizeof tmp - at);
}

void buf_z(Buf *b, const char *z) { buf_mem(b, z, strlen(z)); }

void buf_format(Buf *b, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	BUG_IF(n < 0);
	if (buf_reserve(b, (size_t)n + 1)) {
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
		b->n += (size_t)n;
	}
	va_end(again);
}
