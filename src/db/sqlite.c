// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/sqlite_impl.h"

#include "base/time.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define STORE_ARENA_BYTES ((size_t)64 << 10)
#define READERS_DEFAULT 4
#define READER_WAIT_S 10
#define CACHE_DEFAULT_KIB 512

static void drop_reader(LiteStore *ls, LiteConn *c)
{
	lite_conn_close(c);
	pthread_mutex_lock(&ls->lock);
	ls->open_n--;
	pthread_cond_signal(&ls->returned);
	pthread_mutex_unlock(&ls->lock);
}

// An idle connection, or the right to open one (*ret_conn NULL).
static Status take_reader(Ctx *cx, LiteStore *ls, LiteConn **ret_conn)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += READER_WAIT_S;
	pthread_mutex_lock(&ls->lock);
	int rc = 0;
	while (!ls->idle && ls->open_n >= ls->readers_max && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&ls->returned, &ls->lock, &until);
	LiteConn *c = ls->idle;
	bool may_open = !c && ls->open_n < ls->readers_max;
	if (c) ls->idle = c->next;
	else if (may_open) ls->open_n++;
	if (c || may_open) ls->busy_n++;
	pthread_mutex_unlock(&ls->lock);
	*ret_conn = c;
	return c || may_open ? ST_OK : fail(cx, ST_BUSY, "no reader became free in %d s", READER_WAIT_S);
}

static void give_up_reader(LiteStore *ls)
{
	pthread_mutex_lock(&ls->lock);
	ls->open_n--;
	ls->busy_n--;
	pthread_cond_signal(&ls->returned);
	pthread_mutex_unlock(&ls->lock);
}

static Status lite_begin(Ctx *cx, Store *s, Db **ret_db)
{
	LiteStore *ls = (LiteStore *)s;
	LiteConn *c;
	TRY(take_reader(cx, ls, &c));
	if (c && c->generation != atomic_load(&ls->generation)) {
		lite_conn_close(c);
		c = NULL;
	}
	Status st = c ? ST_OK : lite_conn_open(cx, ls, false, &c);
	if (st != ST_OK) {
		give_up_reader(ls);
		return st;
	}
	int rc = lite_fixed(c, FIXED_BEGIN);
	if (rc != SQLITE_OK) {
		st = lite_fail(cx, c, "begin", rc);
		lite_conn_close(c);
		give_up_reader(ls);
		return st;
	}
	*ret_db = &c->db;
	return ST_OK;
}

static void lite_end(Db *db)
{
	LiteStore *ls = (LiteStore *)db->store;
	LiteConn *c = (LiteConn *)db;
	c->deadline_ns = 0;
	bool sound = lite_fixed(c, FIXED_COMMIT) == SQLITE_OK && c->generation == atomic_load(&ls->generation);
	pthread_mutex_lock(&ls->lock);
	ls->busy_n--;
	if (sound) {
		c->next = ls->idle;
		ls->idle = c;
		pthread_cond_signal(&ls->returned);
	}
	pthread_mutex_unlock(&ls->lock);
	if (!sound) drop_reader(ls, c);
}

static void lite_deadline(Db *db, int64_t ms)
{
	((LiteConn *)db)->deadline_ns = ms > 0 ? time_mono_ns() + ms * 1000000 : 0;
}

static Status lite_script(Ctx *cx, Db *db, const char *sql)
{
	LiteConn *c = (LiteConn *)db;
	int rc = sqlite3_exec(c->h, sql, NULL, NULL, NULL);
	return rc == SQLITE_OK ? ST_OK : lite_fail(cx, c, "script", rc);
}

static Status lite_prepare(Ctx *cx, Store *s, const DbQuery *q)
{
	LiteStore *ls = (LiteStore *)s;
	LiteConn *c;
	TRY(lite_conn_open(cx, ls, false, &c));
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(c->h, q->lite, -1, &st, NULL);
	Status status = rc == SQLITE_OK ? ST_OK : lite_fail(cx, c, q->name, rc);
	if (status == ST_OK && sqlite3_column_count(st) != q->cols_n)
		status = fail(cx, ST_INTERNAL, "%s gives %d columns", q->name, sqlite3_column_count(st));
	if (status == ST_OK && sqlite3_bind_parameter_count(st) > q->params_n)
		status = fail(cx, ST_INTERNAL, "%s has more parameters", q->name);
	sqlite3_finalize(st);
	lite_conn_close(c);
	return status;
}

