// SPDX-License-Identifier: AGPL-3.0-or-later
// Between evaluate.c, which judges the texts, and evaluate_report.c, which counts and prints.
#pragma once
#include "text/analyse.h"
#include "text/train_data.h"

#define EVALUATE_CLASSES_MAX 300
#define EVALUATE_DRAWS 1000

typedef struct EvaluateRow {
	uint32_t gold, got, p; // p of what was got, of HEAD_ONE
	int number;            // the label, thousandths
	int score;             // what is correlated with it, or ranks
	Str group;             // the file's language
} EvaluateRow;

typedef struct EvaluateSet {
	EvaluateRow *rows;
	size_t n;
	Str *classes;
	size_t classes_n;
} EvaluateSet;

void evaluate_report(Ctx *cx, const EvaluateSet *s, Buf *out);
void evaluate_correlation(const EvaluateSet *s, Buf *out);
// Of sets with texts out of scope ("oos"): accuracy within, and how many of them are refused where 5 % of the rest are.
void evaluate_rejection(Ctx *cx, const EvaluateSet *s, Buf *out);
void evaluate_groups(const EvaluateSet *s, Buf *out); // macro-F1 by language, if there are several
// Answers to questions; folds: 0 asks the engine's model, else as many heads are trained and judge what they have not seen.
MUST_CHECK Status evaluate_quality(Ctx *cx, TextEngine *e, const Samples *samples, uint32_t folds, EvaluateSet *set,
								   Buf *out);
// Area under the curve with its interval.
void evaluate_area(Ctx *cx, const char *name, const int64_t *scores, const bool *good, size_t n, Buf *out);
