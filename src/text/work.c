// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/work.h"

// What is known of a word is asked for as soon as the word is read.
static void ahead(const void *arg, uint32_t hash)
{
	const TextWork *w = arg;
	if (w->known) known_words_ahead(w->known, hash);
	else lexicon_ahead(w->lexicon, w->english, hash);
}

TextWork *text_work_new(Arena *a, const Lexicon *lexicon)
{
	TextWork *w = ARENA_NEW(a, TextWork, 1);
	w->lexicon = lexicon;
	w->scan = w->whole = text_scan_new(a);
	w->aside = text_scan_new(a);
	w->features = features_new(a);
	w->vader_scratch = arena_grow_raw(a, NULL, 0, sizeof *w->vader_scratch);
	BUG_IF(!w->vader_scratch);
	w->english = lexicon_language("en");
	w->whole->ahead = w->aside->ahead = ahead;
	w->whole->ahead_arg = w->aside->ahead_arg = w;
	return w;
}

void text_work_read(TextWork *w, Str text)
{
	w->scan = w->whole;
	text_scan(w->scan, text);
}

void text_work_part(TextWork *w, Str part, unsigned what)
{
	Str whole = w->whole->text;
	uintptr_t at = (uintptr_t)part.p - (uintptr_t)whole.p;
	w->scan = w->aside;
	if (at <= whole.n && part.n <= whole.n - at) {
		TokensSame same;
		text_scan_part(w->scan, w->whole, part, &same);
		known_words_part(w->known, w->scan, &same, what, &w->sums);
	} else {
		text_scan(w->scan, part);
		known_words_add(w->known, w->scan, what, &w->sums);
	}
}

static int32_t q8(int thousandths) { return thousandths * 256 / 1000; }
static int32_t at_most(int v, int most) { return (v > most ? most : v) * 256 / most; }

typedef struct Counts {
	int urls, mentions, hashtags, emoji, numbers, stretched, caps;
} Counts;

static Counts count(const TextScan *scan)
{
	int kinds[TOKEN_KINDS] = {0};
	Counts c = {0};
	for (size_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		kinds[t->kind]++;
		if (!(t->flags & (TOKEN_HASHTAG | TOKEN_LONG | TOKEN_CAPS))) continue;
		c.hashtags += (t->flags & TOKEN_HASHTAG) != 0;
		c.stretched += (t->flags & TOKEN_LONG) != 0;
		c.caps += (t->flags & TOKEN_CAPS) != 0;
	}
	c.urls = kinds[TOKEN_URL];
	c.mentions = kinds[TOKEN_MENTION];
	c.emoji = kinds[TOKEN_EMOJI] + kinds[TOKEN_EMOTICON];
	c.numbers = kinds[TOKEN_NUMBER];
	return c;
}

// The counted features, in a fixed order that the model file relies on.
static void counted(const VaderScore *v, const TextScan *scan, Dense *d)
{
	Counts c = count(scan);
	int n = 0;
	d->v[n++] = 256;
	d->v[n++] = q8(v->compound);
	d->v[n++] = q8(v->compound > 0 ? v->compound : 0);
	d->v[n++] = q8(vader_normalise(v->pos));
	d->v[n++] = q8(vader_normalise(v->neg));
	d->v[n++] = q8(vader_normalise(v->last));
	d->v[n++] = q8(vader_normalise(v->max));
	d->v[n++] = q8(vader_normalise(v->min));
	d->v[n++] = v->compound == 0 ? 256 : 0;
	d->v[n++] = q8(vader_normalise(v->foreign));
	d->v[n++] = q8(vader_normalise(v->foreign_pos));
	d->v[n++] = q8(vader_normalise(v->foreign_neg));
	d->v[n++] = q8(vader_normalise(v->emoji));
	d->v[n++] = at_most(v->exclaims, 4);
	d->v[n++] = at_most(v->questions, 3);
	d->v[n++] = v->but ? 256 : 0;
	d->v[n++] = at_most(c.urls, 2);
	d->v[n++] = at_most(c.mentions, 3);
	d->v[n++] = at_most(c.hashtags, 3);
	d->v[n++] = at_most(c.emoji, 3);
	d->v[n++] = at_most(c.numbers, 3);
	d->v[n++] = at_most(c.stretched, 2);
	d->v[n++] = at_most(c.caps, 4);
	d->v[n++] = at_most((int)size_min(scan->tokens_n, 1000), 40);
	d->v[n++] = v->pos && v->neg ? 256 : 0;
	d->v[n++] = q8(vader_normalise((v->pos - v->neg) * 4 / (v->neutral + 4)));
	BUG_IF(n > HEAD_DENSE);
}

void text_work_around(TextWork *w, uint32_t language)
{
	vader_score(w->lexicon, w->scan, w->sums.facts, language, w->vader_scratch, &w->vader);
	features_around(w->features, w->scan, w->vader_scratch->marks, false);
	counted(&w->vader, w->scan, &w->dense);
}

void text_work_features(TextWork *w, uint32_t language)
{
	vader_score(w->lexicon, w->scan, NULL, language, w->vader_scratch, &w->vader);
	features_of(w->features, w->scan, w->vader_scratch->marks);
	counted(&w->vader, w->scan, &w->dense);
}

void text_work_lists(TextWork *w)
{
	features_of(w->features, w->scan, w->vader_scratch->marks);
	features_language(w->features, w->scan, LANGUAGE_FEATURES_MAX);
}
