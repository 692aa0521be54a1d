// SPDX-License-Identifier: AGPL-3.0-or-later
// What a feeling is about, and why: "I love the camera because it works in the dark" is (the camera, +, "it works in the
// dark"). An aspect is a product of the catalogue or a noun phrase; the reason is the clause after because, since, as, due
// to, or the one that goes on with "it keeps …".
//
//   const AspectBook *book = aspects_new(arena);   // once
//   AspectFinding v[ASPECTS_MAX];
//   size_t n = aspects_find(&(AspectSearch){book, signs, catalogue, score, arg}, v, ASPECTS_MAX);
//
// A text is taken clause by clause; `score` says how good or bad a stretch of bytes is (-65536 .. 65536), where that matters,
// and clauses of no feeling are passed over. Rules for English, lists of articles, verbs and conjunctions for de, es, fr, it, pt, where it is
// unmeasured. No parser: who wants all aspects of a text reads it. Linear in the text (`score` sees each byte twice at most).
#pragma once
#include "text/catalogue.h"
#include "text/sentences.h"
#include "text/word_table.h"

#define ASPECTS_MAX 32

typedef struct AspectFinding {
	TextSpan aspect, reason; // reason.at == reason.end: none is given
	Str product;             // the catalogue's name, if the aspect is one
	int polarity;
} AspectFinding;

typedef int (*AspectScoreFn)(void *arg, TextSpan clause);

typedef struct AspectBook AspectBook;
typedef struct AspectSearch {
	const AspectBook *book;
	const Signs *signs;
	const Catalogue *catalogue; // may be NULL
	AspectScoreFn score;
	void *arg;
} AspectSearch;

const AspectBook *aspects_new(Arena *a);
size_t aspects_find(const AspectSearch *x, AspectFinding *ret, size_t most);
