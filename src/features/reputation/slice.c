// SPDX-License-Identifier: AGPL-3.0-or-later
// One member's facts, in order, through the rules. The state is the slice's own (votes on the member's posts, how often
// whom was helped, what caps have left), so a slice can be run alone and gives what it gives among all others.
#include "reputation_impl.h"

#include <string.h>

typedef struct RulesOf { // of one kind of fact
	uint8_t v[RULES_MAX];
	size_t n;
} RulesOf;

#define AHEAD 12 // facts that are fetched from memory before they are asked for

typedef struct CapNow {
	int64_t period, sum;
} CapNow;

struct RepRun {
	Arena *arena;
	const RepLog *log;
	const Ruleset *rules;
	RulesOf of[REP_KINDS_N];
	IdMap votes;   // object -> index of net
	IdMap helped;  // asker -> distinct things that helped
	IdMap ordinal; // object -> its place in that count
	IdMap capped;  // cap and period and object or peer -> index of sums
	int64_t *sums;
	size_t sums_n, sums_cap;
	CapNow now[CAPS_MAX]; // of caps by member: time does not go back within a slice, so one period is enough
	int32_t (*net)[2];    // up, down
	size_t net_n, net_cap;
	int64_t running[SCORES_N];
	size_t counted;
};

static uint32_t credited(const RepFact *f, RuleCredit credit)
{
	switch (credit) {
	case CREDIT_SUBJECT: return f->subject;
	case CREDIT_ACTOR: return f->actor;
	case CREDIT_OWNER: return f->owner;
	case CREDIT_ASKER: return f->asker;
	}
	return 0;
}

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

void rep_credits(const Ruleset *rules, uint8_t credits[REP_KINDS_N])
{
	uint8_t by_kind[REP_KINDS_N];
	credits_of(rules, by_kind);
	for (unsigned kind = 0; kind < REP_KINDS_N; kind++) {
		uint8_t undone = rep_undoes((uint8_t)kind);
		credits[kind] = (uint8_t)(by_kind[kind] | (undone ? by_kind[undone] : 0));
	}
}

