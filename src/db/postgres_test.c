// SPDX-License-Identifier: AGPL-3.0-or-later
// What only PostgreSQL has: connections that are lost, transactions that are run again, schemas, types.
#include "test.h"

#include "db/db_test_kit.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>

static void on_server(const char *sql)
{
	PGconn *c = PQconnectdb(getenv("HEARTH_TEST_PG"));
	PGresult *r = PQexec(c, sql);
	ExecStatusType k = PQresultStatus(r);
	if (k != PGRES_COMMAND_OK && k != PGRES_TUPLES_OK) fail_msg("%s: %s", sql, PQerrorMessage(c));
	PQclear(r);
	PQfinish(c);
}

// Ends the connections of this schema only; waits until they are gone.
static void kill_connections(Str schema)
{
	char sql[400];
	snprintf(sql, sizeof sql,
			 "SELECT pg_terminate_backend(l.pid, 5000) FROM (SELECT DISTINCT pid FROM pg_stat_activity "
			 "WHERE application_name = 'hearth-%.*s') l",
			 STR(schema));
	on_server(sql);
}

static Status name_connection(Ctx *cx, Tx *tx, void *arg)
{
	Str name = str_format(cx->arena, "SELECT set_config('application_name', 'hearth-%s', false) IS NULL",
						  (const char *)arg);
	DbQuery *q = ARENA_NEW(cx->arena, DbQuery, 1);
	*q = ITEM_COUNT;
	q->pg = name.p;
	ItemCount count;
	return db_get(cx, tx_db(tx), q, NULL, &count);
}

static void name_reader(Ctx *cx, Db *db, Str schema)
{
	Str name = str_format(cx->arena, "SELECT set_config('application_name', 'hearth-%.*s', false) IS NULL",
						  STR(schema));
	DbQuery *q = ARENA_NEW(cx->arena, DbQuery, 1);
	*q = ITEM_COUNT;
	q->pg = name.p;
	ItemCount count;
	assert_ok(cx, db_get(cx, db, q, NULL, &count));
}

static Store *open_or_skip(Ctx *cx, Str *ret_schema)
{
	Store *s = pg_test_open(cx, 1, ret_schema);
	if (!s) SKIP("HEARTH_TEST_PG is not set; tools/pg-test.sh sets it");
	return s;
}

TEST(postgres_idle_connections_may_die)
{
	Ctx *cx = test_ctx();
	Str schema;
	Store *s = open_or_skip(cx, &schema);
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, s, &db));
	name_reader(cx, db, schema);
	db_end(db);
	assert_ok(cx, store_write(cx, s, name_connection, str_z(cx->arena, schema)));
	kill_connections(schema);
	assert_ok(cx, db_begin(cx, s, &db));
	ItemCount count;
	assert_ok(cx, db_get(cx, db, &ITEM_COUNT, NULL, &count));
	db_end(db);
	db = NULL;
	assert_ok(cx, write_one(cx, s, &ITEM_ADD, &(Item){.id = 1, .name = S("a")}));
	assert_int_equal(count_items(cx, s), 1);
	pg_test_done(s, schema);
}

TEST(postgres_a_snapshot_is_lost_with_its_connection)
{
	Ctx *cx = test_ctx();
	Str schema;
	Store *s = open_or_skip(cx, &schema);
	Db *db = NULL;
	ItemCount count;
	assert_ok(cx, db_begin(cx, s, &db));
	name_reader(cx, db, schema);
	kill_connections(schema);
	assert_status(cx, db_get(cx, db, &ITEM_COUNT, NULL, &count), ST_IO);
	assert_status(cx, db_get(cx, db, &ITEM_COUNT, NULL, &count), ST_IO); // no other snapshot in the same Db
	db_end(db);
	assert_int_equal(count_items(cx, s), 0);
	pg_test_done(s, schema);
}

typedef struct Killed {
	Str schema;
	int runs;
} Killed;

