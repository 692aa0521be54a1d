// SPDX-License-Identifier: AGPL-3.0-or-later
// Inside of community_search; private to this folder. A query is up to SEARCH_TERMS_MAX words or phrases, all of which a
// post has to contain. search_query.c reads it and writes it for the engine, search_find.c asks the index,
// search_score.c gives points to what it found (without reading posts), search.c reads the best posts and makes the hits.
#pragma once
#include "db/stem.h"
#include "model.h"

#define SEARCH_TERMS_MAX 8
#define SEARCH_PHRASE_MAX 6
#define SEARCH_COUNT_MAX 255 // occurrences; more say nothing more, and PostgreSQL does not know them

typedef struct SearchTerm {
	Str stems[SEARCH_PHRASE_MAX], words[SEARCH_PHRASE_MAX]; // words: as typed
	size_t n;                                               // more than 1: a phrase
} SearchTerm;

typedef struct SearchQuery {
	SearchTerm v[SEARCH_TERMS_MAX];
	size_t n;
} SearchQuery;

typedef struct SearchPost {
	Id id, topic_id;
	int64_t number, score, text_n;
	Time created_at;
} SearchPost;

typedef struct SearchCandidate {
	Id doc;                        // what the index calls the post: post.doc on SQLite, post.id on PostgreSQL
	double points;                 // for its words, as if all posts were equally long
	uint16_t tf[SEARCH_TERMS_MAX]; // in the text, plus twice in the title
	const SearchPost *post;        // NULL until it is read
} SearchCandidate;

typedef struct SearchFound {
	SearchCandidate *v; // by doc, descending; at most SEARCH_CANDIDATES_MAX
	size_t n;
	bool counted;                       // in_posts is known
	int64_t in_posts[SEARCH_TERMS_MAX]; // of each term, counted up to SEARCH_CANDIDATES_MAX
} SearchFound;

typedef struct SearchWeights { // idf of each term
	double v[SEARCH_TERMS_MAX];
	size_t n;
} SearchWeights;

SearchQuery search_query_parse(Arena *a, const Stemmer *st, Str text);
// For MATCH of FTS5 or as tsquery; made of quoted tokens only.
Str search_term_match(Arena *a, const SearchTerm *term, bool pg);
Str search_query_match(Arena *a, const SearchQuery *query, bool pg);

// What PostgreSQL's ts_rank gives for a word that stands n times in a text, in billionths.
typedef struct SearchRanks {
	int64_t v[SEARCH_COUNT_MAX + 1];
} SearchRanks;
SearchRanks search_ranks(void);
bool search_has_phrase(const SearchQuery *query);

// The count of a term: twice what stands in the title.
uint16_t search_tf(uint32_t title, uint32_t body);
// Term counts out of what search_candidates returns. ranks: of PostgreSQL; NULL for FTS5.
MUST_CHECK Status search_counts_read(Ctx *cx, const SearchQuery *query, Str tf, const SearchRanks *ranks,
									 SearchCandidate *ret_candidate);
// idf that is never negative: found[i] is in how many posts term i occurs, counted up to SEARCH_CANDIDATES_MAX; posts_n
// how many posts there are. One term needs no counts.
SearchWeights search_weights(const SearchQuery *query, const int64_t *found, int64_t posts_n);
// BM25 (Robertson and Zaragoza 2009, §3.3; k1 1.2, b 0.75); length relative to the mean.
double search_bm25(const SearchWeights *w, const SearchCandidate *c, double length);

// The newest posts that contain all terms, with their counts if those are asked for.
MUST_CHECK Status search_find(Ctx *cx, Db *db, const SearchQuery *query, bool counts, SearchFound *ret_found);
// Counts in_posts, where search_find did not.
MUST_CHECK Status search_find_counts(Ctx *cx, Db *db, const SearchQuery *query, SearchFound *found);
