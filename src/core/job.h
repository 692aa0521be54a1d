// SPDX-License-Identifier: AGPL-3.0-or-later
// Jobs: slow work, enqueued in the same transaction as the change that wants it, run in the background by whichever
// process holds its lease. A job that fails is tried again with growing pauses; after JOB_ATTEMPTS_MAX tries it is a dead
// letter, kept with its last error until an operator looks. A job may run more than once: make its effect idempotent.
//
//   TRY(job_enqueue(cx, tx, "mail.send", payload, 0));
//   static const JobKind JOBS[] = {{"mail.send", mail_send}};
#pragma once
#include "core/site.h"

#define JOB_ATTEMPTS_MAX 8
#define JOB_LEASE_MS (2 * TIME_MINUTE_MS)
#define JOB_PAUSE_MS (10 * TIME_SECOND_MS) // doubled with each failure
#define JOB_BATCH 20
#define JOB_PAYLOAD_MAX_BYTES ((size_t)64 << 10)

typedef struct JobKind {
	const char *queue;
	Status (*run)(Ctx *cx, Store *store, Str payload);
	Time every_ms; // enqueued by itself this often; 0: only by features
	bool at_start; // and for the first time when the server starts, not one interval later
} JobKind;

MUST_CHECK Status job_enqueue(Ctx *cx, Tx *tx, Str queue, Str payload, Time run_at); // run_at 0: now
// Claims what is due and runs it. ret_ran: how many; 0 means that nothing was due.
MUST_CHECK Status jobs_run_due(Ctx *cx, Store *store, const JobKind *kinds, size_t n, size_t *ret_ran);

// Reading the journal: a reader has a name and a cursor. On PostgreSQL only facts older than FACT_SETTLE_MS are read, since
// a lower id may commit after a higher one; of what is newer core/fresh.h tells. facts_read calls fn for the facts after the cursor, in order, then moves the
// cursor, in one transaction with what fn wrote. Where that would take the writer too long, a reader looks at a batch in
// a snapshot (facts_peek), computes, and writes in a transaction that also calls facts_move.
#define FACT_BATCH 500
#define FACT_SETTLE_MS (5 * TIME_SECOND_MS)
Id facts_settled_below(const Ctx *cx, DbEngine engine); // facts of lower ids are all there
typedef Status (*FactFn)(Ctx *cx, Tx *tx, Id id, const Fact *fact, void *arg);
MUST_CHECK Status facts_read(Ctx *cx, Store *store, Str reader, FactFn fn, void *arg, size_t *ret_read);

typedef struct FactBatch {
	const Id *ids;
	const Fact *v;
	size_t n;
	Id after; // where the cursor stood
} FactBatch;
MUST_CHECK Status facts_peek(Ctx *cx, Db *db, Str reader, FactBatch *ret_batch);
// The facts past `after`, without a cursor.
MUST_CHECK Status facts_after(Ctx *cx, Db *db, Id after, int64_t limit, FactBatch *ret_batch);
// The newest facts of ids from `from` on, settled or not, newest first.
MUST_CHECK Status facts_newest(Ctx *cx, Db *db, Id from, int64_t limit, FactBatch *ret_batch);
MUST_CHECK Status facts_cursor(Ctx *cx, Db *db, Str reader, Id *ret_after); // 0: it has read nothing yet
MUST_CHECK Status facts_last(Ctx *cx, Db *db, Id *ret_last); // the newest fact that readers may see; 0: none
// ST_CONFLICT unless the cursor still stands at `after`: another process was there first.
MUST_CHECK Status facts_move(Ctx *cx, Tx *tx, Str reader, Id after, Id to);

// Readers of the features, called in the background when there are facts for them: looking is a read, so that an idle
// site never writes. `read` moves the cursor itself. `fresh`, if there is one, is told of facts that `read` will be given
// later (core/fresh.h), newest first and without a cursor: it writes what would be the same if it were never called.
typedef struct FactReader {
	const char *name;
	Status (*read)(Ctx *cx, Store *store, const FactBatch *batch);
	Status (*fresh)(Ctx *cx, Store *store, const FactBatch *batch);
} FactReader;
// ret_read: facts that were found, also those that another process took meanwhile, after which there may be more. 0: none is left.
MUST_CHECK Status readers_run(Ctx *cx, Store *store, const FactReader *readers, size_t n, size_t *ret_read);

// Who did what to the site itself (settings, rights, deletions), for the audit list.
MUST_CHECK Status audit(Ctx *cx, Tx *tx, Str action, Id subject_id, Str detail);
