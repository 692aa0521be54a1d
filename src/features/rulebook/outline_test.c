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
				{"score", "credibility", "", "30", 5},
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

TEST(outline_shows_points_over_several_lines_whole)
{
	Sections s = rulebook_outline(test_arena(),
								  S("[[rule]]\nid = \"a\"\npoints = \"\"\"\n2 * value +\n    (if first then "
									"5\n     else 0)\"\"\"\n[[metric]]\nname = 'm'\nkind = ['posted',\n  "
									"# and\n  'commented']\nover = '91d'\n"));
	assert_int_equal(s.n, 2);
	assert_str_equal(s.v[0].gives, "2 * value + (if first then 5 else 0)");
	assert_str_equal(s.v[1].gives, "posted, commented, 91d");
	assert_int_equal(s.v[1].line, 7);
	Buf longer = buf_init(test_arena(), 4096, 4096);
	buf_z(&longer, "[[rule]]\npoints = \"1");
	for (int i = 0; i < 200; i++) buf_z(&longer, " + 1");
	buf_z(&longer, "\"\n");
	s = rulebook_outline(test_arena(), buf_view(&longer));
	assert_true(s.v[0].gives.n < 260 && str_ends(s.v[0].gives, S(" …")));
}

TEST(outline_takes_equal_values_for_equal)
{
	Sections s = rulebook_outline(
		test_arena(),
		S("[[cap]]\nname = 'a'\nmost = 1_000\nper = 'd\\ay'\n[cap_]\n[[rule]]\nid='a'\npoints=+0.50\ncap = {most "
		  "=2, per=\"day\"}\n"));
	Sections t = rulebook_outline(
		test_arena(),
		S("[[cap]] # a\nname=\"a\"\n\nmost=1000\nper = \"d\\\\ay\"\n[cap_]\n[[rule]]\nid = \"a\"\npoints = 5e-1\n"
		  "cap = { most = 2, per = 'day' }\n"));
	assert_int_equal(s.n, 3);
	for (size_t i = 0; i < s.n; i++) assert_str_equal(s.v[i].text, str_z(test_arena(), t.v[i].text));
	assert_str_equal(t.v[2].gives, "0.5");
	t = rulebook_outline(test_arena(), S("[[rule]]\nid = 'a'\npoints = '0.5'\n"));
	assert_false(str_eq(s.v[2].text, t.v[0].text)); // a text is no number
}

TEST(outline_of_what_is_no_toml_is_what_can_be_seen)
{
	static const struct {
		const char *text, *seen; // kind, id and line of each
	} ROWS[] = {
		{"[[rule\nid = \n[]\n[x\n= = =\n[[rule]]\nid = \"a", "rule  6;"},
		{"[[rule]]\nid = 'a'\npoints = \n[[cap]]\nname = 'c'\n", "rule a 1;cap c 4;"},
		{"[[rule]]\nid = 'a'\nkinds = [1,\npoints = 1\n\n[[cap]]\nname = 'c'\n", "rule a 1;cap c 6;"},
		{"# x\n[[rule]]\nid = 'a'\npoints = \"\"\"1\ntitle = 'b'\n\n[[cap]]\nname = 'c'\n\n", "rule a 2;cap c 7;"},
		{"[[rule]]\nid = 'a'\nid = 'b'\n[score.reach]\nleast = 1\n[score.reach]\n",
		 "rule a 1;score reach 4;score reach 6;"},
		{"points = ", ""},
		{"", ""},
	};
	for (size_t i = 0; i < COUNTOF(ROWS); i++) {
		Buf seen = buf_init(test_arena(), 256, 4096);
		Sections s = rulebook_outline(test_arena(), str_from(ROWS[i].text));
		for (size_t k = 0; k < s.n; k++)
			buf_format(&seen, "%.*s %.*s %d;", STR(s.v[k].kind), STR(s.v[k].id), s.v[k].line);
		assert_str_equal(buf_view(&seen), ROWS[i].seen);
	}
	Buf many = buf_init(test_arena(), 4096, 65536);
	for (int i = 0; i < RULEBOOK_SECTIONS_MAX + 9; i++) buf_z(&many, "[[cap]]\nmost = 1\n");
	Sections s = rulebook_outline(test_arena(), buf_view(&many));
	assert_int_equal(s.n, RULEBOOK_SECTIONS_MAX);
	assert_str_equal(s.v[s.n - 1].text, "most = 1\n");
	buf_z(&many, "[[");
	s = rulebook_outline(test_arena(), buf_view(&many));
	assert_int_equal(s.n, RULEBOOK_SECTIONS_MAX);
	assert_int_equal(s.v[s.n - 1].line, 2 * RULEBOOK_SECTIONS_MAX - 1);
}
