// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads rows of whole numbers out of a leaf page of a table of SQLite. SQLite itself takes 1,500 instructions to hand on a row of eight
// numbers; read here, it takes about 150 (ADR 0028).
//
// The format is that of sqlite.org/fileformat2.html: §1.6 B-tree Pages, §2.1 Record Format. A leaf is
//
//     u8 13, …, u16 number of cells at 3, …; at 8 a u16 for each cell, which is its place, by row id
//
// and a cell the bytes of the record, the row id and the record: the bytes of its head, a type for each column, the values. Most rows
// of a table have one of a few heads, so where the values lie is found once for each. What is wanted has to lie in the part of a record
// that is always on its own page. Whatever does not read so makes these functions return false, and the caller asks SQLite.
//
//   LeafReader reader;
//   if (leaf_reader_init(&reader, columns, n, alias) && leaf_open(page, bytes, &leaf))
//     for (size_t i = 0; i < leaf.cells && leaf_row(&reader, &leaf, i, &row_id, row); i++) …
#pragma once
#include "base/macros.h"

#define LEAF_COLUMNS_MAX 16
#define LEAF_HEAD_BYTES 16 // of types, up to the last that is wanted
#define LEAF_SHAPES_BITS 4

typedef struct LeafShape { // of rows whose heads begin alike
	uint64_t head[2], mask[2];
	size_t head_bytes; // of types up to the last that is wanted; 0: no shape yet
	size_t bytes;      // of the values up to it
	struct LeafValue {
		uint16_t end;  // where it ends among the values
		uint8_t shift; // bits of eight bytes that are not its own
		uint8_t one;   // if it has no bytes: 0 or 1
		int64_t mask;  // all bits if it has bytes
	} v[LEAF_COLUMNS_MAX];
} LeafShape;

typedef struct LeafReader {       // of some columns of a table
	uint8_t at[LEAF_COLUMNS_MAX]; // their places in a record, in order
	size_t n;
	int alias; // which of them is the row id, and not in the record; -1: none
	LeafShape shapes[1 << LEAF_SHAPES_BITS];
} LeafReader;

// columns: their places in the table; alias: the place of the one that is the row id, or -1. False: not in order, or too many.
bool leaf_reader_init(LeafReader *r, const int *columns, size_t n, int alias);

typedef struct Leaf {
	const unsigned char *page;
	size_t bytes, cells, local; // local: what a record has on its own page at least, if it is longer
} Leaf;
bool leaf_open(const unsigned char *page, size_t bytes, Leaf *ret);

// Asks memory for a cell that will be read soon, if there is one.
static inline void leaf_fetch(const Leaf *l, size_t cell)
{
	const unsigned char *place = l->page + 8 + 2 * cell;
	if (cell < l->cells) __builtin_prefetch(l->page + ((size_t)place[0] << 8 | place[1]));
}

// A cell's row id, and what is wanted of it; NULL reads as 0.
bool leaf_row(LeafReader *r, const Leaf *l, size_t cell, int64_t *ret_row_id, int64_t *ret_row);
