// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes: Markdown ends in an error or in HTML that the sanitiser's reader takes; never in a script.
#include "text/markdown.h"
#include "text/plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(Arena) arena = arena_new(ARENA_CAP_BYTES);
	Ctx cx = {.arena = arena};
	SafeHtml html;
	size_t at;
	Str source = {(const char *)data, size};
	if (markdown_render(&cx, source, &html) == ST_OK) {
		BUG_IF(!utf8_valid(html.s));
		BUG_IF(str_find(html.s, S("<script"), &at) || str_find(html.s, S("=\"javascript:"), &at));
		BUG_IF(!utf8_valid(html_plain(arena, html.s, 200)));
		Str typed;
		if (html_to_markdown(arena, html.s, &typed)) BUG_IF(!utf8_valid(typed));
	}
	if (markdown_comment_render(&cx, source, &html) == ST_OK) BUG_IF(!utf8_valid(html.s));
	return 0;
}
