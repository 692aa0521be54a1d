// SPDX-License-Identifier: AGPL-3.0-or-later
// What the two files that write cells share: cells_build.c (days, output, the end of the file) and cells_block.c (a day's rows to
// a block, blocks to longer periods).
#pragma once
#include "core/cells_impl.h"
#include "core/cells_sort.h"

#define ROW_BYTES_MAX 5   // a member; two such rows have room for how often
#define HEAD_BYTES_MAX 20 // of a group: area, cells, bytes
#define WIDE_BYTES_MAX 20 // member, count, other
#define DENSE_MEMBERS 32768
#define SLACK_BYTES 32 // what writing four bytes at once, and a count that is not kept, may pass the end by

typedef struct CellsBytes {
	unsigned char *p;
	size_t n, cap;
} CellsBytes;

typedef struct CellsGroup { // everywhere's cells of a block
	size_t offset, bytes, cells;
	uint32_t metric;
} CellsGroup;

typedef struct CellsLevel { // of the period in the making: the days of a month, the months of a year
	CellsBytes bytes;
	CellsGroup *groups;
	size_t n, cap;
	int32_t period; // the month or year
} CellsLevel;

typedef struct
	CellsQuad {       // areas of a set, filled up with areas_n + 1 and more, so that nobody waits for the same number
	uint32_t area[4]; // the last is areas_n + CELLS_NO_AREAS if there are more
} CellsQuad;
#define CELLS_NO_AREAS 5

typedef struct CellsLane { // where an area's cells are written
	uint32_t at, last;     // the next byte of `dealt`; the member of the cell before
	uint32_t less;         // rows that made no cell of their own
} CellsLane;

typedef struct CellsTally { // of rows of the same member (and other) in an area
	int64_t sum;
	uint32_t rows;
} CellsTally;

typedef struct CellsCursor { // in a group
	const unsigned char *p, *end;
	uint64_t member;
} CellsCursor;

typedef struct CellsWork {
	Arena *arena;
	int fd;
	uint64_t at; // where the file ends
	CellsMark mark;
	CellsBytes out, block, group;
	CellsLevel level[CELLS_TIERS - 1];
	CellsEntry *entries;
	size_t entries_n, entries_cap;
	uint64_t *spare; // for sorting
	CellsWide *wide_spare;
	size_t spare_cap, wide_spare_cap;
	CellsQuad *quads;                    // by half the place of a set
	uint32_t *sets_count, *sets_touched; // by the same: how many, 0 between blocks; and which there are
	uint32_t sets_n;                     // how many such places
	uint32_t *spread;                    // members by area
	size_t spread_cap;
	CellsBytes dealt; // the cells of each area, in a place of its own
	// By area, and some more for what a quad has none of; all of it 0 between blocks:
	uint32_t *count; // rows
	uint32_t *ends;  // of what is spread
	CellsLane *lanes;
	CellsTally *tallies;
	uint32_t *tallied;
	uint64_t *touched, *touched_spare; // areas with rows
	size_t touched_n;
	CellsCursor *cursors;
	size_t cursors_cap;
	int64_t dense[DENSE_MEMBERS];        // sums of some members, 0 between uses
	uint64_t marked[DENSE_MEMBERS / 64]; // a bit for each whose sum may be other than 0
} CellsWork;

// Room for n things in all, which there mostly is.
MUST_CHECK Status cells_room(CellsBuilder *b, void **p, size_t *cap, size_t n, size_t size);
#define ROOM(b, v, cap, n)                                                                                             \
	do {                                                                                                               \
		size_t n_ = (n);                                                                                               \
		if (__builtin_expect(n_ <= (cap), 1)) break;                                                                   \
		void *p_ = (v);                                                                                                \
		TRY(cells_room((b), &p_, &(cap), n_, sizeof *(v)));                                                            \
		(v) = p_;                                                                                                      \
	} while (0)

MUST_CHECK Status cells_put(CellsBuilder *b, const void *p, size_t n); // to the file
MUST_CHECK Status cells_quads_new(CellsBuilder *b, const CellsSets *sets);
MUST_CHECK Status cells_encode_day(CellsBuilder *b, uint32_t metric);
MUST_CHECK Status cells_fold(CellsBuilder *b, CellsTier from); // what is in the level becomes the period above it
