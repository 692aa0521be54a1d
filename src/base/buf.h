// SPDX-License-Identifier: AGPL-3.0-or-later
// Buf: a growing byte buffer in an arena with a maximum given at init. Writers are sticky: they return nothing,
// and after the first write that does not fit the buffer ignores the rest and `overflow` stays true. Test it
// once at the end with buf_status(). A Buf that is the arena's latest allocation grows in place.
//
//   Buf b = buf_init(arena, 4096, BUF_MAX_BYTES);
//   buf_str(&b, S("n=")); buf_int(&b, n);
//   TRY(buf_status(cx, &b));  Str out = buf_view(&b);
#pragma once
#include "base/str.h"

#define BUF_MAX_BYTES ((size_t)16 << 20)

typedef struct Buf {
	char *p;
	size_t n, cap, max;
	Arena *arena;
	bool overflow;
} Buf;

Buf buf_init(Arena *a, size_t start_bytes, size_t max_bytes);
bool buf_reserve_slow(Buf *b, size_t more);
static inline bool buf_reserve(Buf *b, size_t more)
{
	return __builtin_expect(b->cap - b->n >= more, 1) ? true : buf_reserve_slow(b, more);
}
static inline void buf_mem(Buf *b, const void *p, size_t n)
{
	if (n && buf_reserve(b, n)) {
		__builtin_memcpy(b->p + b->n, p, n);
		b->n += n;
	}
}
static inline void buf_str(Buf *b, Str s) { buf_mem(b, s.p, s.n); }
static inline void buf_char(Buf *b, char c)
{
	if (buf_reserve(b, 1)) b->p[b->n++] = c;
}
void buf_int(Buf *b, int64_t v);
void buf_z(Buf *b, const char *z);
PRINTF_LIKE(2, 3) void buf_format(Buf *b, const char *fmt, ...);
static inline Str buf_view(const Buf *b) { return (Str){b->p, b->n}; }
