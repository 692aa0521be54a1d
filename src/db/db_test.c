// SPDX-License-Identifier: AGPL-3.0-or-later
// What db.h promises, on every engine there is: SQLite always, PostgreSQL when HEARTH_TEST_PG names a server
// (tools/pg-test.sh make quick U=db).
#include "test.h"

#include "db/db_test_kit.h"

#include <pthread.h>

static Status add_two(Ctx *cx, Tx *tx, void *arg)
{
	const Id *ids = arg;
	TRY(tx_exec(cx, tx, &ITEM_ADD, &(Item){.id = ids[0], .name = S("first"), .n_null = true}, NULL));
	return tx_exec(cx, tx, &ITEM_ADD, &(Item){.id = ids[1], .name = S("second"), .n_null = true}, NULL);
}

static void values_survive(Ctx *cx, Store *s)
{
	char bytes[256];
	for (int i = 0; i < 256; i++) bytes[i] = (char)i;
	Item full = {.id = INT64_MAX,
				 .name = S("Käse 🧀 'x' \\ \"y\""),
				 .data = {bytes, sizeof bytes},
				 .n = INT64_MIN,
				 .score = -0.1,
				 .flag = true,
				 .at_ms = 5};
	assert_ok(cx, write_one(cx, s, &ITEM_ADD, &full));
	Item got = item_get(cx, s, INT64_MAX);
	assert_str_equal(got.name, "Käse 🧀 'x' \\ \"y\"");
	assert_int_equal(got.data.n, 256);
	assert_memory_equal(got.data.p, bytes, 256);
	assert_true(got.n == INT64_MIN && !got.n_null);
	assert_true(got.score == -0.1);
	assert_true(got.flag);
	assert_int_equal(got.at_ms, 5);
	assert_int_equal(got.parent_id, 0);
}
TEST(db_values_survive) { on_engines(values_survive); }

static void empty_is_not_null(Ctx *cx, Store *s)
{
	Item empty = {.id = 1, .name = S(""), .data = S(""), .n = 0, .score = 1e300};
	Item nulls = {.id = 2, .name = S("n"), .n_null = true};
	assert_ok(cx, write_one(cx, s, &ITEM_ADD, &empty));
	assert_ok(cx, write_one(cx, s, &ITEM_ADD, &nulls));
	Item got = item_get(cx, s, 1);
	assert_true(got.name.p && got.name.n == 0);
	assert_true(got.data.p && got.data.n == 0);
	assert_true(!got.n_null && got.score == 1e300);
	assert_false(got.flag);
	got = item_get(cx, s, 2);
	assert_null(got.data.p);
	assert_true(got.n == 0 && got.n_null);
	assert_int_equal(got.at_ms, 0);
}
TEST(db_empty_is_not_null) { on_engines(empty_is_not_null); }

static void absent_rows(Ctx *cx, Store *s)
{
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, s, &db));
	Item got = {.id = 77};
	bool found = true;
	uint32_t before = cx->queries;
	assert_ok(cx, db_find(cx, db, &ITEM_GET, &(ItemKey){5}, &got, &found));
	assert_false(found);
	assert_status(cx, db_get(cx, db, &ITEM_GET, &(ItemKey){5}, &got), ST_NOT_FOUND);
	assert_int_equal(got.id, 77);
	DbRows rows = {0};
	assert_ok(cx, db_list(cx, db, &ITEM_LIST, &(ItemKey){0}, &rows));
	assert_int_equal(rows.n, 0);
	assert_int_equal(cx->queries - before, 3);
}
TEST(db_absent_rows) { on_engines(absent_rows); }

