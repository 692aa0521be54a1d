// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/job.h"

#include "core_sql.h"

Status job_enqueue(Ctx *cx, Tx *tx, Str queue, Str payload, Time run_at)
{
	if (payload.n > JOB_PAYLOAD_MAX_BYTES)
		return fail(cx, ST_TOO_LARGE, "a job's payload has at most %zu bytes", JOB_PAYLOAD_MAX_BYTES);
	return job_insert(
		cx, tx,
		&(JobInsertArgs){.id = ctx_id(cx), .queue = queue, .payload = payload, .run_at = run_at ? run_at : cx->now_ms});
}

typedef struct Claim {
	JobClaimRows rows;
} Claim;

static Status claim_tx(Ctx *cx, Tx *tx, void *arg)
{
	Claim *claim = arg;
	TRY(job_bury(
		cx, tx,
		&(JobBuryArgs){.now = cx->now_ms, .attempts_max = JOB_ATTEMPTS_MAX, .last_error = S("its process died")}));
	JobClaimArgs args = {
		.now = cx->now_ms, .until = cx->now_ms + JOB_LEASE_MS, .attempts_max = JOB_ATTEMPTS_MAX, .limit = JOB_BATCH};
	return job_claim(cx, tx, &args, &claim->rows);
}

static Status run_one(Ctx *cx, Store *store, const JobKind *kinds, size_t n, const JobClaimRow *job)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(job->queue, str_from(kinds[i].queue))) return kinds[i].run(cx, store, job->payload);
	return fail(cx, ST_UNSUPPORTED, "no feature runs jobs of the kind %.*s", STR(job->queue));
}

typedef struct Outcome {
	Ctx *job;
	const JobClaimRow *row;
	Status st;
} Outcome;

static Status settle_tx(Ctx *cx, Tx *tx, void *arg)
{
	const Outcome *o = arg;
	if (o->st == ST_OK) return job_delete(cx, tx, &(JobDeleteArgs){.id = o->row->id});
	Time pause = JOB_PAUSE_MS << i64_min(o->row->attempts, 10);
	return job_fail(
		cx, tx,
		&(JobFailArgs){.id = o->row->id,
					   .run_at = cx->now_ms + pause,
					   .dead = o->row->attempts >= JOB_ATTEMPTS_MAX,
					   .last_error = o->job->fail_text.p ? o->job->fail_text : str_from(status_name(o->st))});
}

Status jobs_run_due(Ctx *cx, Store *store, const JobKind *kinds, size_t n, size_t *ret_ran)
{
	Claim claim = {0};
	*ret_ran = 0;
	// Looking first keeps an idle site from writing: claiming is a write, and a write is an fsync.
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	JobDueFindRow due;
	bool found;
	Status st = job_due_find(cx, db, &(JobDueFindArgs){.now = cx->now_ms}, &due, &found);
	db_end(db);
	db = NULL;
	TRY(st);
	if (!found) return ST_OK;
	TRY(store_write(cx, store, claim_tx, &claim));
	for (size_t i = 0; i < claim.rows.n; i++) {
		AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
		Ctx job = *cx;
		job.arena = a;
		fail_clear(&job);
		Outcome o = {.job = &job, .row = &claim.rows.v[i]};
		o.st = run_one(&job, store, kinds, n, o.row);
		TRY(store_write(cx, store, settle_tx, &o));
		++*ret_ran;
	}
	return ST_OK;
}

// --- reading the journal --------------------------------------------------------------------------------------------------

typedef struct FactRead {
	Str reader;
	FactFn fn;
	void *arg;
	Id below;
	size_t n;
} FactRead;

static Fact fact_of(const FactListAfterRow *r)
{
	return (Fact){
		.at_ms = r->at_ms,
		.kind = (FactKind)r->kind,
		.actor_id = r->actor_id,
		.subject_type = (SubjectType)r->subject_type,
		.subject_id = r->subject_id,
		.target_id = r->target_id,
		.space_id = r->space_id,
		.value = r->value,
		.data = r->data,
	};
}

Id facts_settled_below(const Ctx *cx, DbEngine engine)
{
	if (engine != DB_POSTGRES) return INT64_MAX;
	return i64_max(0, cx->now_ms - FACT_SETTLE_MS - ID_EPOCH_MS) << 22;
}

static Status read_tx(Ctx *cx, Tx *tx, void *arg)
{
	FactRead *read = arg;
	Id after;
	TRY(facts_cursor(cx, tx_db(tx), read->reader, &after));
	FactListAfterRows rows;
	FactListAfterArgs args = {.after = after, .below = read->below, .limit = FACT_BATCH};
	TRY(fact_list_after(cx, tx_db(tx), &args, &rows));
	read->n = rows.n;
	if (!rows.n) return ST_OK;
	for (size_t i = 0; i < rows.n; i++) {
		Fact fact = fact_of(&rows.v[i]);
		TRY(read->fn(cx, tx, rows.v[i].id, &fact, read->arg));
	}
	return fact_reader_put(cx, tx, &(FactReaderPutArgs){.name = read->reader, .last_id = rows.v[rows.n - 1].id});
}

