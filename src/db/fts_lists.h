// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads the lists of words out of the tables of an FTS5 index. FTS5 itself walks a list at 200 instructions an entry, so
// a query of two frequent words costs it milliseconds; read here, an entry costs about 20 (ADR 0026).
//
// The format is that of fts5_index.c, version 4, detail=full. TABLE_idx leads to the leaf page that may hold a word,
// TABLE_data holds the pages of each segment and, as row 10, which segments there are. A leaf is
//
//     u16 place of the first row id of a list that began on an earlier page, u16 end of the lists, lists, places of words
//
// and a list is, for each row, its id (the first on a page whole, then differences), twice the bytes of its positions
// plus one if older segments must forget the row, and the positions. Whatever does not read so makes these functions
// return false, and the caller asks FTS5. Needs the tables as one snapshot and a connection that has written nothing.
#pragma once
#include "base/buf.h"

#define FTS_VERSION 4
#define FTS_SEGMENTS_MAX 64
#define FTS_PAGES_MAX 256 // of all lists of one query, 1 MB
#define FTS_LISTS_MAX 8   // words of one query

// The ids of the segments, oldest first, as their lists are added. structure: the row 10 of TABLE_data.
bool fts_segments_read(Str structure, int64_t ret_ids[FTS_SEGMENTS_MAX], size_t *ret_n);

typedef struct FtsEntry {
	uint32_t doc; // row id
	uint32_t at;  // in the bytes: size and positions
} FtsEntry;
typedef struct FtsList { // ascending
	FtsEntry *v;
	size_t n, cap;
	bool deleted; // some entries only tell older segments to forget a row
} FtsList;
typedef struct FtsBytes { // of all lists of a query, in one piece
	unsigned char *p;
	size_t n, cap;
} FtsBytes;

FtsBytes fts_bytes(Arena *a, size_t pages_bytes); // p is NULL past the arena's cap
// Adds what one segment has of a word to *list, where its rows win over those of older segments. pages: from the one that may
// hold the word on, one after another; last: the segment has no more. The bytes have room for them.
bool fts_list_add(Arena *a, Str word, const Str *pages, size_t pages_n, bool last, FtsBytes *bytes, FtsList *list);
// Drops rows that are deleted; after the newest segment.
void fts_list_finish(const FtsBytes *bytes, FtsList *list);
// How often the word stands in each of two columns of the entry's row.
void fts_entry_count(const FtsBytes *bytes, FtsEntry e, uint32_t ret_counts[2]);
// The newest rows that all lists have, newest first: at[i * lists_n + l] is the entry of row i in list l.
size_t fts_lists_meet(const FtsList *lists, size_t lists_n, FtsEntry *ret_at, size_t max);
