// SPDX-License-Identifier: AGPL-3.0-or-later
#include "asking/terms.h"

#include "base/json.h"

#include <math.h>
#include <stdlib.h>

AskingTermsReader asking_terms_begin(Arena *a, AskingTerms *terms)
{
	*terms = (AskingTerms){0};
	return (AskingTermsReader){
		.arena = a, .terms = terms, .stemmer = stemmer_init(S("english")), .stop = stop_words_new(a)};
}

// Each word once, as far as there is room.
void asking_terms_add(AskingTermsReader *r, Str text, uint32_t times)
{
	AskingTerms *t = r->terms;
	StemCursor c = stem_cursor(&r->stemmer, text);
	StemToken token;
	while (stem_next(&c, &token)) {
		Str word = str_sub(text, token.from, token.to);
		uint32_t languages = stop_words_find(r->stop, token_hash_of(word));
		size_t i = 0;
		stop_votes_add(&r->votes, languages);
		while (i < t->n && !str_eq(t->v[i].stem, token.s)) i++;
		if (i == t->n && (token.s.n < 2 || i == ASKING_TERMS_MAX)) continue;
		if (i == t->n)
			t->v[t->n++] = (AskingTerm){
				.word = str_copy(r->arena, word), .stem = str_copy(r->arena, token.s), .languages = languages};
		t->v[i].times += times;
	}
}

void asking_terms_drop(AskingTermsReader *r)
{
	uint32_t languages = stop_votes_languages(&r->votes);
	size_t kept = 0;
	for (size_t i = 0; i < r->terms->n; i++)
		if (!(r->terms->v[i].languages & languages)) r->terms->v[kept++] = r->terms->v[i];
	r->terms->n = kept;
}

void asking_terms_done(AskingTermsReader *r)
{
	asking_terms_drop(r);
	stemmer_done(&r->stemmer);
}

// FTS5 stems what stands in quotes; PostgreSQL is given the stem.
static Str matches_of(Arena *a, const AskingTerms *t, bool pg)
{
	Buf b = buf_init(a, 512, (size_t)32 << 10), word = buf_init(a, 64, 512);
	Json j = json_init(&b);
	json_arr(&j);
	for (size_t i = 0; i < t->n; i++) {
		char quote = pg ? '\'' : '"';
		Str s = pg ? t->v[i].stem : t->v[i].word;
		word.n = 0;
		buf_char(&word, quote);
		for (size_t k = 0; k < s.n; k++) {
			if (s.p[k] == quote || s.p[k] == '\\') buf_char(&word, s.p[k]);
			buf_char(&word, s.p[k]);
		}
		buf_char(&word, quote);
		json_str(&j, buf_view(&word));
	}
	json_end(&j);
	return buf_view(&b);
}

static void give_worth(const AskingDocsRow *row, AskingTerm *t)
{
	double in = row->docs.n > 0;
	for (size_t i = 0; i < row->docs.n; i++) in += row->docs.p[i] == ',';
	double all = fmax((double)row->all_n, in);
	t->docs = row->docs;
	t->worth = log1p((all - in + 0.5) / (in + 0.5));
}

// What is rare and often in the question first; what is nowhere last.
static int by_worth(const void *a, const void *b)
{
	const AskingTerm *x = a, *y = b;
	double p = x->docs.n ? x->worth * sqrt(x->times) : 0, q = y->docs.n ? y->worth * sqrt(y->times) : 0;
	if (p != q) return p > q ? -1 : 1;
	return str_cmp(x->stem, y->stem);
}

Status asking_terms_find(Ctx *cx, Db *db, AskingTerms *terms, Id below)
{
	AskingDocsRows rows;
	AskingDocsArgs args = {.matches = matches_of(cx->arena, terms, db_engine(db) == DB_POSTGRES),
						   .below = below,
						   .limit = ASKING_DOCS_OF_TERM};
	TRY(asking_docs(cx, db, &args, &rows));
	for (size_t i = 0; i < rows.n; i++) give_worth(&rows.v[i], &terms->v[i]);
	terms->n = rows.n;
	qsort(terms->v, terms->n, sizeof *terms->v, by_worth);
	return ST_OK;
}
