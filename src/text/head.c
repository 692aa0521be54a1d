// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/head.h"

#include "text/vader.h"

#include <string.h>

#define EVEN 0x00ff00ff00ff00ffull
#define BLOCK 256 // sums of so many bytes fit 16 bits
#define AHEAD 12  // rows asked for before they are needed, where nobody did when the feature was made

static uint64_t load8(const uint8_t *p)
{
	uint64_t v;
	memcpy(&v, p, sizeof v);
	return v;
}

// Adds eight lanes of n rows at once: even and odd bytes go to 16-bit sums in two words.
static void sum_block(const LaneHead *h, const uint32_t *f, size_t n, const uint32_t *end, int64_t factor,
					  int64_t *sums)
{
	uint64_t even = 0, odd = 0;
	for (size_t i = 0; i < n; i++) {
		if (f + i + AHEAD < end) __builtin_prefetch(h->rows + (size_t)(f[i + AHEAD] >> h->shift) * HEAD_LANES);
		uint64_t row = load8(h->rows + (size_t)(f[i] >> h->shift) * HEAD_LANES);
		even += row & EVEN;
		odd += (row >> 8) & EVEN;
	}
	for (size_t k = 0; k < HEAD_LANES / 2; k++) {
		sums[k * 2] += factor * ((int64_t)(even >> (k * 16) & 0xffff) - (int64_t)n * 128);
		sums[k * 2 + 1] += factor * ((int64_t)(odd >> (k * 16) & 0xffff) - (int64_t)n * 128);
	}
}

static void sum_all(const LaneHead *h, const uint32_t *f, size_t n, int64_t factor, int64_t *sums)
{
	for (size_t i = 0; i < n; i += BLOCK) sum_block(h, f + i, size_min(BLOCK, n - i), f + n, factor, sums);
}

// The length of the feature vector, times 256.
static int64_t length_of(size_t n, size_t words_n) { return isqrt64((uint64_t)(n + words_n * 3) << 16); }

static int64_t score_of(const HeadLane *lane, int64_t sum, int64_t length, const Dense *dense)
{
	int64_t score = length ? sum * lane->mult / length / 256 : 0;
	if (dense)
		for (size_t i = 0; i < HEAD_DENSE; i++) score += (int64_t)lane->dense[i] * dense->v[i] / 256;
	return score;
}

void lane_head_score(const LaneHead *h, const Features *f, const Dense *dense, size_t from, size_t to,
					 int64_t ret_scores[HEAD_LANES])
{
	int64_t sums[HEAD_LANES] = {0}, length = length_of(f->n, f->words_n);
	sum_all(h, f->v, f->words_n, 2, sums);
	sum_all(h, f->v + f->words_n, f->n - f->words_n, 1, sums);
	for (size_t i = from; i < to; i++) ret_scores[i] = score_of(&h->lanes[i], sums[i], length, dense);
}

static void sum_sparse(const SparseHead *h, const uint32_t *f, size_t n, int32_t factor, int32_t *sums)
{
	for (size_t i = 0; i < n; i++) {
		if (i + AHEAD < n) __builtin_prefetch(h->starts + (f[i + AHEAD] >> h->shift));
		if (i + AHEAD / 2 < n) __builtin_prefetch(h->pairs + (size_t)h->starts[f[i + AHEAD / 2] >> h->shift] * 2);
		uint32_t row = f[i] >> h->shift;
		const uint8_t *pair = h->pairs + (size_t)h->starts[row] * 2, *end = h->pairs + (size_t)h->starts[row + 1] * 2;
		for (; pair < end; pair += 2) sums[pair[0]] += factor * ((int32_t)pair[1] - 128);
	}
}

void sparse_head_score(const SparseHead *h, const uint32_t *features, size_t n, size_t words_n, int64_t *ret_scores)
{
	int32_t sums[HEAD_CLASSES_MAX] = {0};
	sum_sparse(h, features, words_n, 2, sums);
	sum_sparse(h, features + words_n, n - words_n, 1, sums);
	int64_t length = length_of(n, words_n);
	for (size_t c = 0; c < h->classes; c++) ret_scores[c] = length ? sums[c] * h->lanes[c].mult / length / 256 : 0;
}

#define NIBBLE_BLOCK 16 // sums of so many nibbles fit a byte

static Bytes16 load16(const uint8_t *p)
{
	Bytes16 v;
	memcpy(&v, p, sizeof v);
	return v;
}