static void constraints_have_statuses(Ctx *cx, Store *s)
{
	assert_ok(cx, store_write(cx, s, add_two, (Id[]){1, 2}));
	assert_status(cx, store_write(cx, s, add_two, (Id[]){3, 1}), ST_CONFLICT);
	assert_status(cx, write_one(cx, s, &ITEM_ADD, &(Item){.id = 9, .name = S("first")}), ST_CONFLICT);
	assert_status(cx, write_one(cx, s, &ITEM_ADD, &(Item){.id = 9, .name = S("x"), .parent_id = 1000}), ST_INVALID);
	assert_status(cx, write_one(cx, s, &ITEM_ADD, &(Item){.id = 9, .name = S("x"), .n = 1000}), ST_INVALID);
	assert_status(cx, write_one(cx, s, &ITEM_RENAME, &(Rename){.id = 1, .name = str_none()}), ST_INVALID);
	assert_int_equal(count_items(cx, s), 2); // nothing of what failed stayed
	StoreStats st;
	store_stats(s, &st);
	assert_int_equal(st.write_failures, 5);
	assert_int_equal(st.readers_busy, 0);
}
TEST(db_constraints_have_statuses) { on_engines(constraints_have_statuses); }

static Status add_or_rename(Ctx *cx, Tx *tx, void *arg)
{
	int *runs = arg;
	++*runs;
	TRY(tx_exec(cx, tx, &ITEM_ADD, &(Item){.id = 50, .name = S("kept")}, NULL));
	Status st = tx_exec(cx, tx, &ITEM_ADD, &(Item){.id = 1, .name = S("again")}, NULL);
	if (st != ST_CONFLICT) return st == ST_OK ? ST_INTERNAL : st;
	fail_clear(cx);
	field_error(cx, "name", "error.test"); // a run that does not count leaves none behind
	int64_t changed = 0;
	TRY(tx_exec(cx, tx, &ITEM_RENAME, &(Rename){.id = 1, .name = S("again")}, &changed));
	return changed == 1 ? ST_OK : ST_INTERNAL;
}

static Status ignore_failure(Ctx *cx, Tx *tx, UNUSED void *arg)
{
	TRY(tx_exec(cx, tx, &ITEM_ADD, &(Item){.id = 60, .name = S("also kept")}, NULL));
	if (tx_exec(cx, tx, &ITEM_ADD, &(Item){.id = 1, .name = S("x")}, NULL) == ST_OK) return ST_INTERNAL;
	fail_clear(cx);
	return ST_OK;
}

static void goes_on_after_a_failure(Ctx *cx, Store *s)
{
	int runs = 0;
	assert_ok(cx, store_write(cx, s, add_two, (Id[]){1, 2}));
	uint32_t before = cx->queries;
	assert_ok(cx, store_write(cx, s, add_or_rename, &runs));
	assert_int_equal(cx->field_errors_n, 1);
	assert_int_equal(cx->queries - before, 3);
	assert_ok(cx, store_write(cx, s, ignore_failure, NULL));
	assert_int_equal(count_items(cx, s), 4);
}
TEST(db_goes_on_after_a_failure) { on_engines(goes_on_after_a_failure); }

static Status counts_and_reads(Ctx *cx, Tx *tx, void *arg)
{
	int64_t changed = -1;
	TRY(tx_exec(cx, tx, &ITEM_RENAME, &(Rename){.id = 404, .name = S("x")}, &changed));
	if (changed != 0) return ST_INTERNAL;
	TRY(tx_exec(cx, tx, &ITEM_ADD, &(Item){.id = 7, .name = S("seven")}, &changed));
	if (changed != 1) return ST_INTERNAL;
	ItemCount *count = arg; // its own write is seen
	return db_get(cx, tx_db(tx), &ITEM_COUNT, NULL, count);
}

static void tx_reads_its_writes(Ctx *cx, Store *s)
{
	ItemCount count = {0};
	assert_ok(cx, store_write(cx, s, counts_and_reads, &count));
	assert_int_equal(count.n, 1);
	Bumped got = {0};
	Returning r = {.key = {7}, .row = &got};
	assert_ok(cx, store_write(cx, s, bump_returning, &r)); // a write that gives rows
	assert_int_equal(got.n, 1);
}
TEST(db_tx_reads_its_writes) { on_engines(tx_reads_its_writes); }

