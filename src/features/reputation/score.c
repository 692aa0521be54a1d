// SPDX-License-Identifier: AGPL-3.0-or-later
// Everybody's scores as of a day: slices give lines, the guard says which are trusted, day cells fade, ranks are formulas.
#include "reputation_impl.h"

#include <stdlib.h>
#include <string.h>

#define ACTIVE_DAYS 365

typedef struct Cell { // what one day gave, by bucket (credibility) or in all
	int64_t credibility[BUCKETS_N], other[SCORES_N];
	int32_t day;
	bool open;
} Cell;

typedef struct Scoring {
	Ctx *cx;
	const RepLog *log;
	const Ruleset *rules;
	const RepAsOf *as_of;
	RepScores *out;
	RepDecay decay[SCORES_N];
	RepMetrics metrics;
	RepMatched *matched; // of all members, in slice order
	size_t matched_n, matched_cap, matched_at;
	bool collecting, guarded, known, full;
	uint32_t member;
	Cell cell;
	int64_t sum[SCORES_N], bucket[BUCKETS_N];
	RepBurst burst;
	const RepVisitor *also; // who else wants to hear of the slice
} Scoring;

static void cell_close(Scoring *s)
{
	if (!s->cell.open) return;
	int64_t age = s->as_of->day - s->cell.day, judged = 0;
	if (s->rules->guard.burst) {
		judged = s->cell.credibility[BUCKET_TRUSTED] + s->cell.credibility[BUCKET_UNTRUSTED];
		if (age < BURST_WAITS) rep_burst_hold(&s->burst, &s->rules->guard, s->cell.day, s->cell.credibility);
		rep_burst_day(&s->burst, s->cell.day, judged);
	}
	for (size_t b = 0; b < BUCKETS_N; b++)
		s->bucket[b] += rep_decayed(&s->decay[SCORE_CREDIBILITY], s->cell.credibility[b], age);
	for (size_t k = 0; k < SCORES_N; k++) s->sum[k] += rep_decayed(&s->decay[k], s->cell.other[k], age);
	s->cell = (Cell){0};
}

static void collect(Scoring *s, const RepLine *line)
{
	if (s->matched_n == s->matched_cap) {
		size_t more = size_max(s->matched_cap * 2, 1024);
		void *p = arena_grow(s->cx->arena, s->matched, s->matched_cap * sizeof *s->matched, more * sizeof *s->matched);
		if (!p) s->full = true;
		if (!p) return;
		s->matched = p;
		s->matched_cap = more;
	}
	s->matched[s->matched_n++] = (RepMatched){
		.points = line->points, .fact = line->fact, .member = s->member, .judge = line->judge};
}

static bool trusted(const Scoring *s, const RepLine *line)
{
	if (s->known) return rep_known_trusts(s->log, s->out->profile, line->fact, line->judge, s->member);
	return !s->guarded || s->matched[s->matched_at].trusted;
}

static void on_line(void *arg, const RepLine *line)
{
	Scoring *s = arg;
	const Rule *rule = &s->rules->rules[line->rule];
	if (s->also) s->also->line(s->also->arg, line);
	if (s->collecting) {
		if (rule->matched && rule->score == SCORE_CREDIBILITY) collect(s, line);
		return;
	}
	s->out->clips += line->cap >= 0;
	size_t bucket = line->bucket;
	bool judged = rule->matched && rule->score == SCORE_CREDIBILITY;
	if (judged && trusted(s, line)) bucket = BUCKET_TRUSTED;
	if (judged && s->guarded) s->matched_at++;
	if (!rep_in_area(s->log, line->fact, s->as_of->area)) return;
	if (s->cell.open && s->cell.day != line->day) cell_close(s);
	s->cell.open = true;
	s->cell.day = line->day;
	if (rule->score == SCORE_CREDIBILITY) s->cell.credibility[bucket] += line->points;
	else s->cell.other[rule->score] += line->points;
}

static void on_fact(void *arg, uint32_t fact, const int64_t vars[EVENT_VARS_N])
{
	Scoring *s = arg;
	if (s->also) s->also->fact(s->also->arg, fact, vars);
	if (!s->collecting) rep_metrics_fact(&s->metrics, fact, vars);
}

static void member_close(Scoring *s, RepScore *score)
{
	cell_close(s);
	memcpy(score->bucket, s->bucket, sizeof score->bucket);
	for (size_t k = 0; k < SCORES_N; k++) {
		int64_t sum = k == SCORE_CREDIBILITY ? rep_guard_sum(&s->rules->guard, s->out->profile, s->bucket) : s->sum[k];
		score->score[k] = s->rules->scores[k].start + sum;
		if (s->rules->scores[k].least != INT64_MIN)
			score->score[k] = i64_max(score->score[k], s->rules->scores[k].least);
	}
	rep_metrics_end(&s->metrics, score->metric, score->lcb);
}

