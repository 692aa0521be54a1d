// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

Str str_from(const char *z) { return z ? (Str){z, strlen(z)} : str_none(); }

bool str_eq(Str a, Str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }

static char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

bool str_eq_nocase(Str a, Str b)
{
	if (a.n != b.n) return false;
	for (size_t i = 0; i < a.n; i++)
		if (a.p[i] != b.p[i] && ascii_lower(a.p[i]) != ascii_lower(b.p[i])) return false;
	return true;
}

int str_cmp(Str a, Str b)
{
	size_t n = size_min(a.n, b.n);
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(Str s, Str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(Str s, Str suffix)
{
	return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

bool str_find(Str s, Str needle, size_t *ret_at)
{
	if (!needle.n || needle.n > s.n) return false;
	const char *p = memmem(s.p, s.n, needle.p, needle.n);
	if (!p) return false;
	*ret_at = (size_t)(p - s.p);
	return true;
}

bool str_find_char(Str s, char c, size_t *ret_at)
{
	const char *p = s.n ? memchr(s.p, c, s.n) : NULL;
	if (!p) return false;
	*ret_at = (size_t)(p - s.p);
	return true;
}

Str str_sub(Str s, size_t from, size_t to)
{
	to = size_min(to, s.n);
	from = size_min(from, to);
	return s.p ? (Str){s.p + from, to - from} : s;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Str str_trim(Str s)
{
	while (s.n && is_space(s.p[0])) s = (Str){s.p + 1, s.n - 1};
	while (s.n && is_space(s.p[s.n - 1])) s.n--;
	return s;
}

Str str_cut(Str s, char c, Str *ret_head)
{
	size_t at;
	if (!str_find_char(s, c, &at)) {
		*ret_head = s;
		return str_none();
	}
	*ret_head = str_sub(s, 0, at);
	return str_sub(s, at + 1, s.n);
}

bool str_has_word(Str words, Str word)
{
	for (Str one; words.n;) {
		words = str_cut(words, ' ', &one);
		if (str_eq(one, word)) return true;
	}
	return false;
}

uint64_t str_hash(Str s) // FNV-1a with a final mix; for tables in memory only
{
	uint64_t h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	h ^= h >> 32;
	h *= 0x9e3779b97f4a7c15u;
	return h ^ (h >> 29);
}

Str str_copy(Arena *a, Str s)
{
	if (!s.p) return s;
	char *p = arena_alloc(a, s.n, 1);
	if (s.n) memcpy(p, s.p, s.n);
	return (Str){p, s.n};
}

Str str_lower(Arena *a, Str s)
{
	char *p = arena_alloc(a, s.n, 1);
	for (size_t i = 0; i < s.n; i++) p[i] = ascii_lower(s.p[i]);
	return (Str){p, s.n};
}

char *str_z(Arena *a, Str s)
{
	char *p = arena_alloc(a, s.n + 1, 1);
	if (s.n) memcpy(p, s.p, s.n);
	return p;
}

Str str_cat(Arena *a, const Str *v, size_t n)
{
	size_t bytes = 0, at = 0;
	for (size_t i = 0; i < n; i++) bytes += v[i].n;
	char *p = arena_alloc(a, bytes, 1);
	for (size_t i = 0; i < n; at += v[i++].n)
		if (v[i].n) memcpy(p + at, v[i].p, v[i].n);
	return (Str){p, bytes};
}

Str str_format(Arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	BUG_IF(n < 0);
	char *p = arena_alloc(a, (size_t)n + 1, 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (Str){p, (size_t)n};
}

bool str_int(Str s, int64_t min, int64_t max, int64_t *ret_v)
{
	Cursor c = cursor_of(s);
	int64_t v;
	if (!cursor_int(&c, min, max, &v) || !cursor_done(&c)) return false;
	*ret_v = v;
	return true;
}

bool cursor_take(Cursor *c, char ch)
{
	if (c->p == c->end || *c->p != ch) return false;
	c->p++;
	return true;
}

bool cursor_take_str(Cursor *c, Str s)
{
	if (!str_starts(cursor_rest(c), s)) return false;
	c->p += s.n;
	return true;
}

bool cursor_int(Cursor *c, int64_t min, int64_t max, int64_t *ret_v)
{
	const char *p = c->p;
	bool minus = p < c->end && *p == '-';
	p += minus;
	const char *digits = p;
	int64_t v = 0;
	for (; p < c->end && *p >= '0' && *p <= '9'; p++) {
		int d = *p - '0';
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, minus ? -d : d, &v)) return false;
	}
	if (p == digits || v < min || v > max) return false;
	c->p = p;
	*ret_v = v;
	return true;
}

bool cursor_until(Cursor *c, Str stops, size_t max, Str *ret_s)
{
	const char *p = c->p;
	while (p < c->end && !memchr(stops.p, *p, stops.n)) p++;
	size_t n = (size_t)(p - c->p);
	if (n == 0 || n > max) return false;
	*ret_s = (Str){c->p, n};
	c->p = p;
	return true;
}
