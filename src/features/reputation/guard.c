// SPDX-License-Identifier: AGPL-3.0-or-later
// Matched credit: what members give one another counts in full only as far as it comes from people whom others trust
// already. Trust starts at seeds (named by the operator), and at customers proven by CRM or single sign-on. It is passed on in
// the order of time: whom two of them gave credit vouches for others from then on. Unmatched credit counts up to an allowance.
#include "guard.h"

#include "members/members.h"

#include <string.h>

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

// An entry on its way through the pass.
typedef struct Judged {
	uint32_t fact, number, judge;
	uint32_t member : REP_MEMBER_BITS;
	uint32_t gives : 1; // more than nothing
} Judged;

// Entries come member by member, and are judged fact by fact. They are put among those of some thousand facts first, and in order
// when these have their turn, so that nothing jumps about in all of memory.
#define BUCKETS ((size_t)1024)
#define BUCKET_FACTS_LEAST 16 // bits
typedef struct Entries {
	Judged *v, *ordered; // ordered: of one bucket
	uint32_t *ends;      // of buckets in v
	uint32_t *next;      // by fact of a bucket
	size_t buckets_n;
	unsigned shift; // a fact's bucket is its number, less so many bits
} Entries;

typedef struct Known { // where the pass stands with a member
	uint32_t met;      // as RepTrust has it
	uint32_t first;    // who first gave them trusted credit; 0: nobody did
	bool sure, trusts; // seeds, and who is proven; whom two gave trusted credit
} Known;

typedef struct Pass {
	const RepGuard *g;
	Entries entries;
	Known *known;     // by member
	int64_t *points;  // by entry; this and what follows NULL: nobody asks (profile "open")
	int64_t *credit;  // by member: trusted so far
	int64_t *vouched; // how much of it was spent on vouching for others
	RepTrust *trust;
	uint64_t *trusted; // by entry, a bit each
} Pass;
#define MANY UINT32_MAX

// Somebody trusted took a member's question seriously: they are no puppet of one other account.
static void meet(const Pass *p, const RepMeeting *m)
{
	if (!p->trust->seed[m->owner] && !p->known[m->owner].trusts) return;
	uint32_t *met = &p->known[m->asker].met;
	if (!*met) *met = m->owner, p->trust->met_at[m->asker] = m->fact + 1;
	else if (*met != m->owner && *met != MANY) *met = MANY, p->trust->many_at[m->asker] = m->fact + 1;
}

static bool spends(const Pass *p, const Judged *e)
{
	if (!p->known[e->judge].trusts) return false;
	int64_t budget = p->g->rules->kappa * i64_max(p->credit[e->judge], 0) / RULE_UNIT,
			cost = i64_max(p->points[e->number], 0);
	if (p->vouched[e->judge] + cost > budget) return false;
	p->vouched[e->judge] += cost;
	return true;
}

static bool vouches(const Pass *p, const Judged *e)
{
	const Known *judge = &p->known[e->judge];
	if (!e->judge) return false;
	if (judge->sure) return true;
	bool met = judge->met && judge->met != e->member;
	if (p->credit ? !spends(p, e) : !met && !judge->trusts) return false;
	p->trust->vouched[e->fact / 64] |= UINT64_C(1) << e->fact % 64;
	return true;
}

// Once two people who are trusted found their help good, a member vouches for others: one alone may be a friend.
static void gain_trust(const Pass *p, const Judged *e)
{
	Known *k = &p->known[e->member];
	if (!k->first) k->first = e->judge;
	if (k->first == e->judge) return;
	k->trusts = true;
	p->trust->since[e->member] = e->fact + 1;
}

static void judge(const Pass *p, const Judged *e)
{
	if (!vouches(p, e)) return;
	p->trusted[e->number / 64] |= UINT64_C(1) << e->number % 64;
	if (p->credit) p->credit[e->member] += p->points[e->number];
	if (e->gives && !p->known[e->member].trusts) gain_trust(p, e);
}

static Status no_room(Ctx *cx) { return fail(cx, ST_TOO_LARGE, "the guard's pass does not fit in memory"); }

static size_t entries_n(const RepGuard *g) { return g->parts[g->parts_n].first; }

// How many entries each bucket has; then where each begins, which becomes where it ends.
static Status buckets_find(Ctx *cx, Arena *a, const RepGuard *g, Entries *e)
{
	size_t most = 0, sum = 0;
	e->shift = BUCKET_FACTS_LEAST;
	while (g->log->facts_n >> e->shift >= BUCKETS) e->shift++;
	e->buckets_n = (g->log->facts_n >> e->shift) + 1;
	e->ends = arena_try_alloc(a, e->buckets_n * sizeof *e->ends, sizeof *e->ends);
	e->next = arena_try_alloc_raw(a, ((size_t)1 << e->shift) * sizeof *e->next, sizeof *e->next);
	if (!e->ends || !e->next || entries_n(g) >> 32) return no_room(cx);
	for (size_t p = 0; p < g->parts_n; p++)
		for (size_t i = 0; i < g->parts[p].n; i++)
			e->ends[g->parts[p].v[i].fact >> e->shift] += !g->parts[p].v[i].fixed;
	for (size_t b = 0; b < e->buckets_n; b++) {
		uint32_t n = e->ends[b];
		e->ends[b] = (uint32_t)sum;
		sum += n;
		most = size_max(most, n);
	}
	e->v = arena_try_alloc_raw(a, (sum + 1) * sizeof *e->v, 16);
	e->ordered = arena_try_alloc_raw(a, (most + 1) * sizeof *e->ordered, 16);
	return e->v && e->ordered ? ST_OK : no_room(cx);
}

