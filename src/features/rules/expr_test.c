// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules/compile.h"
#include "test.h"

static const Metric METRICS[] = {
	{.name = S_INIT("solved")},
	{.name = S_INIT("kept"), .kind = METRIC_RATIO},
};

static ExprScope scope_of(ExprNames names)
{
	return (ExprScope){.file = S("x.toml"), .line = 7, .names = names, .metrics = METRICS, .metrics_n = 2};
}

static int64_t run(const char *text, ExprType want, ExprNames names, const int64_t *vars)
{
	ExprScope scope = scope_of(names);
	const Expr *e = NULL;
	assert_ok(test_ctx(), expr_compile(test_ctx(), &scope, str_from(text), want, &e));
	assert_int_equal(e->type, want);
	return expr_eval(e, vars);
}

static int64_t number(const char *text)
{
	int64_t vars[EVENT_VARS_N] = {[EVENT_VALUE] = 3 * RULE_UNIT, [EVENT_NET] = 4 * RULE_UNIT, [EVENT_DOWN] = INT64_MAX};
	return run(text, EXPR_NUMBER, EXPR_ABOUT_EVENT, vars);
}

static bool truth(const char *text)
{
	int64_t vars[EVENT_VARS_N] = {
		[EVENT_VALUE] = 3 * RULE_UNIT, [EVENT_ACTOR] = 5, [EVENT_SUBJECT] = 5000, [EVENT_IS_ANSWER] = 1};
	return run(text, EXPR_BOOL, EXPR_ABOUT_EVENT, vars) != 0;
}

TEST(expr_arithmetic_in_thousandths)
{
	assert_int_equal(number("1.5"), 1500);
	assert_int_equal(number("0.001 + 10.05"), 10051);
	assert_int_equal(number("2 + 3 * 4 - 1"), 13000);
	assert_int_equal(number("(2 + 3) * 4"), 20000);
	assert_int_equal(number("10 - 2 - 3"), 5000);
	assert_int_equal(number("-value * 2"), -6000);
	assert_int_equal(number("- -value"), 3000);
	assert_int_equal(number("1 / 3"), 333);
	assert_int_equal(number("-1 / 3"), -333);
	assert_int_equal(number("value / 0"), 0);
	assert_int_equal(number("min(value, 2, 9)"), 2000);
	assert_int_equal(number("max(value, 2, 9)"), 9000);
	assert_int_equal(number("abs(0 - value)"), 3000);
	assert_int_equal(number("sqrt(2)"), 1414);
	assert_int_equal(number("sqrt(0 - 2)"), 0);
	assert_int_equal(number("10 * (sqrt(object.net) - sqrt(object.net - 1))"), 2680);
}

TEST(expr_saturates)
{
	assert_int_equal(number("object.down + object.down"), INT64_MAX);
	assert_int_equal(number("object.down * object.down"), INT64_MAX);
	assert_int_equal(number("-object.down * object.down"), -INT64_MAX);
	assert_int_equal(number("-object.down - object.down"), -INT64_MAX);
	assert_int_equal(number("-object.down - 0.001"), -INT64_MAX);
	assert_int_equal(number("object.down / 0.001"), INT64_MAX);
	assert_int_equal(number("sqrt(object.down)"), 96038388349);
	assert_int_equal(expr_apply(OP_NEGATE, INT64_MIN, 0), INT64_MAX);
	assert_int_equal(expr_apply(OP_ABS, INT64_MIN, 0), INT64_MAX);
	assert_int_equal(expr_apply(OP_DIVIDE, INT64_MIN, -1), INT64_MAX);
	assert_int_equal(expr_apply(OP_DIVIDE, INT64_MIN, 1), -INT64_MAX);
}

TEST(expr_truths_and_people)
{
	assert_true(truth("actor != subject"));
	assert_false(truth("actor == subject"));
	assert_true(truth("object.answer && value >= 3"));
	assert_false(truth("!object.answer || value > 3"));
	assert_true(truth("object.question == false"));
	assert_true(truth("true || false && false"));
	assert_true(truth("value < 3 == object.question"));
}

