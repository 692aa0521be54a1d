// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fairness.h"

#include <string.h>

static int64_t times(int64_t a, int64_t b) { return (int64_t)(((i128)a * b) / FAIRNESS_ONE); }
static int64_t distance(int64_t a, int64_t b) { return a > b ? a - b : b - a; }

static void one_round(Fairness *f, const Rating *v, size_t n, size_t members)
{
	memset(f->given, 0, members * sizeof *f->given);
	memset(f->blamed, 0, members * sizeof *f->blamed);
	for (size_t i = 0; i < n; i++) f->given[v[i].rated] += times(f->fairness[v[i].rater], v[i].weight);
	for (size_t m = 0; m < members; m++) f->goodness[m] = f->in_n[m] ? f->given[m] / f->in_n[m] : FAIRNESS_ONE;
	for (size_t i = 0; i < n; i++) f->blamed[v[i].rater] += distance(v[i].weight, f->goodness[v[i].rated]);
	for (size_t m = 0; m < members; m++)
		f->fairness[m] = FAIRNESS_ONE - (f->out_n[m] ? f->blamed[m] / f->out_n[m] / 2 : 0);
}

Status fairness_find(Ctx *cx, const Rating *v, size_t n, size_t members, Fairness *ret)
{
	int64_t *p = arena_try_alloc(cx->arena, (members + 1) * 4 * sizeof *p, _Alignof(int64_t));
	uint32_t *counts = arena_try_alloc(cx->arena, (members + 1) * 2 * sizeof *counts, _Alignof(uint32_t));
	if (!p || !counts) return fail(cx, ST_TOO_LARGE, "%zu raters do not fit in memory", members);
	Fairness f = {p, p + members, p + 2 * members, p + 3 * members, counts, counts + members};
	for (size_t m = 0; m < members; m++) f.fairness[m] = f.goodness[m] = FAIRNESS_ONE;
	for (size_t i = 0; i < n; i++) f.out_n[v[i].rater]++, f.in_n[v[i].rated]++;
	for (size_t round = 0; round < FAIRNESS_ROUNDS; round++) one_round(&f, v, n, members);
	// The last round's sums are of the fairness before it; one more half round makes them agree.
	memset(f.given, 0, members * sizeof *f.given);
	for (size_t i = 0; i < n; i++) f.given[v[i].rated] += times(f.fairness[v[i].rater], v[i].weight);
	*ret = f;
	return ST_OK;
}

void fairness_guess(const Fairness *f, const Rating *r, int64_t *ret_goodness, int64_t *ret_product)
{
	int64_t good = 0, fair = FAIRNESS_ONE;
	if (f->in_n[r->rated] > 1)
		good = (f->given[r->rated] - times(f->fairness[r->rater], r->weight)) / (f->in_n[r->rated] - 1);
	if (f->out_n[r->rater] > 1)
		fair -= (f->blamed[r->rater] - distance(r->weight, f->goodness[r->rated])) / (f->out_n[r->rater] - 1) / 2;
	*ret_goodness = good;
	*ret_product = times(good, fair);
}