static Status killed_in_the_middle(Ctx *cx, Tx *tx, void *arg)
{
	Killed *k = arg;
	TRY(tx_exec(cx, tx, &ITEM_ADD, &(Item){.id = 1, .name = S("a")}, NULL));
	if (k->runs++ == 0) {
		TRY(name_connection(cx, tx, str_z(cx->arena, k->schema)));
		kill_connections(k->schema);
	}
	return tx_exec(cx, tx, &ITEM_ADD, &(Item){.id = 2, .name = S("b")}, NULL);
}

TEST(postgres_a_write_survives_its_connection)
{
	Ctx *cx = test_ctx();
	Str schema;
	Store *s = open_or_skip(cx, &schema);
	Killed k = {.schema = schema};
	assert_ok(cx, store_write(cx, s, killed_in_the_middle, &k));
	assert_int_equal(k.runs, 2);
	assert_int_equal(count_items(cx, s), 2);
	StoreStats st;
	store_stats(s, &st);
	assert_int_equal(st.reopened, 1);
	pg_test_done(s, schema);
}

static Status killed_at_commit(Ctx *cx, Tx *tx, void *arg)
{
	TRY(tx_exec(cx, tx, &ITEM_ADD, &(Item){.id = 1, .name = S("a")}, NULL));
	TRY(name_connection(cx, tx, arg));
	kill_connections(str_from(arg));
	return ST_OK;
}

TEST(postgres_a_lost_commit_is_unknown)
{
	Ctx *cx = test_ctx();
	Str schema;
	Store *s = open_or_skip(cx, &schema);
	assert_status(cx, store_write(cx, s, killed_at_commit, str_z(cx->arena, schema)), ST_IO);
	assert_ok(cx, write_one(cx, s, &ITEM_ADD, &(Item){.id = 2, .name = S("b")}));
	assert_int_equal(count_items(cx, s), 1);
	pg_test_done(s, schema);
}

TEST(postgres_refuses_what_it_cannot_read)
{
	Ctx *cx = test_ctx();
	Str schema;
	Store *s = open_or_skip(cx, &schema);
	DbQuery q = ITEM_COUNT;
	q.pg = "SELECT sum(n) FROM item"; // numeric
	assert_status(cx, store_prepare(cx, s, &q), ST_INTERNAL);
	q.pg = "SELECT CAST(sum(n) AS BIGINT) FROM item";
	assert_ok(cx, store_prepare(cx, s, &q));
	assert_status(cx, write_one(cx, s, &ITEM_ADD, &(Item){.id = 1, .name = {"a\0b", 3}}), ST_INVALID);
	assert_status(cx, write_one(cx, s, &ITEM_ADD, &(Item){.id = 1, .name = S("\xff")}), ST_INVALID);
	pg_test_done(s, schema);
}

TEST(postgres_schemas_are_apart)
{
	Ctx *cx = test_ctx();
	Str one, two;
	Store *a = open_or_skip(cx, &one), *b = open_or_skip(cx, &two);
	assert_ok(cx, write_one(cx, a, &ITEM_ADD, &(Item){.id = 1, .name = S("a")}));
	assert_int_equal(count_items(cx, b), 0);
	pg_test_done(a, one);
	pg_test_done(b, two);
	Store *s = NULL;
	const char *url = getenv("HEARTH_TEST_PG");
	assert_status(cx, store_open(cx, &(StoreConfig){.url = str_from(url), .schema = S("a\"b")}, &s), ST_INVALID);
	assert_status(cx, store_open(cx, &(StoreConfig){.url = S("postgresql://nobody@127.0.0.1:1/none")}, &s), ST_IO);
	assert_null(s);
}

static void *migrate_thread(void *arg)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	Ctx cx = {.arena = a, .now_ms = TEST_TIME, .rng = &RNG_SYSTEM};
	Store *s = NULL;
	MigrationSet set = {ITEM_MIGRATIONS, ITEM_MIGRATIONS_N};
	Status st = store_open(&cx, &(StoreConfig){.url = str_from(getenv("HEARTH_TEST_PG")), .schema = *(const Str *)arg},
						   &s);
	if (st == ST_OK) st = store_migrate(&cx, s, &set, 1);
	if (st != ST_OK) print_error("%s: %.*s\n", status_name(st), STR(cx.fail_text));
	store_close(s);
	return (void *)(uintptr_t)st;
}

