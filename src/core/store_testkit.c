// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/store_testkit.h"

#include "test.h"

#include <stdio.h>
#include <unistd.h>

#define SETS_MAX 32

static void run_on(StoreConfig config, const MigrationSet *more, size_t n, StoreTest run)
{
	Ctx *cx = test_ctx();
	Store *store = NULL;
	MigrationSet sets[SETS_MAX] = {{core_migrations, core_migrations_n}};
	assert_true(n < SETS_MAX);
	for (size_t i = 0; i < n; i++) sets[i + 1] = more[i];
	assert_ok(cx, store_open(cx, &config, &store));
	assert_ok(cx, store_migrate(cx, store, sets, n + 1));
	cx->actor = NULL;
	run(cx, store);
	cx->actor = NULL;
	store_close(store);
}

void test_stores(const MigrationSet *more, size_t n, StoreTest run)
{
	static int schemas;
	run_on((StoreConfig){.url = S(":memory:"), .readers = 2}, more, n, run);
	const char *pg = getenv("HEARTH_TEST_PG");
	if (!pg) return;
	char schema[64];
	snprintf(schema, sizeof schema, "model_%ld_%d", (long)getpid(), schemas++);
	run_on((StoreConfig){.url = str_from(pg), .schema = str_from(schema), .readers = 2}, more, n, run);
}

typedef struct Number {
	int64_t n;
} Number;
static const DbField NUMBER[] = {{.name = "n", .type = DB_INT, .offset = offsetof(Number, n)}};

int64_t test_number(Ctx *cx, Store *store, const char *sql)
{
	AUTO(Db) db = NULL;
	Number row = {0};
	DbQuery *q = ARENA_NEW(cx->arena, DbQuery, 1); // statements are cached by address
	*q = (DbQuery){.name = "number", .lite = sql, .pg = sql, .cols = NUMBER, .cols_n = 1, .row_bytes = sizeof(Number)};
	assert_ok(cx, db_begin(cx, store, &db));
	assert_ok(cx, db_get(cx, db, q, NULL, &row));
	return row.n;
}
