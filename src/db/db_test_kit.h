// SPDX-License-Identifier: AGPL-3.0-or-later
// A small table and its queries, written by hand as tools/sqlc would write them, for the tests of src/db; and
// on_engines, which gives each engine a fresh, migrated store. Defined in db_kit_test.c; for the tests of src/db only.
#pragma once
#include "db/db.h"

typedef struct Item {
	Id id;
	Str name, data;
	int64_t n;
	bool n_null;
	double score;
	bool flag;
	Time at_ms;
	Id parent_id;
} Item;
typedef struct ItemKey {
	Id id;
} ItemKey;
typedef struct ItemCount {
	int64_t n;
} ItemCount;
typedef struct Rename {
	Id id;
	Str name;
} Rename;
typedef struct Bumped {
	int64_t n;
} Bumped;
typedef struct Returning {
	ItemKey key;
	Bumped *row;
} Returning;

extern const DbQuery ITEM_ADD, ITEM_GET, ITEM_LIST, ITEM_COUNT, ITEM_RENAME, ITEM_BUMP, ITEM_SET_N, NUMBERS,
	NUMBERS_SUM;
extern const Migration ITEM_MIGRATIONS[];
#define ITEM_MIGRATIONS_N 1

typedef void (*EngineTest)(Ctx *cx, Store *s);
void on_engines(EngineTest test);
// A store on a schema of its own, migrated; NULL if HEARTH_TEST_PG is not set. pg_test_done drops the schema.
Store *pg_test_open(Ctx *cx, int readers, Str *ret_schema);
void pg_test_done(Store *s, Str schema);

Status write_one(Ctx *cx, Store *s, const DbQuery *q, const void *args);
int64_t count_items(Ctx *cx, Store *s);
Item item_get(Ctx *cx, Store *s, Id id);
Status bump_returning(Ctx *cx, Tx *tx, void *arg); // Returning
Status read_add_write(Ctx *cx, Tx *tx, void *arg); // ItemKey: reads n, adds 1 in C, writes it
