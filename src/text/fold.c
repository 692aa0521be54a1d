// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/fold.h"

#include <utf8proc.h>

static bool ascii(Str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80) return false;
	return true;
}

// utf8proc_decompose wants a signed code point buffer and says how much it needs; the result is encoded in place by
// utf8proc_reencode, which needs one code point of room more for its final NUL.
static Str fold_unicode(Arena *a, Str s)
{
	const utf8proc_option_t how = UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE |
								  UTF8PROC_STABLE;
	const utf8proc_uint8_t *in = (const utf8proc_uint8_t *)s.p;
	utf8proc_ssize_t need = utf8proc_decompose(in, (utf8proc_ssize_t)s.n, NULL, 0, how);
	if (need < 0) return S("");
	utf8proc_int32_t *points = ARENA_NEW(a, utf8proc_int32_t, (size_t)need + 1);
	utf8proc_ssize_t n = utf8proc_decompose(in, (utf8proc_ssize_t)s.n, points, need, how);
	if (n < 0 || n > need) return S("");
	n = utf8proc_reencode(points, n, how);
	return n < 0 ? S("") : (Str){(const char *)points, (size_t)n};
}

Str text_fold(Arena *a, Str s) { return ascii(s) ? str_lower(a, s) : fold_unicode(a, s); }

bool text_is_letter(uint32_t c)
{
	if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
	return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_ME;
}

bool text_is_digit(uint32_t c)
{
	return c < 0x80 ? c >= '0' && c <= '9' : utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ND;
}

bool text_is_space(uint32_t c)
{
	if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
	return k >= UTF8PROC_CATEGORY_ZS && k <= UTF8PROC_CATEGORY_ZP;
}
