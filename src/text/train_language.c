// SPDX-License-Identifier: AGPL-3.0-or-later
// The language head: sentences, pairs of words and single words of each language, so that short texts are known too, and
// posts in some of them, so that news is not all it has seen. Languages of the sentiment sets that the sentences lack
// are classes too, at a small disadvantage.
#include "text/train.h"

#include <string.h>

#define ROWS_LOG2 17
#define EPOCHS 3
#define RATE 0.6f
#define DECAY 1e-5f
#define POSTS_EACH 400 // of a language, from a set of posts
#define POSTS_WEIGHT 0.3f
#define SUBTITLES_WEIGHT 0.1f
#define HANDICAP (-1.0f)
#define HANDICAP_PIDGIN (-2.5f) // else short and careless English is taken for it
#define CLIP 9.0f               // times the mean weight
#define WORDS_LOOKED_AT 512

typedef struct LanguageSet {
	Str names[HEAD_CLASSES_MAX];
	size_t n, official;
	uint32_t scripts[HEAD_CLASSES_MAX][SCRIPT_N];
	Sample *v;
	size_t v_n;
	Linear *linear;
} LanguageSet;

// Codes of the sentiment sets, in those of the sentences.
static Str language_code(Str code)
{
	static const char *const SAME[][2] = {
		{"hi", "hi-Latn"}, {"arq", "ar"}, {"ary", "ar"}, {"pt-mz", "pt"}, {"no", "nb"}};
	for (size_t i = 0; i < COUNTOF(SAME); i++)
		if (str_eq(code, str_from(SAME[i][0]))) return str_from(SAME[i][1]);
	return code;
}

static Status class_of(Trainer *t, LanguageSet *s, Str code, uint32_t *ret)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->names[i], code)) {
			*ret = (uint32_t)i;
			return ST_OK;
		}
	if (s->n == HEAD_CLASSES_MAX) return fail(t->cx, ST_TOO_LARGE, "too many languages");
	s->names[s->n] = code;
	*ret = (uint32_t)s->n++;
	return ST_OK;
}

// POSTS_EACH of every language of the sentiment sets.
static Status add_posts(Trainer *t, LanguageSet *s)
{
	Samples posts;
	TRY(train_samples(t, TRAIN_SENTIMENT, &posts));
	uint32_t seen[HEAD_CLASSES_MAX] = {0};
	uint32_t set = UINT32_MAX;
	for (size_t i = 0; i < posts.n; i++) {
		Sample x = posts.v[i];
		const TrainSet *from = &TRAIN_SETS[x.set];
		if (x.set != set) memset(seen, 0, sizeof seen);
		set = x.set;
		bool subtitles = str_eq(str_from(from->file), S("sent_multi_xedweak"));
		if (subtitles && str_eq(x.language, S("sr"))) continue; // in Latin letters, which the sentences have not
		TRY(class_of(t, s, language_code(x.language), &x.class));
		if (seen[x.class]++ >= POSTS_EACH) continue;
		x.weight = subtitles ? SUBTITLES_WEIGHT : POSTS_WEIGHT;
		s->v[s->v_n++] = x;
	}
	return ST_OK;
}

static Status gather(Trainer *t, LanguageSet *s)
{
	Samples sentences, posts;
	TRY(train_samples(t, TRAIN_LANGUAGE, &sentences));
	TRY(train_samples(t, TRAIN_SENTIMENT, &posts));
	s->v = ARENA_NEW(t->cx->arena, Sample, sentences.n + posts.n);
	for (size_t i = 0; i < sentences.n; i++) {
		Sample x = sentences.v[i];
		TRY(class_of(t, s, x.label, &x.class));
		x.weight = 1;
		s->v[s->v_n++] = x;
	}
	uint32_t romanised;
	TRY(class_of(t, s, S("hi-Latn"), &romanised));
	s->official = s->n;
	return add_posts(t, s);
}

