// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/fts.h"

#include "db/stem.h"

#include <string.h>

#define WORDS_START 32

static Status collect(Ctx *cx, Str text, const Stemmer *st, TextWords *ret_words)
{
	TextWords words = {0};
	size_t cap = 0;
	StemCursor c = stem_cursor(st, text);
	StemToken t;
	while (words.n < TEXT_STEMS_MAX && stem_next(&c, &t)) {
		if (words.n == cap) {
			size_t more = cap ? cap * 2 : WORDS_START;
			TextWord *v = arena_grow(cx->arena, words.v, cap * sizeof *v, more * sizeof *v);
			if (!v) return fail(cx, ST_TOO_LARGE, "the words of the text do not fit");
			words.v = v;
			cap = more;
		}
		char *stem = arena_try_alloc(cx->arena, t.s.n, 1);
		if (!stem) return fail(cx, ST_TOO_LARGE, "the words of the text do not fit");
		if (t.s.n) memcpy(stem, t.s.p, t.s.n);
		words.v[words.n++] = (TextWord){.stem = {stem, t.s.n}, .from = t.from, .to = t.to};
	}
	*ret_words = words;
	return ST_OK;
}

Status text_words(Ctx *cx, Str text, Str language, TextWords *ret_words)
{
	Stemmer st = stemmer_init(language);
	Status status = collect(cx, text, &st, ret_words);
	stemmer_done(&st);
	return status;
}

Status text_stems(Ctx *cx, Str text, Str language, StrList *ret_stems)
{
	TextWords words = {0};
	TRY(text_words(cx, text, language, &words));
	Str *v = arena_try_alloc(cx->arena, words.n * sizeof *v, _Alignof(Str));
	if (!v) return fail(cx, ST_TOO_LARGE, "the words of the text do not fit");
	for (size_t i = 0; i < words.n; i++) v[i] = words.v[i].stem;
	*ret_stems = (StrList){v, words.n};
	return ST_OK;
}

Status tf_parse(Ctx *cx, Str blob, size_t columns, TfCounts *ret_counts)
{
	size_t row = columns * 2;
	if (!row || blob.n < row || blob.n % row)
		return fail(cx, ST_INTERNAL, "term counts of %zu bytes for %zu columns", blob.n, columns);
	*ret_counts = (TfCounts){.p = (const unsigned char *)blob.p, .phrases = blob.n / row - 1, .columns = columns};
	return ST_OK;
}

static uint32_t u16_at(const TfCounts *t, size_t at)
{
	return (uint32_t)t->p[at * 2] | (uint32_t)t->p[at * 2 + 1] << 8;
}

uint32_t tf_count(const TfCounts *t, size_t phrase, size_t column)
{
	return phrase < t->phrases && column < t->columns ? u16_at(t, phrase * t->columns + column) : 0;
}

uint32_t tf_tokens(const TfCounts *t, size_t column)
{
	return column < t->columns ? u16_at(t, t->phrases * t->columns + column) : 0;
}
