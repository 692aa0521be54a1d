// SPDX-License-Identifier: AGPL-3.0-or-later
// Hashed features of a scanned text, read by every linear head: words, pairs of words, words after a negation, and n-grams of
// characters inside words. A feature is 32 bits; a head's row is its upper bits, so that heads of different sizes share one
// list.
//
//   Features *f = features_new(arena);
//   features_of(f, scan, negators);    // f->v[0 .. words_n) weigh 2, f->v[words_n .. n) weigh 1
//   features_language(f, scan, LANGUAGE_FEATURES_MAX); // whole words and n-grams of 1 to 5, letters only, all of weight 1
//
// Training and the topic head read such lists. Where only sums are wanted, what a word adds is kept by known.h, and
// features_around makes what is left. The order of a list means nothing to the heads (sums of integers). Linear in the text;
// one thread.
#pragma once
#include "text/token.h"

#define FEATURES_MAX (TEXT_MAX_BYTES * 6 + 64)
#define NEGATION_WINDOW 4
#define LANGUAGE_WORDS_MAX 64
#define LANGUAGE_FEATURES_MAX 1024 // enough of any text to know its language
#define FEATURES_WORD_MAX (((size_t)TOKEN_CPS + 2) * 3)
#define FEATURES_LANGUAGE_WORD_MAX (((size_t)TOKEN_CPS + 2) * 5)

// A head's rows that are asked for as soon as a feature is known, so that they are there when they are summed.
typedef struct Ahead {
	const uint8_t *rows; // NULL: none
	uint32_t shift, bytes;
} Ahead;

typedef struct Features {
	uint32_t *v;
	size_t n, words_n;
	uint32_t *language;
	size_t language_n;
	Ahead ahead, language_ahead;
} Features;

Features *features_new(Arena *a);
// marks[i] is not 0 where token i negates what follows; NULL: nothing does.
void features_of(Features *f, const TextScan *scan, const uint8_t *marks);
// Those of weight 2 alone; `words` false: without the tokens of kind TOKEN_WORD themselves.
void features_around(Features *f, const TextScan *scan, const uint8_t *marks, bool words);
// Of the text until there are `most` features or a few more.
void features_language(Features *f, const TextScan *scan, size_t most);
// Of one token; how many: at most FEATURES_WORD_MAX n-grams, at most FEATURES_LANGUAGE_WORD_MAX for languages (the word first).
size_t features_grams(const TextScan *scan, const Token *t, const Ahead *ahead, uint32_t *ret);
// How many that are of the first kind.
static inline size_t features_grams_n(const Token *t) { return t->cps > 1 ? 3u * t->cps - 3 : t->cps; }
size_t features_language_word(const TextScan *scan, const Token *t, const Ahead *ahead, uint32_t *ret);