TEST(expr_about_members)
{
	int64_t vars[MEMBER_VARS_N + 6] = {[MEMBER_CREDIBILITY] = 120 * RULE_UNIT,
									   [MEMBER_ROLE] = 2 * RULE_UNIT,
									   [MEMBER_VARS_N] = 8 * RULE_UNIT,
									   [MEMBER_VARS_N + 3] = 700,
									   [MEMBER_VARS_N + 5] = 710};
	assert_true(run("credibility >= 120 && solved >= 8", EXPR_BOOL, EXPR_ABOUT_MEMBER, vars));
	assert_true(run("hasRole(\"moderator\") && hasRole('helper')", EXPR_BOOL, EXPR_ABOUT_MEMBER, vars));
	assert_false(run("hasRole(\"admin\")", EXPR_BOOL, EXPR_ABOUT_MEMBER, vars));
	assert_true(run("lcb(kept) > community.kept", EXPR_BOOL, EXPR_ABOUT_MEMBER, vars));
}

TEST(expr_constants_are_computed_once)
{
	ExprScope scope = scope_of(EXPR_ABOUT_EVENT);
	const Expr *e = NULL;
	assert_ok(test_ctx(), expr_compile(test_ctx(), &scope, S("2 * (3 + 4) - min(1, 2)"), EXPR_NUMBER, &e));
	assert_true(e->constant);
	assert_int_equal(e->ops[0].number, 13000);
	assert_ok(test_ctx(), expr_compile(test_ctx(), &scope, S("value * (3 + 4)"), EXPR_NUMBER, &e));
	assert_false(e->constant);
	assert_int_equal(e->n, 3);
}

static void refused(const char *text, ExprType want, ExprNames names, const char *why)
{
	ExprScope scope = scope_of(names);
	const Expr *e = NULL;
	size_t at;
	fail_clear(test_ctx());
	if (expr_compile(test_ctx(), &scope, str_from(text), want, &e) != ST_INVALID) fail_msg("`%s` went through", text);
	assert_null(e);
	if (!str_find(test_ctx()->fail_text, str_from(why), &at))
		fail_msg("`%s`: expected \"%s\", got \"%.*s\"", text, why, STR(test_ctx()->fail_text));
}

TEST(expr_errors_name_line_and_reason)
{
	static const struct {
		const char *text, *why;
	} NUMBERS[] = {
		{"", "x.toml:7: the expression ends where a value is wanted"},
		{"1 +", "ends where a value is wanted"},
		{"1 +\n\n  nothing", "x.toml:9: unknown name `nothing`"},
		{"1 2", "`2` does not belong here"},
		{"(1", "`)` is missing"},
		{"1.2345", "at most three decimals"},
		{"1.", "digit is missing"},
		{"12abc", "ends in a letter"},
		{"10000000000000", "too large"},
		{"1 + actor", "`+` wants a number on both sides; one is a person"},
		{"1 + object.answer", "one is true or false"},
		{"-object.answer", "`-` wants a number; this is true or false"},
		{"actor", "the expression is a person; a number is wanted"},
		{"value > 1", "the expression is true or false; a number is wanted"},
		{"sqrt(1, 2)", "takes no more than 1"},
		{"min(1)", "wants at least 2"},
		{"min(actor, 1)", "wants numbers; this is a person"},
		{"log(1)", "unknown function `log`"},
		{"credibility", "is about a member"},
		{"lcb(kept)", "is about a member"},
		{"value $ 2", "`$` does not belong here"},
		{"# 2", "a value is wanted where `#` stands"},
		{"object.", "unknown name `object`"},
	};
	for (size_t i = 0; i < COUNTOF(NUMBERS); i++)
		refused(NUMBERS[i].text, EXPR_NUMBER, EXPR_ABOUT_EVENT, NUMBERS[i].why);
	refused("actor == 5", EXPR_BOOL, EXPR_ABOUT_EVENT, "`==` compares a person with a number");
	refused("actor < subject", EXPR_BOOL, EXPR_ABOUT_EVENT, "wants a number on both sides; one is a person");
	refused("1 < 2 < 3", EXPR_BOOL, EXPR_ABOUT_EVENT, "one is true or false");
	refused("!value", EXPR_BOOL, EXPR_ABOUT_EVENT, "`!` wants true or false; this is a number");
	refused("value && true", EXPR_BOOL, EXPR_ABOUT_EVENT, "one is a number");
	refused("actor != subject", EXPR_BOOL, EXPR_ABOUT_MEMBER, "is about one fact");
	refused("lcb(solved) > 1", EXPR_BOOL, EXPR_ABOUT_MEMBER, "wants a ratio");
	refused("lcb(x) > 1", EXPR_BOOL, EXPR_ABOUT_MEMBER, "wants a metric");
	refused("community.x > 1", EXPR_BOOL, EXPR_ABOUT_MEMBER, "unknown metric `x`");
	refused("hasRole(admin)", EXPR_BOOL, EXPR_ABOUT_MEMBER, "a role in quotes");
	refused("hasRole(\"king\")", EXPR_BOOL, EXPR_ABOUT_MEMBER, "no role `king`");
	refused("solved", EXPR_BOOL, EXPR_ABOUT_MEMBER, "a number; true or false is wanted");
}

