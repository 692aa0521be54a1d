// SPDX-License-Identifier: AGPL-3.0-or-later
// Which sites a PostgreSQL holds. Its catalogue is no table of ours, so this statement cannot be a named query.
#include "db/db_impl.h"

typedef struct SchemaArgs {
	Str prefix;
} SchemaArgs;

typedef struct SchemaRow {
	Str name;
} SchemaRow;

static const DbField ARGS[] = {{.name = "prefix", .type = DB_TEXT, .offset = offsetof(SchemaArgs, prefix)}};
static const DbField COLS[] = {{.name = "name", .type = DB_TEXT, .offset = offsetof(SchemaRow, name)}};
static const DbQuery SCHEMAS = {
	.name = "schemas",
	.pg = "SELECT nspname::text FROM pg_namespace WHERE left(nspname::text, length($1)) = $1 "
		  "AND has_schema_privilege(nspname, 'USAGE') AND to_regclass(quote_ident(nspname) || '.setting') IS NOT NULL "
		  "ORDER BY nspname::text COLLATE \"C\"",
	.params = ARGS,
	.cols = COLS,
	.params_n = COUNTOF(ARGS),
	.cols_n = COUNTOF(COLS),
	.row_bytes = sizeof(SchemaRow),
};

Status store_schemas(Ctx *cx, Store *s, Str prefix, Str *ret_names, size_t max, size_t *ret_n)
{
	if (store_engine(s) != DB_POSTGRES) return fail(cx, ST_UNSUPPORTED, "only PostgreSQL has schemas");
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, s, &db));
	DbRows rows;
	TRY(db_list(cx, db, &SCHEMAS, &(SchemaArgs){prefix}, &rows));
	const SchemaRow *v = rows.v;
	if (rows.n > max) return fail(cx, ST_TOO_LARGE, "%zu sites, at most %zu may be served at once", rows.n, max);
	for (size_t i = 0; i < rows.n; i++) ret_names[i] = v[i].name;
	*ret_n = rows.n;
	return ST_OK;
}
