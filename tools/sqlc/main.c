// SPDX-License-Identifier: AGPL-3.0-or-later
// sqlc: named SQL queries -> typed C. This comment is its specification.
//
//   sqlc --name NAME --queries F/queries.sql --migrations DIR [--migrations DIR…] --out-h NAME_sql.h --out-c NAME_sql.c
//
// The migrations (db/dialect.h says how they are written) build an in-memory SQLite: folders in the order given, files
// by number. `-- small` behind the opening parenthesis of a CREATE TABLE says that scanning it is fine.
//
// The query file
//   -- name: topic_list_recent :many     :one   one row, else ST_NOT_FOUND     :find  one row or none (ret_found)
//                                        :many  all rows, at most DB_ROWS_MAX  :each  a callback for each row
//                                        :exec  no rows                        :execn no rows, gives rows changed
//   -- args: space_id id, limit int, q text?      types int id time text real bool blob html; `?` may be NULL.
//                        A parameter named like a column of the statement's tables may be left out; it then has the
//                        column's type, and may be NULL where the statement writes to a column that may.
//   -- scan-ok: reason   permits the walk through a large table
//   -- @lite / -- @pg / -- @end    before a statement of one engine only; each engine must have exactly one
//   SELECT … WHERE space_id = :space_id LIMIT :limit;      one statement, ended by a semicolon; other comments are free
//
// Results take name and type from their column. An expression is marked in its alias: AS "total:int", "q:text?" (may be
// NULL). "name?" and "name!" keep the column's type and say that it may, or may never, be NULL: a column from a
// LEFT JOIN needs such a mark. "body:html" gives a SafeHtml of a TEXT column. In CAST(x AS INT) the portable words hold.
//
// Generated for topic_list_recent (what is empty is left out):
//   TopicListRecentArgs, TopicListRecentRow, TopicListRecentRows {v, n}
//   Status topic_list_recent(Ctx *cx, Db *db, const TopicListRecentArgs *args, TopicListRecentRows *ret_rows);
//   :one … Row *ret_row   :find … Row *ret_row, bool *ret_found   :each … DbEachFn fn, void *arg (row: const …Row *)
//   :exec Status f(Ctx *, Tx *, const Args *)   :execn … int64_t *ret_changed    whatever writes takes Tx * for Db *
//   NULL is 0, or p == NULL in a Str; int, real and bool that may be NULL have a `bool NAME_null` beside them.
//   const DbQuery *const NAME_queries[], const size_t NAME_queries_n: all of the file, for prepare-all tests.
//
// Refused, with file and line: what SQLite refuses; a parameter compared with, set to or inserted into a column of
// another type; an unknown parameter, an unused argument; an untyped expression; an unmarked LEFT JOIN column; a scan of
// a table that is not small, without scan-ok (also scan-ok without a scan); SELECT *, OFFSET, RIGHT/FULL/NATURAL JOIN;
// names used twice; a kind that does not fit. Walking an index in order under a LIMIT is no scan.
#include "sqlc.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX_BYTES (4 << 20)

int errors_n;

void error_at(const char *file, int line, const char *fmt, ...)
{
	fprintf(stderr, "%s:%d: ", file, line);
	va_list ap;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	errors_n++;
}

void *take(size_t bytes)
{
	void *p = calloc(1, bytes ? bytes : 1);
	if (!p) {
		fputs("sqlc: out of memory\n", stderr);
		exit(71);
	}
	return p;
}

char *take_str(const char *p, size_t n)
{
	char *s = take(n + 1);
	memcpy(s, p, n);
	return s;
}

char *take_format(const char *fmt, ...)
{
	char *s = NULL;
	va_list ap;
	va_start(ap, fmt);
	int n = vasprintf(&s, fmt, ap);
	va_end(ap);
	return n < 0 ? take(1) : s;
}

char *read_file(const char *path, size_t *ret_n)
{
	FILE *f = fopen(path, "rb");
	char *text = take(FILE_MAX_BYTES + 1);
	*ret_n = f ? fread(text, 1, FILE_MAX_BYTES, f) : 0;
	bool ok = f && !ferror(f) && feof(f);
	if (f) fclose(f);
	if (!ok) error_at(path, 1, "cannot be read, or is larger than %d bytes", FILE_MAX_BYTES);
	return ok ? text : NULL;
}

static int run(const char *name, const char *file, const char **dirs, int dirs_n, const char *out_h, const char *out_c)
{
	Schema *s = schema_load(dirs, dirs_n);
	Queries qs = {0};
	if (!errors_n) queries_parse(&qs, file);
	for (size_t i = 0; i < qs.n; i++) query_check(s, file, &qs.v[i]);
	sqlite3_close(s->h);
	sqlite3_close(s->real);
	if (errors_n) return 1;
	return emit_header(&qs, name, out_h) && emit_code(&qs, name, out_c) ? 0 : 1;
}

int main(int argc, char **argv)
{
	const char *name = NULL, *file = NULL, *out_h = NULL, *out_c = NULL;
	const char **dirs = take((size_t)argc * sizeof *dirs);
	int dirs_n = 0;
	for (int i = 1; i + 1 < argc; i += 2) {
		const char *value = argv[i + 1];
		if (strcmp(argv[i], "--name") == 0) name = value;
		else if (strcmp(argv[i], "--queries") == 0) file = value;
		else if (strcmp(argv[i], "--out-h") == 0) out_h = value;
		else if (strcmp(argv[i], "--out-c") == 0) out_c = value;
		else if (strcmp(argv[i], "--migrations") == 0) dirs[dirs_n++] = value;
		else name = NULL, argc = 0;
	}
	if (argc % 2 == 1 && name && file && out_h && out_c && dirs_n) return run(name, file, dirs, dirs_n, out_h, out_c);
	fputs("usage: sqlc --name NAME --queries FILE --migrations DIR… --out-h FILE --out-c FILE\n", stderr);
	return 2;
}
