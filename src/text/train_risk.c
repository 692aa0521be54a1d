// SPDX-License-Identifier: AGPL-3.0-or-later
// The lanes of risky advice, from our own sentences (risk.train.tsv) against themselves and against requests to support,
// which are harmless. What advises is learnt, as it will be asked: a harmless sentence that only warns or asks teaches nothing,
// since its words are those of the danger.
#include "text/risk_head.h"
#include "text/train.h"

#define STRETCHES_MAX 8 // of a text
#define EPOCHS 10
#define RATE 0.3f
#define DECAY 3e-4f
#define OWN_WEIGHT 8
#define OWN_HARMLESS_WEIGHT 10
#define OTHER_WEIGHT 0.3f

typedef struct Stretch {
	RiskStretch x;
	uint32_t class;
	float weight;
} Stretch;

typedef struct Stretches {
	Stretch *v;
	size_t n;
} Stretches;

static Status class_of(Ctx *cx, Str label, RiskClass *ret)
{
	for (RiskClass c = RISK_HARMLESS; c < RISK_N; c++)
		if (str_eq(label, str_from(risk_name(c)))) {
			*ret = c;
			return ST_OK;
		}
	return fail(cx, ST_INVALID, "%.*s is no class of risk", STR(label));
}

// The stretches of a text that advise; of one that is risky and in which none is found, all of it.
static void put(Stretches *to, const RiskBook *book, Signs *s, Stretch whole)
{
	size_t before = to->n;
	signs_read(s, whole.x.text);
	for (uint32_t w = 0; w < s->words_n;) {
		AdviceSpan v[ADVICE_SPANS_MAX];
		size_t n;
		w = advice_read(risk_advice(book), s, w, v, &n);
		for (size_t i = 0; i < n && to->n < before + STRETCHES_MAX; i++) {
			to->v[to->n] = whole;
			to->v[to->n++].x = risk_stretch(book, s, v[i]);
		}
	}
	if (to->n > before || whole.class == RISK_HARMLESS || !s->words_n) return;
	to->v[to->n] = whole;
	to->v[to->n++].x = risk_stretch(book, s, (AdviceSpan){.to = s->words_n});
}

// Other people's harmless texts in English: requests, messages, forums, posts.
static Status others(Trainer *t, Samples *ret)
{
	static const struct {
		TrainTask task;
		size_t one_of;
	} FROM[] = {{TRAIN_TOPIC, 1}, {TRAIN_SPAM, 1}, {TRAIN_QUALITY, 1}, {TRAIN_SENTIMENT, 1}};
	Samples s[COUNTOF(FROM)];
	size_t most = 0, n = 0;
	for (size_t k = 0; k < COUNTOF(FROM); k++) {
		TRY(train_samples(t, FROM[k].task, &s[k]));
		most += s[k].n;
	}
	ret->v = ARENA_NEW(t->cx->arena, Sample, most);
	for (size_t k = 0; k < COUNTOF(FROM); k++)
		for (size_t i = 0; i < s[k].n; i += FROM[k].one_of)
			if (str_eq(s[k].v[i].language, S("en")) && !str_eq(s[k].v[i].label, S("spam"))) ret->v[n++] = s[k].v[i];
	ret->n = n;
	return ST_OK;
}

static Status collect(Trainer *t, Stretches *to)
{
	Samples own, other;
	TRY(train_samples(t, TRAIN_RISK, &own));
	TRY(others(t, &other));
	*to = (Stretches){ARENA_NEW(t->cx->arena, Stretch, (own.n + other.n) * STRETCHES_MAX), 0};
	const RiskBook *book = risk_new(t->cx->arena);
	Signs *s = signs_new(t->cx->arena);
	for (size_t i = 0; i < own.n; i++) {
		RiskClass class = RISK_HARMLESS;
		TRY(class_of(t->cx, own.v[i].label, &class));
		put(to, book, s,
			(Stretch){.x.text = own.v[i].text,
					  .class = class,
					  .weight = class == RISK_HARMLESS ? OWN_HARMLESS_WEIGHT : OWN_WEIGHT});
	}
	for (size_t i = 0; i < other.n; i++)
		put(to, book, s, (Stretch){.x.text = other.v[i].text, .class = RISK_HARMLESS, .weight = OTHER_WEIGHT});
	return ST_OK;
}

Status train_risk(Trainer *t, Linear *l)
{
	Stretches all;
	Dense dense;
	TRY(collect(t, &all));
	uint32_t *order = ARENA_NEW(t->cx->arena, uint32_t, all.n);
	const Features *f = t->work->features;
	for (uint32_t e = 0; e < EPOCHS; e++) {
		shuffle(order, all.n, e + 1);
		for (size_t i = 0; i < all.n; i++) {
			const Stretch *x = &all.v[order[i]];
			risk_head_features(t->work, &x->x, &dense);
			linear_step(l, &(LinearStep){.features = f->v,
										 .n = f->n,
										 .words_n = f->words_n,
										 .dense = &dense,
										 .lane = SMALL_RISK,
										 .lanes = RISK_N - 1,
										 .zero = true,
										 .label = x->class,
										 .weight = x->weight,
										 .rate = RATE,
										 .decay = DECAY});
		}
	}
	return ST_OK;
}
