// SPDX-License-Identifier: AGPL-3.0-or-later
// The text engine as this site uses it: the program's model, and over it the layers that people's corrections made.
#include "insight/insight_impl.h"

#define ENGINE_VERSION 3 // another one reads everything again
#define STAMP_STRIDE ((size_t)16 << 10)
#define SURE (HEAD_ONE * 55 / 100)

// A model is told from another by its size and a word in each few pages.
static int64_t model_stamp(void)
{
	uint64_t h = (uint64_t)MODEL_OWN_BYTES * 0x9e3779b97f4a7c15u + ENGINE_VERSION;
	for (size_t at = 0; at + 8 <= MODEL_OWN_BYTES; at += STAMP_STRIDE)
		h = (h ^ str_hash((Str){MODEL_OWN + at, 64 <= MODEL_OWN_BYTES - at ? 64 : 8})) * 0xff51afd7ed558ccdu;
	return (int64_t)(h >> 2);
}

static size_t labels_parse(Str classes, int64_t ret_labels[LAYER_CLASSES_MAX])
{
	size_t n = 0;
	while (classes.n && n < LAYER_CLASSES_MAX) {
		Str one;
		classes = str_cut(classes, ',', &one);
		if (!str_int(one, 0, READING_LANGUAGES_MAX - 1, &ret_labels[n])) return 0;
		n++;
	}
	return n;
}

