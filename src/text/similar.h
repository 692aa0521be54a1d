// SPDX-License-Identifier: AGPL-3.0-or-later
// Questions like a question, among many thousand: BM25 over words, pairs of words and runs of four characters inside words
// (a misspelt word still counts for most of its letters), fused with what the topic head thinks of both.
//
//   SimilarIndex *x = similar_new(arena, texts);
//   for each text: similar_add(x, engine, text);
//   similar_ready(x);                                            // sorts; then it only answers
//   size_t n = similar_choose(x, engine, question, ret, 10);
//
// similar_find gives the likest, however much they are like one another. similar_choose is for a short list that somebody
// reads: of the hundred likest, each in turn the one whose words are like the question's and unlike those of the ones before it
// (Carbonell and Goldstein 1998), and whose topic is likely and not yet met (Santos et al. 2010). The first is the same.
//
// Without an engine (NULL for it everywhere), the words decide alone, texts are read by the scan that is given, and there is
// similar_find only:
//
//   SimilarIndex *x = similar_new_plain(arena, texts, text_scan_small(arena, 4096));
//
// Scores are integers: the same order on every machine, equal scores by age. (Robertson et al., Okapi at TREC-3, k1 1.2,
// b 0.6.) One thread.
#pragma once
#include "text/analyse.h"

typedef struct SimilarHit {
	uint32_t text;  // 0 is the first that was added
	uint32_t score; // 256 = one bit of evidence
} SimilarHit;

typedef struct SimilarIndex SimilarIndex;
SimilarIndex *similar_new(Arena *a, size_t texts_max);
SimilarIndex *similar_new_plain(Arena *a, size_t texts_max, TextScan *scan);
MUST_CHECK Status similar_add(Ctx *cx, SimilarIndex *x, TextEngine *e, Str text);
void similar_ready(SimilarIndex *x);
size_t similar_find(SimilarIndex *x, TextEngine *e, Str question, SimilarHit *ret, size_t max);
size_t similar_choose(SimilarIndex *x, TextEngine *e, Str question, SimilarHit *ret, size_t max);
