// SPDX-License-Identifier: AGPL-3.0-or-later
// Hashed features of a scanned text, made once and read by every linear head: words, pairs of words, words after a
// negation, and n-grams of characters inside words. A feature is 32 bits; a head's row is its upper bits, so that
// heads of different sizes share one list.
//
//   Features *f = features_new(arena);
//   features_of(f, scan, negators);    // f->v[0 .. words_n) weigh 2, f->v[words_n .. n) weigh 1
//   features_language(f, scan, 0, n, LANGUAGE_FEATURES_MAX); // n-grams of 1 to 4 and whole words, letters only, all of weight 1
//
// The order of the list means nothing to the heads (sums of integers). Linear in the text; one thread.
#pragma once
#include "text/token.h"

#define FEATURES_MAX (TEXT_MAX_BYTES * 6 + 64)
#define NEGATION_WINDOW 4
#define LANGUAGE_FEATURES_MAX 1024 // enough of any text to know its language

typedef struct Features {
	uint32_t *v;
	size_t n, words_n;
	uint32_t *language;
	size_t language_n;
} Features;

Features *features_new(Arena *a);
// marks[i] is not 0 where token i negates what follows; NULL: nothing does.
void features_of(Features *f, const TextScan *scan, const uint8_t *marks);
// Of the tokens from .. to until there are `most` features or a few more; the token after the last that was used.
uint32_t features_language(Features *f, const TextScan *scan, uint32_t from, uint32_t to, size_t most);
