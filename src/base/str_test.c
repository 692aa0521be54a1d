// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"

#include <stdio.h>

TEST(str_absent_and_empty)
{
	assert_null(str_from(NULL).p);
	assert_non_null(str_from("").p);
	assert_true(str_eq(str_none(), S("")));
	assert_true(str_starts(str_none(), str_none()));
	assert_true(str_ends(S("a"), str_none()));
	assert_null(str_copy(test_arena(), str_none()).p);
	assert_non_null(str_copy(test_arena(), S("")).p);
	assert_null(str_sub(str_none(), 3, 9).p);
	size_t at;
	assert_false(str_find(S("abc"), S(""), &at) || str_find_char(str_none(), 'a', &at));
	assert_string_equal(str_z(test_arena(), str_none()), "");
}

TEST(str_compares_bytes)
{
	assert_true(str_cmp(S("a"), S("b")) < 0 && str_cmp(S("ab"), S("a")) > 0 && str_cmp(S("a"), S("a")) == 0);
	assert_true(str_cmp(S("\xff"), S("a")) > 0); // unsigned
	assert_true(str_cmp(str_none(), S("a")) < 0);
	assert_true(str_eq_nocase(S("Content-TYPE"), S("content-type")));
	assert_false(str_eq_nocase(S("\xc3\x84"), S("\xc3\xa4"))); // ASCII only
	assert_false(str_eq(S("a\0b"), S("a\0c")));
	assert_false(str_eq_nocase(S("["), S("{")) || str_eq_nocase(S("@"), S("`")));
}

TEST(str_finds_and_cuts)
{
	size_t at = 99;
	assert_true(str_find(S("abcabd"), S("abd"), &at) && at == 3);
	assert_false(str_find(S("ab"), S("abc"), &at));
	assert_int_equal(at, 3); // untouched
	assert_str_equal(str_sub(S("hello"), 1, 3), "el");
	assert_str_equal(str_sub(S("hello"), 4, 99), "o");
	assert_str_equal(str_sub(S("hello"), 9, 2), "");
	assert_str_equal(str_trim(S(" \t\r\n a b \v\f")), "a b");
	assert_str_equal(str_trim(S("   ")), "");
	Str head, rest = str_cut(S("k=v=w"), '=', &head);
	assert_str_equal(head, "k");
	assert_str_equal(rest, "v=w");
	rest = str_cut(S("k="), '=', &head);
	assert_true(rest.p && rest.n == 0); // empty, not absent
	rest = str_cut(S("k"), '=', &head);
	assert_true(!rest.p && head.n == 1);
	assert_str_equal(str_lower(test_arena(), S("ABz[\xc3\x84")), "abz[\xc3\x84");
}

TEST(str_knows_a_word_among_words)
{
	static const struct {
		const char *words, *word;
		bool has;
	} CASES[] = {{"radar mesh c++", "radar", true},
				 {"radar mesh c++", "c++", true},
				 {"radar mesh c++", "mes", false},
				 {"radar mesh c++", "meshes", false},
				 {"radar", "radar", true},
				 {"radar mesh", "radar mesh", false},
				 {"", "radar", false}};
	for (size_t i = 0; i < COUNTOF(CASES); i++)
		assert_int_equal(str_has_word(str_from(CASES[i].words), str_from(CASES[i].word)), CASES[i].has);
	assert_false(str_has_word(str_none(), S("radar")));
}

