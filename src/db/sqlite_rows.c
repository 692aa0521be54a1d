// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/sqlite_impl.h"

static int bind_one(sqlite3_stmt *st, int at, const DbField *f, const void *args)
{
	const void *p = (const unsigned char *)args + f->offset;
	if (field_is_null(f, args)) return sqlite3_bind_null(st, at);
	switch ((DbType)f->type) {
	case DB_INT:
	case DB_TIME:
	case DB_ID: return sqlite3_bind_int64(st, at, *(const int64_t *)p);
	case DB_BOOL: return sqlite3_bind_int64(st, at, *(const bool *)p);
	case DB_REAL: return sqlite3_bind_double(st, at, *(const double *)p);
	case DB_TEXT: {
		const Str *s = p;
		return sqlite3_bind_text64(st, at, s->p ? s->p : "", s->n, SQLITE_STATIC, SQLITE_UTF8);
	}
	case DB_BLOB: {
		const Str *s = p;
		return sqlite3_bind_blob64(st, at, s->p ? s->p : "", s->n, SQLITE_STATIC);
	}
	}
	return SQLITE_MISUSE;
}

static Status start(Ctx *cx, Db *db, const DbQuery *q, const void *args, LiteUse *ret_use)
{
	LiteConn *c = (LiteConn *)db;
	TRY(lite_use(cx, c, q, ret_use));
	int given = sqlite3_bind_parameter_count(ret_use->st);
	for (int i = 0; i < q->params_n && i < given; i++) { // a later one may be used by the other engine only
		int rc = bind_one(ret_use->st, i + 1, &q->params[i], args);
		if (rc == SQLITE_OK) continue;
		Status st = lite_fail(cx, c, q->name, rc);
		lite_unuse(ret_use);
		return st;
	}
	return ST_OK;
}

// Points into memory of SQLite, which holds until the next step.
static size_t read_text(sqlite3_value *v, const DbField *f, Str *ret)
{
	const char *p = f->type == DB_TEXT ? (const char *)sqlite3_value_text(v) : sqlite3_value_blob(v);
	if (!p) {
		if (!f->nullable || sqlite3_value_type(v) != SQLITE_NULL) ret->p = "";
		return 0;
	}
	ret->p = p;
	ret->n = (size_t)sqlite3_value_bytes(v);
	return ret->n;
}

size_t lite_read_value(const DbField *f, sqlite3_value *v, void *row)
{
	unsigned char *bytes = row;
	void *p = bytes + f->offset;
	size_t n = 0;
	switch ((DbType)f->type) {
	case DB_INT:
	case DB_TIME:
	case DB_ID: *(int64_t *)p = sqlite3_value_int64(v); break;
	case DB_BOOL: *(bool *)p = sqlite3_value_int64(v) != 0; break;
	case DB_REAL: *(double *)p = sqlite3_value_double(v); break;
	case DB_TEXT:
	case DB_BLOB: n = read_text(v, f, p); break;
	}
	if (f->null_offset) *(bool *)(bytes + f->null_offset) = sqlite3_value_type(v) == SQLITE_NULL;
	return n;
}

// A column is looked up once and read as a value: what SQLite asks of that, that no other thread uses the connection, holds here.
// Texts stay where SQLite has them, until the next step. Returns their bytes.
static size_t read_columns(const DbQuery *q, sqlite3_stmt *st, void *row)
{
	size_t total = 0;
	for (int i = 0; i < q->cols_n; i++) total += lite_read_value(&q->cols[i], sqlite3_column_value(st, i), row);
	return total;
}

static Status read_row(Ctx *cx, const DbQuery *q, sqlite3_stmt *st, void *row)
{
	size_t total = read_columns(q, st, row);
	return total ? row_keep_texts(cx, cx->arena, q, row, total) : ST_OK;
}

static Status checked(Ctx *cx, Db *db, const DbQuery *q, int rc)
{
	if (rc == SQLITE_DONE || rc == SQLITE_ROW) return ST_OK;
	Status st = lite_fail(cx, (LiteConn *)db, q->name, rc);
	if (rc != SQLITE_ERROR) return st;
	return cx->fail_status =
			   ST_INVALID; // the statement was sound, so it was the data: a faulty search expression, an overflow
}

Status lite_find(Ctx *cx, Db *db, const DbQuery *q, const void *args, void *ret_row, bool *ret_found)
{
	LiteUse use;
	TRY(start(cx, db, q, args, &use));
	int rc = sqlite3_step(use.st);
	bool found = rc == SQLITE_ROW;
	Status st = checked(cx, db, q, rc);
	if (found) {
		__builtin_memset(ret_row, 0, q->row_bytes);
		st = read_row(cx, q, use.st, ret_row);
	}
	while (q->writes && rc == SQLITE_ROW) rc = sqlite3_step(use.st);
	if (st == ST_OK) st = checked(cx, db, q, rc);
	lite_unuse(&use);
	if (st == ST_OK) *ret_found = found;
	return st;
}

Status lite_list(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbRows *ret_rows)
{
	LiteUse use;
	RowList rows = {.arena = cx->arena, .q = q};
	TRY(start(cx, db, q, args, &use));
	Status st = ST_OK;
	int rc;
	while (st == ST_OK && (rc = sqlite3_step(use.st)) == SQLITE_ROW) {
		void *row = NULL;
		st = row_list_add(cx, &rows, &row);
		if (st == ST_OK) st = read_row(cx, q, use.st, row);
	}
	if (st == ST_OK) st = checked(cx, db, q, rc);
	lite_unuse(&use);
	if (st == ST_OK) *ret_rows = (DbRows){rows.v, rows.n};
	return st;
}

Status lite_each(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbEachFn fn, void *arg)
{
	LiteUse use;
	Status st = ST_OK;
	if (lite_scan(cx, (LiteConn *)db, q, fn, arg, &st)) return st;
	TRY(start(cx, db, q, args, &use));
	void *row = arena_alloc(cx->arena, q->row_bytes, 16); // one for all of them
	int rc;
	while (st == ST_OK && (rc = sqlite3_step(use.st)) == SQLITE_ROW) {
		__builtin_memset(row, 0, q->row_bytes);
		read_columns(q, use.st, row);
		st = fn(arg, row);
	}
	if (st == ST_OK) st = checked(cx, db, q, rc);
	lite_unuse(&use);
	return st;
}

Status lite_exec(Ctx *cx, Db *db, const DbQuery *q, const void *args, int64_t *ret_changed)
{
	LiteUse use;
	TRY(start(cx, db, q, args, &use));
	int rc;
	do rc = sqlite3_step(use.st);
	while (rc == SQLITE_ROW);
	Status st = checked(cx, db, q, rc);
	lite_unuse(&use);
	if (st == ST_OK) *ret_changed = sqlite3_changes64(((LiteConn *)db)->h);
	return st;
}