static void entries_put(const RepGuard *g, Entries *e, int64_t *points)
{
	for (size_t p = 0; p < g->parts_n; p++)
		for (size_t i = 0; i < g->parts[p].n; i++) {
			const RepMatched *m = &g->parts[p].v[i];
			uint32_t number = (uint32_t)(g->parts[p].first + i);
			if (points) points[number] = m->points;
			if (m->fixed) continue;
			e->v[e->ends[m->fact >> e->shift]++] = (Judged){
				.fact = m->fact, .number = number, .judge = m->judge, .member = m->member, .gives = m->points > 0};
		}
}

// The entries of a bucket by fact, those of one fact in the order of members.
static size_t bucket_order(const Entries *e, size_t bucket)
{
	const Judged *v = e->v + (bucket ? e->ends[bucket - 1] : 0), *end = e->v + e->ends[bucket];
	const size_t facts = (size_t)1 << e->shift;
	uint32_t sum = 0;
	memset(e->next, 0, facts * sizeof *e->next);
	for (const Judged *j = v; j < end; j++) e->next[j->fact & (facts - 1)]++;
	for (size_t i = 0; i < facts; i++) {
		uint32_t n = e->next[i];
		e->next[i] = sum;
		sum += n;
	}
	for (const Judged *j = v; j < end; j++) e->ordered[e->next[j->fact & (facts - 1)]++] = *j;
	return sum;
}

#define FETCH_AHEAD 16

// Who is trusted whatever the pass finds; and the accounts of credit, which only profile "verified" keeps.
static Status pass_begin(Ctx *cx, Arena *a, Pass *p)
{
	size_t members = p->g->log->members_n + 1, all = entries_n(p->g);
	p->known = arena_try_alloc(a, members * sizeof *p->known, _Alignof(Known));
	p->trusted = arena_try_alloc(cx->arena, (all / 64 + 1) * sizeof(uint64_t), sizeof(uint64_t));
	if (!p->known || !p->trusted) return no_room(cx);
	for (size_t m = 1; m < members; m++) p->known[m].sure = p->trust->seed[m] || p->g->log->members[m].verified;
	if (p->g->profile == GUARD_OPEN) return ST_OK;
	p->credit = arena_try_alloc(a, members * 2 * sizeof *p->credit, _Alignof(int64_t));
	p->points = arena_try_alloc_raw(a, (all + 1) * sizeof *p->points, _Alignof(int64_t));
	if (!p->credit || !p->points) return no_room(cx);
	p->vouched = p->credit + members;
	return ST_OK;
}

Status rep_trust_new(Ctx *cx, const RepLog *log, RepTrust *trust)
{
	size_t members = log->members_n + 1;
	trust->since = arena_try_alloc(cx->arena, members * 4 * sizeof(uint32_t), _Alignof(uint32_t));
	trust->vouched = arena_try_alloc(cx->arena, (log->facts_n / 64 + 1) * sizeof(uint64_t), _Alignof(uint64_t));
	if (!trust->since || !trust->vouched) return no_room(cx);
	trust->met = trust->since + members;
	trust->met_at = trust->met + members;
	trust->many_at = trust->met_at + members;
	return ST_OK;
}

Status rep_guard_pass(Ctx *cx, const RepGuard *g, RepTrust *trust, uint64_t **ret_trusted)
{
	AUTO(Arena) a = arena_new(REP_WORK_BYTES);
	const RepMeeting *m = g->ground->meetings, *last = m + g->ground->meetings_n;
	Pass p = {.g = g, .trust = trust};
	TRY(buckets_find(cx, a, g, &p.entries));
	TRY(pass_begin(cx, a, &p));
	entries_put(g, &p.entries, p.points);
	for (size_t b = 0; b < p.entries.buckets_n; b++) {
		const Judged *e = p.entries.ordered, *end = e + bucket_order(&p.entries, b);
		for (; e < end; e++) {
			if (end - e > FETCH_AHEAD) __builtin_prefetch(&p.known[e[FETCH_AHEAD].judge]);
			for (; m < last && m->fact <= e->fact; m++) meet(&p, m);
			judge(&p, e);
		}
	}
	for (; m < last; m++) meet(&p, m);
	for (size_t i = 1; i <= g->log->members_n; i++) trust->met[i] = p.known[i].met;
	*ret_trusted = p.trusted;
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
