// SPDX-License-Identifier: AGPL-3.0-or-later
// A schema that grew by migrations equals one made at once. What is refused is tested in db_test.c, on both engines.
#include "db/migrate.h"
#include "test.h"

#define TEXT_OF(text) .sql = (text), .sql_len = sizeof(text) - 1
static const char FIRST[] =
	"CREATE TABLE a (id ID PRIMARY KEY, name TEXT NOT NULL);\nCREATE UNIQUE INDEX a_name ON a(name);";
static const char SECOND[] =
	"ALTER TABLE a ADD COLUMN seen_at TIME;\nCREATE INDEX a_seen ON a(seen_at) WHERE seen_at IS NOT NULL;";
static const char OTHER[] =
	"CREATE TABLE b (a_id ID NOT NULL, k TEXT NOT NULL, live BOOL, PRIMARY KEY (a_id, k)) WITHOUT ROWID;\n"
	"-- @lite\nCREATE VIRTUAL TABLE f USING fts5(t, content='', tokenize='snowball english');\n"
	"-- @pg\nCREATE TABLE f (rowid ID PRIMARY KEY, tsv TSVECTOR NOT NULL);\n-- @end\n";
static const Migration A[] = {{.owner = "a", .number = 1, .name = "0001_a", TEXT_OF(FIRST)},
							  {.owner = "a", .number = 2, .name = "0002_a", TEXT_OF(SECOND)}};
static const Migration B[] = {{.owner = "b", .number = 1, .name = "0001_b", TEXT_OF(OTHER)}};

typedef struct Line {
	Str text;
} Line;

static Str schema_of(Ctx *cx, Store *s)
{
	static const DbField COLS[] = {{.name = "text", .type = DB_TEXT, .offset = offsetof(Line, text)}};
	static const DbQuery SCHEMA = {
		.name = "schema",
		.lite = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name",
		.cols = COLS,
		.cols_n = 1,
		.row_bytes = sizeof(Line),
	};
	AUTO(Db) db = NULL;
	DbRows rows = {0};
	Buf b = buf_init(cx->arena, 4096, BUF_MAX_BYTES);
	assert_ok(cx, db_begin(cx, s, &db));
	assert_ok(cx, db_list(cx, db, &SCHEMA, NULL, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		buf_str(&b, ((const Line *)rows.v)[i].text);
		buf_char(&b, '\n');
	}
	assert_ok(cx, buf_status(cx, &b));
	return buf_view(&b);
}

TEST(migrate_fresh_equals_migrated)
{
	Ctx *cx = test_ctx();
	const MigrationSet young[] = {{A, 1}}, grown[] = {{A, 2}, {B, 1}};
	Store *old = NULL, *fresh = NULL;
	assert_ok(cx, store_open(cx, &(StoreConfig){.url = S(":memory:")}, &old));
	assert_ok(cx, store_open(cx, &(StoreConfig){.url = S(":memory:")}, &fresh));
	assert_ok(cx, store_migrate(cx, old, young, 1));
	assert_ok(cx, store_migrate(cx, old, grown, 2));
	assert_ok(cx, store_migrate(cx, fresh, grown, 2));
	Str a = schema_of(cx, old), b = schema_of(cx, fresh);
	assert_true(a.n > 500);
	assert_true(str_eq(a, b));
	StoreStats before, after;
	store_stats(old, &before);
	assert_ok(cx, store_migrate(cx, old, grown, 2)); // nothing to do: not even a write
	store_stats(old, &after);
	assert_int_equal(before.writes, after.writes);
	assert_status(cx, store_migrate(cx, old, young, 1), ST_UNSUPPORTED); // the database is newer than this program
	store_close(old);
	store_close(fresh);
}
