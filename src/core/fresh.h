// SPDX-License-Identifier: AGPL-3.0-or-later
// Fresh facts: those that can be seen already, but that the readers of the journal do not read yet. On PostgreSQL a cursor
// stays FACT_SETTLE_MS behind, since a lower id may become visible after a higher one and what a cursor has passed is not
// looked at again. What is shown to people need not wait for that: a row that is computed from the tables is right whenever
// it is computed, and computed once more when the fact has settled. So a reader may be told of fresh facts as well
// (FactReader.fresh); it moves no cursor, owes nothing, and is called again with the same facts by the journal.
//
//   Fresh fresh = {0};                          // one a process and purpose, on the background's thread
//   TRY(fresh_look(cx, store, &fresh, &batch)); // at each tick; batch.n is 0 when there is nothing new
//   …                                           // each reader's `fresh`
//   fresh_done(&fresh);                         // if all went well; else the same facts come again at the next look
//
// The batch is in the journal's order. Each process is given what it wrote itself, which the number of its node in an id
// tells, so that many of them do not all compute the same; with `all`, what every process wrote, of which open pages have
// to hear. It remembers which of these it gave, not up to where: what becomes visible late is given late. Nothing is asked
// of the database while the process has not written since the last look (if not `all`), and never on SQLite, where facts
// settle at once. Of more than FRESH_MAX facts in FACT_SETTLE_MS the newest are given. What is not given (by a crash, in a
// flood, written by a command) is read when it has settled.
#pragma once
#include "core/job.h"

#define FRESH_MAX 500

typedef struct Fresh {
	Id given[FRESH_MAX], found[FRESH_MAX]; // what was there at the last look that was done, and at this one; ascending
	size_t given_n, found_n;
	bool all;                     // what every process wrote
	int64_t writes, writes_found; // of the store before these looks, and one more; 0: there was none
} Fresh;

MUST_CHECK Status fresh_look(Ctx *cx, Store *store, Fresh *fresh, FactBatch *ret_batch);
void fresh_done(Fresh *fresh);