static Status open_layers(Ctx *cx, Db *db, InsightEngine *e)
{
	InsightLayerListRows rows;
	TRY(insight_layer_list(cx, db, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const InsightLayerListRow *r = &rows.v[i];
		if (r->off || r->verdict != LAYER_USED || r->task < 0 || r->task >= TASK_N) continue;
		SiteLayer *l = &e->layers[r->task];
		TRY(layer_read(cx, r->weights, &l->layer));
		if (labels_parse(r->classes, l->labels) != l->layer.classes_n)
			return fail(cx, ST_INVALID, "the layer of %s is damaged", insight_task_name((InsightTask)r->task));
		l->used = true;
		e->stamp = (int64_t)(((uint64_t)e->stamp ^ str_hash(r->weights) ^ (uint64_t)r->task << 56) *
								 0xff51afd7ed558ccdu >>
							 2);
	}
	return ST_OK;
}

Status insight_engine_open(Ctx *cx, Db *db, InsightEngine **ret_engine)
{
	InsightEngine *e = ARENA_NEW(cx->arena, InsightEngine, 1);
	TRY(model_open_own(cx, &e->model));
	e->text = text_engine_new(cx->arena, &e->model);
	e->stamp = model_stamp();
	TRY(open_layers(cx, db, e));
	*ret_engine = e;
	return ST_OK;
}

// --- layers -----------------------------------------------------------------------------------------------------------------

size_t insight_rows(const InsightEngine *e, InsightTask task, uint16_t *ret_rows, uint32_t *ret_key)
{
	const Features *f = e->text->work->features;
	text_work_lists(e->text->work);
	return task == TASK_LANGUAGE ? layer_rows(f->language, f->language_n, ret_rows, ret_key)
								 : layer_rows(f->v, f->words_n, ret_rows, ret_key);
}

static void base_language(const Analysis *a, const int64_t *labels, size_t n, uint32_t *ret_p)
{
	int64_t guess = reading_language_number(a->language.code);
	for (size_t c = 0; c < n; c++) {
		uint32_t rest = (uint32_t)((HEAD_ONE - i64_min(a->language.p, HEAD_ONE - 64)) / (int64_t)n);
		ret_p[c] = labels[c] == guess ? (uint32_t)i64_min(a->language.p, HEAD_ONE - 64) : rest;
	}
}

void insight_base(const InsightEngine *e, InsightTask task, const Analysis *a, const int64_t *labels, size_t labels_n,
				  uint32_t *ret_p)
{
	(void)e;
	if (task == TASK_LANGUAGE) {
		base_language(a, labels, labels_n, ret_p);
	} else if (task == TASK_SENTIMENT) {
		for (size_t c = 0; c < labels_n; c++) ret_p[c] = a->sentiment[labels[c] < SENTIMENT_N ? labels[c] : 0];
	} else {
		uint32_t p = a->intents[task - TASK_INTENTS];
		for (size_t c = 0; c < labels_n; c++) ret_p[c] = labels[c] ? p : HEAD_ONE - p;
	}
}

static void take_answer(InsightTask task, const SiteLayer *l, const uint32_t *p, Analysis *a)
{
	if (task == TASK_SENTIMENT) {
		for (size_t c = 0; c < l->layer.classes_n; c++) a->sentiment[l->labels[c]] = p[c];
		int best = (int)head_best(a->sentiment, SENTIMENT_N);
		if (best != a->best) a->evidence_n = 0; // the words spoke for something else
		a->best = best;
		a->sure = a->sentiment[best] >= SURE && a->language.p >= HEAD_ONE / 2;
	} else if (task >= TASK_INTENTS) {
		Intent intent = (Intent)(task - TASK_INTENTS);
		for (size_t c = 0; c < l->layer.classes_n; c++)
			if (l->labels[c]) a->intents[intent] = p[c];
		if (intent == INTENT_SPAM) a->spam = a->intents[INTENT_SPAM];
	}
}

// The language that the layer puts in place of the base's, or absent.
static Str other_language(const SiteLayer *l, const uint32_t *p, const Analysis *a)
{
	int64_t label = l->labels[head_best(p, l->layer.classes_n)], guess = reading_language_number(a->language.code);
	bool known = false;
	for (size_t c = 0; c < l->layer.classes_n; c++) known |= l->labels[c] == guess;
	return known && label && label != guess ? reading_language_code((unsigned)label) : str_none();
}

void insight_analyse(InsightEngine *e, Str said, Analysis *ret)
{
	uint16_t rows[LAYER_FEATURES_MAX];
	uint32_t base[LAYER_CLASSES_MAX], p[LAYER_CLASSES_MAX], key;
	text_analyse(e->text, said, str_none(), ANALYSE_USUAL, ret);
	const SiteLayer *l = &e->layers[TASK_LANGUAGE];
	if (l->used) {
		insight_base(e, TASK_LANGUAGE, ret, l->labels, l->layer.classes_n, base);
		size_t n = insight_rows(e, TASK_LANGUAGE, rows, &key);
		layer_judge(&l->layer, rows, n, base, p);
		Str other = other_language(l, p, ret);
		if (other.n) text_analyse(e->text, said, other, ANALYSE_USUAL, ret);
	}
	for (InsightTask t = TASK_SENTIMENT; t < TASK_N; t++) {
		l = &e->layers[t];
		if (!l->used || t == TASK_LANGUAGE) continue;
		size_t n = insight_rows(e, t, rows, &key);
		insight_base(e, t, ret, l->labels, l->layer.classes_n, base);
		layer_judge(&l->layer, rows, n, base, p);
		take_answer(t, l, p, ret);
	}
}

// --- labels -----------------------------------------------------------------------------------------------------------------

const char *insight_task_name(InsightTask t)
{
	return t == TASK_SENTIMENT  ? "sentiment"
		   : t == TASK_LANGUAGE ? "language"
								: intent_name((Intent)(t - TASK_INTENTS));
}

bool insight_task_parse(Str s, InsightTask *ret_task)
{
	for (InsightTask t = TASK_SENTIMENT; t < TASK_N; t++)
		if (str_eq(s, str_from(insight_task_name(t)))) return *ret_task = t, true;
	return false;
}

int64_t insight_label_of(int64_t bits, InsightTask t)
{
	if (t == TASK_SENTIMENT) return reading_sentiment(bits);
	if (t == TASK_LANGUAGE) return reading_language(bits);
	return reading_intent(bits, (Intent)(t - TASK_INTENTS)) >= READING_LEVEL_HALF;
}

int64_t insight_with_label(int64_t bits, InsightTask t, int64_t label)
{
	if (t == TASK_SENTIMENT) return reading_set_sentiment(bits, (int)label);
	if (t == TASK_LANGUAGE) return reading_set_language(bits, reading_language_code((unsigned)label));
	return reading_set_intent(bits, (Intent)(t - TASK_INTENTS), label != 0);
}

Str insight_label_name(InsightTask t, int64_t label)
{
	static const char *const TONES[] = {"neg", "neu", "pos"};
	if (t == TASK_LANGUAGE) return reading_language_code((unsigned)label);
	if (t == TASK_SENTIMENT) return str_from(TONES[label >= 0 && label < 3 ? label : 1]);
	return label ? S("yes") : S("no");
}
