// SPDX-License-Identifier: AGPL-3.0-or-later
// One member's facts, in order, through the rules. The state is the slice's own (votes on the member's posts, how often
// whom was helped, what caps have left), so a slice can be run alone and gives what it gives among all others.
#include "shape.h"

#include <string.h>

typedef struct CapNow {
	int64_t period, sum;
} CapNow;

typedef struct ObjectNow { // what became of a post or comment so far
	int32_t votes[2];      // up, down
	uint32_t nth;          // its place among the things that helped the same asker; 0: none yet
	int64_t sums[];        // of the caps on it that never end
} ObjectNow;

struct RepRun {
	Arena *arena;
	const RepLog *log;
	const Ruleset *rules;
	RepShapes shapes;
	IdMap objects; // object + 1 -> the number of its `object_now`
	IdMap helped;  // asker -> distinct things that helped
	IdMap capped;  // cap and period and object or peer -> index of sums
	unsigned char *object_now;
	size_t objects_n, objects_cap, object_bytes;
	uint8_t life[CAPS_MAX]; // of a cap on objects that never ends: its place in ObjectNow.sums; else CAPS_MAX
	size_t capped_most;     // keys that one fact can add to `capped`
	int64_t *sums;
	size_t sums_n, sums_cap;
	CapNow now[CAPS_MAX]; // of caps by member: time does not go back within a slice, so one period is enough
	int64_t running[SCORES_N];
	int64_t vars[EVENT_VARS_N]; // of the fact at hand, if its shape says that something is to be asked
	size_t counted;
};

static bool by_object_for_life(const Cap *cap) { return cap->of == CAP_OBJECT && cap->per == CAP_LIFE; }

// Where the sums of each cap are kept, and how many of them one fact can ask for.
static void place_caps(RepRun *run)
{
	const Ruleset *rules = run->rules;
	size_t lives = 0, most[REP_KINDS_N] = {0};
	for (size_t i = 0; i < rules->caps_n; i++)
		run->life[i] = by_object_for_life(&rules->caps[i]) ? (uint8_t)lives++ : CAPS_MAX;
	run->object_bytes = sizeof(ObjectNow) + lives * sizeof(int64_t);
	for (size_t i = 0; i < rules->rules_n; i++) {
		const Rule *rule = &rules->rules[i];
		size_t n = 0;
		for (size_t k = 0; k < rule->caps_n; k++)
			n += rules->caps[rule->caps[k]].of != CAP_MEMBER && run->life[rule->caps[k]] == CAPS_MAX;
		for (size_t k = 0; k < rule->on_n; k++) run->capped_most = size_max(run->capped_most, most[rule->on[k]] += n);
	}
}

RepRun *rep_run_new(Arena *a, const RepLog *log, const Ruleset *rules)
{
	RepRun *run = ARENA_NEW(a, RepRun, 1);
	run->arena = a;
	run->log = log;
	run->rules = rules;
	run->shapes = rep_shapes_new(a, log, rules);
	run->objects = idmap_init(a, rep_expected(log));
	run->helped = idmap_init(a, rep_expected(log));
	run->capped = idmap_init(a, 0);
	place_caps(run);
	return run;
}

size_t rep_run_facts(const RepRun *run) { return run->counted; }

static bool run_reset(RepRun *run, size_t facts)
{
	run->sums_n = run->objects_n = run->counted = 0;
	for (size_t i = 0; i < run->rules->caps_n; i++) run->now[i] = (CapNow){INT64_MIN, 0};
	for (size_t s = 0; s < SCORES_N; s++) run->running[s] = run->rules->scores[s].start;
	return idmap_restart(&run->objects, facts) && idmap_restart(&run->helped, facts) &&
		   idmap_restart(&run->capped, facts * run->capped_most);
}

// Room for one more of `size` bytes, zeroed; NULL when the arena is full.
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

// A fact on its way through the rules.
typedef struct Passing {
	const RepGist *g;
	uint32_t member;
	ObjectNow *object; // once somebody asked; good until another object is new
	bool counted;
} Passing;

static ObjectNow *object_now(RepRun *run, Passing *p)
{
	if (p->object) return p->object;
	uint32_t *at = idmap_at(&run->objects, (int64_t)p->g->object + 1);
	if (!at) return NULL;
	if (!*at) {
		void *v = run->object_now;
		if (!place(run, &v, &run->objects_n, &run->objects_cap, run->object_bytes)) return NULL;
		run->object_now = v;
		*at = (uint32_t)run->objects_n;
	}
	p->object = (ObjectNow *)(void *)(run->object_now + (*at - 1) * run->object_bytes);
	return p->object;
}

static int64_t *sum_of(RepRun *run, Passing *p, size_t cap, int64_t period, uint32_t what)
{
	CapNow *now = &run->now[cap];
	if (run->rules->caps[cap].of == CAP_MEMBER) {
		if (now->period != period) *now = (CapNow){period, 0};
		return &now->sum;
	}
	if (run->life[cap] < CAPS_MAX) {
		ObjectNow *object = object_now(run, p);
		return object ? &object->sums[run->life[cap]] : NULL;
	}
	uint64_t key = ((uint64_t)period * CAPS_MAX + cap) * UINT64_C(0x9e3779b97f4a7c15) ^ ((uint64_t)what << 17 | 1);
	uint32_t *at = idmap_at(&run->capped, (int64_t)(key ? key : 1));
	if (!at) return NULL;
	if (!*at) {
		void *v = run->sums;
		if (!place(run, &v, &run->sums_n, &run->sums_cap, sizeof *run->sums)) return NULL;
		run->sums = v;
		*at = (uint32_t)run->sums_n;
	}
	return &run->sums[*at - 1];
}

