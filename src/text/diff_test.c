// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/diff.h"

#include "test.h"
#include "text/markup.h"

static Str without(Str html, Str open, Str close)
{
	Buf b = buf_init(test_arena(), html.n + 1, html.n + 1);
	size_t at;
	while (str_find(html, open, &at)) {
		buf_str(&b, str_sub(html, 0, at));
		html = str_sub(html, at, html.n);
		assert_true(str_find(html, close, &at));
		html = str_sub(html, at + close.n, html.n);
	}
	buf_str(&b, html);
	return buf_view(&b);
}

static Str without_all(Str html, Str tag)
{
	Buf b = buf_init(test_arena(), html.n + 1, html.n + 1);
	size_t at;
	for (; str_find(html, tag, &at); html = str_sub(html, at + tag.n, html.n)) buf_str(&b, str_sub(html, 0, at));
	buf_str(&b, html);
	return buf_view(&b);
}

static Str escaped(Str s)
{
	Buf b = buf_init(test_arena(), s.n + 1, s.n * 6 + 1);
	markup_text_write(&b, s);
	return buf_view(&b);
}

static Str check_diff(Str before, Str after)
{
	SafeHtml html;
	assert_ok(test_ctx(), text_diff(test_ctx(), before, after, &html));
	Str old = without(html.s, S("<ins>"), S("</ins>")), new = without(html.s, S("<del>"), S("</del>"));
	old = without_all(without_all(old, S("<del>")), S("</del>"));
	new = without_all(without_all(new, S("<ins>")), S("</ins>"));
	assert_true(str_eq(old, escaped(before)));
	assert_true(str_eq(new, escaped(after)));
	return html.s;
}

TEST(diff_marks_words)
{
	assert_str_equal(check_diff(S("the big cat"), S("the small cat")), "the <del>big</del><ins>small</ins> cat");
	assert_str_equal(check_diff(S("a b c"), S("a c")), "a <del>b </del>c");
	assert_str_equal(check_diff(S("big red dog"), S("small blue dog")), "<del>big red</del><ins>small blue</ins> dog");
	assert_str_equal(check_diff(S("same"), S("same")), "same");
	assert_str_equal(check_diff(S(""), S("<b>")), "<ins>&lt;b&gt;</ins>");
	assert_str_equal(check_diff(S("x"), S("")), "<del>x</del>");
	assert_str_equal(check_diff(S(""), S("")), "");
}

static Str random_text(uint64_t *state, size_t words)
{
	static const char *const WORDS[] = {"a", "b", "cat", " ", " ", "\n", "<", "&", "\xc3\xa9t\xc3\xa9", ".", "  "};
	Buf b = buf_init(test_arena(), 64, 1 << 16);
	for (size_t i = 0; i < words; i++) {
		*state = *state * 6364136223846793005u + 1442695040888963407u;
		buf_z(&b, WORDS[(*state >> 40) % COUNTOF(WORDS)]);
	}
	return buf_view(&b);
}

TEST(diff_gives_both_texts_back)
{
	uint64_t state = 7;
	for (size_t i = 0; i < 1500; i++) {
		ArenaMark mark = arena_mark(test_arena());
		Str a = random_text(&state, i % 41), b = random_text(&state, (i * 7) % 37);
		check_diff(a, b);
		check_diff(a, a);
		arena_rewind(test_arena(), mark);
	}
}

TEST(diff_replaces_whole_blocks_when_far_apart)
{
	uint64_t state = 99;
	Str a = random_text(&state, 6000), b = random_text(&state, 6000);
	Str html = check_diff(str_format(test_arena(), "head %.*s", STR(a)), str_format(test_arena(), "head %.*s", STR(b)));
	assert_true(str_starts(html, S("head ")));
	SafeHtml none;
	Str big = {arena_alloc(test_arena(), DIFF_MAX_BYTES + 1, 1), DIFF_MAX_BYTES + 1};
	assert_status(test_ctx(), text_diff(test_ctx(), big, S(""), &none), ST_TOO_LARGE);
}