static void readers_keep_their_snapshot(Ctx *cx, Store *s)
{
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, s, &db));
	ItemCount before, after;
	assert_ok(cx, db_get(cx, db, &ITEM_COUNT, NULL, &before));
	assert_ok(cx, store_write(cx, s, add_two, (Id[]){1, 2}));
	assert_ok(cx, db_get(cx, db, &ITEM_COUNT, NULL, &after));
	assert_int_equal(after.n, before.n);
	assert_int_equal(count_items(cx, s), 2);
	assert_status(cx, db_get(cx, db, &ITEM_BUMP, &(ItemKey){1}, &after), ST_INTERNAL); // a reader does not write
}
TEST(db_readers_keep_their_snapshot) { on_engines(readers_keep_their_snapshot); }

typedef struct Walk {
	Ctx *cx;
	Db *db;
	int64_t sum, rows, stop_at;
} Walk;

static Status walk_one(void *arg, const void *row)
{
	Walk *w = arg;
	int64_t n = ((const ItemCount *)row)->n;
	w->sum += n;
	if (++w->rows == w->stop_at) return fail(w->cx, ST_LIMITED, "enough");
	if (w->rows % 400) return ST_OK;
	ItemCount count; // the same statement runs inside and outside
	TRY(db_get(w->cx, w->db, &ITEM_COUNT, NULL, &count));
	return w->rows == 400 ? db_each(w->cx, w->db, &NUMBERS, &(ItemKey){3}, walk_one, &(Walk){.cx = w->cx, .db = w->db})
						  : ST_OK;
}

static void each_streams(Ctx *cx, Store *s)
{
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, s, &db));
	Walk w = {.cx = cx, .db = db};
	assert_ok(cx, db_each(cx, db, &NUMBERS, &(ItemKey){2000}, walk_one, &w));
	assert_int_equal(w.rows, 2000);
	assert_int_equal(w.sum, 2001000);
	w = (Walk){.cx = cx, .db = db, .stop_at = 3};
	assert_status(cx, db_each(cx, db, &NUMBERS, &(ItemKey){2000}, walk_one, &w), ST_LIMITED);
	assert_int_equal(w.rows, 3);
	DbRows rows = {0};
	assert_ok(cx, db_list(cx, db, &NUMBERS, &(ItemKey){30}, &rows));
	assert_int_equal(((ItemCount *)rows.v)[29].n, 30);
	assert_status(cx, db_list(cx, db, &NUMBERS, &(ItemKey){DB_ROWS_MAX + 1}, &rows), ST_TOO_LARGE);
	assert_int_equal(rows.n, 30); // untouched on failure
}
TEST(db_each_streams) { on_engines(each_streams); }

static void deadline_ends_a_query(Ctx *cx, Store *s)
{
	AUTO(Db) db = NULL;
	ItemCount count;
	assert_ok(cx, db_begin(cx, s, &db));
	assert_ok(cx, db_get(cx, db, &ITEM_COUNT, NULL, &count));
	db_deadline(db, 50);
	int64_t start = time_mono_ns();
	assert_status(cx, db_get(cx, db, &NUMBERS_SUM, &(ItemKey){100000000}, &count), ST_TIMEOUT);
	assert_true(time_mono_ns() - start < (int64_t)5000000000);
	db_end(db);
	db = NULL;
	assert_int_equal(count_items(cx, s), 0);
}
TEST(db_deadline_ends_a_query) { on_engines(deadline_ends_a_query); }

#define THREADS 8
#define STEPS 15

static const char FAILED[] = "failed";

static void *bump_many(void *arg)
{
	Store *s = arg;
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	Ctx cx = {.arena = a, .now_ms = TEST_TIME, .rng = &RNG_SYSTEM};
	for (int i = 0; i < STEPS; i++)
		if (store_write(&cx, s, read_add_write, &(ItemKey){1}) != ST_OK) return (void *)(uintptr_t)FAILED;
	return NULL;
}

// Read, add in C, write: nothing may get lost, whoever does it at the same time, and nobody is told to come again.
static void writes_are_serial(Ctx *cx, Store *s)
{
	pthread_t t[THREADS];
	assert_ok(cx, store_write(cx, s, add_two, (Id[]){1, 2}));
	for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&t[i], NULL, bump_many, s), 0);
	for (int i = 0; i < THREADS; i++) {
		void *why = NULL;
		pthread_join(t[i], &why);
		assert_null(why);
	}
	assert_int_equal(item_get(cx, s, 1).n, THREADS * STEPS);
}
TEST(db_writes_are_serial) { on_engines(writes_are_serial); }