static void step(Trainer *t, LanguageSet *s, Str text, const Sample *x, float rate)
{
	TextWork *w = t->work;
	text_work_read(w, text);
	features_language(w->features, w->scan, LANGUAGE_FEATURES_MAX);
	if (!w->features->language_n) return;
	linear_step(s->linear, &(LinearStep){.features = w->features->language,
										 .n = w->features->language_n,
										 .lanes = s->linear->lanes,
										 .label = x->class,
										 .weight = x->weight,
										 .rate = rate,
										 .decay = DECAY});
}

// `words` neighbours of the text, from somewhere in it.
static Str piece(TextWork *w, Str text, uint64_t *seed, size_t words)
{
	uint32_t at[WORDS_LOOKED_AT];
	size_t n = 0;
	text_work_read(w, text);
	for (size_t i = 0; i < w->scan->tokens_n && n < WORDS_LOOKED_AT; i++) {
		const Token *k = &w->scan->tokens[i];
		bool word = k->kind == TOKEN_WORD && !(k->flags & TOKEN_DIGITS) && k->cps >= 4;
		if (word || k->kind == TOKEN_RUN) at[n++] = (uint32_t)i;
	}
	if (n < words) return text;
	size_t first = (size_t)(random_next(seed) % (n - words + 1));
	return str_sub(text, w->scan->tokens[at[first]].at, w->scan->tokens[at[first + words - 1]].end);
}

static void run(Trainer *t, LanguageSet *s)
{
	uint32_t *order = ARENA_NEW(t->cx->arena, uint32_t, s->v_n);
	for (uint32_t e = 0; e < EPOCHS; e++) {
		uint64_t seed = e * 77 + 5;
		float rate = RATE * (1 - 0.7f * (float)e / EPOCHS);
		shuffle(order, s->v_n, e + 1);
		for (size_t i = 0; i < s->v_n; i++) {
			const Sample *x = &s->v[order[i]];
			step(t, s, x->text, x, rate);
			step(t, s, piece(t->work, x->text, &seed, 1), x, rate);
			step(t, s, piece(t->work, x->text, &seed, 1), x, rate);
			step(t, s, piece(t->work, x->text, &seed, 2), x, rate);
		}
	}
}

// A language is written in the scripts that a twentieth of its letters or more are of.
static Str scripts_of(Trainer *t, LanguageSet *s)
{
	for (size_t i = 0; i < s->v_n; i++) {
		text_work_read(t->work, s->v[i].text);
		for (size_t k = 1; k < SCRIPT_N; k++) s->scripts[s->v[i].class][k] += t->work->scan->letters[k];
	}
	uint32_t *bits = ARENA_NEW(t->cx->arena, uint32_t, s->n);
	for (size_t c = 0; c < s->n; c++) {
		uint64_t all = 0;
		for (size_t k = 1; k < SCRIPT_N; k++) all += s->scripts[c][k];
		for (size_t k = 1; k < SCRIPT_N; k++)
			if (s->scripts[c][k] && (uint64_t)s->scripts[c][k] * 20 >= all) bits[c] |= (uint32_t)1 << k;
	}
	return (Str){(const char *)bits, s->n * sizeof *bits};
}

Status train_language(Trainer *t)
{
	LanguageSet *s = ARENA_NEW(t->cx->arena, LanguageSet, 1);
	TRY(gather(t, s));
	train_put(t, "lang.scripts", scripts_of(t, s));
	if (s->n > NIBBLE_CLASSES_MAX) return fail(t->cx, ST_TOO_LARGE, "too many languages");
	s->linear = linear_new(t->cx->arena, ROWS_LOG2, (uint32_t)s->n);
	run(t, s);
	for (size_t c = s->official; c < s->n; c++)
		s->linear->dense[c * HEAD_DENSE] = str_eq(s->names[c], S("pcm")) ? HANDICAP_PIDGIN : HANDICAP;
	Str info, rows;
	nibble_head_pack(t->cx->arena, s->linear, CLIP, s->names, &info, &rows);
	train_put(t, "lang.info", info);
	train_put(t, "lang.rows", rows);
	return ST_OK;
}
