// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/layer.h"

#include <stdlib.h>

#define ROWS ((size_t)1 << LAYER_ROWS_LOG2)
#define EPOCHS 24
#define LEAST_P 16 // of HEAD_ONE
#define LN2 45426  // of HEAD_ONE
#define UNIT 256   // of a stored weight
#define FADE 24    // a weight loses one in so many in each epoch
#define MAGIC 0x3152594cu

static int row_cmp(const void *a, const void *b) { return *(const uint16_t *)a - *(const uint16_t *)b; }

size_t layer_rows(const uint32_t *features, size_t n, uint16_t ret_rows[LAYER_FEATURES_MAX], uint32_t *ret_key)
{
	size_t kept = size_min(n, LAYER_FEATURES_MAX), out = 0;
	for (size_t i = 0; i < kept; i++) ret_rows[i] = (uint16_t)(features[i] >> (32 - LAYER_ROWS_LOG2));
	qsort(ret_rows, kept, sizeof *ret_rows, row_cmp);
	uint32_t key = HASH_SEED;
	for (size_t i = 0; i < kept; i++) {
		if (out && ret_rows[out - 1] == ret_rows[i]) continue;
		ret_rows[out++] = ret_rows[i];
		key = hash_step(key, ret_rows[i]);
	}
	*ret_key = hash_end(key);
	return out;
}

// p = m * 2^-k with m in [1, 2): ln m by its series in (m - 1) / (m + 1), four terms.
int64_t layer_ln(uint32_t p)
{
	int64_t m = p < LEAST_P ? LEAST_P : p, twos = 0;
	while (m < HEAD_ONE) {
		m <<= 1;
		twos++;
	}
	int64_t z = (m - HEAD_ONE) * HEAD_ONE / (m + HEAD_ONE), z2 = z * z / HEAD_ONE, term = z, sum = z;
	for (int i = 3; i <= 9; i += 2) {
		term = term * z2 / HEAD_ONE;
		sum += term / i;
	}
	return 2 * sum - twos * LN2;
}

static int64_t root256(size_t n) // 256 * sqrt(n)
{
	int64_t square = (int64_t)n << 16, r = 256;
	for (int i = 0; i < 20; i++) r = (r + square / r) / 2;
	return i64_max(r, 256);
}

// --- training -------------------------------------------------------------------------------------------------------------

typedef struct Work {
	int32_t *w; // [ROWS][classes], HEAD_ONE = 1
	size_t classes;
} Work;

static void work_scores(const Work *k, const LayerExample *e, int64_t root, int64_t *ret)
{
	for (size_t c = 0; c < k->classes; c++) {
		int64_t sum = 0;
		for (size_t i = 0; i < e->rows_n; i++) sum += k->w[e->rows[i] * k->classes + c];
		ret[c] = layer_ln(e->base[c]) + sum * 256 / root;
	}
}

static void step(Work *k, const LayerExample *e, int epoch)
{
	int64_t scores[LAYER_CLASSES_MAX], root = root256(e->rows_n);
	uint32_t p[LAYER_CLASSES_MAX];
	work_scores(k, e, root, scores);
	head_softmax(scores, k->classes, p);
	for (size_t c = 0; c < k->classes; c++) {
		int64_t right = e->anchor       ? (int64_t)e->base[c]
						: c == e->label ? HEAD_ONE
										: 0; // an anchor resists change, no more
		int64_t wrong = right - (int64_t)p[c];
		int64_t change = wrong * 256 / root * 2 / (4 + epoch); // the steps grow smaller
		for (size_t i = 0; i < e->rows_n; i++) k->w[e->rows[i] * k->classes + c] += (int32_t)change;
	}
}

static int example_cmp(const void *a, const void *b)
{
	const LayerExample *x = *(const LayerExample *const *)a, *y = *(const LayerExample *const *)b;
	if (x->key != y->key) return x->key < y->key ? -1 : 1;
	if (x->anchor != y->anchor) return x->anchor ? 1 : -1;
	if (x->label != y->label) return x->label < y->label ? -1 : 1;
	for (size_t c = 0; c < LAYER_CLASSES_MAX; c++)
		if (x->base[c] != y->base[c]) return x->base[c] < y->base[c] ? -1 : 1;
	return 0;
}

static bool is_held(const LayerExample *e) { return hash_end(e->key ^ HASH_SEED) % LAYER_HELD_EACH == 0; }

static int16_t packed(int32_t w)
{
	int32_t v = w / (HEAD_ONE / UNIT);
	return (int16_t)(v > INT16_MAX ? INT16_MAX : v < -INT16_MAX ? -INT16_MAX : v);
}

static void count_held(const Layer *l, const LayerExample *e, LayerReport *r, int64_t *wins, int64_t *losses)
{
	uint32_t p[LAYER_CLASSES_MAX];
	layer_judge(l, e->rows, e->rows_n, e->base, p);
	size_t base = head_best(e->base, l->classes_n), mine = head_best(p, l->classes_n);
	if (e->anchor) {
		r->anchors_held++;
		r->anchors_changed += base != mine;
		return;
	}
	r->held++;
	r->base_right += base == e->label;
	r->layer_right += mine == e->label;
	*wins += mine == e->label && base != e->label;
	*losses += mine != e->label && base == e->label;
}

