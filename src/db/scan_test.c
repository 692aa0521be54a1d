// SPDX-License-Identifier: AGPL-3.0-or-later
// Whole tables by db_each: on SQLite the rows are handed on inside it (sqlite_scan.c), which nobody is to notice.
#include "test.h"

#include "db/db_test_kit.h"

#include <stddef.h>

static const DbField WHOLE[] = {{.name = "id", .type = DB_ID, .offset = offsetof(Item, id)},
								{.name = "n", .type = DB_INT, .nullable = true, .offset = offsetof(Item, n)},
								{.name = "at_ms", .type = DB_TIME, .nullable = true, .offset = offsetof(Item, at_ms)}};
static const DbField MIXED[] = {
	{.name = "name", .type = DB_TEXT, .offset = offsetof(Item, name)},
	{.name = "data", .type = DB_BLOB, .nullable = true, .offset = offsetof(Item, data)},
	{.name = "n", .type = DB_INT, .nullable = true, .offset = offsetof(Item, n), .null_offset = offsetof(Item, n_null)},
	{.name = "score", .type = DB_REAL, .offset = offsetof(Item, score)},
	{.name = "flag", .type = DB_BOOL, .offset = offsetof(Item, flag)}};
#define QUERY(sql, fields)                                                                                             \
	{                                                                                                                  \
		.name = sql, .lite = sql, .pg = sql, .cols = fields, .cols_n = COUNTOF(fields), .row_bytes = sizeof(Item)      \
	}
static const DbQuery ALL_WHOLE = QUERY("SELECT id, n, at_ms FROM item", WHOLE);
static const DbQuery SOME_WHOLE = QUERY("SELECT id, n, at_ms FROM item WHERE id > 3", WHOLE);
static const DbQuery ALL_MIXED = QUERY("SELECT name, data, n, score, flag FROM item", MIXED);
static const DbQuery IN_ORDER = QUERY("SELECT id, n, at_ms FROM item ORDER BY id DESC", WHOLE);
static const DbQuery BROKEN = QUERY("SELECT id, n, at_ms FROM nothing", WHOLE);

#define ITEMS 6

static void fill(Ctx *cx, Store *s)
{
	for (Id id = 1; id <= ITEMS; id++) {
		Item item = {.id = id, .name = str_format(cx->arena, "item %d", (int)id), .score = 1.5, .flag = id % 2};
		item.n = id * 10;
		item.n_null = id == 2;
		item.data = id == 3 ? S("bytes") : str_none();
		item.at_ms = id == 4 ? 0 : 1000 + id;
		assert_ok(cx, write_one(cx, s, &ITEM_ADD, &item));
	}
}

typedef struct Seen {
	Ctx *cx;
	Db *db;
	Item rows[ITEMS];
	size_t n, stop_at, inner;
} Seen;

static Status keep(void *arg, const void *row)
{
	Seen *seen = arg;
	Item *to = &seen->rows[seen->n++];
	*to = *(const Item *)row;
	to->name = str_copy(seen->cx->arena, to->name);
	to->data = to->data.p ? str_copy(seen->cx->arena, to->data) : to->data;
	return seen->n == seen->stop_at ? fail(seen->cx, ST_LIMITED, "enough") : ST_OK;
}

static Status keep_and_look(void *arg, const void *row)
{
	Seen *seen = arg, again = {.cx = seen->cx};
	TRY(db_each(seen->cx, seen->db, &ALL_WHOLE, NULL, keep, &again)); // the same statement runs inside and outside
	seen->inner += again.n;
	return keep(arg, row);
}

static void rows_arrive(Ctx *cx, Store *s)
{
	fill(cx, s);
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, s, &db));
	Seen whole = {.cx = cx}, mixed = {.cx = cx}, some = {.cx = cx}, back = {.cx = cx};
	assert_ok(cx, db_each(cx, db, &ALL_WHOLE, NULL, keep, &whole));
	assert_int_equal(whole.n, ITEMS);
	assert_int_equal(whole.rows[1].n, 0); // NULL after a number: nothing of the row before is left
	assert_int_equal(whole.rows[2].n, 30);
	assert_int_equal(whole.rows[4].at_ms, 1005);
	assert_ok(cx, db_each(cx, db, &ALL_MIXED, NULL, keep, &mixed));
	assert_str_equal(mixed.rows[5].name, "item 6");
	assert_str_equal(mixed.rows[2].data, "bytes");
	assert_false(mixed.rows[3].data.p); // NULL after bytes
	assert_true(mixed.rows[1].n_null && !mixed.rows[2].n_null && mixed.rows[0].flag && mixed.rows[0].score == 1.5);
	assert_ok(cx, db_each(cx, db, &SOME_WHOLE, NULL, keep, &some));
	assert_int_equal(some.n, ITEMS - 3);
	assert_ok(cx, db_each(cx, db, &IN_ORDER, NULL, keep, &back));
	assert_int_equal(back.rows[0].id, ITEMS);
}
TEST(db_each_of_a_table_gives_its_rows) { on_engines(rows_arrive); }

static void readers_stop(Ctx *cx, Store *s)
{
	fill(cx, s);
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, s, &db));
	Seen seen = {.cx = cx, .stop_at = 2};
	assert_status(cx, db_each(cx, db, &ALL_WHOLE, NULL, keep, &seen), ST_LIMITED);
	assert_int_equal(seen.n, 2);
	fail_clear(cx);
	Seen nested = {.cx = cx, .db = db};
	assert_ok(cx, db_each(cx, db, &ALL_WHOLE, NULL, keep_and_look, &nested));
	assert_int_equal(nested.n, ITEMS);
	assert_int_equal(nested.inner, ITEMS * ITEMS);
	assert_int_not_equal(db_each(cx, db, &BROKEN, NULL, keep, &nested), ST_OK);
}
TEST(db_each_of_a_table_stops_and_nests) { on_engines(readers_stop); }
