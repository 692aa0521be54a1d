// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/head.h"

#include "text/vader.h"

#include <string.h>

#define EVEN 0x00ff00ff00ff00ffull
#define BLOCK 256 // sums of so many bytes fit 16 bits
#define AHEAD 12  // rows asked for before they are needed, where nobody did when the feature was made

// Adds eight lanes of n rows at once: even and odd bytes go to 16-bit sums in two words.
static void sum_block(const LaneHead *h, const uint32_t *f, size_t n, const uint32_t *end, uint32_t factor,
					  LaneSums *sums)
{
	uint64_t even = 0, odd = 0;
	for (size_t i = 0; i < n; i++) {
		if (f + i + AHEAD < end) __builtin_prefetch(h->rows + (size_t)(f[i + AHEAD] >> h->shift) * HEAD_LANES);
		uint64_t row = lane_head_row(h, f[i]);
		even += row & EVEN;
		odd += (row >> 8) & EVEN;
	}
	for (size_t k = 0; k < HEAD_LANES / 2; k++) {
		sums->v[k * 2] += factor * (uint32_t)(even >> (k * 16) & 0xffff);
		sums->v[k * 2 + 1] += factor * (uint32_t)(odd >> (k * 16) & 0xffff);
	}
}

void lane_head_add(const LaneHead *h, const uint32_t *features, size_t n, uint32_t factor, LaneSums *sums)
{
	const uint32_t *end = features + n;
	for (size_t i = 0; i < n; i += BLOCK) sum_block(h, features + i, size_min(BLOCK, n - i), end, factor, sums);
}

// The length of the feature vector, times 256.
static int64_t length_of(size_t n, size_t words_n) { return isqrt64((uint64_t)(n + words_n * 3) << 16); }

// The counted features that are not 0, which few are.
typedef struct Told {
	const Dense *dense;
	size_t n;
	uint8_t at[HEAD_DENSE + 1];
} Told;

static void find_told(const Dense *dense, Told *ret)
{
	ret->dense = dense;
	ret->n = 0;
	for (size_t i = 0; dense && i < HEAD_DENSE; i++) {
		ret->at[ret->n] = (uint8_t)i;
		ret->n += dense->v[i] != 0;
	}
}

static int64_t score_of(const HeadLane *lane, int64_t sum, int64_t length, const Told *told)
{
	int64_t score = length ? sum * lane->mult / length / 256 : 0;
	for (size_t k = 0; k < told->n; k++) {
		size_t i = told->at[k];
		score += (int64_t)lane->dense[i] * told->dense->v[i] / 256;
	}
	return score;
}

void lane_head_score(const LaneHead *h, const LaneSums *sums, size_t n, size_t words_n, const Dense *dense, size_t from,
					 size_t to, int64_t ret_scores[HEAD_LANES])
{
	int64_t length = length_of(n, words_n), none = (int64_t)(n + words_n) * 128;
	Told told;
	find_told(dense, &told);
	for (size_t i = from; i < to; i++) ret_scores[i] = score_of(&h->lanes[i], sums->v[i] - none, length, &told);
}

typedef int16_t Shorts8 __attribute__((vector_size(16)));
typedef uint16_t Words8 __attribute__((vector_size(16)));

static void add8(int16_t *sums, Shorts8 v)
{
	Shorts8 s;
	memcpy(&s, sums, sizeof s);
	s += v;
	memcpy(sums, &s, sizeof s);
}

static Shorts8 load8(const int16_t *p)
{
	Shorts8 v;
	memcpy(&v, p, sizeof v);
	return v;
}

// Of 64 classes, all that is waiting: the eight sums have to stay in registers.
static void add_waiting(const SparseSums *s, size_t from, int16_t *sums)
{
	Shorts8 a = load8(sums), b = load8(sums + 8), c = load8(sums + 16), d = load8(sums + 24);
	Shorts8 e = load8(sums + 32), f = load8(sums + 40), g = load8(sums + 48), h = load8(sums + 56);
	for (size_t i = 0; i < s->waiting_n; i++) {
		const int16_t *v = s->waiting[i] + from;
		a += load8(v);
		b += load8(v + 8);
		c += load8(v + 16);
		d += load8(v + 24);
		e += load8(v + 32);
		f += load8(v + 40);
		g += load8(v + 48);
		h += load8(v + 56);
	}
	const Shorts8 all[] = {a, b, c, d, e, f, g, h};
	memcpy(sums, all, sizeof all);
}

