// SPDX-License-Identifier: AGPL-3.0-or-later
// A write transaction, in the thread that asks for it. Three things make it run again from the start:
//   it could not be serialised, or was chosen to end a deadlock, or the connection was lost before the COMMIT;
//   its function went on after a statement had failed, which PostgreSQL does not allow: then with a SAVEPOINT each.
#include "db/postgres_impl.h"

#include "base/time.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define TRIES_MAX 6 // one of them may be for the SAVEPOINTs
#define SHARED_TRIES 1
#define JITTER_START_MS 1

typedef enum Outcome { DONE, AGAIN, AGAIN_CAREFULLY } Outcome;

typedef struct CtxBefore { // what a run that does not count must leave as it was
	uint32_t queries;
	size_t field_errors_n;
} CtxBefore;

static void restore(Ctx *cx, const CtxBefore *before)
{
	fail_clear(cx);
	cx->queries = before->queries;
	cx->field_errors_n = before->field_errors_n;
}

static Status commit(Ctx *cx, PgConn *c, Outcome *ret_outcome)
{
	if (pg_state(c) == PQTRANS_IDLE && !pg_broken(c)) return ST_OK; // no statement was run
	AUTO(PGresult) res = PQexec(c->pg, "COMMIT");
	if (PQresultStatus(res) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(res), "COMMIT") == 0) return ST_OK;
	if (PQresultStatus(res) == PGRES_COMMAND_OK)
		return fail(cx, ST_INTERNAL, "the transaction had failed before its commit");
	Status st = pg_fail(cx, c, "commit", res);
	if (pg_broken(c)) return fail(cx, ST_IO, "commit: the connection was lost, so its outcome is unknown");
	if (pg_repeatable(c)) *ret_outcome = AGAIN;
	return st;
}

static void roll_back(PgConn *c)
{
	if (pg_broken(c) || pg_state(c) == PQTRANS_IDLE) return;
	AUTO(PGresult) res = PQexec(c->pg, "ROLLBACK");
	if (PQresultStatus(res) != PGRES_COMMAND_OK) c->dead = true;
}

static Status run_once(PgConn *c, WriteOp *op, Outcome *ret_outcome)
{
	Ctx *cx = op->cx;
	*ret_outcome = DONE;
	if (pg_broken(c)) TRY(pg_connect(cx, c));
	Tx tx = {.db = &c->db};
	c->went_on = false;
	c->sqlstate = "";
	Status st = op->run(cx, &tx, op->arg);
	c->deadline_ns = 0;
	bool failed = pg_state(c) == PQTRANS_INERROR;
	if (pg_broken(c) || (failed && pg_repeatable(c))) {
		*ret_outcome = AGAIN;
		if (st == ST_OK) st = fail(cx, pg_broken(c) ? ST_IO : ST_BUSY, "a statement of the transaction failed");
	} else if (failed && !c->careful && (c->went_on || st == ST_OK)) {
		*ret_outcome = AGAIN_CAREFULLY;
		if (st == ST_OK) st = ST_INTERNAL;
	} else if (st == ST_OK) {
		return commit(cx, c, ret_outcome); // which says so if the transaction failed after all
	}
	roll_back(c);
	return st;
}

static void pause_before(int tries)
{
	uint32_t r;
	RNG_SYSTEM.fill(RNG_SYSTEM.self, &r, sizeof r);
	int64_t us = ((int64_t)JITTER_START_MS << tries) * 1000;
	struct timespec t = {.tv_nsec = (us / 2 + (int64_t)r % us) * 1000};
	nanosleep(&t, NULL);
}

// What failed SHARED_TRIES times runs while no other write of this process does, so that a row that everybody counts
// up does not make anybody give up.
static Status run_locked(PgStore *ps, PgConn *c, WriteOp *op, int tries, Outcome *ret_outcome)
{
	if (tries < SHARED_TRIES) pthread_rwlock_rdlock(&ps->running);
	else pthread_rwlock_wrlock(&ps->running);
	Status st = run_once(c, op, ret_outcome);
	pthread_rwlock_unlock(&ps->running);
	if (pg_broken(c)) atomic_fetch_add(&ps->reopened, 1);
	return st;
}

static Status run_until_done(PgStore *ps, PgConn *c, WriteOp *op)
{
	CtxBefore before = {op->cx->queries, op->cx->field_errors_n};
	Outcome outcome = DONE;
	Status st = run_locked(ps, c, op, 0, &outcome);
	for (int tries = 1; outcome != DONE && tries < TRIES_MAX; tries++) {
		if (outcome == AGAIN_CAREFULLY) c->careful = true;
		else pause_before(tries);
		restore(op->cx, &before);
		st = run_locked(ps, c, op, tries, &outcome);
	}
	c->careful = false;
	return st;
}

void pg_submit(Store *s, WriteOp *op)
{
	PgStore *ps = (PgStore *)s;
	PgConn *c = NULL;
	op->next = NULL;
	Status st = ps->read_only ? fail(op->cx, ST_UNSUPPORTED, "the store was opened for reading only") : ST_OK;
	atomic_fetch_add(&ps->waiting, 1);
	if (st == ST_OK) st = pg_take(op->cx, ps, &ps->writers, &c);
	atomic_fetch_sub(&ps->waiting, 1);
	if (st == ST_OK) {
		st = run_until_done(ps, c, op);
		pg_give_back(c);
	}
	if (st == ST_OK) atomic_fetch_add(&ps->commits, 1);
	atomic_fetch_add(st == ST_OK ? &ps->writes : &ps->write_failures, 1);
	op->status = st;
	op->done(op, st);
}

// Migrations. The schema of a site is made by the first of them. Two processes that make the same thing at once meet in
// the catalogue, where IF NOT EXISTS does not help: the loser runs again.
Status pg_script(Ctx *cx, Db *db, const char *sql)
{
	PgConn *c = (PgConn *)db;
	const PgStore *ps = (const PgStore *)db->store;
	char start[300];
	snprintf(start, sizeof start, "%sSET LOCAL lock_timeout = '10min';%s%s%s",
			 pg_state(c) == PQTRANS_IDLE ? "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE;" : "",
			 ps->schema[0] ? "CREATE SCHEMA IF NOT EXISTS \"" : "", ps->schema, ps->schema[0] ? "\"" : "");
	Status st = pg_text(cx, c, start);
	if (st == ST_OK) st = pg_text(cx, c, sql);
	if (st == ST_CONFLICT && strcmp(c->sqlstate, "23505") == 0) c->sqlstate = "40001";
	return st;
}
