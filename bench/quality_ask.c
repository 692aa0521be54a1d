// SPDX-License-Identifier: AGPL-3.0-or-later
// Who will answer: routing a question to its eventual accepted answerer; and the chance that the next answer is accepted.
#include "quality.h"

#include "reputation/chance.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define BINS 10

typedef struct Asked {
	RepScores *everywhere, *here[REP_AREAS_OF_FACT_MAX];
	double weight[REP_AREAS_OF_FACT_MAX];
	size_t n;
} Asked;

// Half from everywhere, half from the question's areas, rarer ones counting more.
static double blended(const Asked *a, uint32_t m)
{
	double here = 0;
	for (size_t i = 0; i < a->n; i++) here += a->weight[i] * (double)a->here[i]->v[m].score[SCORE_CREDIBILITY];
	return ((double)a->everywhere->v[m].score[SCORE_CREDIBILITY] + here) / 2;
}

// Questions with an area, for its rarity.
static double *rarities(Quality *q, const RepLog *log)
{
	double *n = ARENA_NEW(q->cx->arena, double, log->areas_n + 1), total = 0;
	for (size_t i = 0; i < log->facts_n; i++) {
		if (log->facts[i].kind != FACT_TOPIC_POSTED) continue;
		size_t count;
		const uint32_t *areas = rep_areas_of(log, &log->facts[i], &count);
		for (size_t k = 0; k < count; k++) n[areas[k]]++;
		total++;
	}
	for (size_t i = 1; i <= log->areas_n; i++) n[i] = n[i] > 0 ? log1p(total / n[i]) : 0;
	return n;
}

static void look_at(Quality *q, const RepLog *past, const RepFact *question, const double *rarity, const Ruleset *rules, Asked *a)
{
	size_t n;
	const uint32_t *areas = rep_areas_of(past, question, &n);
	RepAsOf as_of = {.day = rep_day(question->at_ms)};
	*a = (Asked){0};
	if (rep_score(q->cx, past, rules, &as_of, &a->everywhere) != ST_OK) exit(1);
	for (size_t i = 0; i < n; i++) {
		if (past->areas[areas[i]].is_space) continue;
		as_of.area = areas[i];
		if (rep_score(q->cx, past, rules, &as_of, &a->here[a->n]) != ST_OK) exit(1);
		a->weight[a->n] = rarity[areas[i]];
		a->n++;
	}
}

// Place of the right one among those who have answered before; ties count half.
static double place_of(const RepLog *past, const Asked *a, uint32_t asker, uint32_t right)
{
	bool *known = ARENA_NEW(past->arena, bool, past->members_n + 1);
	for (size_t i = 0; i < past->facts_n; i++)
		if (past->facts[i].kind == FACT_POSTED) known[past->facts[i].owner] = true;
	if (!known[right]) return NAN;
	double mine = blended(a, right), above = 0;
	for (uint32_t m = 1; m <= past->members_n; m++) {
		if (!known[m] || m == right || m == asker) continue;
		double theirs = blended(a, m);
		above += theirs > mine ? 1 : theirs == mine ? .5 : 0;
	}
	return above + 1;
}

static const RepFact *question_of(const RepLog *log, uint32_t thread)
{
	for (size_t i = 0; i < log->facts_n; i++)
		if (log->facts[i].kind == FACT_TOPIC_POSTED && log->facts[i].thread == thread) return &log->facts[i];
	return NULL;
}

// Votes and acceptances of the dump carry their day only. Those of the day asked for may come from after the question:
// strictly, they are left out.
static RepLog *known_before(Quality *q, Time at, bool strict)
{
	RepLog *past = rep_log_cut(q->cx->arena, q->log, at);
	Time day = (Time)rep_day(at) * TIME_DAY_MS;
	size_t n = 0;
	for (size_t i = 0; i < past->facts_n; i++)
		if (!strict || past->facts[i].at_ms != day) past->facts[n++] = past->facts[i];
	past->facts_n = n;
	rep_log_seal(past);
	return past;
}

static void route(Quality *q, bool strict)
{
	const Ruleset *rules = quality_pack(q, "support-default");
	const double *rarity = rarities(q, q->log);
	double mrr = 0, hits = 0;
	size_t n = 0, unknown = 0;
	for (size_t i = 0; i < q->log->facts_n; i++) {
		const RepFact *f = &q->log->facts[i], *question = f->kind == FACT_ACCEPTED ? question_of(q->log, f->thread) : NULL;
		if (!question || f->owner == f->asker || !f->owner) continue;
		ArenaMark mark = arena_mark(q->cx->arena);
		RepLog *past = known_before(q, question->at_ms, strict);
		Asked a;
		look_at(q, past, question, rarity, rules, &a);
		double place = place_of(past, &a, f->asker, f->owner);
		arena_rewind(q->cx->arena, mark);
		if (isnan(place)) unknown++;
		else n++, mrr += 1 / place, hits += place <= 10;
	}
	quality_row(q, strict ? "the same without the votes of the question's own day, MRR" : "routing to the accepted answerer, MRR", mrr / (double)n,
				strict ? NAN : .43, strict ? NAN : .46, false, "%zu questions; %zu more were solved by somebody who had never answered", n,
				unknown);
	quality_row(q, strict ? "the same, Hit@10" : "routing, Hit@10", hits / (double)n, strict ? NAN : .75, strict ? NAN : .79, false,
				strict ? "the honest figure: the dump dates votes by day, and some of that day come after the question"
					   : "dates as in the dump, as the reference counted");
}

void quality_routing(Quality *q)
{
	route(q, false);
	route(q, true);
}

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
