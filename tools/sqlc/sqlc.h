// SPDX-License-Identifier: AGPL-3.0-or-later
// Parts of tools/sqlc; the specification is the header comment of main.c.
// schema.c: migrations -> SQLite in memory; parse.c: queries.sql -> Query; check.c, compare.c: Query against the schema;
// emit.c: Query -> C. A build tool: memory is never given back, errors go to stderr and are counted.
#pragma once
#include "db/dialect.h"

#include <sqlite3.h>
#include <stdio.h>

typedef enum Type { T_NONE, T_INT, T_REAL, T_TEXT, T_BLOB, T_BOOL, T_TIME, T_ID, T_HTML } Type;
typedef enum Kind { K_ONE, K_FIND, K_MANY, K_EXEC, K_EXECN, K_EACH } Kind; // as KINDS in parse.c

typedef struct TypeInfo {
	const char *word, *alias, *c, *db, *pg_cast; // in migrations, in queries, in C, DbType, PostgreSQL parameter
} TypeInfo;
extern const TypeInfo TYPES[];
Type type_named(const char *p, size_t n, bool alias); // "ID", or "id" of an alias

typedef struct Column {
	const char *table, *name;
	Type type;
	bool not_null;
} Column;

typedef struct Table {
	const char *name;
	bool small;
} Table;

#define TABLES_MAX 1000
#define COLUMNS_MAX 10000
typedef struct Schema {
	sqlite3 *h, *real; // declared in portable words; as at run time
	Column columns[COLUMNS_MAX];
	size_t columns_n;
	Table tables[TABLES_MAX];
	size_t tables_n;
} Schema;

typedef struct Field { // an argument or a result
	char *name;
	Type type;
	bool nullable, used;
} Field;

typedef struct Alias { // "name:type?" after AS
	size_t name_n;
	Type type;      // T_NONE: as in the schema
	char null_mark; // '?', '!' or 0
	bool marked, bad;
} Alias;

#define FIELDS_MAX 96
#define TOKENS_MAX 4096
#define REFS_MAX 48
#define QUERIES_MAX 2000

typedef struct Tokens { // of one body, without space and comments; followed by tokens of kind SQL_END
	SqlToken *v;
	long *at; // where each one begins in the rendered text
	int n;
} Tokens;

typedef struct Ref {    // a table named in the statement
	const Table *table; // NULL: a common table expression or a sub-select
	const SqlToken *name, *alias;
	bool left, target; // nullable by LEFT JOIN; written to
} Ref;

typedef struct Query {
	char *name, *pascal;
	Kind kind;
	int line;
	bool scan_ok, writes, bad;
	Field args[FIELDS_MAX], results[FIELDS_MAX];
	int args_n, results_n;
	char *text[2]; // by DbEngine, as in the file, from text_line on
	int text_line[2];
	Tokens tokens[2];
	Ref refs[REFS_MAX];
	int refs_n;
	char *sql[2]; // as the engine gets it
} Query;

typedef struct Queries {
	Query *v;
	size_t n;
} Queries;

extern int errors_n;
__attribute__((format(printf, 3, 4))) void error_at(const char *file, int line, const char *fmt, ...);
#define QUERY_ERROR(file, q, line, ...) ((q)->bad = true, error_at((file), (line), __VA_ARGS__))

void *take(size_t bytes); // zeroed; exits when there is none
char *take_str(const char *p, size_t n);
__attribute__((format(printf, 1, 2))) char *take_format(const char *fmt, ...);
char *read_file(const char *path, size_t *ret_n);    // NULL if it cannot be read
bool token_in(const SqlToken *t, const char *words); // is it one of "these words"

Schema *schema_load(const char *const *dirs, int n);
const Table *schema_table(const Schema *s, const char *p, size_t n);
const Column *schema_column(const Schema *s, const char *table, const char *p, size_t n);

Alias alias_parse(const char *p, size_t n);
void queries_parse(Queries *qs, const char *file);
void query_check(const Schema *s, const char *file, Query *q);
void query_compare_types(const Schema *s, const char *file, Query *q, const Tokens *ts);
const Column *resolve_column(const Schema *s, const Query *q, const SqlToken *qualifier, const SqlToken *name);
int find_arg(const Query *q, const SqlToken *param); // -1: none
char *query_render(Query *q, DbEngine engine, bool keep_marks);
void query_refuse_words(const char *file, Query *q, const Tokens *ts);
bool emit_header(const Queries *qs, const char *name, const char *path);
bool emit_code(const Queries *qs, const char *name, const char *path);
