// SPDX-License-Identifier: AGPL-3.0-or-later
#include "explain.h"

#include "reputation_impl.h"

typedef struct Explaining {
	RepAsked of;
	ScoreKind kind;
	uint32_t member;
	const Decay *decay;
	uint32_t area;
	RepExplanation *out;
	size_t cap;
	int32_t day;               // the day of the sums below
	int64_t sum[BUCKETS_N];    // that day's points so far
	int64_t bucket[BUCKETS_N]; // faded, all days
	RepBurst burst;
	bool begun;
	bool sums; // lines are not kept
	bool full;
} Explaining;

// As the guard's pass decided: by a seed, by who is proven, or by who had trusted credit before.
static bool is_trusted(const Explaining *e, const RepLine *line)
{
	const RepMember *judge = &e->of.log->members[line->judge];
	if (e->of.scores->profile == GUARD_OFF) return true;
	if (e->of.scores->trust.known)
		return rep_known_trusts(e->of.log, e->of.scores->profile, line->fact, line->judge, e->member);
	return (line->judge && (e->of.scores->trust.seed[line->judge] || judge->verified)) ||
		   rep_vouched(&e->of.scores->trust, line->fact);
}

// What of the day waits; as cell_close of score.c has it.
static void day_close(Explaining *e)
{
	const Guard *guard = &e->of.rules->guard;
	if (e->day == INT32_MIN || e->kind != SCORE_CREDIBILITY || !guard->burst) return;
	int64_t age = e->of.as_of->day - e->day, judged = e->sum[BUCKET_TRUSTED] + e->sum[BUCKET_UNTRUSTED],
			held[BUCKETS_N];
	for (size_t b = 0; b < BUCKETS_N; b++) held[b] = e->sum[b];
	if (age < BURST_WAITS) rep_burst_hold(&e->burst, guard, e->day, held);
	rep_burst_day(&e->burst, e->day, judged);
	for (size_t b = 0; b < BUCKETS_N; b++) {
		int64_t less = decayed(e->decay, held[b], age) - decayed(e->decay, e->sum[b], age);
		e->out->burst_held += less;
		e->bucket[b] += less;
	}
}

static bool keep(Explaining *e, const RepReason *reason)
{
	if (e->out->n == e->cap) {
		size_t more = size_max(e->cap * 2, size_max(256, e->of.log->slice ? e->of.log->facts_n : 0));
		void *p = arena_grow(e->of.cx->arena, e->out->v, e->cap * sizeof *e->out->v, more * sizeof *e->out->v);
		e->full |= !p;
		if (!p) return false;
		e->out->v = p;
		e->cap = more;
	}
	e->out->v[e->out->n++] = *reason;
	return true;
}

static void begin_at(Explaining *e, int32_t day)
{
	if (!e->begun) e->burst.first = day;
	e->begun = true;
}

// Lines come oldest first. A day fades as one number; each line is what the number grew by, so that the lines sum to it.
static void take(Explaining *e, const RepLine *line)
{
	RepReason reason = {.line = *line};
	begin_at(e, line->day);
	if (e->day != line->day) {
		day_close(e);
		for (size_t b = 0; b < BUCKETS_N; b++) e->sum[b] = 0;
	}
	e->day = line->day;
	int64_t *sum = &e->sum[line->bucket], age = e->of.as_of->day - line->day;
	int64_t before = decayed(e->decay, *sum, age);
	*sum += line->points;
	reason.counts = decayed(e->decay, *sum, age) - before;
	if (e->sums || keep(e, &reason)) e->bucket[line->bucket] += reason.counts;
}

static void on_line(void *arg, const RepLine *line)
{
	Explaining *e = arg;
	const Rule *rule = &e->of.rules->rules[line->rule];
	if (!e->area)
		begin_at(e, line->day); // the usual of a burst is of all days since the first deed, as the score has it
	if (rule->score != e->kind || !rep_in_area(e->of.log, line->fact, e->area)) return;
	RepLine judged = *line;
	if (e->kind != SCORE_CREDIBILITY || (rule->matched && is_trusted(e, line))) judged.bucket = BUCKET_TRUSTED;
	take(e, &judged);
}

static void on_fact(void *arg, uint32_t fact)
{
	Explaining *e = arg;
	e->out->facts_undone += (e->of.log->facts[fact].flags & REP_UNDONE) != 0;
	e->out->facts_gone += (e->of.log->facts[fact].flags & REP_GONE) != 0;
}

