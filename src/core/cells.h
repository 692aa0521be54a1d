// SPDX-License-Identifier: AGPL-3.0-or-later
// Day cells: how much of what, by whom, where, on which day. Sealed columns in one file, made from the journal and never
// changed: (day, metric, area, member) -> count, integers only. Months and years are folded from the days for everywhere
// (area 0), so that a long window reads few blocks; those of one area are small. The same facts give the same bytes.
//
//   TRY(cells_builder_new(cx, arena, &shape, &sets, fd, &b));
//   TRY(cells_add(b, day, METRIC_ANSWERS, set, member, 0, 1));         // everywhere, and in the areas of the set
//   TRY(cells_builder_finish(b, &about));
//
//   AUTO(Cells) cells = NULL;  TRY(cells_open(cx, path, &cells));      // maps the file
//   cells_sum(cells, &(CellsWindow){.from = day, .until = day + 91, .metric = METRIC_ANSWERS}, sums); // by member
//
// A metric may be paired: its cells have another member as well, which is how "how many different people" stays exact.
// Members and areas are numbers from 1; what they stand for is kept in the file (ids ascending, names).
//
// The file, little endian: header, blocks (one for each period and metric), directory, ids, traits, names, mark. A
// block is its areas in order: area difference, number of cells * 2 (+ 1 if they are in the long form), bytes (not of a single
// cell), then the cells. In the short form a cell is varints: member difference * 2 (+ 1 if a count other than 1 follows,
// zigzag), and the other member if the metric is paired. Many cells of a metric that is not paired have the long form, which is
// written and read without looking at one cell before the next (cells_long.h): two bytes each, the member's number in their
// chunk of 65,536; then how many there are in each chunk, and the counts other than 1. Blocks lie in the order in which they are
// finished: days, their month, its year.
//
// One builder or reader is used by one thread. cells_open looks at the frame only; cells_check reads everything.
#pragma once
#include "base/ctx.h"
#include "core/cells_sort.h"

#define CELLS_METRICS_MAX 32
#define CELLS_STAMPS 8

typedef enum CellsTier { CELLS_DAY, CELLS_MONTH, CELLS_YEAR, CELLS_TIERS } CellsTier;

typedef struct CellsShape {
	uint32_t metrics_n, paired; // a bit for each metric that is paired
	uint32_t members_n, areas_n;
} CellsShape;

typedef struct CellsAbout {
	const Id *ids;               // [members_n], ascending: member n is ids[n - 1]
	const uint8_t *traits;       // [members_n], the caller's
	const Str *areas;            // [areas_n], the caller's names
	int64_t stamp[CELLS_STAMPS]; // the caller's: up to which fact, …
} CellsAbout;

typedef struct CellsBuilder CellsBuilder;
// Sets of areas, one after the other: how many, then which. A set is known by the place of its number; 0 is the set of none, and no other is empty.
typedef struct CellsSets {
	const uint32_t *v; // from v[1] on
	size_t n;
} CellsSets;
// Writes to fd from its present place, which has to be 0. The arena holds a year's blocks in the making. Days never go back.
MUST_CHECK Status cells_builder_new(Ctx *cx, Arena *a, const CellsShape *shape, const CellsSets *sets, int fd,
									CellsBuilder **ret_builder);
MUST_CHECK Status cells_flush_day(CellsBuilder *b, int32_t day); // what cells_add calls when the day changes
#define CELLS_CHUNK_BITS 16                                      // of members
typedef struct CellsKeys {                                       // of a metric and a chunk of the day at work
	uint64_t *v;                                                 // member, set
	size_t n, cap;
} CellsKeys;
typedef struct CellsWides { // of a metric: those that are paired, or count other than 1
	CellsWide *v;
	size_t n, cap;
} CellsWides;
struct CellsBuilder {
	Ctx *cx;
	CellsShape shape;
	unsigned member_bits;
	uint32_t chunks; // of members
	int32_t day;
	bool begun;
	CellsKeys *keys; // by metric, chunk
	CellsWides wides[CELLS_METRICS_MAX];
	struct CellsWork *work; // cells_work.h
};
MUST_CHECK Status cells_keys_grow(CellsBuilder *b, CellsKeys *k);
MUST_CHECK Status cells_wides_grow(CellsBuilder *b, CellsWides *k);

