// SPDX-License-Identifier: AGPL-3.0-or-later
// The long form of a group of cells: for each its member's number in their chunk of 65,536, in two bytes; then, as varints, how
// many there are in each chunk, up to the last that has any; then the counts other than 1, each with the distance from the cell
// of the one before. So writing a cell is storing it, reading one is loading it, and a chunk is added to sums that the cache holds.
//
//   CellsLong g;
//   if (cells_long_read(&g, p, end, cells)) while (cells_long_next(&g, &member, &count)) …
//
// A reader never leaves p and end, whatever is in between: what does not fit has no more cells.
#pragma once
#include "core/cells_impl.h"

#define CELLS_LONG_CELLS_MAX (UINT32_C(1) << 27) // of a group, so that the head has room

typedef struct CellsLong {
	const unsigned char *lows, *heads, *odd, *end; // heads: of the next chunk; odd: behind the next odd count
	uint32_t cells, at, until, chunk;              // the next cell; where the chunk ends; the chunk's first member
	uint64_t odd_at;                               // the next cell whose count is odd, UINT64_MAX: none
	int64_t odd_n;
} CellsLong;

static inline uint32_t cells_low(const unsigned char *lows, size_t i)
{
	uint16_t v;
	memcpy(&v, lows + 2 * i, sizeof v);
	return v;
}

static inline void cells_long_odd(CellsLong *g)
{
	uint64_t before = g->odd_at;
	if (g->odd >= g->end) {
		g->odd_at = UINT64_MAX;
		return;
	}
	g->odd_at = before + varint_get(&g->odd, g->end);
	g->odd_n = zigzag_get(&g->odd, g->end);
}

// Moves to the next chunk that has cells; false behind the last.
static inline bool cells_long_chunk(CellsLong *g)
{
	while (g->at == g->until) {
		if (g->at == g->cells || g->heads >= g->end) return false;
		uint64_t n = varint_get(&g->heads, g->end);
		if (n > g->cells - g->at) return false;
		g->until += (uint32_t)n;
		g->chunk += UINT32_C(1) << CELLS_CHUNK_BITS;
	}
	return true;
}

static inline bool cells_long_read(CellsLong *ret, const unsigned char *p, const unsigned char *end, uint32_t cells)
{
	if (cells > (size_t)(end - p) / 2) return false;
	*ret = (CellsLong){.lows = p, .heads = p + 2 * (size_t)cells, .end = end, .cells = cells};
	ret->odd = ret->heads;
	for (uint64_t n = 0; n < cells && ret->odd < end;) n += varint_get(&ret->odd, end);
	ret->chunk -= UINT32_C(1) << CELLS_CHUNK_BITS; // the first chunk begins at 0
	cells_long_odd(ret);
	return true;
}

static inline bool cells_long_next(CellsLong *g, uint32_t *ret_member, int64_t *ret_count)
{
	if (!cells_long_chunk(g)) return false;
	*ret_member = g->chunk + cells_low(g->lows, g->at);
	*ret_count = 1;
	if (g->at == g->odd_at) {
		*ret_count = g->odd_n;
		cells_long_odd(g);
	}
	g->at++;
	return true;
}
