// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/model_testkit.h"
#include "community/search.h"
#include "test.h"

static void as(Town *t, Actor *actor) { t->cx->actor = actor; }

static SearchHits find_args(Town *t, SearchArgs args)
{
	AUTO(Db) db = NULL;
	SearchHits hits = {0};
	if (!args.limit) args.limit = 20;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, community_search(t->cx, db, &args, &hits));
	return hits;
}

static SearchHits find(Town *t, Str text) { return find_args(t, (SearchArgs){.text = text, .solved = -1}); }

static Id ask(Town *t, Str title, Str tags, Str body)
{
	Id topic = 0, opening = 0;
	assert_ok(t->cx, town_ask(t, title, tags, body, &topic, &opening));
	return topic;
}

static Id answer(Town *t, Id topic, Str body)
{
	Id post = 0;
	assert_ok(t->cx, town_answer(t, topic, body, &post));
	return post;
}

static Id opening_of(Town *t, Id topic)
{
	AUTO(Db) db = NULL;
	TopicGetRow row;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, topic_get(t->cx, db, &(TopicGetArgs){.id = topic}, &row));
	return row.opening_id;
}

TEST(search_queries_are_made_of_tokens_only)
{
	Arena *a = test_arena();
	Stemmer st = stemmer_init(S("english"));
	SearchQuery q = search_query_parse(a, &st, S("How does the \"boiling kettle\" whistle* OR NEAR(x) -title:'; DROP"));
	assert_str_equal(search_query_match(a, &q, false),
					 "\"boiling\" + \"kettle\" AND \"whistle\" AND \"NEAR\" AND \"x\" AND \"title\" AND \"DROP\"");
	assert_str_equal(search_query_match(a, &q, true),
					 "('boil' <-> 'kettl') & ('whistl') & ('near') & ('x') & ('titl') & ('drop')");
	q = search_query_parse(a, &st, S("who is"));
	assert_int_equal(q.n, 2); // nothing else to look for
	q = search_query_parse(a, &st, S("run \"running"));
	assert_int_equal(q.n, 1); // an open quote is none; the same stem once
	q = search_query_parse(a, &st, S("\"\" ... \xff"));
	assert_int_equal(q.n, 0);
	q = search_query_parse(a, &st, S("a1 a2 a3 a4 a5 a6 a7 a8 a9 a10"));
	assert_int_equal(q.n, SEARCH_TERMS_MAX);
	assert_str_equal(search_tsvector(a, S("Boiling kettles, boiling!")), "'boil':2 'kettl':3 'boil':4");
	stemmer_done(&st);
}

TEST(search_counts_are_equal_from_both_engines)
{
	Ctx *cx = test_ctx();
	Stemmer st = stemmer_init(S("english"));
	SearchQuery q = search_query_parse(cx->arena, &st, S("kettle \"boiling water\""));
	SearchCandidate lite = {0}, pg = {0};
	// title "Kettle", text "Boiling water in the kettle, water boiling, boiling water"
	static const char tf[] = {1, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0};
	SearchRanks ranks = search_ranks();
	assert_ok(cx, search_counts_read(cx, &q, (Str){tf, sizeof tf}, NULL, &lite));
	assert_ok(cx, search_counts_read(cx, &q, S("'boil':4B,10B,11B 'in':6B 'kettl':2A,8B 'the':7B 'water':5B,9B,12B"),
									 &ranks, &pg));
	assert_int_equal(lite.tf[0], 3);
	assert_int_equal(lite.tf[1], 2);
	assert_memory_equal(lite.tf, pg.tf, sizeof lite.tf);
	// without a phrase PostgreSQL gives ranks
	q = search_query_parse(cx->arena, &st, S("kettle water"));
	Str ranked = str_format(cx->arena, "%lld %lld %lld %lld", (long long)ranks.v[1], (long long)ranks.v[2] + 1,
							(long long)ranks.v[0], (long long)ranks.v[3]);
	assert_ok(cx, search_counts_read(cx, &q, ranked, &ranks, &pg));
	assert_int_equal(pg.tf[0], 3);
	assert_int_equal(pg.tf[1], 3);
	assert_status(cx, search_counts_read(cx, &q, S("607927101 607927101 0"), &ranks, &pg), ST_INTERNAL);
	for (size_t n = 1; n <= SEARCH_COUNT_MAX; n++) assert_true(ranks.v[n] > ranks.v[n - 1] + 1000);
	stemmer_done(&st);
}

