// SPDX-License-Identifier: AGPL-3.0-or-later
// A topic's page says which answer was first to say what another repeats, and leads from that one to it.
#include "app/app_testkit.h"
#include "community/model_testkit.h"
#include "web/web_testkit.h"

#include "test.h"

typedef struct Pair {
	Id later, earlier;
} Pair;

static Status repeat_tx(Ctx *cx, Tx *tx, void *arg)
{
	const Pair *p = arg;
	return community_post_repeats(cx, tx, p->later, p->earlier);
}

static void see(Web *web, Id topic, const Pair *p, size_t firsts, size_t links)
{
	Str page, link = test_path("<a href=\"/p/", p->earlier, "\">says what an earlier");
	assert_int_equal(test_get(web, test_path("/t/", topic, "/x"), str_none(), &page), 200);
	assert_int_equal(test_count(page, "first to say it"), firsts);
	assert_int_equal(test_count(page, str_z(test_arena(), link)), links);
}

static void repeats(Town *t)
{
	Id topic, opening;
	Pair p = {0}, q = {0};
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_ask(t, S("How do I descale the kettle?"), S("kettle"), S("It whistles."), &topic, &opening));
	assert_ok(t->cx, town_answer(t, topic, S("Vinegar."), &p.earlier));
	assert_ok(t->cx, town_answer(t, topic, S("Vinegar, I say."), &p.later));
	assert_ok(t->cx, town_answer(t, topic, S("Vinegar again."), &q.later));
	t->cx->actor = NULL;
	Web *web = town_web(t);
	see(web, topic, &p, 0, 0);
	assert_ok(t->cx, store_write(t->cx, t->store, repeat_tx, &p));
	see(web, topic, &p, 1, 1);
	q.earlier = p.later; // in a row of three only the first says it first
	assert_ok(t->cx, store_write(t->cx, t->store, repeat_tx, &q));
	see(web, topic, &p, 1, 1);
	t->cx->actor = &t->moderating;
	assert_ok(t->cx, town_delete(t, p.later, true)); // what is gone repeats nothing
	see(web, topic, &p, 0, 0);
	web_close(web);
}
TEST(app_topic_pages_say_what_was_said_first) { test_towns(repeats); }
