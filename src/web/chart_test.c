// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/chart.h"

#include "test.h"

TEST(chart_lines_and_bars)
{
	ChartBox box = {100, 20, 0};
	int64_t v[] = {0, 5, 10}, below[] = {0, 5, 0};
	assert_str_equal(chart_line(test_arena(), v, 3, 10, box), "M0 20L50 10L100 0");
	assert_str_equal(chart_line(test_arena(), v, 1, 10, box), "M100 20");
	assert_str_equal(chart_bars(test_arena(), v, below, 3, 10, box), "M33 10H60V0H33ZM66 20H93V0H66Z");
	assert_int_equal(chart_top(0), 2);
	assert_int_equal(chart_top(7), 8);
	assert_int_equal(chart_top(61), 80);
	assert_int_equal(chart_top(81), 100);
}