// How often a word occurs decides the order; PostgreSQL knows at most 256 places of a word.
static void repeated(Town *t)
{
	Ctx *cx = t->cx;
	static const int TIMES[] = {1, 2, 3, 7, 40, 200, 255, 400};
	AUTO(Db) db = NULL;
	Stemmer st = stemmer_init(S("english"));
	for (size_t i = 0; i < COUNTOF(TIMES); i++) {
		Buf b = buf_init(cx->arena, 4096, (size_t)32 << 10);
		for (int k = 0; k < TIMES[i]; k++) buf_format(&b, "Kettles whistle%d boldly. ", k);
		ask(t, i % 2 ? S("On kettles and a kettle") : S("A thing in my kitchen"), S(""), buf_view(&b));
	}
	assert_ok(cx, db_begin(cx, t->store, &db));
	SearchQuery words = search_query_parse(cx->arena, &st, S("boldly kettle")),
				phrase = search_query_parse(cx->arena, &st, S("boldly kettle \"kettles whistle0\""));
	SearchRanks ranks = search_ranks();
	bool pg = db_engine(db) == DB_POSTGRES;
	SearchCandidatesArgs args = {.match = search_query_match(cx->arena, &words, pg), .limit = 100};
	args.t1 = search_term_match(cx->arena, &words.v[0], true);
	args.t2 = search_term_match(cx->arena, &words.v[1], true);
	SearchCandidatesRows rows;
	assert_ok(cx, search_candidates(cx, db, &args, &rows));
	assert_int_equal(rows.n, COUNTOF(TIMES));
	for (size_t i = 0; i < rows.n; i++) { // the newest first
		SearchCandidate c = {0};
		size_t which = COUNTOF(TIMES) - 1 - i, times = size_min((size_t)TIMES[which], SEARCH_COUNT_MAX);
		assert_ok(cx, search_counts_read(cx, &words, rows.v[i].tf, pg ? &ranks : NULL, &c));
		assert_int_equal(c.tf[0], times);
		assert_in_range(c.tf[1], times + (which % 2 ? 4 : 0) - (pg && times > 250 ? 2 : 0),
						times + (which % 2 ? 4 : 0));
	}
	args = (SearchCandidatesArgs){.match = search_query_match(cx->arena, &phrase, pg), .limit = 100, .whole = true};
	assert_ok(cx, search_candidates(cx, db, &args, &rows));
	assert_int_equal(rows.n, COUNTOF(TIMES));
	for (size_t i = 0; i < rows.n; i++) {
		SearchCandidate c = {0};
		assert_ok(cx, search_counts_read(cx, &phrase, rows.v[i].tf, pg ? &ranks : NULL, &c));
		assert_int_equal(c.tf[2], 1);
		assert_int_equal(c.tf[0], size_min((size_t)TIMES[COUNTOF(TIMES) - 1 - i], SEARCH_COUNT_MAX));
	}
	stemmer_done(&st);
}
TEST(search_counts_words_up_to_a_limit) { test_towns(repeated); }

static void stems(Town *t)
{
	Id topic = ask(t, S("Descaling kettles at home"), S("kettle"),
				   S("The H\xc3\xa4user <script>alert(1)</script> were **whistling** & boiling."));
	SearchHits hits = find(t, S("whistle"));
	assert_int_equal(hits.n, 1);
	assert_int_equal(hits.v[0].topic_id, topic);
	assert_str_equal(hits.v[0].title, "Descaling kettles at home");
	assert_str_equal(hits.v[0].author, "asker");
	assert_true(str_find(hits.v[0].snippet.s, S("<mark>whistling</mark> &amp; boiling"), &(size_t){0}));
	assert_true(str_find(hits.v[0].snippet.s, S("&lt;script&gt;"), &(size_t){0}));
	assert_false(str_find(hits.v[0].snippet.s, S("<script"), &(size_t){0}));
	assert_int_equal(find(t, S("kettle")).n, 1); // of the title
	assert_int_equal(find(t, S("haeuser")).n, 0);
	assert_int_equal(find(t, S("hauser")).n, 1); // marks folded
	assert_int_equal(find(t, S("H\xc3\x84USER")).n, 1);
	assert_int_equal(find(t, S("boil nothing")).n, 0); // all words
	assert_int_equal(find(t, S("the boiling")).n, 1);
	assert_int_equal(find(t, S("zebra the")).n, 0); // stop words alone do not match
	assert_int_equal(find(t, S("\"whistling boiling\"")).n, 1);
	assert_int_equal(find(t, S("\"boiling whistling\"")).n, 0);
	assert_int_equal(find(t, S("\"home the\"")).n, 0); // no phrase from the title into the text
	assert_int_equal(find(t, S("\" OR 2=2 --")).n, 0);
	assert_int_equal(find(t, S("")).n, 0);
}
TEST(search_finds_stems_and_shows_safe_snippets) { test_towns(stems); }

