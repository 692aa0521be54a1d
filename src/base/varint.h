// SPDX-License-Identifier: AGPL-3.0-or-later
// Whole numbers in as few bytes as they need: seven bits in each, the lowest first, the eighth says that there are more. Signed
// ones are folded (0, -1, 1, -2, …), so that those near 0 are short. Ten bytes at most.
//
//   n += varint_put(p + n, zigzag(value));
//   int64_t value = zigzag_get(&p, end);
//
// A reader never goes past the end and never fails: who reads what may be broken compares sums or lengths.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define VARINT_MAX 10

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
static inline int64_t unzigzag(uint64_t u) { return (int64_t)(u >> 1) ^ -(int64_t)(u & 1); }
static inline int64_t zigzag_get(const unsigned char **p, const unsigned char *end)
{
	return unzigzag(varint_get(p, end));
}