static void is_done(WriteOp *op, Status st)
{
	int *calls = op->arg;
	*calls += st == ST_CONFLICT ? 1 : 100;
}

static Status conflict(Ctx *cx, UNUSED Tx *tx, UNUSED void *arg) { return fail(cx, ST_CONFLICT, "on purpose"); }

static void submit_calls_done_once(Ctx *cx, Store *s)
{
	int calls = 0;
	WriteOp op = {.cx = cx, .run = conflict, .arg = &calls, .done = is_done};
	store_submit(s, &op);
	assert_ok(cx, store_write(cx, s, add_two, (Id[]){1, 2})); // after it, so it is done
	assert_int_equal(calls, 1);
}
TEST(db_submit_calls_done_once) { on_engines(submit_calls_done_once); }

static void prepare_refuses(Ctx *cx, Store *s)
{
	assert_ok(cx, store_prepare(cx, s, &ITEM_ADD));
	assert_ok(cx, store_prepare(cx, s, &ITEM_GET));
	assert_ok(cx, store_prepare(cx, s, &NUMBERS));
	DbQuery wrong = ITEM_GET;
	wrong.cols_n--;
	assert_status(cx, store_prepare(cx, s, &wrong), ST_INTERNAL);
	wrong.lite = wrong.pg = "SELECT nothing FROM item";
	assert_status(cx, store_prepare(cx, s, &wrong), ST_INTERNAL);
}
TEST(db_prepare_refuses) { on_engines(prepare_refuses); }

static void migrations_are_guarded(Ctx *cx, Store *s)
{
	MigrationSet again = {ITEM_MIGRATIONS, ITEM_MIGRATIONS_N};
	assert_ok(cx, store_migrate(cx, s, &again, 1));
	Migration v[2] = {ITEM_MIGRATIONS[0],
					  {.owner = "test", .number = 3, .name = "0003_x", .sql = "SELECT 1;", .sql_len = 9}};
	assert_status(cx, store_migrate(cx, s, &(MigrationSet){v, 2}, 1), ST_INVALID); // 2 is missing
	v[1].number = 2;
	v[1].sql = "CREATE TABLE late (id ID PRIMARY KEY); CREATE TABLE late (id ID PRIMARY KEY);";
	v[1].sql_len = strlen(v[1].sql);
	assert_true(store_migrate(cx, s, &(MigrationSet){v, 2}, 1) != ST_OK); // and takes the first back with it
	v[1].sql_len = 39;
	assert_ok(cx, store_migrate(cx, s, &(MigrationSet){v, 2}, 1));
	assert_status(cx, store_migrate(cx, s, &again, 1), ST_UNSUPPORTED); // an older program
	v[0].sql_len -= 1;
	assert_status(cx, store_migrate(cx, s, &(MigrationSet){v, 2}, 1), ST_CONFLICT); // a changed text
	assert_ok(cx, store_check(cx, s));
}
TEST(db_migrations_are_guarded) { on_engines(migrations_are_guarded); }

static void more_statements_than_places(Ctx *cx, Store *s)
{
	enum { N = 600 };
	DbQuery *q = ARENA_NEW(cx->arena, DbQuery, N);
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, s, &db));
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < N; i++) {
			ItemCount count;
			q[i] = ITEM_COUNT;
			assert_ok(cx, db_get(cx, db, &q[i], NULL, &count));
		}
}
TEST(db_more_statements_than_places) { on_engines(more_statements_than_places); }

static void readers_are_bounded(Ctx *cx, Store *s)
{
	Db *db[3] = {0};
	for (size_t i = 0; i < COUNTOF(db); i++) assert_ok(cx, db_begin(cx, s, &db[i]));
	StoreStats st;
	store_stats(s, &st);
	assert_int_equal(st.readers_busy, 3);
	for (size_t i = 0; i < COUNTOF(db); i++) db_end(db[i]);
}
TEST(db_readers_are_counted) { on_engines(readers_are_bounded); }
