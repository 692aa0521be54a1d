// SPDX-License-Identifier: AGPL-3.0-or-later
// A board: the question as one struct, its answer as rows. See source.h for what it counts from.
#pragma once
#include "boards/source.h"

#define BOARD_ARENA_BYTES ((size_t)2 << 30) // at most, for everybody's sums while a page is made

typedef enum BoardBy {
	BOARD_BY_ACCEPTED,
	BOARD_BY_HELPED,
	BOARD_BY_CREDIBILITY,
	BOARD_BY_CONTENT,
	BOARD_BY_KUDOS,
	BOARD_BY_KEPT,
	BOARD_BY_TIME, // with customers: reading them and writing to them
	BOARD_BY_READ,
	BOARD_BY_WROTE,
	BOARD_BY_WAS_READ, // by others: their time with what the member wrote
	BOARD_BY_N
} BoardBy;

typedef enum BoardPeriod {
	BOARD_THIS_WEEK,
	BOARD_LAST_WEEK,
	BOARD_THIS_MONTH,
	BOARD_LAST_MONTH,
	BOARD_THIS_QUARTER,
	BOARD_LAST_QUARTER,
	BOARD_THIS_YEAR,
	BOARD_LAST_YEAR,
	BOARD_7_DAYS,
	BOARD_28_DAYS,
	BOARD_91_DAYS,
	BOARD_365_DAYS,
	BOARD_FROM_TO,
	BOARD_PERIODS_N
} BoardPeriod;

// Which columns a page shows beside the measure asked for, so that they fit; a file has all.
typedef enum BoardShow {
	BOARD_SHOW_USUAL,
	BOARD_SHOW_MADE,
	BOARD_SHOW_JUDGED,
	BOARD_SHOW_READ,
	BOARD_SHOW_ALL,
	BOARD_SHOWS_N
} BoardShow;

typedef enum BoardCompare { BOARD_BEFORE, BOARD_YEAR_BEFORE, BOARD_ALONE, BOARD_COMPARES_N } BoardCompare;

// Words for addresses and the command line: "accepted", "this-quarter", "customers", "year", "made".
bool board_by_parse(Str s, BoardBy *ret);
bool board_period_parse(Str s, BoardPeriod *ret);
bool board_people_parse(Str s, BoardPeople *ret);
bool board_compare_parse(Str s, BoardCompare *ret);
bool board_show_parse(Str s, BoardShow *ret);
const char *board_by_name(BoardBy v);
const char *board_period_name(BoardPeriod v);
const char *board_people_name(BoardPeople v);
const char *board_compare_name(BoardCompare v);
const char *board_show_name(BoardShow v);
bool board_by_is_timed(BoardBy v);    // seconds, of days since it was measured
bool board_by_is_own_time(BoardBy v); // the member's own: never of the staff by name

typedef struct BoardWhen {
	BoardPeriod period;
	BoardCompare compare;
	BoardDays own; // of BOARD_FROM_TO
} BoardWhen;
// The days asked for, up to today; and those compared with: as many days of the period before, or of the year before.
BoardDays board_days(const BoardWhen *w, Time now);
BoardDays board_days_before(const BoardWhen *w, BoardDays days);

typedef struct BoardQuestion {
	BoardBy by;
	BoardWhen when;
	Str area; // "#tag", "/space" or none
	BoardPeople people;
	int role; // -1: any
	BoardShow show;
	size_t skip; // places before the first row
	size_t rows; // at most
} BoardQuestion;

#define BOARD_SPARKS 13
#define BOARD_SITTING_SECONDS 600
typedef struct BoardRange {
	int64_t value, low, high; // the interval covers 90 %
	bool known;               // else: no interval, or too little to say
} BoardRange;

typedef struct BoardRow {
	uint32_t member;
	Id id;
	Str handle;
	int64_t role, affiliation;
	uint32_t place, place_to; // who has the same shares these places
	uint32_t place_before;    // 0: none, nothing was counted then
	BoardRange main;          // of the measure asked for; shares and points in thousandths
	int64_t before;
	int64_t content, kudos, accepted, accepted_staff, kept, kept_of, helped, credit;
	int64_t read, wrote, with_customers; // seconds; 0: not measured, which is not the same as none
	int64_t was_read;                    // by others; the same
	BoardRange share;                    // kept of kept_of
	int64_t spark[BOARD_SPARKS], spark_before[BOARD_SPARKS];
	bool band_first, band_last; // bands of places that cannot be told apart
	uint32_t band_from, band_to;
} BoardRow;

#define BOARD_TAGS_SHOWN 40
typedef struct BoardPlace { // where a board may look: every space, then the largest tags
	Str name, title;        // "/routers", "#radar"
	bool is_tag;
} BoardPlace;
typedef struct BoardPlaces {
	BoardPlace *v;
	size_t n;
} BoardPlaces;

typedef struct BoardAnswer {
	BoardRow *v;
	size_t n;
	size_t members;              // with anything at all
	int64_t total, total_before; // of everybody asked about, where adding up makes sense
	size_t sparks;               // points of a sparkline
	BoardDays days, before;
	int32_t begins;     // the first day of the history, or of measuring: nothing is known of those before
	BoardPlaces places; // read with the names of the rows
	int64_t staff;      // seconds of the staff together, where they are asked about
	bool more, compared, adds_up, times; // times: some were measured on these days
	bool reads;                          // it was also measured who was read
	bool before_known;                   // the days compared with lie, as far as it takes, after `begins`
} BoardAnswer;

// ST_UNSUPPORTED for time on days before it was measured; ret->begins then says since when.
MUST_CHECK Status board_answer(Ctx *cx, Db *db, BoardSource *s, const BoardQuestion *q, BoardAnswer *ret);
MUST_CHECK Status board_places(Ctx *cx, Db *db, BoardPlaces *ret_places); // for a page that has no answer
BoardRange board_count_range(int64_t n);
BoardRange board_share_range(int64_t k, int64_t n); // thousandths; not known below five
BoardRange board_time_range(int64_t seconds);       // as if they came in sittings of BOARD_SITTING_SECONDS

// For pages: the address part of a question, "by=accepted&period=91d&…" (by BOARD_BY_N: its own), and days in words.
Str board_query(Arena *a, const BoardQuestion *q, BoardBy by, size_t skip);
Str board_days_words(Arena *a, BoardDays d);
// Where the facts behind a member's number are listed.
Str board_facts_url(Arena *a, const BoardQuestion *q, Id member, BoardBy what);
