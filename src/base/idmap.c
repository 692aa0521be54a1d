// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/idmap.h"

#define START 64

static size_t slot_of(const IdMap *map, int64_t key)
{
	uint64_t h = (uint64_t)key * UINT64_C(0x9e3779b97f4a7c15);
	size_t at = (size_t)(h ^ (h >> 29)) & (map->cap - 1);
	while (map->keys[at] && map->keys[at] != key) at = (at + 1) & (map->cap - 1);
	return at;
}

static bool map_size(IdMap *map, size_t cap)
{
	int64_t *keys = arena_try_alloc(map->arena, cap * sizeof *keys, _Alignof(int64_t));
	uint32_t *values = keys ? arena_try_alloc(map->arena, (cap + cap / 2) * sizeof *values, _Alignof(uint32_t)) : NULL;
	if (!values) return false;
	IdMap old = *map;
	map->keys = keys;
	map->values = values;
	map->used = values + cap;
	map->cap = cap;
	for (size_t i = 0; i < old.n; i++) {
		size_t from = old.used[i], at = slot_of(map, old.keys[from]);
		map->keys[at] = old.keys[from];
		map->values[at] = old.values[from];
		map->used[i] = (uint32_t)at;
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

uint32_t idmap_find(const IdMap *map, int64_t key) { return key ? map->values[slot_of(map, key)] : 0; }

uint32_t *idmap_at(IdMap *map, int64_t key)
{
	BUG_IF(!key);
	size_t at = slot_of(map, key);
	if (map->keys[at]) return &map->values[at];
	if (map->n * 2 >= map->cap) {
		if (map->n >= IDMAP_KEYS_MAX || !map_size(map, map->cap * 2)) return NULL;
		at = slot_of(map, key);
	}
	map->keys[at] = key;
	map->used[map->n++] = (uint32_t)at;
	return &map->values[at];
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
	return number && number <= map->n ? map->keys[map->used[number - 1]] : 0;
}

void idmap_clear(IdMap *map)
{
	for (size_t i = 0; i < map->n; i++) {
		map->keys[map->used[i]] = 0;
		map->values[map->used[i]] = 0;
	}
	map->n = 0;
}
