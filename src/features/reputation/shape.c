// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shape.h"

#define BIT(var) (UINT64_C(1) << (var))
#define OF_TRAITS                                                                                                      \
	(BIT(EVENT_ACTOR_STAFF) | BIT(EVENT_SUBJECT_STAFF) | BIT(EVENT_ACTOR_VERIFIED) | BIT(EVENT_OWNER_VERIFIED))
#define OF_SHAPE                                                                                                       \
	(BIT(EVENT_ACTOR) | BIT(EVENT_SUBJECT) | BIT(EVENT_OBJECT_OWNER) | BIT(EVENT_THREAD_OWNER) | OF_TRAITS |           \
	 BIT(EVENT_IS_QUESTION) | BIT(EVENT_IS_ANSWER) | BIT(EVENT_IS_COMMENT) | BIT(EVENT_IS_FIRST) |                     \
	 BIT(EVENT_IS_DUPLICATE) | BIT(EVENT_IS_WIKI))
#define OF_VOTES (BIT(EVENT_NET) | BIT(EVENT_UP) | BIT(EVENT_DOWN))

// Ids are only ever compared with one another, so which are the same says all about them.
static bool is_sure(const Expr *e) { return !(expr_asks(e) & ~OF_SHAPE); }

static uint64_t named_by(const Ruleset *rules)
{
	uint64_t names = 0;
	for (size_t i = 0; i < rules->rules_n; i++)
		names |= expr_asks(rules->rules[i].when) | expr_asks(rules->rules[i].points);
	for (size_t i = 0; i < rules->metrics_n; i++) names |= expr_asks(rules->metrics[i].where);
	return names;
}

RepShapes rep_shapes_new(Arena *a, const RepLog *log, const Ruleset *rules)
{
	RepShapes s = {.arena = a, .log = log, .rules = rules, .named = named_by(rules), .number = idmap_init(a, 0)};
	for (size_t i = 0; i < rules->metrics_n; i++) s.voids |= rules->metrics[i].undone;
	return s;
}

void rep_vars(const RepLog *log, const RepFact *f, int64_t vars[EVENT_VARS_N])
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

static bool is_on(const FactKind *on, size_t n, uint8_t kind)
{
	for (size_t i = 0; i < n; i++)
		if (on[i] == kind) return true;
	return false;
}

static RepStep step_of(const Rule *rule, uint8_t number, const int64_t *vars)
{
	uint64_t names = expr_asks(rule->points);
	RepStep step = {.rule = number, .sure = is_sure(rule->when), .worth = WORTH_ASKED};
	if (is_sure(rule->points)) {
		step.worth = WORTH_FIXED;
		step.fixed = expr_eval(rule->points, vars);
	} else if (!(names & ~OF_VOTES)) step.worth = WORTH_VOTES;
	return step;
}

typedef struct Making {
	RepShape shape;
	RepStep steps[RULES_MAX];
	RepCount counts[METRICS_MAX];
	uint64_t names; // of what is left to ask
} Making;

static void make_steps(Making *k, const Ruleset *rules, const RepFact *f, uint32_t member, const int64_t *vars)
{
	for (size_t i = 0; i < rules->rules_n; i++) {
		const Rule *rule = &rules->rules[i];
		if (!is_on(rule->on, rule->on_n, f->kind) || rep_credited(f, rule->credit) != member) continue;
		k->shape.pair |= rule->pair != PAIR_ALL; // counted, whether or not it comes to points
		RepStep step = step_of(rule, (uint8_t)i, vars);
		if (step.sure && !expr_true(rule->when, vars)) continue;
		k->steps[k->shape.steps_n++] = step;
		k->shape.asked |= !step.sure || step.worth == WORTH_ASKED;
		k->names |= step.sure ? 0 : expr_asks(rule->when);
		k->names |= step.worth == WORTH_FIXED ? 0 : expr_asks(rule->points);
	}
}

