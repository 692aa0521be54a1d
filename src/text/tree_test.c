// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"
#include "text/tree_test_kit.h"

static void check(const char *html, bool want_quick)
{
	bool quick;
	bool same = tree_agrees(str_from(html), &quick);
	if (!same) fail_msg("another tree than gumbo's: %s", html);
	if (quick != want_quick) fail_msg("%s: %s", quick ? "read quickly" : "not read quickly", html);
}

TEST(plain_posts_are_read_quickly)
{
	static const char *const POSTS[] = {
		"<p>one</p>",
		"<p>one <code>a &lt; b &amp;&amp; c</code> <strong>two <em>three</em></strong></p>\n\n<p>four</p>\n",
		"<p><a href=\"https://a.example/?b=1&amp;c=2\" title=\"it&#39;s\" rel=\"nofollow\">there</a></p>",
		"<pre><code>\nx &gt; 1\n</code></pre>",
		"<pre>\n\nfirst line is dropped</pre>",
		"<ul>\n<li>one</li>\n<li><p>two</p>\n<ol>\n<li>three</li>\n</ol></li>\n</ul>",
		"<blockquote>\n  <p>said</p>\n</blockquote>\n<hr>\n<h2>heading <sub>x</sub></h2>",
		"<p><img src=\"/a.png\" alt=\"a\" /><br><br/></p>",
		"words alone & no tags",
		"  \n",
		"<b><p>a block in bold</p></b> and on",
		"<p>Grüße, Привет, 日本語, U+1F600 \xf0\x9f\x98\x80</p>",
	};
	for (size_t i = 0; i < COUNTOF(POSTS); i++) check(POSTS[i], true);
}

TEST(what_a_parser_would_change_is_left_to_it)
{
	static const char *const ODD[] = {
		"",
		"<p>one<p>two</p>",
		"<p>one",
		"one</p>",
		"<p><ul><li>x</li></ul></p>",
		"<p><b>one</p></b>",
		"<b><b>twice</b></b>",
		"<a href=\"x\"><em><a href=\"y\">in a link</a></em></a>",
		"<li>without a list</li>",
		"<ul><b><li>in bold</li></b></ul>",
		"<h1><h2>x</h2></h1>",
		"<P>large</P>",
		"<div>unknown</div>",
		"<table><tr><td>x</td></tr></table>",
		"<script>alert(1)</script>",
		"<!-- note --><p>x</p>",
		"<p>&nbsp;&copy;</p>",
		"<p>&#0;&#x41;</p>",
		"<p>&lt</p>",
		"<p>AT&T</p>",
		"<a href=x>bare value</a>",
		"<a href='x'>single quotes</a>",
		"<a href=\"x\"title=\"y\">no space</a>",
		"<a href=\"x\" href=\"y\">twice</a>",
		"<a href>no value</a>",
		"<a href=\"x",
		"<p/>x</p>",
		"a < b",
		"<p>carriage\rreturn</p>",
		"<p>\x01 \x7f</p>",
		"<p>\xc2\x85 \xef\xb7\x90 \xef\xbf\xbf \xf0\x9f\xbf\xbf</p>",
		"<p>x</p",
		"<",
		"</",
	};
	for (size_t i = 0; i < COUNTOF(ODD); i++) check(ODD[i], false);
}

// Random posts of pieces that fit together often enough.
TEST(any_post_read_quickly_is_what_gumbo_reads)
{
	static const char *const PIECES[] = {
		"<p>",
		"</p>",
		"<p>x</p>",
		"<code>",
		"</code>",
		"<em>",
		"</em>",
		"<ul>",
		"</ul>",
		"<li>",
		"</li>",
		"<pre>",
		"</pre>",
		"\n",
		"<blockquote>",
		"</blockquote>",
		"<h1>",
		"</h1>",
		"<br>",
		"<hr>",
		" x ",
		"&amp;",
		"&",
		"<a href=\"u\">",
		"</a>",
		"<b>y</b>",
		"<i>",
		"</i>",
		"é",
		"&#39;",
		"<sup>2</sup>",
		"<img src=\"a\">",
		"<strong>",
		"</strong>",
		"<ol><li>",
		"</li></ol>",
		"<pre>\n",
		"\t",
		"</ p>",
		"<s>z</s >",
	};
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	uint64_t seed = 7;
	size_t quick_n = 0;
	for (int round = 0; round < 60000; round++) {
		ArenaMark mark = arena_mark(a);
		Buf b = buf_init(a, 256, 4096);
		const char *open[12] = {0};
		size_t depth = 0;
		for (int i = 0; i < 3 + round % 14; i++) {
			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			static const char *const NESTED[] = {"p", "code", "em", "ul", "li", "blockquote", "strong", "ol"};
			size_t r = (size_t)(seed >> 33);
			if (r % 3 == 0) {
				buf_z(&b, PIECES[r / 3 % COUNTOF(PIECES)]);
			} else if (r % 3 == 1 && depth < COUNTOF(open)) {
				open[depth] = NESTED[r / 3 % COUNTOF(NESTED)];
				buf_format(&b, "<%s>", open[depth++]);
			} else if (depth) {
				buf_format(&b, "</%s>", open[--depth]);
			}
		}
		while (depth) buf_format(&b, "</%s>", open[--depth]);
		bool quick;
		if (!tree_agrees(buf_view(&b), &quick)) fail_msg("another tree than gumbo's: %.*s", STR(buf_view(&b)));
		quick_n += quick;
		arena_rewind(a, mark);
	}
	assert_true(quick_n > 3000); // else nothing was shown
}
