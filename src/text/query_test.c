// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/query.h"

#include "test.h"

#include <string.h>

static bool matches_fields(const char *query, const char *text, const QueryFields *f)
{
	Ctx *cx = test_ctx();
	ArenaMark mark = arena_mark(test_arena());
	QueryMatch m[4];
	QuerySet *q = queries_new(test_arena());
	TextScan *s = text_scan_new(test_arena());
	assert_ok(cx, queries_add(cx, q, S("q"), str_from(query)));
	text_scan(s, str_from(text));
	size_t n = queries_match(q, s, f, m, COUNTOF(m));
	arena_rewind(test_arena(), mark);
	return n == 1;
}

static bool matches(const char *query, const char *text) { return matches_fields(query, text, &(QueryFields){0}); }

TEST(query_operators)
{
	static const struct {
		const char *query, *yes, *no;
	} CASES[] = {
		{"battery", "My BATTERY died", "my batteries died"},
		{"batter*", "my batteries died", "my bat died"},
		{"battery dead", "dead, the battery", "battery"},
		{"battery AND dead", "dead, the battery", "dead"},
		{"battery OR akku", "der Akku", "der"},
		{"battery -lithium", "a battery", "a lithium battery"},
		{"battery NOT (lithium OR old)", "a battery", "an old battery"},
		{"\"dead battery\"", "the dead battery is", "battery dead"},
		{"\"new york city\"", "in New York City!", "new york old city"},
		{"\"dead battery\"~2", "dead old battery", "dead and gone and old battery"},
		{"\"dead battery\"~2", "battery is dead", "battery was not so quickly dead"},
		{"dead NEAR/2 battery", "battery is dead", "battery was very quickly dead"},
		{"(dead OR leer*) NEAR/2 (battery OR akku)", "akku ist leere", "akku"},
		{"a OR b c", "b c", "b"},
		{"(a OR b) c", "a c", "a b"},
		{"NOT x", "y", "x"},
		{"#fail", "epic #fail", "epic win"},
		{"@acme", "hello @Acme", "hello acme"},
		{"外卖", "今天的外卖很好", "今天的卖外很好"},
		{"don't", "I don\xe2\x80\x99t", "I do"},
		{"a NEAR/1 b NEAR/1 c", "a b c", "a b x x c"},
		{"battery -\"lithium ion\"", "a lithium battery", "a lithium ion battery"},
		{"battery -(lithium OR old)", "a battery", "an old battery"},
		{"\"dead batter*\"", "the dead batteries", "dead the batteries"},
		{"\"dead batter*\"~2", "batteries are dead", "dead"},
		{"\"very very\"~1", "very, oh very", "very"},
		{"\"iphone 12\"", "my iPhone 12", "my iphone 15"},
		{"\"error 404\"", "error 404", "error 500"},
		{"arc4", "an ARC4", "an arc6"},
		{"arc4*", "an ARC4b", "an arc6b"},
	};
	for (size_t i = 0; i < COUNTOF(CASES); i++) {
		if (!matches(CASES[i].query, CASES[i].yes)) test_fail("%s does not match %s", CASES[i].query, CASES[i].yes);
		if (matches(CASES[i].query, CASES[i].no)) test_fail("%s matches %s", CASES[i].query, CASES[i].no);
	}
}

TEST(query_fields)
{
	QueryFields f = {
		{[FIELD_AUTHOR] = S("Ada"), [FIELD_LANG] = S("de"), [FIELD_SITE] = S("x.org"), [FIELD_TITLE] = S("Big News")}};
	assert_true(matches_fields("author:ada hello", "hello", &f));
	assert_true(matches_fields("lang:de", "hello", &f));
	assert_true(matches_fields("site:X.org -lang:en", "hello", &f));
	assert_true(matches_fields("title:news", "hello", &f));
	assert_true(matches_fields("title:\"big news\" title:new*", "hello", &f));
	assert_false(matches_fields("title:\"news big\"", "hello", &f));
	assert_false(matches_fields("\"big news\"", "hello", &f));
	f.v[FIELD_AUTHOR] = S("Zo\xc3\x8b L.");
	assert_true(matches_fields("author:\"zo\xc3\xab l.\"", "hello", &f));
	assert_false(matches_fields("lang:en hello", "hello", &f));
	assert_false(matches_fields("author:bob OR lang:fr", "hello", &f));
	assert_false(matches("lang:de", "lang de"));
}

