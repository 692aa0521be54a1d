// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"

#include "db/db_test_kit.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <unistd.h>

static const DbField ITEM_FIELDS[] = {
	{.name = "id", .type = DB_ID, .offset = offsetof(Item, id)},
	{.name = "name", .type = DB_TEXT, .offset = offsetof(Item, name)},
	{.name = "data", .type = DB_BLOB, .nullable = true, .offset = offsetof(Item, data)},
	{.name = "n", .type = DB_INT, .nullable = true, .offset = offsetof(Item, n), .null_offset = offsetof(Item, n_null)},
	{.name = "score", .type = DB_REAL, .offset = offsetof(Item, score)},
	{.name = "flag", .type = DB_BOOL, .offset = offsetof(Item, flag)},
	{.name = "at_ms", .type = DB_TIME, .nullable = true, .offset = offsetof(Item, at_ms)},
	{.name = "parent_id", .type = DB_ID, .nullable = true, .offset = offsetof(Item, parent_id)},
};
static const DbField KEY[] = {{.name = "id", .type = DB_ID, .offset = offsetof(ItemKey, id)}};
static const DbField N[] = {{.name = "n", .type = DB_INT, .offset = offsetof(ItemCount, n)}};
static const DbField RENAME[] = {
	{.name = "id", .type = DB_ID, .offset = offsetof(Rename, id)},
	{.name = "name", .type = DB_TEXT, .nullable = true, .offset = offsetof(Rename, name)},
};

#define KEY_IN .params = KEY, .params_n = 1
#define N_OUT .cols = N, .cols_n = 1, .row_bytes = sizeof(ItemCount)
#define ITEM_COLS "id, name, data, n, score, flag, at_ms, parent_id"
const DbQuery ITEM_ADD = {
	.name = "item_add",
	.lite = "INSERT INTO item (" ITEM_COLS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	.pg = "INSERT INTO item (" ITEM_COLS ") VALUES ($1::bigint, $2::text, $3::bytea, $4::bigint, $5::double precision, "
		  "$6::smallint, $7::bigint, $8::bigint)",
	.params = ITEM_FIELDS,
	.params_n = COUNTOF(ITEM_FIELDS),
	.writes = true,
};
const DbQuery ITEM_GET = {
	.name = "item_get",
	.lite = "SELECT " ITEM_COLS " FROM item WHERE id = ?1",
	.pg = "SELECT " ITEM_COLS " FROM item WHERE id = $1::bigint",
	KEY_IN,
	.cols = ITEM_FIELDS,
	.cols_n = COUNTOF(ITEM_FIELDS),
	.row_bytes = sizeof(Item),
};
const DbQuery ITEM_LIST = {
	.name = "item_list",
	.lite = "SELECT " ITEM_COLS " FROM item WHERE id > ?1 ORDER BY id LIMIT 20",
	.pg = "SELECT " ITEM_COLS " FROM item WHERE id > $1::bigint ORDER BY id LIMIT 20",
	KEY_IN,
	.cols = ITEM_FIELDS,
	.cols_n = COUNTOF(ITEM_FIELDS),
	.row_bytes = sizeof(Item),
};
const DbQuery ITEM_COUNT = {
	.name = "item_count", .lite = "SELECT count(*) FROM item", .pg = "SELECT count(*) FROM item", N_OUT};
const DbQuery ITEM_RENAME = {
	.name = "item_rename",
	.lite = "UPDATE item SET name = ?2 WHERE id = ?1",
	.pg = "UPDATE item SET name = $2::text WHERE id = $1::bigint",
	.params = RENAME,
	.params_n = 2,
	.writes = true,
};
const DbQuery ITEM_BUMP = {
	.name = "item_bump",
	.lite = "UPDATE item SET n = coalesce(n, 0) + 1 WHERE id = ?1 RETURNING n",
	.pg = "UPDATE item SET n = coalesce(n, 0) + 1 WHERE id = $1::bigint RETURNING n",
	KEY_IN,
	N_OUT,
	.writes = true,
};
typedef struct SetN {
	Id id;
	int64_t n;
} SetN;
static const DbField SET_N[] = {
	{.name = "id", .type = DB_ID, .offset = offsetof(SetN, id)},
	{.name = "n", .type = DB_INT, .offset = offsetof(SetN, n)},
};
const DbQuery ITEM_SET_N = {
	.name = "item_set_n",
	.lite = "UPDATE item SET n = ?2 WHERE id = ?1",
	.pg = "UPDATE item SET n = $2::bigint WHERE id = $1::bigint",
	.params = SET_N,
	.params_n = 2,
	.writes = true,
};
#define NUMBERS_SQL(param)                                                                                             \
	"WITH RECURSIVE c(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM c WHERE i < " param ") "