typedef struct Cross {
	Store *s;
	pthread_barrier_t *both;
	Id first, second;
	int runs;
	Status st;
} Cross;

static Status bump_both(Ctx *cx, Tx *tx, void *arg)
{
	Cross *x = arg;
	Bumped row;
	TRY(bump_returning(cx, tx, &(Returning){.key = {x->first}, .row = &row}));
	if (x->runs++ == 0) pthread_barrier_wait(x->both);
	return bump_returning(cx, tx, &(Returning){.key = {x->second}, .row = &row});
}

static void *cross_thread(void *arg)
{
	Cross *x = arg;
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	Ctx cx = {.arena = a, .now_ms = TEST_TIME, .rng = &RNG_SYSTEM};
	x->st = store_write(&cx, x->s, bump_both, x);
	return NULL;
}

TEST(postgres_deadlocks_are_run_again)
{
	Ctx *cx = test_ctx();
	Str schema;
	Store *unused = open_or_skip(cx, &schema), *s = NULL;
	assert_ok(cx, store_open(cx, &(StoreConfig){.url = str_from(getenv("HEARTH_TEST_PG")), .schema = schema}, &s));
	assert_ok(cx, write_one(cx, s, &ITEM_ADD, &(Item){.id = 1, .name = S("a")}));
	assert_ok(cx, write_one(cx, s, &ITEM_ADD, &(Item){.id = 2, .name = S("b")}));
	pthread_barrier_t both;
	pthread_barrier_init(&both, NULL, 2);
	Cross x[2] = {{.s = s, .both = &both, .first = 1, .second = 2}, {.s = s, .both = &both, .first = 2, .second = 1}};
	pthread_t t[2];
	for (size_t i = 0; i < 2; i++) assert_int_equal(pthread_create(&t[i], NULL, cross_thread, &x[i]), 0);
	for (size_t i = 0; i < 2; i++) pthread_join(t[i], NULL);
	pthread_barrier_destroy(&both);
	assert_int_equal(x[0].st, ST_OK);
	assert_int_equal(x[1].st, ST_OK);
	assert_true(x[0].runs + x[1].runs > 2);
	assert_int_equal(item_get(cx, s, 1).n, 2);
	assert_int_equal(item_get(cx, s, 2).n, 2);
	store_close(s);
	pg_test_done(unused, schema);
}

// Several nodes start at once on an empty database.
TEST(postgres_nodes_migrate_at_once)
{
	Ctx *cx = test_ctx();
	Str schema;
	Store *s = open_or_skip(cx, &schema);
	char fresh[80];
	snprintf(fresh, sizeof fresh, "%.*s_x", STR(schema));
	Str name = str_from(fresh);
	pthread_t t[6];
	for (size_t i = 0; i < COUNTOF(t); i++) assert_int_equal(pthread_create(&t[i], NULL, migrate_thread, &name), 0);
	uintptr_t bad = 0;
	for (size_t i = 0; i < COUNTOF(t); i++) {
		void *st = NULL;
		pthread_join(t[i], &st);
		bad |= (uintptr_t)st;
	}
	char drop[120];
	snprintf(drop, sizeof drop, "DROP SCHEMA \"%s\" CASCADE", fresh);
	on_server(drop);
	assert_int_equal(bad, 0);
	pg_test_done(s, schema);
}

TEST(postgres_reads_only_when_told)
{
	Ctx *cx = test_ctx();
	Str schema;
	Store *s = open_or_skip(cx, &schema), *r = NULL;
	assert_ok(cx,
			  store_open(cx,
						 &(StoreConfig){.url = str_from(getenv("HEARTH_TEST_PG")), .schema = schema, .read_only = true},
						 &r));
	assert_status(cx, write_one(cx, r, &ITEM_ADD, &(Item){.id = 1, .name = S("a")}), ST_UNSUPPORTED);
	assert_int_equal(count_items(cx, r), 0);
	store_close(r);
	pg_test_done(s, schema);
}
