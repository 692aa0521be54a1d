// SPDX-License-Identifier: AGPL-3.0-or-later
// A whole table's rows without coming back from SQLite for each: `SELECT a, b FROM t` is run as `SELECT each_row(a, b) FROM t`, an
// aggregate whose step hands the row on, which halves what a row costs. Only for statements that are as plain as that: with an
// order, parts or parameters SQLite would have to put the rows somewhere first.
#include "db/sqlite_impl.h"

#include <string.h>

#define SELECT "SELECT "
#define FROM " FROM "

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

bool lite_scan_can(const DbQuery *q)
{
	static const char *const NOT_PLAIN[] = {"(",       "\"",       " ORDER ",  " UNION ", " LIMIT ",
											" GROUP ", "DISTINCT", " EXISTS ", " AS "};
	if (q->params_n || q->writes || strncmp(q->lite, SELECT, sizeof SELECT - 1) != 0 || !strstr(q->lite, FROM))
		return false;
	for (size_t i = 0; i < COUNTOF(NOT_PLAIN); i++)
		if (strstr(q->lite, NOT_PLAIN[i])) return false;
	return true;
}

Status lite_scan(Ctx *cx, LiteConn *c, const DbQuery *q, DbEachFn fn, void *arg)
{
	const char *columns = q->lite + sizeof SELECT - 1, *from = strstr(q->lite, FROM);
	Str sql = str_format(cx->arena, SELECT "each_row(%.*s)%s", (int)(from - columns), columns, from);
	LiteScan scan = {q, arena_alloc(cx->arena, q->row_bytes, 16), fn, arg, ST_OK, is_whole(q)}, *outer = c->scan;
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v3(c->h, sql.p, (int)sql.n, 0, &st, NULL);
	if (rc == SQLITE_OK) {
		c->scan = &scan;
		rc = sqlite3_step(st);
		c->scan = outer;
	}
	Status ret = scan.st != ST_OK ? scan.st : rc == SQLITE_ROW ? ST_OK : lite_fail(cx, c, q->name, rc);
	sqlite3_finalize(st);
	return ret;
}
