// SPDX-License-Identifier: AGPL-3.0-or-later
// What only SQLite has: the writer thread and its group commit, faults, the file.
#include "db/sqlite_impl.h"
#include "test.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

typedef struct Pair {
	Id id;
	Str text;
} Pair;

static const DbField PAIR[] = {
	{.name = "id", .type = DB_ID, .offset = offsetof(Pair, id)},
	{.name = "text", .type = DB_TEXT, .offset = offsetof(Pair, text)},
};
static const DbQuery PUT = {
	.name = "put", .lite = "INSERT INTO pair VALUES (?1, ?2)", .params = PAIR, .params_n = 2, .writes = true};
static const DbQuery COUNT = {
	.name = "count", .lite = "SELECT count(*) FROM pair", .cols = PAIR, .cols_n = 1, .row_bytes = sizeof(Pair)};
static const DbQuery LIST = {.name = "list",
							 .lite = "SELECT id, text FROM pair ORDER BY id",
							 .cols = PAIR,
							 .cols_n = 2,
							 .row_bytes = sizeof(Pair)};

static const char SCHEMA[] = "CREATE TABLE pair (id ID PRIMARY KEY, text TEXT NOT NULL);";
static const Migration MIGRATION[] = {
	{.owner = "test", .number = 1, .name = "0001_pair", .sql = SCHEMA, .sql_len = sizeof SCHEMA - 1}};

static Store *open_at(Ctx *cx, Str url)
{
	Store *s = NULL;
	const MigrationSet set = {MIGRATION, 1};
	assert_ok(cx, store_open(cx, &(StoreConfig){.url = url}, &s));
	assert_ok(cx, store_migrate(cx, s, &set, 1));
	return s;
}

static int64_t count(Ctx *cx, Store *s)
{
	AUTO(Db) db = NULL;
	Pair row = {0};
	assert_ok(cx, db_begin(cx, s, &db));
	assert_ok(cx, db_get(cx, db, &COUNT, NULL, &row));
	return row.id;
}

static Status put(Ctx *cx, Tx *tx, void *arg) { return tx_exec(cx, tx, &PUT, arg, NULL); }

static Status put_then_fail(Ctx *cx, Tx *tx, void *arg)
{
	TRY(put(cx, tx, arg));
	return fail(cx, ST_INVALID, "the rule says no");
}

// Holds the writer thread until the test has queued what it wants in one batch.
typedef struct Gate {
	pthread_mutex_t lock;
	pthread_cond_t change;
	bool held, open;
} Gate;

static Status hold(Ctx *cx, Tx *tx, void *arg)
{
	(void)cx, (void)tx;
	Gate *g = arg;
	pthread_mutex_lock(&g->lock);
	g->held = true;
	pthread_cond_broadcast(&g->change);
	while (!g->open) pthread_cond_wait(&g->change, &g->lock);
	pthread_mutex_unlock(&g->lock);
	return ST_OK;
}

static void wait_held(Gate *g)
{
	pthread_mutex_lock(&g->lock);
	while (!g->held) pthread_cond_wait(&g->change, &g->lock);
	pthread_mutex_unlock(&g->lock);
}

static void open_gate(Gate *g)
{
	pthread_mutex_lock(&g->lock);
	g->open = true;
	pthread_cond_broadcast(&g->change);
	pthread_mutex_unlock(&g->lock);
}

typedef struct Sub {
	WriteOp op;
	Ctx cx;
	Pair pair;
	atomic_int finished;
	Status status;
} Sub;

static void sub_done(WriteOp *op, Status st)
{
	Sub *s = (Sub *)(void *)((char *)op - offsetof(Sub, op));
	s->status = st;
	atomic_store(&s->finished, 1 + s->finished);
}

static Sub *sub_new(Ctx *cx, Id id, TxFn fn)
{
	Sub *s = ARENA_NEW(cx->arena, Sub, 1);
	s->cx = *cx;
	s->cx.arena = arena_new((size_t)1 << 20);
	s->pair = (Pair){id, S("x")};
	s->op = (WriteOp){.cx = &s->cx, .run = fn, .arg = &s->pair, .done = sub_done};
	return s;
}

