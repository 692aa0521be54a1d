// SPDX-License-Identifier: AGPL-3.0-or-later
// The page cache for guests: finished replies by target, shared by loops and workers. An entry holds only what every
// guest may see. It is valid while the site's generation has not moved and it is younger than CACHE_AGE_MAX_MS (another
// process on the same database cannot tell us of its writes). Entries are counted by reference: a reply being sent keeps
// its entry alive after eviction.
#pragma once
#include "web/route.h"

#define CACHE_AGE_MAX_MS 500

typedef struct Cache Cache;
typedef enum Coding { CODING_IDENTITY, CODING_GZIP, CODING_BROTLI, CODING_ZSTD, CODINGS } Coding;

typedef struct CacheEntry {
	Arena *arena;
	uint64_t hash, generation;
	Time made_at;
	Str target, content_type, etag;
	Str body;
	Observation seen; // what reading this page means; kind 0: nothing
	const char *route;
	size_t bytes;
	_Atomic int refs;
	struct CacheEntry *next, *newer, *older;
} CacheEntry;

typedef struct CachePage { // what is put in: copied, but for the route
	Str content_type, body, etag;
	Observation seen;
	const char *route; // for the access log
} CachePage;

Cache *cache_new(Arena *a, size_t max_bytes);
void cache_done(Cache *c);
// The entry, with a reference the caller gives back by cache_release; NULL when there is no valid one.
CacheEntry *cache_find(Cache *c, Str target, uint64_t generation, Time now);
// Copies the page. Compressed forms are separate entries, under the target with the coding appended.
void cache_put(Cache *c, Str target, uint64_t generation, Time now, const CachePage *page);
Str cache_etag(Arena *a, Str body);
void cache_release(void *entry); // a CacheEntry *
// What the client accepts best, of the forms we make: zstd, then br, then gzip.
Coding coding_choose(Str accept_encoding);
Str coding_name(Coding c);
// Compressing contexts of zstd, kept for the next page: making one costs more than compressing a page with it.
typedef struct Coder Coder;
Coder *coder_new(Arena *a);
void coder_done(Coder *coder);
// str_none() when compressing does not pay. Any thread.
Str coding_encode(Coder *coder, Arena *a, Coding c, Str body);
