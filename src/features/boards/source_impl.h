// SPDX-License-Identifier: AGPL-3.0-or-later
// What a board's source is made of. Private to boards.
#pragma once
#include "boards/source.h"

typedef struct BoardChange { // what the journal past the cells changes
	int32_t day;
	uint32_t metric, area, member, other;
	int64_t n;
} BoardChange;

typedef struct BoardChanges {
	BoardChange *v;
	size_t n, cap;
} BoardChanges;
#define BOARD_SECONDS (BOARD_METRICS - BOARD_READ_CUSTOMER)

// Where those of a metric are.
static inline size_t board_changes_at(uint32_t metric)
{
	return metric < BOARD_READ_CUSTOMER ? 0 : 1 + metric - BOARD_READ_CUSTOMER;
}

typedef struct BoardFresh { // a member who joined past them
	Id id;
	uint8_t trait;
} BoardFresh;

struct BoardSource {
	Arena *arena;                            // of the one who opened it: several answers may be had from it
	Cells *cells;                            // NULL: nothing is sealed
	BoardChanges changes[1 + BOARD_SECONDS]; // of the journal, and of each metric of seconds
	struct {
		BoardFresh *v;
		size_t n;
	} fresh;
	Str *areas; // new ones
	size_t areas_n, tail_n;
	uint32_t *erased; // members whose sealed time counts no longer
	size_t erased_n, erased_cap;
};

void board_cells_open(Ctx *cx, Cells **ret_cells);         // NULL if there are none of this program's making
uint32_t board_source_number(const BoardSource *s, Id id); // 0: not known yet
// The first day whose rows of time may still grow: today, and yesterday for an hour, since a batch may be folded a little later.
static inline int32_t board_growing(Time now) { return rep_day(now - TIME_HOUR_MS); }
// Fills the times of a seal from attention's rows, up to the days that may still grow.
MUST_CHECK Status board_times_load(Ctx *cx, Db *db, BoardSeal *seal);
MUST_CHECK Status board_source_change(Ctx *cx, BoardSource *s, const BoardChange *c);
