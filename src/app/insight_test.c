// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages through the real router, without a socket, on both engines: who may see them, that each number has as many texts
// behind it, what is shown beside a post and to whom, and the forms.
#include "insight/insight.h"
#include "trends/trends.h"

#include "app/app_testkit.h"
#include "community/model_testkit.h"
#include "text/model.h"
#include "web/shell.h"
#include "web/web_testkit.h"

#include "test.h"

typedef struct Fixture {
	Town *t;
	Web *web;
	Str manager, moderator, member;
	Id topic, opening, german, comment;
} Fixture;

static int get(Fixture *f, const char *target, Str session, Str *ret_body)
{
	return test_get(f->web, str_from(target), session, ret_body);
}

static const char *url_of(const char *before, Id id, const char *after)
{
	Buf b = buf_init(test_arena(), 100, 200);
	buf_z(&b, before);
	buf_id(&b, id);
	buf_z(&b, after);
	return str_z(test_arena(), buf_view(&b));
}

static void write_things(Fixture *f, Town *t)
{
	Id post;
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_ask(t, S("Worst router ever"), S("router"), S("It is broken again, I hate it. Terrible!"),
							  &f->topic, &f->opening));
	t->cx->actor = &t->strange;
	assert_ok(t->cx, town_answer(t, f->topic, S("Ich liebe dieses Gerät, es ist wunderbar und sehr zuverlässig."),
								 &f->german));
	assert_ok(t->cx, town_comment(t, f->german, S("Thank you so much, that is great!"), &f->comment));
	for (int i = 0; i < 40; i++)
		assert_ok(t->cx, town_answer(t, f->topic, S("It has four lamps on the front."), &post));
	assert_ok(t->cx, town_answer(t, f->topic,
								 S("WINNER!! You have been selected to receive a FREE $1000 cash prize! Call now "
								   "or text CLAIM to 80086."),
								 &post));
	t->cx->actor = NULL;
}

static void build(Fixture *f, Town *t)
{
	*f = (Fixture){.t = t};
	write_things(f, t);
	f->moderator = town_session(t, town_join(t, S("mona"), ROLE_MEMBER, AFFILIATION_EMPLOYEE).id, ROLE_MODERATOR);
	f->manager = town_session(t, t->helper, ROLE_MANAGER);
	f->member = town_session(t, t->asker, ROLE_MEMBER);
	f->web = town_web(t);
}

static void who_may_see(Fixture *f)
{
	static const char *const MANAGERS[] = {"/s/help/insight",           "/s/help/insight.csv", "/s/help/insight/posts",
										   "/s/help/insight/posts.csv", "/tag/router/insight", "/insight/corrections"};
	for (size_t i = 0; i < COUNTOF(MANAGERS); i++) {
		assert_int_not_equal(get(f, MANAGERS[i], str_none(), NULL), 200);
		assert_int_equal(get(f, MANAGERS[i], f->member, NULL), 403);
		assert_int_equal(get(f, MANAGERS[i], f->moderator, NULL), 403);
		assert_int_equal(get(f, MANAGERS[i], f->manager, NULL), 200);
	}
	assert_int_equal(get(f, "/insight/spam", f->member, NULL), 403);
	assert_int_equal(get(f, "/insight/spam", f->moderator, NULL), 200);
	assert_int_equal(get(f, "/insight", f->moderator, NULL), 200);
	assert_int_equal(get(f, "/s/nowhere/insight", f->manager, NULL), 404);
	assert_int_equal(get(f, "/tag/nowhere/insight", f->manager, NULL), 404);
	assert_int_equal(get(f, "/insight/of/zzz", f->manager, NULL), 404);
}

static void honest_before_the_pass(Fixture *f)
{
	Str body;
	assert_int_equal(get(f, "/s/help/insight", f->manager, &body), 200);
	assert_true(test_has(body, "Nothing is read yet") && test_has(body, "Nothing was said on these days"));
	assert_int_equal(get(f, url_of("/insight/of/", f->opening, ""), f->moderator, &body), 200);
	assert_true(test_has(body, "Not read yet"));
}

static void beside_the_posts(Fixture *f)
{
	Str body;
	const char *topic = url_of("/t/", f->topic, "/worst-router-ever");
	assert_int_equal(get(f, topic, f->moderator, &body), 200);
	assert_true(test_has(body, "English · negative") && test_has(body, "German · positive") && test_has(body, "hate"));
	assert_int_equal(test_count(body, "class=\"reading\""), 22); // 21 posts of the page and a comment
	assert_int_equal(get(f, topic, f->member, &body), 200);
	assert_int_equal(test_count(body, "class=\"reading\""), 0);
	assert_int_equal(get(f, topic, str_none(), &body), 200);
	assert_int_equal(test_count(body, "class=\"reading\""), 0);
	assert_int_equal(test_count(body, "<div class=\"prose\" lang=\"de\" dir=\"auto\">"),
					 1); // everybody's browser is told
	assert_int_equal(get(f, url_of("/insight/of/", f->opening, ""), f->moderator, &body), 200);
	assert_true(test_has(body, "“hate”") && test_has(body, "Complaint") &&
				test_has(body, "name=\"task\" value=\"sentiment\""));
}

