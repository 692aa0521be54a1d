// SPDX-License-Identifier: AGPL-3.0-or-later
// The one thread that writes. It takes all waiting ops, runs them in one transaction, commits once, and then tells each its
// outcome; one that fails is undone alone. While nothing waits it moves the WAL into the database file.
#include "db/sqlite_impl.h"

#include <errno.h>
#include <time.h>

#define BATCH_MAX 256
#define BUSY_TRIES 5
#define WAL_WHEN_IDLE_FRAMES 2000 // checkpoint as soon as nothing waits
#define WAL_ALWAYS_FRAMES 16000   // checkpoint even though ops are waiting
#define IDLE_MS 1000              // after which the WAL is emptied

static WriteOp *take_batch(LiteWriter *w, bool *ret_stop)
{
	WriteOp *first = w->head, *last = first;
	size_t n = first ? 1 : 0;
	while (last && last->next && n < BATCH_MAX) {
		last = last->next;
		n++;
	}
	if (last) {
		w->head = last->next;
		last->next = NULL;
		if (!w->head) w->tail = NULL;
		w->depth -= n;
	}
	*ret_stop = w->stop && !first;
	return first;
}

// Waits for ops; an empty batch without stop means that nothing came for IDLE_MS.
static WriteOp *wait_batch(LiteWriter *w, bool idle_work, bool *ret_stop)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += IDLE_MS / 1000;
	pthread_mutex_lock(&w->lock);
	int rc = 0;
	while (!w->head && !w->stop && rc != ETIMEDOUT)
		rc = idle_work ? pthread_cond_timedwait(&w->wake, &w->lock, &until) : pthread_cond_wait(&w->wake, &w->lock);
	WriteOp *batch = take_batch(w, ret_stop);
	pthread_mutex_unlock(&w->lock);
	return batch;
}

static bool queue_empty(LiteWriter *w)
{
	pthread_mutex_lock(&w->lock);
	bool empty = !w->head;
	pthread_mutex_unlock(&w->lock);
	return empty;
}

static void drop_connection(LiteStore *ls)
{
	if (ls->writer.conn) lite_conn_close(ls->writer.conn);
	ls->writer.conn = NULL;
	atomic_fetch_add(&ls->generation, 1);
	atomic_fetch_add(&ls->reopened, 1);
}

static Status begin(Ctx *cx, LiteStore *ls)
{
	LiteWriter *w = &ls->writer;
	if (!w->conn) TRY(lite_conn_open(cx, ls, true, &w->conn));
	int rc = SQLITE_BUSY;
	for (int i = 0; i < BUSY_TRIES && (rc & 0xff) == SQLITE_BUSY; i++) rc = lite_fixed(w->conn, FIXED_BEGIN_WRITE);
	if (rc == SQLITE_OK && !w->conn->wal && w->conn->wal_frames && !ls->scratch) lite_wal_hold(w->conn);
	if (rc == SQLITE_OK) return ST_OK;
	Status st = lite_fail(cx, w->conn, "begin", rc);
	if (st != ST_BUSY) drop_connection(ls);
	return st;
}

typedef struct Pass { // over a batch
	bool saved;       // each op in a SAVEPOINT
	bool succeeded;   // any op
	bool alive;       // false: SQLite gave up the whole transaction
	bool spoilt;      // an op failed after it had changed something, and there was no SAVEPOINT to go back to
} Pass;

static Status run_saved(LiteConn *c, WriteOp *op, Tx *tx)
{
	int rc = lite_fixed(c, FIXED_SAVE);
	if (rc != SQLITE_OK) return lite_fail(op->cx, c, "savepoint", rc);
	Status st = op->run(op->cx, tx, op->arg);
	if (sqlite3_get_autocommit(c->h)) return st; // rolled back as a whole
	if (st != ST_OK) {
		rc = lite_fixed(c, FIXED_UNDO);
		if (rc != SQLITE_OK) return lite_fail(op->cx, c, "rollback", rc);
	}
	rc = lite_fixed(c, FIXED_RELEASE);
	return rc == SQLITE_OK ? st : lite_fail(op->cx, c, "release", rc);
}

static void run_op(LiteConn *c, WriteOp *op, Pass *pass)
{
	Tx tx = {.db = &c->db};
	sqlite3_int64 before = sqlite3_total_changes64(c->h);
	op->status = pass->saved ? run_saved(c, op, &tx) : op->run(op->cx, &tx, op->arg);
	c->deadline_ns = 0;
	pass->alive = !sqlite3_get_autocommit(c->h);
	pass->succeeded |= op->status == ST_OK;
	pass->spoilt = !pass->saved && op->status != ST_OK && sqlite3_total_changes64(c->h) != before;
}

static Pass run_ops(LiteStore *ls, WriteOp *batch, bool saved)
{
	Pass pass = {.saved = saved, .alive = true};
	for (WriteOp *op = batch; op && !pass.spoilt; op = op->next) {
		if (pass.alive) run_op(ls->writer.conn, op, &pass);
		else op->status = fail(op->cx, ST_IO, "the transaction was given up because of another write");
	}
	return pass;
}

// Nearly always every op succeeds, or fails before it has changed anything. So they run without SAVEPOINTs, at each of which
// the search index would write out what it has collected. When one of several fails half-way, all are run again with them.
static Status run_all(LiteStore *ls, WriteOp *batch, Pass *ret_pass)
{
	*ret_pass = run_ops(ls, batch, false);
	if (!ret_pass->spoilt || !ret_pass->alive) return ST_OK;
	if (!batch->next) return ST_OK; // it alone is rolled back
	int rc = lite_fixed(ls->writer.conn, FIXED_ROLLBACK);
	if (rc != SQLITE_OK) return lite_fail(batch->cx, ls->writer.conn, "rollback", rc);
	for (WriteOp *op = batch; op; op = op->next) fail_clear(op->cx);
	TRY(begin(batch->cx, ls));
	*ret_pass = run_ops(ls, batch, true);
	return ST_OK;
}

