// SPDX-License-Identifier: AGPL-3.0-or-later
// Linear heads in integers. A head is a table of small weights, one row for each value of the upper bits of a feature's
// hash; the score of a class is the sum of its weights over the text's features, divided by the length of the feature
// vector, plus what a few counted features (VADER's numbers and the like) add.
//
// - Lanes: eight classes interleaved in a row of eight bytes (weight + 128), so that a feature costs one load for all of
//   them. Used for sentiment and the small heads.
// - Nibbles: up to 96 classes in a row of 48 bytes, four bits each (weight + 8), summed sixteen rows at a time. Used for
//   languages, where nearly every feature says something about nearly every class.
// - Sparse: rows of (class, weight) pairs of what is not near zero. Used for topics.
//
// Scores are fixed point, 65536 = 1, natural logarithms; probabilities too. There is no floating point here: every
// machine gives the same answer. All of it is read in place from the model file.
#pragma once
#include "text/features.h"

#define HEAD_LANES 8
#define HEAD_DENSE 28
#define HEAD_CLASSES_MAX 256
#define HEAD_ONE 65536

// One lane: score = sum * mult / length + sum(dense[i] * value[i]).
typedef struct HeadLane {
	int64_t mult; // of one unit of weight, 2^32 = 1
	int32_t dense[HEAD_DENSE];
} HeadLane;

typedef struct LaneHead {
	const uint8_t *rows;
	const HeadLane *lanes;
	uint32_t shift; // of a hash, to its row
} LaneHead;

#define NIBBLE_ROW_BYTES 48
#define NIBBLE_CLASSES_MAX 96

typedef struct NibbleHead {
	const uint8_t *rows;
	uint32_t shift, classes;
	int64_t mult; // of every class
	int32_t bias[NIBBLE_CLASSES_MAX], bias_least, bias_most;
	uint8_t place[NIBBLE_CLASSES_MAX]; // of a class among the 16-bit sums
	uint32_t usual;                    // the class that is likelier where little was read, or NIBBLE_CLASSES_MAX
} NibbleHead;

typedef uint8_t Bytes16 __attribute__((vector_size(16)));
typedef uint16_t Pairs16 __attribute__((vector_size(16)));

typedef struct NibbleWide {
	Pairs16 even, odd; // bytes of sixteen
} NibbleWide;

#define NIBBLE_WIDE 6

// Sums of the rows so far.
typedef struct NibbleSums {
	NibbleWide wide[NIBBLE_WIDE];
	size_t n;
} NibbleSums;

// Sums of rows as they are stored (weight + 128), each times what the feature weighs.
typedef struct LaneSums {
	uint32_t v[HEAD_LANES];
} LaneSums;

typedef struct SparseHead {
	const uint32_t *starts; // rows + 1
	const uint8_t *pairs;   // class, weight + 128
	const HeadLane *lanes;
	uint32_t shift, classes;
} SparseHead;

// Answers: measured values in bins, each with a weight, and words of one lane; 65536 = 1.
#define QUALITY_VALUES_MAX 48
#define QUALITY_BINS 16
typedef struct QualityHead {
	const uint8_t *rows;    // one byte each, weight + 128
	const int32_t *cuts;    // QUALITY_BINS a value: a value is in the first bin whose cut it does not pass
	const int32_t *weights; // QUALITY_BINS a value
	int64_t mult, bias;     // of one unit of weight, 2^32 = 1
	uint32_t shift;
} QualityHead;

// Counted features of a text, 256 = 1.
typedef struct Dense {
	int32_t v[HEAD_DENSE];
} Dense;

// Each of the features weighs `factor`.
void lane_head_add(const LaneHead *h, const uint32_t *features, size_t n, uint32_t factor, LaneSums *sums);
// Of the lanes from .. to; sums of n features of which words_n weigh 2, the rest 1.
void lane_head_score(const LaneHead *h, const LaneSums *sums, size_t n, size_t words_n, const Dense *dense, size_t from,
					 size_t to, int64_t ret_scores[HEAD_LANES]);
// lanes: of each class, all with the mult of the first; dense[0] is a bias. No class is usual.
void nibble_head_init(NibbleHead *h, const HeadLane *lanes);
// All features weigh 1. At most LANGUAGE_FEATURES_MAX of them and one word's more, in as many calls as one likes.
void nibble_head_add(const NibbleHead *h, const uint32_t *features, size_t n, NibbleSums *sums);
// Of the classes asked for, n of them.
void nibble_head_score(const NibbleHead *h, const NibbleSums *sums, const uint8_t *classes, size_t n,
					   int64_t *ret_scores);
// The best of the classes, the first of equals, and its probability among them, of HEAD_ONE.
size_t nibble_head_best(const NibbleHead *h, const NibbleSums *sums, const uint8_t *classes, size_t n, uint32_t *ret_p);
// features: n of them, the first words_n weigh 2 and the rest 1.
void sparse_head_score(const SparseHead *h, const uint32_t *features, size_t n, size_t words_n, int64_t *ret_scores);
// Probabilities of scores; they add up to HEAD_ONE but for rounding.
void head_softmax(const int64_t *scores, size_t n, uint32_t *ret_p);
#define HEAD_EXP_LEAST (11 * (int64_t)HEAD_ONE) // e^-x of more is 0
uint32_t head_exp(int64_t x);                   // e^x of x <= 0, 65536 = 1
uint32_t head_sigmoid(int64_t x);               // of a logit
size_t head_best(const uint32_t *p, size_t n);
// A feature's row, and from it the weight for a lane, in units of the lane's own scale: what evidence is made of.
static inline uint64_t lane_head_row(const LaneHead *h, uint32_t feature)
{
	uint64_t row;
	__builtin_memcpy(&row, h->rows + (size_t)(feature >> h->shift) * HEAD_LANES, sizeof row);
	return row;
}
static inline int lane_row_weight(uint64_t row, size_t lane) { return (int)(row >> (lane * 8) & 255) - 128; }
