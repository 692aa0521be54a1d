// SPDX-License-Identifier: AGPL-3.0-or-later
// One API over SQLite and PostgreSQL. Features never see SQL at run time: tools/sqlc compiles each queries.sql into
// const DbQuery tables and typed wrappers, and this module interprets the tables (bind, step, copy into the arena).
//
//   Db  a reader inside one snapshot; from db_begin to db_end. Cheap: pooled connections, cached statements.
//   Tx  a write transaction. On SQLite every Tx runs on the one writer thread, which groups the waiting ones into
//       one durable commit, where one that fails is undone alone; on PostgreSQL the calling thread runs its own transaction.
//       A TxFn must be re-runnable (it is retried on BUSY/40001/40P01) and must do nothing slow.
//
// A commit that failed with an I/O error has an unknown outcome: ST_IO, connections are reopened.
// Text results are copied into cx->arena. NULL maps to: text/blob p == NULL, id/time 0, and int/real/bool 0 with a bool
// NAME_null beside it in the row. The same on the way in for parameters declared nullable (`?`).
//
// Statuses: ST_CONFLICT a unique rule (which one: know your query), ST_INVALID foreign key, check, not-null or a faulty
// search expression, ST_BUSY, ST_FULL, ST_IO, ST_TIMEOUT (db_deadline), ST_TOO_LARGE, ST_INTERNAL the rest.
#pragma once
#include "base/ctx.h"

typedef struct Store Store;
typedef struct Db Db;
typedef struct Tx Tx;

typedef enum DbEngine { DB_SQLITE, DB_POSTGRES } DbEngine;
typedef enum DbType {
	DB_INT,
	DB_REAL,
	DB_TEXT,
	DB_BLOB,
	DB_BOOL,
	DB_TIME,
	DB_ID
} DbType; // C: int64_t double Str Str bool Time Id

typedef struct DbField { // a parameter or a result column
	const char *name;
	uint8_t type; // DbType
	bool nullable;
	uint16_t offset;      // in the args or row struct
	uint16_t null_offset; // of the bool NAME_null, or 0
} DbField;

typedef struct DbQuery {
	const char *name;
	const char *lite, *pg; // the statement with ?1… and $1…
	const DbField *params, *cols;
	uint16_t params_n, cols_n;
	uint32_t row_bytes;
	bool writes;
} DbQuery;

typedef struct DbRows {
	void *v;
	size_t n;
} DbRows;

#define DB_ROWS_MAX 100000 // rows a :many may return; more is ST_TOO_LARGE

// Generated wrappers call these.
MUST_CHECK Status db_find(Ctx *cx, Db *db, const DbQuery *q, const void *args, void *ret_row, bool *ret_found);
MUST_CHECK Status db_get(Ctx *cx, Db *db, const DbQuery *q, const void *args, void *ret_row); // ST_NOT_FOUND if absent
MUST_CHECK Status db_list(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbRows *ret_rows);
// The rows of both, for lists that take two statements.
DbRows db_rows_join(Ctx *cx, DbRows first, DbRows second, size_t row_bytes);
typedef Status (*DbEachFn)(void *arg, const void *row); // the row is valid during the call only
MUST_CHECK Status db_each(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbEachFn fn, void *arg);
MUST_CHECK Status tx_exec(Ctx *cx, Tx *tx, const DbQuery *q, const void *args, int64_t *ret_changed); // ret may be NULL

typedef struct Migration {
	const char *owner; // "core", "members", …
	int number;
	const char *name;
	const char *sql;
	size_t sql_len;
} Migration;

typedef struct MigrationSet {
	const Migration *v;
	size_t n;
} MigrationSet;

typedef struct StoreConfig {
	// Path of the SQLite file (made if absent), ":memory:" (private, gone at close, in TMPDIR or /dev/shm), postgres://…
	Str url;
	Str schema;        // PostgreSQL schema of the site, "" for public
	int readers;       // pooled reader connections, 0: 4
	int64_t cache_kib; // of SQLite, 0: 512 KiB a reader, 8 MiB for the writer
	bool read_only;    // no writer: store_write gives ST_UNSUPPORTED
} StoreConfig;

MUST_CHECK Status store_open(Ctx *cx, const StoreConfig *config, Store **ret_store);
void store_close(Store *s); // waits for the writer
DbEngine store_engine(const Store *s);
// The schemas of this PostgreSQL that begin with prefix and have a table of settings, that is the sites in it, sorted.
MUST_CHECK Status store_schemas(Ctx *cx, Store *s, Str prefix, Str *ret_names, size_t max, size_t *ret_n);
// Applies missing migrations of all sets in the order given; refuses when a stored checksum differs or a number is missing.
MUST_CHECK Status store_migrate(Ctx *cx, Store *s, const MigrationSet *sets, size_t n);
MUST_CHECK Status store_backup(Ctx *cx, Store *s, Str path); // a consistent copy while in use
MUST_CHECK Status store_check(Ctx *cx, Store *s);            // integrity and foreign keys; fails with the first finding
// Prepares a query on this engine without running it (every named query is prepared on both in the tests).
MUST_CHECK Status store_prepare(Ctx *cx, Store *s, const DbQuery *q);

MUST_CHECK Status db_begin(Ctx *cx, Store *s, Db **ret_db);
void db_end(Db *db);
static inline void Db_auto(Db **p)
{
	if (*p) db_end(*p);
}
Db *tx_db(Tx *tx); // reads inside the write transaction
DbEngine db_engine(const Db *db);
bool db_writable(const Db *db); // a write transaction's: its own changes need not be in the tables yet
// Statements of this reader that run past ms from now end with ST_TIMEOUT; 0 takes the limit away. Ends with the Db.
void db_deadline(Db *db, int64_t ms);

typedef Status (*TxFn)(Ctx *cx, Tx *tx, void *arg);
MUST_CHECK Status store_write(Ctx *cx, Store *s, TxFn fn, void *arg); // waits until durable or failed

// The asynchronous form: `done` is called exactly once, on the writer thread (SQLite) or the caller's (PostgreSQL),
// after the outcome is durable. The op lives in the caller's arena and must stay until then. If the queue holds
// STORE_QUEUE_MAX ops, done gets ST_BUSY at once.
#define STORE_QUEUE_MAX 4096
typedef struct WriteOp {
	Ctx *cx;
	TxFn run;
	void *arg;
	void (*done)(struct WriteOp *op, Status st);
	struct WriteOp *next; // the store's
	Status status;        // the store's
} WriteOp;
void store_submit(Store *s, WriteOp *op);

typedef struct StoreStats {
	int64_t commits, writes, write_failures, queue_depth, readers_busy, reopened;
} StoreStats;
void store_stats(Store *s, StoreStats *ret_stats);
