// SPDX-License-Identifier: AGPL-3.0-or-later
// IdMap: a hash map from 64-bit keys to 32-bit numbers, in an arena, that only grows. Key 0 is nobody: it is never
// stored, and finds 0. idmap_number gives keys the numbers 1, 2, 3, … in the order in which they come.
//
//   IdMap map = idmap_init(arena, 1000);
//   uint32_t n;
//   TRY(idmap_number(cx, &map, member_id, &n));
#pragma once
#include "base/ctx.h"

#define IDMAP_KEYS_MAX ((size_t)1 << 29)

typedef struct IdSlot {
	int64_t key; // 0: free
	uint32_t value;
	uint32_t nth; // of slot i: where the key that came as number i lies, so that clearing costs what was put in
} IdSlot;

typedef struct IdMap {
	Arena *arena;
	IdSlot *slots; // open addressing
	size_t n, cap; // cap is a power of two
	size_t room;   // slots there is memory for: as many or more
} IdMap;

IdMap idmap_init(Arena *a, size_t expected);
// Asks memory for what idmap_find or idmap_at will look at: of use some ten keys before, in maps larger than the caches.
static inline size_t idmap_slot(const IdMap *map, int64_t key)
{
	uint64_t h = (uint64_t)key * UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(h ^ (h >> 29)) & (map->cap - 1);
}
static inline uint32_t idmap_find(const IdMap *map, int64_t key) // 0 if absent
{
	if (!key) return 0;
	size_t at = idmap_slot(map, key);
	while (map->slots[at].key && map->slots[at].key != key) at = (at + 1) & (map->cap - 1);
	return map->slots[at].value;
}
static inline void idmap_fetch(const IdMap *map, int64_t key) { __builtin_prefetch(&map->slots[idmap_slot(map, key)]); }
// The value's place, made (0) if the key is new; NULL when the arena is full. Valid until the next call.
uint32_t *idmap_at(IdMap *map, int64_t key);
MUST_CHECK Status idmap_number(Ctx *cx, IdMap *map, int64_t key, uint32_t *ret_number);
int64_t idmap_key(const IdMap *map, uint32_t number); // whose number idmap_number gave; 0 for one that nobody has
void idmap_clear(IdMap *map);                         // forgets the keys, keeps the memory
// The same for a map that is used again and again, and now for about so many keys: few lie close together, however many there
// once were. False when the arena is full.
bool idmap_restart(IdMap *map, size_t expected);
