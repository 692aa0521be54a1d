// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/snowball.h"
#include "db/sqlite_impl.h"

#include "base/time.h"

#include <stdio.h>
#include <string.h>

#define CONN_ARENA_BYTES ((size_t)256 << 10)
#define PROGRESS_OPS 4000     // virtual machine steps between looks at the deadline
#define WRITER_CACHE_KIB 8192 // more than a commit of many posts changes: else it is written twice, and read back
#define JOURNAL_LIMIT_BYTES (64 << 20)
#define MMAP_BYTES 0x7fff0000 // as much as SQLite maps, where the store has no map of its own (sqlite_map.c)
#define PAGE_BYTES 8192       // of a new database: six posts left a tenth of 4096 empty

Status lite_status(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE: return ST_OK;
	case SQLITE_CONSTRAINT:
		return rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY || rc == SQLITE_CONSTRAINT_ROWID
				   ? ST_CONFLICT
				   : ST_INVALID;
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return ST_BUSY;
	case SQLITE_FULL: return ST_FULL;
	case SQLITE_IOERR:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY: return ST_IO;
	case SQLITE_INTERRUPT: return ST_TIMEOUT;
	case SQLITE_TOOBIG: return ST_TOO_LARGE;
	default: return ST_INTERNAL;
	}
}

Status lite_fail(Ctx *cx, LiteConn *c, const char *what, int rc)
{
	return fail(cx, lite_status(rc), "%s: %s", what, c->h ? sqlite3_errmsg(c->h) : sqlite3_errstr(rc));
}

static int on_progress(void *arg)
{
	const LiteConn *c = arg;
	return c->deadline_ns && time_mono_ns() > c->deadline_ns;
}

static int on_commit(void *arg, UNUSED sqlite3 *h, UNUSED const char *name, int frames)
{
	LiteConn *c = arg;
	c->wal_frames = frames;
	return SQLITE_OK;
}

static int apply_settings(const LiteStore *ls, LiteConn *c, bool writer)
{
	char sql[512];
	// A reader's pages are mapped, so its own cache may be small.
	int64_t cache_kib = writer ? i64_max(WRITER_CACHE_KIB, ls->cache_kib) : ls->cache_kib;
	snprintf(sql, sizeof sql,
			 "PRAGMA busy_timeout=%d; PRAGMA cache_size=-%lld; PRAGMA mmap_size=%d; PRAGMA temp_store=2; PRAGMA "
			 "foreign_keys=ON; "
			 "PRAGMA trusted_schema=OFF; PRAGMA journal_size_limit=%d;",
			 LITE_BUSY_MS, (long long)cache_kib, MMAP_BYTES, JOURNAL_LIMIT_BYTES);
	int rc = sqlite3_exec(c->h, sql, NULL, NULL, NULL);
	if (rc == SQLITE_OK && writer) {
		snprintf(sql, sizeof sql,
				 "PRAGMA page_size=%d; PRAGMA journal_mode=WAL; PRAGMA synchronous=%s; PRAGMA wal_autocheckpoint=0;",
				 PAGE_BYTES, ls->scratch ? "OFF" : "FULL");
		rc = sqlite3_exec(c->h, sql, NULL, NULL, NULL);
	}
	if (rc == SQLITE_OK && !writer) rc = sqlite3_exec(c->h, "PRAGMA query_only=1;", NULL, NULL, NULL);
	return rc;
}

static int open_handle(const LiteStore *ls, LiteConn *c, bool writer)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
				(ls->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
	int rc = sqlite3_open_v2(ls->path, &c->h, flags, NULL);
	if (rc == SQLITE_OK) lite_map_share(c, ls->map);
	if (rc == SQLITE_OK) rc = snowball_register(c->h);
	if (rc == SQLITE_OK) rc = lite_scan_register(c);
	if (rc == SQLITE_OK) rc = apply_settings(ls, c, writer);
	if (rc != SQLITE_OK) return rc;
	sqlite3_progress_handler(c->h, PROGRESS_OPS, on_progress, c);
	if (writer) sqlite3_wal_hook(c->h, on_commit, c);
	return SQLITE_OK;
}

static int prepare_fixed(LiteConn *c)
{
	static const char *const SQL[FIXED_N] = {
		[FIXED_BEGIN] = "BEGIN",          [FIXED_BEGIN_WRITE] = "BEGIN IMMEDIATE", [FIXED_COMMIT] = "COMMIT",
		[FIXED_ROLLBACK] = "ROLLBACK",    [FIXED_SAVE] = "SAVEPOINT one",          [FIXED_RELEASE] = "RELEASE one",
		[FIXED_UNDO] = "ROLLBACK TO one",
	};
	int rc = SQLITE_OK;
	for (int i = 0; rc == SQLITE_OK && i < FIXED_N; i++)
		rc = sqlite3_prepare_v3(c->h, SQL[i], -1, SQLITE_PREPARE_PERSISTENT, &c->fixed[i], NULL);
	return rc;
}

