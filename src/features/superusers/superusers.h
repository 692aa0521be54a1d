// SPDX-License-Identifier: AGPL-3.0-or-later
// Those a community lives on, from a year of cells: who they are, who is coming, who is overlooked, who is leaving, and what
// hangs on one person. Employees are not among them. What each list means is in docs/boards.md.
#pragma once
#include "boards/boards.h"

#define SUPER_YEAR 365
#define SUPER_ACCEPTED_MIN 5 // of evidence: answers accepted by others,
#define SUPER_HELPED_MIN 4   // for so many different people
#define SUPER_LIST 10
#define SUPER_PLACES 2000 // of the board, of which credibility is looked at
#define SUPER_SOLE_PERCENT 60
#define SUPER_SOLE_MIN 5 // accepted answers of an area, below which nothing is said

typedef struct SuperRow {
	uint32_t member;
	Id id;
	Str handle;
	int64_t role, affiliation;
	int64_t accepted, helped, credit; // of the year; credit faded, thousandths
	int64_t recent, usual;            // content of the last 30 days; at risk: the lower end of what is usual
	int64_t slope;                    // accepted answers a week more each week, thousandths
	BoardRange share;
	int64_t kept, kept_of;
} SuperRow;
typedef struct SuperRows {
	SuperRow *v;
	size_t n;
} SuperRows;

typedef struct SuperArea { // where one member gives most accepted answers
	Str area;
	int64_t accepted, of;
	SuperRow who, next[2]; // suggested successors; id 0: nobody
} SuperArea;
typedef struct SuperAreas {
	SuperArea *v;
	size_t n;
} SuperAreas;

// How unevenly content is spread (handbook of reputation, 4.5): shares in thousandths.
typedef struct BoardSplit {
	int64_t contributors, posts;
	int64_t gini, top1, next9, top10;
	int64_t half;                      // so many contributors make half of it
	int64_t answerers, absence_factor; // the fewest whose absence would halve the answers
} BoardSplit;
// By member, [1..members].
BoardSplit board_split(Arena *a, const int64_t *posts, const int64_t *answers, size_t members);

typedef struct Superusers {
	SuperRows established, rising, quiet, at_risk;
	SuperAreas sole;
	BoardSplit split;
	BoardDays days;
	int64_t active;
} Superusers;
MUST_CHECK Status board_superusers(Ctx *cx, Db *db, const BoardSource *s, Superusers *ret);

// The same of a site as it is, with what it points into; counting: too much is not sealed yet, and nothing is said.
//
//   SuperNow now;
//   AUTO(SuperNow) end = &now;
//   TRY(superusers_now(cx, db, &now));
typedef struct SuperNow {
	Arena *room;
	BoardSource *source;
	bool counting;
	Superusers s;
} SuperNow;
MUST_CHECK Status superusers_now(Ctx *cx, Db *db, SuperNow *ret);
static inline void SuperNow_auto(SuperNow **now)
{
	BoardSource_auto(&(*now)->source);
	arena_free((*now)->room);
}
