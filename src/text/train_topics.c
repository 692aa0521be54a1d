// SPDX-License-Identifier: AGPL-3.0-or-later
// The topic head: what a request to support is about, after three public taxonomies. Each competes within itself only;
// names are "TAXONOMY/topic".
#include "text/train.h"

#define ROWS_LOG2 16
#define EPOCHS 14
#define RATE 0.3f
#define DECAY 2e-5f
#define SMALLEST 9 // weights that are kept, of 127
#define MOST 255   // of a row

typedef struct Range {
	uint32_t from, to;
} Range;

// "intent_en_banking77" -> "banking77"
static Str taxonomy(const TrainSet *set) { return str_sub(str_from(set->file), 10, 64); }

static Status number(Trainer *t, Samples *s, Str *names, Range *ranges, size_t *ret_n)
{
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++) {
		Sample *x = &s->v[i];
		Range *r = &ranges[x->set];
		Str name = str_format(t->cx->arena, "%.*s/%.*s", STR(taxonomy(&TRAIN_SETS[x->set])), STR(x->label));
		if (r->to == r->from) *r = (Range){(uint32_t)n, (uint32_t)n};
		uint32_t c = r->from;
		while (c < r->to && !str_eq(names[c], name)) c++;
		if (c == r->to) {
			if (n == HEAD_CLASSES_MAX) return fail(t->cx, ST_TOO_LARGE, "too many topics");
			names[n++] = name;
			r->to = (uint32_t)n;
		}
		x->class = c - r->from;
	}
	*ret_n = n;
	return ST_OK;
}

static void run(Trainer *t, Linear *l, const Samples *s, const Range *ranges)
{
	TextWork *w = t->work;
	uint32_t *order = ARENA_NEW(t->cx->arena, uint32_t, s->n);
	for (uint32_t e = 0; e < EPOCHS; e++) {
		shuffle(order, s->n, e + 1);
		for (size_t i = 0; i < s->n; i++) {
			const Sample *x = &s->v[order[i]];
			text_work_read(w, x->text);
			text_work_features(w, lexicon_language("en"));
			linear_step(l, &(LinearStep){.features = w->features->v,
										 .n = w->features->n,
										 .words_n = w->features->words_n,
										 .lane = ranges[x->set].from,
										 .lanes = ranges[x->set].to - ranges[x->set].from,
										 .label = x->class,
										 .weight = 1,
										 .rate = RATE * (1 - 0.8f * (float)e / EPOCHS),
										 .decay = DECAY});
		}
	}
}

Status train_topics(Trainer *t)
{
	Samples s;
	TRY(train_samples(t, TRAIN_TOPIC, &s));
	Str *names = ARENA_NEW(t->cx->arena, Str, HEAD_CLASSES_MAX);
	Range *ranges = ARENA_NEW(t->cx->arena, Range, TRAIN_SETS_N);
	size_t n = 0;
	TRY(number(t, &s, names, ranges, &n));
	Linear *l = linear_new(t->cx->arena, ROWS_LOG2, (uint32_t)n);
	run(t, l, &s, ranges);
	Str parts[3];
	uint32_t ends[HEAD_CLASSES_MAX];
	size_t ends_n = 0;
	for (size_t i = 0; i < TRAIN_SETS_N; i++)
		if (ranges[i].to) ends[ends_n++] = ranges[i].to;
	const SparsePacking packing = {ends, ends_n, SMALLEST, MOST};
	sparse_head_pack(t->cx->arena, l, &packing, names, parts);
	train_put(t, "topic.info", parts[0]);
	train_put(t, "topic.starts", parts[1]);
	train_put(t, "topic.pairs", parts[2]);
	return ST_OK;
}
