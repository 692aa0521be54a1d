// SPDX-License-Identifier: AGPL-3.0-or-later
// Sorting of keys with few bits: least digit first, as few passes as their bits need.
#pragma once
#include "base/macros.h"

typedef struct CellsCount {
	uint64_t key;
	int64_t n;
} CellsCount;

// The result is in one of the two arrays, both of n; only the lowest `bits` of keys may be set.
uint64_t *cells_sort_keys(uint64_t *v, uint64_t *spare, size_t n, unsigned bits);
CellsCount *cells_sort_counts(CellsCount *v, CellsCount *spare, size_t n, unsigned bits);
