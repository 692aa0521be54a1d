// SPDX-License-Identifier: AGPL-3.0-or-later
// A whole table's rows without coming back from SQLite for each: `SELECT a, b FROM t` is run as `SELECT each_row(a, b) FROM t`, an
// aggregate whose step hands the row on, which halves what a row costs. Only for statements that are as plain as that: with an
// order, parts or parameters SQLite would have to put the rows somewhere first.
//
// Of one table's whole numbers SQLite gives the first row of each page only; the others are read from that page here (leaf.h), and
// SQLite goes on behind them. It has found the page in this reader's snapshot, keeps it until it goes on, and its first row has to
// read the same: else, and where a page came out of the journal, SQLite gives its rows one by one.
#include "db/leaf.h"
#include "db/sqlite_impl.h"

#include <string.h>

#define SELECT "SELECT "
#define FROM " FROM "
#define ORDER " ORDER BY "

struct LiteScan {
	const DbQuery *q;
	void *row;
	DbEachFn fn;
	void *arg;
	Status st;
	bool whole; // whole numbers only, one behind the other, of which none is left out
};

static bool is_whole(const DbQuery *q)
{
	for (size_t i = 0; i < q->cols_n; i++) {
		uint8_t type = q->cols[i].type;
		if ((type != DB_INT && type != DB_TIME && type != DB_ID) || q->cols[i].null_offset) return false;
		if (q->cols[i].offset != i * sizeof(int64_t)) return false;
	}
	return true;
}

static void on_row(sqlite3_context *at, int n, sqlite3_value **v)
{
	const LiteConn *c = sqlite3_user_data(at);
	LiteScan *s = c->scan;
	BUG_IF(n != s->q->cols_n);
	if (s->whole) {
		int64_t *row = s->row;
		for (int i = 0; i < n; i++) row[i] = sqlite3_value_int64(v[i]);
	} else {
		__builtin_memset(s->row, 0, s->q->row_bytes);
		for (int i = 0; i < n; i++) lite_read_value(&s->q->cols[i], v[i], s->row);
	}
	s->st = s->fn(s->arg, s->row);
	if (s->st != ST_OK) sqlite3_result_error(at, "a row was refused", -1);
}

static void on_end(UNUSED sqlite3_context *at) {} // what comes out is nothing

int lite_scan_register(LiteConn *c)
{
	return sqlite3_create_function_v2(c->h, "each_row", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, c, NULL, on_row, on_end,
									  NULL);
}

static bool is_plain(const DbQuery *q)
{
	static const char *const NOT_PLAIN[] = {"(", "\"", " UNION ", " LIMIT ", " GROUP ", "DISTINCT", " EXISTS ", " AS "};
	if (q->params_n || q->writes || strncmp(q->lite, SELECT, sizeof SELECT - 1) != 0 || !strstr(q->lite, FROM))
		return false;
	for (size_t i = 0; i < COUNTOF(NOT_PLAIN); i++)
		if (strstr(q->lite, NOT_PLAIN[i])) return false;
	return true;
}

// --- page by page ---------------------------------------------------------------------------------------------------------

#define AHEAD 12 // rows; those of a page lie anywhere in it

typedef struct Scanned { // of the text of a statement
	Str columns;
	const char *from, *table, *order; // order: by what, or NULL
} Scanned;

static Scanned scanned(Ctx *cx, const DbQuery *q)
{
	const char *from = strstr(q->lite, FROM), *order = strstr(from, ORDER);
	Str columns = {q->lite + sizeof SELECT - 1, (size_t)(from - q->lite) - (sizeof SELECT - 1)};
	const char *table = from + sizeof FROM - 1;
	if (order) table = str_z(cx->arena, (Str){table, (size_t)(order - table)});
	return (Scanned){columns, from, table, order ? order + sizeof ORDER - 1 : NULL};
}

typedef struct Columns { // of a table, as SQLite describes it
	int of[LEAF_COLUMNS_MAX], alias;
	bool plain;
} Columns;

static void on_column(const DbQuery *q, sqlite3_stmt *about, Columns *ret)
{
	const char *name = (const char *)sqlite3_column_text(about, 1), *type = (const char *)sqlite3_column_text(about, 2);
	int place = sqlite3_column_int(about, 0), key = sqlite3_column_int(about, 5);
	if (!name || !type || sqlite3_column_int(about, 6)) ret->plain = false; // a hidden column is in no record
	if (!ret->plain) return;
	if (key) ret->alias = key == 1 && sqlite3_stricmp(type, "INTEGER") == 0 ? place : -1;
	for (size_t i = 0; i < q->cols_n; i++)
		if (strcmp(q->cols[i].name, name) == 0) ret->of[i] = place;
}

