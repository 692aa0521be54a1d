// SPDX-License-Identifier: AGPL-3.0-or-later
// The sentiment head: two lanes a group of languages, negative and positive against a neutral that scores 0. Classes of a
// set weigh the same however often they occur (their shares differ from year to year); sets with two classes only do not
// speak of the third. Each group is cooled on its development texts until its probabilities mean what they say. Romanised Hindi
// has two lanes of the small head.
#include "text/groups.h"
#include "text/train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_LOG2 18
#define DECAY 1e-3f
#define WEAK 0.5f // labels that were made of labels of something else
#define ROMANISED_HINDI S("hi-Latn")

typedef struct Recipe {
	uint32_t epochs;
	float rate;
} Recipe;

static const Recipe RECIPES[GROUP_N + 1] = {{3, 0.06f}, {5, 0.1f}, {5, 0.06f}, {5, 0.06f}, {3, 0.06f}};

// The texts of a group, and the lanes that learn from them.
typedef struct Lanes {
	SentimentGroup group;
	uint32_t lane;
} Lanes;

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
		s->v[i].weight = c[s->v[i].class] ? (float)all / (float)(classes * c[s->v[i].class]) : 0;
		if (str_eq(str_from(TRAIN_SETS[s->v[i].set].file), S("sent_multi_xedweak"))) s->v[i].weight *= WEAK;
	}
}

static bool two_classes(const Sample *x)
{
	Str file = str_from(TRAIN_SETS[x->set].file);
	return str_eq(file, S("sent_en_uci")) || str_eq(file, S("sent_multi_xedweak"));
}

static LinearStep step_of(Trainer *t, const Sample *x, uint32_t lane)
{
	TextWork *w = t->work;
	text_work_read(w, x->text);
	text_work_features(w, lexicon_hash(x->language));
	return (LinearStep){.features = w->features->v,
						.n = w->features->n,
						.words_n = w->features->words_n,
						.dense = &w->dense,
						.lane = lane,
						.lanes = 2,
						.zero = true,
						.label = x->class,
						.skip = two_classes(x) ? 1u << NEUTRAL : 0,
						.weight = x->weight,
						.decay = DECAY};
}

static void run(Trainer *t, Linear *l, Samples *s, Lanes lanes)
{
	uint32_t *order = ARENA_NEW(t->cx->arena, uint32_t, s->n);
	weigh(s, lanes.group);
	for (uint32_t e = 0; e < RECIPES[lanes.group].epochs; e++) {
		shuffle(order, s->n, e + 1);
		for (size_t i = 0; i < s->n; i++) {
			const Sample *x = &s->v[order[i]];
			if (sentiment_group(x->language) != lanes.group) continue;
			LinearStep step = step_of(t, x, lanes.lane);
			step.rate = RECIPES[lanes.group].rate;
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
static float cool_of(Trainer *t, const Linear *l, const Samples *dev, Lanes lanes)
{
	float(*scores)[3] = arena_alloc(t->cx->arena, dev->n * sizeof *scores + 1, 16);
	uint32_t *labels = ARENA_NEW(t->cx->arena, uint32_t, dev->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < dev->n; i++) {
		if (sentiment_group(dev->v[i].language) != lanes.group || two_classes(&dev->v[i])) continue;
		LinearStep step = step_of(t, &dev->v[i], lanes.lane);
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

// A label given anew, by the text's bytes.
typedef struct NewLabel {
	uint64_t key;
	uint32_t class;
} NewLabel;

static int by_key(const void *a, const void *b)
{
	uint64_t x = ((const NewLabel *)a)->key, y = ((const NewLabel *)b)->key;
	return (x > y) - (x < y);
}

static uint64_t text_key(Str text)
{
	uint64_t h = 0xcbf29ce484222325ull;
	for (size_t i = 0; i < text.n; i++) h = (h ^ (unsigned char)text.p[i]) * 0x100000001b3ull;
	return h;
}

static bool hex_of(Str s, uint64_t *ret)
{
	uint64_t v = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) return false;
		v = v << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	*ret = v;
	return s.n == 16;
}

// UMSAB's labels of romanised Hindi say nothing about three quarters of its texts (docs/text-model.md); those were labelled
// anew for Hearth. A line is `label TAB key`: the texts stay outside the project.
static Status relabel(Trainer *t, Samples *s)
{
	Str path = str_format(t->cx->arena, "%.*s/hindi.labels.tsv", STR(t->options->own)), bytes, line, label;
	size_t n = 0, lines = 1;
	TRY(file_read(t->cx, path, &bytes));
	for (size_t i = 0; i < bytes.n; i++) lines += bytes.p[i] == '\n';
	NewLabel *v = ARENA_NEW(t->cx->arena, NewLabel, lines);
	while (bytes.n) {
		bytes = str_cut(bytes, '\n', &line);
		Str key = str_cut(line, '\t', &label);
		if (!hex_of(key, &v[n].key)) return fail(t->cx, ST_INVALID, "%.*s: %.*s is no key", STR(path), STR(key));
		v[n++].class = class_of(label);
	}
	qsort(v, n, sizeof *v, by_key);
	for (size_t i = 0; i < s->n; i++) {
		if (!str_eq(s->v[i].language, ROMANISED_HINDI)) continue;
		const NewLabel *found = bsearch(&(NewLabel){.key = text_key(s->v[i].text)}, v, n, sizeof *v, by_key);
		if (found) s->v[i].class = found->class;
	}
	return ST_OK;
}

static void number(Samples *s)
{
	for (size_t i = 0; i < s->n; i++) {
		s->v[i].class = class_of(s->v[i].label);
		if (str_eq(s->v[i].language, S("hi"))) s->v[i].language = ROMANISED_HINDI; // all of UMSAB's is
	}
}

static Status read_all(Trainer *t, Samples *ret_train, Samples *ret_dev)
{
	TRY(train_samples(t, TRAIN_SENTIMENT, ret_train));
	TRY(train_dev_samples(t, TRAIN_SENTIMENT, ret_dev));
	number(ret_train);
	number(ret_dev);
	TRY(relabel(t, ret_train));
	return relabel(t, ret_dev);
}

Status train_sentiment(Trainer *t)
{
	Samples s, dev;
	TRY(read_all(t, &s, &dev));
	Linear *l = linear_new(t->cx->arena, ROWS_LOG2, HEAD_LANES);
	float cool[HEAD_LANES];
	for (uint32_t g = 0; g < GROUP_N; g++) {
		Lanes lanes = {(SentimentGroup)g, g * 2};
		run(t, l, &s, lanes);
		cool[lanes.lane] = cool[lanes.lane + 1] = cool_of(t, l, &dev, lanes);
	}
	Str info, rows;
	lane_head_pack(t->cx->arena, l, cool, &info, &rows);
	train_put(t, "sent.info", info);
	train_put(t, "sent.rows", rows);
	return ST_OK;
}

// Without a text in romanised Hindi (--sets open) its lanes learn what all others' do.
Status train_hindi(Trainer *t, Linear *l, float *cool)
{
	Samples s, dev;
	Lanes lanes = {GROUP_WIDE, SMALL_HINDI};
	TRY(read_all(t, &s, &dev));
	for (size_t i = 0; i < s.n; i++)
		if (sentiment_group(s.v[i].language) == GROUP_HINDI) lanes.group = GROUP_HINDI;
	run(t, l, &s, lanes);
	cool[lanes.lane] = cool[lanes.lane + 1] = cool_of(t, l, &dev, lanes);
	return ST_OK;
}