TEST(query_errors)
{
	static const char *const BAD[] = {"",
									  " ",
									  "(a",
									  "a)",
									  "\"a",
									  "a OR",
									  "AND",
									  "NOT",
									  "a NEAR/ b",
									  "x*",
									  "*",
									  "\"\"",
									  "\"!?\"",
									  "author:",
									  "a NEAR/3",
									  "()",
									  "NEAR/3 a",
									  "a NEAR/10000 b",
									  "\"a b\"~10000",
									  "title:\"a",
									  "-",
									  "a -"};
	Ctx *cx = test_ctx();
	QuerySet *q = queries_new(test_arena());
	for (size_t i = 0; i < COUNTOF(BAD); i++)
		if (queries_add(cx, q, S("q"), str_from(BAD[i])) != ST_INVALID) test_fail("%s is taken", BAD[i]);
	Buf deep = buf_init(test_arena(), 4096, 8192);
	for (int i = 0; i < 200; i++) buf_char(&deep, '(');
	assert_status(cx, queries_add(cx, q, S("q"), buf_view(&deep)), ST_INVALID);
	deep.n = 0;
	for (int i = 0; i < 800; i++) buf_str(&deep, S("NOT "));
	assert_status(cx, queries_add(cx, q, S("q"), buf_view(&deep)), ST_INVALID);
	deep.n = 0;
	for (int i = 0; i < 700; i++) buf_str(&deep, S("a OR "));
	assert_status(cx, queries_add(cx, q, S("q"), buf_view(&deep)), ST_INVALID);
	assert_int_equal(queries_n(q), 0);
}

static Str error_of(const char *query)
{
	Ctx *cx = test_ctx();
	assert_status(cx, queries_add(cx, queries_new(test_arena()), S("q"), str_from(query)), ST_INVALID);
	return str_copy(test_arena(), cx->fail_text);
}

TEST(query_errors_say_where)
{
	assert_str_equal(error_of("a AND"), "query, at character 6: a term is missing");
	assert_str_equal(error_of("(a OR b"), "query, at character 8: a closing parenthesis is missing");
	assert_str_equal(error_of("a (OR b)"), "query, at character 4: a term is missing before it");
	assert_str_equal(error_of("a \"b c"), "query, at character 3: the quotation is not closed");
	assert_str_equal(error_of("a NEAR/12345 b"), "query, at character 8: the number is over 9999");
}

// A word may be in a text thousands of times, and what is asked for be the last of them.
TEST(query_looks_at_every_place)
{
	static const char *const FIND[] = {
		"\"the error\"",          "the NEAR/1 error",      "\"error the\"~1",           "\"the error code\"",
		"(the OR a) NEAR/1 err*", "\"cat and the error\"", "th* NEAR/1 er* NEAR/1 code"};
	Ctx *cx = test_ctx();
	QuerySet *q = queries_new(test_arena());
	TextScan *s = text_scan_new(test_arena());
	QueryMatch m[32];
	char name[24] = "the";
	Buf b = buf_init(test_arena(), TEXT_MAX_BYTES, TEXT_MAX_BYTES * 2);
	while (b.n < TEXT_MAX_BYTES - 100) buf_str(&b, S("the cat "));
	buf_str(&b, S("and the error code"));
	text_scan(s, buf_view(&b));
	for (size_t i = 0; i < COUNTOF(FIND); i++) assert_ok(cx, queries_add(cx, q, S("q"), str_from(FIND[i])));
	// Prefixes of every length, each of which is another place to keep of a long word.
	for (size_t n = 2; n < 20; n++) {
		memset(name, 'x', n);
		name[n] = '*';
		name[n + 1] = 0;
		assert_ok(cx, queries_add(cx, q, S("x"), str_from(name)));
	}
	assert_int_equal(queries_match(q, s, &(QueryFields){0}, m, COUNTOF(m)), COUNTOF(FIND));
}

