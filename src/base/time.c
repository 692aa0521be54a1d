// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/time.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

Civil time_civil(Time t)
{
	int64_t days = t / TIME_DAY_MS, ms = t % TIME_DAY_MS;
	if (ms < 0) {
		ms += TIME_DAY_MS;
		days--;
	}
	int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097, yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int64_t month = mp < 10 ? mp + 3 : mp - 9, weekday = (days + 4) % 7;
	return (Civil){
		.year = (int)(yoe + era * 400 + (month <= 2)),
		.month = (int)month,
		.day = (int)(doy - (153 * mp + 2) / 5 + 1),
		.hour = (int)(ms / TIME_HOUR_MS),
		.minute = (int)(ms / TIME_MINUTE_MS % 60),
		.second = (int)(ms / TIME_SECOND_MS % 60),
		.ms = (int)(ms % 1000),
		.weekday = (int)(weekday < 0 ? weekday + 7 : weekday),
	};
}

Time time_from_civil(const Civil *c)
{
	int64_t y = c->year - (c->month <= 2), era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
	int64_t doy = (153 * (c->month + (c->month > 2 ? -3 : 9)) + 2) / 5 + c->day - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy, days = era * 146097 + doe - 719468;
	return days * TIME_DAY_MS + c->hour * TIME_HOUR_MS + c->minute * TIME_MINUTE_MS + c->second * TIME_SECOND_MS +
		   c->ms;
}

static bool two_digits(Cursor *c, int64_t min, int64_t max, int *ret_v)
{
	Cursor two = {c->p, c->p + size_min(2, (size_t)(c->end - c->p))};
	int64_t v;
	if (two.end - two.p != 2 || *two.p == '-' || !cursor_int(&two, min, max, &v) || !cursor_done(&two)) return false;
	c->p += 2;
	*ret_v = (int)v;
	return true;
}

static bool parse_fraction(Cursor *c, int *ret_ms)
{
	int ms = 0, scale = 100;
	if (cursor_take(c, '.')) {
		const char *start = c->p;
		for (; c->p < c->end && *c->p >= '0' && *c->p <= '9'; c->p++, scale /= 10) ms += (*c->p - '0') * scale;
		if (c->p == start || c->p - start > 9) return false;
	}
	*ret_ms = ms;
	return true;
}

// "T18:28:09.123", or nothing.
static bool parse_clock(Cursor *c, Civil *v)
{
	if (!cursor_take(c, 'T')) return true;
	return two_digits(c, 0, 23, &v->hour) && cursor_take(c, ':') && two_digits(c, 0, 59, &v->minute) &&
		   cursor_take(c, ':') && two_digits(c, 0, 59, &v->second) && parse_fraction(c, &v->ms);
}

bool time_parse_iso(Str s, Time *ret_t)
{
	static const int LENGTHS[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (s.n < 10 || s.n > 32) return false;
	Civil v = {0};
	int64_t year;
	if (!str_int(str_sub(s, 0, 4), 1000, 9999, &year)) return false;
	v.year = (int)year;
	Cursor c = cursor_of(str_sub(s, 4, s.n));
	if (!cursor_take(&c, '-') || !two_digits(&c, 1, 12, &v.month)) return false;
	if (!cursor_take(&c, '-') || !two_digits(&c, 1, LENGTHS[v.month - 1], &v.day)) return false;
	if (!parse_clock(&c, &v)) return false;
	cursor_take(&c, 'Z');
	if (!cursor_done(&c)) return false;
	Time t = time_from_civil(&v);
	if (time_civil(t).day != v.day) return false; // 29 February of a common year
	*ret_t = t;
	return true;
}

static void put_two(char *to, int v)
{
	to[0] = (char)('0' + v / 10 % 10);
	to[1] = (char)('0' + v % 10);
}

static void put_clock(char *to, const Civil *c)
{
	put_two(to, c->hour);
	put_two(to + 3, c->minute);
	put_two(to + 6, c->second);
}

char *time_put_year(char *to, int year)
{
	if (year < 1000 || year > 9999) return to + snprintf(to, TIME_TEXT_BYTES / 2, "%d", year);
	put_two(to, year / 100);
	put_two(to + 2, year);
	return to + 4;
}

char *time_put_iso(char *to, const Civil *c)
{
	static const char REST[] = "-00-00T00:00:00Z";
	to = time_put_year(to, c->year);
	memcpy(to, REST, sizeof REST - 1);
	put_two(to + 1, c->month);
	put_two(to + 4, c->day);
	put_clock(to + 7, c);
	return to + sizeof REST - 1;
}

void time_format_iso(Buf *b, Time t)
{
	char text[TIME_TEXT_BYTES];
	Civil c = time_civil(t);
	buf_mem(b, text, (size_t)(time_put_iso(text, &c) - text));
}

void time_format_http(Buf *b, Time t)
{
	static const char DAYS[] = "SunMonTueWedThuFriSat", MONTHS[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char clock[] = " 00:00:00 GMT";
	Civil c = time_civil(t);
	char date[] = "Sun, 00 Jan ";
	memcpy(date, DAYS + (ptrdiff_t)3 * c.weekday, 3);
	put_two(date + 5, c.day);
	memcpy(date + 8, MONTHS + (ptrdiff_t)3 * (c.month - 1), 3);
	put_clock(clock + 1, &c);
	buf_mem(b, date, sizeof date - 1);
	buf_int(b, c.year);
	buf_mem(b, clock, sizeof clock - 1);
}

static int64_t clock_ns(clockid_t id)
{
	struct timespec ts;
	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

Time time_now(void) { return clock_ns(CLOCK_REALTIME) / 1000000; }
int64_t time_mono_ns(void) { return clock_ns(CLOCK_MONOTONIC); }
int64_t time_thread_cpu_ns(void) { return clock_ns(CLOCK_THREAD_CPUTIME_ID); }