// What to read of a record. False: the statement is of more than a table, or what is asked for is not in its order.
static bool pages_can(Ctx *cx, LiteConn *c, const Scanned *of, const DbQuery *q, LeafReader *ret)
{
	const char *table = of->table;
	sqlite3_stmt *about = NULL;
	Columns columns = {.alias = -1, .plain = c->map.base && !c->db.writable && q->cols_n <= LEAF_COLUMNS_MAX};
	if (!columns.plain || !is_whole(q) || strspn(table, "abcdefghijklmnopqrstuvwxyz_") != strlen(table)) return false;
	for (size_t i = 0; i < q->cols_n; i++) columns.of[i] = -1;
	Str sql = str_format(cx->arena, "PRAGMA table_xinfo(%s)", table);
	if (sqlite3_prepare_v3(c->h, sql.p, (int)sql.n, 0, &about, NULL) != SQLITE_OK) return false;
	while (sqlite3_step(about) == SQLITE_ROW) on_column(q, about, &columns);
	sqlite3_finalize(about);
	if (!columns.plain || !leaf_reader_init(ret, columns.of, q->cols_n, columns.alias)) return false;
	return !of->order || (ret->alias >= 0 && strcmp(q->cols[ret->alias].name, of->order) == 0);
}

// The rows behind a page's first, as far as they read. *last: the row id of the last one.
static Status rest_of_page(LiteScan *s, const Leaf *leaf, LeafReader *reader, int64_t *last)
{
	int64_t row_id;
	for (size_t i = 1; i < AHEAD; i++) leaf_fetch(leaf, i);
	for (size_t i = 1; i < leaf->cells; i++) {
		leaf_fetch(leaf, i + AHEAD);
		if (!leaf_row(reader, leaf, i, &row_id, s->row) || row_id <= *last) return ST_OK;
		*last = row_id;
		TRY(s->fn(s->arg, s->row));
	}
	return ST_OK;
}

// The row that SQLite is at, and the rest of its page if that reads here. True: behind *last SQLite is to go on.
static bool take_row(LiteConn *c, LiteScan *s, sqlite3_stmt *st, LeafReader *reader, int64_t *last)
{
	int64_t same[LEAF_COLUMNS_MAX], row_id, *row = s->row;
	Leaf leaf;
	bool reads = leaf_open(c->map.page, c->map.page_bytes, &leaf) && leaf_row(reader, &leaf, 0, &row_id, same);
	for (int i = 0; i < (int)reader->n; i++) {
		row[i] = sqlite3_column_int64(st, i);
		reads = reads && row[i] == same[i];
	}
	*last = sqlite3_column_int64(st, (int)reader->n);
	reads = reads && row_id == *last;
	s->st = s->fn(s->arg, row);
	if (s->st == ST_OK && reads) s->st = rest_of_page(s, &leaf, reader, last);
	return reads;
}

static Status scan_pages(Ctx *cx, LiteConn *c, LiteScan *s, sqlite3_stmt *st, LeafReader *reader)
{
	int64_t last = INT64_MIN;
	int rc = sqlite3_bind_int64(st, 1, last);
	while (rc == SQLITE_OK) {
		c->map.page = NULL;
		if ((rc = sqlite3_step(st)) != SQLITE_ROW) break;
		rc = SQLITE_OK;
		bool behind = take_row(c, s, st, reader, &last);
		if (s->st != ST_OK) return s->st;
		if (!behind) continue;
		if (last == INT64_MAX) break;
		sqlite3_reset(st);
		rc = sqlite3_bind_int64(st, 1, last + 1);
	}
	return rc == SQLITE_OK || rc == SQLITE_DONE ? ST_OK : lite_fail(cx, c, s->q->name, rc);
}

// False: it is to be read otherwise.
static bool by_pages(Ctx *cx, LiteConn *c, LiteScan *s, const Scanned *of, Status *ret)
{
	LeafReader reader;
	sqlite3_stmt *st = NULL;
	if (!pages_can(cx, c, of, s->q, &reader)) return false;
	Str sql = str_format(cx->arena, SELECT "%.*s, _rowid_" FROM "%s WHERE _rowid_ >= ?1" ORDER "_rowid_",
						 STR(of->columns), of->table);
	if (sqlite3_prepare_v3(c->h, sql.p, (int)sql.n, 0, &st, NULL) != SQLITE_OK) return false;
	*ret = scan_pages(cx, c, s, st, &reader);
	sqlite3_finalize(st);
	return true;
}

// --- either way -----------------------------------------------------------------------------------------------------------

static Status by_aggregate(Ctx *cx, LiteConn *c, LiteScan *s, const Scanned *of)
{
	Str sql = str_format(cx->arena, SELECT "each_row(%.*s)%s", STR(of->columns), of->from);
	LiteScan *outer = c->scan;
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v3(c->h, sql.p, (int)sql.n, 0, &st, NULL);
	if (rc == SQLITE_OK) {
		c->scan = s;
		rc = sqlite3_step(st);
		c->scan = outer;
	}
	Status ret = s->st != ST_OK ? s->st : rc == SQLITE_ROW ? ST_OK : lite_fail(cx, c, s->q->name, rc);
	sqlite3_finalize(st);
	return ret;
}

bool lite_scan(Ctx *cx, LiteConn *c, const DbQuery *q, DbEachFn fn, void *arg, Status *ret)
{
	if (!is_plain(q)) return false;
	Scanned of = scanned(cx, q);
	LiteScan scan = {q, arena_alloc(cx->arena, q->row_bytes, 16), fn, arg, ST_OK, is_whole(q)};
	if (by_pages(cx, c, &scan, &of, ret)) return true;
	if (of.order) return false;
	*ret = by_aggregate(cx, c, &scan, &of);
	return true;
}
