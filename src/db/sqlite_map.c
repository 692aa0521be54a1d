// SPDX-License-Identifier: AGPL-3.0-or-later
// Whenever another connection has committed, SQLite gives up its map of the database file, so that the next reads fault
// every page in again: with a commit each second a quarter of the work of a page. The map is of the file itself and shows
// what is written to it. It has to be made anew only when the file became shorter, or so much longer that what is behind
// the map matters; SQLite reads that part into its cache instead. So that one call is looked at here before it is passed
// on. What SQLite maps, and when, stays its own business.
#include "db/sqlite_impl.h"

#include <stddef.h>

#define BEHIND_MAX_BYTES (4 << 20)

// Fetched pages are given back by their address; an address of NULL means "unmap".
static int unfetch(sqlite3_file *file, sqlite3_int64 at, void *page)
{
	LiteMap *m = (LiteMap *)((uintptr_t)file->pMethods - offsetof(LiteMap, methods));
	if (page) return m->base->xUnfetch(file, at, page);
	sqlite3_int64 bytes = 0;
	int rc = m->base->xFileSize(file, &bytes);
	if (rc == SQLITE_OK && bytes >= m->file_bytes && bytes - m->file_bytes <= BEHIND_MAX_BYTES) return SQLITE_OK;
	m->file_bytes = rc == SQLITE_OK ? bytes : INT64_MAX;
	return m->base->xUnfetch(file, at, NULL);
}

void lite_map_keep(LiteConn *c)
{
	sqlite3_file *file = NULL;
	int rc = sqlite3_file_control(c->h, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	if (rc != SQLITE_OK || !file || !file->pMethods || file->pMethods->iVersion < 3) return; // it works without
	c->map = (LiteMap){.methods = *file->pMethods, .base = file->pMethods};
	if (c->map.base->xFileSize(file, &c->map.file_bytes) != SQLITE_OK) return;
	c->map.methods.xUnfetch = unfetch;
	file->pMethods = &c->map.methods;
}