TEST(sqlite_group_commit_isolates_failures)
{
	Ctx *cx = test_ctx();
	Store *s = open_at(cx, S(":memory:"));
	Gate gate = {.lock = PTHREAD_MUTEX_INITIALIZER, .change = PTHREAD_COND_INITIALIZER};
	Sub *first = sub_new(cx, 0, hold), *subs[50];
	first->op.arg = &gate;
	StoreStats before, after;
	store_submit(s, &first->op);
	wait_held(&gate);
	store_stats(s, &before);
	for (int i = 0; i < 50; i++) {
		// Every fifth breaks a rule after it wrote, every seventh repeats an id.
		subs[i] = sub_new(cx, i % 7 == 6 ? i : i + 1, i % 5 == 4 ? put_then_fail : put);
		store_submit(s, &subs[i]->op);
	}
	open_gate(&gate);
	assert_ok(cx, store_write(cx, s, put, &(Pair){1000, S("last")}));
	store_stats(s, &after);
	int good = 1;
	for (int i = 0; i < 50; i++) {
		assert_int_equal(atomic_load(&subs[i]->finished), 1);
		Status want = i % 5 == 4 ? ST_INVALID : ST_OK;
		if (i % 7 == 6 && i % 5 != 0) want = ST_CONFLICT; // the id before is taken, unless that write failed
		assert_int_equal(subs[i]->status, want);
		good += subs[i]->status == ST_OK;
	}
	assert_int_equal(count(cx, s), good);
	assert_true(after.commits - before.commits <= 3); // the held one, the fifty, perhaps the last
	assert_int_equal(after.queue_depth, 0);
	for (int i = 0; i < 50; i++) arena_free(subs[i]->cx.arena);
	arena_free(first->cx.arena);
	store_close(s);
}

static Status put_counted(Ctx *cx, Tx *tx, void *arg)
{
	Pair *row = arg;
	row->text.n++; // how often it ran
	return tx_exec(cx, tx, &PUT, &(Pair){row->id, S("x")}, NULL);
}

static Status refuse(Ctx *cx, Tx *tx, void *arg)
{
	(void)tx, (void)arg;
	field_error(cx, "x", "error.x");
	return fail(cx, ST_INVALID, "refused before anything was written");
}

// Three writes in one batch, the second as given; how often the first ran.
static size_t batch_runs(Ctx *cx, Store *s, Id id, TxFn second, Status want)
{
	Gate gate = {.lock = PTHREAD_MUTEX_INITIALIZER, .change = PTHREAD_COND_INITIALIZER};
	Sub *first = sub_new(cx, 0, hold), *subs[3];
	first->op.arg = &gate;
	store_submit(s, &first->op);
	wait_held(&gate);
	int64_t before = count(cx, s);
	for (int i = 0; i < 3; i++) {
		subs[i] = sub_new(cx, id + i, i == 1 ? second : put_counted);
		subs[i]->pair.text = (Str){"xxxxxxxx", 0};
		store_submit(s, &subs[i]->op);
	}
	open_gate(&gate);
	assert_ok(cx, store_write(cx, s, put, &(Pair){id + 3, S("last")}));
	for (int i = 0; i < 3; i++) assert_int_equal(subs[i]->status, i == 1 ? want : ST_OK);
	assert_int_equal(subs[1]->cx.field_errors_n, second == refuse ? 1 : 0);
	assert_int_equal(count(cx, s) - before, want == ST_OK ? 4 : 3);
	size_t runs = subs[0]->pair.text.n;
	for (int i = 0; i < 3; i++) arena_free(subs[i]->cx.arena);
	arena_free(first->cx.arena);
	return runs;
}

TEST(sqlite_batches_run_again_only_when_spoilt)
{
	Ctx *cx = test_ctx();
	Store *s = open_at(cx, S(":memory:"));
	assert_int_equal(batch_runs(cx, s, 10, put_counted, ST_OK), 1);
	assert_int_equal(batch_runs(cx, s, 20, refuse, ST_INVALID), 1);        // nothing to undo
	assert_int_equal(batch_runs(cx, s, 30, put_then_fail, ST_INVALID), 2); // all again, each in a SAVEPOINT
	store_close(s);
}

