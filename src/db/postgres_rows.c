// SPDX-License-Identifier: AGPL-3.0-or-later
// Parameters go in binary with declared types; results come as text, which every PostgreSQL-like server gives alike.
#include "db/postgres_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OID_BYTEA 17
#define OID_INT8 20
#define OID_INT2 21
#define OID_TEXT 25
#define OID_FLOAT8 701
#define FETCH_ROWS 500

Oid pg_param_type(const DbField *f)
{
	switch ((DbType)f->type) {
	case DB_INT:
	case DB_TIME:
	case DB_ID: return OID_INT8;
	case DB_BOOL: return OID_INT2;
	case DB_REAL: return OID_FLOAT8;
	case DB_TEXT: return OID_TEXT;
	case DB_BLOB: return OID_BYTEA;
	}
	return OID_TEXT;
}

static void put_be(unsigned char *p, uint64_t v, int bytes)
{
	for (int i = bytes; i-- > 0; v >>= 8) p[i] = (unsigned char)v;
}

static void param_set(PgParams *ps, int i, const DbField *f, const void *p)
{
	unsigned char *bytes = ps->bytes[i];
	ps->values[i] = (const char *)bytes;
	ps->lengths[i] = 8;
	switch ((DbType)f->type) {
	case DB_INT:
	case DB_TIME:
	case DB_ID: put_be(bytes, (uint64_t) * (const int64_t *)p, 8); return;
	case DB_BOOL:
		put_be(bytes, *(const bool *)p, 2);
		ps->lengths[i] = 2;
		return;
	case DB_REAL: {
		uint64_t v;
		memcpy(&v, p, sizeof v);
		put_be(bytes, v, 8);
		return;
	}
	case DB_TEXT:
	case DB_BLOB: {
		const Str *s = p;
		ps->values[i] = s->p ? s->p : "";
		ps->lengths[i] = (int)s->n;
		return;
	}
	}
}

void pg_params(const DbQuery *q, const void *args, PgParams *ret_params)
{
	BUG_IF(q->params_n > PG_PARAMS_MAX);
	ret_params->n = q->params_n;
	for (int i = 0; i < q->params_n; i++) {
		const DbField *f = &q->params[i];
		ret_params->types[i] = pg_param_type(f);
		ret_params->formats[i] = 1;
		ret_params->values[i] = NULL;
		ret_params->lengths[i] = 0;
		if (!field_is_null(f, args)) param_set(ret_params, i, f, (const unsigned char *)args + f->offset);
	}
}

