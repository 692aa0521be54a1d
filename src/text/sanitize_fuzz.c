// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes: the sanitiser ends in an error or in HTML that a second pass leaves as it is (but for white space, and for
// headings, which move down), so that what we wrote and what a parser reads are the same tree. And the quick reader of plain
// HTML makes the tree that gumbo makes, or none.
#include "text/plain.h"
#include "text/sanitize.h"
#include "text/tree_test_kit.h"

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static bool same_but_spaces(Str a, Str b)
{
	size_t i = 0, j = 0;
	for (;; i++, j++) {
		while (i < a.n && is_space(a.p[i])) i++;
		while (j < b.n && is_space(b.p[j])) j++;
		if (i == a.n || j == b.n) return i == a.n && j == b.n;
		if (a.p[i] != b.p[j]) return false;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(Arena) arena = arena_new(ARENA_CAP_BYTES);
	Ctx cx = {.arena = arena};
	SafeHtml once, twice;
	size_t at;
	bool quick;
	BUG_IF(!tree_agrees(utf8_repair(arena, (Str){(const char *)data, size}), &quick));
	if (html_sanitize(&cx, (Str){(const char *)data, size}, S("https://a.example/b"), &once) != ST_OK) return 0;
	BUG_IF(!utf8_valid(once.s));
	BUG_IF(str_find(once.s, S("<script"), &at));
	BUG_IF(str_find(once.s, S(" href=\"javascript:"), &at) ||
		   str_find(once.s, S(" src=\"javascript:"), &at)); // alt is text
	BUG_IF(!utf8_valid(html_plain(arena, once.s, 200)));
	bool headings = str_find(once.s, S("<h3"), &at) || str_find(once.s, S("<h4"), &at) ||
					str_find(once.s, S("<h5"), &at);
	if (headings || html_sanitize(&cx, once.s, S("https://a.example/b"), &twice) != ST_OK) return 0;
	BUG_IF(!same_but_spaces(once.s, twice.s));
	return 0;
}
