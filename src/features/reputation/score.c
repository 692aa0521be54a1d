// SPDX-License-Identifier: AGPL-3.0-or-later
// Everybody's scores as of a day: slices give entries, the guard says which are trusted, days fade, ranks are formulas. Members
// do not concern one another but for the guard's pass, so they are done in parts, by several threads if there are many.
#include "base/pieces.h"
#include "credit.h"

#include <stdlib.h>
#include <string.h>

#define ACTIVE_DAYS 365
#define ENTRIES_ALONE ((size_t)200000) // of slices: with fewer, threads are not worth their start
#define PARTS_OF_WORKER 24
#define PART_ENTRIES_MAX ((size_t)1 << 18)

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

static Status make_order(Ctx *cx, const RepRated *s)
{
	RepScores *out = s->out;
	Standing *v = arena_try_alloc(cx->arena, (out->n + 1) * sizeof *v, _Alignof(Standing));
	if (!v) return fail(cx, ST_TOO_LARGE, "the board does not fit in memory");
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

static void give_ranks(const RepRated *s)
{
	int64_t vars[REP_MEMBER_VARS_MAX];
	for (uint32_t m = 1; m <= s->out->n; m++) {
		if (!s->out->v[m].events && !s->log->members[m].staff) continue;
		rep_member_vars(s->rules, &s->log->members[m], &s->out->v[m], s->out->community, s->as_of->day, vars);
		for (size_t r = s->rules->ranks_n; r > 0 && !s->out->v[m].rank; r--)
			if (expr_true(s->rules->ranks[r - 1].when, vars)) s->out->v[m].rank = (uint8_t)r;
	}
}

// --- everybody ------------------------------------------------------------------------------------------------------------

typedef struct Worker {
	Ctx cx;
	RepCrediting *crediting[REP_RULESETS_MAX];
} Worker;

typedef struct Everybody {
	Ctx *cx;
	const RepLog *log;
	RepRated rated[REP_RULESETS_MAX];
	size_t rulesets_n;
	RepSlices slices[REP_RULESETS_MAX];
	RepGround ground;
	uint32_t *spans; // first member of each part, and past the last
	size_t parts_n, workers_n;
	Worker workers[PIECES_WORKERS_MAX];
} Everybody;

static Status run_pieces(Everybody *e, size_t n, Status (*run)(void *arg, size_t worker, size_t piece))
{
	Status st = pieces_run(&(Pieces){.n = n, .workers = e->workers_n, .run = run, .arg = e});
	for (size_t i = 0; st != ST_OK && i < e->workers_n; i++)
		if (e->workers[i].cx.fail_status == st) return fail(e->cx, st, "%.*s", STR(e->workers[i].cx.fail_text));
	return st;
}

// The entries stay; the next part begins with new ones, about as many.
static void keep_entries(RepCrediting *c, size_t part)
{
	c->rated->parts[part] = (RepPart){.v = c->v, .n = c->n};
	c->expected = c->n + c->n / 4;
	c->v = NULL;
	c->n = c->cap = 0;
}

static Status credit_part(void *arg, size_t worker, size_t part)
{
	Everybody *e = arg;
	Worker *w = &e->workers[worker];
	for (uint32_t m = e->spans[part]; m < e->spans[part + 1]; m++)
		for (size_t r = 0; r < e->rulesets_n; r++) TRY(rep_credit_member(w->crediting[r], m, &e->rated[r].out->v[m]));
	for (size_t r = 0; r < e->rulesets_n; r++)
		if (e->rated[r].later) keep_entries(w->crediting[r], part);
	return ST_OK;
}

// With the open profile trust asks who judged whom, when, and whether it gave points: not how many. Where two rulesets agree in
// that, as most do whose weights differ, one pass says it for both.
static bool same_judgements(const Everybody *e)
{
	const RepRated *a = &e->rated[0], *b = &e->rated[1];
	if (e->rulesets_n < 2 || a->out->profile != GUARD_OPEN || b->out->profile != GUARD_OPEN) return false;
	for (size_t p = 0; p < e->parts_n; p++) {
		const RepPart *x = &a->parts[p], *y = &b->parts[p];
		if (x->n != y->n) return false;
		for (size_t i = 0; i < x->n; i++)
			if (x->v[i].fact != y->v[i].fact || x->v[i].member != y->v[i].member || x->v[i].fixed != y->v[i].fixed ||
				(x->v[i].points > 0) != (y->v[i].points > 0))
				return false;
	}
	return true;
}

static Status guard_ruleset(void *arg, size_t worker, size_t ruleset)
{
	Everybody *e = arg;
	RepRated *r = &e->rated[ruleset];
	RepGuard guard = {e->log, &e->ground, &r->rules->guard, r->out->profile, r->parts, e->parts_n};
	return r->later ? rep_guard_pass(&e->workers[worker].cx, &guard, &r->out->trust, &r->trusted) : ST_OK;
}

static bool is_trusted(const RepRated *r, size_t entry) { return r->trusted[entry / 64] >> entry % 64 & 1; }

static void close_part(const Everybody *e, RepCrediting *c, size_t part)
{
	RepRated *r = c->rated;
	const RepPart *p = &r->parts[part];
	size_t at = 0;
	for (uint32_t m = e->spans[part]; m < e->spans[part + 1]; m++) {
		size_t n = 0;
		for (; at + n < p->n && p->v[at + n].member == m; n++) p->v[at + n].trusted |= is_trusted(r, p->first + at + n);
		rep_credit_close(c, n ? p->v + at : NULL, n, r->begun[m], &r->out->v[m]);
		at += n;
	}
}

static Status close_parts(void *arg, size_t worker, size_t part)
{
	Everybody *e = arg;
	for (size_t r = 0; r < e->rulesets_n; r++)
		if (e->rated[r].later) close_part(e, e->workers[worker].crediting[r], part);
	return ST_OK;
}

static Status place_ruleset(void *arg, size_t worker, size_t ruleset)
{
	Everybody *e = arg;
	RepRated *r = &e->rated[ruleset];
	community_values(r->rules, r->out);
	TRY(make_order(&e->workers[worker].cx, r));
	give_ranks(r);
	return ST_OK;
}

// --- what it takes --------------------------------------------------------------------------------------------------------

static size_t slice_entries(const Everybody *e) { return e->slices[0].starts[e->log->members_n + 1]; }

static Status make_spans(Everybody *e, const RepAsOf *as_of)
{
	const uint32_t *starts = e->slices[0].starts;
	size_t all = slice_entries(e), members = e->log->members_n;
	e->workers_n = as_of->workers        ? size_min(as_of->workers, PIECES_WORKERS_MAX)
				   : all < ENTRIES_ALONE ? 1
										 : pieces_workers();
	// A member counts as one more entry, so that many with none make parts too.
	size_t most = size_min((all + members) / (e->workers_n * PARTS_OF_WORKER) + 1, PART_ENTRIES_MAX);
	e->spans = arena_try_alloc(e->cx->arena, (members + 2) * sizeof *e->spans, _Alignof(uint32_t));
	if (!e->spans) return fail(e->cx, ST_TOO_LARGE, "the scores do not fit in memory");
	e->spans[0] = 1;
	for (uint32_t m = 1; m <= members; m++) {
		uint32_t from = e->spans[e->parts_n];
		if (starts[m + 1] - starts[from] + (m - from) + 1 < most && m < members) continue;
		e->spans[++e->parts_n] = m + 1;
	}
	return ST_OK;
}

static Status rate(Everybody *e, RepRated *r, const Ruleset *rules, const RepAsOf *as_of)
{
	Arena *a = e->cx->arena;
	size_t n = e->log->members_n;
	RepScores *out = ARENA_NEW(a, RepScores, 1);
	int64_t *metrics = arena_try_alloc(a, (n + 1) * 2 * rules->metrics_n * sizeof *metrics, _Alignof(int64_t));
	out->n = n;
	out->v = arena_try_alloc(a, (n + 1) * sizeof *out->v, _Alignof(RepScore));
	out->order = arena_try_alloc_raw(a, (n + 1) * sizeof *out->order, _Alignof(uint32_t));
	if (!metrics || !out->v || !out->order) return fail(e->cx, ST_TOO_LARGE, "the scores do not fit in memory");
	for (size_t m = 0; m <= n; m++, metrics += 2 * rules->metrics_n)
		out->v[m].metric = metrics, out->v[m].lcb = metrics + rules->metrics_n;
	TRY(rep_guard_begin(e->cx, e->log, &e->ground, rules, out));
	*r = (RepRated){.log = e->log, .rules = rules, .as_of = as_of, .slices = &e->slices[r - e->rated], .out = out};
	rep_rated_begin(a, r);
	if (!r->later) return ST_OK;
	TRY(rep_trust_new(e->cx, e->log, &out->trust));
	r->begun = arena_try_alloc(a, (n + 1) * sizeof *r->begun, _Alignof(int32_t));
	r->parts = arena_try_alloc(a, (e->parts_n + 1) * sizeof *r->parts, _Alignof(RepPart));
	return r->begun && r->parts ? ST_OK : fail(e->cx, ST_TOO_LARGE, "the scores do not fit in memory");
}

static Status prepare(Everybody *e, const Ruleset *const *rules, const RepAsOf *as_of)
{
	bool guarded = false;
	for (size_t r = 0; r < e->rulesets_n; r++) {
		guarded |= rules[r]->guard.profile != GUARD_OFF;
		if (r && rep_slices_same(rules[0], rules[r])) e->slices[r] = e->slices[0];
		else TRY(rep_slices(e->cx, e->log, rules[r], &e->slices[r]));
	}
	if (guarded) TRY(rep_ground_find(e->cx, e->log, &e->ground));
	TRY(make_spans(e, as_of));
	for (size_t r = 0; r < e->rulesets_n; r++) TRY(rate(e, &e->rated[r], rules[r], as_of));
	return ST_OK;
}

static void hire(Everybody *e)
{
	for (size_t i = 0; i < e->workers_n; i++) {
		Worker *w = &e->workers[i];
		w->cx = (Ctx){.arena = arena_new(REP_WORK_BYTES), .now_ms = e->cx->now_ms};
		for (size_t r = 0; r < e->rulesets_n; r++) w->crediting[r] = rep_crediting_new(&w->cx, &e->rated[r]);
	}
}

static Status everybody(Everybody *e)
{
	TRY(run_pieces(e, e->parts_n, credit_part));
	for (size_t r = 0; r < e->rulesets_n; r++)
		for (size_t p = 1; e->rated[r].later && p <= e->parts_n; p++)
			e->rated[r].parts[p].first = e->rated[r].parts[p - 1].first + e->rated[r].parts[p - 1].n;
	bool same = same_judgements(e);
	TRY(run_pieces(e, same ? 1 : e->rulesets_n, guard_ruleset));
	if (same) {
		e->rated[1].out->trust = e->rated[0].out->trust;
		e->rated[1].trusted = e->rated[0].trusted;
	}
	TRY(run_pieces(e, e->parts_n, close_parts));
	for (size_t r = 0; r < e->rulesets_n; r++)
		for (size_t i = 0; i < e->workers_n; i++) e->rated[r].out->clips += e->workers[i].crediting[r]->clips;
	return run_pieces(e, e->rulesets_n, place_ruleset);
}

Status rep_score_each(Ctx *cx, const RepLog *log, const Ruleset *const *rules, size_t n, const RepAsOf *as_of,
					  RepScores **ret_scores)
{
	Everybody *e = ARENA_NEW(cx->arena, Everybody, 1);
	BUG_IF(!n || n > REP_RULESETS_MAX);
	*e = (Everybody){.cx = cx, .log = log, .rulesets_n = n};
	TRY(prepare(e, rules, as_of));
	hire(e);
	Status st = everybody(e);
	for (size_t i = 0; i < e->workers_n; i++) arena_free(e->workers[i].cx.arena);
	if (st != ST_OK) return st;
	for (size_t r = 0; r < n; r++) {
		ret_scores[r] = e->rated[r].out;
		ret_scores[r]->slices = e->slices[r];
	}
	return ST_OK;
}

Status rep_score(Ctx *cx, const RepLog *log, const Ruleset *rules, const RepAsOf *as_of, RepScores **ret_scores)
{
	return rep_score_each(cx, log, &rules, 1, as_of, ret_scores);
}

// One member at a time.

struct RepOne {
	RepRated rated;
	RepCrediting *crediting;
	RepAsOf as_of;
	RepScores scores;
	RepSlices slices;
	RepSeen seen;
	int64_t metrics[2][METRICS_MAX]; // of the member at hand
	const RepScores *found;          // by a rep_score just before; else each slice is run
};

Status rep_one_after(Ctx *cx, const RepLog *log, const Ruleset *rules, const RepAsOf *as_of, const RepScores *scores,
					 RepOne **ret_one)
{
	RepOne *one = ARENA_NEW(cx->arena, RepOne, 1);
	one->as_of = *as_of;
	one->found = scores;
	one->slices = scores->slices;
	one->rated = (RepRated){.log = log, .rules = rules, .as_of = &one->as_of, .slices = &one->slices};
	one->crediting = ARENA_NEW(cx->arena, RepCrediting, 1);
	one->crediting->cx = cx;
	one->seen = rep_seen_new(cx->arena, log);
	*ret_one = one;
	return ST_OK;
}

Status rep_one_new(Ctx *cx, const RepLog *log, const Ruleset *rules, const RepAsOf *as_of, GuardProfile profile,
				   RepOne **ret_one)
{
	RepOne *one = ARENA_NEW(cx->arena, RepOne, 1);
	one->as_of = *as_of;
	one->scores = (RepScores){.n = log->members_n, .profile = profile, .trust = {.known = true}};
	one->rated = (RepRated){
		.log = log, .rules = rules, .as_of = &one->as_of, .slices = &one->slices, .out = &one->scores};
	rep_rated_begin(cx->arena, &one->rated);
	TRY(rep_slices(cx, log, rules, &one->slices));
	one->crediting = rep_crediting_new(cx, &one->rated);
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
	*ret_score = (RepScore){.metric = one->metrics[0], .lcb = one->metrics[1]};
	*ret_evidence = (RepEvidence){0};
	if (!member) {
		memset(one->metrics, 0, sizeof one->metrics);
		return ST_OK;
	}
	if (!one->found) TRY(rep_credit_member(one->crediting, member, ret_score));
	else *ret_score = one->found->v[member];
	ret_score->place = ret_score->place_to = ret_score->rank = ret_score->percentile = 0;
	return rep_evidence(one->crediting->cx, one->rated.log, &one->slices, member, one->as_of.day, &one->seen,
						ret_evidence);
}

Status rep_one_heard(RepOne *one, uint32_t member, const RepVisitor *also, RepScore *ret_score,
					 RepEvidence *ret_evidence)
{
	one->crediting->also = also;
	Status st = rep_one(one, member, ret_score, ret_evidence);
	one->crediting->also = NULL;
	return st;
}

RepAsked rep_one_asked(const RepOne *one)
{
	const RepRated *r = &one->rated;
	return (RepAsked){one->crediting->cx, r->log, r->rules, &one->as_of, &one->scores, r->decay};
}