// Filing under a word loses nothing: asked one by one or all together, the same queries match.
TEST(query_filing_loses_nothing)
{
	static const char *const WORDS[] = {"red", "green", "blue", "dark", "light", "x", "yellow", "greenish"};
	static const char *const OPS[] = {" ", " OR ", " AND ", " NEAR/2 ", " -"};
	Ctx *cx = test_ctx();
	QuerySet *all = queries_new(test_arena());
	TextScan *s = text_scan_new(test_arena());
	Str texts[200];
	uint64_t r = 11;
	for (size_t i = 0; i < COUNTOF(texts); i++) {
		Buf b = buf_init(test_arena(), 128, 256);
		for (size_t k = 0; k < 5; k++) {
			r = r * 6364136223846793005u + 1442695040888963407u;
			buf_format(&b, "%s%s ", k ? OPS[(r >> 50) % COUNTOF(OPS)] : "", WORDS[(r >> 33) % COUNTOF(WORDS)]);
		}
		texts[i] = buf_view(&b);
		assert_ok(cx, queries_add(cx, all, S("q"), texts[i]));
	}
	QueryMatch together[256], alone[1];
	for (size_t t = 0; t < 60; t++) {
		Buf b = buf_init(test_arena(), 128, 256);
		for (size_t k = 0; k < 1 + t % 5; k++) {
			r = r * 6364136223846793005u + 1442695040888963407u;
			buf_format(&b, "%s ", WORDS[(r >> 33) % COUNTOF(WORDS)]);
		}
		text_scan(s, buf_view(&b));
		size_t n = queries_match(all, s, &(QueryFields){0}, together, COUNTOF(together)), one_by_one = 0;
		for (size_t i = 0; i < 40; i++) {
			ArenaMark mark = arena_mark(test_arena());
			QuerySet *single = queries_new(test_arena());
			assert_ok(cx, queries_add(cx, single, S("q"), texts[i]));
			bool hit = queries_match(single, s, &(QueryFields){0}, alone, 1) == 1, found = false;
			for (size_t k = 0; k < n; k++) found |= together[k].query == i;
			assert_int_equal(hit, found);
			one_by_one += hit;
			arena_rewind(test_arena(), mark);
		}
		assert_true(one_by_one <= n);
	}
}

static void check_words(const TextScan *s, const QueryMatch *m, const char *want)
{
	Str got = S("");
	for (size_t i = 0; i < m->because_n; i++) {
		const Token *t = &s->tokens[m->because[i]];
		got = str_format(test_arena(), "%.*s%s%.*s", STR(got), i ? " " : "", STR(str_sub(s->text, t->at, t->end)));
	}
	assert_str_equal(got, want);
}

TEST(query_explains_itself)
{
	Ctx *cx = test_ctx();
	QuerySet *q = queries_new(test_arena());
	TextScan *s = text_scan_new(test_arena());
	QueryMatch m[2];
	assert_ok(cx, queries_add(cx, q, S("power"), S("batter* AND \"does not\"")));
	text_scan(s, S("The battery, it does not load"));
	assert_int_equal(queries_match(q, s, &(QueryFields){0}, m, 2), 1);
	assert_str_equal(query_name(q, m[0].query), "power");
	check_words(s, m, "battery does not");
	// All that stands together, and only where it does.
	static const struct {
		const char *query, *text, *words;
	} rows[] = {{"\"dead battery\"~5", "The battery is really dead", "dead battery"},
				{"dead NEAR/2 (battery OR screen)", "screen, and one more word: a dead old battery", "dead battery"},
				{"dead NEAR/2 \"new battery\"", "New battery dead", "dead New battery"},
				{"NOT dead", "A battery", ""}};
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		q = queries_new(test_arena());
		assert_ok(cx, queries_add(cx, q, S("one"), str_from(rows[i].query)));
		text_scan(s, str_from(rows[i].text));
		assert_int_equal(queries_match(q, s, &(QueryFields){0}, m, 2), 1);
		check_words(s, m, rows[i].words);
	}
}
