// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/markdown.h"
#include "text/plain.h"

#include "test.h"

static bool comes_back(const char *source)
{
	SafeHtml html;
	Str again;
	assert_ok(test_ctx(), markdown_render(test_ctx(), str_from(source), &html));
	return html_to_paragraphs(test_arena(), html.s, &again) && str_eq(again, str_from(source));
}

TEST(paragraphs_come_back_from_their_html)
{
	assert_true(comes_back("One line."));
	assert_true(comes_back("Two lines\nof one paragraph.\n\nAnd a second, with \"quotes\", <angles> & an ampersand."));
	assert_true(comes_back("\xd8\xa7\xd9\x84\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85"));
}

TEST(paragraphs_with_markup_do_not)
{
	const char *const sources[] = {"*so*",       "- a\n- b",  "# head",   "a  \nb", "&amp;", "https://example.com/",
								   "trailing\n", "\n\nfront", "a\n\n\nb", "1. x",   "\\*"};
	for (size_t i = 0; i < COUNTOF(sources); i++)
		if (comes_back(sources[i])) fail_msg("%s", sources[i]);
}
