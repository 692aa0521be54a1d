// SPDX-License-Identifier: AGPL-3.0-or-later
// Training of the head for answers, for the training tool and for measuring it in folds (evaluate_quality.c).
#pragma once
#include "text/quality_impl.h"
#include "text/train.h"

typedef struct QualityRow {
	QualityValues values;
	const uint32_t *words;
	size_t words_n;
	float target; // 0 .. 1
	bool good;
	uint32_t group; // the same for all answers to one question
} QualityRow;

typedef struct QualityParts {
	Str info, cuts, weights, rows; // sections of the model file
} QualityParts;

// Rows of the labelled texts that are `question ||| answer`; answers that follow one another to the same question are a
// conversation in its order. rows: room for s->n.
size_t quality_rows(Arena *a, QualityWork *w, const Samples *s, QualityRow *rows);
void quality_fit(Arena *a, const QualityRow *rows, size_t n, QualityParts *ret);
QualityHead quality_head_of(const QualityParts *p);