static void make_counts(Making *k, const Ruleset *rules, const RepFact *f, uint32_t member, const int64_t *vars)
{
	for (size_t i = 0; i < rules->metrics_n; i++) {
		const Metric *metric = &rules->metrics[i];
		if (metric->kind == METRIC_RATIO || !is_on(metric->on, metric->on_n, f->kind)) continue;
		if (rep_credited(f, metric->credit) != member || (!metric->undone && (f->flags & REP_VOID))) continue;
		bool sure = is_sure(metric->where);
		if (sure && !expr_true(metric->where, vars)) continue;
		k->counts[k->shape.counts_n++] = (RepCount){(uint8_t)i, sure};
		k->shape.asked |= !sure;
		k->names |= sure ? 0 : expr_asks(metric->where);
	}
}

static RepShape *shape_keep(RepShapes *s, const Making *k)
{
	RepShape *shape = arena_try_alloc(s->arena, sizeof *shape, _Alignof(RepShape));
	RepStep *steps = arena_try_alloc(s->arena, (k->shape.steps_n + 1u) * sizeof *steps, _Alignof(RepStep));
	RepCount *counts = arena_try_alloc(s->arena, (k->shape.counts_n + 1u) * sizeof *counts, _Alignof(RepCount));
	if (!shape || !steps || !counts) return NULL;
	for (size_t i = 0; i < k->shape.steps_n; i++) steps[i] = k->steps[i];
	for (size_t i = 0; i < k->shape.counts_n; i++) counts[i] = k->counts[i];
	*shape = k->shape;
	shape->steps = steps;
	shape->counts = counts;
	return shape;
}

static RepShape *shape_make(RepShapes *s, const RepFact *f, uint32_t member)
{
	Making k = {0};
	int64_t vars[EVENT_VARS_N] = {0};
	bool vote = f->kind == FACT_VOTED_UP || f->kind == FACT_VOTED_DOWN;
	rep_vars(s->log, f, vars);
	if (!(f->flags & REP_VOID)) make_steps(&k, s->rules, f, member, vars);
	make_counts(&k, s->rules, f, member, vars);
	k.shape.votes = ((vote ? s->named : k.names) & OF_VOTES) != 0;
	return shape_keep(s, &k);
}

static bool room_for(RepShapes *s, uint32_t number)
{
	if (number < s->known_cap) return true;
	size_t more = size_max(s->known_cap * 2, 64);
	RepShape **known = arena_grow(s->arena, s->known, s->known_cap * sizeof(RepShape *), more * sizeof(RepShape *));
	if (!known) return false;
	s->known = known;
	s->known_cap = more;
	return true;
}

const RepShape *rep_shape_find(RepShapes *s, const RepGist *g, uint32_t member)
{
	uint32_t *number = idmap_at(&s->number, g->shape);
	if (!number) return NULL;
	if (!*number) {
		uint32_t n = (uint32_t)s->number.n;
		RepShape *shape = room_for(s, n) ? shape_make(s, &s->log->facts[g->fact], member) : NULL;
		if (!shape) return NULL;
		s->known[n] = shape;
		*number = n;
	}
	s->last_key = g->shape;
	s->last = s->known[*number];
	return s->last;
}

static bool worths_of(RepShapes *s, uint8_t rule)
{
	const size_t n = (size_t)REP_UPS * REP_DOWNS;
	if (s->worths[rule]) return true;
	int64_t *v = arena_try_alloc(s->arena, n * sizeof *v, _Alignof(int64_t));
	for (size_t i = 0; v && i < n; i++) v[i] = INT64_MIN;
	s->worths[rule] = v;
	return v;
}

int64_t rep_worth_by_votes(RepShapes *s, uint8_t rule, const int32_t votes[2])
{
	int64_t vars[EVENT_VARS_N] = {0}, *known = NULL;
	if (votes[0] < REP_UPS && votes[1] < REP_DOWNS && worths_of(s, rule)) {
		known = &s->worths[rule][votes[0] * REP_DOWNS + votes[1]];
		if (*known != INT64_MIN) return *known; // no expression gives that
	}
	vars[EVENT_UP] = (int64_t)votes[0] * RULE_UNIT;
	vars[EVENT_DOWN] = (int64_t)votes[1] * RULE_UNIT;
	vars[EVENT_NET] = vars[EVENT_UP] - vars[EVENT_DOWN];
	int64_t worth = expr_eval(s->rules->rules[rule].points, vars);
	if (known) *known = worth;
	return worth;
}
