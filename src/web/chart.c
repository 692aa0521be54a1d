// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/chart.h"

#define PATH_START_BYTES 256
#define PATH_MAX_BYTES ((size_t)64 << 10)

int64_t chart_y(int64_t v, int64_t most, ChartBox box)
{
	return box.high - box.pad - i64_max(v, 0) * (box.high - 2 * box.pad) / most;
}

Str chart_line(Arena *a, const int64_t *v, size_t n, int64_t most, ChartBox box)
{
	Buf b = buf_init(a, PATH_START_BYTES, PATH_MAX_BYTES);
	for (size_t i = 0; i < n; i++) {
		int64_t x = n > 1 ? (int64_t)i * box.wide / (int64_t)(n - 1) : box.wide;
		buf_format(&b, "%c%lld %lld", i ? 'L' : 'M', (long long)x, (long long)chart_y(v[i], most, box));
	}
	return buf_view(&b);
}

Str chart_bars(Arena *a, const int64_t *v, const int64_t *below, size_t n, int64_t most, ChartBox box)
{
	Buf b = buf_init(a, PATH_START_BYTES, PATH_MAX_BYTES);
	for (size_t i = 0; i < n; i++) {
		int64_t x = (int64_t)i * box.wide / (int64_t)n, wide = box.wide / (int64_t)n;
		int64_t ground = chart_y(below ? below[i] : 0, most, box),
				top = chart_y((below ? below[i] : 0) + v[i], most, box);
		if (v[i] <= 0) continue;
		int64_t right = x + i64_max(1, wide - wide / 5);
		buf_format(&b, "M%lld %lldH%lldV%lldH%lldZ", (long long)x, (long long)ground, (long long)right, (long long)top,
				   (long long)x);
	}
	return buf_view(&b);
}

int64_t chart_top(int64_t n)
{
	static const int64_t STEPS[] = {1, 2, 4, 6, 8};
	for (int64_t ten = 1;; ten *= 10)
		for (size_t i = 0; i < COUNTOF(STEPS); i++)
			if (n <= STEPS[i] * ten && STEPS[i] * ten >= 2) return STEPS[i] * ten;
}
