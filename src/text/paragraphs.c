// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/plain.h"

#include "base/buf.h"

static const struct {
	Str entity;
	char c;
} ENTITIES[] = {{S_INIT("&amp;"), '&'}, {S_INIT("&lt;"), '<'}, {S_INIT("&gt;"), '>'}, {S_INIT("&quot;"), '"'}};

static bool take_entity(Cursor *c, Buf *out)
{
	for (size_t i = 0; i < COUNTOF(ENTITIES); i++) {
		if (!cursor_take_str(c, ENTITIES[i].entity)) continue;
		buf_char(out, ENTITIES[i].c);
		return true;
	}
	return false;
}

bool html_to_paragraphs(Arena *a, Str html, Str *ret_source)
{
	Buf out = buf_init(a, html.n + 1, html.n + 1);
	Cursor c = cursor_of(html);
	while (!cursor_done(&c)) {
		if (out.n) buf_str(&out, S("\n\n"));
		if (!cursor_take_str(&c, S("<p dir=\"auto\">"))) return false;
		Str text;
		while (!cursor_take_str(&c, S("</p>\n"))) {
			if (cursor_until(&c, S("<&"), html.n, &text)) buf_str(&out, text);
			else if (!take_entity(&c, &out)) return false;
		}
	}
	*ret_source = buf_view(&out);
	return !out.overflow && out.n > 0;
}
