// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/markdown.h"

#include <stdio.h>

#include "test.h"

static Str render(const char *source)
{
	SafeHtml html;
	assert_ok(test_ctx(), markdown_render(test_ctx(), str_from(source), &html));
	return html.s;
}

static Str render_comment(const char *source)
{
	SafeHtml html;
	assert_ok(test_ctx(), markdown_comment_render(test_ctx(), str_from(source), &html));
	return html.s;
}

static bool holds(Str s, const char *needle)
{
	size_t at;
	return str_find(s, str_from(needle), &at);
}

TEST(markdown_writes_blocks_with_direction)
{
	assert_str_equal(render("Hello *big* **world**"), "<p>Hello <em>big</em> <strong>world</strong></p>\n");
	assert_str_equal(render("# A\n\n## B\n\n#### D"),
					 "<h3 dir=\"auto\">A</h3>\n<h4 dir=\"auto\">B</h4>\n<h6 dir=\"auto\">D</h6>\n");
	assert_str_equal(render("- a\n- b"), "<ul dir=\"auto\">\n<li>a</li>\n<li>b</li>\n</ul>\n");
	assert_str_equal(render("3. a"), "<ol dir=\"auto\" start=\"3\">\n<li>a</li>\n</ol>\n");
	assert_str_equal(render("> q\n\n---"), "<blockquote dir=\"auto\">\n<p>q</p>\n</blockquote>\n<hr>\n");
	assert_str_equal(render(""), "");
}

TEST(markdown_code_scrolls_by_keyboard)
{
	assert_str_equal(render("```c++\na < b;\n```"),
					 "<pre dir=\"auto\" tabindex=\"0\"><code class=\"language-c++\">a &lt; b;\n</code></pre>\n");
	assert_str_equal(render("    x"), "<pre dir=\"auto\" tabindex=\"0\"><code>x\n</code></pre>\n");
	assert_false(holds(render("```a\"onload=x\nx\n```"), "class="));
}

TEST(markdown_table_aligns_by_class)
{
	assert_str_equal(render("|a|b|\n|---|--:|\n|1|2|"),
					 "<div class=\"scroll\" tabindex=\"0\"><table dir=\"auto\">\n<thead>\n<tr><th>a</th>"
					 "<th class=\"align-end\">b</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td>"
					 "<td class=\"align-end\">2</td></tr>\n</tbody>\n</table></div>\n");
}

TEST(markdown_links_are_checked)
{
	assert_str_equal(render("[x](https://a.example/?a=1&b=2 \"T\")"),
					 "<p><a href=\"https://a.example/?a=1&amp;b=2\" title=\"T\" rel=\"nofollow ugc\">x</a></p>\n");
	assert_true(holds(render("see www.example.org now"), "href=\"http://www.example.org\""));
	assert_true(holds(render("mail me@example.org"), "href=\"mailto:me@example.org\""));
	assert_true(holds(render("[x](/topics/1)"), "href=\"/topics/1\""));
	const char *const bad[] = {"javascript:alert(1)",
							   "JaVaScRiPt:x",
							   "data:text/html,x",
							   "vbscript:x",
							   "&#106;avascript:x",
							   "javascript&colon;x",
							   "java&Tab;script:x",
							   "\\javascript:x",
							   "%6aavascript:x",
							   "file:///etc/passwd",
							   "&#x0;javascript:x",
							   "https:evil",
							   "https:///evil",
							   ":x",
							   "blob:x",
							   "feed:javascript:x",
							   "ｊavascript:x"};
	for (size_t i = 0; i < COUNTOF(bad); i++) {
		char source[128];
		snprintf(source, sizeof source, "[x](<%s>)", bad[i]);
		Str html = render(source);
		if (holds(html, "<a ") && !holds(html, "colon;x")) fail_msg("%s gave %.*s", bad[i], STR(html));
	}
	// Without a real colon it is a relative address, which a browser will not read as a scheme.
	assert_false(holds(render("[x](javascript&colon;x)"), "href=\"javascript:"));
}

TEST(markdown_images_are_https_only)
{
	assert_str_equal(render("![a *b* \"c\"](https://i.example/x.png 'T')"),
					 "<p><img src=\"https://i.example/x.png\" alt=\"a b &quot;c&quot;\" title=\"T\" "
					 "loading=\"lazy\"></p>\n");
	assert_str_equal(render("![](http://i.example/x.png)"),
					 "<p><a href=\"http://i.example/x.png\" rel=\"nofollow ugc\">http://i.example/x.png</a></p>\n");
	assert_str_equal(render("![alt](data:image/png;base64,AAAA)"), "<p>alt</p>\n");
	assert_str_equal(render("[![alt](http://x.example/y)](https://z.example)"),
					 "<p><a href=\"https://z.example\" rel=\"nofollow ugc\">alt</a></p>\n");
}

TEST(markdown_shows_raw_html_as_text)
{
	assert_str_equal(render("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
	assert_str_equal(render("a <b onclick=x>"), "<p>a &lt;b onclick=x&gt;</p>\n");
}

TEST(markdown_decodes_references)
{
	assert_str_equal(render("&amp; &hellip; &Omega; &#65; &#x1; &nosuchname;"),
					 "<p>&amp; \xe2\x80\xa6 \xce\xa9 A \xef\xbf\xbd &amp;nosuchname;</p>\n");
}

TEST(markdown_refuses_what_is_too_large_or_not_text)
{
	Ctx *cx = test_ctx();
	char *big = arena_alloc(cx->arena, MARKDOWN_MAX_BYTES + 1, 1);
	memset(big, 'a', MARKDOWN_MAX_BYTES + 1);
	SafeHtml html;
	assert_status(cx, markdown_render(cx, (Str){big, MARKDOWN_MAX_BYTES + 1}, &html), ST_TOO_LARGE);
	assert_string_equal(cx->field_errors[0].field, "body");
	fail_clear(cx);
	assert_status(cx, markdown_render(cx, S("a\xff"), &html), ST_INVALID);
	assert_status(cx, markdown_render(cx, S("a\xed\xa0\x80"), &html), ST_INVALID);
	assert_ok(cx, markdown_render(cx, (Str){big, MARKDOWN_MAX_BYTES}, &html));
}

TEST(markdown_bounds_nesting_and_size)
{
	Ctx *cx = test_ctx();
	const char *const units[] = {">",    "- ", "*a ", "[",  "![",  "|",    "`",  "&x;",
								 "_a_ ", "<",  "1. ", "**", "~~a", "[a](", "\\", ">\n\n"};
	for (size_t u = 0; u < COUNTOF(units); u++) {
		ArenaMark mark = arena_mark(cx->arena);
		Buf b = buf_init(cx->arena, MARKDOWN_MAX_BYTES, MARKDOWN_MAX_BYTES);
		while (b.n + 8 < MARKDOWN_MAX_BYTES) buf_z(&b, units[u]);
		SafeHtml html;
		Status st = markdown_render(cx, buf_view(&b), &html);
		assert_true(st == ST_OK || st == ST_TOO_LARGE);
		arena_rewind(cx->arena, mark);
	}
}

TEST(markdown_comment_keeps_block_marks)
{
	assert_str_equal(render_comment("# not a heading"), "<p># not a heading</p>\n");
	assert_str_equal(render_comment("1. see *this*"), "<p>1. see <em>this</em></p>\n");
	assert_str_equal(render_comment("- a\n- b"), "<p>- a - b</p>\n");
	assert_str_equal(render_comment("+1 for `x`"), "<p>+1 for <code>x</code></p>\n");
	assert_str_equal(render_comment("  \n "), "");
}
