// SPDX-License-Identifier: AGPL-3.0-or-later
#include "search.h"

#include "db/fts.h"

#include <math.h>

#define COLUMNS 2 // title, body
#define TITLE_WEIGHT 2
#define K1 1.2
#define B 0.75
#define POSITIONS_MAX 256 // PostgreSQL keeps no more of a lexeme

static Status lite_counts(Ctx *cx, const SearchQuery *query, Str blob, SearchCandidate *c)
{
	TfCounts tf;
	TRY(tf_parse(cx, blob, COLUMNS, &tf));
	for (size_t i = 0; i < query->n; i++) c->tf[i] = TITLE_WEIGHT * tf_count(&tf, i, 0) + tf_count(&tf, i, 1);
	c->tokens = tf_tokens(&tf, 0) + tf_tokens(&tf, 1);
	return ST_OK;
}

// A tsvector as text: 'stem':1A,5,9B 'other':2 … Letters are weights: A the title, B the text.

typedef struct Places { // of one stem of the query
	uint16_t at[POSITIONS_MAX];
	bool title[POSITIONS_MAX];
	size_t n;
} Places;

typedef struct TsReader {
	Cursor c;
	const SearchQuery *query;
	Places places[SEARCH_TERMS_MAX][SEARCH_PHRASE_MAX];
	uint32_t tokens;
} TsReader;

static bool read_lexeme(Cursor *c, Str *ret_lexeme)
{
	while (cursor_take(c, ' ')) {}
	if (!cursor_take(c, '\'')) return false;
	const char *from = c->p;
	while (c->p < c->end && *c->p != '\'') c->p++; // stems hold no quotes
	*ret_lexeme = (Str){from, (size_t)(c->p - from)};
	return cursor_take(c, '\'');
}

static void note_place(TsReader *r, Str lexeme, int64_t at, bool title)
{
	for (size_t i = 0; i < r->query->n; i++) {
		const SearchTerm *term = &r->query->v[i];
		for (size_t k = 0; k < term->n; k++) {
			Places *p = &r->places[i][k];
			if (p->n == POSITIONS_MAX || !str_eq(term->stems[k], lexeme)) continue;
			p->at[p->n] = (uint16_t)at;
			p->title[p->n++] = title;
		}
	}
}

static bool read_places(TsReader *r, Str lexeme)
{
	if (!cursor_take(&r->c, ':')) return true;
	do {
		int64_t at;
		if (!cursor_int(&r->c, 0, UINT16_MAX, &at)) return false;
		bool title = cursor_take(&r->c, 'A');
		if (!title && !cursor_take(&r->c, 'B') && !cursor_take(&r->c, 'C')) (void)cursor_take(&r->c, 'D');
		r->tokens++;
		note_place(r, lexeme, at, title);
	} while (cursor_take(&r->c, ','));
	return true;
}

static bool has_place(const Places *p, unsigned at, bool title)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->at[i] == at && p->title[i] == title) return true;
	return false;
}

static uint32_t term_count(const Places *places, size_t words, bool title)
{
	uint32_t n = 0;
	for (size_t i = 0; i < places[0].n; i++) {
		bool all = places[0].title[i] == title;
		for (size_t k = 1; all && k < words; k++) all = has_place(&places[k], places[0].at[i] + (unsigned)k, title);
		n += all;
	}
	return n;
}

static Status pg_counts(Ctx *cx, const SearchQuery *query, Str text, SearchCandidate *c)
{
	TsReader r; // not zeroed as a whole: it is large and there is one for each row
	r.c = cursor_of(text);
	r.query = query;
	r.tokens = 0;
	for (size_t i = 0; i < query->n; i++)
		for (size_t k = 0; k < query->v[i].n; k++) r.places[i][k].n = 0;
	for (Str lexeme; read_lexeme(&r.c, &lexeme);)
		if (!read_places(&r, lexeme)) return fail(cx, ST_INTERNAL, "the search index holds an odd vector");
	for (size_t i = 0; i < query->n; i++)
		c->tf[i] = TITLE_WEIGHT * term_count(r.places[i], query->v[i].n, true) + term_count(r.places[i], query->v[i].n, false);
	c->tokens = r.tokens;
	return ST_OK;
}

Status search_counts_read(Ctx *cx, const SearchQuery *query, Str tf, bool pg, SearchCandidate *ret_candidate)
{
	return pg ? pg_counts(cx, query, tf, ret_candidate) : lite_counts(cx, query, tf, ret_candidate);
}

void search_points(SearchCandidate *v, size_t n, const SearchQuery *query, const int64_t *found, int64_t posts_n)
{
	double idf[SEARCH_TERMS_MAX], tokens = 0;
	for (size_t i = 0; i < query->n; i++) {
		double in = query->n > 1 ? (double)found[i] : 1, all = (double)i64_max(posts_n, query->n > 1 ? found[i] : 1);
		idf[i] = query->n > 1 ? log1p((all - in + 0.5) / (in + 0.5)) : 1;
	}
	for (size_t i = 0; i < n; i++) tokens += v[i].tokens;
	double mean = tokens > 0 ? tokens / (double)n : 1;
	for (size_t i = 0; i < n; i++) {
		double longer = K1 * (1 - B + B * v[i].tokens / mean);
		v[i].points = 0;
		for (size_t k = 0; k < query->n; k++) v[i].points += idf[k] * v[i].tf[k] * (K1 + 1) / (v[i].tf[k] + longer);
	}
}