static int hex_digit(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

// "\x68690a" to bytes, over itself: the result belongs to libpq, but nobody else reads it.
static size_t decode_hex(char *p, size_t n)
{
	size_t out = 0;
	for (size_t i = 2; i + 1 < n; i += 2) p[out++] = (char)(hex_digit(p[i]) << 4 | hex_digit(p[i + 1]));
	return out;
}

static Str read_text(const PGresult *res, int row, int col, DbType type)
{
	char *p = PQgetvalue(res, row, col);
	size_t n = (size_t)PQgetlength(res, row, col);
	if (type == DB_BLOB) n = decode_hex(p, n);
	return (Str){p, n};
}

// smallint gives 0 and 1, a comparison f and t.
static bool read_int(const char *p, size_t n, int64_t *ret)
{
	if (n == 1 && (*p == 't' || *p == 'f')) {
		*ret = *p == 't';
		return true;
	}
	return str_int((Str){p, n}, INT64_MIN, INT64_MAX, ret);
}

static bool read_number(const PGresult *res, int row, int col, DbType type, void *to)
{
	const char *p = PQgetvalue(res, row, col);
	if (type == DB_REAL) {
		char *end;
		*(double *)to = strtod(p, &end);
		return end != p && !*end;
	}
	int64_t v = 0;
	if (!read_int(p, (size_t)PQgetlength(res, row, col), &v)) return false;
	if (type == DB_BOOL) *(bool *)to = v != 0;
	else *(int64_t *)to = v;
	return true;
}

static Status read_row(Ctx *cx, Arena *a, const DbQuery *q, const PGresult *res, int at, void *row)
{
	unsigned char *bytes = row;
	size_t total = 0;
	for (int i = 0; i < q->cols_n; i++) {
		const DbField *f = &q->cols[i];
		bool null = PQgetisnull(res, at, i);
		if (f->null_offset) *(bool *)(bytes + f->null_offset) = null;
		if (field_is_text(f)) {
			Str *s = (Str *)(void *)(bytes + f->offset);
			if (!null) *s = read_text(res, at, i, (DbType)f->type);
			else if (!f->nullable) s->p = "";
			total += s->n;
		} else if (!null && !read_number(res, at, i, (DbType)f->type, bytes + f->offset)) {
			return fail(cx, ST_INTERNAL, "%s: column %s gives %s", q->name, f->name, PQgetvalue(res, at, i));
		}
	}
	return row_keep_texts(cx, a, q, row, total);
}

static Status start(Ctx *cx, Db *db, const DbQuery *q, const void *args, PGresult **ret_result)
{
	PgParams params;
	pg_params(q, args, &params);
	TRY(pg_run(cx, (PgConn *)db, &(PgCall){.q = q, .params = &params}, ret_result));
	if (PQnfields(*ret_result) == q->cols_n) return ST_OK;
	return fail(cx, ST_INTERNAL, "%s gives %d columns", q->name, PQnfields(*ret_result));
}

Status pg_find(Ctx *cx, Db *db, const DbQuery *q, const void *args, void *ret_row, bool *ret_found)
{
	AUTO(PGresult) res = NULL;
	TRY(start(cx, db, q, args, &res));
	bool found = PQntuples(res) > 0;
	if (found) {
		memset(ret_row, 0, q->row_bytes);
		TRY(read_row(cx, cx->arena, q, res, 0, ret_row));
	}
	*ret_found = found;
	return ST_OK;
}

Status pg_list(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbRows *ret_rows)
{
	AUTO(PGresult) res = NULL;
	TRY(start(cx, db, q, args, &res));
	RowList rows = {.arena = cx->arena, .q = q};
	int n = PQntuples(res);
	for (int i = 0; i < n; i++) {
		void *row = NULL;
		TRY(row_list_add(cx, &rows, &row));
		TRY(read_row(cx, cx->arena, q, res, i, row));
	}
	*ret_rows = (DbRows){rows.v, rows.n};
	return ST_OK;
}

static Status each_row(Ctx *cx, const DbQuery *q, const PGresult *res, DbEachFn fn, void *arg)
{
	AUTO(Arena) scratch = arena_new(ARENA_CAP_BYTES); // not cx->arena: the callback may keep things there
	int n = PQntuples(res);
	if (PQnfields(res) != q->cols_n) return fail(cx, ST_INTERNAL, "%s gives %d columns", q->name, PQnfields(res));
	for (int i = 0; i < n; i++) {
		arena_reset(scratch);
		void *row = arena_alloc(scratch, q->row_bytes, 16);
		TRY(read_row(cx, scratch, q, res, i, row));
		TRY(fn(arg, row));
	}
	return ST_OK;
}

// A cursor, so that the rows need not be in memory at once and the callback may run statements of its own.
static Status each_by_cursor(Ctx *cx, PgConn *c, const DbQuery *q, const void *args, DbEachFn fn, void *arg)
{
	PgParams params;
	pg_params(q, args, &params);
	uint32_t number = ++c->cursors;
	Str declare = str_format(cx->arena, "DECLARE each%u NO SCROLL CURSOR FOR %s", number, q->pg);
	char fetch[48], close[48];
	snprintf(fetch, sizeof fetch, "FETCH %d FROM each%u", FETCH_ROWS, number);
	snprintf(close, sizeof close, "CLOSE each%u", number);
	PgCall call = {.q = q, .params = &params, .declare = declare.p, .fetch = fetch};
	Status st = ST_OK;
	for (int rows = FETCH_ROWS; st == ST_OK && rows == FETCH_ROWS; call.declare = NULL) {
		AUTO(PGresult) res = NULL;
		TRY(pg_run(cx, c, &call, &res));
		rows = PQntuples(res);
		st = each_row(cx, q, res, fn, arg);
	}
	AUTO(PGresult) closed = NULL;
	call.fetch = close;
	Status end = pg_state(c) == PQTRANS_INTRANS ? pg_run(cx, c, &call, &closed) : ST_OK;
	return st == ST_OK ? end : st;
}

Status pg_each(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbEachFn fn, void *arg)
{
	if (!q->writes) return each_by_cursor(cx, (PgConn *)db, q, args, fn, arg);
	AUTO(PGresult) res = NULL;
	TRY(start(cx, db, q, args, &res));
	return each_row(cx, q, res, fn, arg);
}

Status pg_exec(Ctx *cx, Db *db, const DbQuery *q, const void *args, int64_t *ret_changed)
{
	PgParams params;
	pg_params(q, args, &params);
	AUTO(PGresult) res = NULL;
	TRY(pg_run(cx, (PgConn *)db, &(PgCall){.q = q, .params = &params}, &res));
	Str n = str_from(PQcmdTuples(res));
	if (!n.n || !str_int(n, 0, INT64_MAX, ret_changed)) *ret_changed = 0;
	return ST_OK;
}
