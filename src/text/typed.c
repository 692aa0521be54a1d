// SPDX-License-Identifier: AGPL-3.0-or-later
// The HTML of markdown_render read back as the Markdown that most people would have typed for it. Older texts
// hold paragraphs and items with an attribute.
#include "text/plain.h"

#include "base/buf.h"

#define QUOTES_MAX 1 // quotes within quotes are not given back

// What stands for one piece of HTML inside a block, whether it opens or closes.
static const struct {
	Str html, typed;
} PIECES[] = {
	{S_INIT("&amp;"), S_INIT("&")},     {S_INIT("&lt;"), S_INIT("<")},       {S_INIT("&gt;"), S_INIT(">")},
	{S_INIT("&quot;"), S_INIT("\"")},   {S_INIT("<code>"), S_INIT("`")},     {S_INIT("</code>"), S_INIT("`")},
	{S_INIT("<strong>"), S_INIT("**")}, {S_INIT("</strong>"), S_INIT("**")}, {S_INIT("<em>"), S_INIT("*")},
	{S_INIT("</em>"), S_INIT("*")},     {S_INIT("<del>"), S_INIT("~~")},     {S_INIT("</del>"), S_INIT("~~")},
	{S_INIT("<br>\n"), S_INIT("  \n")},
};

static const Str LINK = S_INIT("<a href=\""), LINK_ATTRS = S_INIT("\" rel=\"nofollow ugc\">");

static bool piece(Cursor *c, Buf *out)
{
	for (size_t i = 0; i < COUNTOF(PIECES); i++) {
		if (!cursor_take_str(c, PIECES[i].html)) continue;
		buf_str(out, PIECES[i].typed);
		return true;
	}
	return false;
}

static bool link(Arena *a, Cursor *c, Buf *out);

// Text and pieces up to what ends them, which is taken too. Without an arena there are no links in it.
static bool words(Arena *a, Cursor *c, Buf *out, Str end)
{
	Str text;
	while (!cursor_take_str(c, end)) {
		if (cursor_until(c, S("<&\""), cursor_rest(c).n, &text)) buf_str(out, text);
		else if (!(a && cursor_take_str(c, LINK) ? link(a, c, out) : piece(c, out))) return false;
	}
	return true;
}

// An address by itself is linked when it is typed.
static bool is_address(Str text, Str url)
{
	return str_eq(text, url) ||
		   (str_starts(text, S("www.")) && str_starts(url, S("http://")) && str_eq(str_sub(url, 7, url.n), text)) ||
		   (str_starts(url, S("mailto:")) && str_eq(str_sub(url, 7, url.n), text));
}

static bool link(Arena *a, Cursor *c, Buf *out)
{
	size_t max = cursor_rest(c).n + 1;
	Buf url = buf_init(a, 64, max), text = buf_init(a, 64, max);
	if (!words(NULL, c, &url, LINK_ATTRS) || !words(NULL, c, &text, S("</a>"))) return false;
	bool bare = is_address(buf_view(&text), buf_view(&url));
	if (!bare) buf_char(out, '[');
	buf_str(out, buf_view(&text));
	if (bare) return true;
	buf_str(out, S("]("));
	buf_str(out, buf_view(&url));
	buf_char(out, ')');
	return !url.overflow && !text.overflow;
}

// Items of one line each; number 0: with dashes.
static bool list(Arena *a, Cursor *c, Buf *out, Str end, int64_t number)
{
	for (bool first = true; !cursor_take_str(c, end); first = false) {
		if (!cursor_take_str(c, S("<li>")) && !cursor_take_str(c, S("<li dir=\"auto\">"))) return false;
		if (!first) buf_char(out, '\n');
		if (number) buf_format(out, "%lld. ", (long long)number++);
		else buf_str(out, S("- "));
		if (!words(a, c, out, S("</li>\n"))) return false;
	}
	return true;
}

static bool ordered(Arena *a, Cursor *c, Buf *out)
{
	int64_t number = 1;
	if (cursor_take_str(c, S(" start=\"")) && (!cursor_int(c, 2, 999999999, &number) || !cursor_take(c, '"')))
		return false;
	return cursor_take_str(c, S(">\n")) && list(a, c, out, S("</ol>\n"), number);
}

static bool code(Cursor *c, Buf *out)
{
	Str language = {0};
	if (cursor_take_str(c, S(" class=\"language-")) &&
		(!cursor_until(c, S("\""), cursor_rest(c).n, &language) || !cursor_take(c, '"')))
		return false;
	if (!cursor_take(c, '>')) return false;
	buf_str(out, S("```"));
	buf_str(out, language);
	buf_char(out, '\n');
	if (!words(NULL, c, out, S("</code></pre>\n"))) return false;
	buf_str(out, S("```"));
	return true;
}

static bool heading(Arena *a, Cursor *c, Buf *out)
{
	int64_t level;
	if (!cursor_int(c, 3, 6, &level) || !cursor_take_str(c, S(" dir=\"auto\">"))) return false;
	buf_mem(out, "####", (size_t)level - 2);
	buf_char(out, ' ');
	Str end = str_format(a, "</h%d>\n", (int)level);
	return words(a, c, out, end);
}

static bool blocks(Arena *a, Cursor *c, Buf *out, Str end, int quotes);

static bool quote(Arena *a, Cursor *c, Buf *out, int quotes)
{
	Buf inner = buf_init(a, 256, cursor_rest(c).n + 1);
	if (quotes == QUOTES_MAX || !blocks(a, c, &inner, S("</blockquote>\n"), quotes + 1) || inner.overflow) return false;
	for (Str rest = buf_view(&inner), text; rest.p && rest.n;) {
		size_t before = rest.n;
		rest = str_cut(rest, '\n', &text);
		if (before != inner.n) buf_char(out, '\n');
		buf_str(out, text.n ? S("> ") : S(">"));
		buf_str(out, text);
	}
	return true;
}

static bool block(Arena *a, Cursor *c, Buf *out, int quotes)
{
	if (cursor_take_str(c, S("<p>")) || cursor_take_str(c, S("<p dir=\"auto\">"))) return words(a, c, out, S("</p>\n"));
	if (cursor_take_str(c, S("<ul dir=\"auto\">\n"))) return list(a, c, out, S("</ul>\n"), 0);
	if (cursor_take_str(c, S("<ol dir=\"auto\""))) return ordered(a, c, out);
	if (cursor_take_str(c, S("<pre dir=\"auto\" tabindex=\"0\"><code"))) return code(c, out);
	if (cursor_take_str(c, S("<blockquote dir=\"auto\">\n"))) return quote(a, c, out, quotes);
	if (cursor_take_str(c, S("<h"))) return heading(a, c, out);
	return false;
}

static bool blocks(Arena *a, Cursor *c, Buf *out, Str end, int quotes)
{
	for (bool first = true; end.n ? !cursor_take_str(c, end) : !cursor_done(c); first = false) {
		if (!first) buf_str(out, S("\n\n"));
		if (cursor_done(c) || !block(a, c, out, quotes)) return false;
	}
	return true;
}

bool html_to_markdown(Arena *a, Str html, Str *ret_source)
{
	Buf out = buf_init(a, html.n + 1, html.n * 2 + 64);
	Cursor c = cursor_of(html);
	bool whole = blocks(a, &c, &out, str_none(), 0);
	*ret_source = buf_view(&out);
	return whole && !out.overflow && out.n > 0;
}
