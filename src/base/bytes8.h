// SPDX-License-Identifier: AGPL-3.0-or-later
// Eight bytes of a text at once, as a number whose lowest byte is the first: what a loop asks of each byte is asked of
// eight with a few operations.
#pragma once
#include <stdint.h>

#define BYTES8(b) (UINT64_C(0x0101010101010101) * (b)) // eight times this byte
#define BYTES8_HIGH BYTES8(0x80)

static inline uint64_t bytes8_at(const char *p)
{
	uint64_t v;
	__builtin_memcpy(&v, p, sizeof v);
	return v;
}

// Not 0 if any byte is below n, which is at most 128; which one it is the result does not say.
static inline uint64_t bytes8_below(uint64_t v, uint64_t n) { return (v - BYTES8(n)) & ~v & BYTES8_HIGH; }
