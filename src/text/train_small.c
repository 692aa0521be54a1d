// SPDX-License-Identifier: AGPL-3.0-or-later
// The small heads: one lane each, yes against a no that scores 0. Spam, wish to buy, quality of an answer.
#include "text/train.h"

#define ROWS_LOG2 16

typedef struct Recipe {
	TrainTask task;
	const char *yes;
	uint32_t epochs;
	float rate, decay, yes_weight;
} Recipe;

// In the order of SmallLane (small.h).
static const Recipe RECIPES[] = {
	{TRAIN_SPAM, "spam", 6, 0.2f, 1e-4f, 2},
	{TRAIN_PURCHASE, "lead", 6, 0.06f, 1e-3f, 0.85f},
	{TRAIN_QUALITY, "Good", 4, 0.03f, 1e-3f, 1.6f},
};

static void run(Trainer *t, Linear *l, Samples *s, uint32_t lane)
{
	const Recipe *r = &RECIPES[lane];
	TextWork *w = t->work;
	for (size_t i = 0; i < s->n; i++) s->v[i].class = str_eq(s->v[i].label, str_from(r->yes));
	uint32_t *order = ARENA_NEW(t->cx->arena, uint32_t, s->n);
	for (uint32_t e = 0; e < r->epochs; e++) {
		shuffle(order, s->n, e + 1);
		for (size_t i = 0; i < s->n; i++) {
			const Sample *x = &s->v[order[i]];
			text_work_read(w, x->text);
			text_work_features(w, lexicon_language("en"));
			linear_step(l, &(LinearStep){.features = w->features->v,
										 .n = w->features->n,
										 .words_n = w->features->words_n,
										 .dense = &w->dense,
										 .lane = lane,
										 .lanes = 1,
										 .zero = true,
										 .label = x->class,
										 .weight = x->class ? r->yes_weight : 1,
										 .rate = r->rate,
										 .decay = r->decay});
		}
	}
}

Status train_small(Trainer *t)
{
	Linear *l = linear_new(t->cx->arena, ROWS_LOG2, HEAD_LANES);
	float cool[HEAD_LANES] = {1, 1, 1, 1, 1, 1, 1, 1};
	for (uint32_t i = 0; i < COUNTOF(RECIPES); i++) {
		Samples s;
		TRY(train_samples(t, RECIPES[i].task, &s));
		if (s.n) run(t, l, &s, i);
	}
	Str info, rows;
	lane_head_pack(t->cx->arena, l, cool, &info, &rows);
	train_put(t, "small.info", info);
	train_put(t, "small.rows", rows);
	return ST_OK;
}
