// SPDX-License-Identifier: AGPL-3.0-or-later
// A table's whole numbers, read out of its pages: the same rows as SQLite gives, whatever is in them and wherever the pages are.
#include "db/leaf.h"
#include "test.h"

#include "db/sqlite_impl.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define THINGS 3000
#define TEXT_MAX 30000
#define SMALL_MAP ((int64_t)1 << 16) // most pages come through the cache

typedef struct Thing {
	Id id;
	int64_t a, b, c, d;
	Str body;
} Thing;
typedef struct Numbers {
	int64_t v[5];
} Numbers;

#define AT(name_, i)                                                                                                   \
	{                                                                                                                  \
		.name = name_, .type = DB_INT, .offset = (i) * sizeof(int64_t)                                                 \
	}
static const DbField NUMBERS[] = {AT("id", 0), AT("a", 1), AT("b", 2), AT("c", 3), AT("d", 4)};
static const DbField MIXED_UP[] = {AT("b", 0), AT("a", 1)};
static const DbField THING[] = {
	AT("id", 0), AT("a", 1),
	AT("b", 2),  {.name = "c", .type = DB_ID, .nullable = true, .offset = offsetof(Thing, c)},
	AT("d", 4),  {.name = "body", .type = DB_TEXT, .offset = offsetof(Thing, body)}};
#define ALL "SELECT id, a, b, c, d FROM thing"
#define QUERY(sql, fields)                                                                                             \
	{                                                                                                                  \
		.name = sql, .lite = sql, .cols = fields, .cols_n = COUNTOF(fields), .row_bytes = sizeof(Numbers)              \
	}
static const DbQuery BY_PAGES = QUERY(ALL, NUMBERS), IN_ORDER = QUERY(ALL " ORDER BY id", NUMBERS),
					 BY_SQLITE = QUERY(ALL " WHERE id > 0 ORDER BY id", NUMBERS),
					 BACKWARDS = QUERY("SELECT b, a FROM thing", MIXED_UP), BY_B = QUERY(ALL " ORDER BY b", NUMBERS);
static const DbQuery PUT = {
	.name = "put",
	.lite = "INSERT OR REPLACE INTO thing (id, a, b, c, d, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	.params = THING,
	.params_n = 6,
	.writes = true};
static const char SCHEMA[] =
	"CREATE TABLE thing (id ID PRIMARY KEY, a INT NOT NULL, body TEXT NOT NULL, b INT NOT NULL, c ID);\n"
	"ALTER TABLE thing ADD COLUMN d INT NOT NULL DEFAULT 7;";
static const Migration MIGRATION[] = {
	{.owner = "test", .number = 1, .name = "0001_thing", .sql = SCHEMA, .sql_len = sizeof SCHEMA - 1}};

