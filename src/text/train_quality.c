// SPDX-License-Identifier: AGPL-3.0-or-later
// The head for answers: logistic regression over bins of what is measured of question and answer, and over the answer's
// words. A bin's weight is the sum of the steps up to it, and steps are kept small, so that neighbours are alike. Every
// answer is shown with its place among the others and without, so that either can be asked for.
#include "text/quality_train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_LOG2 16
#define EPOCHS 20
#define RATE 0.04f
#define RATE_WORDS 0.2f
#define DECAY 2e-3f
#define DECAY_WORDS 5e-4f
#define HALF_GOOD 0.35f // "potentially useful"
#define QUANTILES 12
#define CLIP 12.0f

typedef struct Fit {
	float bias, bias_g;
	float w[QV_N][QUALITY_BINS], g[QV_N][QUALITY_BINS];
	float words[1 << ROWS_LOG2], words_g[1 << ROWS_LOG2];
	int32_t cuts[QUALITY_VALUES_MAX * QUALITY_BINS];
} Fit;

static int by_int(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;
	return (x > y) - (x < y);
}

// Where the values fall into equal parts; a kind has a bin a number.
static void cut(Arena *a, const QualityRow *rows, size_t n, Fit *f)
{
	int *v = ARENA_NEW(a, int, n + 1);
	for (int k = 0; k < QV_N; k++) {
		int32_t *cuts = f->cuts + (size_t)k * QUALITY_BINS;
		size_t used = 0;
		for (size_t i = 0; i < QUALITY_BINS; i++) cuts[i] = INT32_MAX;
		for (size_t i = 0; i < n; i++) v[i] = rows[i].values.v[k];
		qsort(v, n, sizeof *v, by_int);
		for (size_t i = 1; i < QUANTILES; i++) {
			int at = v[n * i / QUANTILES];
			if ((!used && at > v[0]) || (used && at > cuts[used - 1] + 1)) cuts[used++] = at - 1;
		}
		if (k == QV_PLACE) { // 0: not known
			for (used = 0; used < 8; used++) cuts[used] = (int32_t)used;
		} else if (quality_is_kind(k)) {
			for (used = 0; used < QUALITY_BINS - 1; used++) cuts[used] = (int32_t)used;
		} else if (!used && v[n - 1] > v[0]) {
			cuts[0] = v[0];
		}
	}
}

static uint32_t bin_of(const Fit *f, int k, int v)
{
	uint32_t bin = 0;
	while (bin < QUALITY_BINS - 1 && v > f->cuts[(size_t)k * QUALITY_BINS + bin]) bin++;
	return bin;
}

static void move(float *w, float *g, float grad, float rate, float decay)
{
	grad += decay * *w;
	*g += grad * grad;
	*w -= rate * grad / sqrtf(*g + 1e-4f);
}

// Numbers have all the steps up to theirs, kinds the one.
static uint32_t first_step(int k, uint32_t bin) { return quality_is_kind(k) ? bin : 1; }

static void show(Fit *f, const QualityRow *r, bool place, float rate)
{
	uint32_t bins[QV_N];
	float unit = r->words_n ? 1.0f / sqrtf((float)r->words_n) : 0, score = f->bias;
	for (int k = 0; k < QV_N; k++) {
		bins[k] = bin_of(f, k, k == QV_PLACE && !place ? 0 : r->values.v[k]);
		for (uint32_t b = first_step(k, bins[k]); b <= bins[k]; b++) score += f->w[k][b];
	}
	for (size_t i = 0; i < r->words_n; i++) score += unit * f->words[r->words[i] >> (32 - ROWS_LOG2)];
	float grad = 1.0f / (1.0f + expf(-score)) - r->target;
	f->bias -= rate * grad * 0.1f;
	for (int k = 0; k < QV_N; k++)
		for (uint32_t b = first_step(k, bins[k]); b <= bins[k]; b++)
			move(&f->w[k][b], &f->g[k][b], grad, rate * RATE, DECAY);
	for (size_t i = 0; i < r->words_n; i++) {
		uint32_t at = r->words[i] >> (32 - ROWS_LOG2);
		move(&f->words[at], &f->words_g[at], grad * unit, rate * RATE_WORDS, DECAY_WORDS);
	}
}

// Weights of bins, around the mean over the rows, which goes to the bias: a usual value says nothing.
static void collapse(Fit *f, const QualityRow *rows, size_t n)
{
	for (int k = 0; k < QV_N; k++) {
		double mean = 0;
		for (uint32_t b = 2; b < QUALITY_BINS && !quality_is_kind(k); b++) f->w[k][b] += f->w[k][b - 1];
		for (size_t i = 0; i < n; i++) mean += (double)f->w[k][bin_of(f, k, rows[i].values.v[k])];
		mean /= (double)n;
		if (k == QV_PLACE) mean = (double)f->w[k][0]; // not known: says nothing
		for (uint32_t b = 0; b < QUALITY_BINS; b++) f->w[k][b] -= (float)mean;
		f->bias += (float)mean;
	}
}

