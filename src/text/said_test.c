// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/said.h"

#include "test.h"

TEST(said_without_the_words_of_others)
{
	static const struct {
		const char *html, *said;
	} OF[] = {
		{"<p>It works.</p>", "It works."},
		{"<blockquote><p>I hate it</p><blockquote><p>No</p></blockquote></blockquote><p>Why?</p>", "Why?"},
		{"<p>See:</p><pre><code>fatal error</code></pre><p>What now?</p>", "See: What now?"},
		{"<p>Open</p><blockquote><p>never closed", "Open"},
		{"<p>Stray</blockquote></p>", "Stray"},
		{"", ""},
	};
	for (size_t i = 0; i < COUNTOF(OF); i++)
		assert_str_equal(text_said(test_arena(), str_none(), str_from(OF[i].html)), OF[i].said);
	assert_str_equal(text_said(test_arena(), S("Title"), S("<p>Body</p>")), "Title\nBody");
}
