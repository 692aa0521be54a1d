// SPDX-License-Identifier: AGPL-3.0-or-later
// The small heads: one lane each, yes against a no that scores 0. Spam, wish to buy, quality of an answer.
#include "text/train.h"

#define ROWS_LOG2 16

typedef struct Recipe {
	TrainTask task;
	const char *yes[2];
	uint32_t epochs;
	float rate, decay;
} Recipe;

// In the order of SmallLane (small.h).
static const Recipe RECIPES[] = {
	{TRAIN_SPAM, {"spam", "spam"}, 6, 0.2f, 1e-4f},
	{TRAIN_PURCHASE, {"lead", "lead"}, 6, 0.06f, 1e-3f},
	{TRAIN_QUALITY, {"Good", "Good"}, 4, 0.03f, 1e-3f},
};

static void run(Trainer *t, Linear *l, Samples *s, uint32_t lane)
{
	const Recipe *r = &RECIPES[lane];
	TextWork *w = t->work;
	uint32_t yes = 0;
	for (size_t i = 0; i < s->n; i++) {
		s->v[i].class = str_eq(s->v[i].label, str_from(r->yes[0])) || str_eq(s->v[i].label, str_from(r->yes[1]));
		yes += s->v[i].class;
	}
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
										 .weight = (float)s->n / 2 / (float)(x->class ? yes : s->n - yes),
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
