// SPDX-License-Identifier: AGPL-3.0-or-later
// Emerging phrases: one to three words (two to six characters where a script has no spaces) that suddenly many people
// write. For each day or week of some posts:
//
//   PhraseQuestion q = {.posts = posts, .n = n, .by = PHRASES_BY_WEEK, .top = 5};
//   TRY(phrases_emerging(cx, &q, &answer));       // answer.v[i].v[k].text, .z_centi, .examples …
//
// 1. Of posts that are nearly the same, within a day or week, only the first counts (duplicates.h).
// 2. "Stabilizer" and "stabilizers" are one word. A phrase does not begin or end with a word of a stop list (stop.h) of the language the post seems to be in.
// 3. x, the posts with the phrase in a period, is held against the mean and variance of the periods before it (EWMA):
//    z = (x - mu) / sqrt(mu + sigma² + 1). It has emerged if z >= 4, x >= 5, by 3 authors or more, and if the log-likelihood
//    ratio G2 (Dunning 1993) against all earlier posts is 15.13 or more: a busy week alone makes no news.
// 4. Words belong together if their normalised pointwise mutual information is .3 or more (Bouma 2009). Of two phrases of
//    which one is within the other, and of those that are in the same posts, one is told.
//
// Integers throughout: the same answer on every machine. Results live in cx->arena and point at the posts by their place in
// the question; scratch has an arena of its own (about 2.5 KiB a post, and 16 bytes a word). Time is that of sorting the
// words. ST_TOO_LARGE over PHRASES_POSTS_MAX posts. Any thread. Refuses to know what a post is: time, author, text.
#pragma once
#include "base/ctx.h"

#define PHRASES_POSTS_MAX ((size_t)200000)
#define PHRASES_TOP_MAX ((size_t)50)
#define PHRASE_EXAMPLES_MAX ((size_t)3)

typedef struct PhrasePost {
	Time at_ms;
	int64_t author; // 0: nobody known, all of whom count as one
	Str text;
	Id id; // the caller's own
} PhrasePost;

typedef enum PhraseBy {
	PHRASES_BY_DAY,
	PHRASES_BY_WEEK, // from Monday
} PhraseBy;

typedef struct PhraseQuestion {
	const PhrasePost *posts; // in any order
	size_t n;
	PhraseBy by;
	size_t top;
	Time from_ms, until_ms; // periods that begin there are answered for, earlier posts are background; 0, 0: all
} PhraseQuestion;

typedef struct RisingPhrase {
	Str text;                // as most of its posts write it
	uint32_t posts, authors; // of the period, copies apart
	uint32_t before;         // posts with it in all earlier periods
	int64_t expected_centi;  // mu, in hundredths as all that follows
	int64_t z_centi, g2_centi;
	uint32_t examples[PHRASE_EXAMPLES_MAX]; // places in the question's posts: the first of each of some authors
	uint32_t examples_n;
} RisingPhrase;

typedef struct PhrasePeriod {
	Time from_ms;
	uint32_t posts, copies; // copies are not among the posts
	RisingPhrase *v;        // most telling (G2) first
	size_t n;
} PhrasePeriod;

typedef struct PhraseAnswer {
	PhrasePeriod *v; // those with posts, in order
	size_t n;
} PhraseAnswer;

MUST_CHECK Status phrases_emerging(Ctx *cx, const PhraseQuestion *q, PhraseAnswer *ret_answer);