static uint64_t mixed(uint64_t v) // splitmix64
{
	v += UINT64_C(0x9e3779b97f4a7c15);
	v = (v ^ v >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	v = (v ^ v >> 27) * UINT64_C(0x94d049bb133111eb);
	return v ^ v >> 31;
}

// Of any size and sign, and 0 and 1 more often.
static int64_t number(uint64_t seed)
{
	uint64_t r = mixed(seed);
	return r % 3 == 0 ? (int64_t)(r >> 8 & 1) : (int64_t)mixed(r) >> r % 64;
}

// Ids of one to nine bytes; a text is short, fills pages, or lies behind what a page has of its row.
static Thing thing(const char *text, uint64_t i, uint64_t seed)
{
	size_t n = i % 50 == 0 ? mixed(seed) % TEXT_MAX : mixed(seed) % 300;
	return (Thing){.id = (Id)(i < THINGS / 2 ? i * i : i << 48 | i),
				   .a = number(seed + 1),
				   .b = number(seed + 2),
				   .c = i % 4 ? number(seed + 3) : 0,
				   .d = number(seed + 4),
				   .body = {text, n}};
}

typedef struct Filling {
	uint64_t seed, step;
} Filling;

static Status fill(Ctx *cx, Tx *tx, void *arg)
{
	const Filling *f = arg;
	char *text = arena_alloc(cx->arena, TEXT_MAX, 1);
	memset(text, 'x', TEXT_MAX);
	for (uint64_t i = 1; i <= THINGS; i += f->step) {
		Thing t = thing(text, i, f->seed + i * 100);
		TRY(tx_exec(cx, tx, &PUT, &t, NULL));
	}
	return ST_OK;
}

static Store *open_store(Ctx *cx, Str url)
{
	Store *s = NULL;
	const MigrationSet set = {MIGRATION, 1};
	assert_ok(cx, store_open(cx, &(StoreConfig){.url = url}, &s));
	assert_ok(cx, store_migrate(cx, s, &set, 1));
	return s;
}

typedef struct Seen {
	Ctx *cx;
	Db *db;
	Numbers v[THINGS + 1];
	size_t n, inner;
} Seen;

static Status keep(void *arg, const void *row)
{
	Seen *seen = arg;
	seen->v[seen->n++] = *(const Numbers *)row;
	return ST_OK;
}

static Status keep_and_look(void *arg, const void *row)
{
	Seen *seen = arg;
	if (seen->n % 1000 == 0) {
		Seen *inner = ARENA_NEW(seen->cx->arena, Seen, 1);
		TRY(db_each(seen->cx, seen->db, &BY_PAGES, NULL, keep, inner));
		seen->inner += inner->n;
	}
	return keep(arg, row);
}

static void same_rows(Ctx *of, Store *s, int64_t map_most)
{
	AUTO(Arena) arena = arena_new(ARENA_CAP_BYTES);
	Ctx own = *of, *cx = &own;
	AUTO(Db) db = NULL;
	own.arena = arena;
	assert_ok(cx, db_begin(cx, s, &db));
	Seen *want = ARENA_NEW(cx->arena, Seen, 1);
	assert_ok(cx, db_each(cx, db, &BY_SQLITE, NULL, keep, want));
	assert_int_equal(want->n, THINGS);
	LiteMap *map = &((LiteConn *)db)->map;
	map->file_bytes = i64_min(map->file_bytes, map_most);
	const DbQuery *queries[] = {&BY_PAGES, &IN_ORDER, &BY_PAGES};
	for (size_t i = 0; i < COUNTOF(queries); i++) {
		Seen *got = ARENA_NEW(cx->arena, Seen, 1);
		got->cx = cx;
		got->db = db;
		assert_ok(cx, db_each(cx, db, queries[i], NULL, i == 2 ? keep_and_look : keep, got));
		assert_int_equal(got->n, want->n);
		assert_memory_equal(got->v, want->v, want->n * sizeof *want->v);
		assert_int_equal(got->inner, i == 2 ? 3 * THINGS : 0);
	}
	Seen *back = ARENA_NEW(cx->arena, Seen, 1), *by_b = ARENA_NEW(cx->arena, Seen, 1);
	assert_ok(cx, db_each(cx, db, &BACKWARDS, NULL, keep, back));
	assert_int_equal(back->v[THINGS - 1].v[0], want->v[THINGS - 1].v[2]);
	assert_ok(cx, db_each(cx, db, &BY_B, NULL, keep, by_b));
	for (size_t i = 1; i < by_b->n; i++) assert_true(by_b->v[i - 1].v[2] <= by_b->v[i].v[2]);
}

static Status read_own(Ctx *cx, Tx *tx, void *arg)
{
	Seen *seen = ARENA_NEW(cx->arena, Seen, 1);
	TRY(fill(cx, tx, arg));
	TRY(db_each(cx, tx_db(tx), &BY_PAGES, NULL, keep, seen));
	Thing first = thing("", 1, ((Filling *)arg)->seed + 100);
	assert_int_equal(seen->v[0].v[1], first.a);
	return ST_OK;
}

// In the journal only, in the file, and some of each; through the map, and through the cache.
TEST(rows_of_whole_numbers_are_the_same_from_pages)
{
	Ctx *cx = test_ctx();
	const int64_t maps[] = {INT64_MAX, SMALL_MAP};
	for (size_t i = 0; i < COUNTOF(maps); i++) {
		Str url = str_format(cx->arena, "%s/leaf%zu.db", test_dir(), i);
		Store *s = open_store(cx, url);
		assert_ok(cx, store_write(cx, s, fill, &(Filling){i, 1}));
		same_rows(cx, s, maps[i]);
		store_close(s);
		s = open_store(cx, url);
		same_rows(cx, s, maps[i]);
		assert_ok(cx, store_write(cx, s, fill, &(Filling){77, 41}));
		same_rows(cx, s, maps[i]);
		assert_ok(cx, store_write(cx, s, read_own, &(Filling){88, 5}));
		same_rows(cx, s, maps[i]);
		store_close(s);
	}
}

// That pages are read at all: a page as SQLite writes it, cell by cell.
TEST(a_leaf_gives_its_cells)
{
	static const unsigned char CELLS[] = {
		10, 5,    6,   0,   1,   13 + 2, 2,   8,   200, 'x', 1, 2,                 // 5: -56 'x' 258 0
		14, 0x81, 0,   6,   0,   9,      13,  6,   0,   0,   0, 0, 0, 1,  0, 0, 0, // 128: 1 '' 2^24 NULL
		21, 255,  255, 255, 255, 255,    255, 255, 255, 255, 6, 0, 7, 13, 1        // -1: a real
	};
	static const int AT_CELLS[] = {0, 12, 29};
	unsigned char page[4096] = {13, 0, 0, 0, COUNTOF(AT_CELLS)};
	size_t from = sizeof page - 100;
	memcpy(page + from, CELLS, sizeof CELLS);
	for (size_t i = 0; i < COUNTOF(AT_CELLS); i++) {
		page[8 + 2 * i] = (unsigned char)((from + (size_t)AT_CELLS[i]) >> 8);
		page[9 + 2 * i] = (unsigned char)(from + (size_t)AT_CELLS[i]);
	}
	LeafReader reader;
	Leaf leaf;
	int64_t id, row[4];
	assert_true(leaf_reader_init(&reader, (const int[]){0, 1, 3, 4}, 4, 0));
	assert_true(leaf_open(page, sizeof page, &leaf));
	assert_true(leaf_row(&reader, &leaf, 0, &id, row));
	assert_int_equal(id, 5);
	assert_true(row[0] == 5 && row[1] == -56 && row[2] == 258 && row[3] == 0);
	assert_true(leaf_row(&reader, &leaf, 1, &id, row));
	assert_true(id == 128 && row[0] == 128 && row[1] == 1 && row[2] == 1 << 24 && row[3] == 0);
	assert_false(leaf_row(&reader, &leaf, 2, &id, row));
	page[0] = 10; // of an index
	assert_false(leaf_open(page, sizeof page, &leaf));
	assert_false(leaf_reader_init(&reader, (const int[]){1, 0}, 2, 0));
}
