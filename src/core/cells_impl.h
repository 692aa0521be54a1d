// SPDX-License-Identifier: AGPL-3.0-or-later
// What the writer and the reader of cells share: the frame of the file and its numbers.
#pragma once
#include "base/varint.h"
#include "core/cells.h"
#include "core/cells_mark.h"

#define CELLS_MAGIC "HCELLS3\n"

typedef struct CellsHeader {
	char magic[8];
	uint64_t bytes, entries_at, entries_n;
	CellsShape shape;
	int64_t stamp[CELLS_STAMPS];
} CellsHeader;

// varint_put without a branch for what is below 2^28: how long each is cannot be foreseen where members are near and far. Four bytes
// are written, whatever it takes.
static inline unsigned char *varint_near(unsigned char *p, uint64_t v)
{
	if (__builtin_expect(v >= UINT64_C(1) << 28, 0)) return p + varint_put(p, v);
	uint32_t x = (uint32_t)v,
			 more = (31u - (unsigned)__builtin_clz(x | 1)) * 37 >> 8; // a seventh of the bits, below 28
	uint32_t bytes = (x & 0x7f) | (x & 0x3f80) << 1 | (x & 0x1fc000) << 2 | (x & 0xfe00000) << 3;
	bytes |= 0x808080 & ((1u << 8 * more) - 1);
	memcpy(p, &bytes, sizeof bytes);
	return p + more + 1;
}

// Of bytes that were just written, with three more behind them.
static inline uint64_t varint_own(const unsigned char **p)
{
	uint32_t v;
	memcpy(&v, *p, sizeof v);
	if (!(v & 0x80)) return (*p)++, v & 0x7f;
	if (!(v & 0x8000)) return *p += 2, (v & 0x7f) | (v & 0x7f00) >> 1;
	return varint_get(p, *p + 10);
}
