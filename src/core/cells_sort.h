// SPDX-License-Identifier: AGPL-3.0-or-later
// Sorting by keys with few bits: least digit first, as few passes as their bits need, in the order in which they came where
// the bits asked about are equal.
#pragma once
#include "base/macros.h"

typedef struct CellsWide { // a count with more to it than a member
	uint64_t key;          // member, other
	int64_t n;
	uint32_t set; // place in the table of sets
} CellsWide;

// By `bits` of the key from bit `from` on. The result is in one of the two arrays, both of n.
CellsWide *cells_sort_wide(CellsWide *v, CellsWide *spare, size_t n, unsigned from, unsigned bits);
