// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/idmap.h"

#include "test.h"

TEST(idmap_numbers_keys_in_their_order)
{
	Ctx *cx = test_ctx();
	IdMap map = idmap_init(cx->arena, 0);
	uint32_t n;
	for (int64_t i = 1; i <= 10000; i++) {
		assert_ok(cx, idmap_number(cx, &map, i * 4096 + (i & 3), &n));
		assert_int_equal(n, i);
	}
	for (int64_t i = 10000; i >= 1; i--) {
		assert_int_equal(idmap_find(&map, i * 4096 + (i & 3)), i);
		assert_ok(cx, idmap_number(cx, &map, i * 4096 + (i & 3), &n));
		assert_int_equal(n, i);
	}
	assert_int_equal(idmap_find(&map, 5), 0);
	assert_int_equal(idmap_find(&map, -1), 0);
}

TEST(idmap_never_holds_nobody_and_forgets_when_told)
{
	Ctx *cx = test_ctx();
	IdMap map = idmap_init(cx->arena, 10);
	uint32_t n = 7;
	assert_ok(cx, idmap_number(cx, &map, 0, &n));
	assert_int_equal(n, 0);
	assert_int_equal(map.n, 0);
	*idmap_at(&map, INT64_MIN) = 42;
	assert_int_equal(idmap_find(&map, INT64_MIN), 42);
	idmap_clear(&map);
	assert_int_equal(idmap_find(&map, INT64_MIN), 0);
}

TEST(idmap_says_when_memory_is_full)
{
	Ctx *cx = test_ctx();
	AUTO(Arena) small = arena_new(ARENA_BLOCK_BYTES);
	IdMap map = idmap_init(small, 10);
	Status st = ST_OK;
	uint32_t n;
	for (int64_t i = 1; st == ST_OK && i < 10000; i++) st = idmap_number(cx, &map, i, &n);
	assert_status(cx, st, ST_TOO_LARGE);
	assert_int_equal(idmap_find(&map, 1), 1);
}

TEST(idmap_begins_again_small_after_having_been_large)
{
	Ctx *cx = test_ctx();
	IdMap map = idmap_init(cx->arena, 0);
	uint32_t n;
	for (int round = 0; round < 4; round++) {
		int64_t keys = round % 2 ? 40 : 5000;
		assert_true(idmap_restart(&map, 20)); // fewer than come: it grows as ever
		assert_int_equal(map.n, 0);
		for (int64_t i = 1; i <= keys; i++) {
			assert_int_equal(idmap_find(&map, i * 977), 0);
			assert_ok(cx, idmap_number(cx, &map, i * 977, &n));
		}
		for (int64_t i = 1; i <= keys; i++) assert_int_equal(idmap_find(&map, i * 977), i);
	}
	for (int round = 0; round < 50; round++) { // small, and then large again, takes no more memory each time
		assert_true(idmap_restart(&map, 1));
		for (int64_t i = 1; i <= 5000; i++) assert_ok(cx, idmap_number(cx, &map, i * 31, &n));
		assert_int_equal(idmap_key(&map, 4000), 4000 * 31);
	}
	assert_true(arena_used_bytes(cx->arena) < (size_t)4 << 20);
	assert_true(idmap_restart(&map, 1000));
	size_t used = arena_used_bytes(cx->arena);
	for (int64_t i = 1; i <= 1000; i++) assert_ok(cx, idmap_number(cx, &map, i, &n));
	assert_int_equal(arena_used_bytes(cx->arena), used); // there was room
}

TEST(idmap_begins_small_where_what_is_expected_has_no_room)
{
	Ctx *cx = test_ctx();
	AUTO(Arena) small = arena_new(ARENA_BLOCK_BYTES);
	IdMap map = idmap_init(small, 1000000);
	uint32_t n;
	Status st = ST_OK;
	int64_t key = 0;
	while (st == ST_OK) st = idmap_number(cx, &map, ++key, &n);
	assert_status(cx, st, ST_TOO_LARGE);
	assert_true(key > 16);
	for (int64_t i = 1; i < key; i++) assert_int_equal(idmap_find(&map, i), i);
}
