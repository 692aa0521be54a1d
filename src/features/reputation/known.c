// SPDX-License-Identifier: AGPL-3.0-or-later
#include "known.h"

#include "chance.h"
#include "shape.h"

#include <stdlib.h>

#define SEEN_ANSWER 1
#define SEEN_SOLVED 2
#define SEEN_KEPT 4
#define FETCH_AHEAD 16 // facts that memory is asked for before their turn

static bool before(Time at, Id id, const RepFact *f) { return at && (at < f->at_ms || (at == f->at_ms && id < f->id)); }

unsigned rep_judged(const RepLog *log, const RepFact *f, uint32_t judge, uint32_t member)
{
	const RepMemberTrust *t = &log->trust[judge];
	bool known = before(t->since_at, t->since_id, f) || before(t->many_at, t->many_id, f) ||
				 (before(t->met_at, t->met_id, f) && t->met_by != log->members[member].id);
	return (t->seed ? REP_BY_SEED : 0u) | (known ? REP_BY_TRUSTED : 0u);
}

bool rep_known_trusts(const RepLog *log, GuardProfile profile, uint32_t fact, uint32_t judge, uint32_t member)
{
	if (profile == GUARD_OFF) return true;
	if (!judge || !log->trust) return false;
	const RepFact *f = &log->facts[fact];
	unsigned by = f->flags & REP_JUDGED ? f->flags : rep_judged(log, f, judge, member);
	if (by & REP_BY_SEED) return true;
	if (profile == GUARD_VERIFIED) return idmap_find(&log->vouched, f->id) != 0;
	return by & REP_BY_TRUSTED;
}

static void place_of(const RepLog *log, uint32_t fact, Time *ret_at, Id *ret_id)
{
	if (fact) *ret_at = log->facts[fact - 1].at_ms, *ret_id = log->facts[fact - 1].id;
}

RepMemberTrust rep_trust_of(const RepLog *log, const RepScores *scores, uint32_t m)
{
	const RepTrust *t = &scores->trust;
	RepMemberTrust found = {.seed = t->seed[m] || log->members[m].verified};
	if (!t->since) return found;
	place_of(log, t->since[m], &found.since_at, &found.since_id);
	place_of(log, t->many_at[m], &found.many_at, &found.many_id);
	place_of(log, t->met_at[m], &found.met_at, &found.met_id);
	if (t->met_at[m]) found.met_by = log->members[log->facts[t->met_at[m] - 1].owner].id;
	return found;
}

RepSeen rep_seen_new(Arena *a, const RepLog *log) { return (RepSeen){.things = idmap_init(a, rep_expected(log))}; }

// Marks a thing as counted; true the first time.
static bool first_time(RepSeen *seen, uint64_t thing, unsigned what, uint32_t bit)
{
	uint32_t *at = idmap_at(&seen->things, (int64_t)(thing << 2 | what));
	if (!at || (*at & bit)) return false;
	*at |= bit;
	return true;
}

static RepAreaCount *area_of(Ctx *cx, RepSeen *seen, const RepLog *log, uint32_t area)
{
	uint32_t *at = idmap_at(&seen->things, (int64_t)((uint64_t)area << 2 | 2));
	if (!at) return NULL;
	if (*at) return &seen->areas[*at - 1];
	if (seen->areas_n == seen->areas_cap) {
		size_t more = size_max(seen->areas_cap * 2, 32);
		void *p = arena_grow(cx->arena, seen->areas, seen->areas_cap * sizeof *seen->areas, more * sizeof *seen->areas);
		if (!p) return NULL;
		seen->areas = p;
		seen->areas_cap = more;
	}
	seen->areas[seen->areas_n++] = (RepAreaCount){.name = log->areas[area].name, .is_space = log->areas[area].is_space};
	*at = (uint32_t)seen->areas_n;
	return &seen->areas[seen->areas_n - 1];
}

// Of a fact that still stands, memory is not asked for more than its gist.
static bool has_flag(const RepLog *log, const RepGist *g, RepFlag flag)
{
	return rep_gist_void(g) && log->facts[g->fact].flags & flag;
}

