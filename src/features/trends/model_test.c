// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trends/trends.h"

#include "community/model_testkit.h"
#include "test.h"

#define DAYS 8
#define DAY_OF_BURST 6

static Str words(uint64_t seed, Str about)
{
	Buf b = buf_init(test_arena(), 128, 512);
	for (size_t i = 0; i < 8; i++) {
		if (i == 4) buf_str(&b, about);
		for (size_t c = 0; c < 7; c++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			buf_char(&b, "bdfgklmnprstvz"[(seed >> 33) % 14]);
		}
		buf_char(&b, ' ');
	}
	return buf_view(&b);
}

static void post(Town *t, Id topic, int day, uint64_t seed, Str name, Str about)
{
	Id id;
	PostNew p = {.topic_id = topic,
				 .author_name = name,
				 .text.source = words(seed, about),
				 .created_at = TEST_TIME + day * TIME_DAY_MS + (Time)seed % 1000};
	assert_ok(t->cx, town_post(t, &p, &id));
}

static void burst(Town *t)
{
	Id topic, opening, other, other_opening, space;
	static const char *const NAMES[] = {"eva", "finn", "gita", "hugo", "ines"};
	t->cx->actor = NULL;
	assert_ok(t->cx, town_ask(t, S("What is new these days?"), S("x"), S("Say it here."), &topic, &opening));
	assert_ok(t->cx, town_space(t, &(SpaceNew){.slug = S("other"), .title = S("Other")}, &space));
	TopicNew elsewhere = {.space_id = space,
						  .author_id = t->asker,
						  .title = S("Another place"),
						  .tags = S("x"),
						  .text.source = S("Here.")};
	assert_ok(t->cx, town_topic(t, &elsewhere, &other, &other_opening));
	uint64_t seed = 1;
	for (int day = 0; day < DAYS; day++)
		for (int i = 0; i < 5; i++) post(t, topic, day, seed++, str_from(NAMES[i]), str_none());
	for (int i = 0; i < 10; i++) post(t, topic, DAY_OF_BURST, seed++, str_from(NAMES[i % 5]), S(" purple screen "));
	for (int i = 0; i < 10; i++) post(t, topic, DAY_OF_BURST, seed++, str_from(NAMES[i % 5]), S(" `in code only` "));
	for (int i = 0; i < 10; i++) post(t, other, DAY_OF_BURST, seed++, str_from(NAMES[i % 5]), S(" green screen "));
	t->cx->now_ms = TEST_TIME + DAYS * TIME_DAY_MS;

	AUTO(Db) db = NULL;
	Trends found;
	AUTO(Trends) end = &found;
	(void)end;
	Time day = (TEST_TIME / TIME_DAY_MS + DAY_OF_BURST) * TIME_DAY_MS;
	TrendQuestion q = {
		.space_id = t->space, .top = 5, .from_ms = day, .until_ms = day + TIME_DAY_MS, .back_ms = 30 * TIME_DAY_MS};
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, trends_find(t->cx, db, &q, &found));
	assert_int_equal(found.answer.n, 1);
	assert_int_equal(found.answer.v[0].n, 1); // not what is in another space, nor in code
	const RisingPhrase *p = &found.answer.v[0].v[0];
	assert_str_equal(p->text, "purple screen");
	assert_int_equal(p->posts, 10);
	assert_int_equal(p->authors, 5);
	for (uint32_t i = 0; i < p->examples_n; i++) {
		PostGetRow row;
		size_t at;
		assert_ok(t->cx, post_get(t->cx, db, &(PostGetArgs){.id = found.posts[p->examples[i]].id}, &row));
		assert_true(str_find(row.body.s, S("purple screen"), &at));
	}
}

TEST(trends_of_a_space) { test_towns(burst); }

static void update(Town *t)
{
	bool more = true;
	for (int i = 0; more && i < 50; i++) assert_ok(t->cx, trends_update(t->cx, t->store, 0, &more)); // a step at a time
	assert_false(more);
}

static size_t listed(Town *t, Time from, Str *ret_first)
{
	AUTO(Db) db = NULL;
	TrendListRows rows;
	TrendListArgs args = {.space_id = t->space, .from = from, .until = t->cx->now_ms, .limit = 50};
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, trend_list(t->cx, db, &args, &rows));
	*ret_first = rows.n ? rows.v[0].phrase : str_none();
	return rows.n;
}

// Sixty weeks, in which something emerged twice; a week that grows is found anew, an older beginning begins anew.
static void weeks(Town *t)
{
	static const char *const NAMES[] = {"eva", "finn", "gita", "hugo", "ines"};
	enum { WEEKS = 60, EARLY = 30, LATE = 59 };
	Id topic, opening;
	Str first;
	uint64_t seed = 1000;
	t->cx->now_ms = TEST_TIME; // also for the second engine
	assert_ok(t->cx, town_ask(t, S("What is new these days?"), S("x"), S("Say it here."), &topic, &opening));
	for (int week = 0; week < WEEKS; week++)
		for (int i = 0; i < 5; i++) post(t, topic, week * 7, seed++, str_from(NAMES[i]), str_none());
	for (int i = 0; i < 10; i++) post(t, topic, EARLY * 7, seed++, str_from(NAMES[i % 5]), S(" purple screen "));
	t->cx->now_ms = TEST_TIME + (LATE * 7 + 1) * TIME_DAY_MS;
	update(t);
	assert_int_equal(listed(t, 0, &first), 1);
	assert_str_equal(first, "purple screen");
	for (int i = 0; i < 10; i++) post(t, topic, LATE * 7, seed++, str_from(NAMES[i % 5]), S(" wet cellar "));
	update(t);
	assert_int_equal(listed(t, 0, &first), 2);
	assert_str_equal(first, "wet cellar");
	assert_int_equal(listed(t, TEST_TIME + 40 * 7 * TIME_DAY_MS, &first), 1);
	update(t); // nothing is due, nothing changes
	assert_int_equal(listed(t, 0, &first), 2);
}
TEST(trends_are_kept_by_the_week)
{
	const MigrationSet more[] = {{trends_migrations, trends_migrations_n}};
	test_towns_with(more, COUNTOF(more), weeks);
}