static void take_waiting(SparseSums *s)
{
	for (size_t i = 0; i < HEAD_CLASSES_MAX; i += 64) add_waiting(s, i, s->part + i);
	s->waiting_n = 0;
}

void sparse_sums_release(SparseSums *s, const int16_t *v)
{
	size_t i = 0;
	while (i < s->waiting_n && s->waiting[i] != v) i++;
	if (i < s->waiting_n) take_waiting(s);
}

void sparse_sums_end(SparseSums *s)
{
	if (s->waiting_n) take_waiting(s);
	for (size_t i = 0; i < HEAD_CLASSES_MAX; i++) s->v[i] += s->part[i];
	memset(s->part, 0, sizeof s->part);
	s->part_n = 0;
}

// Room for n features more in 16 bits.
static void make_room(SparseSums *s, size_t n)
{
	if (s->part_n + n > SPARSE_PART_MOST) sparse_sums_end(s);
	s->part_n += (uint32_t)n;
}

void sparse_sums_add(SparseSums *s, const int16_t v[HEAD_CLASSES_MAX], uint32_t n)
{
	if (s->waiting_n == SPARSE_WAITING) take_waiting(s);
	make_room(s, n);
	s->waiting[s->waiting_n++] = v;
}

static void add_full(const uint8_t *row, int16_t *sums)
{
	for (size_t i = 0; i < HEAD_CLASSES_MAX; i += 16) {
		Words8 both;
		memcpy(&both, row + i, sizeof both);
		add8(sums + i, (Shorts8)(both << 8) >> 8);
		add8(sums + i + 8, (Shorts8)both >> 8);
	}
}

static void add_pairs(const uint8_t *pair, const uint8_t *end, int16_t *sums)
{
#pragma GCC unroll 4
	for (; pair < end; pair += 2) sums[pair[0]] = (int16_t)(sums[pair[0]] + (int8_t)pair[1]);
}

#define SPARSE_BLOCK 32

// Rows lie anywhere: where they begin is asked for of all, then what they begin with.
static void add_rows(const SparseHead *h, const uint32_t *f, size_t n, int16_t *sums)
{
	const uint8_t *rows[SPARSE_BLOCK], *ends[SPARSE_BLOCK];
	for (size_t i = 0; i < n; i++) __builtin_prefetch(h->starts + (f[i] >> h->shift));
	for (size_t i = 0; i < n; i++) {
		const uint32_t *start = h->starts + (f[i] >> h->shift);
		rows[i] = h->pairs + (size_t)start[0] * 2;
		ends[i] = h->pairs + (size_t)start[1] * 2;
		__builtin_prefetch(rows[i]);
		__builtin_prefetch(rows[i] + 64);
	}
	for (size_t i = 0; i < n; i++) {
		if (ends[i] - rows[i] == HEAD_CLASSES_MAX) add_full(rows[i], sums);
		else add_pairs(rows[i], ends[i], sums);
	}
}

void sparse_head_add_few(const SparseHead *h, const uint32_t *features, size_t n, int16_t sums[HEAD_CLASSES_MAX])
{
	for (size_t i = 0; i < n; i += SPARSE_BLOCK) add_rows(h, features + i, size_min(SPARSE_BLOCK, n - i), sums);
}

void sparse_head_add(const SparseHead *h, const uint32_t *features, size_t n, SparseSums *sums)
{
	for (size_t i = 0; i < n; i += SPARSE_PART_MOST) {
		size_t some = size_min(SPARSE_PART_MOST, n - i);
		make_room(sums, some);
		sparse_head_add_few(h, features + i, some, sums->part);
	}
}

static void worth_short(SparseWorth *w)
{
	if (w->shift < SPARSE_SHORT || w->mult / w->per >> (48 - SPARSE_SHORT)) return;
	uint64_t near = ((w->mult << SPARSE_SHORT) - 1) / w->per + 1;
	w->most_short = (uint32_t)size_min(((uint64_t)1 << SPARSE_SHORT) / w->per, UINT16_MAX);
	for (size_t i = 0; i < COUNTOF(w->parts); i++) w->parts[i] = (uint16_t)(near >> (32 - i * 16));
}

