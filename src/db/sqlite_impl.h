// SPDX-License-Identifier: AGPL-3.0-or-later
// Private to the SQLite engine.
//   sqlite.c         the store: opening, the pool of readers, backup, check
//   sqlite_conn.c    one connection: settings, errors, cached statements
//   sqlite_map.c     one map of the file for all connections
//   sqlite_wal.c     the frames of a commit, written together
//   sqlite_scan.c    whole tables, by its aggregate or page by page (leaf.h)
//   sqlite_rows.c    running a DbQuery: binding, reading rows
//   sqlite_writer.c  the one thread that writes
// A connection is used by one thread at a time (opened NOMUTEX). After an I/O error at a commit all connections are of
// an old generation and are opened anew before they are used again: never retry fsync on the same dirty pages.
#pragma once
#include "db/db_impl.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

#define LITE_STMTS_MAX 192   // cached statements of a connection; the longest unused gives way
#define LITE_INDEX_SLOTS 512 // a power of two, at least twice as many
#define LITE_READERS_MAX 64
#define LITE_BUSY_MS 5000
#define LITE_WAL_HELD_BYTES ((size_t)120 << 10) // SQLite gives the kernel less than 128 KiB at a time

typedef enum LiteFixed {
	FIXED_BEGIN,
	FIXED_BEGIN_WRITE,
	FIXED_COMMIT,
	FIXED_ROLLBACK,
	FIXED_SAVE,
	FIXED_RELEASE,
	FIXED_UNDO,
	FIXED_N
} LiteFixed;

typedef struct LiteStmt {
	const DbQuery *q;
	sqlite3_stmt *st;
	uint32_t used; // clock of the last use
	bool busy;
} LiteStmt;

typedef struct LiteMap { // see sqlite_map.c
	sqlite3_io_methods methods;
	const sqlite3_io_methods *base;
	uintptr_t at;              // of the file's first byte
	sqlite3_int64 file_bytes;  // that may be read there: to the end of the file as last looked at
	const unsigned char *page; // that was fetched last; NULL: none since somebody looked
	size_t page_bytes;
} LiteMap;

typedef struct LiteWal { // see sqlite_wal.c
	sqlite3_io_methods methods;
	const sqlite3_io_methods *base;
	int lost;         // the error by which frames of this transaction were not written, else SQLITE_OK
	sqlite3_int64 at; // where what is held belongs
	size_t held_n;
	char held[LITE_WAL_HELD_BYTES];
} LiteWal;

typedef struct LiteConn {
	Db db;
	sqlite3 *h;
	Arena *arena;
	struct LiteConn *next; // in the pool
	unsigned generation;
	int64_t deadline_ns; // 0: none
	int wal_frames;      // after the last commit
	uint32_t clock;
	int stmts_n;
	LiteMap map;
	LiteWal *wal; // of the writer, NULL: nothing is held
	sqlite3_stmt *fixed[FIXED_N];
	LiteStmt stmts[LITE_STMTS_MAX];
	uint16_t index[LITE_INDEX_SLOTS]; // by hash of the DbQuery: position in stmts + 1, or 0
	struct LiteScan *scan;            // at work, innermost first
} LiteConn;

typedef struct LiteScan LiteScan;

typedef struct LiteWriter {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	WriteOp *head, *tail; // under lock
	size_t depth;
	bool stop, running;
	LiteConn *conn; // the thread's own; NULL after a fault until it is opened again
} LiteWriter;

typedef struct LiteStore {
	Store store;
	char *path;
	bool scratch, read_only; // scratch: the file goes when the store is closed, and nothing is synced
	uintptr_t map;           // of the file, for all connections; 0: none
	int64_t cache_kib;
	pthread_mutex_t lock;
	pthread_cond_t returned;
	LiteConn *idle; // under lock
	int open_n, readers_max, busy_n;
	atomic_uint generation;
	atomic_llong commits, writes, write_failures, reopened;
	LiteWriter writer;
} LiteStore;

// sqlite_conn.c
Status lite_conn_open(Ctx *cx, LiteStore *ls, bool writer, LiteConn **ret_conn);
void lite_conn_close(LiteConn *c);
Status lite_status(int rc);
Status lite_fail(Ctx *cx, LiteConn *c, const char *what, int rc);
int lite_fixed(LiteConn *c, LiteFixed which);

typedef struct LiteUse { // of a statement, from lite_use to lite_unuse
	LiteConn *conn;
	sqlite3_stmt *st;
	LiteStmt *cached; // NULL: it was busy in a caller's db_each, so this is one of its own
} LiteUse;
Status lite_use(Ctx *cx, LiteConn *c, const DbQuery *q, LiteUse *ret_use);
void lite_unuse(LiteUse *use);

// sqlite_map.c
uintptr_t lite_map_file(int fd); // 0 if that is refused
void lite_unmap_file(uintptr_t map);
void lite_map_share(LiteConn *c, uintptr_t map); // its connection reads there from now on

// sqlite_wal.c
void lite_wal_hold(LiteConn *c); // a writer's that syncs each commit, once there is a WAL

// sqlite_rows.c
Status lite_find(Ctx *cx, Db *db, const DbQuery *q, const void *args, void *ret_row, bool *ret_found);
Status lite_list(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbRows *ret_rows);
Status lite_each(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbEachFn fn, void *arg);
Status lite_exec(Ctx *cx, Db *db, const DbQuery *q, const void *args, int64_t *ret_changed);

size_t lite_read_value(const DbField *f, sqlite3_value *v, void *row); // the bytes of its text

// sqlite_scan.c
int lite_scan_register(LiteConn *c);
bool lite_scan(Ctx *cx, LiteConn *c, const DbQuery *q, DbEachFn fn, void *arg, Status *ret); // false: it cannot

// sqlite_writer.c
Status lite_writer_start(Ctx *cx, LiteStore *ls);
void lite_writer_stop(LiteStore *ls); // after the waiting ops
void lite_submit(Store *s, WriteOp *op);
bool lite_is_writer(Store *s);
