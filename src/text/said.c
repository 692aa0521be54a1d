// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/said.h"

#include "text/plain.h"

// Leaves out <tag …>…</tag> with what is inside; the same tag may be nested.
static Str without(Arena *a, Str html, Str open, Str close)
{
	size_t at, end;
	if (!str_find(html, open, &at)) return html;
	Buf b = buf_init(a, html.n + 1, html.n + 1);
	int depth = 0;
	while (html.n) {
		bool opens = str_find(html, open, &at), closes = depth && str_find(html, close, &end);
		if (!opens && !closes) break;
		bool first_closes = closes && (!opens || end < at);
		size_t next = first_closes ? end : at;
		if (!depth) buf_str(&b, str_sub(html, 0, next));
		depth += first_closes ? -1 : 1;
		html = str_sub(html, next + (first_closes ? close.n : open.n), html.n);
	}
	if (!depth) buf_str(&b, html);
	return buf_view(&b);
}

Str text_said(Arena *a, Str title, Str html)
{
	html = without(a, html, S("<pre"), S("</pre>"));
	html = without(a, html, S("<blockquote"), S("</blockquote>"));
	Str plain = html_plain(a, html, SAID_MAX_BYTES);
	return title.n ? str_format(a, "%.*s\n%.*s", STR(title), STR(plain)) : plain;
}