TEST(expr_is_bounded)
{
	Buf b = buf_init(test_arena(), 64, 4096);
	for (int i = 0; i < 40; i++) buf_z(&b, "value + ");
	buf_z(&b, "value");
	refused(str_z(test_arena(), buf_view(&b)), EXPR_NUMBER, EXPR_ABOUT_EVENT, "more than 64 steps");
	b = buf_init(test_arena(), 64, 4096);
	for (int i = 0; i < 20; i++) buf_z(&b, "(");
	refused(str_z(test_arena(), buf_view(&b)), EXPR_NUMBER, EXPR_ABOUT_EVENT, "nested deeper");
	b = buf_init(test_arena(), 64, 4096);
	for (int i = 0; i < 2000; i++) buf_z(&b, "- ");
	refused(str_z(test_arena(), buf_view(&b)), EXPR_NUMBER, EXPR_ABOUT_EVENT, "nested deeper");
	// Sixteen numbers in mind at once need fourteen levels of parentheses; one more is refused by either bound.
	b = buf_init(test_arena(), 64, 4096);
	for (int i = 0; i < 16; i++) buf_z(&b, "value - (");
	refused(str_z(test_arena(), buf_view(&b)), EXPR_NUMBER, EXPR_ABOUT_EVENT, "nested deeper");
}

TEST(expr_square_roots_are_exact)
{
	for (int64_t i = 0; i < 200000; i++) {
		int64_t v = i < 100000 ? i : INT64_MAX - (i - 100000) * 92233720368547;
		__extension__ typedef unsigned __int128 Wide;
		Wide root = (Wide)rule_isqrt(v), square = (Wide)v * RULE_UNIT;
		assert_true(root * root <= square && (root + 1) * (root + 1) > square);
	}
}

TEST(a_formula_says_what_is_lacking)
{
	Ctx *cx = test_ctx();
	Ruleset *rules;
	Needs needs;
	int64_t vars[MEMBER_VARS_N + 3 * METRICS_MAX] = {
		[MEMBER_CONTRIBUTION] = 120 * RULE_UNIT, [MEMBER_CREDIBILITY] = 12500};
	assert_ok(cx, rules_pack(cx, S("support-default"), &rules));
	const Rank *helper = &rules->ranks[3];
	assert_ok(cx, rules_needs(cx, rules, helper->when, vars, &needs));
	assert_int_equal(needs.n, 5);
	assert_true(needs.v[0].met);
	assert_str_equal(needs.v[1].text, "credibility of 30 or more");
	assert_false(needs.v[1].met);
	assert_true(needs.v[1].counted && needs.v[1].least);
	assert_int_equal(needs.v[1].have, 12500);
	assert_int_equal(needs.v[1].need, 30 * RULE_UNIT);
	assert_str_equal(needs.v[2].text, "5 or more solutions");
	assert_true(needs.v[4].met);                                               // conduct of -5 or more
	assert_ok(cx, rules_needs(cx, rules, rules->ranks[0].when, vars, &needs)); // always
	assert_int_equal(needs.n, 0);
}

static uint64_t asked(const char *text, ExprType want)
{
	ExprScope scope = scope_of(EXPR_ABOUT_EVENT);
	const Expr *e = NULL;
	assert_ok(test_ctx(), expr_compile(test_ctx(), &scope, str_from(text), want, &e));
	return expr_asks(e);
}

TEST(expr_tells_which_variables_it_names)
{
	assert_int_equal(expr_asks(NULL), 0);
	assert_int_equal(asked("2 * 3", EXPR_NUMBER), 0);
	assert_int_equal(asked("value * object.net + value", EXPR_NUMBER), 1u << EVENT_VALUE | 1u << EVENT_NET);
	assert_int_equal(asked("actor != subject && !object.wiki", EXPR_BOOL),
					 1u << EVENT_ACTOR | 1u << EVENT_SUBJECT | 1u << EVENT_IS_WIKI);
}
