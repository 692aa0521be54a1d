// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/cells_sort.h"

#include <string.h>

#define DIGIT_BITS_MAX 11
#define DIGITS_MAX 3
#define FEW 48 // below this, sorting by insertion is faster than counting digits

typedef struct Digits {
	unsigned n, bits;
	uint32_t count[DIGITS_MAX][1 << DIGIT_BITS_MAX];
} Digits;

static void digits_begin(Digits *d, unsigned bits)
{
	BUG_IF(!bits || bits > DIGITS_MAX * DIGIT_BITS_MAX);
	d->n = (bits + DIGIT_BITS_MAX - 1) / DIGIT_BITS_MAX;
	d->bits = (bits + d->n - 1) / d->n;
	for (unsigned k = 0; k < d->n; k++) memset(d->count[k], 0, ((size_t)1 << d->bits) * sizeof d->count[k][0]);
}

// From how many there are of each digit to where the first of them goes.
static void digits_place(Digits *d)
{
	for (unsigned k = 0; k < d->n; k++)
		for (uint32_t i = 0, sum = 0; i < 1u << d->bits; i++) {
			uint32_t n = d->count[k][i];
			d->count[k][i] = sum;
			sum += n;
		}
}

CellsWide *cells_sort_wide(CellsWide *v, CellsWide *spare, size_t n, unsigned from, unsigned bits)
{
	uint64_t mask = ((uint64_t)1 << bits) - 1;
	if (n <= FEW) {
		for (size_t i = 1; i < n; i++) {
			CellsWide x = v[i];
			size_t k = i;
			for (; k && (v[k - 1].key >> from & mask) > (x.key >> from & mask); k--) v[k] = v[k - 1];
			v[k] = x;
		}
		return v;
	}
	Digits d;
	digits_begin(&d, bits);
	const uint64_t digit = ((uint64_t)1 << d.bits) - 1;
	const unsigned second = from + d.bits, third = second + d.bits;
	if (d.n == 2)
		for (size_t i = 0; i < n; i++) {
			uint64_t key = v[i].key;
			d.count[0][key >> from & digit]++;
			d.count[1][key >> second & digit & mask >> d.bits]++;
		}
	else
		for (size_t i = 0; i < n; i++) {
			uint64_t key = v[i].key;
			d.count[0][key >> from & digit & mask]++;
			if (d.n == 1) continue;
			d.count[1][key >> second & digit]++;
			d.count[2][key >> third & digit & mask >> 2 * d.bits]++;
		}
	digits_place(&d);
	for (unsigned k = 0; k < d.n; k++) {
		uint32_t *at = d.count[k];
		unsigned shift = from + k * d.bits;
		uint64_t here = mask >> k * d.bits & digit;
		for (size_t i = 0; i < n; i++) spare[at[v[i].key >> shift & here]++] = v[i];
		CellsWide *swap = v;
		v = spare;
		spare = swap;
	}
	return v;
}
