// SPDX-License-Identifier: AGPL-3.0-or-later
// Where trust begins: one walk over the history finds what every ruleset asks of it, then seeds and profile are chosen from that.
#include "guard.h"

#define VERIFIED_SHARE 5 // one asker in five
#define SEEDS_MIN 5      // named seeds who take part; with fewer, some are found
#define SEEDS_FOUND_MAX 20

static bool is_help(const RepFact *f)
{
	return f->kind == FACT_ACCEPTED && !(f->flags & REP_VOID) && f->owner && f->owner != f->asker &&
		   f->actor == f->asker;
}

static Status add_help(Ctx *cx, RepGround *g, size_t fact)
{
	void *p = g->helps;
	TRY(rep_grow(cx, cx->arena, &p, &g->helps_cap, g->helps_n, sizeof *g->helps));
	g->helps = p;
	g->helps[g->helps_n++] = (uint32_t)fact;
	return ST_OK;
}

static Status add_meeting(Ctx *cx, RepGround *g, size_t fact, const RepFact *f)
{
	void *p = g->meetings;
	TRY(rep_grow(cx, cx->arena, &p, &g->meetings_cap, g->meetings_n, sizeof *g->meetings));
	g->meetings = p;
	g->meetings[g->meetings_n++] = (RepMeeting){(uint32_t)fact, f->owner, f->asker};
	return ST_OK;
}

Status rep_ground_find(Ctx *cx, const RepLog *log, RepGround *ret)
{
	RepGround g = {.active = arena_try_alloc(cx->arena, log->members_n + 1, 1),
				   .asked = arena_try_alloc(cx->arena, log->members_n + 1, 1)};
	if (!g.active || !g.asked) return fail(cx, ST_TOO_LARGE, "the guard's pass does not fit in memory");
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		if (f->kind == FACT_TOPIC_POSTED) g.asked[f->actor] = true;
		if (f->kind != FACT_POSTED && f->kind != FACT_ACCEPTED) continue;
		g.active[f->actor] = true;
		if (is_help(f)) TRY(add_help(cx, &g, i));
		bool met = f->kind == FACT_POSTED && f->asker && f->owner != f->asker && !(f->flags & REP_VOID);
		if (met) TRY(add_meeting(cx, &g, i, f));
	}
	*ret = g;
	return ST_OK;
}

// Who accepted an answer of somebody that accepted one of theirs: friends, perhaps, and no proof of anything.
static Status find_mutual(Ctx *cx, const RepLog *log, const RepGround *g, bool *mutual)
{
	AUTO(Arena) a = arena_new(REP_WORK_BYTES);
	IdMap seen = idmap_init(a, g->helps_n);
	for (size_t i = 0; i < g->helps_n; i++) {
		const RepFact *f = &log->facts[g->helps[i]];
		uint32_t *pair = idmap_at(&seen, (int64_t)((uint64_t)f->asker << 32 | f->owner));
		if (!pair) return fail(cx, ST_TOO_LARGE, "the guard's pass does not fit in memory");
		*pair = 1;
		if (idmap_find(&seen, (int64_t)((uint64_t)f->owner << 32 | f->asker)))
			mutual[f->owner] = mutual[f->asker] = true;
	}
	return ST_OK;
}

// Seeds that nobody named: the first whose answers others accepted, of the older half of all acceptances, so that who comes
// late to a small community is never among them.
static Status find_seeds(Ctx *cx, const RepLog *log, const RepGround *g, bool *seed, size_t *ret_found)
{
	bool *mutual = arena_try_alloc(cx->arena, log->members_n + 1, 1);
	size_t found = 0;
	if (!mutual) return fail(cx, ST_TOO_LARGE, "the guard's pass does not fit in memory");
	TRY(find_mutual(cx, log, g, mutual));
	for (size_t i = 0; i < g->helps_n / 2 && found < SEEDS_FOUND_MAX; i++) {
		uint32_t owner = log->facts[g->helps[i]].owner;
		if (mutual[owner]) continue;
		found += !seed[owner];
		seed[owner] = true;
	}
	*ret_found = found;
	return ST_OK;
}

// Who is trusted from the start: whom the operator named; and where too few of them take part, some that are found. Those
// hold unless a site is attacked in its first weeks, so it is said that they were found (auto_seeds).
static Status choose_seeds(Ctx *cx, const RepLog *log, const RepGround *g, bool *seed, size_t *ret_found)
{
	size_t named = 0;
	for (size_t m = 1; m <= log->members_n; m++) {
		seed[m] = log->members[m].seed;
		named += seed[m] && g->active[m];
	}
	*ret_found = 0;
	return named < SEEDS_MIN ? find_seeds(cx, log, g, seed, ret_found) : ST_OK;
}

static GuardProfile profile_of(const RepLog *log, const RepGround *g, const Ruleset *rules, const bool *seed)
{
	if (rules->guard.profile != GUARD_AUTO) return rules->guard.profile;
	size_t seeds = 0, askers = 0, verified = 0;
	for (size_t m = 1; m <= log->members_n; m++) {
		seeds += seed[m];
		askers += g->asked[m];
		verified += g->asked[m] && log->members[m].verified;
	}
	if (askers && verified * VERIFIED_SHARE >= askers) return GUARD_VERIFIED;
	return seeds ? GUARD_OPEN : GUARD_OFF;
}

Status rep_guard_begin(Ctx *cx, const RepLog *log, const RepGround *g, const Ruleset *rules, RepScores *ret_scores)
{
	bool *seed = arena_try_alloc(cx->arena, log->members_n + 1, 1);
	if (!seed) return fail(cx, ST_TOO_LARGE, "the guard's pass does not fit in memory");
	ret_scores->trust.seed = seed;
	ret_scores->profile = GUARD_OFF;
	if (rules->guard.profile == GUARD_OFF) return ST_OK;
	TRY(choose_seeds(cx, log, g, seed, &ret_scores->auto_seeds));
	ret_scores->profile = profile_of(log, g, rules, seed);
	return ST_OK;
}
