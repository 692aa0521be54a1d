// SPDX-License-Identifier: AGPL-3.0-or-later
// Boards: who did most, over any window, in any space or tag, among whom. The counts come from sealed day cells
// (core/cells.h), made in the background from the journal, plus what the journal has past them; so a board is exact and
// never stale. docs/boards.md says what each measure means.
//
//   AUTO(BoardSource) src = NULL;
//   TRY(board_source_open(cx, db, &src));
//   BoardQuestion q = {.by = BOARD_BY_ACCEPTED, .window = board_window_quarter(cx->now_ms), .people = BOARD_CUSTOMERS};
//   TRY(board_answer(cx, src, &q, &answer));
//
// What was taken back or deleted counts as never said (reputation/engine.h marks it). Nobody's unknown is ever a 0: time
// (attention/attention.h) has no number where it was not measured, and a share is not known below five answers.
#pragma once
#include "attention/attention.h"
#include "core/cells.h"
#include "core/job.h"
#include "reputation/reputation.h"

// What is counted, per day, area and member. Numbers are in sealed files: a change needs another BOARD_FORMAT.
typedef enum BoardMetric {
	BOARD_TOPICS,
	BOARD_ANSWERS,
	BOARD_ANSWERS_OWN,  // to one's own topic
	BOARD_ANSWERS_KEPT, // answers of this day that somebody else accepted, whenever that was
	BOARD_COMMENTS,
	BOARD_ACCEPTED_ASKER, // own answers accepted on this day, by who asked
	BOARD_ACCEPTED_STAFF, // by somebody else
	BOARD_ACCEPTED_OWN,   // to one's own topic: worth nothing
	BOARD_KUDOS,
	BOARD_DOWN,
	BOARD_KUDOS_GIVEN,
	BOARD_WORKED, // "worked for me"
	BOARD_EDITS,
	BOARD_REPORTS,
	BOARD_HELPED, // paired: whose topic was solved, or for whom it worked
	BOARD_CREDIT, // credibility earned, thousandths; sealed only
	// Seconds, from attention's rows: read and written, of customers' words and of all others. None of the staff's.
	BOARD_READ_CUSTOMER,
	BOARD_READ_OTHER,
	BOARD_WROTE_CUSTOMER,
	BOARD_WROTE_OTHER,
	BOARD_WAS_READ, // paired: seconds that another read what the member wrote (attention.h has the rule)
	BOARD_METRICS
} BoardMetric;
#define BOARD_FORMAT 3
#define BOARD_TIMES 4 // metrics of time, from BOARD_READ_CUSTOMER on

// From a fact to what it counts for: moves.h.
// A bit for each object: accepted by somebody else than its author.
MUST_CHECK Status board_kept(Ctx *cx, const RepLog *log, uint64_t **ret_kept);
bool board_keeps(const RepFact *f); // is it such an acceptance?

typedef struct BoardTime { // somebody's seconds of a day, by numbers of the log
	int32_t day;
	uint32_t area, member;
	int64_t n[BOARD_TIMES];
} BoardTime;

// Seals: writes the cells of a log to a file. `rules` for credibility earned, or NULL. cursor: the newest fact in it.
typedef struct BoardSeal {
	const RepLog *log;
	const Ruleset *rules;
	Id cursor;
	int fd;
	const BoardTime *times; // in the order of days
	size_t times_n;
	AttentionReads *reads; // of the same days; NULL: none
	int32_t times_until;   // rows of days from here on are not in it
} BoardSeal;
MUST_CHECK Status board_seal(Ctx *cx, const BoardSeal *seal);
// The same from the journal, into a temporary file beside path, then renamed.
MUST_CHECK Status board_seal_store(Ctx *cx, Store *store, Str path);
typedef enum BoardStamp {
	BOARD_STAMP_FORMAT,
	BOARD_STAMP_CURSOR,
	BOARD_STAMP_FACTS,
	BOARD_STAMP_RULES,
	BOARD_STAMP_TIMES
} BoardStamp;

// A member's sort, a byte in the sealed file.
typedef enum BoardPeople {
	BOARD_EVERYBODY,
	BOARD_CUSTOMERS,
	BOARD_EMPLOYEES,
	BOARD_PARTNERS,
	BOARD_PEOPLE_N
} BoardPeople;
uint8_t board_trait(int64_t role, int64_t affiliation);
bool board_trait_is(uint8_t trait, BoardPeople people, int role); // role -1: any

typedef struct BoardSource BoardSource;
// The site's cells, if there are any (cx->site->cells), and the journal past them. ST_TOO_LARGE as long as a long history
// was never sealed.
MUST_CHECK Status board_source_open(Ctx *cx, Db *db, BoardSource **ret_source);
void board_source_close(BoardSource *s);
static inline void BoardSource_auto(BoardSource **p)
{
	if (*p) board_source_close(*p);
}
bool board_source_sealed(const BoardSource *s, Time *ret_at); // when; false: everything came from the journal
int32_t board_source_begins(const BoardSource *s); // the first day with anything; INT32_MAX: there is nothing
// Reads the time that the cells lack, in one area: without this, metrics of time are as of the last sealing.
typedef struct BoardDays { // UTC days, until is not in it
	int32_t from, until;
} BoardDays;
typedef struct BoardTimesOf {
	int32_t begins;             // the first day that was measured; INT32_MAX: none was
	int32_t read_begins;        // the first on which it was measured who was read
	int64_t staff[BOARD_TIMES]; // all of the staff, on these days
} BoardTimesOf;
MUST_CHECK Status board_source_times(Ctx *cx, Db *db, BoardSource *s, Str area, BoardDays days,
									 BoardTimesOf *ret_times);
size_t board_source_members(const BoardSource *s);
Id board_source_id(const BoardSource *s, uint32_t member);
uint8_t board_source_trait(const BoardSource *s, uint32_t member);
uint32_t board_source_area(const BoardSource *s, Str name); // "#tag" or "/space"; UINT32_MAX if nothing happened there
size_t board_source_areas(const BoardSource *s);
Str board_source_area_name(const BoardSource *s, uint32_t area);
// Sums of a window by member, [0..members], or of some (ascending); for BOARD_HELPED use board_helped.
void board_sum(const BoardSource *s, const CellsWindow *w, int64_t *sums);
void board_pick(const BoardSource *s, const CellsWindow *w, const uint32_t *members, size_t n, int64_t *sums);
// Every area's counts of the window's days.
MUST_CHECK Status board_each_area(const BoardSource *s, const CellsWindow *w, CellsAreaFn fn, void *arg);
// How many different people: of everybody, or of some members only (wanted, by member; NULL: all).
MUST_CHECK Status board_helped(Ctx *cx, const BoardSource *s, const CellsWindow *w, const bool *wanted, int64_t *sums);
