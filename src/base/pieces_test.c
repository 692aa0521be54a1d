// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/pieces.h"

#include "test.h"

#define N 500

typedef struct All {
	int done[N];
	size_t by[PIECES_WORKERS_MAX];
	size_t fails_at;
} All;

static Status one(void *arg, size_t worker, size_t piece)
{
	All *all = arg;
	all->by[worker]++;
	if (piece == all->fails_at) return ST_TOO_LARGE;
	all->done[piece]++;
	return ST_OK;
}

TEST(pieces_are_each_done_once_by_however_many)
{
	for (size_t workers = 1; workers <= PIECES_WORKERS_MAX; workers++) {
		All all = {.fails_at = N};
		size_t sum = 0;
		assert_int_equal(pieces_run(&(Pieces){.n = N, .workers = workers, .run = one, .arg = &all}), ST_OK);
		for (size_t i = 0; i < N; i++) assert_int_equal(all.done[i], 1);
		for (size_t i = 0; i < PIECES_WORKERS_MAX; i++) sum += all.by[i];
		assert_int_equal(sum, N);
	}
	assert_int_equal(pieces_run(&(Pieces){.n = 0, .workers = 3, .run = one}), ST_OK);
	assert_in_range(pieces_workers(), 1, PIECES_WORKERS_MAX);
}

TEST(pieces_stop_after_a_failure)
{
	for (size_t workers = 1; workers <= 3; workers++) {
		All all = {.fails_at = 7};
		assert_int_equal(pieces_run(&(Pieces){.n = N, .workers = workers, .run = one, .arg = &all}), ST_TOO_LARGE);
		assert_int_equal(all.done[7], 0);
		if (workers == 1) assert_int_equal(all.done[8], 0);
	}
}
