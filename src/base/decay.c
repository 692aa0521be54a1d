// SPDX-License-Identifier: AGPL-3.0-or-later
// Fading by integers: the factor of one day is found as the fixed-point root by bisection, its powers by multiplication, so
// every machine and compiler makes the same table.
#include "base/decay.h"

#define ONE ((u128)1 << 62)

static uint64_t mul62(uint64_t a, uint64_t b) { return (uint64_t)(((u128)a * b + ((u128)1 << 61)) >> 62); }

static uint64_t power62(uint64_t x, int64_t n)
{
	uint64_t r = (uint64_t)ONE;
	for (; n; n >>= 1, x = mul62(x, x))
		if (n & 1) r = mul62(r, x);
	return r;
}

// The largest x with x^n <= 1/2.
static uint64_t half_root62(int64_t n)
{
	uint64_t lo = 0, hi = (uint64_t)ONE;
	while (hi - lo > 1) {
		uint64_t mid = lo + (hi - lo) / 2;
		if (power62(mid, n) <= (uint64_t)(ONE / 2)) lo = mid;
		else hi = mid;
	}
	return lo;
}

Decay decay_new(Arena *a, int64_t half_life_days, size_t days)
{
	Decay d = {.half_life_days = half_life_days, .n = days + 1};
	if (!half_life_days) return d;
	d.table = ARENA_NEW(a, uint64_t, d.n);
	uint64_t step = half_root62(half_life_days), x = (uint64_t)ONE;
	for (size_t k = 0; k < d.n; k++, x = mul62(x, step)) {
		// Whole half-lives are exact.
		int64_t halves = (int64_t)k / half_life_days;
		if ((int64_t)k % half_life_days == 0) x = halves < 62 ? (uint64_t)(ONE >> halves) : 0;
		d.table[k] = (x + ((uint64_t)1 << 29)) >> 30;
	}
	return d;
}
