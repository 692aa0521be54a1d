// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/idmap.h"

#define START 64

static size_t slot_of(const IdMap *map, int64_t key)
{
	uint64_t h = (uint64_t)key * UINT64_C(0x9e3779b97f4a7c15);
	size_t at = (size_t)(h ^ (h >> 29)) & (map->cap - 1);
	while (map->slots[at].key && map->slots[at].key != key) at = (at + 1) & (map->cap - 1);
	return at;
}

static bool map_size(IdMap *map, size_t cap)
{
	IdSlot *slots = arena_try_alloc(map->arena, cap * sizeof *slots, _Alignof(IdSlot));
	if (!slots) return false;
	IdMap old = *map;
	map->slots = slots;
	map->cap = cap;
	for (size_t i = 0; i < old.n; i++) {
		const IdSlot *from = &old.slots[old.slots[i].nth];
		size_t at = slot_of(map, from->key);
		map->slots[at].key = from->key;
		map->slots[at].value = from->value;
		map->slots[i].nth = (uint32_t)at;
	}
	return true;
}

IdMap idmap_init(Arena *a, size_t expected)
{
	IdMap map = {.arena = a};
	size_t cap = START;
	while (cap < expected * 2) cap *= 2;
	BUG_IF(!map_size(&map, cap));
	return map;
}

uint32_t idmap_find(const IdMap *map, int64_t key) { return key ? map->slots[slot_of(map, key)].value : 0; }

uint32_t *idmap_at(IdMap *map, int64_t key)
{
	BUG_IF(!key);
	size_t at = slot_of(map, key);
	if (map->slots[at].key) return &map->slots[at].value;
	if (map->n * 2 >= map->cap) {
		if (map->n >= IDMAP_KEYS_MAX || !map_size(map, map->cap * 2)) return NULL;
		at = slot_of(map, key);
	}
	map->slots[at].key = key;
	map->slots[map->n++].nth = (uint32_t)at;
	return &map->slots[at].value;
}

Status idmap_number(Ctx *cx, IdMap *map, int64_t key, uint32_t *ret_number)
{
	*ret_number = 0;
	if (!key) return ST_OK;
	uint32_t *value = idmap_at(map, key);
	if (!value) return fail(cx, ST_TOO_LARGE, "more than %zu ids do not fit in memory", map->n);
	if (!*value) *value = (uint32_t)map->n;
	*ret_number = *value;
	return ST_OK;
}

int64_t idmap_key(const IdMap *map, uint32_t number)
{
	return number && number <= map->n ? map->slots[map->slots[number - 1].nth].key : 0;
}

void idmap_clear(IdMap *map)
{
	for (size_t i = 0; i < map->n; i++) {
		IdSlot *slot = &map->slots[map->slots[i].nth];
		slot->key = 0;
		slot->value = 0;
	}
	map->n = 0;
}
