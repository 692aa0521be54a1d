// SPDX-License-Identifier: AGPL-3.0-or-later
// Str: a slice of bytes by value, {p, n}. It owns nothing and is not NUL-terminated. The text inside the program
// is valid UTF-8 (checked at the edge); n counts bytes. A Str with p == NULL is "absent" (SQL NULL), which is
// different from the empty string only where a header says so.
//
//   Str s = S("literal");                 fail(cx, ST_CONFLICT, "handle %.*s is taken", STR(s));
//   Cursor c = cursor_of(s);              if (cursor_take(&c, '/') && cursor_int(&c, 0, 99, &n)) …
//
// Parsing goes through Cursor: each primitive takes a maximum and leaves the cursor where it was on failure.
#pragma once
#include "base/arena.h"
#include "base/status.h"

typedef struct Str {
	const char *p;
	size_t n;
} Str;

#define S(lit) ((Str){(lit), sizeof(lit) - 1})
#define S_INIT(lit)                                                                                                    \
	{                                                                                                                  \
		(lit), sizeof(lit) - 1                                                                                         \
	}
#define STR(s) (int)(s).n, (s).p

static inline Str str_none(void) { return (Str){NULL, 0}; }
Str str_from(const char *z); // of a NUL-terminated string; NULL gives str_none()
bool str_eq(Str a, Str b);
bool str_eq_nocase(Str a, Str b); // ASCII
int str_cmp(Str a, Str b);        // bytewise
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
bool str_find(Str s, Str needle, size_t *ret_at);
bool str_find_char(Str s, char c, size_t *ret_at);
Str str_sub(Str s, size_t from, size_t to); // clamped
Str str_trim(Str s);                        // ASCII white space
// Cuts s at the first c: ret_head gets what is before it, the result is what follows; all in head if c is absent.
Str str_cut(Str s, char c, Str *ret_head);
bool str_has_word(Str words, Str word); // one of "a b c"
uint64_t str_hash(Str s);
Str str_copy(Arena *a, Str s);
Str str_lower(Arena *a, Str s); // ASCII
char *str_z(Arena *a, Str s);   // NUL-terminated copy
PRINTF_LIKE(2, 3) Str str_format(Arena *a, const char *fmt, ...);
// STR_CAT(a, S("/s/"), slug): one after another, a tenth of the price of a format.
#define STR_CAT(a, ...) str_cat((a), (const Str[]){__VA_ARGS__}, sizeof((const Str[]){__VA_ARGS__}) / sizeof(Str))
Str str_cat(Arena *a, const Str *v, size_t n);
bool str_int(Str s, int64_t min, int64_t max, int64_t *ret_v); // whole string, decimal

typedef struct Cursor {
	const char *p, *end;
} Cursor;

static inline Cursor cursor_of(Str s) { return (Cursor){s.p, s.p + s.n}; }
static inline bool cursor_done(const Cursor *c) { return c->p == c->end; }
static inline Str cursor_rest(const Cursor *c) { return (Str){c->p, (size_t)(c->end - c->p)}; }
bool cursor_take(Cursor *c, char ch);
bool cursor_take_str(Cursor *c, Str s);
bool cursor_int(Cursor *c, int64_t min, int64_t max, int64_t *ret_v);
// Takes bytes up to (not including) any of stops, at most max of them; fails if there are none or too many.
bool cursor_until(Cursor *c, Str stops, size_t max, Str *ret_s);