TEST(sqlite_queue_is_bounded)
{
	Ctx *cx = test_ctx();
	Store *s = open_at(cx, S(":memory:"));
	Gate gate = {.lock = PTHREAD_MUTEX_INITIALIZER, .change = PTHREAD_COND_INITIALIZER};
	Sub *first = sub_new(cx, 0, hold);
	first->op.arg = &gate;
	store_submit(s, &first->op);
	wait_held(&gate);
	Sub *subs = ARENA_NEW(cx->arena, Sub, STORE_QUEUE_MAX + 1);
	Arena *shared = arena_new(ARENA_CAP_BYTES);
	for (int i = 0; i <= STORE_QUEUE_MAX; i++) {
		subs[i].cx = *cx;
		subs[i].cx.arena = i < STORE_QUEUE_MAX ? shared : cx->arena; // those queued are run by one thread, in order
		subs[i].pair = (Pair){i + 1, S("x")};
		subs[i].op = (WriteOp){.cx = &subs[i].cx, .run = put, .arg = &subs[i].pair, .done = sub_done};
		store_submit(s, &subs[i].op);
	}
	assert_int_equal(subs[STORE_QUEUE_MAX].finished, 1);
	assert_int_equal(subs[STORE_QUEUE_MAX].status, ST_BUSY);
	open_gate(&gate);
	store_close(s); // waits for what was queued
	for (int i = 0; i < STORE_QUEUE_MAX; i++) assert_int_equal(subs[i].status, ST_OK);
	arena_free(shared);
	arena_free(first->cx.arena);
}

// A full disk, seen from one process: RLIMIT_FSIZE makes write() fail with EFBIG.
TEST(sqlite_reopens_after_a_fault)
{
	Ctx *cx = test_ctx();
	struct rlimit old, low;
	Store *s = open_at(cx, str_format(cx->arena, "%s/a.db", test_dir()));
	assert_ok(cx, store_write(cx, s, put, &(Pair){1, S("before")}));
	assert_int_equal(count(cx, s), 1); // a reader of the old generation is now in the pool
	size_t n = 1 << 20;
	char *big = arena_alloc(cx->arena, n, 1);
	memset(big, 'x', n);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	low = old;
	low.rlim_cur = 256 << 10;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
	Status st = store_write(cx, s, put, &(Pair){2, {big, n}});
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_true(st == ST_IO || st == ST_FULL);
	StoreStats stats;
	store_stats(s, &stats);
	assert_int_equal(stats.reopened, 1);
	assert_ok(cx, store_write(cx, s, put, &(Pair){3, S("after")}));
	assert_int_equal(count(cx, s), 2);
	assert_ok(cx, store_check(cx, s));
	store_close(s);
}

typedef struct Crowd {
	Store *s;
	int from;
} Crowd;

static void *submit_some(void *arg)
{
	const Crowd *c = arg;
	IdSource ids = {.node = 1};
	Ctx cx = {.arena = arena_new(ARENA_CAP_BYTES), .ids = &ids};
	intptr_t bad = 0;
	for (int i = 0; i < 20; i++) bad += store_write(&cx, c->s, put, &(Pair){c->from + i, S("crowd")}) != ST_OK;
	arena_free(cx.arena);
	return (void *)bad;
}

static void *read_some(void *arg)
{
	const Crowd *c = arg;
	Ctx cx = {.arena = arena_new(ARENA_CAP_BYTES)};
	intptr_t bad = 0;
	for (int i = 0; i < 30; i++) {
		Db *db = NULL;
		Pair row;
		DbRows rows;
		if (db_begin(&cx, c->s, &db) != ST_OK) {
			bad++;
			continue;
		}
		// One snapshot: the count and the list agree, whatever is written meanwhile.
		bad += db_get(&cx, db, &COUNT, NULL, &row) != ST_OK || db_list(&cx, db, &LIST, NULL, &rows) != ST_OK ||
			   (size_t)row.id != rows.n;
		db_end(db);
		arena_reset(cx.arena);
	}
	arena_free(cx.arena);
	return (void *)bad;
}

