// SPDX-License-Identifier: AGPL-3.0-or-later
// Trends: the phrases that emerged in a space (text/phrases.h), out of its posts and comments.
//
//   Trends t;
//   TrendQuestion q = {.space_id = space, .by = PHRASES_BY_WEEK, .top = 5, .from_ms = from, .until_ms = until};
//   TRY(trends_find(cx, db, &q, &t));
//   for each t.answer.v[i].v[k]: text, z_centi, posts, authors; posts behind it: t.posts[…examples[e]].id, a post of /p/ID
//
// `back_ms` more is read before from_ms as background; without any history nothing can emerge. Only what people say in their
// own words counts (text/prose.h). One statement; the texts are in an arena of their own, which trends_done frees: all
// that is in Trends lives until then. ST_TOO_LARGE over PHRASES_POSTS_MAX posts. Any thread. Visibility is the caller's.
#pragma once
#include "core/site.h"
#include "text/phrases.h"
#include "text/query.h"
#include "trends_sql.h"

#define TREND_TEXT_BYTES ((size_t)16 << 10) // of one post

typedef struct TrendQuestion {
	Id space_id; // 0: all
	PhraseBy by;
	size_t top;
	Time from_ms, until_ms, back_ms; // periods that begin in from .. until
} TrendQuestion;

typedef struct Trends {
	Arena *room;
	PhrasePost *posts;
	size_t n;
	PhraseAnswer answer;
} Trends;
MUST_CHECK Status trends_find(Ctx *cx, Db *db, const TrendQuestion *q, Trends *ret);
static inline void Trends_auto(Trends **t)
{
	if (*t) arena_free((*t)->room);
}

// What a job has found so far is read with trend_list (trends_sql.h), TRENDS_A_WEEK a week at most. This does the job's work
// until that much CPU time is spent or nothing is left.
#define TRENDS_A_WEEK 5
MUST_CHECK Status trends_update(Ctx *cx, Store *store, int64_t work_ns, bool *ret_more);
// How often listening queries (text/query.h) would have found something in what is stored: own words, the title of the topic,
// the author's handle or name, the language. Of a large site every so-manieth topic is read, with all that was said in it, and the
// rest estimated: low .. high is what 19 of 20 such samples would span. `examples`: posts of /p/ID, the newest first.
#define HIT_EXAMPLES 3
typedef struct QueryHits {
	int64_t hits; // in what was read
	int64_t estimate, low, high;
	Id examples[HIT_EXAMPLES];
	Time examples_ms[HIT_EXAMPLES];
	size_t examples_n;
	Id topic; // while reading: hits in the topic being read, and the squares of those before
	int64_t in_topic, squares;
} QueryHits;

typedef struct HitsQuestion {
	Id space_id; // 0: all
	QuerySet *queries;
	struct TextEngine *engine; // tells the language
	int64_t posts_most;        // read about so many at most
} HitsQuestion;

typedef struct HitsAnswer {
	int64_t texts, each; // texts that were read, of every each-th topic
	QueryHits *v;        // of each query
} HitsAnswer;
MUST_CHECK Status trends_hits(Ctx *cx, Db *db, const HitsQuestion *q, HitsAnswer *ret);

extern const Migration trends_migrations[];
extern const size_t trends_migrations_n;
