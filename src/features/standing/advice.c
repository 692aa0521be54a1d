// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/advice.h"

#include <stdlib.h>

#define BIT(var) (UINT64_C(1) << (var))

static const char *const KEYS[UNPAID_N] = {[UNPAID_WRITING] = "standing.not_writing",
										   [UNPAID_VISITS] = "standing.not_visits",
										   [UNPAID_JUDGING] = "standing.not_judging",
										   [UNPAID_FRIENDS] = "standing.not_friends",
										   [UNPAID_REPEATS] = "standing.not_repeats"};
const char *unpaid_key(Unpaid u) { return KEYS[u]; }

// What one more fact of the rule gives; 0 if that depends.
static int64_t worth_of(const Rule *rule)
{
	int64_t vars[EVENT_VARS_N] = {0};
	vars[EVENT_NET] = vars[EVENT_UP] = vars[EVENT_PAIR] = vars[EVENT_VALUE] = RULE_UNIT;
	return expr_eval(rule->points, vars);
}

static bool is_on(const Rule *rule, const FactKind *kinds, size_t n)
{
	for (size_t i = 0; i < rule->on_n; i++)
		for (size_t k = 0; k < n; k++)
			if (rule->on[i] == kinds[k]) return true;
	return false;
}

static bool is_written(const Rule *rule)
{
	static const FactKind KINDS[] = {FACT_TOPIC_POSTED, FACT_POSTED, FACT_COMMENTED};
	return is_on(rule, KINDS, COUNTOF(KINDS));
}

static bool is_judged(const Rule *rule)
{
	static const FactKind KINDS[] = {FACT_VOTED_UP, FACT_VOTED_DOWN, FACT_ACCEPTED, FACT_WORKED};
	return is_on(rule, KINDS, COUNTOF(KINDS));
}

// Does it hold for an answer that the asker, or somebody else, judges only if that repeats an earlier one?
static bool is_for_repeats(const Rule *rule)
{
	bool holds[2] = {false, false};
	if (!(expr_asks(rule->when) & BIT(EVENT_IS_DUPLICATE))) return false;
	for (int64_t repeats = 0; repeats < 2; repeats++)
		for (Id judge = 2; judge < 4; judge++) {
			int64_t vars[EVENT_VARS_N] = {[EVENT_SUBJECT] = 1, [EVENT_OBJECT_OWNER] = 1, [EVENT_THREAD_OWNER] = 2};
			vars[EVENT_ACTOR] = rule->credit == CREDIT_ACTOR ? 1 : judge;
			vars[EVENT_IS_ANSWER] = 1;
			vars[EVENT_IS_DUPLICATE] = repeats;
			holds[repeats] |= expr_true(rule->when, vars);
		}
	return holds[1] && !holds[0];
}

static bool has_pair_cap(const Ruleset *rules, const Rule *rule)
{
	for (size_t i = 0; i < rule->caps_n; i++)
		if (rules->caps[rule->caps[i]].of == CAP_PAIR) return true;
	return false;
}

static int by_worth(const void *a, const void *b)
{
	const Raise *x = a, *y = b;
	if (x->worth != y->worth) return x->worth < y->worth ? 1 : -1;
	return (x->rule > y->rule) - (x->rule < y->rule); // as the rules stand
}

// What the rule pays for is not unpaid. What nobody judged, and is bounded by the guard, is no more than a beginning.
static void pays(const Ruleset *rules, const Rule *rule, bool unpaid[UNPAID_N])
{
	bool own = rule->credit == CREDIT_ACTOR, judged = is_judged(rule);
	if (own && is_written(rule) && !rule->base) unpaid[UNPAID_WRITING] = false;
	if (own && judged) unpaid[UNPAID_JUDGING] = false;
	if (own || !judged || rule->credit == CREDIT_ASKER) return;
	if (rule->pair == PAIR_ALL && !has_pair_cap(rules, rule)) unpaid[UNPAID_FRIENDS] = false;
	if (!(expr_asks(rule->when) & BIT(EVENT_IS_DUPLICATE))) unpaid[UNPAID_REPEATS] = false;
}

static void weigh(const Ruleset *rules, const Rule *rule, Advice *ret)
{
	int64_t worth = worth_of(rule);
	if (worth <= 0) return;
	ret->many_people |= rule->pair != PAIR_ALL;
	if (is_for_repeats(rule)) return;
	pays(rules, rule, ret->unpaid);
	if (rule->credit != CREDIT_ASKER) ret->raises[ret->n++] = (Raise){rule, worth};
}

void why_advice(const Ruleset *rules, ScoreKind score, Advice *ret)
{
	*ret = (Advice){.n = 0};
	for (Unpaid u = 0; u < UNPAID_N; u++) ret->unpaid[u] = true;
	for (size_t i = 0; i < rules->rules_n; i++)
		if (rules->rules[i].score == score) weigh(rules, &rules->rules[i], ret);
	if (ret->n > 1) qsort(ret->raises, ret->n, sizeof *ret->raises, by_worth);
}
