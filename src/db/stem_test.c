// SPDX-License-Identifier: AGPL-3.0-or-later
#include "db/fts.h"
#include "db/stem.h"
#include "test.h"

#include <stdio.h>

static Str joined(Ctx *cx, Str text, Str language)
{
	StrList list = {0};
	Buf b = buf_init(cx->arena, 64, 4096);
	assert_ok(cx, text_stems(cx, text, language, &list));
	for (size_t i = 0; i < list.n; i++) {
		if (i) buf_char(&b, '|');
		buf_str(&b, list.v[i]);
	}
	return buf_view(&b);
}

TEST(stem_folds_and_stems)
{
	Ctx *cx = test_ctx();
	assert_str_equal(joined(cx, S("Running shoes, RUNNING!"), S("english")), "run|shoe|run");
	assert_str_equal(joined(cx, S("Häuser Häusern Straße"), S("german")), "haus|haus|strass");
	assert_str_equal(joined(cx, S("уведомления Уведомление"), S("russian")), "уведомлен|уведомлен");
	assert_str_equal(joined(cx, S("Café DÉJÀ e\xcc\x81t\xc3\xa9 naïve"), S("")), "cafe|deja|ete|naive");
	assert_str_equal(joined(cx, S("don't tr-069 v1.2"), S("en")), "don|t|tr|069|v1|2");
	assert_str_equal(joined(cx, S("漢字かな abc"), S("english")), "漢|字|か|な|abc");
	assert_str_equal(joined(cx, S("\xff\xfe"), S("english")), "");
	assert_str_equal(joined(cx, S(""), S("english")), "");
	assert_str_equal(joined(cx, S("running"), S("klingon")), "running");
	assert_true(stem_language_known(S("english")));
	assert_false(stem_language_known(S("klingon")));
	assert_false(stem_language_known(S("a name that is much too long for a language")));
}

// Words of letters in some order, more of them than places; every second one is met again and again.
static Str words_of(uint32_t seed, size_t n)
{
	static const char *const ENDS[] = {"ing", "ed", "s", "ational", "ness", "y", "", "ies"};
	Buf b = buf_init(test_arena(), 256, (size_t)1 << 20);
	for (size_t i = 0; i < n; i++) {
		seed = seed * 1664525u + 1013904223u;
		uint32_t word = i % 2 ? seed >> 8 : seed >> 28;
		for (uint32_t c = word; c; c /= 20) buf_char(&b, "aeioubcdfgklmnprstvz"[c % 20]);
		buf_z(&b, ENDS[word % COUNTOF(ENDS)]);
		buf_char(&b, ' ');
	}
	return buf_view(&b);
}

static size_t misled; // words whose stem begins otherwise

static void begins_alike(const Stemmer *st, const char *word)
{
	StemCursor c = stem_cursor(st, str_from(word));
	StemToken t;
	if (!stem_next(&c, &t)) return;
	bool alike = t.s.p[0] == word[0] && (t.s.n == 1 || t.s.p[1] == word[1]);
	misled += !alike;
	if (!alike) assert_int_equal(word[1], 'y');
}

// What snippets are found by: of the first two letters an English stem changes none but a y.
TEST(stem_begins_as_its_words_do)
{
	static const char *const MIDDLES[] = {"", "a", "b", "t", "st", "ee", "nn", "at", "bl", "iz", "ll", "y"};
	static const char *const ENDS[] = {"",      "s",   "es",      "ies",   "ied",  "ed",   "edly", "ing",
									   "ingly", "y",   "ly",      "li",    "e",    "sses", "us",   "ation",
									   "ness",  "ful", "ousness", "ement", "able", "ally"};
	Stemmer st = stemmer_init(S("english"));
	char word[32];
	misled = 0;
	for (char a = 'a'; a <= 'z'; a++)
		for (char b = 'a'; b <= 'z'; b++)
			for (size_t m = 0; m < COUNTOF(MIDDLES); m++)
				for (size_t e = 0; e < COUNTOF(ENDS); e++) {
					snprintf(word, sizeof word, "%c%c%s%s", a, b, MIDDLES[m], ENDS[e]);
					begins_alike(&st, word);
				}
	for (size_t i = 0; i < 3; i++) begins_alike(&st, (const char *[]){"dying", "lying", "tying"}[i]);
	assert_true(misled >= 3);
	stemmer_done(&st);
}

TEST(stem_kept_ones_are_those_computed)
{
	StemsKept *kept = ARENA_NEW(test_arena(), StemsKept, 1);
	Stemmer plain = stemmer_init(S("english")), keeping = plain;
	keeping.kept = kept;
	for (uint32_t round = 0; round < 20; round++) {
		Str text = words_of(round, 1000);
		StemToken t, k;
		StemCursor c = stem_cursor(&plain, text), d = stem_cursor(&keeping, text);
		while (stem_next(&c, &t)) {
			Str computed = str_copy(test_arena(), t.s);
			assert_true(stem_next(&d, &k));
			assert_true(str_eq(k.s, computed) && k.from == t.from && k.to == t.to);
		}
		assert_false(stem_next(&d, &k));
	}
	stemmer_done(&plain);
}