static Status sync_path(Ctx *cx, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int rc = fd < 0 ? -1 : fsync(fd), saved = errno;
	if (fd >= 0) close(fd);
	return rc == 0 ? ST_OK : fail(cx, saved == ENOSPC ? ST_FULL : ST_IO, "%s: %s", path, strerror(saved));
}

// VACUUM INTO copies one snapshot in one pass; writers go on meanwhile. It does not sync, so that is done here.
static Status lite_backup(Ctx *cx, Store *s, Str path)
{
	LiteStore *ls = (LiteStore *)s;
	const char *to = str_z(cx->arena, path);
	LiteConn *c;
	sqlite3_stmt *st = NULL;
	TRY(lite_conn_open(cx, ls, false, &c));
	int rc = sqlite3_exec(c->h, "PRAGMA query_only=0", NULL, NULL, NULL);
	if (rc == SQLITE_OK) rc = sqlite3_prepare_v2(c->h, "VACUUM INTO ?1", -1, &st, NULL);
	if (rc == SQLITE_OK) rc = sqlite3_bind_text64(st, 1, path.p, path.n, SQLITE_STATIC, SQLITE_UTF8);
	if (rc == SQLITE_OK) rc = sqlite3_step(st) == SQLITE_DONE ? SQLITE_OK : sqlite3_extended_errcode(c->h);
	Status status = rc == SQLITE_OK ? ST_OK : lite_fail(cx, c, "backup", rc);
	sqlite3_finalize(st);
	lite_conn_close(c);
	TRY(status);
	TRY(sync_path(cx, to));
	char *slash = strrchr(to, '/');
	if (!slash) return sync_path(cx, ".");
	*slash = 0;
	return sync_path(cx, slash == to ? "/" : to);
}

static Status check_pragma(Ctx *cx, LiteConn *c, const char *sql, bool any_row_is_bad)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(c->h, sql, -1, &st, NULL);
	if (rc == SQLITE_OK) rc = sqlite3_step(st);
	const char *text = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(st, 0) : NULL;
	Status status = ST_OK;
	if (rc == SQLITE_ROW && (any_row_is_bad || !text || strcmp(text, "ok") != 0))
		status = fail(cx, ST_IO, "%s: %s", sql, text ? text : "finding");
	else if (rc != SQLITE_ROW && rc != SQLITE_DONE) status = lite_fail(cx, c, sql, rc);
	sqlite3_finalize(st);
	return status;
}

static Status lite_check(Ctx *cx, Store *s)
{
	LiteConn *c;
	TRY(lite_conn_open(cx, (LiteStore *)s, false, &c));
	Status st = check_pragma(cx, c, "PRAGMA integrity_check(1)", false);
	if (st == ST_OK) st = check_pragma(cx, c, "PRAGMA foreign_key_check", true);
	lite_conn_close(c);
	return st;
}

static void lite_stats(Store *s, StoreStats *ret_stats)
{
	LiteStore *ls = (LiteStore *)s;
	ret_stats->commits = atomic_load(&ls->commits);
	ret_stats->writes = atomic_load(&ls->writes);
	ret_stats->write_failures = atomic_load(&ls->write_failures);
	ret_stats->reopened = atomic_load(&ls->reopened);
	pthread_mutex_lock(&ls->lock);
	ret_stats->readers_busy = ls->busy_n;
	pthread_mutex_unlock(&ls->lock);
	pthread_mutex_lock(&ls->writer.lock);
	ret_stats->queue_depth = (int64_t)ls->writer.depth;
	pthread_mutex_unlock(&ls->writer.lock);
}

static void remove_scratch(const LiteStore *ls)
{
	static const char *const ENDS[] = {"", "-wal", "-shm"};
	char path[4200];
	for (size_t i = 0; i < COUNTOF(ENDS); i++) {
		size_t n = strlen(ls->path), m = strlen(ENDS[i]);
		if (n + m >= sizeof path) return;
		memcpy(path, ls->path, n);
		memcpy(path + n, ENDS[i], m + 1);
		unlink(path);
	}
}

