// SPDX-License-Identifier: AGPL-3.0-or-later
// Questions like a question, among many thousand: BM25 over words, pairs of words and runs of four characters inside words
// (a misspelt word still counts for most of its letters), fused with what the topic head thinks of both.
//
//   SimilarIndex *x = similar_new(arena, texts);
//   for each text: similar_add(x, engine, text);
//   similar_ready(x);                                            // sorts; then it only answers
//   size_t n = similar_find(x, engine, question, ret, 10);
//
// Without an engine (NULL for it everywhere), the words decide alone and texts are read by the scan that is given:
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
