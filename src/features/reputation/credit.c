// SPDX-License-Identifier: AGPL-3.0-or-later
#include "credit.h"

#include <string.h>

static size_t days_back(const RepLog *log, int32_t day)
{
	int32_t first = log->facts_n ? rep_day(log->facts[0].at_ms) : day;
	return first < day ? (size_t)(day - first) : 0;
}

void rep_rated_begin(Arena *a, RepRated *r)
{
	for (size_t k = 0; k < SCORES_N; k++)
		r->decay[k] = decay_new(a, r->as_of->lifetime ? 0 : r->rules->scores[k].half_life_days,
								days_back(r->log, r->as_of->day));
	r->known = r->out->trust.known && r->out->profile != GUARD_OFF;
	r->later = !r->out->trust.known && r->out->profile != GUARD_OFF;
}

RepCrediting *rep_crediting_new(Ctx *cx, RepRated *rated)
{
	RepCrediting *c = ARENA_NEW(cx->arena, RepCrediting, 1);
	c->cx = cx;
	c->rated = rated;
	c->run = rep_run_new(cx->arena, rated->log, rated->rules);
	c->metrics = rep_metrics_new(cx->arena, rated->log, rated->rules, rated->as_of->day);
	return c;
}

static void cell_close(RepCrediting *c)
{
	if (!c->cell.open) return;
	const Decay *decay = c->rated->decay;
	int64_t age = c->rated->as_of->day - c->cell.day;
	c->base += decayed(&decay[SCORE_CREDIBILITY], c->cell.base, age);
	for (size_t k = 0; k < SCORES_N; k++)
		if (c->cell.other[k]) c->sum[k] += decayed(&decay[k], c->cell.other[k], age);
	c->cell = (RepDayCell){0};
}

static void collect(RepCrediting *c, const RepLine *line, bool matched, bool here)
{
	if (c->n == c->cap) {
		size_t more = size_max(c->cap ? c->cap * 2 : c->expected, 1024);
		void *p = arena_grow_raw(c->cx->arena, c->v, c->cap * sizeof *c->v, more * sizeof *c->v);
		if (!p) c->full = true;
		if (!p) return;
		c->v = p;
		c->cap = more;
	}
	const RepRated *r = c->rated;
	bool trusted = !matched || (r->known ? rep_known_trusts(r->log, r->out->profile, line->fact, line->judge, c->member)
										 : !r->later);
	c->v[c->n++] = (RepMatched){.points = line->points,
								.fact = line->fact,
								.judge = line->judge,
								.day = line->day,
								.member = c->member & ((1u << REP_MEMBER_BITS) - 1),
								.trusted = trusted,
								.fixed = !matched,
								.here = here};
}

static void on_line(void *arg, const RepLine *line)
{
	RepCrediting *c = arg;
	const Rule *rule = &c->rated->rules->rules[line->rule];
	uint32_t area = c->rated->as_of->area;
	bool credible = rule->score == SCORE_CREDIBILITY, here = !area || rep_in_area(c->rated->log, line->fact, area);
	if (c->also) c->also->line(c->also->arg, line);
	c->clips += line->cap >= 0;
	if (credible && line->bucket != BUCKET_BASE) collect(c, line, rule->matched, here);
	if (!here) return;
	if (c->begun == INT32_MIN) c->begun = line->day;
	if (credible && line->bucket != BUCKET_BASE) return;
	if (c->cell.open && c->cell.day != line->day) cell_close(c);
	c->cell.open = true;
	c->cell.day = line->day;
	if (credible) c->cell.base += line->points;
	else c->cell.other[rule->score] += line->points;
}

static void on_fact(void *arg, uint32_t fact)
{
	const RepCrediting *c = arg;
	c->also->fact(c->also->arg, fact);
}

static int64_t shown(const ScoreRule *rule, int64_t sum)
{
	return rule->least == INT64_MIN ? rule->start + sum : i64_max(rule->start + sum, rule->least);
}

// One day of what was judged, its burst held back, faded.
static void close_day(RepCrediting *c, int32_t day, int64_t points[BUCKETS_N], int64_t bucket[BUCKETS_N])
{
	const RepRated *r = c->rated;
	int64_t age = r->as_of->day - day;
	if (r->rules->guard.burst) {
		int64_t judged = points[BUCKET_TRUSTED] + points[BUCKET_UNTRUSTED];
		if (age < BURST_WAITS) rep_burst_hold(&c->burst, &r->rules->guard, day, points);
		rep_burst_day(&c->burst, day, judged);
	}
	bucket[BUCKET_TRUSTED] += decayed(&r->decay[SCORE_CREDIBILITY], points[BUCKET_TRUSTED], age);
	bucket[BUCKET_UNTRUSTED] += decayed(&r->decay[SCORE_CREDIBILITY], points[BUCKET_UNTRUSTED], age);
}

void rep_credit_close(RepCrediting *c, const RepMatched *v, size_t n, int32_t begun, RepScore *score)
{
	const RepRated *r = c->rated;
	c->burst.n = 0;
	c->burst.first = begun;
	for (size_t i = 0, to; i < n; i = to) {
		int64_t points[BUCKETS_N] = {0};
		for (to = i; to < n && v[to].day == v[i].day; to++)
			if (v[to].here) points[v[to].trusted ? BUCKET_TRUSTED : BUCKET_UNTRUSTED] += v[to].points;
		close_day(c, v[i].day, points, score->bucket);
	}
	score->score[SCORE_CREDIBILITY] = shown(&r->rules->scores[SCORE_CREDIBILITY],
											rep_guard_sum(&r->rules->guard, r->out->profile, score->bucket));
}

static Status run_slice(RepCrediting *c, uint32_t m)
{
	const RepRated *r = c->rated;
	RepVisitor visitor = {.line = on_line, .fact = c->also ? on_fact : NULL, .arg = c, .metrics = &c->metrics};
	c->member = m;
	c->begun = INT32_MIN;
	c->cell = (RepDayCell){0};
	c->base = 0;
	memset(c->sum, 0, sizeof c->sum);
	c->full |= !rep_metrics_begin(&c->metrics, r->slices->starts[m + 1] - r->slices->starts[m]);
	TRY(rep_slice(c->cx, c->run, r->slices, m, &visitor));
	cell_close(c);
	return c->full ? fail(c->cx, ST_TOO_LARGE, "the judgements do not fit in memory") : ST_OK;
}

Status rep_credit_member(RepCrediting *c, uint32_t m, RepScore *score)
{
	RepRated *r = c->rated;
	size_t first = c->n;
	uint32_t from = r->slices->starts[m], to = r->slices->starts[m + 1];
	TRY(run_slice(c, m));
	for (size_t k = 0; k < SCORES_N; k++) score->score[k] = shown(&r->rules->scores[k], c->sum[k]);
	score->bucket[BUCKET_BASE] = c->base;
	rep_metrics_end(&c->metrics, score->metric, score->lcb);
	score->events = (uint32_t)rep_run_facts(c->run);
	if (from != to) {
		score->first_day = r->slices->gists[from].day;
		score->last_day = r->slices->gists[to - 1].day;
	}
	if (r->later) {
		r->begun[m] = c->begun;
		return ST_OK;
	}
	rep_credit_close(c, c->v + first, c->n - first, c->begun, score);
	c->n = first;
	return ST_OK;
}
