// SPDX-License-Identifier: AGPL-3.0-or-later
// Private to src/db: what an engine gives to db.c. A store and a connection of an engine begin with Store and Db.
// All functions are called with arguments that db.c has checked; texts of failure are put into cx by the engine.
#pragma once
#include "base/trace.h"
#include "db/db.h"

typedef struct EngineOps {
	DbEngine kind;
	void (*close)(Store *s);
	Status (*begin)(Ctx *cx, Store *s, Db **ret_db);
	void (*end)(Db *db);
	void (*deadline)(Db *db, int64_t ms);
	Status (*find)(Ctx *cx, Db *db, const DbQuery *q, const void *args, void *ret_row, bool *ret_found);
	Status (*list)(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbRows *ret_rows);
	Status (*each)(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbEachFn fn, void *arg);
	Status (*exec)(Ctx *cx, Db *db, const DbQuery *q, const void *args, int64_t *ret_changed);
	Status (*script)(Ctx *cx, Db *db, const char *sql); // statements without parameters, inside a Tx
	Status (*prepare)(Ctx *cx, Store *s, const DbQuery *q);
	Status (*backup)(Ctx *cx, Store *s, Str path);
	Status (*check)(Ctx *cx, Store *s);
	void (*submit)(Store *s, WriteOp *op);
	bool (*is_writer)(Store *s); // is this the thread that runs the writes? It must not wait for one. May be NULL
	void (*stats)(Store *s, StoreStats *ret_stats);
} EngineOps;

struct Store {
	const EngineOps *ops;
	Arena *arena; // for what lives as long as the store
	Trace *trace; // of the queries that were run, NULL if nobody asked
};

struct Db {
	const EngineOps *ops;
	Store *store;
	bool writable;
};

struct Tx {
	Db *db;
};

Status lite_open(Ctx *cx, const StoreConfig *config, Store **ret_store);
Status pg_open(Ctx *cx, const StoreConfig *config, Store **ret_store);

// Rows of a :many while they are read.
typedef struct RowList {
	Arena *arena;
	const DbQuery *q;
	unsigned char *v;
	size_t n, cap;
} RowList;

// The place of the next row, zeroed. Fails with ST_TOO_LARGE past DB_ROWS_MAX or the arena's cap.
Status row_list_add(Ctx *cx, RowList *list, void **ret_row);
// The Str members of the row point into memory of the engine, total_bytes of it: moves them into the arena at once.
Status row_keep_texts(Ctx *cx, Arena *a, const DbQuery *q, void *row, size_t total_bytes);

static inline bool field_is_text(const DbField *f) { return f->type == DB_TEXT || f->type == DB_BLOB; }
// Is the argument NULL by the rules of db.h?
bool field_is_null(const DbField *f, const void *args);

typedef struct Sha256Text {
	char hex[65];
} Sha256Text;
Sha256Text sha256_hex(const char *p, size_t n);