// The number of texts that the list of an address has, over all its pages.
static size_t listed(Fixture *f, const char *url)
{
	size_t n = 0;
	while (url) {
		Str body, rest;
		size_t at;
		assert_int_equal(get(f, url, f->manager, &body), 200);
		n += test_count(body, "<li class=\"hit\">");
		url = NULL;
		if (!str_find(body, S("<a class=\"btn\" href=\"/s/"), &at) || !test_has(body, "rel=\"next\"")) break;
		rest = str_sub(body, at + 21, body.n);
		assert_true(str_find_char(rest, '"', &at));
		Buf b = buf_init(test_arena(), 200, 400);
		for (size_t i = 0; i < at; i++) { // &amp; to &
			buf_char(&b, rest.p[i]);
			if (rest.p[i] == '&') i += 4;
		}
		url = str_z(test_arena(), buf_view(&b));
	}
	return n;
}

static void numbers_have_their_texts(Fixture *f)
{
	Str body;
	assert_int_equal(get(f, "/s/help/insight?period=28d", f->manager, &body), 200);
	assert_true(test_has(body, ">44<") && test_has(body, "Feeling over time") && test_has(body, ">German<"));
	assert_int_equal(listed(f, "/s/help/insight/posts?period=28d"), 44);
	assert_int_equal(listed(f, "/s/help/insight/posts?period=28d&what=comments"), 1);
	assert_int_equal(listed(f, "/s/help/insight/posts?period=28d&lang=de&tone=pos"), 1);
	assert_int_equal(listed(f, "/s/help/insight/posts?period=28d&kind=thanks"), 1);
	assert_int_equal(listed(f, "/s/help/insight/posts?period=28d&lang=zu"), 0);
	assert_int_equal(listed(f, "/s/help/insight/posts?period=days&from=2001-01-01&to=2001-02-01"), 0);
	assert_int_equal(get(f, "/s/help/insight?period=days&from=2001-03-01&to=2001-02-01", f->manager, &body), 200);
	assert_true(test_has(body, "The first day has to come before the last"));
	size_t sum = 0;
	static const char *const TONES[] = {"neg", "neu", "pos"};
	for (int i = 0; i < 3; i++) {
		const char *url = str_z(test_arena(),
								str_format(test_arena(), "/s/help/insight/posts?period=all&tone=%s", TONES[i]));
		size_t n = listed(f, url);
		sum += n;
		assert_int_equal(get(f, "/s/help/insight?period=all", f->manager, &body), 200);
		assert_true(
			test_has(body, str_z(test_arena(), str_format(test_arena(), n == 1 ? "1 text<" : "%zu texts<", n))));
	}
	assert_int_equal(sum, 44);
	assert_int_equal(get(f, "/s/help/insight/posts.csv?period=28d", f->manager, &body), 200);
	assert_int_equal(test_count(body, "\r\n"), 45);
	assert_true(test_has(body, ",de,pos,yes,0."));
	assert_int_equal(get(f, "/s/help/insight.csv?period=28d", f->manager, &body), 200);
	assert_true(test_has(body, "day,sentiment,texts\r\n"));
}

static void spam_is_listed(Fixture *f)
{
	Str body;
	assert_int_equal(get(f, "/insight/spam", f->moderator, &body), 200);
	assert_int_equal(test_count(body, "value=\"hidden\""), 1);
	assert_true(test_has(body, "WINNER!!") && test_has(body, ">stranger<"));
	assert_int_equal(get(f, "/insight/spam?state=hidden&least=30", f->moderator, &body), 200);
	assert_true(test_has(body, "Nothing here"));
	assert_int_equal(get(f, "/insight", f->manager, &body), 200);
	assert_true(test_has(body, "1 to decide") && test_has(body, "/s/help/insight") &&
				test_has(body, "/tag/router/insight"));
}

static void pages(Town *t)
{
	Fixture f;
	build(&f, t);
	who_may_see(&f);
	honest_before_the_pass(&f);
	assert_ok(t->cx, insight_analyse_all(t->cx, t->store, NULL, NULL));
	web_changed(f.web);
	beside_the_posts(&f);
	numbers_have_their_texts(&f);
	spam_is_listed(&f);
	web_close(f.web);
}
TEST(insight_pages)
{
	const MigrationSet more[] = {{insight_migrations, insight_migrations_n}, {trends_migrations, trends_migrations_n}};
	if (!MODEL_OWN_BYTES) SKIP("no model in this build");
	test_towns_with(more, COUNTOF(more), pages);
}
