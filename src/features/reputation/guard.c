// SPDX-License-Identifier: AGPL-3.0-or-later
// Matched credit: what members give one another counts in full only as far as it comes from people whom others trust
// already. Trust starts at seeds (named by the operator), and at customers proven by CRM or single sign-on. It is passed on in
// the order of time: who has trusted credit vouches for others from then on. Unmatched credit counts up to an allowance.
#include "reputation_impl.h"

#include "members/members.h"

#include <stdlib.h>

#define VERIFIED_SHARE 5 // one asker in five
#define SEEDS_MIN 5      // named seeds who take part; with fewer, some are found
#define SEEDS_FOUND_MAX 20

static bool seed_matches(Str seed, const RepMember *m)
{
	Str what, name = str_cut(seed, ':', &what);
	Role role;
	Affiliation affiliation;
	if (str_eq(what, S("role"))) return role_parse(name, &role) && m->role >= role;
	return str_eq(what, S("affiliation")) && affiliation_parse(name, &affiliation) && m->affiliation == affiliation;
}

// A seed named by handle; nobody of that name is no error: they may come yet, or have gone.
static Status seed_by_handle(Ctx *cx, Db *db, RepLog *log, Str seed)
{
	Str what, name = str_cut(seed, ':', &what);
	MemberFindByHandleRow row;
	bool found;
	if (!str_eq(what, S("handle"))) return ST_OK;
	TRY(member_find_by_handle(cx, db, &(MemberFindByHandleArgs){.handle_key = members_key(cx->arena, name)}, &row,
							  &found));
	uint32_t m = found ? idmap_find(&log->member_of, row.id) : 0;
	if (m) log->members[m].seed = true;
	return ST_OK;
}

Status rep_log_seeds(Ctx *cx, Db *db, RepLog *log, const Ruleset *rules)
{
	for (size_t i = 0; i < rules->guard.seeds_n; i++) {
		TRY(seed_by_handle(cx, db, log, rules->guard.seeds[i]));
		for (size_t m = 1; m <= log->members_n; m++)
			if (seed_matches(rules->guard.seeds[i], &log->members[m])) log->members[m].seed = true;
	}
	return ST_OK;
}

static bool is_help(const RepFact *f)
{
	return f->kind == FACT_ACCEPTED && !(f->flags & REP_VOID) && f->owner && f->owner != f->asker &&
		   f->actor == f->asker;
}

// Who accepted an answer of somebody that accepted one of theirs: friends, perhaps, and no proof of anything.
static bool *find_mutual(const RepLog *log)
{
	bool *mutual = ARENA_NEW(log->arena, bool, log->members_n + 1);
	IdMap seen = idmap_init(log->arena, 0);
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		if (!is_help(f)) continue;
		uint32_t *pair = idmap_at(&seen, (int64_t)((uint64_t)f->asker << 32 | f->owner));
		if (pair) *pair = 1;
		if (idmap_find(&seen, (int64_t)((uint64_t)f->owner << 32 | f->asker)))
			mutual[f->owner] = mutual[f->asker] = true;
	}
	return mutual;
}

// Seeds that nobody named: the first whose answers others accepted, of the older half of all acceptances, so that who comes
// late to a small community is never among them.
static size_t find_seeds(const RepLog *log, bool *seed)
{
	const bool *mutual = find_mutual(log);
	size_t all = 0, found = 0;
	for (size_t i = 0; i < log->facts_n; i++) all += is_help(&log->facts[i]);
	for (size_t i = 0, seen = 0; seen < all / 2 && found < SEEDS_FOUND_MAX; i++) {
		const RepFact *f = &log->facts[i];
		if (!is_help(f)) continue;
		seen++;
		if (mutual[f->owner]) continue;
		found += !seed[f->owner];
		seed[f->owner] = true;
	}
	return found;
}

// Who is trusted from the start: whom the operator named; and where too few of them take part, some that are found. Those
// hold unless a site is attacked in its first weeks, so it is said that they were found (auto_seeds).
static size_t choose_seeds(const RepLog *log, bool *seed)
{
	bool *active = ARENA_NEW(log->arena, bool, log->members_n + 1);
	size_t named = 0;
	for (size_t i = 0; i < log->facts_n; i++)
		if (log->facts[i].kind == FACT_POSTED || log->facts[i].kind == FACT_ACCEPTED)
			active[log->facts[i].actor] = true;
	for (size_t m = 1; m <= log->members_n; m++) {
		seed[m] = log->members[m].seed;
		named += seed[m] && active[m];
	}
	return named < SEEDS_MIN ? find_seeds(log, seed) : 0;
}

static GuardProfile profile_of(const RepLog *log, const Ruleset *rules, const bool *seed)
{
	if (rules->guard.profile != GUARD_AUTO) return rules->guard.profile;
	size_t seeds = 0, askers = 0, verified = 0;
	bool *asked = ARENA_NEW(log->arena, bool, log->members_n + 1);
	for (size_t i = 0; i < log->facts_n; i++)
		if (log->facts[i].kind == FACT_TOPIC_POSTED) asked[log->facts[i].actor] = true;
	for (size_t m = 1; m <= log->members_n; m++) {
		seeds += seed[m];
		askers += asked[m];
		verified += asked[m] && log->members[m].verified;
	}
	if (askers && verified * VERIFIED_SHARE >= askers) return GUARD_VERIFIED;
	return seeds ? GUARD_OPEN : GUARD_OFF;
}

