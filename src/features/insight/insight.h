// SPDX-License-Identifier: AGPL-3.0-or-later
// Insight: what is being said here. Every post and comment is read by the text engine (src/text/analyse.h), and what it was
// taken for is kept in one number (text/reading.h) in a row of `reading`: shown to moderators beside the post, added
// up on a space's page, looked at for spam where a new member wrote it, corrected by people, and learnt from.
//
// Two ways lead there. The reader of the facts reads what is new or was edited, within a second or two. The pass walks over all
// there is, in batches, when there is another engine, model or layer than last time: its cursor is a row, so it goes on
// where it stood, and nothing is done twice but the last batch. Writes are short transactions; no work is done in them.
//
//   TRY(insight_analyse_all(cx, store, tell, arg));   // what `hearth insight analyse` does: all, now
#pragma once
#include "community/community.h"
#include "core/job.h"
#include "insight_sql.h"
#include "text/layer.h"

// Whose posts are looked at for spam: of those who have written so little, or joined so lately before, and have no role.
// What was imported is not: it was moderated where it comes from.
#define NEWCOMER_WRITTEN 5
#define NEWCOMER_MS (14 * TIME_DAY_MS)
#define SUSPECT_LEAST 38 // of 127 (text/reading.h): what is less likely is not listed

typedef enum InsightTask {
	TASK_SENTIMENT,
	TASK_LANGUAGE,
	TASK_INTENTS,
	TASK_N = TASK_INTENTS + 8
} InsightTask;                                // all intents, spam among them
const char *insight_task_name(InsightTask t); // "sentiment", "language", "question", …
bool insight_task_parse(Str s, InsightTask *ret_task);
int64_t insight_label_of(int64_t bits, InsightTask t); // what a reading says
int64_t insight_with_label(int64_t bits, InsightTask t, int64_t label);
Str insight_label_name(InsightTask t, int64_t label); // "neg", "de", "yes"

typedef struct InsightProgress {
	bool known;    // something was read, or is going to be
	bool finished; // all there was when the pass began
	int64_t done, total;
	unsigned generation;
	Time started_at, finished_at;
} InsightProgress;
MUST_CHECK Status insight_progress(Ctx *cx, Db *db, InsightProgress *ret);

typedef void (*InsightTell)(void *arg, const InsightProgress *p);
MUST_CHECK Status insight_analyse_all(Ctx *cx, Store *store, InsightTell tell, void *arg);

// By a person with the right to: kept, shown at once, learnt from within seconds. ST_CONFLICT: the text was not read yet.
MUST_CHECK Status insight_correct(Ctx *cx, Tx *tx, Id subject, InsightTask task, int64_t label);
MUST_CHECK Status insight_uncorrect(Ctx *cx, Tx *tx, Id correction);
typedef enum SpamState { SPAM_OPEN, SPAM_HIDDEN, SPAM_CLEARED } SpamState;
// Hides or clears what may be spam, or takes a decision back: with its facts, and as a correction.
MUST_CHECK Status insight_spam_decide(Ctx *cx, Tx *tx, Id subject, SpamState state);

// The site's own layers: trained anew from all corrections (in use where the verdict says so), switched, forgotten.
MUST_CHECK Status insight_learn(Ctx *cx, Store *store);
MUST_CHECK Status insight_layer_set(Ctx *cx, Tx *tx, InsightTask task, bool on);
MUST_CHECK Status insight_layer_forget(Ctx *cx, Tx *tx, InsightTask task);

#define INSIGHT_READER "insight"
#define INSIGHT_PASS_QUEUE "insight.pass"
MUST_CHECK Status insight_read_facts(Ctx *cx, Store *store, const FactBatch *batch);

extern const Migration insight_migrations[];
extern const size_t insight_migrations_n;
