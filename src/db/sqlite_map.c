// SPDX-License-Identifier: AGPL-3.0-or-later
// All connections of a store read the database file through one map of it. SQLite would map it once for each connection,
// not beyond 2 GiB, and anew whenever another connection has committed: with a commit each second a quarter of the work of
// a page was faults. One map is faulted in once for all threads, and what one read is near for the next. It reaches far
// behind the end of the file, so that it need not move as that grows; what of it may be read is up to the file's end, which
// is looked at whenever SQLite, told of another connection's commit, would unmap.
#include "db/sqlite_impl.h"

#include <stddef.h>
#include <sys/mman.h>

#define MAP_BYTES ((size_t)16 << 30) // of addresses; what lies behind is read into SQLite's cache

static LiteMap *map_of(sqlite3_file *file)
{
	return (LiteMap *)((uintptr_t)file->pMethods - offsetof(LiteMap, methods));
}

static int look(sqlite3_file *file)
{
	LiteMap *m = map_of(file);
	int rc = m->base->xFileSize(file, &m->file_bytes);
	if (rc != SQLITE_OK || m->file_bytes < 0) m->file_bytes = 0;
	m->file_bytes = i64_min(m->file_bytes, MAP_BYTES);
	return rc;
}

// No page: SQLite reads it then. Where the page that it asked for last is, in the map or in its cache, sqlite_scan.c wants to know.
static int fetch(sqlite3_file *file, sqlite3_int64 at, int bytes, void **ret_page)
{
	LiteMap *m = map_of(file);
	bool mapped = at >= 0 && at <= m->file_bytes - bytes;
	*ret_page = mapped ? (void *)(m->at + (uintptr_t)at) : NULL;
	if (mapped) m->page = *ret_page, m->page_bytes = (size_t)bytes;
	return SQLITE_OK;
}

static int read_page(sqlite3_file *file, void *page, int bytes, sqlite3_int64 at)
{
	LiteMap *m = map_of(file);
	int rc = m->base->xRead(file, page, bytes, at);
	if (rc == SQLITE_OK) m->page = page, m->page_bytes = (size_t)bytes;
	return rc;
}

// An address of NULL means "unmap".
static int unfetch(sqlite3_file *file, UNUSED sqlite3_int64 at, void *page) { return page ? SQLITE_OK : look(file); }

// The size of SQLite's own map stays 0: a checkpoint that makes the file longer would map it too.
static int control(sqlite3_file *file, int op, void *arg)
{
	return op == SQLITE_FCNTL_MMAP_SIZE ? SQLITE_NOTFOUND : map_of(file)->base->xFileControl(file, op, arg);
}

uintptr_t lite_map_file(int fd)
{
	void *p = mmap(NULL, MAP_BYTES, PROT_READ, MAP_SHARED, fd, 0);
	return p == MAP_FAILED ? 0 : (uintptr_t)p;
}

void lite_unmap_file(uintptr_t map)
{
	if (map) munmap((void *)map, MAP_BYTES);
}

void lite_map_share(LiteConn *c, uintptr_t map)
{
	sqlite3_file *file = NULL;
	int rc = map ? sqlite3_file_control(c->h, "main", SQLITE_FCNTL_FILE_POINTER, &file) : SQLITE_ERROR;
	if (rc != SQLITE_OK || !file || !file->pMethods || file->pMethods->iVersion < 3) return; // it works without
	c->map = (LiteMap){.methods = *file->pMethods, .base = file->pMethods, .at = map};
	c->map.methods.xFetch = fetch;
	c->map.methods.xRead = read_page;
	c->map.methods.xUnfetch = unfetch;
	c->map.methods.xFileControl = control;
	file->pMethods = &c->map.methods;
	(void)look(file); // nothing is mapped if it fails
}