const DbQuery NUMBERS = {
	.name = "numbers",
	.lite = NUMBERS_SQL("?1") "SELECT i FROM c",
	.pg = NUMBERS_SQL("$1::bigint") "SELECT i FROM c",
	KEY_IN,
	N_OUT,
};
const DbQuery NUMBERS_SUM = {
	.name = "numbers_sum",
	.lite = NUMBERS_SQL("?1") "SELECT CAST(sum(i) AS bigint) FROM c",
	.pg = NUMBERS_SQL("$1::bigint") "SELECT CAST(sum(i) AS bigint) FROM c",
	KEY_IN,
	N_OUT,
};

#define ITEM_SQL                                                                                                       \
	"CREATE TABLE item (id ID PRIMARY KEY, name TEXT NOT NULL UNIQUE, data BLOB, n INT CHECK (n < 1000), score REAL "  \
	"NOT NULL,\n"                                                                                                      \
	"  flag BOOL NOT NULL, at_ms TIME, parent_id ID REFERENCES item (id));\n"
const Migration ITEM_MIGRATIONS[ITEM_MIGRATIONS_N] = {
	{.owner = "test", .number = 1, .name = "0001_item", .sql = ITEM_SQL, .sql_len = sizeof(ITEM_SQL) - 1},
};

typedef struct One {
	const DbQuery *q;
	const void *args;
} One;

static Status run_one(Ctx *cx, Tx *tx, void *arg)
{
	const One *one = arg;
	return tx_exec(cx, tx, one->q, one->args, NULL);
}

Status write_one(Ctx *cx, Store *s, const DbQuery *q, const void *args)
{
	return store_write(cx, s, run_one, &(One){q, args});
}

int64_t count_items(Ctx *cx, Store *s)
{
	AUTO(Db) db = NULL;
	ItemCount count = {-1};
	assert_ok(cx, db_begin(cx, s, &db));
	assert_ok(cx, db_get(cx, db, &ITEM_COUNT, NULL, &count));
	return count.n;
}

Item item_get(Ctx *cx, Store *s, Id id)
{
	AUTO(Db) db = NULL;
	Item item = {0};
	assert_ok(cx, db_begin(cx, s, &db));
	assert_ok(cx, db_get(cx, db, &ITEM_GET, &(ItemKey){id}, &item));
	return item;
}

Status bump_returning(Ctx *cx, Tx *tx, void *arg)
{
	Returning *r = arg;
	return db_get(cx, tx_db(tx), &ITEM_BUMP, &r->key, r->row);
}

Status read_add_write(Ctx *cx, Tx *tx, void *arg)
{
	Item item;
	TRY(db_get(cx, tx_db(tx), &ITEM_GET, arg, &item));
	return tx_exec(cx, tx, &ITEM_SET_N, &(SetN){.id = item.id, .n = item.n + 1}, NULL);
}

Store *pg_test_open(Ctx *cx, int readers, Str *ret_schema)
{
	const char *url = getenv("HEARTH_TEST_PG");
	if (!url || !*url) return NULL;
	uint32_t r; // tests run side by side on one server
	RNG_SYSTEM.fill(RNG_SYSTEM.self, &r, sizeof r);
	*ret_schema = str_format(cx->arena, "t%d_%u", (int)getpid(), r);
	StoreConfig config = {.url = str_from(url), .schema = *ret_schema, .readers = readers};
	MigrationSet set = {ITEM_MIGRATIONS, ITEM_MIGRATIONS_N};
	Store *s = NULL;
	assert_ok(cx, store_open(cx, &config, &s));
	assert_ok(cx, store_migrate(cx, s, &set, 1));
	return s;
}

void pg_test_done(Store *s, Str schema)
{
	store_close(s);
	char sql[160];
	snprintf(sql, sizeof sql, "DROP SCHEMA IF EXISTS \"%.*s\" CASCADE", STR(schema));
	PGconn *c = PQconnectdb(getenv("HEARTH_TEST_PG"));
	PQclear(PQexec(c, "SET client_min_messages = error"));
	PQclear(PQexec(c, sql));
	PQfinish(c);
}

void on_engines(EngineTest test)
{
	Ctx *cx = test_ctx();
	StoreConfig config = {.url = S(":memory:"), .readers = 4};
	MigrationSet set = {ITEM_MIGRATIONS, ITEM_MIGRATIONS_N};
	Store *s = NULL;
	assert_ok(cx, store_open(cx, &config, &s));
	assert_ok(cx, store_migrate(cx, s, &set, 1));
	test(cx, s);
	store_close(s);
	Str schema;
	cx->field_errors_n = 0;
	s = pg_test_open(cx, 4, &schema);
	if (!s) return;
	test(cx, s);
	pg_test_done(s, schema);
}