static void order(Town *t)
{
	Id once = ask(t, S("About teapots mostly"), S(""),
				  S("A pot, a lid, a spout, and somewhere a single kettle among many other words that say little."));
	Id often = ask(t, S("The kettle is leaking"), S(""), S("My kettle leaks. Which kettle does not?"));
	SearchHits hits = find(t, S("kettle"));
	assert_int_equal(hits.n, 2);
	assert_int_equal(hits.v[0].topic_id, often);
	assert_int_equal(hits.total, 2);
	assert_false(hits.total_capped);
	// votes lift what is otherwise equal
	Id a = ask(t, S("A question about spouts"), S(""), S("The gasket drips."));
	Id b = ask(t, S("A question about spouts"), S(""), S("The gasket drips."));
	assert_int_equal(find(t, S("gasket")).v[0].topic_id, b); // the younger one
	as(t, &t->strange);
	assert_ok(t->cx, town_vote(t, opening_of(t, a), 1));
	as(t, NULL);
	assert_int_equal(find(t, S("gasket")).v[0].topic_id, a);
	hits = find_args(t, (SearchArgs){.text = S("gasket"), .solved = -1, .sort = SEARCH_NEWEST});
	assert_int_equal(hits.v[0].topic_id, b);
	// old posts sink
	TopicNew old = {.space_id = t->space,
					.author_id = t->asker,
					.title = S("A question about hinges"),
					.text.source = S("The hinge squeaks."),
					.created_at = TEST_TIME - 3000 * TIME_DAY_MS};
	TopicNew young = old;
	Id ids[2], opening;
	young.created_at = TEST_TIME - TIME_DAY_MS;
	assert_ok(t->cx, town_topic(t, &young, &ids[0], &opening));
	assert_ok(t->cx, town_topic(t, &old, &ids[1], &opening));
	assert_int_equal(find(t, S("hinge squeaks")).v[0].topic_id, ids[0]);
	assert_true(once > 0);
}
TEST(search_order_follows_words_votes_and_age) { test_towns(order); }