// near is mult / per times 2^shift, rounded up by less than 1: of a sum that is too much by less than sum / 2^shift, which
// reaches no whole number as long as sum * per is at most 2^shift. So are its parts.
void sparse_head_worth(const SparseHead *h, size_t n, size_t words_n, SparseWorth *ret)
{
	uint64_t mult = (uint64_t)h->mult, per = (uint64_t)i64_max(length_of(n, words_n), 1) * 256;
	uint32_t shift = (uint32_t)__builtin_clzll(mult);
	uint64_t near = ((mult << shift) - 1) / per + 1, most = ((uint64_t)1 << shift) / per;
	*ret = (SparseWorth){.mult = mult, .per = per, .near = near, .most = size_min(most, UINT16_MAX), .shift = shift};
	worth_short(ret);
}

#define EIGHT 8
#define NOTHING (20 << 16) // e^-20 of anything
typedef uint16_t Halves[EIGHT];
typedef uint32_t Wholes[EIGHT];

// The upper half of each product: eight in one step of the processor.
static inline void high_of(const Halves v, uint16_t by, Halves ret)
{
	for (size_t i = 0; i < EIGHT; i++) ret[i] = (uint16_t)((uint32_t)v[i] * by >> 16);
}

static inline void high_of_both(const Halves v, const Halves by, Halves ret)
{
	for (size_t i = 0; i < EIGHT; i++) ret[i] = (uint16_t)((uint32_t)v[i] * by[i] >> 16);
}

// How far behind the top eight sums are, as sparse_worth_of says it: in 16 bits at a time.
static void behind_of(const SparseWorth *w, const int32_t *sums, const Halves size, int32_t top, Wholes ret)
{
	Halves carry, upper;
	const uint16_t a = w->parts[0], b = w->parts[1];
	high_of(size, w->parts[2], carry);
	for (size_t i = 0; i < EIGHT; i++) upper[i] = (uint16_t)(((uint32_t)size[i] * b + carry[i]) >> 16);
	for (size_t i = 0; i < EIGHT; i++) {
		int32_t worth = (int32_t)(((uint32_t)size[i] * a + upper[i]) >> (SPARSE_SHORT - 32)), sign = sums[i] >> 31;
		int32_t behind = top - ((worth ^ sign) - sign);
		ret[i] = (uint32_t)(behind > HEAD_EXP_LEAST ? NOTHING : behind);
	}
}

// The steps of head_exp; false if a sum is too large for it.
static bool eight_exps(const SparseWorth *w, const int32_t *sums, int32_t top, uint32_t *ret)
{
	Wholes y, p;
	Halves size, low, high, f, f2, f3;
	uint32_t sum = 0, any = 0;
	for (size_t i = 0; i < EIGHT; i++) y[i] = (uint32_t)(sums[i] < 0 ? -sums[i] : sums[i]);
	for (size_t i = 0; i < EIGHT; i++) any |= y[i];
	for (size_t i = 0; i < EIGHT; i++) size[i] = (uint16_t)y[i];
	if (any > w->most_short) return false;
	behind_of(w, sums, size, top, y);
	for (size_t i = 0; i < EIGHT; i++) low[i] = (uint16_t)y[i];
	for (size_t i = 0; i < EIGHT; i++) high[i] = (uint16_t)(y[i] >> 16);
	high_of(low, 29012, low);                                                                // 94548 - 65536
	for (size_t i = 0; i < EIGHT; i++) y[i] += (uint32_t)high[i] * (uint16_t)29012 + low[i]; // / ln 2
	for (size_t i = 0; i < EIGHT; i++) f[i] = (uint16_t)y[i];
	high_of_both(f, f, f2);
	high_of_both(f2, f, f3);
	high_of(f, 45372, f);
	high_of(f2, 15476, f2);
	high_of(f3, 2872, f3);
	for (size_t i = 0; i < EIGHT; i++) p[i] = (uint32_t)HEAD_ONE - f[i] + f2[i] - f3[i];
#pragma GCC unroll 8
	for (size_t i = 0; i < EIGHT; i++) sum += p[i] >> (y[i] >> 16);
	*ret = sum;
	return true;
}

