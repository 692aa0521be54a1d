// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/words.h"

#include "base/time.h"
#include "standing/model.h"
#include "web/html.h"
#include "web/i18n.h"

static const char *const MONTHS[] = {"January", "February", "March",     "April",   "May",      "June",
									 "July",    "August",   "September", "October", "November", "December"};

Str points_text(Arena *a, int64_t thousandths, bool sign)
{
	int64_t tenths = (thousandths + (thousandths < 0 ? -50 : 50)) / 100, size = tenths < 0 ? -tenths : tenths;
	const char *before = tenths < 0 ? "\xe2\x88\x92" : sign && tenths > 0 ? "+" : "";
	if (size % 10) return str_format(a, "%s%lld.%lld", before, (long long)(size / 10), (long long)(size % 10));
	return str_format(a, "%s%lld", before, (long long)(size / 10));
}

// A sum: with a tenth while that says something, with separators when it is long.
Str amount_text(Arena *a, int64_t thousandths)
{
	if (thousandths > -1000 * RULE_UNIT && thousandths < 1000 * RULE_UNIT) return points_text(a, thousandths, false);
	Buf b = buf_init(a, 16, 32);
	html_count_int(&b, standing_shown(thousandths));
	return buf_view(&b);
}

Str ordinal(Arena *a, int64_t n)
{
	int64_t tens = n % 100, last = n % 10;
	bool teen = tens >= 11 && tens <= 13;
	const char *end = teen || last == 0 || last > 3 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : "rd";
	return str_format(a, "%lld%s", (long long)n, end);
}

Str place_text(Arena *a, int64_t from, int64_t to, int64_t of)
{
	if (from <= 0) return str_none();
	if (to <= from) return str_format(a, "%.*s of %lld", STR(ordinal(a, from)), (long long)of);
	return str_format(a, "%.*s to %.*s of %lld", STR(ordinal(a, from)), STR(ordinal(a, to)), (long long)of);
}

Str title_of(Arena *a, Str id)
{
	char *p = arena_alloc(a, id.n + 1, 1);
	for (size_t i = 0; i < id.n; i++) p[i] = id.p[i] == '-' || id.p[i] == '_' ? ' ' : id.p[i];
	if (id.n && p[0] >= 'a' && p[0] <= 'z') p[0] = (char)(p[0] - 'a' + 'A');
	return (Str){p, id.n};
}

Str rule_title(Arena *a, const Rule *rule) { return rule->title.n ? rule->title : title_of(a, rule->id); }

Str day_text(Arena *a, int32_t day)
{
	Civil c = time_civil((Time)day * TIME_DAY_MS);
	return str_format(a, "%d %s %d", (int)c.day, MONTHS[(c.month - 1) % 12], (int)c.year);
}

Str cap_text(Arena *a, const Cap *cap)
{
	static const char *const PER[] = {"standing.cap_day", "standing.cap_week", "standing.cap_life"};
	Buf b = buf_init(a, 64, 512);
	message_fill(&b, message_get_z(PER[cap->per]), 1, (MessageArg[]){{S("points"), points_text(a, cap->most, false)}});
	return buf_view(&b);
}
