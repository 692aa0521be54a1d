// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL text between the portable form and one engine's own. Used at run time for migrations (db/migrate.c) and at
// build time by tools/sqlc; it needs nothing but libc, so that both can link it.
//
// Migrations are written in portable words: ID INT REAL TEXT BLOB BOOL TIME (upper case) as types of columns.
//   SQLite      INTEGER INTEGER REAL TEXT BLOB INTEGER INTEGER; every table becomes STRICT
//   PostgreSQL  BIGINT BIGINT DOUBLE PRECISION TEXT COLLATE "C" BYTEA SMALLINT BIGINT; WITHOUT ROWID is left out
// The words are also mapped after AS in a CAST. What only one engine has stands in a section of its own:
//   -- @lite …statements…   -- @pg …statements…   -- @end      each marker alone on its line
// Line numbers stay the same in the result, so that an engine's message can be found in the file.
#pragma once
#include "db/db.h"

typedef enum SqlTokenKind {
	SQL_END,
	SQL_SPACE,
	SQL_COMMENT,
	SQL_WORD,   // identifier or keyword
	SQL_QUOTED, // "name"
	SQL_STRING, // 'text', also x'00'
	SQL_NUMBER,
	SQL_PARAM, // :name
	SQL_OP     // one operator or punctuation mark, "::" "<=" "||" "->>" and the like as one
} SqlTokenKind;

typedef struct SqlToken {
	SqlTokenKind kind;
	const char *p;
	size_t n;
	int line; // from 1
} SqlToken;

typedef struct SqlLexer {
	const char *p, *end;
	int line;
} SqlLexer;

SqlToken sql_next(SqlLexer *lx);
bool sql_is(const SqlToken *t, const char *word); // a word without regard to case, or an operator as it is

// Which of the engines a line's marker selects: fills ret_lite and ret_pg and returns true for a marker line.
bool dialect_marker(const char *line, size_t n, bool *ret_lite, bool *ret_pg);
// The engine's word for a portable one ("ID", "BLOB", …); NULL if it is not one. In a cast there is no COLLATE.
const char *dialect_type(DbEngine engine, const char *word, size_t n, bool in_cast);

// Bytes that the result of dialect_migration may need for n bytes of text.
static inline size_t dialect_room_bytes(size_t n) { return n * 5 + 64; }
// Rewrites a migration for one engine into out (of dialect_room_bytes(n) bytes), NUL-terminated; returns its length.
size_t dialect_migration(DbEngine engine, const char *sql, size_t n, char *out);
// The same for SQLite, but with the portable words as declared types, so that they can be asked for: no STRICT, and
// `ID PRIMARY KEY` becomes `INTEGER PRIMARY KEY`. For tools/sqlc.
size_t dialect_describe(const char *sql, size_t n, char *out);
