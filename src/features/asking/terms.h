// SPDX-License-Identifier: AGPL-3.0-or-later
// The words of a question and the posts that have them, for similar.c and who.c. Private to asking.
//
//   AskingTermsReader r = asking_terms_begin(arena, &terms);
//   asking_terms_add(&r, title, 2);                         // a word of the title counts twice
//   asking_terms_drop(&r);                                  // stop words of the language so far
//   asking_terms_add(&r, body, 1);
//   asking_terms_done(&r);
//   TRY(asking_terms_find(cx, db, &terms, INT64_MAX));      // one statement; what is rare and often asked first
//
// A word's posts stand in a text as "7,5,2", newest first, ASKING_DOCS_OF_TERM at most.
#pragma once
#include "asking/asking.h"

#include "db/stem.h"
#include "text/stop.h"

#define ASKING_TERMS_MAX 48
#define ASKING_DOCS_OF_TERM 600

typedef struct AskingTerm {
	Str word, stem;
	uint32_t times; // in the question, as counted by `times` below
	uint32_t languages;
	double worth; // the rarer, the more
	Str docs;
} AskingTerm;
typedef struct AskingTerms {
	AskingTerm v[ASKING_TERMS_MAX];
	size_t n;
} AskingTerms;

typedef struct AskingTermsReader {
	Arena *arena;
	AskingTerms *terms;
	Stemmer stemmer;
	StopWords *stop;
	StopVotes votes;
} AskingTermsReader;
AskingTermsReader asking_terms_begin(Arena *a, AskingTerms *terms);
void asking_terms_add(AskingTermsReader *r, Str text, uint32_t times);
void asking_terms_drop(AskingTermsReader *r);
void asking_terms_done(AskingTermsReader *r);
// `below`: of posts before this one in the index only.
MUST_CHECK Status asking_terms_find(Ctx *cx, Db *db, AskingTerms *terms, Id below);