static void facets(Town *t)
{
	Id space = 0, solved, open_topic;
	as(t, NULL);
	assert_ok(t->cx, town_space(t, &(SpaceNew){.slug = S("other"), .title = S("Other")}, &space));
	as(t, &t->asking);
	solved = ask(t, S("My kettle is too loud"), S("noise kettle"),
				 S("It whistles while the water is still far from boiling."));
	open_topic = ask(t, S("My kettle is too slow"), S("speed"), S("It crawls."));
	as(t, &t->strange);
	Id post = answer(t, solved, S("Kettle, kettle, kettle, kettle!"));
	as(t, &t->asking);
	assert_ok(t->cx, town_accept(t, post, true));
	SearchHits hits = find(t, S("kettle"));
	assert_int_equal(hits.n, 2); // one for each topic, and said so: three posts match
	assert_int_equal(hits.total, 2);
	assert_true(hits.total_topics);
	hits = find_args(t, (SearchArgs){.text = S("kettle"), .solved = -1, .limit = 1});
	assert_int_equal(hits.total, 3); // those beyond the page are not told apart
	assert_false(hits.total_topics);
	hits = find(t, S("kettle"));
	assert_int_equal(hits.v[0].post_id == post || hits.v[1].post_id == post, 1); // its best post
	hits = find_args(t, (SearchArgs){.text = S("kettle"), .solved = 1});
	assert_int_equal(hits.n, 1);
	assert_true(hits.v[0].solved && hits.v[0].topic_id == solved && hits.v[0].answers_n == 1);
	hits = find_args(t, (SearchArgs){.text = S("kettle"), .solved = 0});
	assert_int_equal(hits.v[0].topic_id, open_topic);
	hits = find_args(t, (SearchArgs){.text = S("kettle"), .solved = -1, .tag = S("kettle")});
	assert_int_equal(hits.n, 1);
	assert_int_equal(hits.total, 1);
	hits = find_args(t, (SearchArgs){.text = S("kettle"), .solved = -1, .author_id = t->stranger});
	assert_int_equal(hits.n, 1);
	assert_int_equal(hits.v[0].number, 1);
	assert_int_equal(find_args(t, (SearchArgs){.text = S("kettle"), .solved = -1, .space_id = space}).n, 0);
	assert_int_equal(find_args(t, (SearchArgs){.text = S("kettle"), .solved = -1, .space_id = t->space}).n, 2);
	hits = find_args(t, (SearchArgs){.text = S("kettle"), .solved = -1, .limit = 1, .skip = 1});
	assert_int_equal(hits.n, 1);
	assert_int_equal(hits.v[0].topic_id, find(t, S("kettle")).v[1].topic_id);
	assert_int_equal(find_args(t, (SearchArgs){.text = S("kettle"), .solved = -1, .skip = 9}).n, 0);
}
TEST(search_facets_narrow) { test_towns(facets); }

static void changes(Town *t)
{
	as(t, &t->asking);
	Id topic = ask(t, S("Where is the zebra crossing?"), S(""), S("I look for a zebra."));
	Id post = answer(t, topic, S("Ask the giraffe."));
	PostEdit edit = {.post_id = opening_of(t, topic),
					 .title = S("Where is the pelican crossing?"),
					 .text.source = S("I look for a pelican.")};
	assert_ok(t->cx, town_edit(t, &edit));
	assert_int_equal(find(t, S("zebra")).total, 0);
	assert_int_equal(find(t, S("pelican")).total, 1);
	as(t, &t->moderating);
	assert_ok(t->cx, town_delete(t, post, true));
	assert_int_equal(find(t, S("giraffe")).total, 0);
	assert_ok(t->cx, town_delete(t, post, false));
	assert_int_equal(find(t, S("giraffe")).total, 1);
	assert_ok(t->cx, town_delete(t, edit.post_id, true));
	assert_int_equal(find(t, S("giraffe")).total, 0);
	assert_int_equal(find(t, S("pelican")).total, 0);
	assert_ok(t->cx, town_delete(t, edit.post_id, false));
	assert_int_equal(find(t, S("giraffe pelican")).total, 0);
	assert_int_equal(find(t, S("giraffe")).total, 1);
}
TEST(search_follows_edits_and_deletions) { test_towns(changes); }

static void visibility(Town *t)
{
	Id space = 0, topic, opening;
	as(t, NULL);
	assert_ok(t->cx,
			  town_space(t, &(SpaceNew){.slug = S("staff"), .title = S("Staff"), .visibility = VISIBLE_STAFF}, &space));
	as(t, &t->helping);
	TopicNew secret = {.space_id = space,
					   .author_id = t->helper,
					   .title = S("The plan for next year"),
					   .text.source = S("Kettles that sing.")};
	assert_ok(t->cx, town_topic(t, &secret, &topic, &opening));
	ask(t, S("Do kettles sing to you?"), S(""), S("Mine does."));
	assert_int_equal(find(t, S("kettle sing")).total, 2);
	as(t, &t->guest);
	SearchHits hits = find(t, S("kettle sing"));
	assert_int_equal(hits.total, 1);
	assert_int_equal(hits.n, 1);
	assert_str_equal(hits.v[0].title, "Do kettles sing to you?");
}
TEST(search_hides_hidden_spaces) { test_towns(visibility); }

static void budget(Town *t)
{
	ask(t, S("My kettle is too loud"), S(""), S("It whistles and sings."));
	uint32_t before = t->cx->queries;
	find(t, S("whistling singing kettle"));
	assert_true(t->cx->queries - before <= 5);
}
TEST(search_runs_five_statements) { test_towns(budget); }
