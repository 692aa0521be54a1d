// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules/rules.h"
#include "test.h"

TEST(rules_packs_load)
{
	assert_true(RULES_PACKS_N >= 1);
	for (size_t i = 0; i < RULES_PACKS_N; i++) {
		Ruleset *rules;
		assert_ok(test_ctx(), rules_pack(test_ctx(), RULES_PACKS[i], &rules));
		assert_true(str_eq(rules->name, RULES_PACKS[i]));
		assert_true(rules->hash != 0);
	}
}

TEST(rules_pack_unknown_names_those_there_are)
{
	Ruleset *rules;
	size_t at;
	assert_status(test_ctx(), rules_pack(test_ctx(), S("nothing"), &rules), ST_NOT_FOUND);
	assert_true(str_find(test_ctx()->fail_text, S("stackexchange"), &at));
}

TEST(rules_stackexchange_is_as_published)
{
	Ruleset *r;
	assert_ok(test_ctx(), rules_pack(test_ctx(), S("stackexchange"), &r));
	assert_int_equal(r->rules_n, 7);
	assert_int_equal(r->scores[SCORE_CONTRIBUTION].start, 1000);
	assert_int_equal(r->scores[SCORE_CONTRIBUTION].least, 1000);
	assert_int_equal(r->caps[0].most, 200000);
	assert_int_equal(r->rules[1].points->ops[0].number, 10000);
	assert_true(r->rules[1].points->constant);
	assert_str_equal(r->rules[1].points->source, "10");
}
