// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/utf8.h"
#include "test.h"

#include <string.h>

TEST(utf8_table)
{
	static const struct {
		bool valid;
		Str s;
	} cases[] = {
		{true, S_INIT("")},
		{true, S_INIT("plain")},
		{true, S_INIT("\x7f")},
		{true, S_INIT("\xc2\x80")},
		{true, S_INIT("\xdf\xbf")},
		{true, S_INIT("\xe0\xa0\x80")},
		{true, S_INIT("\xed\x9f\xbf")},
		{true, S_INIT("\xee\x80\x80")},
		{true, S_INIT("\xef\xbf\xbf")},
		{true, S_INIT("\xf0\x90\x80\x80")},
		{true, S_INIT("\xf4\x8f\xbf\xbf")},
		{false, S_INIT("\0")},
		{false, S_INIT("a\0b")},
		{false, S_INIT("\x80")},
		{false, S_INIT("\xbf")},
		{false, S_INIT("\xc0\x80")}, // overlong NUL
		{false, S_INIT("\xc1\xbf")},
		{false, S_INIT("\xe0\x9f\xbf")},
		{false, S_INIT("\xed\xa0\x80")}, // surrogates
		{false, S_INIT("\xed\xbf\xbf")},
		{false, S_INIT("\xf0\x8f\xbf\xbf")},
		{false, S_INIT("\xf4\x90\x80\x80")}, // U+110000
		{false, S_INIT("\xf5\x80\x80\x80")},
		{false, S_INIT("\xff")},
		{false, S_INIT("\xfe")},
		{false, S_INIT("\xc3")}, // cut off
		{false, S_INIT("\xe2\x82")},
		{false, S_INIT("\xf0\x9f\x98")},
		{false, S_INIT("\xc3(")},
		{false, S_INIT("\xe2(\xa1")},
		{false, S_INIT("\xf0\x9f(\x80")},
	};
	for (size_t i = 0; i < COUNTOF(cases); i++)
		if (utf8_valid(cases[i].s) != cases[i].valid) fail_msg("case %zu", i);
}

static size_t encode(uint32_t v, char out[static 4])
{
	if (v < 0x80) {
		out[0] = (char)v;
		return 1;
	}
	size_t n = v < 0x800 ? 2 : v < 0x10000 ? 3 : 4;
	for (size_t i = n; i-- > 1; v >>= 6) out[i] = (char)(0x80 | (v & 0x3f));
	out[0] = (char)(0xf00u >> n | v);
	return n;
}

TEST(utf8_every_code_point)
{
	for (uint32_t v = 1; v <= 0x110fff; v++) {
		char text[4];
		size_t n = encode(v, text);
		bool good = v <= 0x10ffff && !(v >= 0xd800 && v <= 0xdfff);
		if (utf8_valid((Str){text, n}) != good) fail_msg("U+%04X", v);
		const char *p = text;
		if (good && (utf8_next(&p, text + n) != v || p != text + n)) fail_msg("U+%04X is read as another", v);
	}
}

TEST(utf8_counts_and_cuts)
{
	Str s = S("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z"); // 1 2 3 4 1 bytes
	static const size_t whole[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
	assert_int_equal(utf8_count(s), 5);
	for (size_t i = 0; i < COUNTOF(whole); i++) assert_int_equal(utf8_cut(s, i).n, whole[i]);
	const char *p = s.p;
	assert_int_equal(utf8_next(&p, s.p), 0);
	assert_ptr_equal(p, s.p);
}

TEST(utf8_repairs_any_bytes)
{
	Ctx *cx = test_ctx();
	Str good = S("h\xc3\xa9llo");
	assert_ptr_equal(utf8_repair(cx->arena, good).p, good.p);
	assert_str_equal(utf8_repair(cx->arena, S("a\0b\xff")), "a\xef\xbf\xbd"
															"b\xef\xbf\xbd");
	assert_str_equal(utf8_repair(cx->arena, S("\xf0\x9f\x98z")), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz");
	for (int i = 0; i < 5000; i++) {
		char bytes[40];
		cx->rng->fill(cx->rng->self, bytes, sizeof bytes);
		Str s = {bytes, (size_t)i % sizeof bytes};
		Str r = utf8_repair(cx->arena, s);
		assert_true(utf8_valid(r) && r.n <= 3 * s.n);
		assert_true(utf8_valid(utf8_cut(r, (size_t)i % 17)));
		assert_true(str_eq(utf8_repair(cx->arena, r), r));
		assert_true(utf8_valid(slug_from(cx->arena, r, 20)));
	}
}

TEST(utf8_slugs)
{
	static const struct {
		const char *title, *slug;
	} cases[] = {
		{"How to \xe2\x80\xa6?", "how-to"},
		{"  Don't panic!  ", "dont-panic"},
		{"It\xe2\x80\x99s", "its"},
		{"\xc3\x9c"
		 "ber Stra\xc3\x9f"
		 "e",
		 "uber-strase"},
		{"\xc5\x81\xc3\xb3"
		 "d\xc5\xba",
		 "lodz"},
		{"na\xc3\xafve \xc3\x97 caf\xc3\xa9", "naive-cafe"},
		{"C++ / C#", "c-c"},
		{"\xe6\x97\xa5\xe6\x9c\xac", ""},
		{"", ""},
		{"---", ""},
		{"a--b", "a-b"},
		{"\xc5\xbd\xc5\xbe\xc4\x80\xc4\x90\xc5\x92\xc5\xb8", "zzadoy"},
	};
	for (size_t i = 0; i < COUNTOF(cases); i++)
		assert_str_equal(slug_from(test_arena(), str_from(cases[i].title), 80), cases[i].slug);
	assert_str_equal(slug_from(test_arena(), S("abc def"), 4), "abc"); // never ends with a dash
	assert_str_equal(slug_from(test_arena(), S("abcdef"), 3), "abc");
	assert_str_equal(slug_from(test_arena(), S("abc"), 0), "");
}

// What is looked at eight bytes at a time is judged as what is looked at one by one.
TEST(utf8_faults_are_found_at_every_place)
{
	static const char *const FAULTS[] = {"\x80", "\xff", "\xc3(", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe2\x82"};
	char text[41];
	for (size_t at = 0; at < 30; at++)
		for (size_t f = 0; f <= COUNTOF(FAULTS); f++) {
			memset(text, 'a', sizeof text);
			assert_true(utf8_valid((Str){text, 40}));
			if (f == COUNTOF(FAULTS)) text[at] = 0;
			else memcpy(text + at, FAULTS[f], strlen(FAULTS[f]));
			assert_false(utf8_valid((Str){text, 40}));
			assert_true(utf8_valid((Str){text, at}));
			memcpy(text + at, "\xe2\x82\xac\xc3\xbc", 5);
			assert_true(utf8_valid((Str){text, 40}));
		}
}
