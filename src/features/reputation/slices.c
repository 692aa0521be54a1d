// SPDX-License-Identifier: AGPL-3.0-or-later
// Whose slice each fact belongs to, and the slices one after the other. A history is walked twice in its order: to count, and to
// write each gist among those of some thousand members; these are then put in their places near one another, so that nothing
// jumps about in all of memory.
#include "shape.h"

#include <string.h>

#define BUCKETS_OF_SLICES 1024      // regions that are written to side by side
#define FEW_GISTS ((size_t)1 << 15) // with fewer, each goes to its place at once

// Which parts of a fact rules and metrics credit, by kind: a bit for each RuleCredit.
static void credits_of(const Ruleset *rules, uint8_t by_kind[REP_KINDS_N])
{
	memset(by_kind, 0, REP_KINDS_N);
	for (size_t i = 0; i < rules->rules_n; i++)
		for (size_t k = 0; k < rules->rules[i].on_n; k++)
			by_kind[rules->rules[i].on[k]] |= (uint8_t)(1u << rules->rules[i].credit);
	for (size_t i = 0; i < rules->metrics_n; i++)
		for (size_t k = 0; k < rules->metrics[i].on_n; k++)
			by_kind[rules->metrics[i].on[k]] |= (uint8_t)(1u << rules->metrics[i].credit);
	// Votes tell how good an object is, whoever is credited for them.
	by_kind[FACT_VOTED_UP] |= 1u << CREDIT_OWNER;
	by_kind[FACT_VOTED_DOWN] |= 1u << CREDIT_OWNER;
	// What is shown as evidence beside a name (known.h), whatever the rules count.
	by_kind[FACT_POSTED] |= 1u << CREDIT_ACTOR;
	by_kind[FACT_ACCEPTED] |= 1u << CREDIT_OWNER;
}

bool rep_credits_others(const Ruleset *rules, FactKind kind)
{
	uint8_t by_kind[REP_KINDS_N];
	credits_of(rules, by_kind);
	return by_kind[kind] & ~(1u << CREDIT_ACTOR);
}

bool rep_slices_same(const Ruleset *a, const Ruleset *b)
{
	uint8_t x[REP_KINDS_N], y[REP_KINDS_N];
	credits_of(a, x);
	credits_of(b, y);
	return !memcmp(x, y, sizeof x);
}

// A rule gives what it gives whatever others there are, unless they share a cap or count whom somebody helped.
static bool stands_alone(const Ruleset *rules, ScoreKind score)
{
	bool of[2][CAPS_MAX] = {0};
	for (size_t i = 0; i < rules->rules_n; i++) {
		const Rule *rule = &rules->rules[i];
		if (rule->score != score && rule->pair != PAIR_ALL) return false;
		for (size_t k = 0; k < rule->caps_n; k++) of[rule->score == score][rule->caps[k]] = true;
	}
	for (size_t i = 0; i < rules->caps_n; i++)
		if (of[0][i] && of[1][i]) return false;
	return true;
}

const Ruleset *rep_rules_of(Arena *a, const Ruleset *rules, ScoreKind score)
{
	if (!stands_alone(rules, score)) return rules;
	Ruleset *of = ARENA_NEW(a, Ruleset, 1);
	*of = *rules;
	of->rules_n = of->metrics_n = 0;
	for (size_t i = 0; i < rules->rules_n; i++)
		if (rules->rules[i].score == score) of->rules[of->rules_n++] = rules->rules[i];
	return of;
}

void rep_credits(const Ruleset *rules, uint8_t credits[REP_KINDS_N])
{
	uint8_t by_kind[REP_KINDS_N];
	credits_of(rules, by_kind);
	for (unsigned kind = 0; kind < REP_KINDS_N; kind++) {
		uint8_t undone = rep_undoes((uint8_t)kind);
		credits[kind] = (uint8_t)(by_kind[kind] | (undone ? by_kind[undone] : 0));
	}
}

#define BIT(var) (UINT64_C(1) << (var))
static uint8_t asks_of(const Expr *e)
{
	uint64_t names = expr_asks(e);
	unsigned actor = names & (BIT(EVENT_ACTOR_STAFF) | BIT(EVENT_ACTOR_VERIFIED)) ? REP_ASKS_ACTOR : 0,
			 subject = names & (BIT(EVENT_SUBJECT_STAFF) | BIT(EVENT_AGE_DAYS)) ? REP_ASKS_SUBJECT : 0;
	return (uint8_t)(actor | subject);
}

void rep_asks(const Ruleset *rules, uint8_t asks[REP_KINDS_N])
{
	memset(asks, 0, REP_KINDS_N);
	for (size_t i = 0; i < rules->rules_n; i++)
		for (size_t k = 0; k < rules->rules[i].on_n; k++)
			asks[rules->rules[i].on[k]] |= asks_of(rules->rules[i].when) | asks_of(rules->rules[i].points);
	for (size_t i = 0; i < rules->metrics_n; i++)
		for (size_t k = 0; k < rules->metrics[i].on_n; k++)
			asks[rules->metrics[i].on[k]] |= asks_of(rules->metrics[i].where);
}

// The distinct members whose slice a fact belongs to.
static inline size_t members_of(const RepFact *f, unsigned credits, uint32_t out[4])
{
	uint32_t subject = credits & 1u << CREDIT_SUBJECT ? f->subject : 0,
			 actor = credits & 1u << CREDIT_ACTOR ? f->actor : 0, owner = credits & 1u << CREDIT_OWNER ? f->owner : 0,
			 asker = credits & 1u << CREDIT_ASKER ? f->asker : 0;
	size_t n = 0;
	out[n] = subject;
	n += subject != 0;
	out[n] = actor;
	n += actor && actor != subject;
	out[n] = owner;
	n += owner && owner != subject && owner != actor;
	out[n] = asker;
	n += asker && asker != subject && asker != actor && asker != owner;
	return n;
}