static Status run_member(Scoring *s, RepRun *run, const RepSlices *slices, uint32_t m, RepScore *score)
{
	RepVisitor visitor = {on_line, on_fact, s};
	s->member = m;
	s->cell = (Cell){0};
	memset(s->sum, 0, sizeof s->sum);
	memset(s->bucket, 0, sizeof s->bucket);
	s->burst.n = 0;
	uint32_t from = slices->starts[m], to = slices->starts[m + 1];
	if (s->collecting && from == to) return ST_OK;
	rep_metrics_begin(&s->metrics, m);
	TRY(rep_slice(s->cx, run, slices, m, &visitor));
	if (s->full) return fail(s->cx, ST_TOO_LARGE, "the judgements do not fit in memory");
	if (s->collecting) return ST_OK;
	member_close(s, score);
	score->events = (uint32_t)rep_run_facts(run);
	if (from == to) return ST_OK;
	score->first_day = rep_day(s->log->facts[slices->entries[from]].at_ms);
	score->last_day = rep_day(s->log->facts[slices->entries[to - 1]].at_ms);
	return ST_OK;
}

static Status run_all(Scoring *s, RepRun *run, const RepSlices *slices)
{
	for (uint32_t m = 1; m <= s->log->members_n; m++) TRY(run_member(s, run, slices, m, &s->out->v[m]));
	return ST_OK;
}

// Order, ranks.

typedef struct Standing {
	int64_t score;
	uint32_t member;
} Standing;

static int by_score(const void *a, const void *b)
{
	const Standing *x = a, *y = b;
	if (x->score != y->score) return x->score > y->score ? -1 : 1;
	return (x->member > y->member) - (x->member < y->member);
}

static bool is_active(const RepScore *s, int32_t day) { return s->events && s->last_day > day - ACTIVE_DAYS; }

// Of those active: who has less, and half of who has the same, in hundredths, 1 at least.
static void percentiles(RepScores *out, const Standing *v, int32_t day)
{
	size_t active = 0, below = 0;
	for (size_t i = 0; i < out->n; i++) active += is_active(&out->v[v[i].member], day);
	for (size_t end = out->n; end > 0;) {
		size_t from = end - 1, same = is_active(&out->v[v[from].member], day);
		for (; from > 0 && v[from - 1].score == v[end - 1].score; from--)
			same += is_active(&out->v[v[from - 1].member], day);
		size_t share = active ? (below * 2 + same) * 50 / active : 0;
		for (size_t i = from; i < end; i++)
			if (is_active(&out->v[v[i].member], day)) out->v[v[i].member].percentile = (uint8_t)size_max(1, share);
		below += same;
		end = from;
	}
}

static Status make_order(Scoring *s)
{
	RepScores *out = s->out;
	Standing *v = arena_try_alloc(s->cx->arena, (out->n + 1) * sizeof *v, _Alignof(Standing));
	out->order = arena_try_alloc(s->cx->arena, (out->n + 1) * sizeof *out->order, _Alignof(uint32_t));
	if (!v || !out->order) return fail(s->cx, ST_TOO_LARGE, "the board does not fit in memory");
	for (uint32_t m = 1; m <= out->n; m++) v[m - 1] = (Standing){out->v[m].score[s->rules->board], m};
	qsort(v, out->n, sizeof *v, by_score);
	for (size_t i = 0, to; i < out->n; i = to) {
		for (to = i; to < out->n && v[to].score == v[i].score; to++) {}
		for (size_t k = i; k < to; k++) {
			out->order[k] = v[k].member;
			out->v[v[k].member].place = (uint32_t)i + 1;
			out->v[v[k].member].place_to = (uint32_t)to;
		}
	}
	percentiles(out, v, s->as_of->day);
	return ST_OK;
}

static void community_values(const Ruleset *rules, RepScores *out)
{
	for (size_t i = 0; i < rules->metrics_n; i++) {
		const Metric *metric = &rules->metrics[i];
		i128 over = 0, under = 0;
		for (uint32_t m = 1; m <= out->n; m++) {
			const RepScore *s = &out->v[m];
			over += metric->kind == METRIC_RATIO ? s->metric[metric->over] : s->metric[i];
			under += metric->kind == METRIC_RATIO ? s->metric[metric->under] : s->events ? RULE_UNIT : 0;
		}
		out->community[i] = under ? (int64_t)(over * RULE_UNIT / under) : 0;
	}
}

void rep_member_vars(const Ruleset *rules, const RepMember *m, const RepScore *s, const int64_t *community, int32_t day,
					 int64_t *vars)
{
	for (size_t k = 0; k < SCORES_N; k++) vars[k] = s->score[k];
	vars[MEMBER_AGE_DAYS] = i64_max(0, day - rep_day(m->joined_at)) * RULE_UNIT;
	vars[MEMBER_STAFF] = m->staff;
	vars[MEMBER_VERIFIED] = m->verified;
	vars[MEMBER_ROLE] = m->role * RULE_UNIT;
	for (size_t i = 0; i < rules->metrics_n; i++) {
		vars[MEMBER_VARS_N + i] = s->metric[i];
		vars[MEMBER_VARS_N + rules->metrics_n + i] = community[i];
		vars[MEMBER_VARS_N + 2 * rules->metrics_n + i] = s->lcb[i];
	}
}