uint64_t sparse_exps(const SparseWorth *w, const int32_t *sums, size_t n, int64_t top)
{
	uint64_t all = 0;
	uint32_t sum;
	for (size_t at = 0; at < n; at += EIGHT) {
		if (at + EIGHT <= n && top < INT32_MAX / 2 && eight_exps(w, sums + at, (int32_t)top, &sum)) {
			all += sum;
			continue;
		}
		for (size_t i = at; i < size_min(n, at + EIGHT); i++) all += head_exp(sparse_worth_of(w, sums[i]) - top);
	}
	return all;
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
	BUG_IF(sums->n > LANGUAGE_FEATURES_MAX + FEATURES_LANGUAGE_WORD_MAX); // the sums are 16 bits
	for (size_t i = 0; i < n; i += NIBBLE_BLOCK) sum_nibbles(h, features + i, size_min(NIBBLE_BLOCK, n - i), sums);
}

void nibble_head_init(NibbleHead *h, const HeadLane *lanes)
{
	h->mult = lanes[0].mult;
	h->usual = NIBBLE_CLASSES_MAX;
	h->bias_least = h->bias_most = lanes[0].dense[0];
	for (uint32_t c = 0; c < h->classes; c++) {
		int32_t bias = h->bias[c] = lanes[c].dense[0];
		if (bias < h->bias_least) h->bias_least = bias;
		if (bias > h->bias_most) h->bias_most = bias;
		h->place[c] = (uint8_t)(c / 16 * 16 + c % 2 * 8 + c % 16 / 2); // even bytes before odd ones
	}
}

// What a sum of weights is worth.
typedef struct Worth {
	uint16_t sums[NIBBLE_CLASSES_MAX];
	int64_t unit, none, usual;
} Worth;

// What the usual class has before anything is read, and how many features it takes to lose it.
#define USUAL ((int64_t)HEAD_ONE * 5 / 2)
#define USUAL_FEATURES 128

static void worth_init(const NibbleHead *h, const NibbleSums *sums, Worth *ret)
{
	_Static_assert(sizeof ret->sums == sizeof sums->wide, "a sum of each class");
	memcpy(ret->sums, sums->wide, sizeof ret->sums);
	int64_t length = length_of(sums->n, 0);
	ret->unit = length ? h->mult * 256 / length : 0;
	ret->none = (int64_t)sums->n * 8;
	ret->usual = sums->n < USUAL_FEATURES ? USUAL * (int64_t)(USUAL_FEATURES - sums->n) / USUAL_FEATURES : 0;
}

static int64_t worth_of(const NibbleHead *h, const Worth *w, uint8_t class)
{
	int64_t worth = (w->sums[h->place[class]] - w->none) * w->unit / 65536 + h->bias[class];
	return class == h->usual ? worth + w->usual : worth;
}

void nibble_head_score(const NibbleHead *h, const NibbleSums *sums, const uint8_t *classes, size_t n,
					   int64_t *ret_scores)
{
	Worth w;
	worth_init(h, sums, &w);
	for (size_t i = 0; i < n; i++) ret_scores[i] = worth_of(h, &w, classes[i]);
}

// Most classes are so far behind that they cannot be the best, nor add to the sum of what all are worth: told by their sums
// alone, with some to spare.
size_t nibble_head_best(const NibbleHead *h, const NibbleSums *sums, const uint8_t *classes, size_t n, uint32_t *ret_p)
{
	int64_t scores[NIBBLE_CLASSES_MAX], sum = 0;
	int32_t theirs[NIBBLE_CLASSES_MAX], most = 0;
	uint8_t near[NIBBLE_CLASSES_MAX] = {0};
	size_t near_n = 0, best = 0;
	Worth w;
	worth_init(h, sums, &w);
	for (size_t i = 0; i < n; i++) {
		theirs[i] = w.sums[h->place[classes[i]]];
		if (theirs[i] > most) most = theirs[i];
	}
	int64_t behind = HEAD_EXP_LEAST + 2 + h->bias_most - h->bias_least + w.usual;
	int32_t least = w.unit ? most - (int32_t)i64_min(behind * 65536 / w.unit + 2, most) : 0;
	for (size_t i = 0; i < n; i++) {
		near[near_n] = (uint8_t)i;
		near_n += theirs[i] >= least;
	}
	for (size_t i = 0; i < near_n; i++) {
		scores[i] = worth_of(h, &w, classes[near[i]]);
		if (scores[i] > scores[best]) best = i;
	}
	for (size_t i = 0; i < near_n; i++) sum += head_exp(scores[i] - scores[best]);
	*ret_p = sum ? (uint32_t)((int64_t)HEAD_ONE * HEAD_ONE / sum) : 0; // there is one at least
	return near[best];
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