typedef struct Slicing {
	Ctx *cx;
	Arena *arena; // of scratch
	const RepLog *log;
	uint8_t by_kind[REP_KINDS_N], *traits;
	uint32_t *starts, *next; // by member; where the next gist goes
	RepGist *gists;
	uint32_t *members; // of gists, while they lie among those of others
	uint32_t *regions; // where the next gist of some members goes
	unsigned shift;    // a member's region is their number, less so many bits
} Slicing;

static void *room(const Slicing *s, size_t n, size_t size) { return arena_try_alloc_raw(s->arena, (n + 1) * size, 16); }
static Status too_many(const Slicing *s) { return fail(s->cx, ST_TOO_LARGE, "too many facts for the memory there is"); }

static Status count(Slicing *s)
{
	const RepLog *log = s->log;
	uint32_t who[4];
	s->starts = arena_try_alloc(s->cx->arena, (log->members_n + 2) * sizeof *s->starts, _Alignof(uint32_t));
	s->traits = room(s, log->members_n, 1);
	if (!s->starts || !s->traits) return fail(s->cx, ST_TOO_LARGE, "too many members for the memory there is");
	s->traits[0] = 0; // nobody has none
	for (size_t m = 1; m <= log->members_n; m++) s->traits[m] = rep_traits(&log->members[m]);
	for (size_t i = 0; i < log->facts_n; i++)
		for (size_t k = members_of(&log->facts[i], s->by_kind[log->facts[i].kind], who); k > 0; k--)
			s->starts[who[k - 1] + 1]++;
	for (size_t m = 1; m < log->members_n + 2; m++) s->starts[m] += s->starts[m - 1];
	return ST_OK;
}

static inline RepGist gist_of(const Slicing *s, uint32_t fact, uint32_t member)
{
	const RepFact *f = &s->log->facts[fact];
	return (RepGist){.fact = fact,
					 .actor = f->actor,
					 .asker = f->asker,
					 .object = f->object,
					 .shape = rep_shape_key(s->traits, f, member),
					 .day = rep_day(f->at_ms)};
}

static void put_each(Slicing *s)
{
	uint32_t who[4];
	for (uint32_t i = 0; i < s->log->facts_n; i++)
		for (size_t k = members_of(&s->log->facts[i], s->by_kind[s->log->facts[i].kind], who); k > 0; k--)
			s->gists[s->next[who[k - 1]]++] = gist_of(s, i, who[k - 1]);
}

static void put_in_regions(Slicing *s)
{
	uint32_t who[4];
	for (uint32_t i = 0; i < s->log->facts_n; i++)
		for (size_t k = members_of(&s->log->facts[i], s->by_kind[s->log->facts[i].kind], who); k > 0; k--) {
			uint32_t at = s->regions[who[k - 1] >> s->shift]++;
			s->gists[at] = gist_of(s, i, who[k - 1]);
			s->members[at] = who[k - 1];
		}
}

static Status sort_regions(Slicing *s)
{
	const size_t end = s->log->members_n + 1;
	size_t most = 0;
	for (size_t from = 0, to; from < end; from = to) {
		to = size_min(from + ((size_t)1 << s->shift), end);
		most = size_max(most, s->starts[to] - s->starts[from]);
	}
	RepGist *spare = room(s, most, sizeof *spare);
	if (!spare) return too_many(s);
	for (size_t from = 0, to; from < end; from = to) {
		to = size_min(from + ((size_t)1 << s->shift), end);
		uint32_t at = s->starts[from], n = s->starts[to] - at;
		memcpy(spare, s->gists + at, n * sizeof *spare);
		for (uint32_t i = 0; i < n; i++) s->gists[s->next[s->members[at + i]]++] = spare[i];
	}
	return ST_OK;
}

static Status put_all(Slicing *s, size_t n)
{
	const size_t members = s->log->members_n + 1;
	s->gists = arena_try_alloc_raw(s->cx->arena, (n + 1) * sizeof *s->gists, 16);
	s->next = room(s, members, sizeof *s->next);
	if (!s->gists || !s->next) return too_many(s);
	memcpy(s->next, s->starts, members * sizeof *s->next);
	if (n <= FEW_GISTS) {
		put_each(s);
		return ST_OK;
	}
	while (members >> s->shift >= BUCKETS_OF_SLICES) s->shift++;
	s->members = room(s, n, sizeof *s->members);
	s->regions = room(s, BUCKETS_OF_SLICES, sizeof *s->regions);
	if (!s->members || !s->regions) return too_many(s);
	for (size_t m = 0; m < members; m += (size_t)1 << s->shift) s->regions[m >> s->shift] = s->starts[m];
	put_in_regions(s);
	return sort_regions(s);
}

Status rep_slices(Ctx *cx, const RepLog *log, const Ruleset *rules, RepSlices *ret_slices)
{
	AUTO(Arena) a = arena_new(REP_WORK_BYTES);
	Slicing s = {.cx = cx, .arena = a, .log = log};
	credits_of(rules, s.by_kind);
	TRY(count(&s));
	TRY(put_all(&s, s.starts[log->members_n + 1]));
	*ret_slices = (RepSlices){s.starts, s.gists};
	return ST_OK;
}