TEST(sqlite_64_submitters)
{
	Ctx *cx = test_ctx();
	Store *s = open_at(cx, str_format(cx->arena, "%s/a.db", test_dir()));
	pthread_t threads[64], readers[6];
	Crowd crowd[64];
	void *bad;
	for (int i = 0; i < 64; i++) {
		crowd[i] = (Crowd){s, i * 100 + 1};
		assert_int_equal(pthread_create(&threads[i], NULL, submit_some, &crowd[i]), 0);
		if (i < 6) assert_int_equal(pthread_create(&readers[i], NULL, read_some, &crowd[0]), 0);
	}
	for (int i = 0; i < 64; i++) {
		pthread_join(threads[i], &bad);
		assert_null(bad);
		if (i >= 6) continue;
		pthread_join(readers[i], &bad);
		assert_null(bad);
	}
	assert_int_equal(count(cx, s), 64 * 20);
	StoreStats stats;
	store_stats(s, &stats);
	assert_int_equal(stats.writes, 64 * 20 + 1);
	assert_true(stats.commits < stats.writes / 2); // they were grouped
	assert_int_equal(stats.readers_busy, 0);
	store_close(s);
}

TEST(sqlite_file_is_private_and_survives)
{
	Ctx *cx = test_ctx();
	Str path = str_format(cx->arena, "%s/a.db", test_dir());
	Store *s = open_at(cx, path);
	struct stat st;
	assert_int_equal(stat(str_z(cx->arena, path), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_ok(cx, store_write(cx, s, put, &(Pair){1, S("kept")}));
	store_close(s);
	assert_int_equal(stat(str_z(cx->arena, str_format(cx->arena, "%.*s-wal", STR(path))), &st), -1);
	s = open_at(cx, path);
	assert_int_equal(count(cx, s), 1);
	store_close(s);
	assert_ok(cx, store_open(cx, &(StoreConfig){.url = path, .read_only = true}, &s));
	assert_int_equal(count(cx, s), 1);
	assert_status(cx, store_write(cx, s, put, &(Pair){2, S("no")}), ST_UNSUPPORTED);
	store_close(s);
	assert_status(cx, store_open(cx, &(StoreConfig){.url = S("/nonexistent/a.db")}, &s), ST_IO);
}

TEST(sqlite_backup_while_in_use)
{
	Ctx *cx = test_ctx();
	Store *s = open_at(cx, S(":memory:")), *copy;
	Str path = str_format(cx->arena, "%s/copy.db", test_dir());
	for (int i = 1; i <= 100; i++) assert_ok(cx, store_write(cx, s, put, &(Pair){i, S("x")}));
	pthread_t thread;
	Crowd crowd = {s, 1000};
	assert_int_equal(pthread_create(&thread, NULL, submit_some, &crowd), 0);
	assert_ok(cx, store_backup(cx, s, path));
	pthread_join(thread, NULL);
	assert_int_not_equal(store_backup(cx, s, path), ST_OK); // never over an existing file
	copy = open_at(cx, path);
	assert_ok(cx, store_check(cx, copy));
	assert_true(count(cx, copy) >= 100);
	store_close(copy);
	store_close(s);
}

TEST(sqlite_more_statements_than_places)
{
	Ctx *cx = test_ctx();
	Store *s = open_at(cx, S(":memory:"));
	enum { N = LITE_STMTS_MAX + 50 };
	DbQuery *many = ARENA_NEW(cx->arena, DbQuery, N);
	Db *db = NULL;
	assert_ok(cx, db_begin(cx, s, &db));
	for (int round = 0; round < 3; round++)
		for (int i = 0; i < N; i++) {
			Pair row = {0};
			many[i] = (DbQuery){.name = "n",
								.lite = str_z(cx->arena, str_format(cx->arena, "SELECT %d", i)),
								.cols = PAIR,
								.cols_n = 1,
								.row_bytes = sizeof(Pair)};
			assert_ok(cx, db_get(cx, db, &many[i], NULL, &row));
			assert_int_equal(row.id, i);
		}
	db_end(db);
	store_close(s);
}

TEST(sqlite_deadline_ends_a_slow_query)
{
	Ctx *cx = test_ctx();
	Store *s = open_at(cx, S(":memory:"));
	static const DbQuery SLOW = {
		.name = "slow",
		.lite = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 100000000) SELECT count(*) "
				"FROM c",
		.cols = PAIR,
		.cols_n = 1,
		.row_bytes = sizeof(Pair),
	};
	Db *db = NULL;
	Pair row = {0};
	assert_ok(cx, db_begin(cx, s, &db));
	db_deadline(db, 5);
	assert_status(cx, db_get(cx, db, &SLOW, NULL, &row), ST_TIMEOUT);
	db_deadline(db, 0);
	assert_ok(cx, db_get(cx, db, &COUNT, NULL, &row));
	db_end(db);
	store_close(s);
}

// How many maps of the file there are, and where the last one begins.
static size_t maps_of(Str path, unsigned long *ret_from)
{
	size_t found = 0;
	char line[600];
	FILE *f = fopen("/proc/self/maps", "r");
	assert_non_null(f);
	while (fgets(line, sizeof line, f)) {
		size_t n = strcspn(line, "\n");
		if (n <= path.n || memcmp(line + n - path.n, path.p, path.n) != 0 || !strstr(line, " r--s ")) continue;
		*ret_from = strtoul(line, NULL, 16);
		found++;
	}
	fclose(f);
	return found;
}

static off_t file_bytes(Str path)
{
	struct stat st;
	assert_int_equal(stat(str_z(test_arena(), path), &st), 0);
	return st.st_size;
}

static void put_bytes(Ctx *cx, Store *s, Id id, size_t bytes)
{
	char *p = arena_alloc(cx->arena, bytes, 1);
	memset(p, 'x', bytes);
	Pair row = {.id = id, .text = {p, bytes}};
	assert_ok(cx, store_write(cx, s, put, &row));
}

// What others commit is seen through one map that stays where it is, also when the file grows.
TEST(sqlite_has_one_map_for_all_connections)
{
	Ctx *cx = test_ctx();
	Str path = str_format(cx->arena, "%s/map.db", test_dir());
	Id id = 1;
	unsigned long from = 0, now = 0;
	Store *s = open_at(cx, path);
	put_bytes(cx, s, id++, 5 << 20);
	store_close(s); // brings it from the WAL into the file
	assert_int_equal(maps_of(path, &from), 0);
	s = open_at(cx, path);
	assert_int_equal(count(cx, s), 1);
	assert_int_equal(maps_of(path, &from), 1);
	for (int i = 0; i < 20; i++) {
		put_bytes(cx, s, id++, 100000);
		assert_int_equal(count(cx, s), id - 1);
	}
	off_t before = file_bytes(path);
	for (int i = 0; i < 2; i++) put_bytes(cx, s, id++, 5 << 20);
	for (int i = 0; i < 1000 && file_bytes(path) < before + (8 << 20);
		 i++) { // the writer moves the WAL while nothing waits
		put_bytes(cx, s, id++, 10);
		assert_int_equal(count(cx, s), id - 1);
	}
	assert_true(file_bytes(path) > before + (8 << 20));
	assert_int_equal(maps_of(path, &now), 1);
	assert_int_equal(now, from);
	Db *db = NULL;
	DbRows rows;
	assert_ok(cx, db_begin(cx, s, &db));
	assert_ok(cx, db_list(cx, db, &LIST, NULL, &rows));
	assert_int_equal(rows.n, id - 1);
	for (size_t i = 0; i < rows.n; i++) {
		const Pair *row = (const Pair *)rows.v + i;
		assert_true(row->text.n && row->text.p[0] == 'x' && row->text.p[row->text.n - 1] == 'x');
	}
	db_end(db);
	store_close(s);
}

static void copy_file(Str from, Str to)
{
	Arena *a = test_arena();
	FILE *in = fopen(str_z(a, from), "rb"), *out = fopen(str_z(a, to), "wb");
	char part[65536];
	assert_true(in && out);
	for (size_t n; (n = fread(part, 1, sizeof part, in)) > 0;) assert_int_equal(fwrite(part, 1, n, out), n);
	assert_int_equal(fclose(in) | fclose(out), 0);
}

// What the machine would find if it stopped now.
static int64_t count_after_crash(Ctx *cx, Str path, int nth)
{
	Str copy = str_format(cx->arena, "%.*s.%d", STR(path), nth);
	copy_file(path, copy);
	copy_file(str_format(cx->arena, "%.*s-wal", STR(path)), str_format(cx->arena, "%.*s-wal", STR(copy)));
	Store *s = open_at(cx, copy);
	assert_ok(cx, store_check(cx, s));
	int64_t n = count(cx, s);
	store_close(s);
	return n;
}

static int full(UNUSED sqlite3_file *file, UNUSED const void *p, UNUSED int bytes, UNUSED sqlite3_int64 at)
{
	return SQLITE_FULL;
}

// Held frames that cannot be written: nothing of that transaction is written any more, so that it cannot be committed.
TEST(sqlite_lost_frames_end_their_transaction)
{
	Ctx *cx = test_ctx();
	Str path = str_format(cx->arena, "%s/a.db", test_dir());
	Store *s = open_at(cx, path);
	for (Id id = 1; id < 3; id++) assert_ok(cx, store_write(cx, s, put, &(Pair){id, S("before")}));
	LiteConn *c = ((LiteStore *)s)->writer.conn; // its thread waits for work
	sqlite3_file *wal = NULL;
	assert_int_equal(sqlite3_file_control(c->h, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal), SQLITE_OK);
	const sqlite3_io_methods *base = c->wal->base;
	sqlite3_io_methods fails = *base;
	fails.xWrite = full;
	char frame[64] = {0}, back[64];
	sqlite3_int64 bytes;
	assert_int_equal(wal->pMethods->xFileSize(wal, &bytes), SQLITE_OK);
	c->wal->base = &fails;
	assert_int_equal(wal->pMethods->xWrite(wal, frame, sizeof frame, bytes), SQLITE_OK); // held
	assert_int_equal(wal->pMethods->xRead(wal, back, sizeof back, 0), SQLITE_FULL);
	c->wal->base = base; // there is room again, too late
	assert_int_equal(wal->pMethods->xWrite(wal, frame, sizeof frame, bytes + 64), SQLITE_FULL);
	assert_int_equal(wal->pMethods->xSync(wal, SQLITE_SYNC_NORMAL), SQLITE_FULL);
	assert_ok(cx, store_write(cx, s, put, &(Pair){3, S("after")}));
	assert_int_equal(count_after_crash(cx, path, 0), 3);
	store_close(s);
}

// The writer's frames are held until they are synced: whatever is told is in the files, also where a transaction is larger than
// the cache, so that some of its pages are written and read back before it ends, well or not.
TEST(sqlite_what_is_told_is_in_the_files)
{
	Ctx *cx = test_ctx();
	Str path = str_format(cx->arena, "%s/a.db", test_dir());
	Store *s = open_at(cx, path);
	char *p = arena_alloc(cx->arena, 20 << 20, 1);
	memset(p, 'y', 20 << 20);
	Id id = 1;
	for (int nth = 0; nth < 4; nth++) {
		assert_ok(cx, store_write(cx, s, put, &(Pair){id++, S("small")}));
		assert_int_equal(count_after_crash(cx, path, 3 * nth), id - 1);
		assert_status(cx, store_write(cx, s, put_then_fail, &(Pair){id, {p, (size_t)1 << 18 << nth * 2}}), ST_INVALID);
		assert_int_equal(count_after_crash(cx, path, 3 * nth + 1), id - 1);
		put_bytes(cx, s, id++, (size_t)1 << 18 << nth * 2);
		assert_int_equal(count_after_crash(cx, path, 3 * nth + 2), id - 1);
	}
	assert_ok(cx, store_check(cx, s));
	store_close(s);
}
