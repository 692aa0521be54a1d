// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/prose.h"

#include "test.h"

#define PROSE(html) html_prose(test_arena(), S(html), 1000)

TEST(prose_is_what_somebody_says)
{
	assert_str_equal(PROSE("<p>It <em>works</em>.</p><p>Thanks</p>"), "It works. . Thanks .");
	assert_str_equal(PROSE("<p>Run <code>a &lt; b</code> twice</p>"), "Run . . twice .");
	assert_str_equal(PROSE("<blockquote><p>he said</p><blockquote><p>x</p></blockquote></blockquote><p>I say</p>"),
					 ". . . . I say .");
	assert_str_equal(PROSE("<pre><code>x\ny</code></pre>"), ". . . .");
	assert_str_equal(PROSE("<p>the state $|0\\rangle$ and $$\\sum$$ it</p>"), "the state  .  and  .  it .");
	assert_str_equal(PROSE("<p>costs $5 today</p>"), "costs $5 today .");
	assert_str_equal(PROSE(""), "");
}

TEST(prose_of_broken_html_ends)
{
	static const char *const BROKEN[] = {"<",    "</", "<pre", "<pre>",    "</code>x", "<blockquote>a",
										 "a $$", "$",  "$$$",  "<p>$</p>$"};
	for (size_t i = 0; i < COUNTOF(BROKEN); i++)
		assert_true(html_prose(test_arena(), str_from(BROKEN[i]), 1000).n < 40);
}
