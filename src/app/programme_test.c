// SPDX-License-Identifier: AGPL-3.0-or-later
// The superuser programme from outside: its private space shows itself to nobody else, wherever they look; its pages say who stands
// where to whom it concerns.
#include "app/app_testkit.h"
#include "community/model_testkit.h"
#include "programme/programme_testkit.h"
#include "reputation/reputation.h"
#include "web/shell.h"
#include "web/web_testkit.h"

#include "test.h"

static const MigrationSet MORE[] = {{reputation_migrations, 8}, {programme_migrations, 1}};

#define MANAGER(t) ((t)->cx->actor = &(t)->moderating)
#define MEMBER(t) ((t)->cx->actor = &(t)->strange)

// --- the private space --------------------------------------------------------------------------------------------------------

typedef struct Looker {
	Town *t;
	Web *web;
} Looker;

static int get(Looker *l, Str target, Str session, Str *ret_body)
{
	return test_get(l->web, target, session, ret_body);
}

static void open_web(Looker *l)
{
	l->t->cx->actor = NULL;
	l->web = town_web(l->t);
}

#define HIDDEN_WORD "Zanzibar"

static void hidden(Town *t)
{
	Looker *l = ARENA_NEW(test_arena(), Looker, 1);
	Id topic, opening, post, space, mine, own;
	Str body;
	l->t = t;
	MANAGER(t);
	assert_int_equal(STEP(t, .deed = SPACE), ST_OK);
	assert_int_equal(STEP(t, .deed = SPACE), ST_CONFLICT);
	space = town_number(t, "SELECT id AS n FROM space WHERE slug = 'superusers'");
	assert_int_equal(STEP(t, .deed = TERMS, .n = 365, .text = S("Be kind, and *answer* when you can.")), ST_OK);
	assert_int_equal(STEP(t, .deed = INVITE, .member = t->stranger), ST_OK);
	MEMBER(t);
	TopicNew secret = {.space_id = space,
					   .author_id = t->stranger,
					   .title = S("What to do about " HIDDEN_WORD "?"),
					   .tags = S("zanzibar"),
					   .text.source = S("We meet in " HIDDEN_WORD " on Monday.")};
	assert_int_equal(town_topic(t, &secret, &topic, &opening), ST_NOT_FOUND); // invited is not in
	assert_int_equal(STEP(t, .deed = ACCEPT, .member = t->stranger, .n = 1), ST_OK);
	t->strange.circle = CIRCLE_IN;
	assert_ok(t->cx, town_topic(t, &secret, &topic, &opening));
	assert_ok(t->cx, town_answer(t, topic, S("In " HIDDEN_WORD " it rains."), &post));
	assert_ok(t->cx, town_ask(t, S("Why does my kettle whistle?"), S("kettle"), S("It *whistles*."), &mine, &own));
	open_web(l);
	Str member = town_session(t, t->asker, ROLE_MEMBER), superuser = town_session(t, t->stranger, ROLE_MEMBER),
		staff = town_session(t, t->helper, ROLE_MODERATOR);
	Str paths[] = {S("/"),
				   S("/?sort=newest"),
				   S("/s/superusers"),
				   S("/tags"),
				   S("/tag/zanzibar"),
				   S("/search?q=" HIDDEN_WORD),
				   S("/feed.atom"),
				   S("/s/superusers/feed.atom"),
				   S("/tag/zanzibar/feed.atom"),
				   S("/sitemap.xml"),
				   S("/sitemap-topics.xml"),
				   S("/m/stranger"),
				   S("/members"),
				   S("/api/v1/spaces"),
				   S("/api/v1/topics"),
				   S("/api/v1/topics?space=superusers"),
				   S("/api/v1/search?q=" HIDDEN_WORD),
				   test_path("/t/", topic, ""),
				   test_path("/t/", topic, "/feed.atom"),
				   test_path("/p/", post, ""),
				   test_path("/api/v1/topics/", topic, ""),
				   test_path("/api/v1/topics/", topic, "/posts"),
				   test_path("/p/", opening, "/history"),
				   S("/ask?space=superusers"),
				   S("/programme/me")};
	for (size_t i = 0; i < COUNTOF(paths); i++) {
		int guest = get(l, paths[i], str_none(), &body);
		if (test_has(body, "in " HIDDEN_WORD) || test_has(body, "about " HIDDEN_WORD) ||
			test_has(body, "href=\"/s/superusers"))
			fail_msg("a guest reads it at %.*s (%d)", STR(paths[i]), guest);
		int status = get(l, paths[i], member, &body);
		if (test_has(body, "in " HIDDEN_WORD) || test_has(body, "about " HIDDEN_WORD) ||
			test_has(body, "href=\"/s/superusers"))
			fail_msg("a member reads it at %.*s (%d)", STR(paths[i]), status);
		assert_true(get(l, paths[i], staff, &body) < 500);
	}
	assert_int_equal(get(l, test_path("/t/", topic, ""), member, &body), 404);
	assert_int_equal(get(l, test_path("/api/v1/topics/", topic, ""), member, &body), 404);
	assert_int_equal(get(l, S("/s/superusers"), member, &body), 404);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM tag WHERE name = 'zanzibar'"), 0);
	assert_int_equal(get(l, S("/s/superusers"), superuser, &body), 200);
	assert_true(test_has(body, "about " HIDDEN_WORD));
	assert_int_equal(get(l, S("/search?q=" HIDDEN_WORD), superuser, &body), 200);
	assert_true(test_has(body, "about "));
	assert_int_equal(get(l, S("/s/superusers"), staff, &body), 200);
	MEMBER(t);
	assert_int_equal(STEP(t, .deed = END, .member = t->stranger), ST_OK); // out: the door is closed at once
	assert_int_equal(get(l, S("/s/superusers"), superuser, &body), 404);
	web_close(l->web);
}
TEST(the_private_space_is_nowhere_for_others) { test_towns_with(MORE, COUNTOF(MORE), hidden); }

