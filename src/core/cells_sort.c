// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/cells_sort.h"

#include <string.h>

#define DIGIT_BITS_MAX 11
#define FEW 48 // below this, sorting by insertion is faster than counting digits

static void places(uint32_t *count, size_t digits)
{
	uint32_t sum = 0;
	for (size_t d = 0; d < digits; d++) {
		uint32_t n = count[d];
		count[d] = sum;
		sum += n;
	}
}

// One text for both: T is the element, KEY(x) its key.
#define SORT(T, KEY)                                                                                                   \
	if (n <= FEW) {                                                                                                    \
		for (size_t i = 1; i < n; i++) {                                                                               \
			T x = v[i];                                                                                                \
			size_t k = i;                                                                                              \
			for (; k && KEY(v[k - 1]) > KEY(x); k--) v[k] = v[k - 1];                                                  \
			v[k] = x;                                                                                                  \
		}                                                                                                              \
		return v;                                                                                                      \
	}                                                                                                                  \
	unsigned passes = (bits + DIGIT_BITS_MAX - 1) / DIGIT_BITS_MAX, digit = (bits + passes - 1) / passes;              \
	uint64_t mask = ((uint64_t)1 << digit) - 1;                                                                        \
	uint32_t count[(size_t)1 << DIGIT_BITS_MAX];                                                                       \
	for (unsigned pass = 0; pass < passes; pass++) {                                                                   \
		unsigned shift = pass * digit;                                                                                 \
		memset(count, 0, sizeof count);                                                                                \
		for (size_t i = 0; i < n; i++) count[KEY(v[i]) >> shift & mask]++;                                             \
		places(count, (size_t)mask + 1);                                                                               \
		for (size_t i = 0; i < n; i++) spare[count[KEY(v[i]) >> shift & mask]++] = v[i];                               \
		T *swap = v;                                                                                                   \
		v = spare;                                                                                                     \
		spare = swap;                                                                                                  \
	}                                                                                                                  \
	return v

#define KEY_ITSELF(x) (x)
#define KEY_OF(x) (x).key

uint64_t *cells_sort_keys(uint64_t *v, uint64_t *spare, size_t n, unsigned bits) { SORT(uint64_t, KEY_ITSELF); }

CellsCount *cells_sort_counts(CellsCount *v, CellsCount *spare, size_t n, unsigned bits) { SORT(CellsCount, KEY_OF); }