// Who is at the other end; 0: nobody known, as with votes that came without their voters.
static uint32_t peer_of(const Passing *p) { return p->g->actor != p->member ? p->g->actor : p->g->asker; }

// The how-manieth thing of this member helped this asker.
static uint32_t pair_of(RepRun *run, Passing *p)
{
	uint32_t asker = p->g->asker != p->member ? p->g->asker : 0;
	if (!p->g->object || !asker) return 1;
	ObjectNow *object = object_now(run, p);
	if (!object || object->nth) return object ? object->nth : 1;
	uint32_t *n = idmap_at(&run->helped, asker);
	if (n) object->nth = ++*n;
	return object->nth;
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

static Status clip(Ctx *cx, RepRun *run, const Rule *rule, Passing *p, RepLine *line)
{
	line->cap = -1;
	for (size_t i = 0; i < rule->caps_n; i++) {
		const Cap *cap = &run->rules->caps[rule->caps[i]];
		uint32_t what = cap->of == CAP_OBJECT ? p->g->object : cap->of == CAP_PAIR ? peer_of(p) : 0;
		if (cap->of == CAP_PAIR && !what) continue;
		int64_t *sum = sum_of(run, p, rule->caps[i], period_of(cap->per, line->day), what);
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

static void count_votes(RepRun *run, Passing *p, int32_t votes[2])
{
	ObjectNow *object = rep_gist_owned(p->g) && p->g->object ? object_now(run, p) : NULL;
	int32_t *v = object ? object->votes : votes;
	if (rep_gist_kind(p->g) == FACT_VOTED_UP) v[0]++;
	if (rep_gist_kind(p->g) == FACT_VOTED_DOWN) v[1]++;
	votes[0] = v[0];
	votes[1] = v[1];
}

static void fill_vars(RepRun *run, const Passing *p, const int32_t votes[2])
{
	rep_vars(run->log, &run->log->facts[p->g->fact], run->vars);
	run->vars[EVENT_UP] = (int64_t)votes[0] * RULE_UNIT;
	run->vars[EVENT_DOWN] = (int64_t)votes[1] * RULE_UNIT;
	run->vars[EVENT_NET] = run->vars[EVENT_UP] - run->vars[EVENT_DOWN];
	run->vars[EVENT_PAIR] = RULE_UNIT;
}

// False: the rule's `when` does not hold.
static bool give_points(RepRun *run, const RepStep *step, const int32_t votes[2], RepLine *line)
{
	const Rule *rule = &run->rules->rules[step->rule];
	run->vars[EVENT_PAIR] = (int64_t)(line->pair ? line->pair : 1) * RULE_UNIT;
	if (!step->sure && !expr_true(rule->when, run->vars)) return false;
	line->raw = step->worth == WORTH_FIXED   ? step->fixed
				: step->worth == WORTH_VOTES ? rep_worth_by_votes(&run->shapes, step->rule, votes)
											 : expr_eval(rule->points, run->vars);
	line->points = weigh(rule->pair, line->pair, line->raw);
	return true;
}

static Status run_steps(Ctx *cx, RepRun *run, const RepShape *shape, Passing *p, const int32_t votes[2],
						const RepVisitor *visitor)
{
	uint32_t pair = shape->pair ? pair_of(run, p) : 0;
	for (size_t i = 0; i < shape->steps_n; i++) {
		const RepStep *step = &shape->steps[i];
		const Rule *rule = &run->rules->rules[step->rule];
		RepLine line = {
			.fact = p->g->fact, .day = p->g->day, .rule = step->rule, .pair = rule->pair == PAIR_ALL ? 0 : pair};
		if (!give_points(run, step, votes, &line)) continue;
		TRY(clip(cx, run, rule, p, &line));
		lift(run, rule, &line);
		if (rule->matched) line.judge = rep_judge_of(p->g->actor, p->g->asker, p->member);
		line.bucket = (uint8_t)(rule->base ? BUCKET_BASE : rule->matched ? BUCKET_UNTRUSTED : BUCKET_TRUSTED);
		if (visitor->line) visitor->line(visitor->arg, &line);
		p->counted = true;
	}
	run->counted += p->counted;
	return ST_OK;
}

static Status run_fact(Ctx *cx, RepRun *run, const RepGist *g, uint32_t member, const RepVisitor *visitor)
{
	bool gone = rep_gist_void(g);
	if (visitor->fact) visitor->fact(visitor->arg, g->fact);
	// What was taken back earns nothing; who counts facts hears of it all the same.
	if (gone && (!visitor->metrics || !run->shapes.voids)) return ST_OK;
	const RepShape *shape = rep_shape_of(&run->shapes, g, member);
	if (!shape) return fail(cx, ST_TOO_LARGE, "too many kinds of facts at once");
	Passing p = {.g = g, .member = member};
	int32_t votes[2] = {0};
	if (shape->votes && !gone) count_votes(run, &p, votes);
	if (shape->asked) fill_vars(run, &p, votes);
	if (visitor->metrics) rep_metrics_fact(visitor->metrics, shape, g, run->vars);
	return run_steps(cx, run, shape, &p, votes, visitor);
}

Status rep_slice(Ctx *cx, RepRun *run, const RepSlices *slices, uint32_t member, const RepVisitor *visitor)
{
	uint32_t from = slices->starts[member], to = slices->starts[member + 1];
	if (!run_reset(run, to - from)) return fail(cx, ST_TOO_LARGE, "a member's history does not fit in memory");
	for (uint32_t i = from; i < to; i++) TRY(run_fact(cx, run, &slices->gists[i], member, visitor));
	return ST_OK;
}
