// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/decay.h"

#include "test.h"

TEST(whole_half_lives_halve_exactly)
{
	static const int64_t HALF[] = {1, 7, 30, 60, 365};
	for (size_t i = 0; i < COUNTOF(HALF); i++) {
		Decay d = decay_new(test_arena(), HALF[i], 4000);
		for (int64_t k = 0; k * HALF[i] < 4000 && k < 20; k++)
			assert_int_equal(decayed(&d, 1 << 20, k * HALF[i]), (1 << 20) >> k);
		for (size_t k = 1; k < d.n; k++) assert_true(d.table[k] <= d.table[k - 1]);
	}
}

TEST(what_is_not_in_the_table_has_faded)
{
	Decay never = decay_new(test_arena(), 0, 10), month = decay_new(test_arena(), 30, 10);
	assert_int_equal(decayed(&never, -7, 100000), -7);
	assert_int_equal(decayed(&month, 1000, 0), 1000);
	assert_int_equal(decayed(&month, 1000, -1), 0);
	assert_int_equal(decayed(&month, 1000, 11), 0);
}
