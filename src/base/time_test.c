// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"

#include <stdio.h>
#include <time.h>

static uint64_t random_u64(void)
{
	uint64_t v;
	test_ctx()->rng->fill(test_ctx()->rng->self, &v, sizeof v);
	return v;
}

TEST(time_civil_round_trip)
{
	for (int i = 0; i < 50000; i++) {
		Time t = (Time)(random_u64() % 500000000000000u) - 60000000000000; // years 68 to 15900
		Civil c = time_civil(t);
		assert_int_equal(time_from_civil(&c), t);
		assert_in_range(c.month, 1, 12);
		assert_in_range(c.day, 1, 31);
		assert_in_range(c.weekday, 0, 6);
	}
}

TEST(time_agrees_with_the_c_library)
{
	for (int i = 0; i < 20000; i++) {
		time_t s = (time_t)(random_u64() % 8000000000u) - 2000000000;
		struct tm tm;
		gmtime_r(&s, &tm);
		Civil c = time_civil((Time)s * 1000 + 999);
		assert_int_equal(c.year, tm.tm_year + 1900);
		assert_int_equal(c.month, tm.tm_mon + 1);
		assert_int_equal(c.day, tm.tm_mday);
		assert_int_equal(c.hour, tm.tm_hour);
		assert_int_equal(c.minute, tm.tm_min);
		assert_int_equal(c.second, tm.tm_sec);
		assert_int_equal(c.weekday, tm.tm_wday);
		assert_int_equal(c.ms, 999);
	}
}

TEST(time_iso_round_trip)
{
	Buf b = buf_init(test_arena(), 64, 64);
	for (int i = 0; i < 20000; i++) {
		Time t = (Time)(random_u64() % 200000000000000u) / 1000 * 1000, back = 0;
		b.n = 0;
		time_format_iso(&b, t);
		if (!time_parse_iso(buf_view(&b), &back) || back != t) fail_msg("%.*s", STR(buf_view(&b)));
	}
}

TEST(time_parses_what_it_should)
{
	static const struct {
		const char *text;
		Time t;
	} good[] = {
		{"1970-01-01T00:00:00Z", 0},
		{"1970-01-01", 0},
		{"1969-12-31T23:59:59.999", -1},
		{"2018-03-12T18:28:09.123", 1520879289123},
		{"2018-03-12T18:28:09.1", 1520879289100},
		{"2018-03-12T18:28:09.123456789Z", 1520879289123},
		{"2000-02-29T00:00:00Z", 951782400000},
		{"2024-02-29", 1709164800000},
		{"9999-12-31T23:59:59.999Z", 253402300799999},
	};
	for (size_t i = 0; i < COUNTOF(good); i++) {
		Time t = 1;
		if (!time_parse_iso(str_from(good[i].text), &t) || t != good[i].t)
			fail_msg("%s gave %lld", good[i].text, (long long)t);
	}
}

TEST(time_refuses_the_rest)
{
	static const char *const bad[] = {
		"",
		"2018",
		"2018-3-12",
		"2018-13-01",
		"2018-00-10",
		"2018-01-00",
		"2018-01-32",
		"2018-04-31",
		"2018-02-29",
		"1900-02-29",
		"2100-02-29T00:00:00Z",
		"2018-03-12T24:00:00",
		"2018-03-12T18:60:09",
		"2018-03-12T18:28:60",
		"2018-03-12T18:28:09.",
		"2018-03-12T18:28:09.1234567890",
		"2018-03-12T18:28",
		"2018-03-12T",
		"2018-03-12 18:28:09",
		"2018-03-12T18:28:09+01:00",
		"2018-03-12T18:28:09ZZ",
		"2018-03-12T18:28:09Z ",
		" 2018-03-12",
		"-018-03-12",
		"0018-03-12",
		"2018--3-12",
		"2018-03--1",
		"2018-03-12T-1:28:09",
		"2018/03/12",
		"20180312T182809",
	};
	for (size_t i = 0; i < COUNTOF(bad); i++) {
		Time t = 42;
		if (time_parse_iso(str_from(bad[i]), &t) || t != 42) fail_msg("\"%s\" was taken", bad[i]);
	}
	Time t;
	assert_false(time_parse_iso(S("2018-03-12\0"), &t));
}

TEST(time_formats)
{
	Buf b = buf_init(test_arena(), 64, 200);
	time_format_http(&b, 1520879289123);
	assert_str_equal(buf_view(&b), "Mon, 12 Mar 2018 18:28:09 GMT");
	b.n = 0;
	time_format_iso(&b, TEST_TIME);
	assert_str_equal(buf_view(&b), "2025-03-01T12:00:00Z");
	assert_int_equal(time_civil(-1).weekday, 3); // a Wednesday
}

TEST(time_clocks_advance)
{
	int64_t a = time_mono_ns();
	assert_true(time_now() > ID_EPOCH_MS && time_mono_ns() >= a && time_thread_cpu_ns() > 0);
}
