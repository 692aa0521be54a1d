// SPDX-License-Identifier: AGPL-3.0-or-later
// Standings: the engine's scores (reputation/known.h) kept up to date in the tables `standing`, `trust` and `ruleset`, and what
// is public of them in the columns of `member`. Two ways lead to the same rows, byte for byte:
//
//   a reader of the journal   the members concerned by new facts, each from their own slice, within a second; on PostgreSQL
//                             by facts that are fresh (core/fresh.h) and again when they have settled
//   the pass                  everybody: trust (the guard), places, ranks. Once a day; after an import, when much has
//                             happened at once or somebody's role changes; and with new facts, when the last one is
//                             a minute old, or more on a large site
//
// Between passes a slice is judged by the trust of the last pass. Ranks have hysteresis: gained as soon as the formula holds,
// lost when `keep` has failed for the days of grace; a change is a fact. docs/reputation.md has the words.
#pragma once
#include "reputation/reputation.h"
#include "standing_sql.h"
#include "web/route.h"

typedef struct Published { // the rules in force
	int64_t version;
	Str name, publisher, note; // publisher: a handle; absent: came with the program
	Id by;                     // the same
	Time at; // 0: never needed yet, or not by this engine: the next pass writes them down as this version
	const Ruleset *rules;
} Published;
MUST_CHECK Status standing_rules(Ctx *cx, Db *db, Published *ret_published);

// A new version, by cx->actor: a row, a fact, a line in the audit list, and the pass over everybody as a job. What was in force
// until now is kept. ST_CONFLICT if somebody else published meanwhile.
MUST_CHECK Status standing_publish(Ctx *cx, Tx *tx, const Ruleset *rules, Str note);

// Everybody, from the whole journal. Idempotent; slow, so never in a request.
MUST_CHECK Status standing_pass(Ctx *cx, Store *store);
// Reads what waits in the journal, as the background does.
MUST_CHECK Status standing_catch_up(Ctx *cx, Store *store);
// For the doctor: how many rows differ from a replay of the whole journal under the trust that is stored.
MUST_CHECK Status standing_recheck(Ctx *cx, Db *db, void (*tell)(void *arg, const char *what, int64_t differing),
								   void *arg);

Feature standing_feature(void);
