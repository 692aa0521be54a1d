// SPDX-License-Identifier: AGPL-3.0-or-later
// Reputation, as other features and the command line see it: the engine that turns facts into scores (engine.h), why a score is
// what it is (explain.h), how likely the next answer is accepted (chance.h), and what is known of one member alone (known.h).
// docs/reputation.md says what the figures mean; rules/rules.h is the language of the rules.
#pragma once
#include "reputation/chance.h"
#include "reputation/explain.h"
#include "reputation/known.h"

// Seals the log that was loaded so anew, if at least so many facts came since that are old enough to be sealed, and enough of all.
#define REP_HISTORY_LEAST 20000
MUST_CHECK Status rep_history_keep(Ctx *cx, const RepLog *log, size_t least);
// Facts that differ between what the tables have and what a sealed history and the tables have; 0 where there is none.
MUST_CHECK Status rep_history_check(Ctx *cx, Db *db, Str path, int64_t *ret_differing);