static LayerVerdict verdict(const LayerReport *r, int64_t wins, int64_t losses)
{
	int64_t more = wins - losses;
	if (r->held < LAYER_HELD_MIN) return LAYER_FEW;
	if (more <= 0 || more * more <= 4 * (wins + losses)) return LAYER_NO_BETTER;
	return r->anchors_changed * LAYER_ANCHOR_PART > r->anchors_held ? LAYER_UNLEARNS : LAYER_USED;
}

void layer_train(Arena *a, const LayerExamples *examples, Layer *ret_layer, LayerReport *ret_report)
{
	size_t classes = examples->classes_n;
	Work k = {.w = ARENA_NEW(a, int32_t, ROWS * classes), .classes = classes};
	const LayerExample **order = ARENA_NEW(a, const LayerExample *, examples->n + 1);
	LayerReport r = {0};
	BUG_IF(classes < 2 || classes > LAYER_CLASSES_MAX);
	for (size_t i = 0; i < examples->n; i++) order[i] = &examples->v[i];
	qsort(order, examples->n, sizeof(void *), example_cmp);
	for (int epoch = 0; epoch < EPOCHS; epoch++) {
		for (size_t i = 0; i < examples->n; i++)
			if (!is_held(order[i])) step(&k, order[i], epoch);
		for (size_t i = 0; i < ROWS * classes; i++) k.w[i] -= k.w[i] / FADE;
	}
	int16_t *weights = ARENA_NEW(a, int16_t, ROWS * classes);
	for (size_t i = 0; i < ROWS * classes; i++) weights[i] = packed(k.w[i]);
	Layer l = {weights, classes};
	int64_t wins = 0, losses = 0;
	for (size_t i = 0; i < examples->n; i++) {
		r.corrections += !order[i]->anchor;
		r.anchors += order[i]->anchor;
		if (is_held(order[i])) count_held(&l, order[i], &r, &wins, &losses);
	}
	r.verdict = verdict(&r, wins, losses);
	*ret_layer = l;
	*ret_report = r;
}

void layer_judge(const Layer *l, const uint16_t *rows, size_t rows_n, const uint32_t *base, uint32_t *ret_p)
{
	int64_t scores[LAYER_CLASSES_MAX], root = root256(rows_n);
	for (size_t c = 0; c < l->classes_n; c++) {
		int64_t sum = 0;
		for (size_t i = 0; i < rows_n; i++) sum += l->weights[rows[i] * l->classes_n + c];
		scores[c] = layer_ln(base[c]) + sum * (HEAD_ONE / UNIT) * 256 / root;
	}
	head_softmax(scores, l->classes_n, ret_p);
}

// --- as bytes: magic, classes, rows that are not all zero, then each: its number, its weights; little endian ---------------

static void put16(Buf *b, unsigned v)
{
	buf_char(b, (char)(v & 255));
	buf_char(b, (char)(v >> 8 & 255));
}

static bool row_counts(const Layer *l, size_t row)
{
	for (size_t c = 0; c < l->classes_n; c++)
		if (l->weights[row * l->classes_n + c]) return true;
	return false;
}

void layer_write(Buf *b, const Layer *l)
{
	size_t n = 0;
	for (size_t r = 0; r < ROWS; r++) n += row_counts(l, r);
	put16(b, MAGIC & 0xffff);
	put16(b, MAGIC >> 16);
	put16(b, (unsigned)l->classes_n);
	put16(b, (unsigned)n);
	for (size_t r = 0; r < ROWS; r++) {
		if (!row_counts(l, r)) continue;
		put16(b, (unsigned)r);
		for (size_t c = 0; c < l->classes_n; c++) put16(b, (uint16_t)l->weights[r * l->classes_n + c]);
	}
}

static unsigned get16(Str s, size_t at) { return (unsigned char)s.p[at] | (unsigned)(unsigned char)s.p[at + 1] << 8; }

Status layer_read(Ctx *cx, Str bytes, Layer *ret_layer)
{
	if (bytes.n < 8 || (get16(bytes, 0) | get16(bytes, 2) << 16) != MAGIC)
		return fail(cx, ST_INVALID, "these bytes are no layer");
	size_t classes = get16(bytes, 4), n = get16(bytes, 6), width = 2 + 2 * classes;
	if (classes < 2 || classes > LAYER_CLASSES_MAX || n > ROWS || bytes.n != 8 + n * width)
		return fail(cx, ST_INVALID, "this layer is damaged");
	int16_t *weights = ARENA_NEW(cx->arena, int16_t, ROWS * classes);
	for (size_t i = 0; i < n; i++) {
		size_t at = 8 + i * width, row = get16(bytes, at);
		if (row >= ROWS) return fail(cx, ST_INVALID, "this layer is damaged");
		for (size_t c = 0; c < classes; c++) weights[row * classes + c] = (int16_t)get16(bytes, at + 2 + 2 * c);
	}
	*ret_layer = (Layer){weights, classes};
	return ST_OK;
}