static void widen(NibbleSums *s, size_t i, Bytes16 v)
{
	Pairs16 pairs = (Pairs16)v;
	s->wide[i].even += pairs & 0xff;
	s->wide[i].odd += pairs >> 8;
}

// Adds the rows of n <= NIBBLE_BLOCK features. Byte i of a row holds class i (low) and class 48 + i (high). Written out:
// the six sums have to stay in registers.
static void sum_nibbles(const NibbleHead *h, const uint32_t *f, size_t n, NibbleSums *sums)
{
	Bytes16 low0 = {0}, low1 = {0}, low2 = {0}, high0 = {0}, high1 = {0}, high2 = {0};
	for (size_t i = 0; i < n; i++) {
		const uint8_t *row = h->rows + (size_t)(f[i] >> h->shift) * NIBBLE_ROW_BYTES;
		Bytes16 a = load16(row), b = load16(row + 16), c = load16(row + 32);
		low0 += a & 15;
		low1 += b & 15;
		low2 += c & 15;
		high0 += (Bytes16)((Pairs16)a >> 4) & 15;
		high1 += (Bytes16)((Pairs16)b >> 4) & 15;
		high2 += (Bytes16)((Pairs16)c >> 4) & 15;
	}
	widen(sums, 0, low0);
	widen(sums, 1, low1);
	widen(sums, 2, low2);
	widen(sums, 3, high0);
	widen(sums, 4, high1);
	widen(sums, 5, high2);
}

void nibble_head_add(const NibbleHead *h, const uint32_t *features, size_t n, NibbleSums *sums)
{
	sums->n += n;
	BUG_IF(sums->n > LANGUAGE_FEATURES_MAX + TOKEN_CPS * 5); // the sums are 16 bits
	for (size_t i = 0; i < n; i += NIBBLE_BLOCK) sum_nibbles(h, features + i, size_min(NIBBLE_BLOCK, n - i), sums);
}

void nibble_head_score(const NibbleHead *h, const NibbleSums *sums, const uint8_t *classes, size_t n,
					   int64_t *ret_scores)
{
	int32_t sum[NIBBLE_CLASSES_MAX];
	int64_t length = length_of(sums->n, 0), mult = -1, unit = 0;
	for (size_t k = 0; k < 6; k++)
		for (size_t i = 0; i < 8; i++) {
			sum[k * 16 + i * 2] = sums->wide[k].even[i];
			sum[k * 16 + i * 2 + 1] = sums->wide[k].odd[i];
		}
	for (size_t i = 0; i < n; i++) {
		const HeadLane *lane = &h->lanes[classes[i]];
		if (lane->mult != mult) { // the same for all lanes, as a rule
			mult = lane->mult;
			unit = length ? mult * 256 / length : 0;
		}
		ret_scores[i] = (sum[classes[i]] - (int64_t)sums->n * 8) * unit / 65536 + lane->dense[0];
	}
}

// 2^-f of the fraction by a cubic, exact to 1e-4, then a shift.
uint32_t head_exp(int64_t x)
{
	if (x < -11 * (int64_t)HEAD_ONE) return 0;
	uint64_t y = (uint64_t)-x * 94548 >> 16; // -x / ln 2
	uint64_t whole = y >> 16, f = y & 0xffff, f2 = f * f >> 16;
	uint64_t p = HEAD_ONE - (f * 45372 >> 16) + (f2 * 15476 >> 16) - ((f2 * f >> 16) * 2872 >> 16);
	return (uint32_t)(p >> whole);
}

uint32_t head_sigmoid(int64_t x)
{
	uint32_t e = head_exp(x < 0 ? x : -x);
	uint32_t small = (uint32_t)((uint64_t)e * HEAD_ONE / (HEAD_ONE + e));
	return x < 0 ? small : HEAD_ONE - small;
}

void head_softmax(const int64_t *scores, size_t n, uint32_t *ret_p)
{
	int64_t top = scores[0];
	for (size_t i = 1; i < n; i++) top = i64_max(top, scores[i]);
	uint64_t sum = 0;
	for (size_t i = 0; i < n; i++) sum += ret_p[i] = head_exp(scores[i] - top);
	for (size_t i = 0; i < n; i++) ret_p[i] = (uint32_t)((uint64_t)ret_p[i] * HEAD_ONE / sum);
}

size_t head_best(const uint32_t *p, size_t n)
{
	size_t best = 0;
	for (size_t i = 1; i < n; i++)
		if (p[i] > p[best]) best = i;
	return best;
}
