// SPDX-License-Identifier: AGPL-3.0-or-later
#include <stdio.h>

#include "rules/analyse.h"
#include "rules/corpus_testkit.h"
#include "test.h"

static Str findings_of(const Ruleset *rules, int64_t head_lines)
{
	LintFindings found;
	assert_ok(test_ctx(), rules_lint(test_ctx(), rules, &found));
	Buf b = buf_init(test_arena(), 256, 1 << 16);
	for (size_t i = 0; i < found.n; i++) {
		const LintFinding *f = &found.v[i];
		assert_true(f->text.n > 0);
		buf_format(&b, "> %s %s %lld\n", f->level == LINT_ERROR ? "error" : "warning", f->key,
				   (long long)(f->line - head_lines));
	}
	return buf_view(&b);
}

// P15: every bad file of the corpus is found out, and no good one is spoken ill of.
TEST(lint_says_this_of_the_corpus)
{
	Str text = corpus_read("lint.txt");
	CorpusCase c;
	size_t bad = 0, good = 0, wrong = 0;
	while (corpus_next(&text, &c)) {
		Ruleset *rules;
		if (rules_parse(test_ctx(), c.toml, S("case"), &rules) != ST_OK)
			fail_msg("%.*s: %.*s", STR(c.name), STR(test_ctx()->fail_text));
		Str got = findings_of(rules, CORPUS_HEAD_LINES);
		if (str_starts(c.name, S("nothing wrong"))) good++;
		else bad++;
		if (!str_eq(got, c.expected) || (!got.n != str_starts(c.name, S("nothing wrong")))) {
			print_error("=== %.*s\n%.*s", STR(c.name), STR(got));
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
	assert_true(bad >= 50 && good >= 12);
}

// What other systems pay for is told as well; our own rules have to be spotless.
TEST(lint_of_the_packs)
{
	Buf b = buf_init(test_arena(), 4096, 1 << 16);
	for (size_t i = 0; i < RULES_PACKS_N; i++) {
		Ruleset *rules;
		LintFindings found;
		assert_ok(test_ctx(), rules_pack(test_ctx(), RULES_PACKS[i], &rules));
		assert_ok(test_ctx(), rules_lint(test_ctx(), rules, &found));
		buf_format(&b, "=== %.*s\n", STR(RULES_PACKS[i]));
		for (size_t k = 0; k < found.n; k++)
			buf_format(&b, "> %s %s %.*s: %.*s\n", found.v[k].level == LINT_ERROR ? "error" : "warning", found.v[k].key,
					   STR(found.v[k].rule), STR(found.v[k].text));
	}
	corpus_same("lint_packs.txt", buf_view(&b));
}

TEST(lint_knows_what_expressions_may_be)
{
	static const struct {
		const char *text;
		int64_t lo, hi;
	} OF[] = {
		{"min(value, 300) / 60", 0, 5000},
		{"value * 2 + 1", 1000, INT64_MAX},
		{"-min(pair, 3)", -3000, -1000},
		{"abs(object.net)", 0, INT64_MAX},
		{"sqrt(min(object.up, 9))", 0, 3000},
		{"1 / object.up", -INT64_MAX, INT64_MAX},
		{"10 / pair", 0, 10000},
		{"max(-value, -2)", -2000, 0},
	};
	ExprScope scope = {.file = S("x"), .line = 1, .names = EXPR_ABOUT_EVENT};
	for (size_t i = 0; i < COUNTOF(OF); i++) {
		const Expr *e;
		assert_ok(test_ctx(), expr_compile(test_ctx(), &scope, str_from(OF[i].text), EXPR_NUMBER, &e));
		Range r = expr_range(e, NULL);
		if (r.lo != OF[i].lo || r.hi != OF[i].hi)
			fail_msg("%s: %lld to %lld", OF[i].text, (long long)r.lo, (long long)r.hi);
	}
}
