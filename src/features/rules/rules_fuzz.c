// SPDX-License-Identifier: AGPL-3.0-or-later
// The first byte chooses: a rule file, an expression about a fact, one about a member, or a Khoros formula. What is taken can be run, linted
// and described, and is read the same again.
#include "base/utf8.h"
#include "rules/compile.h"

static void run(const Expr *e)
{
	int64_t vars[MEMBER_VARS_N + EVENT_VARS_N + 3 * METRICS_MAX];
	for (size_t i = 0; i < COUNTOF(vars); i++)
		vars[i] = i % 3 ? (int64_t)(i * 1234567) - 100000000 : INT64_MIN + (int64_t)i;
	if (!e) return;
	int64_t v = expr_eval(e, vars);
	BUG_IF(e->n > EXPR_OPS_MAX || (e->type == EXPR_BOOL && e->n > 1 && v != 0 && v != 1));
	BUG_IF(v != expr_eval(e, vars));
}

static void run_all(const Ruleset *r)
{
	for (size_t i = 0; i < r->rules_n; i++) run(r->rules[i].when), run(r->rules[i].points);
	for (size_t i = 0; i < r->metrics_n; i++) run(r->metrics[i].where);
	for (size_t i = 0; i < r->ranks_n; i++) run(r->ranks[i].when), run(r->ranks[i].keep);
	for (size_t i = 0; i < r->badges_n; i++) run(r->badges[i].when);
}

static void file(Ctx *cx, Str text)
{
	Ruleset *rules, *again;
	LintFindings found;
	Sentences said;
	if (rules_parse(cx, text, S("fuzz"), &rules) != ST_OK) {
		BUG_IF(!str_starts(cx->fail_text, S("fuzz:")) || !utf8_valid(cx->fail_text));
		return;
	}
	run_all(rules);
	BUG_IF(rules_lint(cx, rules, &found) != ST_OK);
	BUG_IF(rules_describe(cx, rules, &said) != ST_OK);
	for (size_t i = 0; i < said.n; i++) BUG_IF(!utf8_valid(said.v[i].text));
	BUG_IF(rules_parse(cx, text, S("fuzz"), &again) != ST_OK || again->hash != rules->hash);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const Metric METRICS[] = {{.name = S_INIT("solved")}, {.name = S_INIT("rate"), .kind = METRIC_RATIO}};
	if (!size) return 0;
	AUTO(Arena) arena = arena_new(ARENA_CAP_BYTES);
	Ctx cx = {.arena = arena};
	Str text = {(const char *)data + 1, size - 1};
	KhorosRank rank;
	if (data[0] == 'k') {
		BUG_IF(rules_from_khoros(&cx, text, &rank) == ST_OK && !rank.when.n);
		return 0;
	}
	if (data[0] != 'e' && data[0] != 'm') {
		file(&cx, text);
		return 0;
	}
	ExprScope scope = {.file = S("fuzz"),
					   .line = 1,
					   .names = data[0] == 'e' ? EXPR_ABOUT_EVENT : EXPR_ABOUT_MEMBER,
					   .metrics = METRICS,
					   .metrics_n = COUNTOF(METRICS)};
	const Expr *e = NULL;
	for (int type = EXPR_NUMBER; type <= EXPR_ID; type++)
		if (expr_compile(&cx, &scope, text, (ExprType)type, &e) == ST_OK) run(e);
	return 0;
}
