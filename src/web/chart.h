// SPDX-License-Identifier: AGPL-3.0-or-later
// Lines and bars for charts that the server draws: SVG paths of whole numbers. What is drawn beside them (axis, table, words)
// is the page's; a chart without its numbers in reach is none.
//
//   v->spark = chart_line(a, values, n, most, (ChartBox){96, 28, 2});
#pragma once
#include "base/buf.h"

typedef struct ChartBox {
	int64_t wide, high, pad; // pad: kept free above and below a line
} ChartBox;

// From left to right; values below 0 lie on the ground. most is at least 1.
Str chart_line(Arena *a, const int64_t *v, size_t n, int64_t most, ChartBox box);
int64_t chart_y(int64_t v, int64_t most, ChartBox box);
// One bar each, standing on `below` (NULL: on the ground), the gap between two a fifth of a place.
Str chart_bars(Arena *a, const int64_t *v, const int64_t *below, size_t n, int64_t most, ChartBox box);
int64_t chart_top(int64_t n); // a round number not below: 1, 2, 4, 6 or 8 times a power of ten, 2 at least
