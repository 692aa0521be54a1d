// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/idmap.h"

#define START 64
#define AHEAD ((size_t)8) // keys that memory is asked for before their turn

static size_t slot_of(const IdMap *map, int64_t key)
{
	size_t at = idmap_slot(map, key);
	while (map->slots[at].key && map->slots[at].key != key) at = (at + 1) & (map->cap - 1);
	return at;
}

static void put_again(IdMap *map, size_t i, int64_t key, uint32_t value)
{
	size_t at = slot_of(map, key);
	map->slots[at].key = key;
	map->slots[at].value = value;
	map->slots[i].nth = (uint32_t)at;
}

static bool map_size(IdMap *map, size_t cap, size_t room)
{
	IdSlot *slots = arena_try_alloc(map->arena, room * sizeof *slots, _Alignof(IdSlot));
	if (!slots) return false;
	IdMap old = *map;
	map->slots = slots;
	map->cap = cap;
	map->room = room;
	for (size_t i = 0; i < old.n; i++) {
		if (i + 2 * AHEAD < old.n) __builtin_prefetch(&old.slots[old.slots[i + 2 * AHEAD].nth]);
		if (i + AHEAD < old.n) idmap_fetch(map, old.slots[old.slots[i + AHEAD].nth].key);
		const IdSlot *from = &old.slots[old.slots[i].nth];
		put_again(map, i, from->key, from->value);
	}
	return true;
}

// Twice as large, in the memory there is: what is in it waits behind what it becomes.
static void grow_in_place(IdMap *map)
{
	IdSlot *waiting = map->slots + map->cap * 2;
	size_t n = map->n;
	for (size_t i = 0; i < n; i++) {
		IdSlot *from = &map->slots[map->slots[i].nth];
		waiting[i].key = from->key;
		waiting[i].value = from->value;
	}
	idmap_clear(map);
	map->n = n;
	map->cap *= 2;
	for (size_t i = 0; i < n; i++) {
		put_again(map, i, waiting[i].key, waiting[i].value);
		waiting[i].key = 0;
		waiting[i].value = 0;
	}
}

static bool grow(IdMap *map)
{
	if (map->n >= IDMAP_KEYS_MAX) return false;
	if (map->cap * 4 > map->room) return map_size(map, map->cap * 2, size_max(map->cap, map->room) * 2);
	grow_in_place(map);
	return true;
}

static size_t cap_for(size_t expected)
{
	size_t cap = START;
	while (cap < expected * 2) cap *= 2;
	return cap;
}

IdMap idmap_init(Arena *a, size_t expected)
{
	IdMap map = {.arena = a};
	size_t cap = cap_for(expected);
	// Without room for all that are expected it begins small, and says so when it is full.
	if (!map_size(&map, cap, cap)) BUG_IF(!map_size(&map, START, START));
	return map;
}

uint32_t *idmap_at(IdMap *map, int64_t key)
{
	BUG_IF(!key);
	size_t at = slot_of(map, key);
	if (map->slots[at].key) return &map->slots[at].value;
	if (map->n * 2 >= map->cap) {
		if (!grow(map)) return NULL;
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

bool idmap_restart(IdMap *map, size_t expected)
{
	size_t cap = cap_for(expected);
	idmap_clear(map);
	if (cap > map->room) return map_size(map, cap, cap);
	map->cap = cap;
	return true;
}
