// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/stem.h"

#include <libstemmer.h>
#include <string.h>
#include <utf8proc.h>

#define LANGUAGE_MAX_BYTES 24

static struct sb_stemmer *open_stemmer(Str language)
{
	char name[LANGUAGE_MAX_BYTES + 1];
	if (language.n == 0 || language.n > LANGUAGE_MAX_BYTES) return NULL;
	memcpy(name, language.p, language.n);
	name[language.n] = 0;
	return sb_stemmer_new(name, "UTF_8");
}

Stemmer stemmer_init(Str language) { return (Stemmer){.sb = open_stemmer(language)}; }

void stemmer_done(Stemmer *st)
{
	if (st->sb) sb_stemmer_delete(st->sb);
	st->sb = NULL;
}

bool stem_language_known(Str language)
{
	Stemmer st = stemmer_init(language);
	bool known = st.sb != NULL;
	stemmer_done(&st);
	return known;
}

StemCursor stem_cursor(const Stemmer *st, Str text)
{
	return (StemCursor){.stemmer = st, .text = text.p, .at = text.p, .end = text.n ? text.p + text.n : text.p};
}

// One code point beyond ASCII; a broken sequence counts as one byte that belongs to no word.
static int32_t next_point(const char *p, const char *end, size_t *ret_n)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)p, end - p, &c);
	*ret_n = n > 0 ? (size_t)n : 1;
	return n > 0 ? c : ' ';
}

static bool is_mark(int32_t c) { return c >= 0x300 && c <= 0x36f; }

static bool is_latin(int32_t c) { return (c >= 0xc0 && c <= 0x24f) || (c >= 0x1e00 && c <= 0x1eff); }

static bool stands_alone(int32_t c)
{
	return (c >= 0x3041 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
		   (c >= 0x20000 && c <= 0x3ffff);
}

static bool is_word(int32_t c)
{
	switch ((int)utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_CO: return true;
	default: return false;
	}
}

// Appends the folded form of c and returns the new length. Only Latin letters lose their marks: Cyrillic й and the
// vowel signs of Indic scripts are letters of their own, and the stemmers know them.
static size_t fold(char *out, size_t n, int32_t c)
{
	if (n >= STEM_MAX_BYTES || is_mark(c)) return n;
	utf8proc_int32_t parts[8] = {utf8proc_tolower(c)};
	utf8proc_ssize_t k = 1;
	if (is_latin(c)) {
		int boundary = UTF8PROC_BOUNDCLASS_START;
		k = utf8proc_decompose_char(c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
									&boundary);
	}
	for (utf8proc_ssize_t i = 0; i < k && i < 8 && n < STEM_MAX_BYTES; i++)
		n += (size_t)utf8proc_encode_char(parts[i], (utf8proc_uint8_t *)out + n);
	return n;
}

static Str computed(const Stemmer *st, const char *word, size_t n)
{
	const sb_symbol *s = sb_stemmer_stem(st->sb, (const sb_symbol *)word, (int)n);
	return s ? (Str){(const char *)s, (size_t)sb_stemmer_length(st->sb)} : (Str){word, n};
}

static size_t place_of(const char *word, size_t n)
{
	uint32_t h = 2166136261u; // FNV-1a
	for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)word[i]) * 16777619u;
	return (h ^ h >> 15) % STEMS_KEPT;
}

static Str stemmed(const Stemmer *st, const char *word, size_t n)
{
	if (!st->sb || n < 3) return (Str){word, n};
	if (!st->kept || n > STEM_KEPT_BYTES) return computed(st, word, n);
	size_t at = place_of(word, n);
	if (st->kept->v[at].word_n != n || memcmp(st->kept->v[at].word, word, n) != 0) {
		Str stem = computed(st, word, n);
		if (stem.n > STEM_KEPT_BYTES) return stem;
		st->kept->v[at].word_n = (unsigned char)n;
		st->kept->v[at].stem_n = (unsigned char)stem.n;
		memcpy(st->kept->v[at].word, word, n);
		memcpy(st->kept->v[at].stem, stem.p, stem.n);
	}
	return (Str){st->kept->v[at].stem, st->kept->v[at].stem_n};
}

// What a byte of ASCII is in a word: itself, a capital its small letter; 0 if it is in none.
static char ascii_folded(unsigned char b)
{
	if ((unsigned char)((b | 32) - 'a') < 26) return (char)(b | 32);
	return (unsigned char)(b - '0') < 10 ? (char)b : 0;
}

static bool find_word(StemCursor *c)
{
	size_t step;
	for (; c->at < c->end; c->at += step) {
		step = 1;
		if (ascii_folded((unsigned char)*c->at)) return true;
		if ((unsigned char)*c->at < 0x80) continue;
		int32_t first = next_point(c->at, c->end, &step);
		if (is_word(first) && !is_mark(first)) return true;
	}
	return false;
}

// Takes the word at c->at into c->word; its bytes there.
static size_t take_word(StemCursor *c)
{
	size_t n = 0, step;
	while (c->at < c->end) {
		char ascii = ascii_folded((unsigned char)*c->at);
		if (ascii) {
			if (n < STEM_MAX_BYTES) c->word[n++] = ascii;
			c->at++;
			continue;
		}
		if ((unsigned char)*c->at < 0x80) break;
		int32_t p = next_point(c->at, c->end, &step);
		bool alone = stands_alone(p);
		if (!is_word(p) || (alone && n)) break;
		n = fold(c->word, n, p);
		c->at += step;
		if (alone) break;
	}
	return n;
}

bool stem_next(StemCursor *c, StemToken *ret_token)
{
	if (!find_word(c)) return false;
	const char *from = c->at;
	size_t n = take_word(c);
	ret_token->s = stemmed(c->stemmer, c->word, n);
	ret_token->from = (size_t)(from - c->text);
	ret_token->to = (size_t)(c->at - c->text);
	return true;
}
