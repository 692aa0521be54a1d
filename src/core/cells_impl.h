// SPDX-License-Identifier: AGPL-3.0-or-later
// What the writer and the reader of cells share: the frame of the file and its numbers.
#pragma once
#include "core/cells.h"
#include "core/cells_mark.h"

#define CELLS_MAGIC "HCELLS2\n"

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

// The same without a branch for what is below 2^28: how long each is cannot be foreseen where members are near and far. Four bytes
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

static inline uint64_t zigzag(int64_t v) { return (uint64_t)v << 1 ^ (uint64_t)(v >> 63); }
static inline int64_t unzigzag(uint64_t u) { return (int64_t)(u >> 1) ^ -(int64_t)(u & 1); }
static inline int64_t zigzag_get(const unsigned char **p, const unsigned char *end)
{
	return unzigzag(varint_get(p, end));
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
