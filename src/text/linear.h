// SPDX-License-Identifier: AGPL-3.0-or-later
// Training of the linear heads (the tool's side of head.h): multinomial logistic regression by AdaGrad over hashed and
// counted features, one text at a time. Floating point is used here and only here; the order of the texts and of the sums
// is fixed, so that one build on one class of machine makes the same bytes.
//
//   Linear *l = linear_new(arena, 18, HEAD_LANES);
//   for each text: linear_step(l, &(LinearStep){.features = …, .label = 2, .classes = 3, …});
//   lane_head_pack(…) or sparse_head_pack(…) make what the model file holds.
//
// Belongs to one thread; memory is the arena's: 8 bytes a weight.
#pragma once
#include "base/buf.h"
#include "text/head.h"

typedef struct Linear {
	uint32_t rows_log2, lanes;
	float *w, *g;           // rows × lanes: weights, sums of squared gradients
	float *dense, *dense_g; // lanes × HEAD_DENSE
} Linear;

typedef struct LinearStep {
	const uint32_t *features;
	size_t n, words_n;
	const Dense *dense;   // or NULL
	uint32_t lane, lanes; // that compete: lane .. lane + lanes
	bool zero;            // one more class, the first, competes with a score that is always 0
	uint32_t label;       // of the classes: 0 .. lanes - 1, or 0 .. lanes with `zero`
	uint32_t skip;        // bits of classes that do not compete (sets with two classes only)
	float weight, rate, decay;
} LinearStep;

Linear *linear_new(Arena *a, uint32_t rows_log2, uint32_t lanes);
void linear_step(Linear *l, const LinearStep *s);
// Of lanes + zero classes.
void linear_scores(const Linear *l, const LinearStep *s, float *ret_scores);
// cool: scores are divided by it (calibration), by lane.
void lane_head_pack(Arena *a, const Linear *l, const float *cool, Str *ret_info, Str *ret_rows);
// At most NIBBLE_CLASSES_MAX lanes, all of which compete.
void nibble_head_pack(Arena *a, Linear *l, float clip, const Str *names, Str *ret_info, Str *ret_rows);

typedef struct SparsePacking {
	const uint32_t *ends; // of the ranges of classes that compete with one another
	size_t ends_n;
	int least;   // weights below this, of 127, are left out
	size_t most; // pairs kept in a row
} SparsePacking;
void sparse_head_pack(Arena *a, Linear *l, const SparsePacking *p, const Str *names, Str ret_parts[3]);
