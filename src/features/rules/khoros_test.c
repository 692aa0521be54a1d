// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules/rules.h"
#include "test.h"

static KhorosRank of(const char *formula)
{
	KhorosRank r;
	assert_ok(test_ctx(), rules_from_khoros(test_ctx(), str_from(formula), &r));
	return r;
}

TEST(khoros_formula_becomes_when_and_metrics)
{
	KhorosRank r = of("(net_accepted_solutions >= 10) && (registrationAge > 43200)");
	assert_str_equal(r.when, "( net_accepted_solutions >= 10 ) && ( (age_days * 1440) > 43200 )");
	assert_str_equal(r.metrics, "[metric.net_accepted_solutions]\ncount = \"accepted\"\n\n");
	assert_int_equal(r.notes.n, 0);
	r = of("hasRole(\"Administrator\") || (Net_Replies / net_threads > 2 && !hasRole(\"moderator\"))");
	assert_str_equal(r.when, "hasRole(\"admin\") || ( net_replies / net_threads > 2 && ! hasRole(\"moderator\") )");
	assert_str_equal(r.metrics, "[metric.net_replies]\ncount = \"posted\"\ncredit = \"actor\"\n\n"
								"[metric.net_threads]\ncount = \"topic_posted\"\ncredit = \"actor\"\n\n");
}

// The score of the default ranks, as far as it can be counted here.
TEST(khoros_default_formula_is_taken)
{
	KhorosRank r = of(
		"((net_threads * 1) + (net_replies * 2) + (net_blog_articles * 10) + (accepted_solutions * 15) + "
		"(net_kudos_weight_given * 2) + (net_kudos_weight_received * 4) >= 222500) && (registrationAge >= 300000)");
	size_t at;
	assert_true(str_find(r.notes, S("net_blog_articles"), &at));
	assert_true(str_find(r.when, S("( 0 * 10 )"), &at));
	assert_true(str_find(r.metrics, S("undone = true"), &at));
}

TEST(khoros_formula_that_is_none_is_refused)
{
	static const struct {
		const char *formula, *why;
	} BAD[] = {
		{"", "ends where a value is wanted"},
		{"(net_replies >= 10", "`)` is missing"},
		{"net_replies", "true or false is wanted"},
		{"(karma >= 10)", "unknown name `karma`"},
		{"hasRole(\"Ninja\")", "no role like \"Ninja\""},
		{"hasRole(Ninja)", "wants a name"},
		{"(net_replies == \"10\")", "texts are known in hasRole"},
		{"(net_replies >= 10) & (net_threads > 1)", "at byte 20"},
		{"(net_replies >= 10) '", "at byte 20"},
		{"net_replies && net_threads", "wants true or false on both sides"},
	};
	for (size_t i = 0; i < COUNTOF(BAD); i++) {
		KhorosRank r;
		size_t at;
		fail_clear(test_ctx());
		assert_status(test_ctx(), rules_from_khoros(test_ctx(), str_from(BAD[i].formula), &r), ST_INVALID);
		if (!str_find(test_ctx()->fail_text, str_from(BAD[i].why), &at))
			fail_msg("%s: %.*s", BAD[i].formula, STR(test_ctx()->fail_text));
	}
}
