// SPDX-License-Identifier: AGPL-3.0-or-later
// Contributor numbers: Lorenz curve and Gini rather than "the rule" of 90-9-1, and the contributor absence factor.
#include "superusers/superusers.h"

#include <stdlib.h>

static int most_first(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x < y) - (x > y);
}

typedef struct Curve {
	int64_t *v; // most first
	size_t n;
	int64_t sum;
} Curve;

static Curve curve(Arena *a, const int64_t *of, size_t members)
{
	Curve c = {.v = ARENA_NEW(a, int64_t, members + 1)};
	for (size_t m = 1; m <= members; m++) {
		if (of[m] <= 0) continue;
		c.v[c.n++] = of[m];
		c.sum += of[m];
	}
	if (c.n) qsort(c.v, c.n, sizeof *c.v, most_first);
	return c;
}

static int64_t share_of(const Curve *c, size_t from, size_t until)
{
	int64_t part = 0;
	for (size_t i = from; i < until && i < c->n; i++) part += c->v[i];
	return c->sum ? (part * 1000 + c->sum / 2) / c->sum : 0;
}

static int64_t half_of(const Curve *c)
{
	int64_t part = 0;
	size_t n = 0;
	while (part * 2 < c->sum) part += c->v[n++];
	return (int64_t)n;
}

BoardSplit board_split(Arena *a, const int64_t *posts, const int64_t *answers, size_t members)
{
	Curve c = curve(a, posts, members), of_answers = curve(a, answers, members);
	BoardSplit s = {.contributors = (int64_t)c.n,
					.posts = c.sum,
					.top1 = share_of(&c, 0, c.n / 100),
					.next9 = share_of(&c, c.n / 100, c.n / 10),
					.top10 = share_of(&c, 0, c.n / 10),
					.half = half_of(&c),
					.answerers = (int64_t)of_answers.n,
					.absence_factor = half_of(&of_answers)};
	// G = sum over i of (2i - n - 1) x_i / (n sum x), x ascending, i from 1.
	if (!c.n || c.sum <= 0) return s;
	i128 over = 0, under = (i128)c.n * c.sum;
	for (size_t i = 0; i < c.n; i++) over += ((i128)c.n - 1 - 2 * (i128)i) * c.v[i];
	s.gini = (int64_t)((over * 1000 + under / 2) / under);
	return s;
}
