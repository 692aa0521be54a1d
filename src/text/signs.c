// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/signs.h"

#include "base/utf8.h"

#include <utf8proc.h>

// U+00C0 to U+017F without their marks; a blank is no letter.
static const char BASE[] =
	"aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggg"
	"hhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

#define O_ SIGN_OTHER
#define S_ SIGN_SPACE
#define N_ SIGN_LINE
#define D_ SIGN_DIGIT
#define L_ SIGN_LETTER
// clang-format off
static const uint8_t ASCII[128] = {
	O_, O_, O_, O_, O_, O_, O_, O_, O_, S_, N_, S_, S_, S_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_,
	S_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, O_, D_, D_, D_, D_, D_, D_, D_, D_, D_, D_, O_, O_, O_, O_, O_, O_,
	O_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, O_, O_, O_, O_, O_,
	O_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, L_, O_, O_, O_, O_, O_,
};
// clang-format on
#undef O_
#undef S_
#undef N_
#undef D_
#undef L_

static Sign plain(uint32_t c)
{
	uint8_t class = ASCII[c];
	bool upper = class == SIGN_LETTER && c < 'a';
	if (class == SIGN_SPACE) c = ' ';
	return (Sign){.c = upper ? c | 32 : c, .class = class, .flags = upper ? SIGN_UPPER : 0};
}

Signs *signs_new(Arena *a)
{
	Signs *s = ARENA_NEW(a, Signs, 1);
	s->v = ARENA_NEW(a, Sign, TEXT_MAX_BYTES + 2);
	s->words = ARENA_NEW(a, SignWord, TEXT_MAX_BYTES / 2 + 2);
	for (uint32_t c = 0; c < COUNTOF(s->plain); c++) s->plain[c] = plain(c);
	return s;
}

// One code point of any bytes; U+FFFD, which is of no class, for a byte that is none.
static uint32_t decode(Str text, uint32_t at, uint32_t *ret_bytes)
{
	utf8proc_int32_t c = -1;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.p + at, (utf8proc_ssize_t)(text.n - at), &c);
	*ret_bytes = n > 0 ? (uint32_t)n : 1;
	return n > 0 ? (uint32_t)c : 0xfffd;
}

static void put(Signs *s, uint32_t c, uint32_t at, uint8_t class, bool upper)
{
	s->v[s->n++] = (Sign){.c = c, .at = at, .class = class, .flags = upper ? SIGN_UPPER : 0};
}

// The signs of ASCII from byte `at` on; the byte after them.
static uint32_t read_plain(Signs *s, uint32_t at)
{
	const unsigned char *p = (const unsigned char *)s->text.p;
	const uint32_t to = (uint32_t)s->text.n;
	Sign *v = s->v + s->n;
	for (; at < to && p[at] < 0x80; at++, v++) {
		*v = s->plain[p[at]];
		v->at = at;
	}
	s->n = (uint32_t)(v - s->v);
	return at;
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
		s->v[s->n] = s->plain[c - 0xff01 + '!'];
		s->v[s->n++].at = at;
	} else if (!is_nothing(c)) {
		put_other(s, is_dash(c) ? '-' : c == 0x2019 || c == 0x2018 ? '\'' : c, at);
	}
}

static uint8_t mark_after(const Sign *v)
{
	bool gap = sign_gap(v + 1);
	switch (v->c) {
	case '\n': return AFTER_SENTENCE;
	case '?': return AFTER_ASKS | (gap ? AFTER_SENTENCE : 0);
	case '!':
	case '.': return gap ? AFTER_SENTENCE : 0;
	case ',':
	case ';':
	case ':': return AFTER_PAUSE | AFTER_BREAK;
	case '(': return AFTER_BREAK;
	case '-': return v[1].class == SIGN_SPACE ? AFTER_BREAK : 0;
	default: return 0;
	}
}

// From sign i on, until another word begins; where that is.
static uint32_t read_after(Signs *s, uint32_t i, uint8_t *ret)
{
	uint8_t marks = 0;
	for (; i < s->n && !sign_alnum(&s->v[i]); i++) {
		if (s->v[i].class == SIGN_SPACE) continue;
		marks |= mark_after(&s->v[i]);
		s->ats_n += s->v[i].c == '@';
	}
	if (i == s->n) marks |= AFTER_SENTENCE;
	*ret = marks;
	s->marks |= marks;
	return i;
}

static void find_words(Signs *s)
{
	uint8_t before;
	s->words_n = 0;
	for (uint32_t i = read_after(s, 0, &before); i < s->n;) {
		SignWord *w = &s->words[s->words_n++];
		uint32_t from = i, h = HASH_SEED, digits = 0;
		for (; sign_alnum(&s->v[i]); i++) {
			h = hash_step(h, s->v[i].c);
			digits += s->v[i].class == SIGN_DIGIT;
		}
		*w = (SignWord){.from = from,
						.to = i,
						.hash = hash_end(h),
						.upper = (s->v[from].flags & SIGN_UPPER) != 0,
						.digits = digits != 0,
						.letters = digits < i - from};
		s->digits_n += digits;
		i = read_after(s, i, &w->after);
	}
}

void signs_read(Signs *s, Str text)
{
	s->cut = text.n > TEXT_MAX_BYTES;
	if (s->cut) text = utf8_cut(text, TEXT_MAX_BYTES);
	s->text = text;
	s->n = s->digits_n = s->ats_n = s->marks = 0;
	for (uint32_t at = 0, bytes; (at = read_plain(s, at)) < text.n; at += bytes)
		put_high(s, decode(text, at, &bytes), at);
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

bool signs_glued(const Signs *s, uint32_t at, const char *set)
{
	return at > 1 && sign_in(&s->v[at - 1], set) && sign_alnum(&s->v[at - 2]);
}