static float clip_of(const float *w, size_t n)
{
	double sum = 0;
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		sum += (double)fabsf(w[i]);
		used += w[i] != 0;
	}
	return used ? (float)(sum / (double)used) * CLIP : 1;
}

static int32_t fixed(float v) { return (int32_t)lrintf(v * HEAD_ONE); }

static void pack(Arena *a, const Fit *f, QualityParts *ret)
{
	size_t rows = (size_t)1 << ROWS_LOG2;
	float clip = clip_of(f->words, rows);
	uint8_t *bytes = ARENA_NEW(a, uint8_t, rows);
	int32_t *cuts = ARENA_NEW(a, int32_t, COUNTOF(f->cuts)), *weights = ARENA_NEW(a, int32_t, COUNTOF(f->cuts));
	QualityInfo *info = ARENA_NEW(a, QualityInfo, 1);
	*info = (QualityInfo){.rows_log2 = ROWS_LOG2,
						  .values = QV_N,
						  .mult = (int64_t)llrintf(clip / 127 * 4294967296.0f),
						  .bias = fixed(f->bias)};
	for (size_t i = 0; i < rows; i++) {
		long q = lrintf(f->words[i] / clip * 127);
		bytes[i] = (uint8_t)((q > 127 ? 127 : q < -127 ? -127 : q) + 128);
	}
	memcpy(cuts, f->cuts, sizeof f->cuts);
	for (size_t k = 0; k < QV_N; k++)
		for (size_t b = 0; b < QUALITY_BINS; b++) weights[k * QUALITY_BINS + b] = fixed(f->w[k][b]);
	*ret = (QualityParts){.info = {(const char *)info, sizeof *info},
						  .cuts = {(const char *)cuts, sizeof f->cuts},
						  .weights = {(const char *)weights, sizeof f->cuts},
						  .rows = {(const char *)bytes, rows}};
}

void quality_fit(Arena *a, const QualityRow *rows, size_t n, QualityParts *ret)
{
	Fit *f = ARENA_NEW(a, Fit, 1);
	uint32_t *order = ARENA_NEW(a, uint32_t, n);
	cut(a, rows, n, f);
	for (uint32_t e = 0; e < EPOCHS; e++) {
		shuffle(order, n, e + 1);
		for (size_t i = 0; i < n; i++) show(f, &rows[order[i]], (i + e) % 2 == 0, 1 - 0.8f * (float)e / EPOCHS);
	}
	collapse(f, rows, n);
	pack(a, f, ret);
}

QualityHead quality_head_of(const QualityParts *p)
{
	const QualityInfo *info = (const void *)p->info.p;
	return (QualityHead){.rows = (const void *)p->rows.p,
						 .cuts = (const void *)p->cuts.p,
						 .weights = (const void *)p->weights.p,
						 .mult = info->mult,
						 .bias = info->bias,
						 .shift = 32 - info->rows_log2};
}

size_t quality_rows(Arena *a, QualityWork *w, const Samples *s, QualityRow *rows)
{
	Str last = str_none();
	uint32_t place = 0;
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++) {
		QualityAsk ask = {.credibility = QUALITY_UNKNOWN};
		const Sample *x = &s->v[i];
		if (!quality_split(x->text, &ask.question, &ask.answer)) continue;
		bool same = str_eq(ask.question, last);
		last = ask.question;
		place = same ? place + 1 : 1;
		ask.place = place;
		quality_measure(w, &ask);
		const Features *f = w->engine->work->features;
		QualityRow *r = &rows[n++];
		*r = (QualityRow){
			.values = w->values, .words_n = f->words_n, .group = (uint32_t)(str_hash(ask.question) >> 33)};
		uint32_t *words = ARENA_NEW(a, uint32_t, f->words_n + 1);
		memcpy(words, f->v, f->words_n * sizeof *words);
		r->words = words;
		r->good = str_eq(x->label, S("Good"));
		r->target = r->good ? 1 : str_eq(x->label, S("PotentiallyUseful")) ? HALF_GOOD : 0;
	}
	return n;
}

Status train_quality(Trainer *t)
{
	Samples s;
	QualityParts parts;
	Arena *a = t->cx->arena;
	TRY(train_samples(t, TRAIN_QUALITY, &s));
	if (!s.n) return ST_OK; // the open sets have none
	Model none = {.lexicon = t->lexicon};
	QualityRow *rows = ARENA_NEW(a, QualityRow, s.n);
	quality_fit(a, rows, quality_rows(a, quality_new(a, text_engine_new(a, &none)), &s, rows), &parts);
	train_put(t, "qual.info", parts.info);
	train_put(t, "qual.cuts", parts.cuts);
	train_put(t, "qual.weights", parts.weights);
	train_put(t, "qual.rows", parts.rows);
	return ST_OK;
}
