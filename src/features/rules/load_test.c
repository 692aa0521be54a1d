// SPDX-License-Identifier: AGPL-3.0-or-later
#include <stdio.h>

#include "rules/corpus_testkit.h"
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

// Line and reason, or "ok".
static bool case_holds(const CorpusCase *c)
{
	Ruleset *rules = NULL;
	Str want = str_trim(str_sub(c->expected, 1, c->expected.n)), line_text;
	fail_clear(test_ctx());
	Status st = rules_parse(test_ctx(), c->toml, S("case"), &rules);
	Str got = st == ST_OK ? S("ok") : test_ctx()->fail_text;
	int64_t line = 0;
	size_t i;
	bool holds = str_eq(want, got);
	if (!str_eq(want, S("ok"))) {
		Str why = str_trim(str_cut(want, ':', &line_text));
		assert_true(str_int(line_text, 1, 10000, &line));
		Str at = str_format(test_arena(), "case:%d:", (int)line + (c->raw ? 0 : CORPUS_HEAD_LINES));
		holds = st == ST_INVALID && str_starts(got, at) && str_find(got, why, &i);
	}
	if (!holds) print_error("%.*s: want %.*s\n  got %.*s\n", STR(c->name), STR(want), STR(got));
	return holds;
}

TEST(rules_errors_name_line_and_reason)
{
	Str text = corpus_read("errors.txt");
	CorpusCase c;
	size_t n = 0, held = 0;
	for (; corpus_next(&text, &c); n++) held += case_holds(&c);
	assert_int_equal(held, n);
	assert_true(n >= 80);
}

TEST(rules_too_many_of_anything_is_refused)
{
	static const struct {
		const char *head, *each;
		int most;
	} MANY[] = {
		{"", "[[rule]]\nid = \"r%d\"\non = \"joined\"\nscore = \"reach\"\npoints = 1\n", RULES_MAX},
		{"", "[[cap]]\nname = \"c%d\"\nper = \"day\"\nmost = 1\n", CAPS_MAX},
		{"", "[metric.m%d]\ncount = \"posted\"\n", METRICS_MAX},
		{"", "[[rank]]\nname = \"r%d\"\norder = %d\nwhen = 'true'\n", RANKS_MAX},
		{"", "[[badge]]\nid = \"b%d\"\nname = \"B\"\nwhen = 'true'\n", BADGES_MAX},
	};
	for (size_t k = 0; k < COUNTOF(MANY); k++) {
		for (int more = 0; more < 2; more++) {
			Buf b = buf_init(test_arena(), 4096, RULES_FILE_MAX_BYTES);
			buf_z(&b, "ruleset = {name = \"t\", version = 1}\n");
			if (k) buf_z(&b, "rule = [{id = \"r\", on = \"joined\", score = \"reach\", points = 1}]\n");
			for (int i = 0; i < MANY[k].most + more; i++) {
				char each[200];
				snprintf(each, sizeof each, "%s", MANY[k].each);
				for (char *at; (at = strstr(each, "%d"));) {
					char rest[200], number[12];
					snprintf(rest, sizeof rest, "%s", at + 2);
					snprintf(number, sizeof number, "%d", i);
					snprintf(at, sizeof each - (size_t)(at - each), "%s%s", number, rest);
				}
				buf_z(&b, each);
			}
			Ruleset *rules;
			Status st = rules_parse(test_ctx(), buf_view(&b), S("many"), &rules);
			if (st != (more ? ST_INVALID : ST_OK))
				fail_msg("case %zu, %d more: %.*s", k, more, STR(test_ctx()->fail_text));
		}
	}
}

static uint64_t hash_of(const char *toml)
{
	Ruleset *rules = NULL;
	assert_ok(test_ctx(), rules_parse(test_ctx(), str_from(toml), S("hash"), &rules));
	return rules->hash;
}

