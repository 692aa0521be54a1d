// SPDX-License-Identifier: AGPL-3.0-or-later
// Migrations into two in-memory databases: the one that will really be used, for plans, and one whose columns are
// declared in portable words, for types.
#include "db/snowball.h"
#include "sqlc.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const TypeInfo TYPES[] = {
	[T_NONE] = {"", "", "", "", ""},
	[T_INT] = {"INT", "int", "int64_t", "DB_INT", "bigint"},
	[T_REAL] = {"REAL", "real", "double", "DB_REAL", "double precision"},
	[T_TEXT] = {"TEXT", "text", "Str", "DB_TEXT", "text"},
	[T_BLOB] = {"BLOB", "blob", "Str", "DB_BLOB", "bytea"},
	[T_BOOL] = {"BOOL", "bool", "bool", "DB_BOOL", "smallint"},
	[T_TIME] = {"TIME", "time", "Time", "DB_TIME", "bigint"},
	[T_ID] = {"ID", "id", "Id", "DB_ID", "bigint"},
	[T_HTML] = {" ", "html", "SafeHtml", "DB_TEXT", "text"},
};

Type type_named(const char *p, size_t n, bool alias)
{
	int t = T_HTML;
	for (; t > T_NONE; t--) {
		const char *word = alias ? TYPES[t].alias : TYPES[t].word;
		if (strlen(word) == n && memcmp(word, p, n) == 0) break;
	}
	return (Type)t;
}

const Table *schema_table(const Schema *s, const char *p, size_t n)
{
	for (size_t i = 0; i < s->tables_n; i++)
		if (strlen(s->tables[i].name) == n && strncasecmp(s->tables[i].name, p, n) == 0) return &s->tables[i];
	return NULL;
}

const Column *schema_column(const Schema *s, const char *table, const char *p, size_t n)
{
	for (size_t i = 0; i < s->columns_n; i++) {
		const Column *c = &s->columns[i];
		if (strcasecmp(c->table, table) == 0 && strlen(c->name) == n && strncasecmp(c->name, p, n) == 0) return c;
	}
	return NULL;
}

static char *column_str(sqlite3_stmt *st, int i)
{
	const char *z = (const char *)sqlite3_column_text(st, i);
	return take_str(z ? z : "", z ? strlen(z) : 0);
}

// Reads all tables and columns anew; complains at file and line about the columns that have no portable type.
static void read_columns(Schema *s, const char *file, int line)
{
	static const char SQL[] =
		"SELECT l.name, p.name, p.type, p.\"notnull\" OR (p.pk AND (l.wr OR p.type = 'INTEGER')), l.type = 'virtual', "
		"m.sql "
		"FROM pragma_table_list l JOIN sqlite_schema m ON m.name = l.name JOIN pragma_table_xinfo(l.name) p "
		"WHERE l.schema = 'main' AND l.type IN ('table', 'virtual') AND l.name NOT LIKE 'sqlite_%' ORDER BY l.name, "
		"p.cid";
	sqlite3_stmt *st = NULL;
	if (sqlite3_prepare_v2(s->h, SQL, -1, &st, NULL) != SQLITE_OK) error_at(file, line, "%s", sqlite3_errmsg(s->h));
	s->tables_n = s->columns_n = 0;
	while (st && sqlite3_step(st) == SQLITE_ROW && s->columns_n < COLUMNS_MAX - 2 && s->tables_n < TABLES_MAX) {
		char *table = column_str(st, 0), *name = column_str(st, 1), *word = column_str(st, 2), *sql = column_str(st, 5);
		bool virtual = sqlite3_column_int(st, 4);
		if (s->tables_n == 0 || strcmp(s->tables[s->tables_n - 1].name, table) != 0) {
			sql[strcspn(sql, "\n")] = 0;
			s->tables[s->tables_n++] = (Table){.name = table, .small = strstr(sql, "-- small") != NULL};
			if (virtual)
				s->columns[s->columns_n++] = (Column){.table = table, .name = "rowid", .type = T_ID, .not_null = true};
		}
		bool rowid = strcmp(word, "INTEGER") == 0; // what dialect_describe makes of ID PRIMARY KEY
		Type type = virtual ? T_TEXT : rowid ? T_ID : type_named(word, strlen(word), false);
		if (type == T_NONE)
			error_at(file, line, "column %s.%s: the type must be one of ID INT REAL TEXT BLOB BOOL TIME", table, name);
		s->columns[s->columns_n++] = (Column){
			.table = table, .name = name, .type = type, .not_null = sqlite3_column_int(st, 3)};
	}
	sqlite3_finalize(st);
	st = NULL;
	sqlite3_prepare_v2(s->h, "SELECT 1 FROM sqlite_schema WHERE type = 'trigger'", -1, &st, NULL);
	if (sqlite3_step(st) == SQLITE_ROW) error_at(file, line, "triggers are not portable");
	sqlite3_finalize(st);
}

