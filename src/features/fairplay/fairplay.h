// SPDX-License-Identifier: AGPL-3.0-or-later
// Playing fair: what is looked for in the journal so that reputation cannot be had cheaply. Two things are found, written down as
// facts, kept in tables that the engine's loaders read, and shown:
//
//   repeated   an answer that says nearly what an earlier answer of its topic says (text/duplicates.h). Found by a reader of
//              the journal as answers come, change and go. The first FAIRPLAY_ANSWERS_MAX answers of a topic are compared.
//              Rules see it as object.duplicate.
//   series     more than N votes by one person for another within W: what is over N counts nothing (fact
//              vote_invalidated), until a manager lets it count again (vote_restored). Found once a day, so that nobody learns N
//              and W by trying; both are settings. A vote is judged once.
//
// All of it depends on the journal and the texts alone: looking again finds the same and writes nothing.
#pragma once
#include "core/setting.h"
#include "fairplay_sql.h"
#include "web/route.h"

#define FAIRPLAY_ANSWERS_MAX 200

extern const Setting FAIRPLAY_VOTES, FAIRPLAY_HOURS;

// Everything, from the whole journal: after an import, and for the first time. Slow, so never in a request.
MUST_CHECK Status fairplay_pass(Ctx *cx, Store *store);
// The same in two parts, for an import: answers, compared while other facts are still being written; then what the journal has
// told since, and the series.
MUST_CHECK Status fairplay_compare(Ctx *cx, Store *store);
MUST_CHECK Status fairplay_since(Ctx *cx, Store *store);
// Series among the votes that came since the last time.
MUST_CHECK Status fairplay_series(Ctx *cx, Store *store);
// Reads what waits in the journal, as the background does.
MUST_CHECK Status fairplay_catch_up(Ctx *cx, Store *store);
// A manager lets a series count. ST_NOT_FOUND; ST_CONFLICT if it does already.
MUST_CHECK Status fairplay_restore(Ctx *cx, Tx *tx, Id series);
// For the doctor: how many answers are marked otherwise than their texts say, and votes otherwise than their series.
MUST_CHECK Status fairplay_recheck(Ctx *cx, Db *db, void (*tell)(void *arg, const char *what, int64_t differing),
								   void *arg);

Feature fairplay_feature(void);
