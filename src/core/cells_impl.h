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

// The same, quicker for what members in their order mostly are: one or two bytes, long stretches of either.
static inline unsigned char *varint_near(unsigned char *p, uint64_t v)
{
	if (v < 128) {
		*p = (unsigned char)v;
		return p + 1;
	}
	if (__builtin_expect(v >= UINT64_C(16384), 0)) return p + varint_put(p, v);
	uint16_t bytes = (uint16_t)(v << 1 & 0x7f00) | (uint16_t)(v & 0x7f) | 0x80;
	memcpy(p, &bytes, sizeof bytes);
	return p + 2;
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
