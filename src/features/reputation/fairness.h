// SPDX-License-Identifier: AGPL-3.0-or-later
// Fairness and goodness of raters and rated in a weighted signed network (Kumar, Spezzano, Subrahmanian, Faloutsos, "Edge
// weight prediction in weighted signed networks", ICDM 2016): goodness is the mean of what others gave, each weighed by
// their fairness; fairness is how near one's ratings are to goodness. Fixed-point integers in 2^-30.
#pragma once
#include "base/ctx.h"

#define FAIRNESS_ONE ((int64_t)1 << 30)
#define FAIRNESS_ROUNDS 60

typedef struct Rating {
	uint32_t rater, rated; // 0 .. n-1
	int64_t weight;        // -1 … 1 in 2^-30
} Rating;
typedef struct Fairness {
	int64_t *fairness, *goodness; // by member
	int64_t *blamed, *given;      // sums behind them: |weight - goodness| by rater, fairness x weight by rated
	uint32_t *out_n, *in_n;
} Fairness;
MUST_CHECK Status fairness_find(Ctx *cx, const Rating *v, size_t n, size_t members, Fairness *ret);
// What would be guessed of one rating from all others: goodness of the rated without it, and that times the fairness of
// the rater without it.
void fairness_guess(const Fairness *f, const Rating *r, int64_t *ret_goodness, int64_t *ret_product);
