// SPDX-License-Identifier: AGPL-3.0-or-later
// Fading by half in a number of days, by integer arithmetic alone: fixed-point 2^32 * 2^(-days / half life) from a table, so that
// every machine and compiler gives the same. Whole half-lives are exact.
//
//   Decay d = decay_new(arena, 30, 365);   // of 0: nothing fades
//   int64_t left = decayed(&d, points, age_days);   // none before 0 days, and past the table
//
// A table belongs to the arena and is read only: threads may share it.
#pragma once
#include "base/arena.h"

typedef struct Decay {
	int64_t half_life_days; // 0: never
	uint64_t *table;
	size_t n;
} Decay;
Decay decay_new(Arena *a, int64_t half_life_days, size_t days);

static inline int64_t decayed(const Decay *d, int64_t points, int64_t age_days)
{
	if (!d->half_life_days) return points;
	if (age_days < 0 || (size_t)age_days >= d->n) return 0;
	return (int64_t)(((i128)points * (i128)d->table[age_days]) >> 32);
}