TEST(stem_places_point_into_the_text)
{
	Ctx *cx = test_ctx();
	TextWords w = {0};
	Str text = S("  Ein schönes Häuschen.");
	assert_ok(cx, text_words(cx, text, S("german"), &w));
	assert_int_equal(w.n, 3);
	assert_str_equal(str_sub(text, w.v[1].from, w.v[1].to), "schönes");
	assert_str_equal(str_sub(text, w.v[2].from, w.v[2].to), "Häuschen");
}

TEST(stem_cuts_long_words)
{
	Ctx *cx = test_ctx();
	char long_word[1000];
	StrList list = {0};
	memset(long_word, 'x', sizeof long_word);
	assert_ok(cx, text_stems(cx, (Str){long_word, sizeof long_word}, S(""), &list));
	assert_int_equal(list.n, 1);
	assert_true(list.v[0].n <= STEM_MAX_BYTES + 4);
	for (size_t i = 0; i + 1 < sizeof long_word; i += 2) memcpy(long_word + i, "\xc3\x9f", 2); // ß, two letters each
	assert_ok(cx, text_stems(cx, (Str){long_word, sizeof long_word}, S("german"), &list));
	assert_int_equal(list.n, 1);
}

typedef struct Hit {
	Id id;
	Str tf;
} Hit;
typedef struct Search {
	Str q;
} Search;

static Status fill(Ctx *cx, Tx *tx, void *arg)
{
	(void)arg;
	static const DbQuery PUT[] = {
		{.name = "a",
		 .lite = "INSERT INTO f (rowid, title, body) VALUES (1, 'Routers', 'My router routes. The café is near')",
		 .writes = true},
		{.name = "b",
		 .lite = "INSERT INTO f (rowid, title, body) VALUES (2, 'Cafes', 'Nothing about networks')",
		 .writes = true},
	};
	TRY(tx_exec(cx, tx, &PUT[0], NULL, NULL));
	return tx_exec(cx, tx, &PUT[1], NULL, NULL);
}

TEST(fts_uses_the_same_words)
{
	static const char SCHEMA[] =
		"CREATE VIRTUAL TABLE f USING fts5(title, body, content='', tokenize='snowball english');";
	static const Migration M[] = {
		{.owner = "t", .number = 1, .name = "0001_f", .sql = SCHEMA, .sql_len = sizeof SCHEMA - 1}};
	static const DbField COLS[] = {{.name = "id", .type = DB_ID, .offset = offsetof(Hit, id)},
								   {.name = "tf", .type = DB_BLOB, .offset = offsetof(Hit, tf)}};
	static const DbField ARGS[] = {{.name = "q", .type = DB_TEXT, .offset = offsetof(Search, q)}};
	static const DbQuery FIND = {.name = "find",
								 .lite = "SELECT rowid, hearth_tf(f) FROM f WHERE f MATCH ?1 ORDER BY rowid",
								 .params = ARGS,
								 .params_n = 1,
								 .cols = COLS,
								 .cols_n = 2,
								 .row_bytes = sizeof(Hit)};
	Ctx *cx = test_ctx();
	Store *s = NULL;
	const MigrationSet set = {M, 1};
	assert_ok(cx, store_open(cx, &(StoreConfig){.url = S(":memory:")}, &s));
	assert_ok(cx, store_migrate(cx, s, &set, 1));
	assert_ok(cx, store_write(cx, s, fill, NULL));
	Db *db = NULL;
	DbRows rows = {0};
	assert_ok(cx, db_begin(cx, s, &db));
	assert_ok(cx, db_list(cx, db, &FIND, &(Search){S("Router OR CAFÉ")}, &rows));
	assert_int_equal(rows.n, 2);
	const Hit *hits = rows.v;
	TfCounts tf = {0};
	assert_ok(cx, tf_parse(cx, hits[0].tf, 2, &tf));
	assert_int_equal(tf.phrases, 2);
	assert_int_equal(tf_count(&tf, 0, 0), 1); // Routers
	assert_int_equal(tf_count(&tf, 0, 1), 1); // router; "routes" has another stem
	assert_int_equal(tf_count(&tf, 1, 0), 0);
	assert_int_equal(tf_count(&tf, 1, 1), 1);
	assert_int_equal(tf_tokens(&tf, 0), 1);
	assert_int_equal(tf_tokens(&tf, 1), 7);
	assert_ok(cx, tf_parse(cx, hits[1].tf, 2, &tf));
	assert_int_equal(tf_count(&tf, 1, 0), 1);
	assert_status(cx, tf_parse(cx, S("abc"), 2, &tf), ST_INTERNAL);
	assert_status(cx, db_list(cx, db, &FIND, &(Search){S("\"")}, &rows), ST_INVALID);
	db_end(db);
	store_close(s);
}
