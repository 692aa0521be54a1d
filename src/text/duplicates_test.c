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

// Whatever an index of all of them finds for a new text, its news do not deny.
static Str variant(uint64_t seed)
{
	Str t = sentence(seed % 40), first, rest = str_cut(t, ' ', &first);
	for (uint64_t cut = seed / 40 % 7; cut; cut--) rest = str_cut(rest, ' ', &first);
	if (seed / 280 % 4 == 0) return S("Thank you!");
	Buf b = buf_init(test_arena(), 256, 4096);
	for (uint64_t i = 0; i < 1 + 12 * (seed / 1120 % 2); i++) { // short ones, and ones of which only a part is kept
		buf_str(&b, rest);
		buf_str(&b, sentence(seed % 3 + i));
	}
	return buf_view(&b);
}

TEST(duplicates_news_deny_nothing_that_an_index_finds)
{
	TextScan *s = text_scan_new(test_arena());
	DupMatch m[DUP_MATCHES_MAX];
	size_t found = 0, denied = 0;
	for (uint64_t round = 0; round < 300; round++) {
		size_t before = 1 + round % 30;
		DupIndex *d = dup_index_new(test_arena(), before + 1);
		DupNews *news = dup_news_new(test_arena());
		Str text = variant(round * 7919);
		text_scan(s, text);
		dup_news_add(news, s);
		bool like = false;
		for (size_t i = 0; i < before; i++) {
			Str other = variant(round * 104729 + i * 31);
			add(d, s, other, m);
			text_scan(s, other);
			like |= dup_news_like(news, s);
		}
		bool is = add(d, s, text, m) > 0;
		assert_true(like || !is);
		found += is;
		denied += !like;
	}

	assert_in_range(found, 100, 200);
	assert_in_range(denied, 60, 200); // the rest have much in common with a longer one
}
