// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/markdown.h"
#include "text/plain.h"

#include "test.h"

static bool comes_back(const char *source)
{
	SafeHtml html;
	Str again;
	assert_ok(test_ctx(), markdown_render(test_ctx(), str_from(source), &html));
	return html_to_markdown(test_arena(), html.s, &again) && str_eq(again, str_from(source));
}

TEST(markdown_as_most_type_it_comes_back_from_its_html)
{
	const char *const sources[] = {
		"One line.",
		"Two lines\nof one paragraph.\n\nAnd a second, with \"quotes\", <angles> & an ampersand.",
		"\xd8\xa7\xd9\x84\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85",
		"*so* and **so**, `code & <b>`, ~~gone~~, **bold *and* so**",
		"a  \nb",
		"# head\n\n## less\n\n### least\n\n#### last",
		"- a\n- **b** & c\n- `d`",
		"before\n\n1. x\n2. y\n\n3 behind",
		"7. seven\n8. eight",
		"```\nx < 1 && y\n  z\n```",
		"```c++\nint main;\n```\n\nso it is",
		"> said\n> twice\n>\n> **and** more\n\nno",
		"> - a\n> - b",
		"https://example.com/?a=1&b=2 and www.example.com and me@example.com",
		"[the *page*](https://example.com/a?b=c&d=e)",
	};
	for (size_t i = 0; i < COUNTOF(sources); i++)
		if (!comes_back(sources[i])) fail_msg("%s", sources[i]);
}

// These are kept beside their HTML (text/pack.h).
TEST(what_can_be_typed_in_several_ways_does_not)
{
	const char *const sources[] = {"_so_",
								   "* a\n* b",
								   "head\n====",
								   "&amp;",
								   "trailing\n",
								   "\n\nfront",
								   "a\n\n\nb",
								   "1) x",
								   "\\*",
								   "- a\n\n- b",
								   "- a\n  - b",
								   "a:\n- b",
								   "    code",
								   "~~~\nx\n~~~",
								   "> > deep",
								   "***",
								   "![a](https://example.com/a.png)",
								   "[a](https://example.com/ \"title\")",
								   "| a | b |\n|---|---|\n| 1 | 2 |",
								   "<https://example.com/>",
								   "##### fifth"};
	for (size_t i = 0; i < COUNTOF(sources); i++)
		if (comes_back(sources[i])) fail_msg("%s", sources[i]);
}

TEST(other_html_and_cut_html_give_nothing)
{
	SafeHtml html;
	Str again;
	assert_ok(
		test_ctx(),
		markdown_render(test_ctx(), S("> [a](https://example.com/) **b**\n\n1. x\n\n```c\ny\n```\n\n# z"), &html));
	assert_true(html_to_markdown(test_arena(), html.s, &again));
	for (size_t n = 0; n < html.s.n; n++) {
		Str part = str_sub(html.s, 0, n);
		Str whole;
		if (html_to_markdown(test_arena(), part, &whole)) assert_true(whole.n < again.n && str_starts(again, whole));
	}
	assert_true(html_to_markdown(test_arena(), S("<p dir=\"auto\">of old</p>\n"), &again));
	assert_str_equal(again, "of old");
	assert_true(html_to_markdown(test_arena(), S("<ul dir=\"auto\">\n<li dir=\"auto\">too</li>\n</ul>\n"), &again));
	assert_str_equal(again, "- too");
	assert_false(html_to_markdown(test_arena(), S("<div>x</div>\n"), &again));
	assert_false(html_to_markdown(test_arena(), S("<script>x</script>"), &again));
}
