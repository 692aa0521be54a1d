// SPDX-License-Identifier: AGPL-3.0-or-later
// What the parts of insight's model share; private to this folder. engine.c: the text engine with the site's layers.
// reading.c: rows to readings. pass.c: the pass over everything, the reader of facts. correct.c: corrections and spam.
// learn.c: corrections to layers.
#pragma once
#include "insight/insight.h"
#include "text/reading.h"
#include "text/said.h"

_Static_assert(TASK_N == TASK_INTENTS + INTENT_N, "a task for each intent");

#define INSIGHT_ENGINE_BYTES ((size_t)48 << 20) // of an arena for an engine and the rows of a batch
#define INSIGHT_BATCH 100
#define INSIGHT_LOOK_QUEUE "insight.look"
#define INSIGHT_LEARN_QUEUE "insight.learn"
#define PAGE_LANGUAGE S("en")

typedef struct SiteLayer {
	Layer layer;
	int64_t labels[LAYER_CLASSES_MAX];
	bool used;
} SiteLayer;

typedef struct InsightEngine {
	Model model;
	TextEngine *text;
	int64_t stamp; // of all that decides what is read
	SiteLayer layers[TASK_N];
} InsightEngine;

// In cx->arena, about 10 MiB.
MUST_CHECK Status insight_engine_open(Ctx *cx, Db *db, InsightEngine **ret_engine);
void insight_analyse(InsightEngine *e, Str said, Analysis *ret);
// The base alone, and what a layer of the task judges by: features of the last text analysed.
void insight_base(const InsightEngine *e, InsightTask task, const Analysis *a, const int64_t *labels, size_t labels_n,
				  uint32_t *ret_p);
size_t insight_rows(const InsightEngine *e, InsightTask task, uint16_t *ret_rows, uint32_t *ret_key);

typedef InsightPostsAfterRow TextRow; // all four statements have its columns
typedef struct TextRows {
	const TextRow *v;
	size_t n;
} TextRows;
MUST_CHECK Status insight_posts(Ctx *cx, Db *db, const Id *ids, size_t n, TextRows *ret);
MUST_CHECK Status insight_comments(Ctx *cx, Db *db, const Id *ids, size_t n, TextRows *ret);

// What the text engine takes a post or comment for (text/reading.h); gone: no more. lang: absent if that of the pages.
typedef struct ReadingPut {
	Id space_id, subject_id;
	Time created_at;
	bool comment, gone, lang_changed;
	int64_t bits;
	Str words, lang; // words that decided, a tab between them
} ReadingPut;
MUST_CHECK Status insight_put(Ctx *cx, Tx *tx, const ReadingPut *reading);

typedef struct Written { // one row's outcome
	ReadingPut put;
	Id author_id;
	bool newcomer;
} Written;
typedef struct Writtens {
	Written *v;
	size_t n;
} Writtens;
// Reads the texts; corrections of people stand. Nothing is written.
MUST_CHECK Status insight_read_rows(Ctx *cx, Db *db, InsightEngine *e, unsigned generation, const TextRows *rows,
									bool comments, Writtens *ret);
MUST_CHECK Status insight_write(Ctx *cx, Tx *tx, const Writtens *w);

// Begins a pass if the engine is another than that of the last one.
MUST_CHECK Status insight_pass_begin(Ctx *cx, Store *store, const InsightEngine *e, bool *ret_begun);
extern const JobKind insight_jobs[];
extern const size_t insight_jobs_n;
