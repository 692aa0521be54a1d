// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/pack.h"

#include "base/utf8.h"
#include "text/markdown.h"

#include "test.h"

#include <string.h>

static Str packed_of(Str other, Str text)
{
	Str packed = {0}, again = {0};
	assert_ok(test_ctx(), text_pack(test_ctx(), other, text, &packed));
	assert_ok(test_ctx(), text_unpack(test_ctx(), other, packed, text.n, &again));
	assert_int_equal(again.n, text.n);
	if (text.n) assert_memory_equal(again.p, text.p, text.n);
	return packed;
}

static Str html_of(Str source)
{
	SafeHtml html;
	assert_ok(test_ctx(), markdown_render(test_ctx(), source, &html));
	return html.s;
}

static Str noise(size_t n, bool text)
{
	char *p = arena_alloc(test_arena(), n + 1, 1);
	uint64_t x = 7;
	for (size_t i = 0; i < n; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		p[i] = text ? "etaoin shrdlu\n*_`"[x >> 40 & 15] : (char)(x >> 56);
	}
	return (Str){p, n};
}

TEST(pack_gives_any_text_back)
{
	Str big = noise((size_t)64 << 10, true);
	Str texts[] = {S(""),
				   S("a"),
				   S("Gr\xc3\xbc\xc3\x9f"
					 "e, \xe4\xbd\xa0\xe5\xa5\xbd \xf0\x9f\x98\x80 **fett**"),
				   S("# Title\n\n- a\n- b\n\n> quote `code` [x](https://a.example/?a=1&b=2)\n"),
				   {"\0\xff\x80", 3},
				   big,
				   noise((size_t)64 << 10, false)};
	for (size_t i = 0; i < COUNTOF(texts); i++) {
		packed_of(S(""), texts[i]);
		packed_of(texts[i], texts[i]);
		packed_of(S("<p dir=\"auto\">something else</p>\n"), texts[i]);
		packed_of(big, texts[i]);
		if (utf8_valid(texts[i])) packed_of(html_of(texts[i]), texts[i]);
	}
}

TEST(pack_of_markdown_beside_its_html_is_small)
{
	Str source = S("The kettle **whistles** since I moved to a place with hard water. I cleaned it twice:\n\n"
				   "- with vinegar, for one night;\n- with citric acid, for an hour.\n\n"
				   "Neither helped for more than a week. The filter `F-20` was changed in May, and the tap has no "
				   "softener. Is there anything else that one could try before buying another?");
	assert_true(packed_of(html_of(source), source).n * 4 < source.n);
	Str big = noise((size_t)64 << 10, true);
	assert_true(packed_of(html_of(big), big).n * 2 < packed_of(S(""), big).n);
}

TEST(pack_refuses_what_is_damaged_or_has_another_base)
{
	Ctx *cx = test_ctx();
	Str html = S("<p dir=\"auto\">The kettle whistles <em>loudly</em> at night.</p>\n"), again = {0};
	Str packed = packed_of(html, S("The kettle whistles *loudly* at night."));
	assert_status(
		cx,
		text_unpack(cx, S("<p dir=\"auto\">A kettle whistles <em>loudly</em> at night.</p>\n"), packed, 100, &again),
		ST_INTERNAL);
	assert_status(cx, text_unpack(cx, S(""), packed, 100, &again), ST_INTERNAL);
	assert_status(cx, text_unpack(cx, html, packed, 10, &again), ST_INTERNAL); // longer than allowed
	for (size_t n = 0; n < packed.n; n++)
		assert_status(cx, text_unpack(cx, html, str_sub(packed, 0, n), 100, &again), ST_INTERNAL);
	for (size_t i = 0; i < packed.n * 8; i++) {
		char *bad = arena_alloc(cx->arena, packed.n, 1);
		memcpy(bad, packed.p, packed.n);
		bad[i / 8] = (char)(bad[i / 8] ^ (1 << i % 8));
		Status st = text_unpack(cx, html, (Str){bad, packed.n}, 100, &again);
		assert_true(st != ST_OK || str_eq(again, S("The kettle whistles *loudly* at night.")));
	}
	Str huge = {arena_alloc(cx->arena, PACK_TEXT_MAX_BYTES + 1, 1), PACK_TEXT_MAX_BYTES + 1};
	assert_status(cx, text_pack(cx, html, huge, &packed), ST_TOO_LARGE);
}