static int line_at(const char *text, const char *p)
{
	int line = 1;
	for (; text < p; text++) line += *text == '\n';
	return line;
}

// The line of the first word of a statement.
static int statement_line(const char *text, const char *at)
{
	SqlLexer lx = {.p = at, .end = at + strlen(at), .line = line_at(text, at)};
	SqlToken t = sql_next(&lx);
	while (t.kind == SQL_SPACE || t.kind == SQL_COMMENT) t = sql_next(&lx);
	return t.line;
}

// Runs the statements of one form of the migration, one by one so that a message has its line.
static bool run_script(Schema *s, sqlite3 *h, const char *file, const char *sql)
{
	for (const char *at = sql, *tail; at && *at; at = tail) {
		sqlite3_stmt *st = NULL;
		int rc = sqlite3_prepare_v2(h, at, -1, &st, &tail), errors = errors_n;
		bool ran = rc == SQLITE_OK && st;
		if (ran && sqlite3_step(st) != SQLITE_DONE) rc = SQLITE_ERROR;
		sqlite3_finalize(st);
		int offset = sqlite3_error_offset(h), line = offset > 0 ? line_at(sql, at + offset) : statement_line(sql, at);
		if (rc != SQLITE_OK) error_at(file, line, "%s", sqlite3_errmsg(h));
		else if (ran && h == s->h) read_columns(s, file, line);
		if (errors_n > errors) return false;
	}
	return true;
}

static void apply(Schema *s, const char *file)
{
	size_t n;
	char *text = read_file(file, &n), *sql = take(dialect_room_bytes(n));
	if (!text) return;
	dialect_migration(DB_SQLITE, text, n, sql);
	if (!run_script(s, s->real, file, sql)) return;
	dialect_describe(text, n, sql);
	run_script(s, s->h, file, sql);
}

static int is_migration(const struct dirent *e)
{
	size_t n = strlen(e->d_name);
	return n > 4 && strcmp(e->d_name + n - 4, ".sql") == 0;
}

static void apply_dir(Schema *s, const char *dir)
{
	struct dirent **names = NULL;
	int n = scandir(dir, &names, is_migration, alphasort);
	if (n < 0) error_at(dir, 1, "no such folder of migrations");
	for (int i = 0; i < n; i++) apply(s, take_format("%s/%s", dir, names[i]->d_name));
}

Schema *schema_load(const char *const *dirs, int n)
{
	Schema *s = take(sizeof *s);
	sqlite3 **handles[] = {&s->h, &s->real};
	for (size_t i = 0; i < COUNTOF(handles); i++)
		if (sqlite3_open(":memory:", handles[i]) != SQLITE_OK || snowball_register(*handles[i]) != SQLITE_OK)
			error_at("sqlite", 1, "%s", sqlite3_errmsg(*handles[i]));
	for (int i = 0; i < n && !errors_n; i++) apply_dir(s, dirs[i]);
	return s;
}