static void give_ranks(Scoring *s)
{
	int64_t vars[REP_MEMBER_VARS_MAX];
	for (uint32_t m = 1; m <= s->out->n; m++) {
		if (!s->out->v[m].events && !s->log->members[m].staff) continue;
		rep_member_vars(s->rules, &s->log->members[m], &s->out->v[m], s->out->community, s->as_of->day, vars);
		for (size_t r = s->rules->ranks_n; r > 0 && !s->out->v[m].rank; r--)
			if (expr_true(s->rules->ranks[r - 1].when, vars)) s->out->v[m].rank = (uint8_t)r;
	}
}

static size_t days_back(const RepLog *log, int32_t day)
{
	int32_t first = log->facts_n ? rep_day(log->facts[0].at_ms) : day;
	return first < day ? (size_t)(day - first) : 0;
}

static Status guard_all(Scoring *s, RepRun *run, const RepSlices *slices)
{
	if (s->out->profile == GUARD_OFF) return ST_OK;
	s->collecting = s->guarded = true;
	TRY(run_all(s, run, slices));
	s->collecting = false;
	return rep_guard_pass(s->cx, s->log, &s->rules->guard, s->out->profile, s->matched, s->matched_n, &s->out->trust);
}

static void begin(Scoring *s)
{
	for (size_t k = 0; k < SCORES_N; k++)
		s->decay[k] = rep_decay_new(s->cx->arena, s->as_of->lifetime ? 0 : s->rules->scores[k].half_life_days,
									days_back(s->log, s->as_of->day));
	s->metrics = rep_metrics_new(s->cx->arena, s->log, s->rules, s->as_of->day);
}

Status rep_score(Ctx *cx, const RepLog *log, const Ruleset *rules, const RepAsOf *as_of, RepScores **ret_scores)
{
	Scoring s = {.cx = cx, .log = log, .rules = rules, .as_of = as_of, .out = ARENA_NEW(cx->arena, RepScores, 1)};
	s.out->n = log->members_n;
	s.out->v = arena_try_alloc(cx->arena, (log->members_n + 1) * sizeof *s.out->v, _Alignof(RepScore));
	if (!s.out->v) return fail(cx, ST_TOO_LARGE, "the scores do not fit in memory");
	begin(&s);
	TRY(rep_guard_begin(cx, log, rules, s.out));
	RepSlices slices;
	TRY(rep_slices(cx, log, rules, &slices));
	RepRun *run = rep_run_new(cx->arena, log, rules);
	TRY(guard_all(&s, run, &slices));
	TRY(run_all(&s, run, &slices));
	community_values(rules, s.out);
	TRY(make_order(&s));
	give_ranks(&s);
	*ret_scores = s.out;
	return ST_OK;
}

// One member at a time.

struct RepOne {
	Scoring scoring;
	RepAsOf as_of;
	RepScores scores;
	RepSlices slices;
	RepRun *run;
	RepSeen seen;
};

Status rep_one_new(Ctx *cx, const RepLog *log, const Ruleset *rules, const RepAsOf *as_of, GuardProfile profile,
				   RepOne **ret_one)
{
	RepOne *one = ARENA_NEW(cx->arena, RepOne, 1);
	one->as_of = *as_of;
	one->scores = (RepScores){.n = log->members_n, .profile = profile, .trust = {.known = true}};
	one->scoring = (Scoring){
		.cx = cx, .log = log, .rules = rules, .as_of = &one->as_of, .out = &one->scores, .known = profile != GUARD_OFF};
	begin(&one->scoring);
	TRY(rep_slices(cx, log, rules, &one->slices));
	one->run = rep_run_new(cx->arena, log, rules);
	one->seen = rep_seen_new(cx->arena, log);
	*ret_one = one;
	return ST_OK;
}

bool rep_one_has_facts(const RepOne *one, uint32_t member)
{
	return member && one->slices.starts[member] != one->slices.starts[member + 1];
}

Status rep_one(RepOne *one, uint32_t member, RepScore *ret_score, RepEvidence *ret_evidence)
{
	*ret_score = (RepScore){0};
	*ret_evidence = (RepEvidence){0};
	if (!member) return ST_OK;
	TRY(run_member(&one->scoring, one->run, &one->slices, member, ret_score));
	return rep_evidence(one->scoring.cx, one->scoring.log, &one->slices, member, one->as_of.day, &one->seen,
						ret_evidence);
}

Status rep_one_heard(RepOne *one, uint32_t member, const RepVisitor *also, RepScore *ret_score,
					 RepEvidence *ret_evidence)
{
	one->scoring.also = also;
	Status st = rep_one(one, member, ret_score, ret_evidence);
	one->scoring.also = NULL;
	return st;
}

RepAsked rep_one_asked(const RepOne *one)
{
	const Scoring *s = &one->scoring;
	return (RepAsked){s->cx, s->log, s->rules, &one->as_of, &one->scores, s->decay};
}