static uint8_t asks_of(const Expr *e)
{
	uint8_t asks = 0;
	for (size_t i = 0; e && i < e->n; i++) {
		int32_t var = e->ops[i].var;
		if (var == EVENT_ACTOR_STAFF || var == EVENT_ACTOR_VERIFIED) asks |= REP_ASKS_ACTOR;
		if (var == EVENT_SUBJECT_STAFF || var == EVENT_AGE_DAYS) asks |= REP_ASKS_SUBJECT;
	}
	return asks;
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
static size_t members_of(const RepFact *f, unsigned credits, uint32_t out[4])
{
	size_t n = 0;
	for (unsigned c = 0; c <= CREDIT_ASKER; c++) {
		uint32_t m = credits & 1u << c ? credited(f, (RuleCredit)c) : 0;
		bool known = !m;
		for (size_t i = 0; i < n; i++) known |= out[i] == m;
		if (!known) out[n++] = m;
	}
	return n;
}

Status rep_slices(Ctx *cx, const RepLog *log, const Ruleset *rules, RepSlices *ret_slices)
{
	uint8_t by_kind[REP_KINDS_N];
	uint32_t who[4];
	credits_of(rules, by_kind);
	uint32_t *starts = arena_try_alloc(cx->arena, (log->members_n + 2) * sizeof *starts, _Alignof(uint32_t));
	if (!starts) return fail(cx, ST_TOO_LARGE, "too many members for the memory there is");
	for (size_t i = 0; i < log->facts_n; i++)
		for (size_t k = members_of(&log->facts[i], by_kind[log->facts[i].kind], who); k > 0; k--)
			starts[who[k - 1] + 1]++;
	for (size_t m = 1; m < log->members_n + 2; m++) starts[m] += starts[m - 1];
	size_t n = starts[log->members_n + 1];
	uint32_t *entries = arena_try_alloc(cx->arena, (n + 1) * sizeof *entries, _Alignof(uint32_t));
	uint32_t *next = arena_try_alloc(cx->arena, (log->members_n + 2) * sizeof *next, _Alignof(uint32_t));
	if (!entries || !next) return fail(cx, ST_TOO_LARGE, "too many facts for the memory there is");
	memcpy(next, starts, (log->members_n + 2) * sizeof *next);
	for (size_t i = 0; i < log->facts_n; i++)
		for (size_t k = members_of(&log->facts[i], by_kind[log->facts[i].kind], who); k > 0; k--)
			entries[next[who[k - 1]]++] = (uint32_t)i;
	*ret_slices = (RepSlices){starts, entries};
	return ST_OK;
}

RepRun *rep_run_new(Arena *a, const RepLog *log, const Ruleset *rules)
{
	RepRun *run = ARENA_NEW(a, RepRun, 1);
	run->arena = a;
	run->log = log;
	run->rules = rules;
	run->votes = idmap_init(a, rep_expected(log));
	run->helped = idmap_init(a, rep_expected(log));
	run->ordinal = idmap_init(a, rep_expected(log));
	run->capped = idmap_init(a, 0);
	for (size_t i = 0; i < rules->rules_n; i++)
		for (size_t k = 0; k < rules->rules[i].on_n; k++) {
			RulesOf *of = &run->of[rules->rules[i].on[k]];
			of->v[of->n++] = (uint8_t)i;
		}
	return run;
}

size_t rep_run_facts(const RepRun *run) { return run->counted; }

static void run_reset(RepRun *run)
{
	idmap_clear(&run->votes);
	idmap_clear(&run->helped);
	idmap_clear(&run->ordinal);
	idmap_clear(&run->capped);
	run->sums_n = run->net_n = run->counted = 0;
	for (size_t i = 0; i < run->rules->caps_n; i++) run->now[i] = (CapNow){INT64_MIN, 0};
	for (size_t s = 0; s < SCORES_N; s++) run->running[s] = run->rules->scores[s].start;
}

// The place of a new number of a kind that grows; NULL when the arena is full.
static void *place(RepRun *run, void **p, size_t *n, size_t *cap, size_t size)
{
	if (*n == *cap) {
		size_t more = size_max(*cap * 2, 64);
		void *bigger = arena_grow(run->arena, *p, *cap * size, more * size);
		if (!bigger) return NULL;
		*p = bigger;
		*cap = more;
	}
	void *at = (char *)*p + (*n)++ * size;
	memset(at, 0, size);
	return at;
}

static int32_t *votes_of(RepRun *run, uint32_t object)
{
	if (!object) return NULL;
	uint32_t *at = idmap_at(&run->votes, object);
	if (!at) return NULL;
	if (!*at) {
		void *p = run->net;
		if (!place(run, &p, &run->net_n, &run->net_cap, sizeof *run->net)) return NULL;
		run->net = p;
		*at = (uint32_t)run->net_n;
	}
	return run->net[*at - 1];
}

static int64_t *sum_of(RepRun *run, size_t cap, int64_t period, uint32_t what)
{
	CapNow *now = &run->now[cap];
	if (run->rules->caps[cap].of == CAP_MEMBER) {
		if (now->period != period) *now = (CapNow){period, 0};
		return &now->sum;
	}
	uint64_t key = ((uint64_t)period * CAPS_MAX + cap) * UINT64_C(0x9e3779b97f4a7c15) ^ ((uint64_t)what << 17 | 1);
	uint32_t *at = idmap_at(&run->capped, (int64_t)(key ? key : 1));
	if (!at) return NULL;
	if (!*at) {
		void *p = run->sums;
		if (!place(run, &p, &run->sums_n, &run->sums_cap, sizeof *run->sums)) return NULL;
		run->sums = p;
		*at = (uint32_t)run->sums_n;
	}
	return &run->sums[*at - 1];
}

// Who is at the other end; 0: nobody known, as with votes that came without their voters.
static uint32_t peer_of(const RepFact *f, uint32_t member) { return f->actor != member ? f->actor : f->asker; }

// The how-manieth thing of this member helped this asker.
static uint32_t pair_of(RepRun *run, const RepFact *f, uint32_t member)
{
	uint32_t asker = f->asker != member ? f->asker : 0;
	if (!f->object || !asker) return 1;
	uint32_t *nth = idmap_at(&run->ordinal, f->object);
	if (!nth || *nth) return nth ? *nth : 1;
	uint32_t *n = idmap_at(&run->helped, asker);
	if (n) *nth = ++*n;
	return *nth;
}

static int64_t weigh(PairWeight weight, uint32_t pair, int64_t points)
{
	if (weight == PAIR_SQRT && pair > 1) return points * RULE_UNIT / rule_isqrt((int64_t)pair * RULE_UNIT);
	if (weight == PAIR_LINEAR && pair > 1) return points / (int64_t)pair;
	return points;
}

static int64_t period_of(CapPer per, int32_t day)
{
	if (per == CAP_LIFE) return 0;
	return per == CAP_DAY ? day : (day + 3) / 7; // 1970-01-01 was a Thursday
}

static Status clip(Ctx *cx, RepRun *run, const Rule *rule, const RepFact *f, uint32_t member, RepLine *line)
{
	line->cap = -1;
	for (size_t i = 0; i < rule->caps_n; i++) {
		const Cap *cap = &run->rules->caps[rule->caps[i]];
		uint32_t what = cap->of == CAP_OBJECT ? f->object : cap->of == CAP_PAIR ? peer_of(f, member) : 0;
		if (cap->of == CAP_PAIR && !what) continue;
		int64_t *sum = sum_of(run, rule->caps[i], period_of(cap->per, line->day), what);
		if (!sum) return fail(cx, ST_TOO_LARGE, "too many caps at once");
		int64_t to = i64_min(*sum + line->points, i64_max(cap->most, *sum));
		if (cap->least != INT64_MIN) to = i64_max(to, i64_min(cap->least, *sum));
		if (to != *sum + line->points) line->cap = (int8_t)rule->caps[i];
		line->points = to - *sum;
		*sum = to;
	}
	return ST_OK;
}

static void lift(RepRun *run, const Rule *rule, RepLine *line)
{
	int64_t least = run->rules->scores[rule->score].least, *running = &run->running[rule->score];
	if (least != INT64_MIN && *running + line->points < least) {
		line->points = least - *running;
		line->floored = true;
	}
	*running += line->points;
}

static void fill_vars(const RepLog *log, const RepFact *f, int64_t vars[EVENT_VARS_N])
{
	const RepMember *actor = &log->members[f->actor], *subject = &log->members[f->subject],
					*asker = &log->members[f->asker];
	vars[EVENT_ACTOR] = f->actor;
	vars[EVENT_SUBJECT] = f->subject;
	vars[EVENT_OBJECT_OWNER] = f->owner;
	vars[EVENT_THREAD_OWNER] = f->asker;
	vars[EVENT_ACTOR_STAFF] = f->actor && actor->staff;
	vars[EVENT_SUBJECT_STAFF] = f->subject && subject->staff;
	vars[EVENT_ACTOR_VERIFIED] = f->actor && actor->verified;
	vars[EVENT_OWNER_VERIFIED] = f->asker && asker->verified;
	vars[EVENT_IS_QUESTION] = (f->flags & REP_QUESTION) != 0;
	vars[EVENT_IS_ANSWER] = (f->flags & REP_ANSWER) != 0;
	vars[EVENT_IS_COMMENT] = (f->flags & REP_COMMENT) != 0;
	vars[EVENT_IS_FIRST] = (f->flags & REP_FIRST) != 0;
	vars[EVENT_IS_DUPLICATE] = (f->flags & REP_DUPLICATE) != 0;
	vars[EVENT_IS_WIKI] = (f->flags & REP_WIKI) != 0;
	vars[EVENT_VALUE] = (int64_t)f->value * RULE_UNIT;
	vars[EVENT_AGE_DAYS] = f->subject ? (f->at_ms - subject->joined_at) / TIME_DAY_MS * RULE_UNIT : 0;
}

static bool give_points(RepRun *run, const Rule *rule, const RepFact *f, uint32_t member, int64_t *vars, RepLine *line)
{
	if (credited(f, rule->credit) != member) return false;
	line->pair = rule->pair == PAIR_ALL ? 0 : pair_of(run, f, member);
	vars[EVENT_PAIR] = (int64_t)(line->pair ? line->pair : 1) * RULE_UNIT;
	if (!expr_true(rule->when, vars)) return false;
	line->raw = expr_eval(rule->points, vars);
	line->points = weigh(rule->pair, line->pair, line->raw);
	return true;
}

static Status run_fact(Ctx *cx, RepRun *run, uint32_t index, uint32_t member, const RepVisitor *visitor)
{
	const RepFact *f = &run->log->facts[index];
	int64_t vars[EVENT_VARS_N];
	fill_vars(run->log, f, vars);
	int32_t none[2] = {0}, *votes = f->owner == member ? votes_of(run, f->object) : none;
	if (!votes) votes = none;
	if (f->kind == FACT_VOTED_UP) votes[0]++;
	if (f->kind == FACT_VOTED_DOWN) votes[1]++;
	vars[EVENT_UP] = (int64_t)votes[0] * RULE_UNIT;
	vars[EVENT_DOWN] = (int64_t)votes[1] * RULE_UNIT;
	vars[EVENT_NET] = vars[EVENT_UP] - vars[EVENT_DOWN];
	if (visitor->fact) visitor->fact(visitor->arg, index, vars);
	const RulesOf *of = &run->of[f->kind];
	bool counted = false;
	for (size_t i = 0; i < of->n; i++) {
		const Rule *rule = &run->rules->rules[of->v[i]];
		RepLine line = {.fact = index, .day = rep_day(f->at_ms), .rule = of->v[i]};
		if (!give_points(run, rule, f, member, vars, &line)) continue;
		TRY(clip(cx, run, rule, f, member, &line));
		lift(run, rule, &line);
		line.judge = f->actor != member ? f->actor : 0;
		line.bucket = (uint8_t)(rule->base ? BUCKET_BASE : rule->matched ? BUCKET_UNTRUSTED : BUCKET_TRUSTED);
		counted = true;
		if (visitor->line) visitor->line(visitor->arg, &line);
	}
	run->counted += counted;
	return ST_OK;
}

// What was taken back earns nothing; who counts facts hears of it all the same.
static void tell_undone(const RepRun *run, uint32_t index, const RepVisitor *visitor)
{
	int64_t vars[EVENT_VARS_N] = {0};
	if (!visitor->fact) return;
	fill_vars(run->log, &run->log->facts[index], vars);
	visitor->fact(visitor->arg, index, vars);
}

static void fetch(const RepFact *f)
{
	__builtin_prefetch(f);
	__builtin_prefetch((const char *)(f + 1) - 1);
}

Status rep_slice(Ctx *cx, RepRun *run, const RepSlices *slices, uint32_t member, const RepVisitor *visitor)
{
	run_reset(run);
	const uint32_t last = slices->starts[run->log->members_n + 1];
	for (uint32_t i = slices->starts[member]; i < slices->starts[member + 1]; i++) {
		uint32_t index = slices->entries[i];
		if (i + AHEAD < last) fetch(&run->log->facts[slices->entries[i + AHEAD]]); // often the next member's
		if (run->log->facts[index].flags & REP_VOID) tell_undone(run, index, visitor);
		else TRY(run_fact(cx, run, index, member, visitor));
	}
	return ST_OK;
}
