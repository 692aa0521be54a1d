// SPDX-License-Identifier: AGPL-3.0-or-later
// Time: integer milliseconds since 1970-01-01T00:00Z. 0 means "absent" where a header says so. Civil dates are
// proleptic Gregorian, UTC only (Howard Hinnant's days_from_civil).
#pragma once
#include "base/buf.h"

typedef int64_t Time;
#define TIME_SECOND_MS ((Time)1000)
#define TIME_MINUTE_MS ((Time)60000)
#define TIME_HOUR_MS ((Time)3600000)
#define TIME_DAY_MS ((Time)86400000)

typedef struct Civil {
	int year, month, day, hour, minute, second, ms, weekday; // weekday 0 = Sunday
} Civil;

Civil time_civil(Time t);
Time time_from_civil(const Civil *c);
// "2018-03-12T18:28:09.123" with optional fraction and optional Z; whole string.
bool time_parse_iso(Str s, Time *ret_t);
#define TIME_TEXT_BYTES 48               // more than any date with its time takes
char *time_put_year(char *to, int year); // returns the end; "2018", and as many digits as it has
char *time_put_iso(char *to, const Civil *c);
void time_format_iso(Buf *b, Time t);  // 2018-03-12T18:28:09Z
void time_format_http(Buf *b, Time t); // Mon, 12 Mar 2018 18:28:09 GMT
Time time_now(void);                   // the wall clock; features take it from their Ctx instead
int64_t time_mono_ns(void);
int64_t time_thread_cpu_ns(void);
