// SPDX-License-Identifier: AGPL-3.0-or-later
// The small heads: one lane each, yes against a no that scores 0. Spam and wish to buy.
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
	{TRAIN_SPAM, "spam", 6, 0.3f, 1e-3f, 2},
	{TRAIN_PURCHASE, "lead", 6, 0.06f, 1e-3f, 1.5f},
};

// Harmless company for either: what its own sets do not know.
typedef struct Company {
	TrainTask task, from;
	const char *file; // of which set, NULL: all
	size_t one_of;
	float weight;
} Company;

static const Company COMPANIES[] = {
	{TRAIN_SPAM, TRAIN_TOPIC, "intent_en_banking77", 1, 0.1f}, // requests to support are no spam
	{TRAIN_PURCHASE, TRAIN_TOPIC, NULL, 3, 0.03f},
	{TRAIN_PURCHASE, TRAIN_QUALITY, NULL, 1, 0.03f},
};

#define OWN_WEIGHT 6

// What somebody says who wants to buy.
static bool buys(Str label)
{
	return str_eq(label, S("place_order")) || str_eq(label, S("order")) || str_eq(label, S("shopping_list_update"));
}

static Status add_company(Trainer *t, TrainTask task, Samples *s)
{
	for (size_t k = 0; k < COUNTOF(COMPANIES); k++) {
		const Company *c = &COMPANIES[k];
		Samples more, all = {0};
		if (c->task != task) continue;
		TRY(train_samples(t, c->from, &more));
		all.v = ARENA_NEW(t->cx->arena, Sample, s->n + more.n);
		for (; all.n < s->n; all.n++) all.v[all.n] = s->v[all.n];
		for (size_t i = 0; i < more.n; i += c->one_of) {
			if (c->file && !str_eq(str_from(TRAIN_SETS[more.v[i].set].file), str_from(c->file))) continue;
			if (buys(more.v[i].label)) continue;
			all.v[all.n] = more.v[i];
			all.v[all.n++].weight = c->weight;
		}
		*s = all;
	}
	return ST_OK;
}

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
										 .weight = x->class ? r->yes_weight * x->weight : x->weight,
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
		for (size_t k = 0; k < s.n; k++) s.v[k].weight = TRAIN_SETS[s.v[k].set].own ? OWN_WEIGHT : 1;
		TRY(add_company(t, RECIPES[i].task, &s));
		if (s.n) run(t, l, &s, i);
	}
	TRY(train_risk(t, l));
	TRY(train_hindi(t, l, cool));
	Str info, rows;
	lane_head_pack(t->cx->arena, l, cool, &info, &rows);
	train_put(t, "small.info", info);
	train_put(t, "small.rows", rows);
	return ST_OK;
}
