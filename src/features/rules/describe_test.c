// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules/corpus_testkit.h"
#include "test.h"

static Str described(const Ruleset *rules)
{
	static const char *const PARTS[] = {"intro", "rule", "limit", "fading", "rank", "badge", "guard"};
	Sentences s;
	assert_ok(test_ctx(), rules_describe(test_ctx(), rules, &s));
	Buf b = buf_init(test_arena(), 4096, 1 << 20);
	for (size_t i = 0; i < s.n; i++) {
		assert_true(s.v[i].text.n > 0 && s.v[i].text.p[s.v[i].text.n - 1] == '.');
		buf_format(&b, "%s %.*s: %.*s\n", PARTS[s.v[i].part], STR(s.v[i].id), STR(s.v[i].text));
	}
	return buf_view(&b);
}

TEST(describe_support_default)
{
	Ruleset *rules;
	assert_ok(test_ctx(), rules_pack(test_ctx(), S("support-default"), &rules));
	corpus_same("describe_support_default.txt", described(rules));
}

TEST(describe_stackexchange)
{
	Ruleset *rules;
	assert_ok(test_ctx(), rules_pack(test_ctx(), S("stackexchange"), &rules));
	corpus_same("describe_stackexchange.txt", described(rules));
}

// Whatever the rules are, there are sentences, and none of them has a word of the language in it.
TEST(describe_leaves_no_jargon)
{
	static const Str JARGON[] = {S_INIT("object."), S_INIT("thread."), S_INIT("_"),
								 S_INIT("&&"),      S_INIT("=="),      S_INIT("lcb")};
	for (size_t i = 0; i < RULES_PACKS_N; i++) {
		Ruleset *rules;
		size_t at;
		assert_ok(test_ctx(), rules_pack(test_ctx(), RULES_PACKS[i], &rules));
		Sentences s;
		assert_ok(test_ctx(), rules_describe(test_ctx(), rules, &s));
		assert_true(s.n >= rules->rules_n + rules->ranks_n + rules->badges_n);
		for (size_t k = 0; k < s.n; k++)
			for (size_t j = 0; j < COUNTOF(JARGON); j++)
				if (str_find(s.v[k].text, JARGON[j], &at)) fail_msg("%.*s", STR(s.v[k].text));
	}
}
