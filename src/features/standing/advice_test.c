// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/advice.h"

#include "test.h"

static Advice advice_of(const char *pack, ScoreKind score)
{
	Ruleset *rules;
	Advice a;
	Ctx *cx = test_ctx();
	assert_ok(cx, rules_pack(cx, str_from(pack), &rules));
	why_advice(rules, score, &a);
	return a;
}

static bool advises(const Advice *a, const char *rule)
{
	for (size_t i = 0; i < a->n; i++)
		if (str_eq(a->raises[i].rule->id, str_from(rule))) return true;
	return false;
}

TEST(advice_is_that_of_the_rules)
{
	Advice a = advice_of("support-default", SCORE_CREDIBILITY);
	for (Unpaid u = 0; u < UNPAID_N; u++) assert_true(a.unpaid[u]);
	assert_true(advises(&a, "solution") && a.many_people);
	assert_false(advises(&a, "solution-repeated")); // nobody is told to repeat what was said
	for (size_t i = 1; i < a.n; i++) assert_true(a.raises[i - 1].worth >= a.raises[i].worth);
	a = advice_of("support-default", SCORE_CONDUCT);
	assert_int_equal(a.n, 0); // it can only be lost
}

TEST(what_other_rules_pay_is_not_called_unpaid)
{
	Advice a = advice_of("noisiest", SCORE_CONTRIBUTION);
	assert_false(a.unpaid[UNPAID_WRITING]);
	assert_true(a.unpaid[UNPAID_VISITS] && a.unpaid[UNPAID_JUDGING] && !a.many_people);
	a = advice_of("discourse", SCORE_CONTRIBUTION);
	assert_false(a.unpaid[UNPAID_WRITING] || a.unpaid[UNPAID_JUDGING] || a.unpaid[UNPAID_FRIENDS] ||
				 a.unpaid[UNPAID_REPEATS]);
	a = advice_of("stackexchange", SCORE_CONTRIBUTION);
	assert_true(a.unpaid[UNPAID_WRITING]);
	assert_false(a.unpaid[UNPAID_FRIENDS]);
}
