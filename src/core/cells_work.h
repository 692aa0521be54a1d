// SPDX-License-Identifier: AGPL-3.0-or-later
// What the files that write cells share: cells_build.c (days, output, the end of the file), cells_block.c (a day's rows to a block)
// and cells_fold.c (blocks to longer periods).
#pragma once
#include "core/cells_long.h"
#include "core/cells_sort.h"

#define ROW_BYTES_MAX 6   // of the short form: a member; two rows of the same have room for how often, in either form
#define CHUNK_BYTES_MAX 5 // of the long form, beside
#define HEAD_BYTES_MAX 20 // of a group: area, cells, bytes
#define WIDE_BYTES_MAX 20 // member, count, other
#define DENSE_MEMBERS ((size_t)1 << CELLS_CHUNK_BITS)
#define SLACK_BYTES 32 // what writing four bytes at once, and a count that is not kept, may pass the end by

typedef struct CellsBytes {
	unsigned char *p;
	size_t n, cap;
} CellsBytes;

typedef struct CellsGroup { // everywhere's cells of a block
	size_t offset, bytes;
	uint32_t cells, metric;
	bool is_long;
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

typedef struct CellsCount { // of a member (and other), without an area: the same set's rows of a wide metric
	uint64_t key;
	int64_t n;
} CellsCount;

typedef struct CellsOdd { // a count other than 1
	uint32_t at;          // which cell's
	int64_t n;
} CellsOdd;

typedef struct CellsOut { // a group in the long form, being written
	unsigned char *lows;
	uint32_t *chunk; // how many cells there are in each
	CellsOdd *odd;
	uint32_t cells, chunks, odd_n; // chunks: those that are done
} CellsOut;

typedef struct CellsCursor {      // in a group
	const unsigned char *p, *end; // of the short form
	uint64_t member;
	CellsLong many; // of the long one
	bool is_long;
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
	CellsQuad *quads;     // by half the place of a set
	uint32_t *sets_count; // by the same: how many, 0 between blocks
	uint32_t sets_n;      // how many such places
	uint32_t *spread;     // few members by area
	uint16_t *lows;       // everywhere's numbers in their chunks; of many rows those of the areas too
	size_t spread_cap, lows_cap, cuts_cap;
	uint32_t *all_cuts, *cuts; // where each chunk of them ends; by chunk and area
	uint32_t *few;             // members of an area with few of many
	CellsCount *counts;        // the same of wide metrics
	size_t counts_cap;
	size_t areas_n;
	// By area, and some more for what a quad has none of; all of it 0 between blocks:
	uint32_t *count;   // rows
	uint32_t *ends;    // of what is spread
	uint64_t *areas;   // a bit for each that has rows
	uint32_t *touched; // those areas, in order
	size_t touched_n;
	uint32_t *chunk; // cells in each, of a group in the making
	CellsOdd *odd;
	size_t odd_cap;
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
MUST_CHECK Status cells_encode_day(CellsBuilder *b, uint32_t metric);
MUST_CHECK Status cells_fold(CellsBuilder *b, CellsTier from); // what is in the level becomes the period above it

typedef struct Block { // in the making, at work->block
	CellsBuilder *b;
	CellsEntry entry;
	uint32_t area_before;
	unsigned char *head; // of the group at work, behind its area
} Block;

Block cells_block_begin(CellsBuilder *b, CellsTier tier, int32_t period, uint32_t metric);
MUST_CHECK Status cells_block_end(Block *k);
// Room for a group of so many bytes and its head, and where its cells are to be written to; they begin behind the head.
MUST_CHECK Status cells_group_begin(Block *k, uint32_t area, size_t bytes_most, unsigned char **ret_p);
typedef struct CellsDone { // a group's cells, which lie where cells_group_begin said; end: behind them
	unsigned char *p, *end;
	uint32_t area, cells, first, last; // members
	bool is_long;
} CellsDone;
MUST_CHECK Status cells_group_end(Block *k, const CellsDone *g);
// Of a paired metric, everywhere, in any order.
MUST_CHECK Status cells_put_pairs(Block *k, CellsWide *v, size_t n);

// A group has the long form if there may be so many cells: what their chunks take beside is little then.
#define LONG_LEAST_MAX 3000
static inline size_t cells_long_least(const CellsBuilder *b)
{
	return size_min(32 + 2 * (size_t)b->chunks, LONG_LEAST_MAX);
}

// A cell of the short form after that of member `last`. A count of 1 is not written.
static inline unsigned char *cell_put(unsigned char *p, uint32_t last, uint32_t member, int64_t count)
{
	if (__builtin_expect(count == 1, 1)) return varint_near(p, (uint64_t)(member - last) << 1);
	p = varint_near(p, (uint64_t)(member - last) << 1 | 1);
	return varint_near(p, zigzag(count));
}
