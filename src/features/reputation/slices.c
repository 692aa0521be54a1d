// SPDX-License-Identifier: AGPL-3.0-or-later
// Whose slice each fact belongs to, and the slices one after the other. A history is walked twice in its order: to count, and to
// write each gist among those of some thousand members; these are then put in their places near one another, so that nothing
// jumps about in all of memory.
#include "shape.h"

#include <string.h>

#define REGIONS 1024 // that are written to side by side
#define SHIFT_MAX 16 // more of them, then, from 64 million members on

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
			 subject = names & (BIT(EVENT_SUBJECT_STAFF) | BIT(EVENT_AGE_DAYS)) ? REP_ASKS_SUBJECT : 0,
			 asker = names & BIT(EVENT_OWNER_VERIFIED) ? REP_ASKS_ASKER : 0;
	return (uint8_t)(actor | subject | asker);
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
	uint32_t *starts; // by member
	RepGist *gists;
	uint32_t *
		regions; // of members whose numbers differ in the last `shift` bits: where the next gist goes, and where they end
	size_t regions_n;
	uint16_t *members; // of gists, in their regions
	unsigned shift;
} Slicing;

static void *room(const Slicing *s, size_t n, size_t size) { return arena_try_alloc_raw(s->arena, (n + 1) * size, 16); }
static Status too_many(const Slicing *s) { return fail(s->cx, ST_TOO_LARGE, "too many facts for the memory there is"); }

// How many gists each region has; then where each begins. The last is of nobody, and says where all end.
static Status count(Slicing *s)
{
	const RepLog *log = s->log;
	uint32_t who[4], sum = 0;
	while (log->members_n >> s->shift >= REGIONS && s->shift < SHIFT_MAX) s->shift++;
	s->regions_n = (log->members_n >> s->shift) + 1;
	s->regions = arena_try_alloc(s->arena, (s->regions_n + 1) * sizeof *s->regions, sizeof *s->regions);
	s->traits = room(s, log->members_n, 1);
	if (!s->regions || !s->traits) return too_many(s);
	s->traits[0] = 0; // nobody has none
	for (size_t m = 1; m <= log->members_n; m++) s->traits[m] = rep_traits(&log->members[m]);
	for (size_t i = 0; i < log->facts_n; i++)
		for (size_t k = members_of(&log->facts[i], s->by_kind[log->facts[i].kind], who); k > 0; k--)
			s->regions[who[k - 1] >> s->shift]++;
	for (size_t r = 0; r <= s->regions_n; r++) {
		uint32_t n = s->regions[r];
		s->regions[r] = sum;
		sum += n;
	}
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

static void put_in_regions(Slicing *s)
{
	uint32_t who[4];
	for (uint32_t i = 0; i < s->log->facts_n; i++)
		for (size_t k = members_of(&s->log->facts[i], s->by_kind[s->log->facts[i].kind], who); k > 0; k--) {
			uint32_t at = s->regions[who[k - 1] >> s->shift]++;
			s->gists[at] = gist_of(s, i, who[k - 1]);
			s->members[at] = (uint16_t)(who[k - 1] & ((1u << s->shift) - 1));
		}
}

static void sort_region(Slicing *s, size_t region, RepGist *spare, uint32_t *next)
{
	const size_t first = region << s->shift, end = size_min((region + 1) << s->shift, s->log->members_n + 1);
	uint32_t at = region ? s->regions[region - 1] : 0, n = s->regions[region] - at, sum = at;
	memset(next, 0, sizeof *next << s->shift);
	for (uint32_t i = 0; i < n; i++) next[s->members[at + i]]++;
	for (size_t m = first; m < end; m++) {
		uint32_t of = next[m - first];
		s->starts[m] = next[m - first] = sum;
		sum += of;
	}
	if (!s->shift) return; // of one member, and in order
	memcpy(spare, s->gists + at, n * sizeof *spare);
	for (uint32_t i = 0; i < n; i++) s->gists[next[s->members[at + i]]++] = spare[i];
}

static Status put_all(Slicing *s)
{
	const size_t n = s->regions[s->regions_n], members = s->log->members_n + 1;
	size_t most = 0;
	for (size_t r = 0; s->shift && r < s->regions_n; r++) most = size_max(most, s->regions[r + 1] - s->regions[r]);
	s->starts = arena_try_alloc_raw(s->cx->arena, (members + 1) * sizeof *s->starts, sizeof *s->starts);
	s->gists = arena_try_alloc_raw(s->cx->arena, (n + 1) * sizeof *s->gists, 16);
	s->members = room(s, n, sizeof *s->members);
	RepGist *spare = room(s, most, sizeof *spare);
	uint32_t *next = room(s, (size_t)1 << s->shift, sizeof *next);
	if (!s->starts || !s->gists || !s->members || !spare || !next) return too_many(s);
	put_in_regions(s);
	for (size_t r = 0; r < s->regions_n; r++) sort_region(s, r, spare, next);
	s->starts[members] = (uint32_t)n;
	return ST_OK;
}

Status rep_slices(Ctx *cx, const RepLog *log, const Ruleset *rules, RepSlices *ret_slices)
{
	AUTO(Arena) a = arena_new(REP_WORK_BYTES);
	Slicing s = {.cx = cx, .arena = a, .log = log};
	credits_of(rules, s.by_kind);
	TRY(count(&s));
	TRY(put_all(&s));
	*ret_slices = (RepSlices){s.starts, s.gists};
	return ST_OK;
}
