// SPDX-License-Identifier: AGPL-3.0-or-later
// The writer hands over its frames together. SQLite writes a commit's frames one by one, the head of 24 bytes and the page each
// by a call of its own: some fifty calls for a post. What follows upon what was written last is held until SQLite syncs, reads,
// asks or cuts the file; so nothing is told of a commit, to other connections or to people, before it has been written, and what
// a crash may lose is what was not synced, as ever. An error of writing comes when the held frames are written, to that call
// and all that follow in the transaction: SQLite takes those frames for written, so it must not be able to commit behind them.
#include "db/sqlite_impl.h"

#include <stddef.h>
#include <string.h>

static LiteWal *wal_of(sqlite3_file *file)
{
	return (LiteWal *)((uintptr_t)file->pMethods - offsetof(LiteWal, methods));
}

static int write_held(sqlite3_file *file)
{
	LiteWal *w = wal_of(file);
	if (w->held_n && w->lost == SQLITE_OK) w->lost = w->base->xWrite(file, w->held, (int)w->held_n, w->at);
	w->held_n = 0;
	return w->lost;
}

static int hold(sqlite3_file *file, const void *p, int bytes, sqlite3_int64 at)
{
	LiteWal *w = wal_of(file);
	size_t n = (size_t)bytes;
	bool follows = at == w->at + (sqlite3_int64)w->held_n && n <= LITE_WAL_HELD_BYTES - w->held_n;
	int rc = follows ? w->lost : write_held(file);
	if (rc != SQLITE_OK || n > LITE_WAL_HELD_BYTES) return rc == SQLITE_OK ? w->base->xWrite(file, p, bytes, at) : rc;
	if (!w->held_n) w->at = at;
	memcpy(w->held + w->held_n, p, n);
	w->held_n += n;
	return SQLITE_OK;
}

static int sync_all(sqlite3_file *file, int flags)
{
	int rc = write_held(file);
	return rc == SQLITE_OK ? wal_of(file)->base->xSync(file, flags) : rc;
}

static int read_back(sqlite3_file *file, void *p, int bytes, sqlite3_int64 at)
{
	int rc = write_held(file);
	return rc == SQLITE_OK ? wal_of(file)->base->xRead(file, p, bytes, at) : rc;
}

static int cut(sqlite3_file *file, sqlite3_int64 bytes)
{
	int rc = write_held(file);
	return rc == SQLITE_OK ? wal_of(file)->base->xTruncate(file, bytes) : rc;
}

static int size_of(sqlite3_file *file, sqlite3_int64 *ret_bytes)
{
	int rc = write_held(file);
	return rc == SQLITE_OK ? wal_of(file)->base->xFileSize(file, ret_bytes) : rc;
}

void lite_wal_hold(LiteConn *c)
{
	sqlite3_file *file = NULL;
	int rc = sqlite3_file_control(c->h, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
	if (rc != SQLITE_OK || !file || !file->pMethods) return; // it works without
	LiteWal *w = ARENA_NEW(c->arena, LiteWal, 1);
	w->methods = *file->pMethods;
	w->base = file->pMethods;
	w->methods.xWrite = hold;
	w->methods.xSync = sync_all;
	w->methods.xRead = read_back;
	w->methods.xTruncate = cut;
	w->methods.xFileSize = size_of;
	file->pMethods = &w->methods;
	c->wal = w;
}
