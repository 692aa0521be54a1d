// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trends/trends.h"

#include "community/model_testkit.h"
#include "test.h"
#include "text/analyse.h"

static const char *const QUERIES[] = {"batter* -lithium", "\"dead battery\"",       "author:BEN battery",
									  "lang:de",          "title:\"does it last\"", "nothing"};

static HitsAnswer hits(Town *t, int64_t posts_most, Id space)
{
	Ctx *cx = t->cx;
	Model model;
	HitsAnswer a;
	AUTO(Db) db = NULL;
	AUTO(Arena) room = arena_new((size_t)64 << 20);
	QuerySet *q = queries_new(room);
	if (!MODEL_OWN_BYTES) SKIP("no model in this build");
	assert_ok(cx, model_open_own(cx, &model));
	for (size_t i = 0; i < COUNTOF(QUERIES); i++) assert_ok(cx, queries_add(cx, q, S("q"), str_from(QUERIES[i])));
	HitsQuestion ask = {
		.space_id = space, .queries = q, .engine = text_engine_new(room, &model), .posts_most = posts_most};
	assert_ok(cx, db_begin(cx, t->store, &db));
	assert_ok(cx, trends_hits(cx, db, &ask, &a));
	return a;
}

static void stored_texts(Town *t)
{
	Id topic, opening, post, space;
	t->cx->actor = NULL;
	assert_ok(t->cx,
			  town_ask(t, S("How long does it last?"), S("x"), S("The dead battery.\n\n> lithium"), &topic, &opening));
	PostNew named = {.topic_id = topic,
					 .author_name = S("Ben"),
					 .text.source = S("Two batteries, or one battery of lithium."),
					 .created_at = TEST_TIME + 1};
	assert_ok(t->cx, town_post(t, &named, &post));
	named.text.source = S("Das ist ein schöner Tag, und die Sonne scheint auf das Haus.");
	named.created_at = TEST_TIME + 2;
	assert_ok(t->cx, town_post(t, &named, &post));
	HitsAnswer a = hits(t, 1000, 0);
	static const int64_t WANT[] = {1, 1, 1, 1, 3, 0};
	assert_int_equal(a.texts, 3);
	assert_int_equal(a.each, 1);
	for (size_t i = 0; i < COUNTOF(QUERIES); i++) {
		if (a.v[i].hits != WANT[i]) test_fail("%s: %lld", QUERIES[i], (long long)a.v[i].hits);
		assert_int_equal(a.v[i].estimate, WANT[i]);
		assert_int_equal(a.v[i].low, WANT[i]);
		assert_int_equal(a.v[i].high, WANT[i]);
	}
	assert_int_equal(a.v[1].examples[0], opening);
	assert_int_equal(a.v[4].examples_n, 3);
	assert_int_equal(a.v[4].examples[0], post); // the newest first
	assert_ok(t->cx, town_space(t, &(SpaceNew){.slug = S("other"), .title = S("Other")}, &space));
	assert_int_equal(hits(t, 1000, space).texts, 0);
}

TEST(hits_of_listening_queries_on_stored_texts) { test_towns(stored_texts); }

#define TOPICS 240

static void large_site(Town *t)
{
	Id topic, opening;
	t->cx->actor = NULL;
	for (int i = 0; i < TOPICS; i++) {
		Str text = i % 3 == 0 ? S("A dead battery again.") : S("Something else entirely.");
		assert_ok(t->cx, town_ask(t, str_format(t->cx->arena, "Topic number %d", i), S("x"), text, &topic, &opening));
		t->cx->now_ms += 977 * (1 + i % 7);
	}
	HitsAnswer a = hits(t, TOPICS / 4, 0);
	assert_int_equal(a.each, 5); // odd
	assert_in_range(a.texts, TOPICS / 10, TOPICS / 3);
	assert_int_equal(a.v[1].estimate, a.v[1].hits * 5);
	assert_in_range(TOPICS / 3, a.v[1].low, a.v[1].high);
	assert_true(a.v[1].low >= a.v[1].hits && a.v[1].high < TOPICS);
	assert_int_equal(a.v[5].estimate, 0);
	assert_int_equal(a.v[5].high, 12); // what may have been overlooked
}

TEST(hits_of_a_large_site_are_estimated) { test_towns(large_site); }
