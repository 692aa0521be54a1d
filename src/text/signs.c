// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/signs.h"

#include "base/utf8.h"

#include <utf8proc.h>

// U+00C0 to U+017F without their marks; a blank is no letter.
static const char BASE[] =
	"aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggg"
	"hhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

Signs *signs_new(Arena *a)
{
	Signs *s = ARENA_NEW(a, Signs, 1);
	s->v = ARENA_NEW(a, Sign, TEXT_MAX_BYTES + 2);
	s->words = ARENA_NEW(a, SignWord, TEXT_MAX_BYTES / 2 + 2);
	return s;
}

// One code point of any bytes; -1 for a byte that is none.
static int32_t decode(Str text, uint32_t at, uint32_t *ret_bytes)
{
	utf8proc_int32_t c = -1;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.p + at, (utf8proc_ssize_t)(text.n - at), &c);
	*ret_bytes = n > 0 ? (uint32_t)n : 1;
	return n > 0 ? c : -1;
}

static void put(Signs *s, uint32_t c, uint32_t at, SignClass class, bool upper)
{
	s->v[s->n++] = (Sign){.c = c, .at = at, .class = (uint8_t) class, .flags = upper ? SIGN_UPPER : 0};
	s->digits_n += class == SIGN_DIGIT;
}

static void put_ascii(Signs *s, uint32_t c, uint32_t at)
{
	if (c >= 'A' && c <= 'Z') put(s, c | 32, at, SIGN_LETTER, true);
	else if (c >= 'a' && c <= 'z') put(s, c, at, SIGN_LETTER, false);
	else if (c >= '0' && c <= '9') put(s, c, at, SIGN_DIGIT, false);
	else if (c == '\n') put(s, c, at, SIGN_LINE, false);
	else if (c == ' ' || (c >= '\t' && c <= '\r')) put(s, ' ', at, SIGN_SPACE, false);
	else put(s, c, at, SIGN_OTHER, false);
	s->ats_n += c == '@';
}

static bool is_dash(uint32_t c) { return (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

static bool is_nothing(uint32_t c)
{
	return c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
		   c == 0xfeff || (c >= 0x300 && c <= 0x36f);
}

// Digits of a script stand in a row; how many of them stand before it is what a digit is worth.
static uint32_t digit_value(uint32_t c)
{
	uint32_t v = 0;
	if (c >= 0x1d7ce && c <= 0x1d7ff) return (c - 0x1d7ce) % 10;
	while (v < 9 && utf8proc_category((utf8proc_int32_t)(c - v - 1)) == UTF8PROC_CATEGORY_ND) v++;
	return v;
}

static void put_other(Signs *s, uint32_t c, uint32_t at)
{
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
	bool ordinal = c == 0xaa || c == 0xba; // of 2º and 3ª: letters to Unicode
	if (k == UTF8PROC_CATEGORY_ND) {
		put(s, '0' + digit_value(c), at, SIGN_DIGIT, false);
	} else if (k == UTF8PROC_CATEGORY_ZS || k == UTF8PROC_CATEGORY_ZL || k == UTF8PROC_CATEGORY_ZP) {
		put(s, ' ', at, SIGN_SPACE, false);
	} else if (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_ME && !ordinal) {
		uint32_t lower = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
		put(s, lower, at, SIGN_LETTER, lower != c);
	} else {
		put(s, c, at, SIGN_OTHER, false);
	}
}

static void put_high(Signs *s, uint32_t c, uint32_t at)
{
	if (c >= 0xc0 && c < 0x180 && BASE[c - 0xc0] != ' ') {
		bool upper = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c) != c;
		put(s, (uint32_t)BASE[c - 0xc0], at, SIGN_LETTER, upper);
		if (c == 0xdf) put(s, 's', at, SIGN_LETTER, upper);
	} else if (c >= 0xff01 && c <= 0xff5e) {
		put_ascii(s, c - 0xff01 + '!', at);
	} else if (!is_nothing(c)) {
		put_other(s, is_dash(c) ? '-' : c == 0x2019 || c == 0x2018 ? '\'' : c, at);
	}
}

static void find_words(Signs *s)
{
	s->words_n = 0;
	for (uint32_t i = 0; i < s->n; i++) {
		if (!sign_alnum(&s->v[i])) continue;
		SignWord w = {.from = i, .hash = HASH_SEED, .upper = (s->v[i].flags & SIGN_UPPER) != 0};
		for (; sign_alnum(&s->v[i]); i++) {
			w.hash = hash_step(w.hash, s->v[i].c);
			w.digits |= s->v[i].class == SIGN_DIGIT;
			w.letters |= s->v[i].class == SIGN_LETTER;
		}
		w.to = i;
		w.hash = hash_end(w.hash);
		s->words[s->words_n++] = w;
	}
}

void signs_read(Signs *s, Str text)
{
	s->cut = text.n > TEXT_MAX_BYTES;
	if (s->cut) text = utf8_cut(text, TEXT_MAX_BYTES);
	s->text = text;
	s->n = s->digits_n = s->ats_n = 0;
	for (uint32_t at = 0, bytes; at < text.n; at += bytes) {
		int32_t c = decode(text, at, &bytes);
		if (c < 0) put(s, 0xfffd, at, SIGN_OTHER, false);
		else if (c < 0x80) put_ascii(s, (uint32_t)c, at);
		else put_high(s, (uint32_t)c, at);
	}
	s->v[s->n] = (Sign){.at = (uint32_t)text.n, .class = SIGN_END};
	find_words(s);
}

uint32_t signs_hash(Str word)
{
	uint32_t h = HASH_SEED;
	for (size_t i = 0; i < word.n; i++) h = hash_step(h, (unsigned char)word.p[i]);
	return hash_end(h);
}

bool signs_are(const Signs *s, uint32_t from, Str folded)
{
	if (from > s->n || folded.n > s->n - from) return false;
	for (uint32_t i = 0; i < folded.n; i++)
		if (s->v[from + i].c != (unsigned char)folded.p[i]) return false;
	return true;
}

Str signs_text(const Signs *s, uint32_t from, uint32_t to) { return str_sub(s->text, s->v[from].at, s->v[to].at); }

uint32_t signs_digits_end(const Signs *s, uint32_t from, uint32_t most)
{
	uint32_t i = from;
	while (i - from < most && s->v[i].class == SIGN_DIGIT) i++;
	return i;
}

uint32_t signs_letters_end(const Signs *s, uint32_t from, uint32_t most)
{
	uint32_t i = from;
	while (i - from < most && s->v[i].class == SIGN_LETTER) i++;
	return i;
}

bool sign_in(const Sign *sign, const char *set)
{
	if (!sign->c || sign->c >= 0x80) return false;
	while (*set && *set != (char)sign->c) set++;
	return *set != 0;
}

bool signs_glued(const Signs *s, uint32_t at, const char *set)
{
	return at > 1 && sign_in(&s->v[at - 1], set) && sign_alnum(&s->v[at - 2]);
}
