// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/linear.h"

#include "text/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CLIP 12.0f // times the mean weight: what is beyond is as good as that
#define G_START 1e-6f

Linear *linear_new(Arena *a, uint32_t rows_log2, uint32_t lanes)
{
	Linear *l = ARENA_NEW(a, Linear, 1);
	size_t n = ((size_t)1 << rows_log2) * lanes;
	*l = (Linear){.rows_log2 = rows_log2, .lanes = lanes, .w = ARENA_NEW(a, float, n), .g = ARENA_NEW(a, float, n)};
	l->dense = ARENA_NEW(a, float, (size_t)lanes *HEAD_DENSE);
	l->dense_g = ARENA_NEW(a, float, (size_t)lanes *HEAD_DENSE);
	return l;
}

static size_t row_of(const Linear *l, uint32_t feature) { return (size_t)(feature >> (32 - l->rows_log2)) * l->lanes; }

static float unit_of(const LinearStep *s)
{
	size_t n = s->n + s->words_n * 3;
	return n ? 1.0f / sqrtf((float)n) : 0;
}

void linear_scores(const Linear *l, const LinearStep *s, float *ret)
{
	float sums[HEAD_CLASSES_MAX] = {0}, unit = unit_of(s);
	for (size_t i = 0; i < s->n; i++) {
		const float *w = l->w + row_of(l, s->features[i]) + s->lane;
		float x = i < s->words_n ? 2 * unit : unit;
		for (uint32_t c = 0; c < s->lanes; c++) sums[c] += x * w[c];
	}
	if (s->zero) *ret++ = 0;
	for (uint32_t c = 0; c < s->lanes; c++) {
		ret[c] = sums[c];
		if (!s->dense) continue;
		const float *d = l->dense + (size_t)(s->lane + c) * HEAD_DENSE;
		for (size_t i = 0; i < HEAD_DENSE; i++) ret[c] += d[i] * (float)s->dense->v[i] / 256;
	}
}

static bool skipped(const LinearStep *s, uint32_t c) { return c < 32 && (s->skip >> c & 1); }

// Scores become the gradients: probability minus truth, times the weight.
static void gradients(const LinearStep *s, float *v)
{
	float top = -1e30f, sum = 0;
	uint32_t n = s->lanes + s->zero;
	for (uint32_t c = 0; c < n; c++)
		if (!skipped(s, c) && v[c] > top) top = v[c];
	for (uint32_t c = 0; c < n; c++) {
		v[c] = skipped(s, c) ? 0 : expf(v[c] - top);
		sum += v[c];
	}
	for (uint32_t c = 0; c < n; c++) v[c] = s->weight * (v[c] / sum - (c == s->label ? 1.0f : 0.0f));
}

static void move_weight(float *w, float *g, float grad, const LinearStep *s)
{
	grad += s->decay * *w;
	*g += grad * grad;
	*w -= s->rate * grad / sqrtf(*g + G_START);
}

static void move_dense(Linear *l, const LinearStep *s, const float *grad)
{
	for (uint32_t c = 0; c < s->lanes; c++) {
		if (skipped(s, c + s->zero)) continue;
		size_t at = (size_t)(s->lane + c) * HEAD_DENSE;
		for (size_t i = 0; i < HEAD_DENSE; i++)
			if (s->dense->v[i])
				move_weight(l->dense + at + i, l->dense_g + at + i, grad[c] * (float)s->dense->v[i] / 256, s);
	}
}

void linear_step(Linear *l, const LinearStep *s)
{
	float all[HEAD_CLASSES_MAX + 1], unit = unit_of(s);
	const float *grad = all + s->zero;
	linear_scores(l, s, all);
	gradients(s, all);
	for (size_t i = 0; i < s->n; i++) {
		size_t at = row_of(l, s->features[i]) + s->lane;
		float x = i < s->words_n ? 2 * unit : unit;
		for (uint32_t c = 0; c < s->lanes; c++)
			if (grad[c] != 0) move_weight(l->w + at + c, l->g + at + c, grad[c] * x, s);
	}
	if (s->dense) move_dense(l, s, grad);
}

static float clip_of(const Linear *l, uint32_t from, uint32_t to)
{
	double sum = 0;
	size_t rows = (size_t)1 << l->rows_log2, n = 0;
	for (size_t r = 0; r < rows; r++)
		for (uint32_t c = from; c < to; c++) {
			float w = fabsf(l->w[r * l->lanes + c]);
			sum += (double)w;
			n += w > 0;
		}
	return n ? (float)(sum / (double)n) * CLIP : 1.0f;
}

static int quantised(float w, float clip, int most)
{
	int q = (int)lrintf(w / clip * (float)most);
	return q > most ? most : q < -most ? -most : q;
}

static Str pack_info(Arena *a, const Linear *l, const HeadLane *lanes, const Str *names)
{
	HeadInfo info = {.rows_log2 = l->rows_log2, .classes = l->lanes};
	for (uint32_t c = 0; names && c < l->lanes; c++) info.names_bytes += (uint32_t)names[c].n + 1;
	Buf b = buf_init(a, 4096, BUF_MAX_BYTES);
	buf_mem(&b, &info, sizeof info);
	buf_mem(&b, lanes, sizeof *lanes * l->lanes);
	for (uint32_t c = 0; names && c < l->lanes; c++) {
		buf_str(&b, names[c]);
		buf_char(&b, '\n');
	}
	return buf_view(&b);
}

static HeadLane lane_of(const Linear *l, uint32_t c, float unit, float cool)
{
	HeadLane lane = {.mult = (int64_t)llrintf(unit / cool * 4294967296.0f)};
	for (size_t i = 0; i < HEAD_DENSE; i++)
		lane.dense[i] = (int32_t)lrintf(l->dense[(size_t)c * HEAD_DENSE + i] / cool * HEAD_ONE);
	return lane;
}

