// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rulebook/outline.h"

#include "test.h"

static const char NOW[] = "# remarks\n[ruleset]\nname = \"mine\"\n\n[score.credibility]\nhalf_life_days = 30 # "
						  "days\n\n[[cap]]\nname = \"a-day\"\n"
						  "title = \"A day\"\nmost = 20\nper = \"day\"\n\n[[rule]]\nid = \"solution\"\ntitle = "
						  "'Solutions'\nscore = \"credibility\"\n"
						  "points = 15\n\n[[rule]]\nid = \"kudos\"\nscore = \"credibility\"\npoints = \"2 * value\"\n";

TEST(outline_of_rules_has_headings_and_what_they_give)
{
	Sections s = rulebook_outline(test_arena(), str_from(NOW));
	static const struct {
		const char *kind, *id, *title, *gives;
		int line;
	} WANT[] = {{"ruleset", "mine", "mine", "mine", 2},
				{"score", "credibility", "", "30 # days", 5},
				{"cap", "a-day", "A day", "20, day", 8},
				{"rule", "solution", "Solutions", "15", 14},
				{"rule", "kudos", "", "2 * value", 20}};
	assert_int_equal(s.n, COUNTOF(WANT));
	for (size_t i = 0; i < s.n; i++) {
		assert_str_equal(s.v[i].kind, WANT[i].kind);
		assert_str_equal(s.v[i].id, WANT[i].id);
		assert_str_equal(s.v[i].title, WANT[i].title);
		assert_str_equal(s.v[i].gives, WANT[i].gives);
		assert_int_equal(s.v[i].line, WANT[i].line);
	}
	assert_str_equal(s.v[3].score, "credibility");
}

TEST(outline_tells_what_changed_from_what_only_looks_different)
{
	Sections now = rulebook_outline(test_arena(), str_from(NOW));
	Sections then = rulebook_outline(
		test_arena(), S("[[rule]]\n  id = \"kudos\"\n# said anew\nscore = \"credibility\"\n\n\npoints = \"2 * value\"\n"
						"[[rule]]\nid = \"solution\"\ntitle = 'Solutions'\nscore = \"credibility\"\npoints = "
						"16\n[[rule]]\nid = \"new\"\n"));
	assert_int_equal(then.n, 3);
	assert_str_equal(rulebook_section(&now, &then.v[0])->text,
					 str_z(test_arena(), then.v[0].text)); // and at another place
	assert_false(str_eq(rulebook_section(&now, &then.v[1])->text, then.v[1].text));
	assert_null(rulebook_section(&now, &then.v[2]));
	assert_null(rulebook_section(&then, &now.v[2]));
}

TEST(outline_of_what_is_no_toml_is_what_can_be_seen)
{
	Sections s = rulebook_outline(test_arena(), S("[[rule\nid = \n[]\n[x\n= = =\n[[rule]]\nid = \"a"));
	assert_int_equal(s.n, 1);
	assert_str_equal(s.v[0].kind, "rule");
	assert_str_equal(s.v[0].id, "\"a");
	assert_int_equal(rulebook_outline(test_arena(), str_none()).n, 0);
	Buf many = buf_init(test_arena(), 4096, 65536);
	for (int i = 0; i < RULEBOOK_SECTIONS_MAX + 9; i++) buf_z(&many, "[[cap]]\nmost = 1\n");
	s = rulebook_outline(test_arena(), buf_view(&many));
	assert_int_equal(s.n, RULEBOOK_SECTIONS_MAX);
	assert_str_equal(s.v[s.n - 1].text, "most = 1\n");
}
