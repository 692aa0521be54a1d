// SPDX-License-Identifier: AGPL-3.0-or-later
// Private to the PostgreSQL engine.
//   postgres.c        the store: opening, the pools, check
//   postgres_conn.c   one connection: connecting, errors, exchanges in pipeline mode, prepared statements
//   postgres_rows.c   running a DbQuery: parameters, reading rows
//   postgres_write.c  a write transaction and its repetition
//
// A statement is one round trip: BEGIN, if it is the first, PREPARE, if it is new to the connection, and the statement
// travel together. The COMMIT of a reader is sent without waiting; its answer is read before the next use.
// Readers see one snapshot (REPEATABLE READ). Writers are SERIALIZABLE, since a TxFn is written for SQLite, where it is
// alone; what cannot be serialised is run again.
#pragma once
#include "db/db_impl.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>

#define PG_STMTS_MAX 256   // prepared statements of a connection; the longest unused gives way
#define PG_INDEX_SLOTS 512 // a power of two, at least twice as many
#define PG_PARAMS_MAX 64
#define PG_STEPS_MAX 8

typedef struct PgStmt {
	const DbQuery *q;
	uint32_t number; // its name on the server is q<number>
	uint32_t used;   // clock of the last use
} PgStmt;

typedef struct PgStore PgStore;
typedef struct PgPool PgPool;

typedef struct PgConn {
	Db db;
	PGconn *pg;
	Arena *arena;
	PgPool *pool;
	struct PgConn *next;
	const char *sqlstate; // of the last failure, "" if it had none; points into state
	char state[6];
	bool dead;           // given up, though libpq may not know it
	bool unread;         // the answer to a COMMIT was not read yet
	bool careful;        // a SAVEPOINT around each statement, so that a Tx may go on after one failed
	bool went_on;        // a statement was tried in a transaction that had failed
	int64_t deadline_ns; // 0: none
	uint32_t clock, cursors;
	uint32_t prepared; // number of the last one
	int stmts_n;
	PgStmt stmts[PG_STMTS_MAX];
	uint16_t index[PG_INDEX_SLOTS]; // by hash of the DbQuery: position in stmts + 1, or 0
} PgConn;

struct PgPool {
	pthread_mutex_t lock;
	pthread_cond_t returned;
	PgConn *idle; // under lock, as the counts
	int open_n, busy_n, max;
	bool writable;
};

struct PgStore {
	Store store;
	const char *url, *schema; // NUL-terminated; schema "" for the server's search_path
	bool read_only;
	PgPool readers, writers;
	pthread_rwlock_t running; // shared by writes, held alone by one that was repeated in vain
	atomic_llong commits, writes, write_failures, waiting, reopened;
};

// postgres.c
Status pg_take(Ctx *cx, PgStore *ps, PgPool *pool, PgConn **ret_conn);
void pg_give_back(PgConn *c);

// postgres_backup.c
Status pg_backup(Ctx *cx, Store *s, Str path);

// postgres_conn.c
Status pg_connect(Ctx *cx, PgConn *c); // also anew
void pg_disconnect(PgConn *c);
bool pg_broken(const PgConn *c);
bool pg_repeatable(const PgConn *c); // the last failure was one that running the transaction again may cure
Status pg_fail(Ctx *cx, PgConn *c, const char *what, const PGresult *res);
Status pg_text(Ctx *cx, PgConn *c, const char *sql); // one or more statements without parameters, at once
void pg_commit_later(PgConn *c);
bool pg_settle(PgConn *c); // reads the answer to that; false: the connection is of no use
static inline PGTransactionStatusType pg_state(const PgConn *c)
{
	return c->pg ? PQtransactionStatus(c->pg) : PQTRANS_UNKNOWN;
}

typedef struct PgParams {
	int n;
	Oid types[PG_PARAMS_MAX];
	const char *values[PG_PARAMS_MAX];
	int lengths[PG_PARAMS_MAX], formats[PG_PARAMS_MAX];
	unsigned char bytes[PG_PARAMS_MAX][8];
} PgParams;

typedef struct PgCall {
	const DbQuery *q;
	const PgParams *params;
	const char *declare, *fetch; // instead of the prepared statement: a cursor for it, and its first rows
} PgCall;
// Sends what the call needs, waits, and gives the result of its last statement; PQclear it.
Status pg_run(Ctx *cx, PgConn *c, const PgCall *call, PGresult **ret_result);
static inline void PGresult_auto(PGresult **p) { PQclear(*p); }

// postgres_rows.c
void pg_params(const DbQuery *q, const void *args, PgParams *ret_params);
Oid pg_param_type(const DbField *f);
Status pg_find(Ctx *cx, Db *db, const DbQuery *q, const void *args, void *ret_row, bool *ret_found);
Status pg_list(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbRows *ret_rows);
Status pg_each(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbEachFn fn, void *arg);
Status pg_exec(Ctx *cx, Db *db, const DbQuery *q, const void *args, int64_t *ret_changed);

// postgres_write.c
Status pg_script(Ctx *cx, Db *db, const char *sql);
void pg_submit(Store *s, WriteOp *op);
