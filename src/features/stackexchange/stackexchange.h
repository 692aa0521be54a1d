// SPDX-License-Identifier: AGPL-3.0-or-later
// Import of a Stack Exchange dump into a site: one whole pass that only checks, then rows in batches, each durable on its
// own, so that an import may be interrupted and run again. What is there already (known by its origin) stays as it is: a
// second run changes nothing. One source site for each Hearth site, since ids of two would collide: a dump whose posts
// or users of the same ids are of other dates is refused before anything is written.
//
//   SeAccount account;
//   TRY(se_import(cx, store, &(SeImportOptions){.dir = S("/srv/quantumcomputing-2018-09")}, &account));
//   if (!se_account_balances(&account)) …
//
// Posts, comments, votes and badges become rows and facts at their original times; votes are facts only, as the source
// does not publish voters. Votes have the day alone; the published reputation is dated by the latest date in the dump.
// An accepted answer without its vote (ST 1) is taken as accepted when it was written. Answers are numbered by time.
// Counters are brought to what is there by statements over whole tables at the end, and so are right after any rerun.
//
// Threads: surveys a file on each; then reads and numbers on the caller's, cleans HTML there and on one more; the writer's
// stores the batch before; SeImportOptions.beside has one of its own.
// Memory: two batches of at most SE_BATCH_BYTES, a window of posts, and about 130 bytes for each post and 80 for each user of the dump.
// Errors: those of dump.h; ST_CONFLICT for another source's rows; what the store says. Then no account is given.
// Refuses: to change or delete rows of an earlier import by a newer dump.
#pragma once
#include "core/site.h"
#include "stackexchange/account.h"

typedef struct SeProgress {
	const char *what;    // "checking Posts.xml", "importing Posts.xml"
	int64_t done, total; // of the whole step
	bool rows;           // else bytes
} SeProgress;

typedef struct SeImportOptions {
	Str dir;
	Str space; // slug; absent: made of the folder's name. Created as a space of questions if it does not exist
	Str host;  // absent: "<site>.stackexchange.com" for a folder "<site>-YYYY-MM"
	void (*progress)(void *arg,
					 const SeProgress *progress); // may be NULL; one call at a time, not always on the caller's thread
	void *progress_arg;
	// Work on the posts that are all there, done by a thread of its own while the rest is imported; the import waits for it. May be
	// NULL; not called if the import fails before.
	Status (*beside)(Ctx *cx, Store *store);
} SeImportOptions;

MUST_CHECK Status se_import(Ctx *cx, Store *store, const SeImportOptions *options, SeAccount *ret_account);
// "quantumcomputing" of "/srv/quantumcomputing-2018-09/"; in the arena.
Str se_site_name(Arena *a, Str dir);
