// SPDX-License-Identifier: AGPL-3.0-or-later
// Asking: what was asked before is shown to whoever is about to ask, while they type, and what became of it is counted.
//
//   AskingQuestion q = {.title = title, .body = body, .limit = 5};
//   TRY(asking_similar(cx, db, &q, &topics));             // solved ones first
//
// Finding (similar.c): the words of the question, each looked up in the search index for the newest posts with it, so that
// the cost does not grow with the community; the posts with the rarest words give candidate topics, answers counting three tenths.
// The opening posts of the best are then compared word by word, pair by pair and by runs of letters (text/similar.h), and
// both are fused half and half. Four statements. Any thread; results live in cx->arena.
//
// Counting (figures.c): observations of core/observe.h that carry the id of an asking: shown, opened, "this solved it",
// asked. They hold ids only, and may be lost in a crash. Refuses to know who asked what: figures are sums.
#pragma once
#include "asking_sql.h"
#include "community/community.h"

#define ASKING_SHOWN_MAX 5
#define ASKING_LIMIT_MAX 10
#define ASKING_TITLE_MIN 8 // bytes, below which nothing is looked for

typedef struct AskingQuestion {
	Str title, body; // as typed; Markdown
	Id except;       // a topic that is not to be found: the question itself, once it is there; 0: none
	size_t limit;    // ASKING_LIMIT_MAX at most
} AskingQuestion;

typedef struct SimilarTopic {
	AskingShownRow row;
	Str excerpt;    // of the solution, as text; absent without one
	uint32_t score; // of 2000: how much of the best there could be
} SimilarTopic;
typedef struct SimilarTopics {
	SimilarTopic *v;
	size_t n;
} SimilarTopics;
MUST_CHECK Status asking_similar(Ctx *cx, Db *db, const AskingQuestion *q, SimilarTopics *ret);

extern const Migration asking_migrations[];
extern const size_t asking_migrations_n;
