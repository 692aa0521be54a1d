// SPDX-License-Identifier: AGPL-3.0-or-later
// What is liked and disliked about something: words and pairs of words that stand in its positive (negative) sentences more
// often than in all its others, by log-likelihood (Dunning 1993). A word counts once a post and side; words that carry a
// feeling themselves ("great") and common ones are left out: they do not say about what. Where a sentence gives a reason for
// its feeling about the words ("because …", text/aspects.h), that is kept with them.
//
//   TermCounter *t = terms_new(arena, engine);
//   for each post: terms_add(t, post_number, said);
//   TermList liked = terms_best(t, SENTIMENT_POS, 8);
#pragma once
#include "text/analyse.h"
#include "text/layer.h"

#define TERM_EXAMPLES 2
#define TERM_POSTS_MIN 3 // of its side

typedef struct Term {
	Str words;
	int64_t posts[SENTIMENT_N]; // with the words in a sentence of the side
	int64_t likelihood;         // G2, hundredths
	uint32_t examples[SENTIMENT_N][TERM_EXAMPLES], examples_n[SENTIMENT_N], last[SENTIMENT_N];
	Str said[SENTIMENT_N][TERM_EXAMPLES]; // the sentences
	uint32_t reason_in[SENTIMENT_N][TERM_EXAMPLES], reasons_n[SENTIMENT_N];
	Str reasons[SENTIMENT_N][TERM_EXAMPLES];
} Term;

typedef struct TermList {
	const Term **v;
	size_t n;
} TermList;

typedef struct TermCounter TermCounter;
TermCounter *terms_new(Arena *a, TextEngine *e);
// number: from 1, ascending.
void terms_add(TermCounter *t, uint32_t number, Str said);
TermList terms_best(TermCounter *t, int side, size_t most); // SENTIMENT_NEG or SENTIMENT_POS
int64_t terms_posts(const TermCounter *t, int side);        // with a sentence of that side
