// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/head.h"

#include "test.h"
#include "text/linear.h"
#include "text/model.h"

#define ROWS_LOG2 4

// Row r has r * 16 weights that are not 0, of alternating sign; that of class 0 is the largest.
static int weight_of(size_t row, size_t class)
{
	int w = 20 + 20 * (int)((row + class) % 3);
	if (class >= row * 16) return 0;
	return class == 0 ? 127 : class % 2 ? -w : w;
}

// A head of these rows, as the tool packs them.
static SparseHead packed(void)
{
	static const uint32_t END = HEAD_CLASSES_MAX;
	Arena *a = test_arena();
	Linear *l = linear_new(a, ROWS_LOG2, HEAD_CLASSES_MAX);
	Str names[HEAD_CLASSES_MAX], parts[3];
	for (size_t c = 0; c < HEAD_CLASSES_MAX; c++) names[c] = str_format(a, "t/%zu", c);
	for (size_t r = 0; r < 1u << ROWS_LOG2; r++)
		for (size_t c = 0; c < HEAD_CLASSES_MAX; c++) l->w[r * HEAD_CLASSES_MAX + c] = (float)weight_of(r, c);
	sparse_head_pack(a, l, &(SparsePacking){&END, 1, 1, HEAD_CLASSES_MAX}, names, parts);
	return (SparseHead){
		.starts = (const void *)parts[1].p, .pairs = (const void *)parts[2].p, .shift = 32 - ROWS_LOG2, .mult = 1};
}

static int sum_of(const SparseHead *h, uint32_t row, size_t class)
{
	SparseSums s = {0};
	uint32_t feature = row << h->shift;
	sparse_head_add(h, &feature, 1, &s);
	sparse_sums_end(&s);
	return s.v[class];
}

// Few weights or many, a row says of every class what it weighs beside the middle of the row.
TEST(sparse_rows_of_pairs_and_full_ones_say_the_same)
{
	SparseHead h = packed();
	size_t pairs = 0, full = 0;
	for (uint32_t r = 0; r < 1u << ROWS_LOG2; r++) {
		full += h.starts[r + 1] - h.starts[r] == SPARSE_FULL;
		pairs += h.starts[r + 1] - h.starts[r] <= SPARSE_MOST;
		for (size_t c = 1; c < HEAD_CLASSES_MAX; c++) {
			int more = weight_of(r, c) - weight_of(r, 1), told = sum_of(&h, r, c) - sum_of(&h, r, 1);
			if (more) assert_true((more > 0) == (told > 0));
			else assert_int_equal(told, 0);
		}
	}
	assert_true(pairs && full);
	assert_int_equal(pairs + full, 1u << ROWS_LOG2);
}

// More features than 16 bits hold the weights of, in one call, in many, and as sums that were made before.
TEST(sparse_sums_do_not_overflow)
{
	SparseHead h = packed();
	uint32_t features[3000];
	SparseSums at_once = {0}, one_by_one = {0}, kept = {0}, word = {0};
	for (size_t i = 0; i < COUNTOF(features); i++) features[i] = 15u << h.shift;
	sparse_head_add(&h, features, COUNTOF(features), &at_once);
	for (size_t i = 0; i < COUNTOF(features); i++) sparse_head_add(&h, features + i, 1, &one_by_one);
	sparse_head_add(&h, features, 100, &word);
	for (size_t i = 0; i < COUNTOF(features) / 100; i++) sparse_sums_add(&kept, word.part, 100);
	sparse_sums_end(&at_once);
	sparse_sums_end(&one_by_one);
	sparse_sums_end(&kept);
	assert_int_equal(at_once.v[0], (int)COUNTOF(features) * sum_of(&h, 15, 0));
	assert_true(at_once.v[0] > INT16_MAX);
	assert_memory_equal(at_once.v, one_by_one.v, sizeof at_once.v);
	assert_memory_equal(at_once.v, kept.v, sizeof at_once.v);
}

// What a sum is worth is what a division gives, to the last bit, however large it is.
TEST(sparse_worth_is_exact)
{
	static const int64_t MULTS[] = {1, 161628013, (int64_t)1 << 32, (int64_t)1 << 34};
	uint64_t x = 5;
	for (size_t k = 0; k < COUNTOF(MULTS); k++)
		for (size_t n = 1; n < 400000; n = n * 5 / 2 + 1) {
			SparseHead h = {.mult = MULTS[k]};
			SparseWorth w;
			sparse_head_worth(&h, n, n / 4, &w);
			for (size_t i = 0; i < 400; i++) {
				x = x * 6364136223846793005u + 1442695040888963407u;
				int32_t sum = (int32_t)(x >> 33 & ((1u << (4 + i % 24)) - 1)) * (i % 2 ? 1 : -1);
				assert_int_equal(sparse_worth_of(&w, sum), sum * MULTS[k] / (int64_t)w.per);
			}
		}
}

static int32_t drawn(uint64_t *x, uint32_t bits)
{
	*x = *x * 6364136223846793005u + 1442695040888963407u;
	int32_t v = (int32_t)(*x >> 33 & ((1u << bits) - 1));
	return *x >> 32 & 1 ? v : -v;
}

// Eight at a time give what one by one do, of short texts and long ones, of small sums and of those that fit no 16 bits.
TEST(exps_of_many_sums_are_those_of_each)
{
	uint64_t x = 7;
	SparseHead h = {.mult = 161628013};
	for (size_t n = 1; n < 400000; n = n * 3 / 2 + 1)
		for (uint32_t bits = 4; bits < 22; bits++) {
			SparseWorth w;
			int32_t sums[29];
			int64_t top = INT64_MIN;
			uint64_t one_by_one = 0;
			sparse_head_worth(&h, n, n / 4, &w);
			for (size_t i = 0; i < COUNTOF(sums); i++)
				top = i64_max(top, sparse_worth_of(&w, sums[i] = drawn(&x, bits)));
			for (size_t i = 0; i < COUNTOF(sums); i++) one_by_one += head_exp(sparse_worth_of(&w, sums[i]) - top);
			assert_int_equal(sparse_exps(&w, sums, COUNTOF(sums), top), one_by_one);
		}
}

// What was released may change: it was read before.
TEST(sparse_sums_released_are_read_before)
{
	int16_t v[HEAD_CLASSES_MAX] = {[3] = 5}, other[HEAD_CLASSES_MAX] = {[3] = 1};
	SparseSums s = {0};
	sparse_sums_add(&s, v, 2);
	sparse_sums_add(&s, other, 2);
	sparse_sums_release(&s, v);
	v[3] = 100;
	sparse_sums_end(&s);
	assert_int_equal(s.v[3], 6);
}
