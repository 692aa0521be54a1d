// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/evaluate_impl.h"

#include "text/head.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BINS 10

typedef struct Counts {
	uint32_t gold[EVALUATE_CLASSES_MAX], got[EVALUATE_CLASSES_MAX], right[EVALUATE_CLASSES_MAX];
	size_t n;
} Counts;

typedef struct Scores {
	double accuracy, f1, recall;
} Scores;

static void count(Counts *c, const EvaluateRow *r)
{
	c->gold[r->gold]++;
	c->got[r->got]++;
	c->right[r->gold] += r->gold == r->got;
	c->n++;
}

static double ratio(double a, double b) { return b > 0 ? a / b : 0; }

// Macro averages run over the classes that the file has.
static Scores scores_of(const Counts *c, size_t classes)
{
	Scores s = {0};
	size_t with = 0, right = 0;
	for (size_t i = 0; i < classes; i++) {
		right += c->right[i];
		if (!c->gold[i]) continue;
		with++;
		s.recall += ratio(c->right[i], c->gold[i]);
		s.f1 += ratio(2.0 * c->right[i], (double)c->gold[i] + c->got[i]);
	}
	s.accuracy = ratio((double)right, (double)c->n);
	s.recall = ratio(s.recall, (double)with);
	s.f1 = ratio(s.f1, (double)with);
	return s;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void put_interval(Buf *out, const char *name, double v, double *draws)
{
	qsort(draws, EVALUATE_DRAWS, sizeof *draws, by_value);
	buf_format(out, "%-13s %.4f  [%.4f, %.4f]\n", name, v, draws[EVALUATE_DRAWS / 40],
			   draws[EVALUATE_DRAWS - EVALUATE_DRAWS / 40 - 1]);
}

static double calibration_error(const EvaluateSet *s)
{
	double p[BINS] = {0}, right[BINS] = {0}, error = 0;
	for (size_t i = 0; i < s->n; i++) {
		size_t bin = size_min(BINS - 1, (size_t)s->rows[i].p * BINS / HEAD_ONE);
		p[bin] += (double)s->rows[i].p / HEAD_ONE;
		right[bin] += s->rows[i].gold == s->rows[i].got;
	}
	for (size_t i = 0; i < BINS; i++) error += fabs(p[i] - right[i]);
	return ratio(error, (double)s->n);
}

static void put_classes(const EvaluateSet *s, const Counts *c, Buf *out)
{
	buf_str(out, S("class                      texts precision  recall      F1\n"));
	for (size_t i = 0; i < s->classes_n; i++)
		buf_format(out, "%-24.*s %7u    %.4f  %.4f  %.4f\n", STR(s->classes[i]), c->gold[i],
				   ratio(c->right[i], c->got[i]), ratio(c->right[i], c->gold[i]),
				   ratio(2.0 * c->right[i], (double)c->gold[i] + c->got[i]));
}

void evaluate_report(Ctx *cx, const EvaluateSet *s, Buf *out)
{
	Counts *c = ARENA_NEW(cx->arena, Counts, 2);
	double *draws[3];
	uint64_t seed = 1;
	for (size_t k = 0; k < 3; k++) draws[k] = ARENA_NEW(cx->arena, double, EVALUATE_DRAWS);
	for (size_t i = 0; i < s->n; i++) count(&c[0], &s->rows[i]);
	for (size_t d = 0; d < EVALUATE_DRAWS; d++) {
		memset(&c[1], 0, sizeof c[1]);
		for (size_t i = 0; i < s->n; i++) count(&c[1], &s->rows[random_next(&seed) % s->n]);
		Scores x = scores_of(&c[1], s->classes_n);
		draws[0][d] = x.accuracy;
		draws[1][d] = x.f1;
		draws[2][d] = x.recall;
	}
	Scores x = scores_of(&c[0], s->classes_n);
	put_interval(out, "accuracy", x.accuracy, draws[0]);
	put_interval(out, "macro-F1", x.f1, draws[1]);
	put_interval(out, "macro-recall", x.recall, draws[2]);
	buf_format(out, "%-13s %.4f\n", "calibration", calibration_error(s));
	put_classes(s, &c[0], out);
}

void evaluate_correlation(const EvaluateSet *s, Buf *out)
{
	double x = 0, y = 0, xx = 0, yy = 0, xy = 0, n = (double)s->n;
	for (size_t i = 0; i < s->n; i++) {
		double a = s->rows[i].number, b = s->rows[i].score;
		x += a;
		y += b;
		xx += a * a;
		yy += b * b;
		xy += a * b;
	}
	double d = sqrt((xx - x * x / n) * (yy - y * y / n));
	buf_format(out, "%-13s %.4f\n", "Pearson", ratio(xy - x * y / n, d));
}

static int by_int(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;
	return (x > y) - (x < y);
}

void evaluate_rejection(Ctx *cx, const EvaluateSet *s, Buf *out)
{
	uint32_t none = UINT32_MAX;
	for (size_t i = 0; i < s->classes_n; i++)
		if (str_eq(s->classes[i], S("oos"))) none = (uint32_t)i;
	int *inside = ARENA_NEW(cx->arena, int, s->n + 1);
	size_t n = 0, right = 0, refused = 0;
	for (size_t i = 0; i < s->n; i++) {
		if (s->rows[i].gold == none) continue;
		inside[n++] = s->rows[i].score;
		right += s->rows[i].gold == s->rows[i].got;
	}
	if (none == UINT32_MAX || !n) return;
	qsort(inside, n, sizeof *inside, by_int);
	int limit = inside[n / 20];
	for (size_t i = 0; i < s->n; i++) refused += s->rows[i].gold == none && s->rows[i].score < limit;
	buf_format(out, "in scope      %.4f\nout of scope  %.4f refused where 5 %% of the rest are (below %.3f)\n",
			   ratio((double)right, (double)n), ratio((double)refused, (double)(s->n - n)), (double)limit / HEAD_ONE);
}

void evaluate_groups(const EvaluateSet *s, Buf *out)
{
	Str seen[64];
	size_t seen_n = 0;
	double sum = 0, least = 2;
	for (size_t i = 0; i < s->n && seen_n < COUNTOF(seen); i++) {
		size_t k = 0;
		while (k < seen_n && !str_eq(seen[k], s->rows[i].group)) k++;
		if (k < seen_n) continue;
		seen[seen_n++] = s->rows[i].group;
	}
	if (seen_n < 2) return;
	for (size_t k = 0; k < seen_n; k++) {
		Counts c;
		memset(&c, 0, sizeof c);
		for (size_t i = 0; i < s->n; i++)
			if (str_eq(s->rows[i].group, seen[k])) count(&c, &s->rows[i]);
		Scores x = scores_of(&c, s->classes_n);
		sum += x.f1;
		if (x.f1 < least) least = x.f1;
		buf_format(out, "%-6.*s macro-F1 %.4f  macro-recall %.4f  (%zu)\n", STR(seen[k]), x.f1, x.recall, c.n);
	}
	buf_format(out, "languages: mean macro-F1 %.4f, lowest %.4f\n", sum / (double)seen_n, least);
}