static void pages(Town *t)
{
	Looker *l = ARENA_NEW(test_arena(), Looker, 1);
	Str body;
	l->t = t;
	MANAGER(t);
	assert_int_equal(STEP(t, .deed = TERMS, .n = 365, .text = S("Be kind, and *answer* when you can.")), ST_OK);
	assert_int_equal(STEP(t, .deed = PROPOSE, .member = t->asker, .text = S("programme.why_rising")), ST_OK);
	assert_int_equal(STEP(t, .deed = INVITE, .member = t->stranger, .text = S("Would you join us?")), ST_OK);
	open_web(l);
	Str manager = town_session(t, t->helper, ROLE_MANAGER), stranger = town_session(t, t->stranger, ROLE_MEMBER),
		asker = town_session(t, t->asker, ROLE_MEMBER);
	assert_int_equal(get(l, S("/programme"), stranger, &body), 403);
	assert_int_equal(get(l, S("/api/v1/programme"), stranger, &body), 403);
	assert_int_equal(get(l, test_path("/programme/", t->stranger, ""), stranger, &body), 403);
	assert_int_equal(get(l, S("/programme"), manager, &body), 200);
	assert_true(test_has(body, ">stranger<") && test_has(body, ">asker<") && test_has(body, "rising: more accepted"));
	assert_int_equal(get(l, S("/programme/me"), asker, &body), 200); // a proposal is not told
	assert_true(test_has(body, "You are not in the superuser programme") && !test_has(body, "rising: more"));
	assert_int_equal(get(l, S("/programme/me"), stranger, &body), 200);
	assert_true(test_has(body, "Would you join us?") && test_has(body, "<em>answer</em>") &&
				test_has(body, "/programme/me/accept"));
	assert_int_equal(get(l, S("/m/stranger"), stranger, &body), 200);
	assert_true(test_has(body, "You are invited"));
	assert_int_equal(get(l, S("/m/stranger"), asker, &body), 200);
	assert_true(!test_has(body, "nvited") && !test_has(body, "Superuser since"));
	MEMBER(t);
	assert_int_equal(STEP(t, .deed = ACCEPT, .member = t->stranger, .n = 1), ST_OK);
	MANAGER(t);
	assert_int_equal(STEP(t, .deed = THANK, .member = t->stranger, .text = S("a mug with our thanks")), ST_OK);
	assert_int_equal(get(l, S("/m/stranger"), str_none(), &body), 200);
	assert_true(test_has(body, "Superuser since") && test_has(body, "in kettle") && !test_has(body, "a mug"));
	assert_int_equal(get(l, S("/programme/me"), stranger, &body), 200);
	assert_true(test_has(body, "a mug with our thanks"));
	assert_int_equal(get(l, test_path("/programme/", t->stranger, ""), manager, &body), 200);
	assert_true(test_has(body, "Accepted the terms") && test_has(body, "a mug with our thanks"));
	web_close(l->web);
}
TEST(pages_of_the_programme_say_who_stands_where) { test_towns_with(MORE, COUNTOF(MORE), pages); }
