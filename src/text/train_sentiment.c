// SPDX-License-Identifier: AGPL-3.0-or-later
// The sentiment head: two lanes a group of languages, negative and positive against a neutral that scores 0. Classes of a
// set weigh the same however often they occur (their shares differ from year to year); sets with two classes only do not
// speak of the third. Each group is cooled on its development texts until its probabilities mean what they say.
#include "text/groups.h"
#include "text/train.h"

#include <math.h>
#include <string.h>

#define ROWS_LOG2 18
#define DECAY 1e-3f
#define ROMANISED_HINDI S("hi-Latn")
#define HINDI_NOISE 900
#define HINDI_WEIGHT 3 // of what is left

typedef struct Recipe {
	uint32_t epochs;
	float rate;
} Recipe;

static const Recipe RECIPES[GROUP_N] = {{3, 0.06f}, {5, 0.06f}, {5, 0.06f}, {5, 0.06f}};

enum { NEUTRAL, NEGATIVE, POSITIVE };

static uint32_t class_of(Str label)
{
	return str_eq(label, S("neg")) ? NEGATIVE : str_eq(label, S("pos")) ? POSITIVE : NEUTRAL;
}

static uint32_t lexicon_hash(Str language)
{
	char code[MODEL_CODE_BYTES] = {0};
	Str c = lexicon_code(language);
	memcpy(code, c.p, size_min(c.n, sizeof code - 1));
	return lexicon_language(code);
}

// Weighs each class of each set alike within the group.
static void weigh(Samples *s, SentimentGroup group)
{
	uint32_t counts[64][3] = {{0}};
	BUG_IF(TRAIN_SETS_N > 64);
	for (size_t i = 0; i < s->n; i++)
		if (sentiment_group(s->v[i].language) == group) counts[s->v[i].set][s->v[i].class]++;
	for (size_t i = 0; i < s->n; i++) {
		const uint32_t *c = counts[s->v[i].set];
		uint32_t all = c[0] + c[1] + c[2], classes = (c[0] ? 1u : 0u) + (c[1] ? 1u : 0u) + (c[2] ? 1u : 0u);
		float times = str_eq(s->v[i].language, ROMANISED_HINDI) ? HINDI_WEIGHT : 1;
		s->v[i].weight = c[s->v[i].class] ? times * (float)all / (float)(classes * c[s->v[i].class]) : 0;
	}
}

static bool two_classes(const Sample *x)
{
	Str file = str_from(TRAIN_SETS[x->set].file);
	return str_eq(file, S("sent_en_uci")) || str_eq(file, S("sent_multi_xedweak"));
}

static LinearStep step_of(Trainer *t, const Sample *x, SentimentGroup group)
{
	TextWork *w = t->work;
	text_work_read(w, x->text);
	text_work_features(w, lexicon_hash(x->language));
	return (LinearStep){.features = w->features->v,
						.n = w->features->n,
						.words_n = w->features->words_n,
						.dense = &w->dense,
						.lane = group * 2u,
						.lanes = 2,
						.zero = true,
						.label = x->class,
						.skip = two_classes(x) ? 1u << NEUTRAL : 0,
						.weight = x->weight,
						.decay = DECAY};
}

static void run(Trainer *t, Linear *l, Samples *s, SentimentGroup group)
{
	uint32_t *order = ARENA_NEW(t->cx->arena, uint32_t, s->n);
	weigh(s, group);
	for (uint32_t e = 0; e < RECIPES[group].epochs; e++) {
		shuffle(order, s->n, e + 1);
		for (size_t i = 0; i < s->n; i++) {
			const Sample *x = &s->v[order[i]];
			if (sentiment_group(x->language) != group) continue;
			LinearStep step = step_of(t, x, group);
			step.rate = RECIPES[group].rate;
			linear_step(l, &step);
		}
	}
}

static double loss_at(const float (*scores)[3], const uint32_t *labels, size_t n, double cool)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++) {
		double z = 0;
		for (size_t c = 0; c < 3; c++) z += exp((double)scores[i][c] / cool);
		sum += log(z) - (double)scores[i][labels[i]] / cool;
	}
	return sum;
}

// The temperature under which the development texts are least surprising.
static float cool_of(Trainer *t, const Linear *l, const Samples *dev, SentimentGroup group)
{
	float(*scores)[3] = arena_alloc(t->cx->arena, dev->n * sizeof *scores + 1, 16);
	uint32_t *labels = ARENA_NEW(t->cx->arena, uint32_t, dev->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < dev->n; i++) {
		if (str_eq(dev->v[i].language, ROMANISED_HINDI)) continue; // its labels say nothing
		if (sentiment_group(dev->v[i].language) != group || two_classes(&dev->v[i])) continue;
		LinearStep step = step_of(t, &dev->v[i], group);
		linear_scores(l, &step, scores[n]);
		labels[n++] = dev->v[i].class;
	}
	double best = 1, least = loss_at((const float(*)[3])scores, labels, n, 1);
	for (int step = 0; step < 54; step++) { // 0.3 to 4
		double cool = 0.3 * pow(1.05, step);
		double loss = loss_at((const float(*)[3])scores, labels, n, cool);
		if (loss < least) {
			least = loss;
			best = cool;
		}
	}
	return (float)best;
}

// The first 900 texts in Hindi of UMSAB, and all of its development file, have labels that say no more about them than
// chance: a model learnt from the rest is right about a third of each hundred there, as against nine in twenty later on
// (docs/text-model.md). They are no use for sentiment; which language they are in, they say truly.
static void without_noise(Samples *s)
{
	size_t n = 0, hindi = 0;
	for (size_t i = 0; i < s->n; i++) {
		bool noise = str_eq(s->v[i].language, ROMANISED_HINDI) && hindi++ < HINDI_NOISE;
		if (!noise) s->v[n++] = s->v[i];
	}
	s->n = n;
}

static void number(Samples *s)
{
	for (size_t i = 0; i < s->n; i++) {
		s->v[i].class = class_of(s->v[i].label);
		if (str_eq(s->v[i].language, S("hi"))) s->v[i].language = ROMANISED_HINDI; // all of UMSAB's is
	}
}

Status train_sentiment(Trainer *t)
{
	Samples s, dev;
	TRY(train_samples(t, TRAIN_SENTIMENT, &s));
	TRY(train_dev_samples(t, TRAIN_SENTIMENT, &dev));
	number(&s);
	number(&dev);
	without_noise(&s);
	Linear *l = linear_new(t->cx->arena, ROWS_LOG2, HEAD_LANES);
	float cool[HEAD_LANES];
	for (int g = 0; g < GROUP_N; g++) {
		run(t, l, &s, (SentimentGroup)g);
		cool[(size_t)g * 2] = cool[(size_t)g * 2 + 1] = cool_of(t, l, &dev, (SentimentGroup)g);
	}
	Str info, rows;
	lane_head_pack(t->cx->arena, l, cool, &info, &rows);
	train_put(t, "sent.info", info);
	train_put(t, "sent.rows", rows);
	return ST_OK;
}
