// SPDX-License-Identifier: AGPL-3.0-or-later
// Texts that are nearly the same: retweets, copies with another address, a word changed or dropped. MinHash finds the
// candidates (24 bands of 4 minima over runs of four characters; up to 16 texts are all candidates), the sets decide.
//
//   DupIndex *d = dup_index_new(arena, texts_at_most);
//   text_scan(scan, text);
//   size_t n = dup_index_add(d, scan, matches, COUNTOF(matches));   // earlier texts like this one, best first
//
// Names (@…), addresses, case and a leading RT do not count. What is shorter than a few words has to be equal, and has four letters at
// least: "ok" repeats nobody. Of a text
// met again and again only some of its copies are compared, so that a flood of one text costs no square. About 600 bytes
// a text. One thread. (Broder 1997; the numbers are measured in docs/text.md.)
#pragma once
#include "text/token.h"

#define DUP_MATCHES_MAX 16

typedef struct DupMatch {
	uint32_t text;       // 0 is the first that was added
	uint32_t similarity; // Jaccard, of 65536
} DupMatch;

typedef struct DupIndex DupIndex;
DupIndex *dup_index_new(Arena *a, size_t texts_max);
size_t dup_index_add(DupIndex *d, const TextScan *scan, DupMatch *ret, size_t max);
// Indexes for so many texts at most find the same among the same texts if this is the same; 0: all of them are compared.
size_t dup_index_slots(size_t texts_max);

// Where a few texts came to many that were compared with one another already: may one of the new ones be like another text?
// An index of all of them finds nothing for those of which this says no to every text before them; else it takes the index.
#define DUP_NEWS_MAX 8
typedef struct DupNews DupNews;
DupNews *dup_news_new(Arena *a);                         // 70 KiB
void dup_news_add(DupNews *d, const TextScan *scan);     // DUP_NEWS_MAX of them
bool dup_news_like(DupNews *d, const TextScan *earlier); // whether one of those added may be like this one
