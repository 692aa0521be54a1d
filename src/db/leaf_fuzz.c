// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as a leaf page: nothing is read past it or before it, and a row that was read once reads the same again.
// Input: a byte with a bit for each of the first eight columns, a byte with the place of the row id, then the page.
#include "db/leaf.h"

#include <stdlib.h>
#include <string.h>

#define PAGE 1024

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	LeafReader reader, fresh;
	Leaf leaf;
	int columns[8], n = 0;
	int64_t id, again, row[8], same[8];
	if (size < 3) return 0;
	for (int i = 0; i < 8; i++)
		if (data[0] >> i & 1) columns[n++] = i;
	if (!leaf_reader_init(&reader, columns, (size_t)n, data[1] % 16 - 1)) return 0;
	unsigned char *page = calloc(1, PAGE); // of its own, so that its ends are guarded
	if (!page) return 0;
	memcpy(page, data + 2, size - 2 < PAGE ? size - 2 : PAGE);
	if (leaf_open(page, PAGE, &leaf))
		for (size_t i = 0; i < leaf.cells; i++) {
			if (!leaf_row(&reader, &leaf, i, &id, row)) continue;
			BUG_IF(!leaf_reader_init(&fresh, columns, (size_t)n, data[1] % 16 - 1));
			BUG_IF(!leaf_row(&fresh, &leaf, i, &again, same) || id != again);
			BUG_IF(memcmp(row, same, (size_t)n * sizeof *row) != 0);
		}
	free(page);
	return 0;
}
