// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"

static bool all_zero(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i]) return false;
	return true;
}

TEST(arena_refuses_past_its_cap)
{
	AUTO(Arena) a = arena_new(100000);
	assert_null(arena_try_alloc(a, 100001, 1));
	assert_null(arena_try_alloc(a, SIZE_MAX, 16));
	assert_non_null(arena_try_alloc(a, 90000, 1));
	assert_null(arena_try_alloc(a, 90000, 1));
	assert_non_null(arena_try_alloc(a, 100, 1)); // what is left still serves
	size_t taken = 90100;
	while (arena_try_alloc(a, 1000, 1)) taken += 1000;
	assert_true(taken <= 100000);
	assert_int_equal(arena_used_bytes(a), taken);
}

TEST(arena_memory_is_zeroed_also_when_reused)
{
	AUTO(Arena) a = arena_new(1 << 20);
	for (int round = 0; round < 3; round++) {
		for (size_t n = 1; n < 9000; n = n * 3 + 1) {
			unsigned char *p = arena_alloc(a, n, 8);
			assert_true(all_zero(p, n));
			memset(p, 0xa5, n);
		}
		arena_reset(a);
		assert_int_equal(arena_used_bytes(a), 0);
	}
}

TEST(arena_aligns)
{
	AUTO(Arena) a = arena_new(1 << 20);
	for (size_t i = 0; i < 200; i++) {
		size_t align = (size_t)1 << (i % 5);
		assert_int_equal((uintptr_t)arena_alloc(a, i, align) % align, 0);
	}
}

TEST(arena_allocations_do_not_overlap)
{
	AUTO(Arena) a = arena_new(4 << 20);
	unsigned char *p[300];
	for (size_t i = 0; i < COUNTOF(p); i++) {
		p[i] = arena_alloc(a, i * 7 % 3001, 4);
		memset(p[i], (int)i & 0xff, i * 7 % 3001);
	}
	for (size_t i = 0; i < COUNTOF(p); i++)
		for (size_t k = 0; k < i * 7 % 3001; k++) assert_int_equal(p[i][k], i & 0xff);
}

TEST(arena_grows_the_latest_in_place)
{
	AUTO(Arena) a = arena_new(1 << 20);
	unsigned char *p = arena_alloc(a, 100, 16);
	memset(p, 1, 100);
	unsigned char *same = arena_grow(a, p, 100, 5000);
	assert_ptr_equal(same, p);
	assert_true(all_zero(p + 100, 4900));
	memset(p + 100, 2, 4900);
	arena_alloc(a, 8, 8); // no longer the latest
	unsigned char *moved = arena_grow(a, p, 5000, 6000);
	assert_ptr_not_equal(moved, p);
	for (size_t i = 0; i < 5000; i++) assert_int_equal(moved[i], i < 100 ? 1 : 2);
	assert_true(all_zero(moved + 5000, 1000));
}

TEST(arena_grow_beyond_its_block_and_cap)
{
	AUTO(Arena) a = arena_new(100000);
	unsigned char *p = arena_alloc(a, 10, 1);
	memset(p, 7, 10);
	unsigned char *big = arena_grow(a, p, 10, 50000);
	assert_non_null(big);
	assert_int_equal(big[9], 7);
	assert_null(arena_grow(a, big, 50000, 100001));
	assert_int_equal(big[9], 7); // the old one stays
	assert_non_null(arena_grow(a, NULL, 0, 16));
}

TEST(arena_rewinds_to_a_mark)
{
	AUTO(Arena) a = arena_new(1 << 20);
	unsigned char *kept = arena_alloc(a, 1000, 1);
	memset(kept, 9, 1000);
	ArenaMark mark = arena_mark(a);
	for (int round = 0; round < 1000; round++) { // in sum far more than the cap
		unsigned char *p = arena_alloc(a, 30000, 1);
		assert_true(all_zero(p, 100));
		memset(p, 0xff, 30000);
		arena_rewind(a, mark);
		assert_int_equal(arena_used_bytes(a), 1000);
	}
	assert_int_equal(kept[999], 9);
	assert_true(all_zero(arena_alloc(a, 5000, 1), 5000));
}

TEST(arena_rewinds_to_its_beginning)
{
	AUTO(Arena) a = arena_new(1 << 20);
	ArenaMark empty = arena_mark(a);
	arena_alloc(a, 100000, 1);
	arena_rewind(a, empty);
	assert_int_equal(arena_used_bytes(a), 0);
	assert_non_null(arena_try_alloc(a, 1 << 20, 1));
}

TEST(arena_reset_gives_the_whole_cap_back)
{
	AUTO(Arena) a = arena_new(1 << 20);
	for (int i = 0; i < 5; i++) {
		assert_non_null(arena_try_alloc(a, (1 << 20) - ARENA_BLOCK_BYTES, 1));
		arena_reset(a);
		assert_non_null(arena_try_alloc(a, 10, 1));
		arena_reset(a);
	}
}