static Status count_areas(Ctx *cx, const RepLog *log, RepSeen *seen, const RepGist *g, bool solved, bool kept)
{
	size_t n;
	const uint32_t *areas = rep_areas_of(log, &log->facts[g->fact], &n);
	for (size_t i = 0; i < n; i++) {
		RepAreaCount *a = area_of(cx, seen, log, areas[i]);
		if (!a) return fail(cx, ST_TOO_LARGE, "too many areas");
		a->solved += solved;
		a->kept += kept;
	}
	return ST_OK;
}

static Status count_solution(Ctx *cx, const RepLog *log, RepSeen *seen, const RepGist *g, RepEvidence *out)
{
	bool undone = has_flag(log, g, REP_UNDONE);
	bool solved = first_time(seen, g->object, 1, SEEN_SOLVED),
		 kept = !undone && first_time(seen, g->object, 1, SEEN_KEPT);
	out->solved += solved;
	out->kept += kept;
	if (kept) out->helped += first_time(seen, g->asker, 3, SEEN_KEPT);
	return solved || kept ? count_areas(cx, log, seen, g, solved, kept) : ST_OK;
}

static int by_kept(const void *a, const void *b)
{
	const RepAreaCount *x = a, *y = b;
	if (x->kept != y->kept) return x->kept > y->kept ? -1 : 1;
	if (x->solved != y->solved) return x->solved > y->solved ? -1 : 1;
	if (x->is_space != y->is_space) return x->is_space ? 1 : -1;
	return str_cmp(x->name, y->name);
}

// An answer that is kept counts as settled at once; another when it has had its time.
static void count_settled(const RepSeen *seen, const RepGist *g, int32_t day, RepEvidence *out)
{
	bool kept = idmap_find(&seen->things, (int64_t)((uint64_t)g->object << 2 | 1)) & SEEN_KEPT;
	if (!kept && g->day > day - CHANCE_SETTLES_DAYS) return;
	out->settled++;
	out->settled_kept += kept;
}

static bool is_answer(const RepLog *log, const RepGist *g, uint32_t member)
{
	return rep_gist_kind(g) == FACT_POSTED && g->actor == member && rep_gist_owned(g) && rep_gist_answer(g) &&
		   g->asker != member && !has_flag(log, g, REP_GONE);
}

static bool is_solution(const RepLog *log, const RepGist *g, uint32_t member)
{
	return rep_gist_kind(g) == FACT_ACCEPTED && rep_gist_owned(g) && g->asker != member && !has_flag(log, g, REP_GONE);
}

// How many facts tell something, so that what is counted is held in no larger a map than it takes.
static uint32_t telling(const RepGist *v, uint32_t n)
{
	uint32_t tell = 0;
	for (uint32_t i = 0; i < n; i++)
		tell += rep_gist_kind(&v[i]) == FACT_POSTED || rep_gist_kind(&v[i]) == FACT_ACCEPTED;
	return tell;
}

Status rep_evidence(Ctx *cx, const RepLog *log, const RepSlices *slices, uint32_t member, int32_t day, RepSeen *seen,
					RepEvidence *ret)
{
	const RepGist *v = &slices->gists[slices->starts[member]];
	uint32_t n = slices->starts[member + 1] - slices->starts[member], tell = telling(v, n);
	seen->areas_n = 0;
	if (!tell) return ST_OK;
	if (!idmap_restart(&seen->things, tell)) return fail(cx, ST_TOO_LARGE, "the evidence does not fit in memory");
	for (uint32_t i = 0; i < n; i++) {
		const RepGist *soon = &v[i + FETCH_AHEAD < n ? i + FETCH_AHEAD : i];
		if (rep_gist_kind(soon) == FACT_ACCEPTED) __builtin_prefetch(&log->facts[soon->fact].areas);
		if (is_answer(log, &v[i], member)) ret->answers += first_time(seen, v[i].object, 1, SEEN_ANSWER);
		if (is_solution(log, &v[i], member)) TRY(count_solution(cx, log, seen, &v[i], ret));
	}
	for (uint32_t i = 0; i < n; i++)
		if (is_answer(log, &v[i], member)) count_settled(seen, &v[i], day, ret);
	if (seen->areas_n > 1) qsort(seen->areas, seen->areas_n, sizeof *seen->areas, by_kept);
	ret->areas_n = size_min(seen->areas_n, REP_AREAS_SHOWN);
	for (size_t i = 0; i < ret->areas_n; i++) ret->areas[i] = seen->areas[i];
	return ST_OK;
}
