// SPDX-License-Identifier: AGPL-3.0-or-later
// How well does a ranking at a time tell who gives accepted answers after it? Ranking measures with ties averaged, and
// percentile intervals by bootstrap over members (seeded: the same every time).
#pragma once
#include "reputation/reputation.h"

#define FORECAST_DRAWS 400

typedef struct RankQuality {
	double auc;     // chance that who will help stands above who will not
	double ndcg, p; // of the first k places: gains discounted by log2(place + 1); share that are the first k to be
} RankQuality;
typedef struct Ranked {
	int64_t score, gain;
} Ranked;
// Sorts v. NaN where there is nobody to tell apart.
RankQuality rank_quality(Ranked *v, size_t n, size_t k);

typedef enum ForecastOf { FORECAST_ACCEPTED, FORECAST_ANSWERS } ForecastOf;
typedef struct ForecastArgs {
	Time at; // ranked by what was known before, judged by what came after
	int64_t horizon_days;
	ForecastOf of;
	size_t k; // places; 0: one in a hundred
} ForecastArgs;
typedef struct Forecast {
	size_t members, helpers; // with an answer before; of these, who helped after
	size_t k;
	RankQuality mean, low, high; // of the whole, and the 2.5 % and 97.5 % points of the draws
	GuardProfile profile;
} Forecast;
MUST_CHECK Status rep_forecast(Ctx *cx, const RepLog *log, const Ruleset *rules, const ForecastArgs *args,
							   Forecast *ret);
