// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/quality_impl.h"

#include "base/json.h"
#include "base/utf8.h"

#define CREDIBILITY 71999 // ln 3, 65536 = 1
#define TELLING (HEAD_ONE / 20)
#define WORDS_TELLING (HEAD_ONE / 25)

QualityWork *quality_new(Arena *a, TextEngine *e)
{
	QualityWork *w = ARENA_NEW(a, QualityWork, 1);
	w->engine = e;
	w->book = quality_book_new(a);
	return w;
}

bool quality_ready(const QualityWork *w) { return w->engine->model->quality.rows != NULL; }

uint32_t quality_bin(const QualityHead *h, uint32_t value, int v)
{
	uint32_t bin = 0;
	while (bin < QUALITY_BINS - 1 && v > h->cuts[value * QUALITY_BINS + bin]) bin++;
	return bin;
}

static int64_t words_score(const QualityHead *h, const Features *f, size_t from, size_t to)
{
	int64_t sum = 0, length = isqrt64((uint64_t)f->words_n << 16);
	for (size_t i = from; i < to; i++) sum += (int)h->rows[f->v[i] >> h->shift] - 128;
	return length ? sum * h->mult / length / 256 : 0;
}

int64_t quality_score(const QualityHead *h, const QualityValues *v, const Features *f)
{
	int64_t score = h->bias + words_score(h, f, 0, f->words_n);
	for (uint32_t i = 0; i < QV_N; i++) score += h->weights[i * QUALITY_BINS + quality_bin(h, i, v->v[i])];
	return score;
}

static int64_t size_of(int64_t v) { return v < 0 ? -v : v; }

static void add_reason(Quality *q, QualityReason r)
{
	size_t at = q->reasons_n;
	while (at > 0 && size_of(q->reasons[at - 1].weight) < size_of(r.weight)) at--;
	if (at == QUALITY_REASONS_MAX) return;
	if (q->reasons_n < QUALITY_REASONS_MAX) q->reasons_n++;
	for (size_t i = q->reasons_n - 1; i > at; i--) q->reasons[i] = q->reasons[i - 1];
	q->reasons[at] = r;
}

static void reasons(const QualityHead *h, const QualityWork *w, Quality *ret)
{
	const TextScan *scan = w->engine->work->scan;
	int64_t length = isqrt64((uint64_t)w->engine->work->features->words_n << 16);
	for (uint32_t i = 0; i < QV_N; i++) {
		int64_t weight = h->weights[i * QUALITY_BINS + quality_bin(h, i, w->values.v[i])];
		if (size_of(weight) < TELLING) continue;
		add_reason(ret, (QualityReason){.what = QUALITY_NAMES[i], .value = w->values.v[i], .weight = weight});
	}
	for (size_t i = 0; length && i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		int64_t weight = ((int)h->rows[t->hash >> h->shift] - 128) * h->mult / length / 256;
		Str word = str_sub(scan->text, t->at, t->end);
		if (t->kind != TOKEN_WORD || size_of(weight) < WORDS_TELLING || !utf8_valid(word)) continue;
		add_reason(ret, (QualityReason){.what = "words", .words = word, .weight = weight});
	}
}

void text_quality(QualityWork *w, const QualityAsk *ask, Quality *ret)
{
	*ret = (Quality){.p = HEAD_ONE / 2, .p_text = HEAD_ONE / 2};
	if (!quality_ready(w)) return;
	const QualityHead *h = &w->engine->model->quality;
	quality_measure(w, ask);
	int64_t score = quality_score(h, &w->values, w->engine->work->features);
	ret->p = ret->p_text = head_sigmoid(score);
	reasons(h, w, ret);
	if (ask->credibility < 0) return;
	int64_t more = (int64_t)CREDIBILITY * (2 * i64_min(ask->credibility, 1000) - 1000) / 1000;
	ret->p = head_sigmoid(score + more);
	if (more) add_reason(ret, (QualityReason){.what = "credibility", .value = ask->credibility, .weight = more});
}

void quality_write(Buf *b, const Quality *q)
{
	Json j = json_init(b);
	json_obj(&j);
	json_key(&j, "quality");
	json_share(&j, (double)q->p / HEAD_ONE);
	json_key(&j, "text");
	json_share(&j, (double)q->p_text / HEAD_ONE);
	json_key(&j, "because");
	json_arr(&j);
	for (size_t i = 0; i < q->reasons_n; i++) {
		const QualityReason *r = &q->reasons[i];
		json_obj(&j);
		json_key(&j, "what");
		json_str(&j, str_from(r->what));
		if (r->words.p) {
			json_key(&j, "words");
			json_str(&j, r->words);
		} else {
			json_key(&j, "value");
			json_int(&j, r->value);
		}
		json_key(&j, "weight");
		json_share(&j, (double)r->weight / HEAD_ONE);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}