Status facts_read(Ctx *cx, Store *store, Str reader, FactFn fn, void *arg, size_t *ret_read)
{
	FactRead read = {.reader = reader, .fn = fn, .arg = arg, .below = INT64_MAX};
	read.below = facts_settled_below(cx, store_engine(store));
	TRY(store_write(cx, store, read_tx, &read));
	*ret_read = read.n;
	return ST_OK;
}

Status facts_cursor(Ctx *cx, Db *db, Str reader, Id *ret_after)
{
	FactReaderFindRow at = {0};
	bool found;
	TRY(fact_reader_find(cx, db, &(FactReaderFindArgs){.name = reader}, &at, &found));
	*ret_after = at.last_id;
	return ST_OK;
}

Status facts_peek(Ctx *cx, Db *db, Str reader, FactBatch *ret_batch)
{
	Id after;
	TRY(facts_cursor(cx, db, reader, &after));
	return facts_after(cx, db, after, FACT_BATCH, ret_batch);
}

static FactBatch batch_of(Arena *a, const FactListAfterRow *rows, size_t n)
{
	Id *ids = ARENA_NEW(a, Id, n);
	Fact *facts = ARENA_NEW(a, Fact, n);
	for (size_t i = 0; i < n; i++) {
		ids[i] = rows[i].id;
		facts[i] = fact_of(&rows[i]);
	}
	return (FactBatch){.ids = ids, .v = facts, .n = n};
}

Status facts_after(Ctx *cx, Db *db, Id after, int64_t limit, FactBatch *ret_batch)
{
	FactListAfterRows rows;
	FactListAfterArgs args = {.after = after, .below = facts_settled_below(cx, db_engine(db)), .limit = limit};
	TRY(fact_list_after(cx, db, &args, &rows));
	*ret_batch = batch_of(cx->arena, rows.v, rows.n);
	ret_batch->after = after;
	return ST_OK;
}

Status facts_newest(Ctx *cx, Db *db, Id from, int64_t limit, FactBatch *ret_batch)
{
	_Static_assert(sizeof(FactListNewestRow) == sizeof(FactListAfterRow), "both lists have the same columns");
	FactListNewestRows rows;
	TRY(fact_list_newest(cx, db, &(FactListNewestArgs){.from = from, .limit = limit}, &rows));
	*ret_batch = batch_of(cx->arena, (const FactListAfterRow *)(const void *)rows.v, rows.n);
	return ST_OK;
}

Status facts_last(Ctx *cx, Db *db, Id *ret_last)
{
	FactFindLastRow row = {0};
	bool found;
	TRY(fact_find_last(cx, db, &(FactFindLastArgs){.below = facts_settled_below(cx, db_engine(db))}, &row, &found));
	*ret_last = row.id;
	return ST_OK;
}

Status facts_move(Ctx *cx, Tx *tx, Str reader, Id after, Id to)
{
	Id at;
	TRY(facts_cursor(cx, tx_db(tx), reader, &at));
	if (at != after) return fail(cx, ST_CONFLICT, "another process read the journal for %.*s", STR(reader));
	return fact_reader_put(cx, tx, &(FactReaderPutArgs){.name = reader, .last_id = to});
}

Status readers_run(Ctx *cx, Store *store, const FactReader *readers, size_t n, size_t *ret_read)
{
	Status worst = ST_OK;
	*ret_read = 0;
	for (size_t i = 0; i < n; i++) {
		AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
		AUTO(Db) db = NULL;
		Ctx own = *cx;
		own.arena = a;
		FactBatch batch;
		TRY(db_begin(&own, store, &db));
		TRY(facts_peek(&own, db, str_from(readers[i].name), &batch));
		db_end(db);
		db = NULL;
		if (!batch.n) continue;
		Status st = readers[i].read(&own, store, &batch);
		if (st != ST_OK && st != ST_CONFLICT) worst = fail(cx, st, "%s: %.*s", readers[i].name, STR(own.fail_text));
		*ret_read += batch.n;
	}
	return worst;
}

Status audit(Ctx *cx, Tx *tx, Str action, Id subject_id, Str detail)
{
	return audit_insert(cx, tx,
						&(AuditInsertArgs){.id = ctx_id(cx),
										   .at_ms = cx->now_ms,
										   .actor_id = cx->actor ? cx->actor->id : 0,
										   .action = action,
										   .subject_id = subject_id,
										   .detail = detail});
}