static void lite_close(Store *s)
{
	LiteStore *ls = (LiteStore *)s;
	BUG_IF(ls->busy_n != 0); // a Db that was not ended
	for (LiteConn *c = ls->idle, *next; c; c = next) {
		next = c->next;
		lite_conn_close(c);
	}
	lite_writer_stop(ls); // last, so that closing it empties the WAL
	lite_unmap_file(ls->map);
	if (ls->scratch) remove_scratch(ls);
	pthread_mutex_destroy(&ls->lock);
	pthread_cond_destroy(&ls->returned);
	pthread_mutex_destroy(&ls->writer.lock);
	pthread_cond_destroy(&ls->writer.wake);
	arena_free(ls->store.arena);
}

static const EngineOps LITE_OPS = {
	.kind = DB_SQLITE,
	.close = lite_close,
	.begin = lite_begin,
	.end = lite_end,
	.deadline = lite_deadline,
	.find = lite_find,
	.list = lite_list,
	.each = lite_each,
	.exec = lite_exec,
	.script = lite_script,
	.prepare = lite_prepare,
	.backup = lite_backup,
	.check = lite_check,
	.submit = lite_submit,
	.is_writer = lite_is_writer,
	.stats = lite_stats,
};

// The file is made before SQLite sees it, so that nobody else may read it. ":memory:" is a private file in memory: only
// a file with a WAL shows readers and writers that do not wait for each other.
static Status make_file(Ctx *cx, LiteStore *ls, Str url)
{
	ls->scratch = str_eq(url, S(":memory:"));
	if (ls->scratch) {
		const char *tmp = getenv("TMPDIR"), *dir = tmp && *tmp                     ? tmp
												   : access("/dev/shm", W_OK) == 0 ? "/dev/shm"
																				   : "/tmp";
		Arena *a = ls->store.arena;
		ls->path = str_z(a, str_format(a, "%s/hearth-%d-%lld", dir, (int)getpid(), (long long)time_mono_ns()));
	} else {
		ls->path = str_z(ls->store.arena, url);
		if (ls->read_only) return ST_OK;
	}
	int fd = open(ls->path, O_RDWR | O_CREAT | O_CLOEXEC | (ls->scratch ? O_EXCL : 0), 0600);
	if (fd < 0) {
		ls->scratch = false; // not ours to remove
		return fail(cx, ST_IO, "%s: %s", ls->path, strerror(errno));
	}
	ls->map = lite_map_file(fd);
	close(fd); // now, and not when a connection has the file open: that would give up its locks
	return ST_OK;
}

Status lite_open(Ctx *cx, const StoreConfig *config, Store **ret_store)
{
	// SQLite counts its memory, for a figure that nobody here reads, under a lock of the whole process taken at every allocation.
	// That is refused, and merely costs, once something has used SQLite.
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (config->url.n == 0) return fail(cx, ST_INVALID, "the path of the database is empty");
	Arena *a = arena_new(STORE_ARENA_BYTES);
	LiteStore *ls = ARENA_NEW(a, LiteStore, 1);
	ls->store = (Store){.ops = &LITE_OPS, .arena = a};
	ls->read_only = config->read_only;
	ls->readers_max = config->readers > 0 ? config->readers : READERS_DEFAULT;
	if (ls->readers_max > LITE_READERS_MAX) ls->readers_max = LITE_READERS_MAX;
	ls->cache_kib = config->cache_kib > 0 ? config->cache_kib : CACHE_DEFAULT_KIB;
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&ls->lock, NULL);
	pthread_cond_init(&ls->returned, &attr);
	pthread_mutex_init(&ls->writer.lock, NULL);
	pthread_cond_init(&ls->writer.wake, &attr);
	pthread_condattr_destroy(&attr);
	Status st = make_file(cx, ls, config->url);
	if (st == ST_OK && !ls->read_only) st = lite_writer_start(cx, ls);
	if (st != ST_OK) {
		lite_close(&ls->store);
		return st;
	}
	*ret_store = &ls->store;
	return ST_OK;
}