// What counts 1 for a metric that is not paired, on the day that was flushed last.
static inline Status cells_add_one(CellsBuilder *b, uint32_t metric, uint32_t set, uint32_t member)
{
	BUG_IF(member > b->shape.members_n);
	CellsKeys *k = &b->keys[(size_t)metric * b->chunks + (member >> CELLS_CHUNK_BITS)];
	if (__builtin_expect(k->n == k->cap, 0)) TRY(cells_keys_grow(b, k));
	k->v[k->n] = (uint64_t)member << 32 | set;
	k->n += member != 0;
	return ST_OK;
}

// Any other count, and of a metric that is paired.
static inline Status cells_add_wide(CellsBuilder *b, uint32_t metric, const CellsWide *row)
{
	CellsWides *k = &b->wides[metric];
	if (__builtin_expect(k->n == k->cap, 0)) TRY(cells_wides_grow(b, k));
	k->v[k->n] = *row;
	k->n += row->key >> 32 != 0;
	return ST_OK;
}

// Adds count everywhere and in the areas of a set; nothing for member 0. Called for every fact: inline, no call in the common case.
static inline Status cells_add(CellsBuilder *b, int32_t day, uint32_t metric, uint32_t set, uint32_t member,
							   uint32_t other, int64_t count)
{
	if (__builtin_expect(!b->begun || day != b->day, 0)) TRY(cells_flush_day(b, day));
	if (count != 1 || b->shape.paired >> metric & 1)
		return cells_add_wide(b, metric, &(CellsWide){(uint64_t)member << 32 | other, count, set});
	return cells_add_one(b, metric, set, member);
}
// From here on days begin anew, for metrics that had no cell before.
MUST_CHECK Status cells_builder_again(CellsBuilder *b);
MUST_CHECK Status cells_builder_finish(CellsBuilder *b, const CellsAbout *about);

typedef struct CellsEntry { // of the directory, sorted by (tier, metric, period)
	uint64_t offset;
	uint32_t bytes, cells;
	int32_t period; // day since 1970; year * 12 + month - 1; year
	uint16_t tier, metric;
	uint32_t member_min, member_max;
} CellsEntry;

typedef struct Cells {
	const unsigned char *p; // the mapped file
	size_t bytes;
	CellsShape shape;
	const CellsEntry *entries;
	size_t entries_n;
	uint64_t cells_n[CELLS_TIERS];
	const Id *ids;
	const uint8_t *traits;
	const uint32_t *name_ends; // of areas
	const char *names;
	int64_t stamp[CELLS_STAMPS];
	Time written_at; // of the file; nothing in it depends on when it was made
} Cells;

MUST_CHECK Status cells_open(Ctx *cx, Str path, Cells **ret_cells); // ST_NOT_FOUND if there is none
void cells_close(Cells *c);
static inline void Cells_auto(Cells **p)
{
	if (*p) cells_close(*p);
}
MUST_CHECK Status cells_check(Ctx *cx, const Cells *c); // the mark of all of it
uint32_t cells_member(const Cells *c, Id id);           // 0 if unknown
Str cells_area(const Cells *c, uint32_t area);

typedef struct CellsWindow {
	int32_t from, until; // days, until is not in it
	uint32_t metric, area;
	bool days_only; // as if there were no months and years
} CellsWindow;
// Adds the window's counts to sums[member], [0..members_n].
void cells_sum(const Cells *c, const CellsWindow *w, int64_t *sums);
// The same for some members only, whose numbers ascend: sums[i] of members[i].
void cells_pick(const Cells *c, const CellsWindow *w, const uint32_t *members, size_t n, int64_t *sums);
// For tests and paired metrics: every cell of the window, block by block. A cell may come once for each block.
typedef Status (*CellsFn)(void *arg, uint32_t member, uint32_t other, int64_t count);
size_t cells_count(const Cells *c, const CellsWindow *w); // how many cells that is
MUST_CHECK Status cells_each(const Cells *c, const CellsWindow *w, CellsFn fn, void *arg);
// Every area's cells of the window's days, whatever its `area` (everywhere, 0, is left out).
typedef Status (*CellsAreaFn)(void *arg, uint32_t area, uint32_t member, int64_t count);
MUST_CHECK Status cells_each_area(const Cells *c, const CellsWindow *w, CellsAreaFn fn, void *arg);
// The covering periods of a window, longest first where they fit; at most max of them.
typedef struct CellsSpan {
	CellsTier tier;
	int32_t from, until; // periods
} CellsSpan;
#define CELLS_SPANS_MAX 5
size_t cells_spans(const CellsWindow *w, CellsSpan ret[static CELLS_SPANS_MAX]);

int32_t cells_month_of(int32_t day);    // year * 12 + month - 1
int32_t cells_month_day(int32_t month); // its first day