Status lite_conn_open(Ctx *cx, LiteStore *ls, bool writer, LiteConn **ret_conn)
{
	Arena *a = arena_new(CONN_ARENA_BYTES);
	LiteConn *c = ARENA_NEW(a, LiteConn, 1);
	c->arena = a;
	c->db = (Db){.ops = ls->store.ops, .store = &ls->store, .writable = writer};
	c->generation = atomic_load(&ls->generation);
	int rc = open_handle(ls, c, writer);
	if (rc == SQLITE_OK) rc = prepare_fixed(c);
	if (rc != SQLITE_OK) {
		Status st = lite_fail(cx, c, ls->path, rc);
		lite_conn_close(c);
		return st == ST_OK ? ST_INTERNAL : st;
	}
	*ret_conn = c;
	return ST_OK;
}

void lite_conn_close(LiteConn *c)
{
	for (int i = 0; i < c->stmts_n; i++) sqlite3_finalize(c->stmts[i].st);
	for (int i = 0; i < FIXED_N; i++) sqlite3_finalize(c->fixed[i]);
	if (c->h) BUG_IF(sqlite3_close(c->h) != SQLITE_OK);
	arena_free(c->arena);
}

int lite_fixed(LiteConn *c, LiteFixed which)
{
	// Of what a transaction wrote nothing is asked for any more.
	bool anew = which == FIXED_BEGIN_WRITE || which == FIXED_ROLLBACK;
	if (c->wal && anew) c->wal->lost = SQLITE_OK;
	int rc = sqlite3_step(c->fixed[which]);
	sqlite3_reset(c->fixed[which]);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static size_t slot_of(const DbQuery *q)
{
	return (size_t)(((uint64_t)(uintptr_t)q >> 3) * 0x9e3779b97f4a7c15u >> 32) & (LITE_INDEX_SLOTS - 1);
}

static void index_add(LiteConn *c, int at)
{
	size_t slot = slot_of(c->stmts[at].q);
	while (c->index[slot]) slot = (slot + 1) & (LITE_INDEX_SLOTS - 1);
	c->index[slot] = (uint16_t)(at + 1);
}

static LiteStmt *find_stmt(LiteConn *c, const DbQuery *q)
{
	for (size_t slot = slot_of(q); c->index[slot]; slot = (slot + 1) & (LITE_INDEX_SLOTS - 1)) {
		LiteStmt *s = &c->stmts[c->index[slot] - 1];
		if (s->q == q) return s;
	}
	return NULL;
}

// A free place for a statement; NULL if all are busy. Giving one up is rare, so the index is simply made anew.
static LiteStmt *take_place(LiteConn *c)
{
	if (c->stmts_n < LITE_STMTS_MAX) return &c->stmts[c->stmts_n++];
	LiteStmt *old = NULL;
	for (int i = 0; i < c->stmts_n; i++) {
		LiteStmt *s = &c->stmts[i];
		if (!s->busy && (!old || s->used < old->used)) old = s;
	}
	if (!old) return NULL;
	sqlite3_finalize(old->st);
	old->q = NULL;
	memset(c->index, 0, sizeof c->index);
	for (int i = 0; i < c->stmts_n; i++)
		if (c->stmts[i].q) index_add(c, i);
	return old;
}

static Status use_new(Ctx *cx, LiteConn *c, const DbQuery *q, bool keep, LiteUse *ret_use)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v3(c->h, q->lite, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &st, NULL);
	if (rc != SQLITE_OK) return lite_fail(cx, c, q->name, rc);
	LiteStmt *place = keep ? take_place(c) : NULL;
	if (place) {
		*place = (LiteStmt){.q = q, .st = st, .used = ++c->clock, .busy = true};
		index_add(c, (int)(place - c->stmts));
	}
	*ret_use = (LiteUse){.conn = c, .st = st, .cached = place};
	return ST_OK;
}

Status lite_use(Ctx *cx, LiteConn *c, const DbQuery *q, LiteUse *ret_use)
{
	LiteStmt *s = find_stmt(c, q);
	if (!s || s->busy) return use_new(cx, c, q, !s, ret_use);
	s->busy = true;
	s->used = ++c->clock;
	*ret_use = (LiteUse){.conn = c, .st = s->st, .cached = s};
	return ST_OK;
}

void lite_unuse(LiteUse *use)
{
	if (!use->cached) {
		sqlite3_finalize(use->st);
		return;
	}
	sqlite3_reset(use->st);
	use->cached->busy = false;
}
