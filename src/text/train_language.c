// SPDX-License-Identifier: AGPL-3.0-or-later
// The language head. What a feature weighs for a language is the logarithm of how many times as often it stands in texts of
// that language as in all (naive Bayes), learnt by counting: sentences of each language, and posts in some of them, so that
// news is not all it has seen. One reading does; steps of logistic regression over sentences, pairs and words were no
// better for sentences, worse for shorter texts, and took thirty times as long (docs/text-model.md). Languages of the
// sentiment sets that the sentences lack are classes too, at a small disadvantage.
#include "text/train.h"

#include <math.h>
#include <string.h>

#define ROWS_LOG2 17
#define POSTS_EACH 400 // of a language, from a set of posts
#define POSTS_WEIGHT 0.6f
#define UNSEEN 14.0f // as if every feature had been seen so often more, in each language as that is read
#define WORD 2.0f    // a whole word says more than what is in it
#define COOL 0.75f   // features of a word say the same again and again, so they promise too much
#define HANDICAP (-0.75f)
#define HANDICAP_PIDGIN (-2.0f) // else short and careless English is taken for it
#define CLIP 9.0f               // times the mean weight

typedef struct LanguageSet {
	Str names[HEAD_CLASSES_MAX];
	size_t n, official;
	uint32_t scripts[HEAD_CLASSES_MAX][SCRIPT_N];
	Sample *v;
	size_t v_n;
	Linear *linear;               // its weights are counts until all is read
	float read[HEAD_CLASSES_MAX]; // features of each language
	float *seen, *worth;          // of each row: features that fell on it, and WORD or 1 of each
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

// POSTS_EACH of every language of the sentiment sets; subtitles stand in for posts where those may not be used.
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
		if (subtitles && (!t->options->open_only || str_eq(x.language, S("sr")))) continue; // sr: in Latin letters
		TRY(class_of(t, s, language_code(x.language), &x.class));
		if (seen[x.class]++ >= POSTS_EACH) continue;
		x.weight = POSTS_WEIGHT;
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

static void count_word(LanguageSet *s, const TextScan *scan, const Token *k, const Sample *x)
{
	uint32_t features[FEATURES_LANGUAGE_WORD_MAX];
	size_t n = features_language_word(scan, k, &(Ahead){0}, features);
	for (size_t i = 0; i < n; i++) {
		size_t row = features[i] >> (32 - s->linear->rows_log2);
		s->linear->w[row * s->linear->lanes + x->class] += x->weight;
		s->seen[row] += 1;
		s->worth[row] += i == 0 && k->kind == TOKEN_WORD ? WORD : 1;
	}
	s->read[x->class] += x->weight * (float)n;
}

static void count(Trainer *t, LanguageSet *s)
{
	const TextScan *scan = t->work->scan;
	for (size_t i = 0; i < s->v_n; i++) {
		text_work_read(t->work, s->v[i].text);
		for (size_t k = 0; k < scan->tokens_n; k++) count_word(s, scan, &scan->tokens[k], &s->v[i]);
	}
}

// Counts of a row become weights around their mean; share: of all that was read, by language.
static void weigh_row(float *w, size_t n, const float *share, float factor)
{
	float all = UNSEEN, mean = 0;
	for (size_t c = 0; c < n; c++) all += w[c];
	for (size_t c = 0; c < n; c++) {
		w[c] = share[c] > 0 ? logf((w[c] + UNSEEN * share[c]) / (all * share[c])) : 0;
		mean += w[c] / (float)n;
	}
	for (size_t c = 0; c < n; c++) w[c] = factor * (w[c] - mean);
}

static void weigh(LanguageSet *s)
{
	float share[HEAD_CLASSES_MAX] = {0}, all = 0;
	for (size_t c = 0; c < s->n; c++) all += s->read[c];
	for (size_t c = 0; c < s->n; c++) share[c] = s->read[c] / all;
	for (size_t r = 0; r < (size_t)1 << s->linear->rows_log2; r++)
		if (s->seen[r] > 0) weigh_row(s->linear->w + r * s->n, s->n, share, COOL * s->worth[r] / s->seen[r]);
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
	s->seen = ARENA_NEW(t->cx->arena, float, (size_t)1 << ROWS_LOG2);
	s->worth = ARENA_NEW(t->cx->arena, float, (size_t)1 << ROWS_LOG2);
	count(t, s);
	weigh(s);
	for (size_t c = s->official; c < s->n; c++)
		s->linear->dense[c * HEAD_DENSE] = str_eq(s->names[c], S("pcm")) ? HANDICAP_PIDGIN : HANDICAP;
	Str info, rows;
	nibble_head_pack(t->cx->arena, s->linear, CLIP, s->names, &info, &rows);
	train_put(t, "lang.info", info);
	train_put(t, "lang.rows", rows);
	return ST_OK;
}
