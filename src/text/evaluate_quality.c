// SPDX-License-Identifier: AGPL-3.0-or-later
// Answers: how well good ones are told from the rest (area under the curve), by the model, or in folds by question, each
// judged by a head that was trained on the others.
#include "text/evaluate_impl.h"
#include "text/quality_train.h"

#include <stdlib.h>

typedef struct Judged {
	int64_t score;
	bool good;
} Judged;

static int by_score(const void *a, const void *b)
{
	const Judged *x = a, *y = b;
	return (x->score > y->score) - (x->score < y->score);
}

// The chance that a good one is above another, ties counting half. Sorts v.
static double area(Judged *v, size_t n)
{
	double below = 0, sum = 0, good = 0;
	qsort(v, n, sizeof *v, by_score);
	for (size_t i = 0, k; i < n; i = k) {
		double goods = 0, others = 0;
		for (k = i; k < n && v[k].score == v[i].score; k++) *(v[k].good ? &goods : &others) += 1;
		sum += goods * (below + others / 2);
		below += others;
		good += goods;
	}
	return good > 0 && below > 0 ? sum / (good * below) : 0.5;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

void evaluate_area(Ctx *cx, const char *name, const int64_t *scores, const bool *good, size_t n, Buf *out)
{
	Judged *v = ARENA_NEW(cx->arena, Judged, n + 1);
	double draws[EVALUATE_DRAWS];
	uint64_t seed = 1;
	for (size_t d = 0; d < EVALUATE_DRAWS; d++) {
		for (size_t i = 0; i < n; i++) {
			size_t k = (size_t)(random_next(&seed) % n);
			v[i] = (Judged){scores[k], good[k]};
		}
		draws[d] = area(v, n);
	}
	for (size_t i = 0; i < n; i++) v[i] = (Judged){scores[i], good[i]};
	qsort(draws, EVALUATE_DRAWS, sizeof *draws, by_value);
	buf_format(out, "%-13s %.4f  [%.4f, %.4f]\n", name, area(v, n), draws[EVALUATE_DRAWS / 40],
			   draws[EVALUATE_DRAWS - EVALUATE_DRAWS / 40 - 1]);
}

static int64_t score_row(const QualityHead *h, const QualityRow *r, bool place)
{
	QualityValues v = r->values;
	Features f = {.v = (uint32_t *)(uintptr_t)r->words, .n = r->words_n, .words_n = r->words_n};
	if (!place) v.v[QV_PLACE] = 0;
	return quality_score(h, &v, &f);
}

typedef struct Scores {
	int64_t *alone, *placed; // without and with the place in the conversation
	bool *good;
	size_t n;
} Scores;

static void score_rows(const QualityHead *h, const QualityRow *rows, size_t n, uint32_t folds, uint32_t fold, Scores *s)
{
	for (size_t i = 0; i < n; i++) {
		if (folds && rows[i].group % folds != fold) continue;
		s->alone[i] = score_row(h, &rows[i], false);
		s->placed[i] = score_row(h, &rows[i], true);
		s->good[i] = rows[i].good;
	}
}

// The head of each fold is trained, packed and asked as the shipped one is.
static void score_folds(Ctx *cx, const QualityRow *rows, size_t n, uint32_t folds, Scores *s)
{
	QualityRow *others = ARENA_NEW(cx->arena, QualityRow, n);
	for (uint32_t fold = 0; fold < folds; fold++) {
		QualityParts parts;
		size_t others_n = 0;
		for (size_t i = 0; i < n; i++)
			if (rows[i].group % folds != fold) others[others_n++] = rows[i];
		quality_fit(cx->arena, others, others_n, &parts);
		QualityHead head = quality_head_of(&parts);
		score_rows(&head, rows, n, folds, fold, s);
	}
}

static void put_rows(const Scores *s, EvaluateSet *set)
{
	set->classes[0] = S("no");
	set->classes[1] = S("yes");
	set->classes_n = 2;
	for (set->n = 0; set->n < s->n; set->n++) {
		uint32_t p = head_sigmoid(s->alone[set->n]);
		set->rows[set->n] = (EvaluateRow){
			.gold = s->good[set->n], .got = p > HEAD_ONE / 2, .p = p > HEAD_ONE / 2 ? p : HEAD_ONE - p};
	}
}

Status evaluate_quality(Ctx *cx, TextEngine *e, const Samples *samples, uint32_t folds, EvaluateSet *set, Buf *out)
{
	Arena *a = cx->arena;
	QualityWork *w = quality_new(a, e);
	QualityRow *rows = ARENA_NEW(a, QualityRow, samples->n);
	size_t n = quality_rows(a, w, samples, rows);
	Scores s = {ARENA_NEW(a, int64_t, n + 1), ARENA_NEW(a, int64_t, n + 1), ARENA_NEW(a, bool, n + 1), n};
	if (!n) return fail(cx, ST_INVALID, "no text is `question ||| answer`");
	if (!folds && !quality_ready(w)) return fail(cx, ST_UNSUPPORTED, "the model has no part for answers");
	if (folds) score_folds(cx, rows, n, folds, &s);
	else score_rows(&e->model->quality, rows, n, 0, 0, &s);
	put_rows(&s, set);
	evaluate_report(cx, set, out);
	evaluate_area(cx, "AUC", s.alone, s.good, n, out);
	evaluate_area(cx, "AUC in order", s.placed, s.good, n, out);
	return ST_OK;
}
