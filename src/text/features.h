// SPDX-License-Identifier: AGPL-3.0-or-later
// Hashed features of a scanned text, made once and read by every linear head: words, pairs of words, words after a
// negation, and n-grams of characters inside words. A feature is 32 bits; a head's row is its upper bits, so that
// heads of different sizes share one list.
//
//   Features *f = features_new(arena);
//   features_of(f, scan, negators);    // f->v[0 .. words_n) weigh 2, f->v[words_n .. n) weigh 1
//   features_language(f, scan, 0, n, LANGUAGE_FEATURES_MAX); // whole words and n-grams of 1 to 5, letters only, all of weight 1
//
// The order of the list means nothing to the heads (sums of integers). Linear in the text; one thread.
#pragma once
#include "text/token.h"

#define FEATURES_MAX (TEXT_MAX_BYTES * 6 + 64)
#define NEGATION_WINDOW 4
#define LANGUAGE_WORDS_MAX 64
#define LANGUAGE_FEATURES_MAX 1024 // enough of any text to know its language

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
// Of the tokens from .. to until there are `most` features or a few more; the token after the last that was used.
uint32_t features_language(Features *f, const TextScan *scan, uint32_t from, uint32_t to, size_t most);
// Asks for a word's row of the language head.
void features_language_ahead(const Features *f, uint32_t hash);
// Its two parts: whole words, up to LANGUAGE_WORDS_MAX of them, and what is in them, added to what is there.
void features_language_words(Features *f, const TextScan *scan, uint32_t from, uint32_t to);
uint32_t features_language_more(Features *f, const TextScan *scan, uint32_t from, uint32_t to, size_t most);
