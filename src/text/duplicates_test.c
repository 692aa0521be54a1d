// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/duplicates.h"

#include "test.h"

#define TEXTS 400

// Sentences of made-up words, no two alike.
static Str sentence(uint64_t seed)
{
	Buf b = buf_init(test_arena(), 128, 256);
	for (size_t w = 0; w < 12; w++) {
		for (size_t c = 0; c < 3 + seed % 5; c++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			buf_char(&b, "aeioubdgklmnprstvz"[(seed >> 33) % 18]);
		}
		buf_char(&b, ' ');
	}
	return buf_view(&b);
}

static size_t add(DupIndex *d, TextScan *s, Str text, DupMatch *m)
{
	text_scan(s, text);
	return dup_index_add(d, s, m, DUP_MATCHES_MAX);
}

TEST(duplicates_are_found)
{
	DupIndex *d = dup_index_new(test_arena(), TEXTS * 4);
	TextScan *s = text_scan_new(test_arena());
	DupMatch m[DUP_MATCHES_MAX];
	size_t found = 0;
	for (size_t i = 0; i < TEXTS; i++) assert_int_equal(add(d, s, sentence(i), m), 0);
	for (size_t i = 0; i < TEXTS; i++) {
		Str t = sentence(i), first, rest = str_cut(t, ' ', &first);
		Str copy = i % 3 == 0   ? str_format(test_arena(), "RT @you: %.*s http://t.co/x%zu", STR(t), i)
				   : i % 3 == 1 ? str_format(test_arena(), "%.*s", STR(rest))
								: str_format(test_arena(), "CHANGED %.*s!!", STR(rest));
		size_t n = add(d, s, copy, m);
		found += n >= 1 && m[0].text == i && m[0].similarity <= 65536;
	}
	assert_true(found >= TEXTS * 98 / 100);
}

TEST(duplicates_short_and_none)
{
	DupIndex *d = dup_index_new(test_arena(), 16);
	TextScan *s = text_scan_new(test_arena());
	DupMatch m[DUP_MATCHES_MAX];
	assert_int_equal(add(d, s, S("thank you"), m), 0);
	assert_int_equal(add(d, s, S("thank god"), m), 0);
	assert_int_equal(add(d, s, S("Thank you!"), m), 1);
	assert_int_equal(m[0].text, 0);
	assert_int_equal(m[0].similarity, 65536);
	assert_int_equal(add(d, s, S(""), m), 0);
	assert_int_equal(add(d, s, S("@a http://b.c"), m), 0);
	assert_int_equal(add(d, s, S("@a http://b.c"), m), 0);
}

// A flood of one text is answered without comparing each with all.
TEST(duplicates_flood)
{
	DupIndex *d = dup_index_new(test_arena(), 20000);
	TextScan *s = text_scan_new(test_arena());
	DupMatch m[DUP_MATCHES_MAX];
	for (size_t i = 0; i < 20000; i++) {
		size_t n = add(d, s, S("the same old message again and again and again"), m);
		assert_true(i == 0 ? n == 0 : n >= 1);
	}
	assert_int_equal(add(d, s, S("one too many"), m), 0);
}