void lane_head_pack(Arena *a, const Linear *l, const float *cool, Str *ret_info, Str *ret_rows)
{
	BUG_IF(l->lanes != HEAD_LANES);
	size_t rows = (size_t)1 << l->rows_log2;
	uint8_t *out = ARENA_NEW(a, uint8_t, rows * HEAD_LANES);
	HeadLane lanes[HEAD_LANES];
	for (uint32_t c = 0; c < HEAD_LANES; c++) {
		float clip = clip_of(l, c, c + 1);
		lanes[c] = lane_of(l, c, clip / 127, cool[c]);
		for (size_t r = 0; r < rows; r++)
			out[r * HEAD_LANES + c] = (uint8_t)(quantised(l->w[r * l->lanes + c], clip, 127) + 128);
	}
	*ret_rows = (Str){(const char *)out, rows * HEAD_LANES};
	*ret_info = pack_info(a, l, lanes, NULL);
}

static int by_size(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

// A row's classes all compete, so a constant may be taken from all: their median, which leaves most of them near zero.
static void centre(Linear *l, const uint32_t *ends, size_t ends_n)
{
	size_t rows = (size_t)1 << l->rows_log2;
	for (size_t r = 0; r < rows; r++)
		for (size_t k = 0, from = 0; k < ends_n; from = ends[k++]) {
			float sorted[HEAD_CLASSES_MAX], *w = l->w + r * l->lanes + from;
			size_t n = ends[k] - from;
			memcpy(sorted, w, n * sizeof *w);
			qsort(sorted, n, sizeof *sorted, by_size);
			for (size_t c = 0; c < n; c++) w[c] -= sorted[n / 2];
		}
}

// The row's weights below which nothing is kept, so that `most` are at most.
static int floor_of(const int *q, size_t n, const SparsePacking *p)
{
	size_t counts[129] = {0}, kept = 0;
	for (size_t c = 0; c < n; c++) counts[abs(q[c])]++;
	for (int least = 128; least > p->least; least--) {
		if (kept + counts[least - 1] > p->most) return least;
		kept += counts[least - 1];
	}
	return p->least;
}

static void pack_row(Buf *b, const int *q, size_t n)
{
	uint8_t full[HEAD_CLASSES_MAX] = {0};
	size_t kept = 0;
	for (size_t c = 0; c < n; c++) {
		kept += q[c] != 0;
		full[SPARSE_PLACE(c)] = (uint8_t)q[c];
	}
	if (kept > SPARSE_MOST) buf_mem(b, full, sizeof full);
	for (size_t c = 0; kept <= SPARSE_MOST && c < n; c++) {
		if (!q[c]) continue;
		buf_char(b, (char)(uint8_t)c);
		buf_char(b, (char)(uint8_t)q[c]);
	}
}

void sparse_head_pack(Arena *a, Linear *l, const SparsePacking *p, const Str *names, Str ret_parts[3])
{
	size_t rows = (size_t)1 << l->rows_log2;
	float clip = clip_of(l, 0, l->lanes);
	centre(l, p->ends, p->ends_n);
	uint32_t *starts = ARENA_NEW(a, uint32_t, rows + 1);
	Buf pairs = buf_init(a, (size_t)1 << 20, (size_t)64 << 20);
	for (size_t r = 0; r < rows; r++) {
		int q[HEAD_CLASSES_MAX];
		for (uint32_t c = 0; c < l->lanes; c++) q[c] = quantised(l->w[r * l->lanes + c], clip, 127);
		int least = floor_of(q, l->lanes, p);
		for (uint32_t c = 0; c < l->lanes; c++)
			if (q[c] > -least && q[c] < least) q[c] = 0;
		pack_row(&pairs, q, l->lanes);
		starts[r + 1] = (uint32_t)(pairs.n / 2);
	}
	HeadLane *lanes = ARENA_NEW(a, HeadLane, l->lanes);
	for (uint32_t c = 0; c < l->lanes; c++) lanes[c] = lane_of(l, c, clip / 127, 1);
	ret_parts[0] = pack_info(a, l, lanes, names);
	ret_parts[1] = (Str){(const char *)starts, (rows + 1) * sizeof *starts};
	ret_parts[2] = buf_view(&pairs);
}

void nibble_head_pack(Arena *a, Linear *l, float clip, const Str *names, Str *ret_info, Str *ret_rows)
{
	BUG_IF(l->lanes > NIBBLE_CLASSES_MAX);
	size_t rows = (size_t)1 << l->rows_log2;
	clip = clip_of(l, 0, l->lanes) * clip / CLIP;
	centre(l, &l->lanes, 1);
	uint8_t *out = ARENA_NEW(a, uint8_t, rows * NIBBLE_ROW_BYTES);
	for (size_t r = 0; r < rows; r++)
		for (uint32_t c = 0; c < NIBBLE_CLASSES_MAX; c++) {
			int q = (c < l->lanes ? quantised(l->w[r * l->lanes + c], clip, 7) : 0) + 8;
			uint8_t *at = out + r * NIBBLE_ROW_BYTES + c % NIBBLE_ROW_BYTES;
			*at = (uint8_t)(*at | (c < NIBBLE_ROW_BYTES ? q : q << 4));
		}
	HeadLane *lanes = ARENA_NEW(a, HeadLane, l->lanes);
	for (uint32_t c = 0; c < l->lanes; c++) lanes[c] = lane_of(l, c, clip / 7, 1);
	*ret_info = pack_info(a, l, lanes, names);
	*ret_rows = (Str){(const char *)out, rows * NIBBLE_ROW_BYTES};
}