TEST(str_int_knows_its_limits)
{
	static const struct {
		const char *text;
		bool ok;
		int64_t v;
	} cases[] = {
		{"0", true, 0},
		{"-0", true, 0},
		{"007", true, 7},
		{"9223372036854775807", true, INT64_MAX},
		{"-9223372036854775808", true, INT64_MIN},
		{"9223372036854775808", false, 0},
		{"-9223372036854775809", false, 0},
		{"99999999999999999999999", false, 0},
		{"", false, 0},
		{"-", false, 0},
		{"--1", false, 0},
		{"+1", false, 0},
		{" 1", false, 0},
		{"1 ", false, 0},
		{"1e3", false, 0},
		{"0x1", false, 0},
		{"\xd9\xa1", false, 0}, // ARABIC-INDIC DIGIT ONE
	};
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		int64_t v = 42;
		bool ok = str_int(str_from(cases[i].text), INT64_MIN, INT64_MAX, &v);
		if (ok != cases[i].ok || v != (ok ? cases[i].v : 42))
			fail_msg("%s gave %d %lld", cases[i].text, ok, (long long)v);
	}
	int64_t v = 42;
	assert_false(str_int(S("4"), 5, 7, &v) || str_int(S("8"), 5, 7, &v));
	assert_true(str_int(S("5"), 5, 7, &v) && v == 5 && str_int(S("7"), 5, 7, &v) && v == 7);
}

TEST(cursor_stays_where_it_was_on_failure)
{
	Cursor c = cursor_of(S("12ab/rest"));
	int64_t n;
	Str s;
	assert_false(cursor_take(&c, '2') || cursor_take_str(&c, S("13")) || cursor_int(&c, 13, 99, &n));
	assert_str_equal(cursor_rest(&c), "12ab/rest");
	assert_true(cursor_int(&c, 0, 12, &n) && n == 12);
	assert_false(cursor_until(&c, S("/"), 1, &s)); // too many
	assert_false(cursor_until(&c, S("a"), 9, &s)); // none
	assert_str_equal(cursor_rest(&c), "ab/rest");
	assert_true(cursor_until(&c, S("/?"), 2, &s));
	assert_str_equal(s, "ab");
	assert_true(cursor_take(&c, '/') && cursor_take_str(&c, S("rest")) && cursor_done(&c));
	assert_false(cursor_take(&c, 'x') || cursor_int(&c, 0, 9, &n) || cursor_until(&c, S("/"), 9, &s));
	assert_true(cursor_take_str(&c, S("")));
}

TEST(str_hash_spreads)
{
	int buckets[64] = {0};
	char text[24];
	for (int i = 0; i < 6400; i++)
		buckets[str_hash((Str){text, (size_t)snprintf(text, sizeof text, "/t/%d", i)}) % 64]++;
	for (size_t i = 0; i < 64; i++) assert_in_range(buckets[i], 40, 200);
}

// --- Buf --------------------------------------------------------------------------------------------------------------

TEST(buf_holds_exactly_its_maximum)
{
	Buf b = buf_init(test_arena(), 1, 100);
	for (int i = 0; i < 100; i++) buf_char(&b, 'x');
	assert_false(b.overflow);
	assert_int_equal(buf_view(&b).n, 100);
	assert_ok(test_ctx(), buf_status(test_ctx(), &b));
	buf_char(&b, 'y');
	assert_true(b.overflow);
	assert_int_equal(b.n, 100);
	assert_int_equal(buf_status(test_ctx(), &b), ST_TOO_LARGE);
}

TEST(buf_overflow_is_sticky)
{
	Buf b = buf_init(test_arena(), 4, 10);
	buf_str(&b, S("12345"));
	buf_str(&b, S("1234567")); // does not fit: nothing of it is written
	assert_true(b.overflow);
	buf_char(&b, 'z'); // would fit, is ignored
	buf_int(&b, 1);
	buf_format(&b, "%d", 1);
	assert_str_equal(buf_view(&b), "12345");
	buf_mem(&b, "x", 0); // nothing is no failure
	assert_str_equal(buf_view(&b), "12345");
}

TEST(buf_with_no_room_at_all)
{
	Buf b = buf_init(test_arena(), 16, 0);
	buf_str(&b, S(""));
	assert_false(b.overflow);
	buf_char(&b, 'x');
	assert_true(b.overflow);
	Buf small = buf_init(arena_new(64), 0, BUF_MAX_BYTES); // the arena ends before the maximum
	for (int i = 0; i < 1000; i++) buf_str(&small, S("0123456789"));
	assert_true(small.overflow && small.n <= 64);
	arena_free(small.arena);
}