Status rep_guard_begin(Ctx *cx, const RepLog *log, const Ruleset *rules, RepScores *ret_scores)
{
	bool *seed = arena_try_alloc(cx->arena, log->members_n + 1, 1);
	if (!seed) return fail(cx, ST_TOO_LARGE, "the guard's pass does not fit in memory");
	ret_scores->trust.seed = seed;
	ret_scores->auto_seeds = rules->guard.profile == GUARD_OFF ? 0 : choose_seeds(log, seed);
	ret_scores->profile = profile_of(log, rules, seed);
	return ST_OK;
}

typedef struct Turn {
	uint32_t fact, entry;
} Turn;

static int by_fact(const void *a, const void *b)
{
	const Turn *x = a, *y = b;
	if (x->fact != y->fact) return x->fact < y->fact ? -1 : 1;
	return (x->entry > y->entry) - (x->entry < y->entry);
}

// Where the pass stands with each member.
typedef struct Pass {
	const RepLog *log;
	const Guard *guard;
	GuardProfile profile;
	int64_t *credit, *vouched; // trusted credit so far, and how much of it was spent on vouching for others
	RepTrust *trust;
} Pass;
#define MANY UINT32_MAX

static bool is_trusted(const Pass *p, uint32_t member) { return p->trust->seed[member] || p->trust->since[member]; }

// Somebody trusted took a member's question seriously: they are no puppet of one other account.
static void meet(Pass *p, const RepFact *f)
{
	if (f->kind != FACT_POSTED || !f->asker || f->owner == f->asker || (f->flags & REP_VOID)) return;
	if (!is_trusted(p, f->owner)) return;
	uint32_t *met = &p->trust->met[f->asker], at = (uint32_t)(f - p->log->facts) + 1;
	if (!*met) *met = f->owner, p->trust->met_at[f->asker] = at;
	else if (*met != f->owner && *met != MANY) *met = MANY, p->trust->many_at[f->asker] = at;
}

static bool spends(Pass *p, const RepMatched *e)
{
	int64_t budget = p->guard->kappa * i64_max(p->credit[e->judge], 0) / RULE_UNIT, cost = i64_max(e->points, 0);
	if (p->vouched[e->judge] + cost > budget) return false;
	p->vouched[e->judge] += cost;
	return true;
}

static bool vouches(Pass *p, const RepMatched *e)
{
	const RepMember *judge = &p->log->members[e->judge];
	if (!e->judge) return false;
	if (p->trust->seed[e->judge] || judge->verified) return true;
	bool met = p->trust->met[e->judge] && p->trust->met[e->judge] != e->member;
	if (p->profile == GUARD_OPEN ? !met && !p->trust->since[e->judge] : !spends(p, e)) return false;
	p->trust->vouched[e->fact / 64] |= UINT64_C(1) << e->fact % 64;
	return true;
}

Status rep_guard_pass(Ctx *cx, const RepLog *log, const Guard *guard, GuardProfile profile, RepMatched *v, size_t n,
					  RepTrust *trust)
{
	size_t members = log->members_n + 1;
	Turn *order = arena_try_alloc(cx->arena, (n + 1) * sizeof *order, _Alignof(Turn));
	int64_t *credit = arena_try_alloc(cx->arena, members * 2 * sizeof *credit, _Alignof(int64_t));
	trust->since = arena_try_alloc(cx->arena, members * 4 * sizeof(uint32_t), _Alignof(uint32_t));
	trust->vouched = arena_try_alloc(cx->arena, (log->facts_n / 64 + 1) * sizeof(uint64_t), _Alignof(uint64_t));
	if (!order || !credit || !trust->since || !trust->vouched)
		return fail(cx, ST_TOO_LARGE, "the guard's pass does not fit in memory");
	for (size_t i = 0; i < n; i++) order[i] = (Turn){v[i].fact, (uint32_t)i};
	qsort(order, n, sizeof *order, by_fact);
	trust->met = trust->since + members;
	trust->met_at = trust->met + members;
	trust->many_at = trust->met_at + members;
	Pass pass = {log, guard, profile, credit, credit + members, trust};
	for (size_t f = 0, i = 0; f < log->facts_n; f++) {
		meet(&pass, &log->facts[f]);
		for (; i < n && order[i].fact == f; i++) {
			RepMatched *e = &v[order[i].entry];
			e->trusted = vouches(&pass, e);
			if (!e->trusted) continue;
			credit[e->member] += e->points;
			if (e->points > 0 && !trust->since[e->member]) trust->since[e->member] = e->fact + 1;
		}
	}
	return ST_OK;
}

int64_t rep_guard_sum(const Guard *guard, GuardProfile profile, const int64_t bucket[BUCKETS_N])
{
	int64_t base = guard->base_most > 0 ? i64_min(bucket[BUCKET_BASE], guard->base_most) : bucket[BUCKET_BASE];
	int64_t free = bucket[BUCKET_UNTRUSTED];
	if (profile == GUARD_OPEN || profile == GUARD_VERIFIED) {
		int64_t rho = profile == GUARD_OPEN ? guard->rho : guard->rho_verified;
		free = i64_min(free, guard->allowance + rho * bucket[BUCKET_TRUSTED] / RULE_UNIT);
	}
	return bucket[BUCKET_TRUSTED] + free + base;
}
