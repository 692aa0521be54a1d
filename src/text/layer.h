// SPDX-License-Identifier: AGPL-3.0-or-later
// A site's own layer over a head of the text engine: what people there corrected, learnt as a small linear correction of the
// head's scores. Integers throughout, so that the same corrections give the same bytes on every machine.
//
//   score of a class = ln(probability that the base gives it) + sum of weights[row of a feature][class] / sqrt(features)
//
// Examples are of two kinds: corrections (a person said what is right, also where the base was right already) and anchors
// (texts nobody corrected, for which the base's own probabilities count), which keep the layer from unlearning what it can. One of
// LAYER_HELD_EACH texts, chosen by a hash of its words, is kept back and never trained from. The verdict is made on those:
//
//   - LAYER_HELD_MIN corrections at least, and
//   - more of them right than by the base, further than chance goes (sign test, two deviations), and
//   - at most one anchor of LAYER_ANCHOR_PART decided otherwise than by the base.
//
// Otherwise the layer is not used, and `verdict` says why. A layer costs no more than its rows; training a few thousand
// examples takes well under a second. One thread.
#pragma once
#include "base/ctx.h"
#include "text/head.h"

#define LAYER_ROWS_LOG2 12
#define LAYER_CLASSES_MAX 16
#define LAYER_FEATURES_MAX 512
#define LAYER_HELD_EACH 4
#define LAYER_HELD_MIN 8
#define LAYER_ANCHOR_PART 25

typedef struct LayerExample {
	const uint16_t *rows; // distinct, as layer_rows gave them
	size_t rows_n;
	uint32_t base[LAYER_CLASSES_MAX]; // probabilities, HEAD_ONE
	uint32_t key;                     // of the text, as layer_rows gave it
	uint8_t label;
	bool anchor;
} LayerExample;

typedef struct LayerExamples {
	LayerExample *v;
	size_t n, classes_n;
} LayerExamples;

typedef enum LayerVerdict { LAYER_USED, LAYER_FEW, LAYER_NO_BETTER, LAYER_UNLEARNS } LayerVerdict;

typedef struct LayerReport {
	LayerVerdict verdict;
	int64_t corrections, anchors;          // of these, kept back:
	int64_t held, base_right, layer_right; // corrections
	int64_t anchors_held, anchors_changed;
} LayerReport;

typedef struct Layer {
	const int16_t *weights; // [1 << LAYER_ROWS_LOG2][classes_n], 256 = 1
	size_t classes_n;
} Layer;

// The rows of a text's features (n of them, hashes), distinct and ascending, and a key of the text.
size_t layer_rows(const uint32_t *features, size_t n, uint16_t ret_rows[LAYER_FEATURES_MAX], uint32_t *ret_key);
// The order of the examples does not matter.
void layer_train(Arena *a, const LayerExamples *examples, Layer *ret_layer, LayerReport *ret_report);
// Probabilities of the classes by the layer.
void layer_judge(const Layer *l, const uint16_t *rows, size_t rows_n, const uint32_t *base, uint32_t *ret_p);

void layer_write(Buf *b, const Layer *l);
MUST_CHECK Status layer_read(Ctx *cx, Str bytes, Layer *ret_layer);
int64_t layer_ln(uint32_t p); // natural logarithm of a probability of HEAD_ONE, HEAD_ONE = 1; of 16 at least
