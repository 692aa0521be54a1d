// SPDX-License-Identifier: AGPL-3.0-or-later
#include "whatif/forecast.h"

#include <math.h>
#include <stdlib.h>

#define PLACES_MAX 512
#define SEED UINT64_C(0x5eed0f0cca51)

static int by_score(const void *a, const void *b)
{
	const Ranked *x = a, *y = b;
	if (x->score != y->score) return x->score > y->score ? -1 : 1;
	return (x->gain < y->gain) - (x->gain > y->gain);
}

static int by_gain(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return (*x < *y) - (*x > *y);
}

// The best that any order could reach in k places, and the gain of the last of them. Keeps the k largest gains; k is small.
static double ideal(const Ranked *v, size_t n, size_t k, int64_t *ret_bar)
{
	int64_t best[PLACES_MAX] = {0};
	k = size_min(k, COUNTOF(best));
	for (size_t i = 0; i < n; i++) {
		if (v[i].gain <= best[k - 1]) continue;
		best[k - 1] = v[i].gain;
		qsort(best, k, sizeof *best, by_gain);
	}
	*ret_bar = best[k - 1];
	double sum = 0;
	for (size_t i = 0; i < k; i++) sum += (double)best[i] / log2((double)i + 2);
	return sum;
}

RankQuality rank_quality(Ranked *v, size_t n, size_t k)
{
	qsort(v, n, sizeof *v, by_score);
	int64_t bar;
	double most = ideal(v, n, k, &bar), ties = 0, above = 0, good = 0, bad = 0, dcg = 0, hits = 0, over = 0;
	for (size_t i = 0; i < n; i++) over += v[i].gain > bar, ties += v[i].gain == bar && bar > 0;
	double share = ties > 0 ? ((double)size_min(k, n) - over) / ties
							: 0; // of the ties at the bar, as many as there is room for
	for (size_t i = 0, to; i < n; i = to) {
		double gain = 0, pos = 0, right = 0;
		for (to = i; to < n && v[to].score == v[i].score; to++) {
			gain += (double)v[to].gain;
			pos += v[to].gain > 0;
			right += v[to].gain > bar ? 1 : v[to].gain == bar && bar > 0 ? share : 0;
		}
		double same = (double)(to - i), neg = same - pos;
		for (size_t place = i; place < size_min(to, k); place++) {
			dcg += gain / same / log2((double)place + 2);
			hits += right / same;
		}
		above += neg * good + neg * pos / 2;
		good += pos;
		bad += neg;
	}
	return (RankQuality){.auc = good * bad > 0 ? above / (good * bad) : NAN,
						 .ndcg = most > 0 ? dcg / most : NAN,
						 .p = n ? hits / (double)size_min(k, n) : NAN};
}

static uint64_t draw(uint64_t *state) // xorshift64*
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(2685821657736338717);
}

static int by_double(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static void interval(double *v, size_t n, double *ret_low, double *ret_high)
{
	size_t m = 0;
	for (size_t i = 0; i < n; i++)
		if (!isnan(v[i])) v[m++] = v[i];
	qsort(v, m, sizeof *v, by_double);
	*ret_low = m ? v[m / 40] : NAN;
	*ret_high = m ? v[m - 1 - m / 40] : NAN;
}

static void bootstrap(Ctx *cx, const Ranked *v, size_t n, Forecast *f)
{
	double *auc = ARENA_NEW(cx->arena, double, (size_t)FORECAST_DRAWS * 3), *ndcg = auc + FORECAST_DRAWS,
		   *p = ndcg + FORECAST_DRAWS;
	Ranked *again = ARENA_NEW(cx->arena, Ranked, n + 1);
	uint64_t state = SEED;
	for (size_t i = 0; i < FORECAST_DRAWS; i++) {
		for (size_t k = 0; k < n; k++) again[k] = v[draw(&state) % n];
		RankQuality q = rank_quality(again, n, f->k);
		auc[i] = q.auc;
		ndcg[i] = q.ndcg;
		p[i] = q.p;
	}
	interval(auc, FORECAST_DRAWS, &f->low.auc, &f->high.auc);
	interval(ndcg, FORECAST_DRAWS, &f->low.ndcg, &f->high.ndcg);
	interval(p, FORECAST_DRAWS, &f->low.p, &f->high.p);
}

// Answers before; accepted by others (or given) after, within the horizon.
static void look_ahead(const RepLog *log, const ForecastArgs *args, bool *known, int64_t *gain)
{
	Time end = args->at + args->horizon_days * TIME_DAY_MS;
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		bool counted = args->of == FORECAST_ACCEPTED ? f->kind == FACT_ACCEPTED : f->kind == FACT_POSTED;
		if (f->flags & REP_VOID) continue;
		if (f->kind == FACT_POSTED && f->at_ms < args->at) known[f->owner] = true;
		if (counted && f->at_ms >= args->at && f->at_ms < end && f->owner != f->asker) gain[f->owner]++;
	}
}

Status rep_forecast(Ctx *cx, const RepLog *log, const Ruleset *rules, const ForecastArgs *args, Forecast *ret)
{
	RepLog *past = rep_log_cut(cx->arena, log, args->at);
	RepScores *scores;
	TRY(rep_score(cx, past, rules, &(RepAsOf){.day = rep_day(args->at - 1)}, &scores));
	bool *known = ARENA_NEW(cx->arena, bool, log->members_n + 1);
	int64_t *gain = ARENA_NEW(cx->arena, int64_t, log->members_n + 1);
	look_ahead(log, args, known, gain);
	Ranked *v = ARENA_NEW(cx->arena, Ranked, log->members_n + 1);
	Forecast f = {.profile = scores->profile};
	for (uint32_t m = 1; m <= log->members_n; m++) {
		if (!known[m]) continue;
		v[f.members++] = (Ranked){scores->v[m].score[rules->board], gain[m]};
		f.helpers += gain[m] > 0;
	}
	if (!f.helpers || f.helpers == f.members)
		return fail(cx, ST_INVALID, "nothing to tell apart: %zu of %zu members helped in that time", f.helpers,
					f.members);
	f.k = args->k ? args->k : size_max(1, f.members / 100);
	f.mean = rank_quality(v, f.members, f.k);
	bootstrap(cx, v, f.members, &f);
	*ret = f;
	return ST_OK;
}
