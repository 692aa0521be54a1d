// SPDX-License-Identifier: AGPL-3.0-or-later
// The chance that the next answer is accepted.
#include "quality.h"

#include "reputation/chance.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define BINS 10

// Chance. Each answer of somebody with enough settled answers, foretold from what was known when it was written. An answer is
// settled when its question is solved, or after CHANCE_SETTLES_DAYS: before, that it is not accepted says nothing yet.

typedef struct Bin {
	double said, came;
} Bin;
typedef struct Settled {
	Time at;
	uint32_t owner;
	bool accepted;
} Settled;

static int by_time(const void *a, const void *b)
{
	const Settled *x = a, *y = b;
	return (x->at > y->at) - (x->at < y->at);
}

static bool is_help(const RepFact *f, FactKind kind)
{
	return f->kind == kind && !(f->flags & REP_VOID) && f->owner && f->owner != f->asker;
}

static size_t settle(const RepLog *log, const uint32_t *solution, const Time *solved, Settled *v)
{
	size_t n = 0;
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		if (!is_help(f, FACT_POSTED)) continue;
		Time at = f->at_ms + CHANCE_SETTLES_DAYS * TIME_DAY_MS, by = solved[f->thread];
		v[n++] = (Settled){by ? i64_min(at, i64_max(by, f->at_ms)) : at, f->owner,
						   solution[f->thread] == f->object && by && by <= at};
	}
	qsort(v, n, sizeof *v, by_time);
	return n;
}

void quality_chance(Quality *q)
{
	const RepLog *log = q->log;
	uint32_t *solution = ARENA_NEW(q->cx->arena, uint32_t, log->threads_n + 1);
	Time *solved = ARENA_NEW(q->cx->arena, Time, log->threads_n + 1);
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		if (!is_help(f, FACT_ACCEPTED)) continue;
		solution[f->thread] = f->object;
		solved[f->thread] = ((Time)rep_day(f->at_ms) + 1) * TIME_DAY_MS; // dated by day: known from the next one on
	}
	Settled *past = ARENA_NEW(q->cx->arena, Settled, log->facts_n + 1);
	size_t past_n = settle(log, solution, solved, past), next = 0;
	ChanceHistory *of = ARENA_NEW(q->cx->arena, ChanceHistory, log->members_n + 1), everybody = {0};
	Bin bins[BINS] = {0};
	double n = 0, error = 0;
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		if (!is_help(f, FACT_POSTED)) continue;
		for (; next < past_n && past[next].at <= f->at_ms; next++) {
			of[past[next].owner].answers++, everybody.answers++;
			of[past[next].owner].accepted += past[next].accepted, everybody.accepted += past[next].accepted;
		}
		Chance c;
		if (!chance_of(&of[f->owner], &everybody, &c)) continue;
		Bin *b = &bins[size_min(BINS - 1, (size_t)(c.likely * BINS / RULE_UNIT))];
		b->said += (double)c.likely / RULE_UNIT, b->came += solution[f->thread] == f->object;
		n++;
	}
	for (size_t i = 0; i < BINS; i++) error += fabs(bins[i].said - bins[i].came) / fmax(n, 1);
	quality_row(q, "chance that the next answer is accepted, calibration error", error, .05, NAN, true,
				"%.0f answers of members with %d settled before", n, CHANCE_ANSWERS_MIN);
}