TEST(buf_keeps_what_it_has_while_growing)
{
	Buf b = buf_init(test_arena(), 0, BUF_MAX_BYTES);
	for (int i = 0; i < 20000; i++) {
		buf_int(&b, i % 10);
		if (i % 1000 == 0) arena_alloc(test_arena(), 1, 1); // so that it has to move
	}
	assert_int_equal(b.n, 20000);
	for (int i = 0; i < 20000; i++) assert_int_equal(b.p[i], '0' + i % 10);
	assert_false(buf_reserve(&b, SIZE_MAX)); // an absurd length
	assert_true(b.overflow && b.n == 20000);
}

TEST(buf_writes_integers)
{
	Buf b = buf_init(test_arena(), 0, 200);
	buf_int(&b, 0);
	buf_char(&b, ' ');
	buf_int(&b, INT64_MIN);
	buf_char(&b, ' ');
	buf_int(&b, INT64_MAX);
	buf_char(&b, ' ');
	buf_int(&b, -1);
	assert_str_equal(buf_view(&b), "0 -9223372036854775808 9223372036854775807 -1");
	for (int i = 0; i < 2000; i++) {
		int64_t v, back;
		test_ctx()->rng->fill(test_ctx()->rng->self, &v, sizeof v);
		v >>= i % 64;
		b.n = 0;
		buf_int(&b, v);
		assert_true(str_int(buf_view(&b), INT64_MIN, INT64_MAX, &back) && back == v);
	}
}

TEST(buf_formats)
{
	Buf b = buf_init(test_arena(), 0, 64);
	buf_z(&b, "n=");
	buf_format(&b, "%d %.*s", 7, STR(S("seven")));
	assert_str_equal(buf_view(&b), "n=7 seven");
	buf_format(&b, "%100d", 1);
	assert_true(b.overflow);
	assert_str_equal(buf_view(&b), "n=7 seven");
}

// --- Ctx --------------------------------------------------------------------------------------------------------------

TEST(ctx_describes_a_failure)
{
	Ctx *cx = test_ctx();
	assert_int_equal(fail(cx, ST_CONFLICT, "handle %.*s is taken", STR(S("ann"))), ST_CONFLICT);
	assert_str_equal(cx->fail_text, "handle ann is taken");
	assert_int_equal(fail(cx, ST_INTERNAL, "%0600d", 1), ST_INTERNAL);
	assert_int_equal(cx->fail_text.n, 511);
	static const char names[] = "a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0q\0r\0s\0t";
	for (size_t i = 0; i < 40; i++) field_error(cx, names + i / 2 * 2, i % 2 ? "error.second" : "error.first");
	assert_int_equal(cx->field_errors_n, FIELD_ERRORS_MAX);
	for (size_t i = 0; i < FIELD_ERRORS_MAX; i++) assert_string_equal(cx->field_errors[i].key, "error.first");
	fail_clear(cx);
	assert_true(cx->fail_status == ST_OK && !cx->field_errors_n && !cx->fail_text.p);
	assert_int_equal(status_http(ST_LIMITED), 429);
	assert_true(status_retryable(ST_IO) && !status_retryable(ST_CONFLICT));
	for (Status st = ST_OK; st < STATUS_N; st++)
		assert_true(status_name(st) && status_key(st) && status_http(st) >= 200);
}

TEST(str_cat_joins_what_is_there)
{
	Arena *a = test_arena();
	assert_true(str_eq(STR_CAT(a, S("/s/"), S("café"), str_none(), S(""), S("?x")), S("/s/café?x")));
	Str nothing = STR_CAT(a, S(""), str_none());
	assert_true(nothing.p && nothing.n == 0);
}