#define HEAD "ruleset = {name = \"t\", version = 1}\n"
TEST(rules_hash_is_of_what_decides)
{
	uint64_t h = hash_of(
		HEAD "[[rule]]\nid = \"a\"\non = [\"posted\", \"edited\"]\nscore = \"reach\"\npoints = 'value * 2'\n");
	// Comments, white space, order of keys and of kinds, parentheses, texts for people and the version are nothing.
	assert_true(
		h ==
		hash_of("# why\n[ruleset]\nversion = 2\nname = \"other\"\n[[rule]]\ndoc = \"Words.\"\npoints = '(value)*2'\n"
				"score = 'reach'\non = [\"edited\", \"posted\"]\nid = 'a'\n"));
	assert_true(
		h !=
		hash_of(HEAD "[[rule]]\nid = \"a\"\non = [\"posted\", \"edited\"]\nscore = \"reach\"\npoints = 'value * 3'\n"));
	assert_true(h !=
				hash_of(HEAD "[[rule]]\nid = \"a\"\non = [\"posted\"]\nscore = \"reach\"\npoints = 'value * 2'\n"));
	assert_true(h != hash_of(HEAD
							 "[score.reach]\nstart = 1\n[[rule]]\nid = \"a\"\non = [\"posted\", \"edited\"]\nscore = "
							 "\"reach\"\npoints = 'value * 2'\n"));
	// It is stored beside results: the same until the engine reads rules otherwise (RULES_ENGINE).
	assert_int_equal(h, 0x2f65834f5f969b62);
}

TEST(rules_packs_pay_what_they_say)
{
	static const struct {
		const char *pack, *rule;
		int64_t points;
	} PAY[] = {
		{"stackexchange", "question-up", 5},
		{"stackexchange", "answer-up", 10},
		{"stackexchange", "down", -2},
		{"stackexchange", "accepted", 15},
		{"stackexchange", "accepting", 2},
		{"khoros-default", "thread", 1},
		{"khoros-default", "reply", 2},
		{"khoros-default", "comment", 1},
		{"khoros-default", "solution", 15},
		{"khoros-default", "kudos-given", 2},
		{"khoros-default", "kudos-received", 4},
		{"discourse", "like-received", 1},
		{"discourse", "like-given", 1},
		{"discourse", "solution", 10},
		{"discourse", "topic", 5},
		{"discourse", "post", 2},
		{"question2answer", "ask", 20},
		{"question2answer", "answer", 40},
		{"question2answer", "selected", 300},
		{"question2answer", "select", 30},
		{"noisiest", "wrote", 1},
		{"support-default", "solution", 15},
	};
	for (size_t i = 0; i < COUNTOF(PAY); i++) {
		Ruleset *r;
		assert_ok(test_ctx(), rules_pack(test_ctx(), str_from(PAY[i].pack), &r));
		const Rule *rule = NULL;
		for (size_t k = 0; k < r->rules_n; k++)
			if (str_eq(r->rules[k].id, str_from(PAY[i].rule))) rule = &r->rules[k];
		assert_non_null(rule);
		assert_true(rule->points->constant);
		assert_int_equal(rule->points->ops[0].number, PAY[i].points * RULE_UNIT);
	}
}

// The kudos of one answer come to 10 times the root of their balance, whichever way it went, and 2 less for each down-vote.
TEST(rules_support_default_kudos_telescope)
{
	Ruleset *r;
	assert_ok(test_ctx(), rules_pack(test_ctx(), S("support-default"), &r));
	const Expr *up = NULL, *down = NULL;
	for (size_t k = 0; k < r->rules_n; k++) {
		if (str_eq(r->rules[k].id, S("kudos"))) up = r->rules[k].points;
		if (str_eq(r->rules[k].id, S("down"))) down = r->rules[k].points;
	}
	int64_t net = 0, sum = 0, downs = 0;
	for (uint32_t i = 0, z = 7; i < 2000; i++) {
		z = z * 1664525u + 1013904223u;
		bool is_up = z >> 30 != 0;
		net += is_up ? 1 : -1;
		downs += !is_up;
		int64_t vars[EVENT_VARS_N] = {[EVENT_NET] = net * RULE_UNIT};
		sum += expr_eval(is_up ? up : down, vars);
		assert_int_equal(sum, 10 * rule_isqrt(net * RULE_UNIT) - 2 * RULE_UNIT * downs);
	}
}

// The example of docs/reputation-rules.md is a rule file, and a good one.
TEST(rules_manual_has_a_working_example)
{
	Str text = corpus_read("../../../../docs/reputation-rules.md");
	size_t from, to;
	assert_true(str_find(text, S("```toml\n"), &from));
	text = str_sub(text, from + 8, text.n);
	assert_true(str_find(text, S("```\n"), &to));
	Ruleset *rules;
	LintFindings found;
	assert_ok(test_ctx(), rules_parse(test_ctx(), str_sub(text, 0, to), S("docs"), &rules));
	assert_ok(test_ctx(), rules_lint(test_ctx(), rules, &found));
	for (size_t i = 0; i < found.n; i++) fail_msg("line %d: %.*s", found.v[i].line, STR(found.v[i].text));
	assert_int_equal(rules->rules_n + rules->metrics_n + rules->ranks_n + rules->badges_n, 5);
}
