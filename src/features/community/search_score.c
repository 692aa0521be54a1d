// SPDX-License-Identifier: AGPL-3.0-or-later
#include "search.h"

#include "db/fts.h"

#include <math.h>

#define COLUMNS 2 // title, body
#define TITLE_WEIGHT 2
#define K1 1.2
#define B 0.75
#define POSITIONS_MAX 256 // PostgreSQL keeps no more of a lexeme

uint16_t search_tf(uint32_t title, uint32_t body)
{
	return (uint16_t)(TITLE_WEIGHT * size_min(title, SEARCH_COUNT_MAX) + size_min(body, SEARCH_COUNT_MAX));
}

static Status lite_counts(Ctx *cx, const SearchQuery *query, Str blob, SearchCandidate *c)
{
	TfCounts tf;
	TRY(tf_parse(cx, blob, COLUMNS, &tf));
	for (size_t i = 0; i < query->n; i++) c->tf[i] = search_tf(tf_count(&tf, i, 0), tf_count(&tf, i, 1));
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

// ts_rank of one word is the sum of 1/i² over its places, those of other weights counting 0, divided by π²/6: it grows with
// each occurrence, so it tells their number. This computes it as PostgreSQL does (tsrank.c, calc_rank_or), in float.
SearchRanks search_ranks(void)
{
	SearchRanks r = {.v = {0}};
	float sum = 0;
	for (int n = 1; n <= SEARCH_COUNT_MAX; n++) {
		sum += 1.0F / (float)(n * n);
		r.v[n] = llround((double)(float)(sum / 1.64493406685) * 1e9);
	}
	return r;
}

bool search_has_phrase(const SearchQuery *query)
{
	for (size_t i = 0; i < query->n; i++)
		if (query->v[i].n > 1) return true;
	return false;
}

// The nearest, should another build of PostgreSQL round otherwise.
static uint32_t count_of_rank(const SearchRanks *ranks, int64_t rank)
{
	uint32_t lo = 0, hi = SEARCH_COUNT_MAX;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if ((ranks->v[mid] + ranks->v[mid + 1]) / 2 < rank) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}

// "0 607927101 …": for each word the rank of its places in the title, then of those in title and text.
static Status pg_ranks(Ctx *cx, const SearchQuery *query, Str text, const SearchRanks *ranks, SearchCandidate *c)
{
	Cursor at = cursor_of(text);
	for (size_t i = 0; i < query->n; i++) {
		int64_t title, both;
		(void)cursor_take(&at, ' ');
		if (!cursor_int(&at, 0, INT64_MAX, &title) || !cursor_take(&at, ' ') || !cursor_int(&at, 0, INT64_MAX, &both))
			return fail(cx, ST_INTERNAL, "the search index gave odd ranks");
		uint32_t in_title = count_of_rank(ranks, title), in_both = count_of_rank(ranks, both);
		c->tf[i] = search_tf(in_title, in_both - (uint32_t)size_min(in_title, in_both));
	}
	return ST_OK;
}

static Status pg_counts(Ctx *cx, const SearchQuery *query, Str text, SearchCandidate *c)
{
	TsReader r; // not zeroed as a whole: it is large and there is one for each row
	r.c = cursor_of(text);
	r.query = query;
	for (size_t i = 0; i < query->n; i++)
		for (size_t k = 0; k < query->v[i].n; k++) r.places[i][k].n = 0;
	for (Str lexeme; read_lexeme(&r.c, &lexeme);)
		if (!read_places(&r, lexeme)) return fail(cx, ST_INTERNAL, "the search index holds an odd vector");
	for (size_t i = 0; i < query->n; i++)
		c->tf[i] = search_tf(term_count(r.places[i], query->v[i].n, true),
							 term_count(r.places[i], query->v[i].n, false));
	return ST_OK;
}

Status search_counts_read(Ctx *cx, const SearchQuery *query, Str tf, const SearchRanks *ranks,
						  SearchCandidate *ret_candidate)
{
	if (!ranks) return lite_counts(cx, query, tf, ret_candidate);
	return search_has_phrase(query) ? pg_counts(cx, query, tf, ret_candidate)
									: pg_ranks(cx, query, tf, ranks, ret_candidate);
}

SearchWeights search_weights(const SearchQuery *query, const int64_t *found, int64_t posts_n)
{
	SearchWeights w = {.n = query->n, .v = {1}};
	for (size_t i = 0; query->n > 1 && i < query->n; i++) {
		double in = (double)found[i], all = (double)i64_max(posts_n, found[i]);
		w.v[i] = log1p((all - in + 0.5) / (in + 0.5));
	}
	return w;
}

double search_bm25(const SearchWeights *w, const SearchCandidate *c, double length)
{
	double points = 0, longer = K1 * (1 - B + B * length);
	for (size_t i = 0; i < w->n; i++) points += w->v[i] * c->tf[i] * (K1 + 1) / (c->tf[i] + longer);
	return points;
}
