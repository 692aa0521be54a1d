// SPDX-License-Identifier: AGPL-3.0-or-later
// Matched credit: what members give one another counts in full only as far as it comes from people whom others trust
// already. Trust starts at seeds (named by the operator), and at customers proven by CRM or single sign-on. It is passed on in
// the order of time: whom two of them gave credit vouches for others from then on. Unmatched credit counts up to an allowance.
#include "guard.h"

#include "core/cells_sort.h"
#include "members/members.h"

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

// Where the pass stands with each member.
typedef struct Pass {
	const RepGuard *g;
	bool *sure;       // seeds, and who is proven
	uint32_t *first;  // who first gave them trusted credit; 0: nobody did
	int64_t *credit;  // trusted so far; nobody asks with profile "open"
	int64_t *vouched; // how much of it was spent on vouching for others
	RepTrust *trust;
} Pass;
#define MANY UINT32_MAX

// Somebody trusted took a member's question seriously: they are no puppet of one other account.
static void meet(const Pass *p, const RepMeeting *m)
{
	if (!p->trust->seed[m->owner] && !p->trust->since[m->owner]) return;
	uint32_t *met = &p->trust->met[m->asker];
	if (!*met) *met = m->owner, p->trust->met_at[m->asker] = m->fact + 1;
	else if (*met != m->owner && *met != MANY) *met = MANY, p->trust->many_at[m->asker] = m->fact + 1;
}

static bool spends(const Pass *p, const RepMatched *e)
{
	if (!p->trust->since[e->judge]) return false;
	int64_t budget = p->g->rules->kappa * i64_max(p->credit[e->judge], 0) / RULE_UNIT, cost = i64_max(e->points, 0);
	if (p->vouched[e->judge] + cost > budget) return false;
	p->vouched[e->judge] += cost;
	return true;
}

static bool vouches(const Pass *p, const RepMatched *e)
{
	if (!e->judge) return false;
	if (p->sure[e->judge]) return true;
	bool met = p->trust->met[e->judge] && p->trust->met[e->judge] != e->member;
	if (p->g->profile == GUARD_OPEN ? !met && !p->trust->since[e->judge] : !spends(p, e)) return false;
	p->trust->vouched[e->fact / 64] |= UINT64_C(1) << e->fact % 64;
	return true;
}

// Once two people who are trusted found their help good, a member vouches for others: one alone may be a friend.
static void gain_trust(const Pass *p, const RepMatched *e)
{
	if (!p->first[e->member]) p->first[e->member] = e->judge;
	else if (p->first[e->member] != e->judge) p->trust->since[e->member] = e->fact + 1;
}

static void judge(const Pass *p, RepMatched *e)
{
	e->trusted = vouches(p, e);
	if (!e->trusted) return;
	if (p->g->profile != GUARD_OPEN) p->credit[e->member] += e->points;
	if (e->points > 0 && !p->trust->since[e->member]) gain_trust(p, e);
}

// Entries have numbers through all parts; a place of some thousand of them tells the part to look from.
#define NEAR_BITS 14
#define ENTRY_BITS 33
typedef struct Entries {
	const RepGuard *g;
	uint64_t *starts; // of parts, and the end
	uint32_t *near;
	uint64_t *order, n; // fact, number
} Entries;

static inline RepMatched *entry_at(const Entries *e, uint64_t number)
{
	size_t part = e->near[number >> NEAR_BITS];
	while (number >= e->starts[part + 1]) part++;
	return &e->g->parts[part].v[number - e->starts[part]];
}

static unsigned bits_of(size_t n) { return n ? 64 - (unsigned)__builtin_clzll(n) : 1; }

