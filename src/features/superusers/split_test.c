// SPDX-License-Identifier: AGPL-3.0-or-later
// Contributor numbers against their definitions, for random communities and the extremes.
#include "superusers/superusers.h"

#include "test.h"

#include <math.h>

#define MEMBERS 60

// Half the mean absolute difference, relative to the mean, over those who wrote.
static double gini_of(const int64_t *v)
{
	double differences = 0, sum = 0, n = 0;
	for (int i = 1; i <= MEMBERS; i++) {
		if (v[i] <= 0) continue;
		n++;
		sum += (double)v[i];
		for (int k = 1; k <= MEMBERS; k++)
			if (v[k] > 0) differences += fabs((double)(v[i] - v[k]));
	}
	return n > 0 ? differences / (2 * n * sum) : 0;
}

TEST(split_is_as_defined)
{
	uint64_t seed = 7;
	int64_t v[MEMBERS + 1];
	for (int round = 0; round < 300; round++) {
		for (int i = 0; i <= MEMBERS; i++) {
			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			v[i] = (int64_t)(seed >> 60 ? (seed >> 33) % (1 + (seed >> 40) % 200) : 0);
		}
		BoardSplit s = board_split(test_arena(), v, v, MEMBERS);
		assert_true(fabs((double)s.gini / 1000 - gini_of(v)) <= 0.00051);
		assert_true(s.half * 2 <= s.contributors + 1); // the first half of them has at least half
		assert_int_equal(s.half, s.absence_factor);
		assert_true(s.top1 <= s.top10 && s.top1 + s.next9 <= s.top10 + 1 && s.top10 <= 1000);
	}
}

TEST(split_of_equals_and_of_one)
{
	int64_t equal[MEMBERS + 1], one[MEMBERS + 1] = {[5] = 12}, none[MEMBERS + 1] = {0};
	for (int i = 0; i <= MEMBERS; i++) equal[i] = 3;
	assert_int_equal(board_split(test_arena(), equal, equal, MEMBERS).gini, 0);
	assert_int_equal(board_split(test_arena(), equal, equal, MEMBERS).absence_factor, MEMBERS / 2);
	BoardSplit s = board_split(test_arena(), one, one, MEMBERS);
	assert_true(s.contributors == 1 && s.half == 1 && s.gini == 0);
	s = board_split(test_arena(), none, none, MEMBERS);
	assert_true(s.contributors == 0 && s.half == 0 && s.gini == 0 && s.top10 == 0);
}
