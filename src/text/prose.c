// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/prose.h"

#include "base/buf.h"
#include "text/plain.h"

#define FORMULA_MAX_BYTES 400 // what is further apart is money

static const Str SKIPPED[] = {S_INIT("pre"), S_INIT("code"), S_INIT("blockquote")};
static const Str BLOCKS[] = {S_INIT("p"),  S_INIT("li"), S_INIT("h1"), S_INIT("h2"), S_INIT("h3"), S_INIT("h4"),
							 S_INIT("h5"), S_INIT("h6"), S_INIT("td"), S_INIT("th"), S_INIT("dd"), S_INIT("dt")};

static bool one_of(Str name, const Str *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(name, v[i])) return true;
	return false;
}

static Str tag_name(Str inside)
{
	Str name;
	if (str_starts(inside, S("/"))) inside = str_sub(inside, 1, inside.n);
	(void)str_cut(inside, ' ', &name);
	return name;
}

// The HTML without what is skipped. Depth counts all three kinds together: they nest properly.
static Str without_code(Arena *a, Str html)
{
	Buf b = buf_init(a, html.n + 16, html.n * 4 + 64);
	size_t depth = 0;
	while (html.n) {
		Str text, inside, rest = str_cut(html, '<', &text);
		if (!depth) buf_str(&b, text);
		if (!rest.p) break;
		html = str_cut(rest, '>', &inside);
		Str name = tag_name(inside);
		bool closes = str_starts(inside, S("/")), skipped = one_of(name, SKIPPED, COUNTOF(SKIPPED));
		if (skipped && !closes) depth++;
		else if (skipped && depth) depth--;
		if (skipped || (closes && !depth && one_of(name, BLOCKS, COUNTOF(BLOCKS)))) buf_str(&b, S(" . "));
		if (depth || skipped) continue;
		buf_char(&b, '<');
		buf_str(&b, inside);
		buf_char(&b, '>');
	}
	return buf_view(&b);
}

// $…$ and $$…$$ of one paragraph.
static Str without_formulas(Arena *a, Str text)
{
	Buf b = buf_init(a, text.n + 16, text.n * 2 + 64);
	while (text.n) {
		Str before, formula, rest = str_cut(text, '$', &before);
		buf_str(&b, before);
		if (!rest.p) break;
		bool two = str_starts(rest, S("$"));
		if (two) rest = str_sub(rest, 1, rest.n);
		Str after = str_cut(rest, '$', &formula);
		if (!after.p || formula.n > FORMULA_MAX_BYTES) {
			buf_char(&b, '$');
			text = rest;
			continue;
		}
		buf_str(&b, S(" . "));
		text = two && str_starts(after, S("$")) ? str_sub(after, 1, after.n) : after;
	}
	return buf_view(&b);
}

Str html_prose(Arena *a, Str html, size_t max_bytes)
{
	return without_formulas(a, html_plain(a, without_code(a, html), max_bytes));
}
