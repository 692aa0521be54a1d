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
	static const uint32_t MORE[] = {0, 0x80, 0x8080, 0x808080};
	uint32_t x = (uint32_t)v;
	x = (x & 0x3fff) | (x & 0xfffc000) << 2;
	uint32_t bytes = (x & 0x7f007f) | (x & 0x3f803f80) << 1; // seven bits in each
	uint32_t more = (31u - (unsigned)__builtin_clz(bytes | 1)) / 8;
	bytes |= MORE[more];
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
