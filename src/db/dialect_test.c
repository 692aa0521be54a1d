// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/db_impl.h"
#include "db/dialect.h"
#include "test.h"

static Str mapped(DbEngine engine, const char *sql)
{
	size_t n = strlen(sql);
	char *out = arena_alloc(test_arena(), dialect_room_bytes(n), 1);
	return (Str){out, dialect_migration(engine, sql, n, out)};
}
#define assert_lite(sql, want) assert_str_equal(mapped(DB_SQLITE, sql), want)
#define assert_pg(sql, want) assert_str_equal(mapped(DB_POSTGRES, sql), want)

TEST(dialect_maps_the_portable_words)
{
	const char *sql = "CREATE TABLE t (id ID PRIMARY KEY, a INT, b REAL, c TEXT, d BLOB, e BOOL, at TIME);";
	assert_lite(
		sql,
		"CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b REAL, c TEXT, d BLOB, e INTEGER, at INTEGER) STRICT;");
	assert_pg(sql, "CREATE TABLE t (id BIGINT PRIMARY KEY, a BIGINT, b DOUBLE PRECISION, c TEXT COLLATE \"C\", d "
				   "BYTEA, e SMALLINT, at BIGINT);");
	assert_lite("ALTER TABLE t ADD COLUMN f TIME;", "ALTER TABLE t ADD COLUMN f INTEGER;");
	assert_pg("ALTER TABLE t ADD COLUMN f TEXT;", "ALTER TABLE t ADD COLUMN f TEXT COLLATE \"C\";");
	assert_pg("UPDATE t SET a = CAST(b AS INT), c = CAST(a AS TEXT);",
			  "UPDATE t SET a = CAST(b AS BIGINT), c = CAST(a AS TEXT);");
	assert_pg("INSERT INTO t (c) VALUES ('TEXT INT'); -- INT", "INSERT INTO t (c) VALUES ('TEXT INT'); -- INT");
}

TEST(dialect_rowid_and_strict)
{
	const char *sql = "CREATE TABLE IF NOT EXISTS t (a ID, CHECK (a > 0)) WITHOUT ROWID;\nCREATE INDEX t_a ON t (a);";
	assert_lite(
		sql,
		"CREATE TABLE IF NOT EXISTS t (a INTEGER, CHECK (a > 0)) WITHOUT ROWID, STRICT;\nCREATE INDEX t_a ON t (a);");
	assert_pg(sql, "CREATE TABLE IF NOT EXISTS t (a BIGINT, CHECK (a > 0))  ;\nCREATE INDEX t_a ON t (a);");
	assert_lite("CREATE TABLE t AS SELECT 1 AS a;", "CREATE TABLE t AS SELECT 1 AS a;");
	assert_lite("CREATE VIRTUAL TABLE f USING fts5(a);", "CREATE VIRTUAL TABLE f USING fts5(a);");
	assert_lite("CREATE TABLE t (a ID) -- why\n", "CREATE TABLE t (a INTEGER) -- why\n\n STRICT");
}

TEST(dialect_sections)
{
	const char *sql = "a;\n-- @lite\nb;\n-- @pg\nc;\n  -- @end  \nd;";
	assert_lite(sql, "a;\n\nb;\n\n\n\nd;");
	assert_pg(sql, "a;\n\n\n\nc;\n\nd;");
	assert_lite("", "");
	assert_lite("-- @pg\nc;", "\n");
}

TEST(dialect_tokens)
{
	const char *sql = "a.b <= :p::int || 'it''s' /* x\n*/ \"q\" 1.5e3 $1 x'00' ->> -- end";
	static const SqlTokenKind WANT[] = {SQL_WORD, SQL_OP,     SQL_WORD,   SQL_OP,      SQL_PARAM,  SQL_OP,
										SQL_WORD, SQL_OP,     SQL_STRING, SQL_COMMENT, SQL_QUOTED, SQL_NUMBER,
										SQL_OP,   SQL_NUMBER, SQL_STRING, SQL_OP,      SQL_COMMENT};
	SqlLexer lx = {.p = sql, .end = sql + strlen(sql), .line = 1};
	size_t k = 0;
	for (SqlToken t = sql_next(&lx); t.kind != SQL_END; t = sql_next(&lx)) {
		if (t.kind == SQL_SPACE) continue;
		assert_true(k < COUNTOF(WANT));
		assert_int_equal(t.kind, WANT[k++]);
		assert_int_equal(t.line, k <= 10 ? 1 : 2);
	}
	assert_int_equal(k, COUNTOF(WANT));
	const char *open_ended[] = {"'abc", "\"abc", "/* abc", "x'"};
	for (size_t i = 0; i < COUNTOF(open_ended); i++) {
		SqlLexer l = {.p = open_ended[i], .end = open_ended[i] + strlen(open_ended[i]), .line = 1};
		assert_int_equal(sql_next(&l).n, strlen(open_ended[i]));
		assert_int_equal(sql_next(&l).kind, SQL_END);
	}
}

TEST(sha256_known_answers)
{
	assert_string_equal(sha256_hex("", 0).hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_string_equal(sha256_hex("abc", 3).hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	const char *two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	assert_string_equal(sha256_hex(two, 56).hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}