static Status finish(Explaining *e)
{
	if (e->full) return fail(e->of.cx, ST_TOO_LARGE, "the explanation does not fit in memory");
	RepExplanation *out = e->out;
	const ScoreRule *score = &e->of.rules->scores[e->kind];
	int64_t sum = 0, all = 0;
	day_close(e);
	for (size_t b = 0; b < BUCKETS_N; b++) all += e->bucket[b];
	sum = all;
	if (e->kind == SCORE_CREDIBILITY) {
		sum = rep_guard_sum(&e->of.rules->guard, e->of.scores->profile, e->bucket);
		int64_t base = e->bucket[BUCKET_BASE], most = e->of.rules->guard.base_most;
		out->base_held = most > 0 && base > most ? most - base : 0;
		out->held = sum - all - out->base_held;
	}
	out->start = score->start;
	out->total = score->start + sum;
	if (score->least != INT64_MIN && out->total < score->least) out->lifted = score->least - out->total;
	out->total += out->lifted;
	return ST_OK;
}

static Explaining begin(RepAsked of, uint32_t member, ScoreKind score, RepExplanation *ret)
{
	*ret = (RepExplanation){0};
	return (Explaining){.of = of,
						.kind = score,
						.member = member,
						.decay = &of.decay[score],
						.area = of.as_of->area,
						.out = ret,
						.day = INT32_MIN};
}

Status rep_explain(Ctx *cx, const RepLog *log, const Ruleset *rules, const RepAsOf *as_of, const RepScores *scores,
				   uint32_t member, ScoreKind score, RepExplanation *ret)
{
	int32_t first = log->facts_n ? rep_day(log->facts[0].at_ms) : as_of->day;
	Decay decay[SCORES_N] = {0};
	decay[score] = decay_new(cx->arena, as_of->lifetime ? 0 : rules->scores[score].half_life_days,
							 (size_t)(as_of->day > first ? as_of->day - first : 0));
	Explaining e = begin((RepAsked){cx, log, rules, as_of, scores, decay}, member, score, ret);
	RepSlices slices;
	TRY(rep_slices(cx, log, rules, &slices));
	RepVisitor visitor = {.line = on_line, .fact = on_fact, .arg = &e};
	TRY(rep_slice(cx, rep_run_new(cx->arena, log, rules), &slices, member, &visitor));
	return finish(&e);
}

Status rep_one_explain(RepOne *one, uint32_t member, ScoreKind score, RepScore *ret_score, RepEvidence *ret_evidence,
					   RepExplanation *ret)
{
	Explaining e = begin(rep_one_asked(one), member, score, ret);
	RepVisitor visitor = {.line = on_line, .fact = on_fact, .arg = &e};
	TRY(rep_one_heard(one, member, &visitor, ret_score, ret_evidence));
	return finish(&e);
}

Status rep_explain_area(const RepOne *one, const RepExplanation *all, uint32_t member, ScoreKind score, uint32_t area,
						RepExplanation *ret)
{
	Explaining e = begin(rep_one_asked(one), member, score, ret);
	for (size_t i = 0; i < all->n; i++)
		if (rep_in_area(e.of.log, all->v[i].line.fact, area)) take(&e, &all->v[i].line);
	ret->facts_undone = all->facts_undone;
	ret->facts_gone = all->facts_gone;
	return finish(&e);
}

Status rep_area_totals(const RepOne *one, const RepExplanation *all, uint32_t member, ScoreKind score, RepAreas areas)
{
	RepAsked of = rep_one_asked(one);
	Explaining *e = ARENA_NEW(of.cx->arena, Explaining, areas.n);
	RepExplanation *out = ARENA_NEW(of.cx->arena, RepExplanation, areas.n);
	uint32_t *place = ARENA_NEW(of.cx->arena, uint32_t, of.log->areas_n + 1); // in e, plus 1
	for (size_t i = 0; i < areas.n; i++) {
		e[i] = begin(of, member, score, &out[i]);
		e[i].sums = true;
		place[areas.v[i]] = (uint32_t)i + 1;
	}
	place[0] = 0; // an area that nothing happened in
	for (size_t i = 0; i < all->n; i++) {
		size_t n;
		const uint32_t *in = rep_areas_of(of.log, &of.log->facts[all->v[i].line.fact], &n);
		for (size_t k = 0; k < n; k++)
			if (place[in[k]]) take(&e[place[in[k]] - 1], &all->v[i].line);
	}
	for (size_t i = 0; i < areas.n; i++) {
		TRY(finish(&e[i]));
		areas.totals[i] = areas.v[i] ? out[i].total : 0;
	}
	return ST_OK;
}
