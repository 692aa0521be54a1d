// SPDX-License-Identifier: AGPL-3.0-or-later
// Linear heads in integers. A head is a table of small weights, one row for each value of the upper bits of a feature's
// hash; the score of a class is the sum of its weights over the text's features, divided by the length of the feature
// vector, plus what a few counted features (VADER's numbers and the like) add.
//
// - Lanes: eight classes interleaved in a row of eight bytes (weight + 128), so that a feature costs one load for all of
//   them. Used for sentiment and the small heads.
// - Nibbles: up to 96 classes in a row of 48 bytes, four bits each (weight + 8), summed sixteen rows at a time. Used for
//   languages, where nearly every feature says something about nearly every class.
// - Sparse: rows of (class, weight) pairs of what is not near zero; a row that has many is a byte for every class. Used for
//   topics.
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
	const uint8_t *pairs;   // class, weight; or, where there is SPARSE_FULL room, as SPARSE_PLACE says
	int64_t mult;           // of every class; more than 0
	uint32_t shift;
} SparseHead;

#define SPARSE_MOST 64                     // pairs of a row; those with more are full
#define SPARSE_FULL (HEAD_CLASSES_MAX / 2) // pairs that a full row has the room of
#define SPARSE_PLACE(class) ((class) / 16 * 16 + (class) % 8 * 2 + (class) / 8 % 2) // of a byte in a full row

// Sums of weights: in 16 bits, SPARSE_PART_MOST features at most, then added to v.
#define SPARSE_PART_MOST 255
#define SPARSE_WAITING 32
typedef struct SparseSums {
	int16_t part[HEAD_CLASSES_MAX];
	int32_t v[HEAD_CLASSES_MAX];
	const int16_t *waiting[SPARSE_WAITING]; // to be added to part together, which is quicker
	uint32_t part_n, waiting_n;
} SparseSums;

// What the sums of one text are worth: sum * mult / per, which is sum * near >> shift for sums up to `most`.
typedef struct SparseWorth {
	uint64_t mult, per, near, most;
	uint32_t shift;
	uint32_t most_short;
	uint16_t parts[3]; // sum * parts >> SPARSE_SHORT, sixteen bits each and the uppermost first, up to most_short
} SparseWorth;
#define SPARSE_SHORT 36

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
// Each of the features weighs 1; few: SPARSE_PART_MOST at most in all.
void sparse_head_add_few(const SparseHead *h, const uint32_t *features, size_t n, int16_t sums[HEAD_CLASSES_MAX]);
void sparse_head_add(const SparseHead *h, const uint32_t *features, size_t n, SparseSums *sums);
// What n features came to, SPARSE_PART_MOST at most. It may be read as late as in sparse_sums_end, unless it is released: from
// then on it may change.
void sparse_sums_add(SparseSums *s, const int16_t v[HEAD_CLASSES_MAX], uint32_t n);
void sparse_sums_release(SparseSums *s, const int16_t *v);
// All of it is in v then.
void sparse_sums_end(SparseSums *s);
// Of a text of n features of which words_n weigh 2, the rest 1.
void sparse_head_worth(const SparseHead *h, size_t n, size_t words_n, SparseWorth *ret);
// Of one class, towards 0; without a jump by the sign, which nobody can foresee.
static inline int64_t sparse_worth_of(const SparseWorth *w, int32_t sum)
{
	int64_t sign = sum < 0 ? -1 : 0;
	uint64_t size = (uint64_t)((sum ^ sign) - sign);
	uint64_t worth = size <= w->most ? size * w->near >> w->shift : size * w->mult / w->per;
	return ((int64_t)worth ^ sign) - sign;
}
// Of n sums, what e^(worth - top) comes to, 65536 = 1; none is worth more than top.
uint64_t sparse_exps(const SparseWorth *w, const int32_t *sums, size_t n, int64_t top);
// Probabilities of scores; they add up to HEAD_ONE but for rounding.
void head_softmax(const int64_t *scores, size_t n, uint32_t *ret_p);
#define HEAD_EXP_LEAST (11 * (int64_t)HEAD_ONE) // e^-x of more is 0
// e^x of x <= 0, 65536 = 1: 2^-f of the fraction by a cubic, exact to 1e-4, then a shift.
static inline uint32_t head_exp(int64_t x)
{
	if (x < -HEAD_EXP_LEAST) return 0;
	uint64_t y = (uint64_t)-x * 94548 >> 16; // -x / ln 2
	uint64_t whole = y >> 16, f = y & 0xffff, f2 = f * f >> 16;
	uint64_t p = HEAD_ONE - (f * 45372 >> 16) + (f2 * 15476 >> 16) - ((f2 * f >> 16) * 2872 >> 16);
	return (uint32_t)(p >> whole);
}
uint32_t head_sigmoid(int64_t x); // of a logit
size_t head_best(const uint32_t *p, size_t n);
// A feature's row, and from it the weight for a lane, in units of the lane's own scale: what evidence is made of.
static inline uint64_t lane_head_row(const LaneHead *h, uint32_t feature)
{
	uint64_t row;
	__builtin_memcpy(&row, h->rows + (size_t)(feature >> h->shift) * HEAD_LANES, sizeof row);
	return row;
}
static inline int lane_row_weight(uint64_t row, size_t lane) { return (int)(row >> (lane * 8) & 255) - 128; }
