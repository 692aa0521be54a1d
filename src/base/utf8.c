// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/utf8.h"

#include "base/bytes8.h"

// Length of the valid sequence at p, 0 if invalid (RFC 3629: no overlong forms, no surrogates, up to U+10FFFF; no NUL).
static size_t sequence_length(const unsigned char *p, size_t left)
{
	unsigned char c = p[0];
	if (c < 0x80) return c != 0;
	if (c < 0xc2 || c > 0xf4) return 0;
	size_t n = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (left < n) return 0;
	unsigned char lo = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80, hi = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
	if (p[1] < lo || p[1] > hi) return 0;
	for (size_t i = 2; i < n; i++)
		if ((p[i] & 0xc0) != 0x80) return 0;
	return n;
}

// Eight bytes of ASCII without a NUL: texts are mostly that.
static bool eight_plain(const char *p)
{
	uint64_t v = bytes8_at(p);
	return !((v | (v - BYTES8(1))) & BYTES8_HIGH);
}

bool utf8_valid(Str s)
{
	for (size_t i = 0; i < s.n;) {
		bool plain = s.n - i >= 8 && eight_plain(s.p + i);
		size_t n = plain ? 8 : sequence_length((const unsigned char *)s.p + i, s.n - i);
		if (!n) return false;
		i += n;
	}
	return true;
}

uint32_t utf8_next(const char **p, const char *end)
{
	if (*p >= end) return 0;
	const unsigned char *u = (const unsigned char *)*p;
	size_t n = u[0] < 0x80 ? 1 : u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : 4;
	if ((size_t)(end - *p) < n) n = (size_t)(end - *p);
	uint32_t v = n == 1 ? u[0] : u[0] & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++) v = v << 6 | (u[i] & 0x3fu);
	*p += n;
	return v;
}

size_t utf8_count(Str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

Str utf8_cut(Str s, size_t max_bytes)
{
	if (s.n <= max_bytes) return s;
	size_t n = max_bytes;
	while (n && ((unsigned char)s.p[n] & 0xc0) == 0x80) n--;
	return (Str){s.p, n};
}

Str utf8_repair(Arena *a, Str s)
{
	if (utf8_valid(s)) return s;
	Buf b = buf_init(a, s.n + 16, s.n * 3 + 16);
	for (size_t i = 0; i < s.n;) {
		size_t n = sequence_length((const unsigned char *)s.p + i, s.n - i);
		if (n) buf_mem(&b, s.p + i, n);
		else buf_str(&b, S("\xef\xbf\xbd"));
		i += n ? n : 1;
	}
	return buf_view(&b);
}

// Latin letters with marks, U+00C0 to U+017F, to their base letters; '-' where there is none.
static const char LATIN[] = "aaaaaaaceeeeiiiidnooooo-ouuuuy-saaaaaaaceeeeiiiidnooooo-ouuuuy-y"
							"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll"
							"nnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static char slug_char(uint32_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return (char)c;
	if (c >= 'A' && c <= 'Z') return (char)(c + 32);
	if (c >= 0xc0 && c - 0xc0 < sizeof LATIN - 1) return LATIN[c - 0xc0];
	return '-';
}

Str slug_from(Arena *a, Str title, size_t max_bytes)
{
	Buf b = buf_init(a, size_min(title.n, max_bytes) + 1, max_bytes + 1);
	for (const char *p = title.p, *end = title.p + title.n; p < end && b.n < max_bytes;) {
		uint32_t c = utf8_next(&p, end);
		if (c == '\'' || c == 0x2019) continue;
		char s = slug_char(c);
		if (s == '-' && (b.n == 0 || b.p[b.n - 1] == '-')) continue;
		buf_char(&b, s);
	}
	while (b.n && b.p[b.n - 1] == '-') b.n--;
	return buf_view(&b);
}