// Numbers of all judged entries, by fact; those of one fact in the order of members.
static Status entries_sort(Ctx *cx, Arena *a, const RepGuard *g, Entries *ret)
{
	Entries e = {.g = g, .starts = arena_try_alloc(a, (g->parts_n + 1) * sizeof *e.starts, _Alignof(uint64_t))};
	if (!e.starts) return fail(cx, ST_TOO_LARGE, "the guard's pass does not fit in memory");
	for (size_t p = 0; p < g->parts_n; p++) e.starts[p + 1] = e.starts[p] + g->parts[p].n;
	size_t all = (size_t)e.starts[g->parts_n];
	e.near = arena_try_alloc(a, ((all >> NEAR_BITS) + 1) * sizeof *e.near, _Alignof(uint32_t));
	e.order = arena_try_alloc_raw(a, (all + 1) * sizeof *e.order, _Alignof(uint64_t));
	uint64_t *spare = arena_try_alloc_raw(a, (all + 1) * sizeof *spare, _Alignof(uint64_t));
	if (!e.near || !e.order || !spare || all >> 32)
		return fail(cx, ST_TOO_LARGE, "the guard's pass does not fit in memory");
	for (size_t p = 0; p < g->parts_n; p++) {
		for (size_t i = 0; i < g->parts[p].n; i++) {
			uint64_t number = e.starts[p] + i;
			if (!(number & (((uint64_t)1 << NEAR_BITS) - 1))) e.near[number >> NEAR_BITS] = (uint32_t)p;
			if (!g->parts[p].v[i].fixed) e.order[e.n++] = (uint64_t)g->parts[p].v[i].fact << ENTRY_BITS | number;
		}
	}
	e.order = cells_sort_keys(e.order, spare, e.n, ENTRY_BITS, bits_of(g->log->facts_n));
	*ret = e;
	return ST_OK;
}

#define NUMBER_OF(key) ((key) & (((uint64_t)1 << ENTRY_BITS) - 1))
#define FETCH_AHEAD 16

// Who is trusted whatever the pass finds; and the accounts of credit, which only profile "verified" keeps.
static Status pass_begin(Ctx *cx, Arena *a, Pass *p)
{
	size_t members = p->g->log->members_n + 1, accounts = p->g->profile == GUARD_OPEN ? 0 : members;
	p->sure = arena_try_alloc(a, members, 1);
	p->first = arena_try_alloc(a, members * sizeof *p->first, _Alignof(uint32_t));
	p->credit = arena_try_alloc(a, accounts * 2 * sizeof *p->credit, _Alignof(int64_t));
	if (!p->sure || !p->first || !p->credit) return fail(cx, ST_TOO_LARGE, "the guard's pass does not fit in memory");
	p->vouched = p->credit + accounts;
	for (size_t m = 1; m < members; m++) p->sure[m] = p->trust->seed[m] || p->g->log->members[m].verified;
	return ST_OK;
}

Status rep_trust_new(Ctx *cx, const RepLog *log, RepTrust *trust)
{
	size_t members = log->members_n + 1;
	trust->since = arena_try_alloc(cx->arena, members * 4 * sizeof(uint32_t), _Alignof(uint32_t));
	trust->vouched = arena_try_alloc(cx->arena, (log->facts_n / 64 + 1) * sizeof(uint64_t), _Alignof(uint64_t));
	if (!trust->since || !trust->vouched) return fail(cx, ST_TOO_LARGE, "the guard's pass does not fit in memory");
	trust->met = trust->since + members;
	trust->met_at = trust->met + members;
	trust->many_at = trust->met_at + members;
	return ST_OK;
}

Status rep_guard_pass(Ctx *cx, const RepGuard *g, RepTrust *trust)
{
	AUTO(Arena) a = arena_new(REP_WORK_BYTES);
	const RepMeeting *m = g->ground->meetings, *last = m + g->ground->meetings_n;
	Entries e = {0};
	Pass p = {.g = g, .trust = trust};
	TRY(entries_sort(cx, a, g, &e));
	TRY(pass_begin(cx, a, &p));
	for (size_t i = 0; i < e.n; i++) {
		if (i + FETCH_AHEAD < e.n) __builtin_prefetch(entry_at(&e, NUMBER_OF(e.order[i + FETCH_AHEAD])), 1);
		for (; m < last && m->fact <= e.order[i] >> ENTRY_BITS; m++) meet(&p, m);
		judge(&p, entry_at(&e, NUMBER_OF(e.order[i])));
	}
	for (; m < last; m++) meet(&p, m);
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
