// SPDX-License-Identifier: AGPL-3.0-or-later
#include "whatif/whatif.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FORECAST_DAYS 91

// Knight's algorithm: sorted by x, the swaps that sort y are the pairs that disagree.

static int by_x_then_y(const void *a, const void *b)
{
	const TauPair *p = a, *q = b;
	if (p->x != q->x) return p->x < q->x ? -1 : 1;
	return (p->y > q->y) - (p->y < q->y);
}

static double pairs(double n) { return n * (n - 1) / 2; }

static double merge_swaps(TauPair *v, TauPair *scratch, size_t n)
{
	double swaps = 0;
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t from = 0; from < n; from += 2 * width) {
			size_t mid = size_min(from + width, n), to = size_min(from + 2 * width, n), i = from, j = mid;
			for (size_t k = from; k < to; k++) {
				bool left = i < mid && (j >= to || v[i].y <= v[j].y);
				if (!left) swaps += (double)(mid - i);
				scratch[k] = left ? v[i++] : v[j++];
			}
		}
		memcpy(v, scratch, n * sizeof *v);
	}
	return swaps;
}

// Pairs that tie in x (with_y: in both), of a list sorted by x and y.
static double ties_x(const TauPair *v, size_t n, bool with_y)
{
	double sum = 0;
	for (size_t i = 0, to; i < n; i = to) {
		for (to = i + 1; to < n && v[to].x == v[i].x && (!with_y || v[to].y == v[i].y); to++) {}
		sum += pairs((double)(to - i));
	}
	return sum;
}

static double ties_y(const TauPair *sorted_by_y, size_t n)
{
	double sum = 0;
	for (size_t i = 0, to; i < n; i = to) {
		for (to = i + 1; to < n && sorted_by_y[to].y == sorted_by_y[i].y; to++) {}
		sum += pairs((double)(to - i));
	}
	return sum;
}

double kendall_tau(TauPair *v, TauPair *scratch, size_t n)
{
	qsort(v, n, sizeof *v, by_x_then_y);
	double all = pairs((double)n), x = ties_x(v, n, false), both = ties_x(v, n, true);
	double swaps = merge_swaps(v, scratch, n), y = ties_y(v, n);
	double under = sqrt(all - x) * sqrt(all - y);
	return under > 0 ? (all - x - y + both - 2 * swaps) / under : NAN;
}

static Str rank_name(const Ruleset *rules, uint8_t rank) { return rank ? rules->ranks[rank - 1].name : S(""); }

// Moving from 3 to 1 matters more than from 303 to 301.
static double weight(const WhatifMove *m)
{
	return fabs(log2((double)m->place_before + 1) - log2((double)m->place_after + 1));
}

static void keep_move(Whatif *w, const WhatifMove *move)
{
	size_t i = w->moves_n;
	if (i == WHATIF_MOVES && weight(&w->moves[i - 1]) >= weight(move)) return;
	if (i < WHATIF_MOVES) w->moves_n++;
	else i--;
	for (; i > 0 && weight(&w->moves[i - 1]) < weight(move); i--) w->moves[i] = w->moves[i - 1];
	w->moves[i] = *move;
}

static void compare(Whatif *w, const Ruleset *before, const Ruleset *after, TauPair *v)
{
	for (uint32_t m = 1; m <= w->before->n; m++) {
		const RepScore *a = &w->before->v[m], *b = &w->after->v[m];
		if (!a->events && !b->events) continue;
		WhatifMove move = {.member = m,
						   .place_before = a->place,
						   .place_after = b->place,
						   .rank_before = a->rank,
						   .rank_after = b->rank,
						   .score_before = a->score[before->board],
						   .score_after = b->score[after->board]};
		v[w->counted++] = (TauPair){move.score_before, move.score_after};
		Str was = rank_name(before, a->rank), is = rank_name(after, b->rank);
		bool other = !str_eq(was, is);
		w->ranks_lost += other && was.n;
		w->ranks_gained += other && is.n;
		if (a->place == b->place && !other) continue;
		w->moved += a->place != b->place;
		keep_move(w, &move);
	}
}

// A history too short or quiet to judge is no failure of the what-if.
static Status known(Ctx *cx, Status st, bool *ret_known)
{
	*ret_known = st == ST_OK;
	if (st != ST_INVALID) return st;
	fail_clear(cx);
	return ST_OK;
}

static Status judge(Ctx *cx, const RepLog *log, const Ruleset *const rules[2], int32_t day, Whatif *w)
{
	Time end = ((Time)day + 1) * TIME_DAY_MS;
	ForecastArgs args = {.at = end - FORECAST_DAYS * TIME_DAY_MS, .horizon_days = FORECAST_DAYS, .k = 10};
	w->forecast_known = w->price_known = true;
	for (int i = 0; i < 2 && w->forecast_known; i++)
		TRY(known(cx, rep_forecast(cx, log, rules[i], &args, &w->forecast[i]), &w->forecast_known));
	for (int i = 0; i < 2 && w->price_known; i++)
		TRY(known(cx, attack_price(cx, log, rules[i], end, &w->price[i]), &w->price_known));
	return ST_OK;
}

Status rep_whatif_moves(Ctx *cx, const RepLog *log, const Ruleset *before, const Ruleset *after, int32_t day,
						Whatif *ret)
{
	*ret = (Whatif){0};
	RepScores *scores[2];
	TRY(rep_score_each(cx, log, (const Ruleset *const[2]){before, after}, 2, &(RepAsOf){.day = day}, scores));
	ret->before = scores[0];
	ret->after = scores[1];
	TauPair *v = arena_try_alloc(cx->arena, (log->members_n + 1) * 2 * sizeof *v, _Alignof(TauPair));
	if (!v) return fail(cx, ST_TOO_LARGE, "the comparison does not fit in memory");
	compare(ret, before, after, v);
	ret->tau = kendall_tau(v, v + log->members_n + 1, ret->counted);
	return ST_OK;
}

Status rep_whatif(Ctx *cx, const RepLog *log, const Ruleset *before, const Ruleset *after, int32_t day, Whatif *ret)
{
	TRY(rep_whatif_moves(cx, log, before, after, day, ret));
	return judge(cx, log, (const Ruleset *const[2]){before, after}, day, ret);
}