static void all_failed(WriteOp *batch, Status st, const char *why)
{
	for (WriteOp *op = batch; op; op = op->next)
		if (op->status == ST_OK) op->status = fail(op->cx, st, "commit: %s", why);
}

static void finish(LiteStore *ls, WriteOp *batch, bool any, bool alive)
{
	LiteConn *c = ls->writer.conn;
	if (!alive) {
		all_failed(batch, ST_IO, "the transaction was given up");
		drop_connection(ls);
		return;
	}
	int rc = lite_fixed(c, any ? FIXED_COMMIT : FIXED_ROLLBACK);
	for (int i = 1; i < BUSY_TRIES && (rc & 0xff) == SQLITE_BUSY; i++) rc = lite_fixed(c, FIXED_COMMIT);
	if (rc == SQLITE_OK) {
		if (any) atomic_fetch_add(&ls->commits, 1);
		return;
	}
	Status st = lite_status(rc);
	all_failed(batch, st == ST_FULL || st == ST_BUSY ? st : ST_IO, sqlite3_errmsg(c->h));
	if (!sqlite3_get_autocommit(c->h)) (void)lite_fixed(c, FIXED_ROLLBACK);
	if (st != ST_BUSY) drop_connection(ls); // the outcome is unknown: what is cached may differ from the disk
}

static void tell(LiteStore *ls, WriteOp *batch)
{
	for (WriteOp *op = batch, *next; op; op = next) {
		next = op->next; // the op may be gone once done was called
		atomic_fetch_add(op->status == ST_OK ? &ls->writes : &ls->write_failures, 1);
		op->done(op, op->status);
	}
}

static void run_batch(LiteStore *ls, WriteOp *batch)
{
	Status st = begin(batch->cx, ls);
	if (st == ST_OK) {
		Pass pass;
		st = run_all(ls, batch, &pass);
		if (st == ST_OK) finish(ls, batch, pass.succeeded, pass.alive);
	}
	if (st != ST_OK)
		for (WriteOp *op = batch; op; op = op->next) op->status = op == batch ? st : fail(op->cx, st, "begin failed");
	tell(ls, batch);
}

static void checkpoint(LiteStore *ls, bool truncate)
{
	LiteConn *c = ls->writer.conn;
	if (truncate) sqlite3_busy_timeout(c->h, 0); // a reader in the way only puts it off
	int log = 0, moved = 0,
		rc = sqlite3_wal_checkpoint_v2(c->h, NULL, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
									   &log, &moved);
	if (truncate) sqlite3_busy_timeout(c->h, LITE_BUSY_MS);
	if (rc == SQLITE_OK ? log == moved : truncate) c->wal_frames = 0; // else the next write or idle second tries again
	if ((rc & 0xff) == SQLITE_IOERR) drop_connection(ls);
}

static void after_batch(LiteStore *ls, bool idle)
{
	LiteConn *c = ls->writer.conn;
	if (!c || !c->wal_frames) return;
	if (idle) checkpoint(ls, true);
	else if (c->wal_frames >= WAL_ALWAYS_FRAMES || (c->wal_frames >= WAL_WHEN_IDLE_FRAMES && queue_empty(&ls->writer)))
		checkpoint(ls, false);
}

static void *writer_main(void *arg)
{
	LiteStore *ls = arg;
	for (;;) {
		bool stop, idle_work = ls->writer.conn && ls->writer.conn->wal_frames;
		WriteOp *batch = wait_batch(&ls->writer, idle_work, &stop);
		if (stop) return NULL;
		if (batch) run_batch(ls, batch);
		after_batch(ls, !batch);
	}
}

Status lite_writer_start(Ctx *cx, LiteStore *ls)
{
	LiteWriter *w = &ls->writer;
	TRY(lite_conn_open(cx, ls, true, &w->conn));
	if (pthread_create(&w->thread, NULL, writer_main, ls) != 0)
		return fail(cx, ST_INTERNAL, "the writer thread cannot be started");
	w->running = true;
	return ST_OK;
}

void lite_writer_stop(LiteStore *ls)
{
	LiteWriter *w = &ls->writer;
	if (w->running) {
		pthread_mutex_lock(&w->lock);
		w->stop = true;
		pthread_cond_signal(&w->wake);
		pthread_mutex_unlock(&w->lock);
		pthread_join(w->thread, NULL);
	}
	if (w->conn) lite_conn_close(w->conn);
	w->conn = NULL;
}

void lite_submit(Store *s, WriteOp *op)
{
	LiteStore *ls = (LiteStore *)s;
	LiteWriter *w = &ls->writer;
	op->next = NULL;
	op->status = ST_OK;
	if (!w->running) {
		op->done(op, fail(op->cx, ST_UNSUPPORTED, "the store was opened for reading only"));
		return;
	}
	pthread_mutex_lock(&w->lock);
	bool full = w->depth >= STORE_QUEUE_MAX || w->stop;
	if (!full) {
		if (w->tail) w->tail->next = op;
		else w->head = op;
		w->tail = op;
		w->depth++;
		pthread_cond_signal(&w->wake);
	}
	pthread_mutex_unlock(&w->lock);
	if (full) op->done(op, fail(op->cx, ST_BUSY, "too many writes are waiting"));
}

bool lite_is_writer(Store *s)
{
	const LiteWriter *w = &((LiteStore *)s)->writer;
	return w->running && pthread_equal(pthread_self(), w->thread);
}
