// SPDX-License-Identifier: AGPL-3.0-or-later
// Days asked for, and words for what is asked.
#include "boards/board.h"

#define MONTHS 12

typedef struct Shape { // of a period: months of the calendar, or days
	int32_t months, days, ago;
} Shape;

static const Shape SHAPES[BOARD_PERIODS_N] = {
	[BOARD_THIS_WEEK] = {0, -7, 0}, [BOARD_LAST_WEEK] = {0, -7, 1},   [BOARD_THIS_MONTH] = {1, 0, 0},
	[BOARD_LAST_MONTH] = {1, 0, 1}, [BOARD_THIS_QUARTER] = {3, 0, 0}, [BOARD_LAST_QUARTER] = {3, 0, 1},
	[BOARD_THIS_YEAR] = {12, 0, 0}, [BOARD_LAST_YEAR] = {12, 0, 1},   [BOARD_7_DAYS] = {0, 7, 0},
	[BOARD_28_DAYS] = {0, 28, 0},   [BOARD_91_DAYS] = {0, 91, 0},     [BOARD_365_DAYS] = {0, 365, 0},
};

static int32_t year_earlier(int32_t day)
{
	int32_t month = cells_month_of(day), at = day - cells_month_day(month);
	int32_t then = cells_month_day(month - MONTHS), next = cells_month_day(month - MONTHS + 1);
	return then + at < next ? then + at : next - 1;
}

BoardDays board_days(const BoardWhen *w, Time now)
{
	int32_t today = rep_day(now);
	const Shape *s = &SHAPES[w->period];
	if (w->period == BOARD_FROM_TO) return w->own;
	if (s->days > 0) return (BoardDays){today + 1 - s->days, today + 1};
	if (s->days < 0) { // weeks begin on Monday; day 0 was a Thursday
		int32_t monday = today - (today + 3) % 7 - 7 * s->ago;
		return (BoardDays){monday, s->ago ? monday + 7 : today + 1};
	}
	int32_t month = cells_month_of(today) / s->months * s->months - s->months * s->ago;
	return (BoardDays){cells_month_day(month), s->ago ? cells_month_day(month + s->months) : today + 1};
}

BoardDays board_days_before(const BoardWhen *w, BoardDays days)
{
	const Shape *s = &SHAPES[w->period];
	int32_t n = days.until - days.from;
	if (w->compare == BOARD_YEAR_BEFORE) {
		int32_t from = year_earlier(days.from);
		return (BoardDays){from, s->months && s->ago ? year_earlier(days.until) : from + n};
	}
	if (!s->months) return (BoardDays){days.from - (s->days < 0 ? 7 : n), days.until - (s->days < 0 ? 7 : n)};
	int32_t from = cells_month_day(cells_month_of(days.from) - s->months);
	if (s->ago) return (BoardDays){from, days.from};
	return (BoardDays){from, from + n < days.from ? from + n : days.from}; // February has no 31st
}

static const char *const BY[BOARD_BY_N] = {
	[BOARD_BY_ACCEPTED] = "accepted", [BOARD_BY_HELPED] = "helped", [BOARD_BY_CREDIBILITY] = "credibility",
	[BOARD_BY_CONTENT] = "content",   [BOARD_BY_KUDOS] = "kudos",   [BOARD_BY_KEPT] = "kept",
	[BOARD_BY_TIME] = "time",         [BOARD_BY_READ] = "reading",  [BOARD_BY_WROTE] = "writing",
	[BOARD_BY_WAS_READ] = "read"};
static const char *const PERIODS[BOARD_PERIODS_N] = {[BOARD_THIS_WEEK] = "this-week",
													 [BOARD_LAST_WEEK] = "last-week",
													 [BOARD_THIS_MONTH] = "this-month",
													 [BOARD_LAST_MONTH] = "last-month",
													 [BOARD_THIS_QUARTER] = "this-quarter",
													 [BOARD_LAST_QUARTER] = "last-quarter",
													 [BOARD_THIS_YEAR] = "this-year",
													 [BOARD_LAST_YEAR] = "last-year",
													 [BOARD_7_DAYS] = "7d",
													 [BOARD_28_DAYS] = "28d",
													 [BOARD_91_DAYS] = "91d",
													 [BOARD_365_DAYS] = "365d",
													 [BOARD_FROM_TO] = "days"};
static const char *const PEOPLE[BOARD_PEOPLE_N] = {[BOARD_EVERYBODY] = "everybody",
												   [BOARD_CUSTOMERS] = "customers",
												   [BOARD_EMPLOYEES] = "employees",
												   [BOARD_PARTNERS] = "partners"};
static const char *const COMPARES[BOARD_COMPARES_N] = {
	[BOARD_BEFORE] = "before", [BOARD_YEAR_BEFORE] = "year", [BOARD_ALONE] = "nothing"};
static const char *const SHOWS[BOARD_SHOWS_N] = {"usual", "made", "judged", "read", "all"};

static bool find(Str s, const char *const *words, int n, int *ret)
{
	for (int i = 0; i < n; i++)
		if (str_eq(s, str_from(words[i]))) {
			*ret = i;
			return true;
		}
	return false;
}

#define WORDS(parse, name, T, words, n)                                                                                \
	bool parse(Str s, T *ret)                                                                                          \
	{                                                                                                                  \
		int i = 0;                                                                                                     \
		if (!find(s, words, n, &i)) return false;                                                                      \
		*ret = (T)i;                                                                                                   \
		return true;                                                                                                   \
	}                                                                                                                  \
	const char *name(T v) { return words[v]; }

WORDS(board_by_parse, board_by_name, BoardBy, BY, BOARD_BY_N)
WORDS(board_period_parse, board_period_name, BoardPeriod, PERIODS, BOARD_PERIODS_N)
WORDS(board_people_parse, board_people_name, BoardPeople, PEOPLE, BOARD_PEOPLE_N)
WORDS(board_compare_parse, board_compare_name, BoardCompare, COMPARES, BOARD_COMPARES_N)
WORDS(board_show_parse, board_show_name, BoardShow, SHOWS, BOARD_SHOWS_N)

bool board_by_is_own_time(BoardBy v) { return v == BOARD_BY_TIME || v == BOARD_BY_READ || v == BOARD_BY_WROTE; }
bool board_by_is_timed(BoardBy v) { return board_by_is_own_time(v) || v == BOARD_BY_WAS_READ; }
