// SPDX-License-Identifier: AGPL-3.0-or-later
// What search reads from the tables of FTS5 is what FTS5 itself finds: for random posts, written, rewritten and deleted in
// transactions of any size, on pages so small that lists and positions of a single post reach over several, merged at
// random, wholly and in part.
#include "community/model_testkit.h"
#include "community/search.h"
#include "db/fts_lists.h"
#include "test.h"

#define DOCS 500
#define VOCABULARY 40
#define WORDS_MAX 90
#define POST_BYTES 16000

typedef struct Index {
	Town *t;
	uint32_t seed;
	uint32_t text_of[DOCS + 1]; // the seed of the post's text, 0: not in the index
	int read_in_tables, asked;
} Index;

static uint32_t any(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

// The first words are the frequent ones.
static void add_word(Buf *b, uint32_t word)
{
	buf_str(b, S("w"));
	for (uint32_t c = word * word + word; c; c /= 7) buf_char(b, "aeioukz"[c % 7]);
	buf_char(b, ' ');
}

static uint32_t any_word(uint32_t *seed) { return any(seed, 1 + any(seed, VOCABULARY)); }

static void make_text(uint32_t seed, Buf *title, Buf *body)
{
	uint32_t n = any(&seed, WORDS_MAX), again = any(&seed, 9) ? 1 : 1200; // some say one word again and again
	for (uint32_t i = any(&seed, 4); i > 0; i--) add_word(title, any_word(&seed));
	for (uint32_t i = 0; i < n; i++) add_word(body, any_word(&seed));
	for (uint32_t word = any_word(&seed); again > 1; again--) add_word(body, word);
}

typedef struct Row {
	Id doc;
	Str title, body;
} Row;
typedef struct Number {
	int64_t n;
} Number;

static const DbField ROW_FIELDS[] = {{.name = "doc", .type = DB_ID, .offset = offsetof(Row, doc)},
									 {.name = "title", .type = DB_TEXT, .offset = offsetof(Row, title)},
									 {.name = "body", .type = DB_TEXT, .offset = offsetof(Row, body)}};
static const DbField NUMBER_FIELD[] = {{.name = "n", .type = DB_INT, .offset = offsetof(Number, n)}};
#define OF_ROW(TEXT)                                                                                                   \
	{                                                                                                                  \
		.name = "row", .lite = TEXT, .params = ROW_FIELDS, .params_n = 3, .writes = true                               \
	}
#define OF_NUMBER(TEXT)                                                                                                \
	{                                                                                                                  \
		.name = "number", .lite = TEXT, .params = NUMBER_FIELD, .params_n = 1, .writes = true                          \
	}
static const DbQuery PUT = OF_ROW("INSERT INTO post_fts (rowid, title, body) VALUES (?1, ?2, ?3)");
static const DbQuery DROP = OF_ROW("INSERT INTO post_fts (post_fts, rowid, title, body) VALUES ('delete', ?1, ?2, ?3)");
static const DbQuery PAGE_BYTES = OF_NUMBER("INSERT INTO post_fts (post_fts, rank) VALUES ('pgsz', ?1)");
static const DbQuery AUTOMERGE = OF_NUMBER("INSERT INTO post_fts (post_fts, rank) VALUES ('automerge', ?1)");
static const DbQuery MERGE = OF_NUMBER("INSERT INTO post_fts (post_fts, rank) VALUES ('merge', ?1)");

static Status run_row(Index *ix, Tx *tx, const DbQuery *q, Id doc)
{
	Arena *a = ix->t->cx->arena;
	Buf title = buf_init(a, 256, POST_BYTES), body = buf_init(a, 1024, POST_BYTES);
	make_text(ix->text_of[doc], &title, &body);
	Row row = {doc, buf_view(&title), buf_view(&body)};
	return tx_exec(ix->t->cx, tx, q, &row, NULL);
}

// One transaction: new posts, some rewritten, some deleted.
static Status change(UNUSED Ctx *cx, Tx *tx, void *arg)
{
	Index *ix = arg;
	for (uint32_t i = 1 + any(&ix->seed, 40), first = 1 + any(&ix->seed, DOCS - 40); i > 0; i--) {
		Id doc = first + i; // not in order: the lists of segments overlap
		if (ix->text_of[doc]) TRY(run_row(ix, tx, &DROP, doc));
		bool gone = ix->text_of[doc] && any(&ix->seed, 3) == 0;
		ix->text_of[doc] = gone ? 0 : ix->seed | 1;
		if (!gone) TRY(run_row(ix, tx, &PUT, doc));
	}
	if (any(&ix->seed, 4) == 0) TRY(tx_exec(ix->t->cx, tx, &MERGE, &(Number){(int64_t)any(&ix->seed, 60) - 20}, NULL));
	return ST_OK;
}

static Status configure(Ctx *cx, Tx *tx, void *arg)
{
	Index *ix = arg;
	TRY(tx_exec(cx, tx, &PAGE_BYTES, &(Number){40 + any(&ix->seed, 4) * 300}, NULL));
	return tx_exec(cx, tx, &AUTOMERGE, &(Number){any(&ix->seed, 5)}, NULL);
}

static void check_equal(Index *ix, Db *db, const SearchQuery *q)
{
	Ctx *cx = ix->t->cx;
	SearchFound found;
	SearchCandidatesRows rows;
	assert_ok(cx, search_find(cx, db, q, true, &found));
	ix->asked++;
	ix->read_in_tables += found.counted;
	SearchCandidatesArgs args = {.match = search_query_match(cx->arena, q, false), .limit = SEARCH_CANDIDATES_MAX};
	assert_ok(cx, search_candidates(cx, db, &args, &rows));
	assert_int_equal(found.n, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		SearchCandidate by_fts = {.doc = rows.v[i].doc};
		assert_ok(cx, search_counts_read(cx, q, rows.v[i].tf, NULL, &by_fts));
		assert_int_equal(found.v[i].doc, by_fts.doc);
		assert_memory_equal(found.v[i].tf, by_fts.tf, sizeof by_fts.tf);
	}
	SearchFound counted = {0};
	assert_ok(cx, search_find_counts(cx, db, q, &counted));
	assert_ok(cx, search_find_counts(cx, db, q, &found));
	assert_memory_equal(found.in_posts, counted.in_posts, q->n * sizeof *found.in_posts);
}

static void check_queries(Index *ix)
{
	AUTO(Db) db = NULL;
	Ctx *cx = ix->t->cx;
	assert_ok(cx, db_begin(cx, ix->t->store, &db));
	Stemmer st = stemmer_init(S("english"));
	for (uint32_t i = 0; i < 2 * VOCABULARY; i++) {
		Buf text = buf_init(cx->arena, 64, POST_BYTES);
		for (uint32_t k = i < VOCABULARY ? 0 : any(&ix->seed, 3); k > 0; k--) add_word(&text, any_word(&ix->seed));
		add_word(&text, i % VOCABULARY);
		if (any(&ix->seed, 30) == 0) buf_str(&text, S("nobodysaysthis"));
		SearchQuery q = search_query_parse(cx->arena, &st, buf_view(&text));
		check_equal(ix, db, &q);
	}
	stemmer_done(&st);
}

static void read_what_fts_finds(Town *t)
{
	if (store_engine(t->store) == DB_POSTGRES) return; // its index has no such tables
	Index ix = {.t = t, .seed = 7};
	for (int round = 0; round < 4; round++) {
		assert_ok(t->cx, store_write(t->cx, t->store, configure, &ix));
		for (int i = 0; i < 25; i++) assert_ok(t->cx, store_write(t->cx, t->store, change, &ix));
		check_queries(&ix);
	}
	assert_true(ix.read_in_tables > ix.asked / 2); // the others have too many pages
	assert_true(ix.read_in_tables < ix.asked);
}

TEST(search_reads_in_the_tables_what_fts_finds) { test_towns(read_what_fts_finds); }

static void what_reads_otherwise_is_left_to_fts(Town *t)
{
	if (store_engine(t->store) == DB_POSTGRES) return;
	AUTO(Db) db = NULL;
	Id topic, post;
	assert_ok(t->cx,
			  town_ask(t, S("A kettle sings"), S("scale"), S("It whistles on the stove all day"), &topic, &post));
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	Stemmer st = stemmer_init(S("english"));
	SearchQuery one = search_query_parse(t->cx->arena, &st, S("kettle")),
				phrase = search_query_parse(t->cx->arena, &st, S("\"it whistles\""));
	SearchFound found;
	assert_ok(t->cx, search_find(t->cx, db, &one, true, &found));
	assert_int_equal(found.n, 1);
	assert_true(found.counted);
	assert_ok(t->cx, search_find(t->cx, db, &phrase, true, &found));
	assert_int_equal(found.n, 1);
	assert_false(found.counted);
	SearchPagesRows pages;
	SearchPagesArgs args = {.words = S("[\"kettl\"]"), .version = FTS_VERSION, .limit = 1};
	assert_ok(t->cx, search_pages(t->cx, db, &args, &pages));
	assert_int_equal(pages.n, 1);
	args.limit = 0;
	assert_ok(t->cx, search_pages(t->cx, db, &args, &pages));
	assert_int_equal(pages.n, 0);
	args = (SearchPagesArgs){.words = args.words, .version = FTS_VERSION + 1, .limit = 1};
	assert_ok(t->cx, search_pages(t->cx, db, &args, &pages));
	assert_int_equal(pages.n, 0);
	stemmer_done(&st);
}

TEST(search_leaves_to_fts_what_reads_otherwise) { test_towns(what_reads_otherwise_is_left_to_fts); }
