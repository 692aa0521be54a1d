// SPDX-License-Identifier: AGPL-3.0-or-later
// What the writer and the reader of cells share: the frame of the file and its numbers.
#pragma once
#include "core/cells.h"

#define CELLS_MAGIC "HCELLS1\n"
#define CELLS_HASH_BYTES 32

typedef struct CellsHeader {
	char magic[8];
	uint64_t bytes, entries_at, entries_n;
	CellsShape shape;
	int64_t stamp[CELLS_STAMPS];
} CellsHeader;

// Never reads past end; what is cut short gives 0 bits.
static inline uint64_t varint_get(const unsigned char **p, const unsigned char *end)
{
	const unsigned char *q = *p;
	uint64_t v = 0;
	for (unsigned shift = 0; q < end && shift < 64; shift += 7) {
		unsigned char c = *q++;
		v |= (uint64_t)(c & 127) << shift;
		if (c < 128) break;
	}
	*p = q;
	return v;
}

static inline size_t varint_put(unsigned char *p, uint64_t v)
{
	size_t n = 0;
	for (; v >= 128; v >>= 7) p[n++] = (unsigned char)(v | 128);
	p[n++] = (unsigned char)v;
	return n;
}

static inline uint64_t zigzag(int64_t v) { return (uint64_t)v << 1 ^ (uint64_t)(v >> 63); }
static inline int64_t zigzag_get(const unsigned char **p, const unsigned char *end)
{
	uint64_t u = varint_get(p, end);
	return (int64_t)(u >> 1) ^ -(int64_t)(u & 1);
}
