// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/store_testkit.h"
#include "web/shell.h"
#include "web/web_impl.h"
#include "web/web_testkit.h"

#include "test.h"

#include <unistd.h>

#define SLOW_US 1500
#define TRIES_MAX 400 // enough to forget any one time that was slow

static const int64_t QUICK_NS = 100000, SLOW_NS = 5000000;
static bool sleepy; // the page waits for something

static Status page(Ctx *cx, const Req *req, Res *res)
{
	(void)req;
	if (sleepy) usleep(SLOW_US);
	buf_format(&res->body, "for %lld", (long long)cx->actor->id);
	return ST_OK;
}

static Status save(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	(void)cx, (void)tx, (void)req;
	return res_redirect(res, S("/saved"));
}

static Status who(Ctx *cx, Db *db, Str token, Actor *ret_actor, bool *ret_found)
{
	(void)cx, (void)db;
	*ret_found = str_eq(token, S("member"));
	if (*ret_found) *ret_actor = actor_member(100, S("ann"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	return ST_OK;
}

static const Route ROUTES[] = {
	READ("/page", RIGHT_READ, page),
	READ("/mine", RIGHT_SIGNED_IN, page),
	WRITE("/save", RIGHT_READ, NULL, save, .flags = ROUTE_GUEST_FORM),
};
static const Feature FEATURE = {.name = "probe", .routes = ROUTES, .routes_n = COUNTOF(ROUTES)};
static const Feature *const FEATURES[] = {&FEATURE};

TEST(brief_is_what_half_of_the_pages_take)
{
	RouteCount c = {0};
	brief_learn(&c, SLOW_NS);
	assert_int_equal(c.usual_ns, SLOW_NS); // of the first nothing else is known
	for (int i = 0; i < 100; i++) brief_learn(&c, QUICK_NS);
	assert_in_range(c.usual_ns, QUICK_NS / 2, QUICK_NS * 2);
	for (int i = 0; i < 300; i++) brief_learn(&c, i % 3 ? QUICK_NS : SLOW_NS * 10); // each third was interrupted
	assert_in_range(c.usual_ns, QUICK_NS / 2, QUICK_NS * 2);
	for (int i = 0; i < 100; i++) brief_learn(&c, SLOW_NS);
	assert_in_range(c.usual_ns, SLOW_NS / 2, SLOW_NS * 2);
}

// Draws until the loop does it by itself.
static const HttpReply *drawn_here(Web *web, Arena *a, Str target, Str session)
{
	for (int i = 0; i < TRIES_MAX; i++) {
		const HttpReply *reply = test_loop_page(web, a, target, session, true);
		if (reply) return reply;
		assert_int_equal(test_page(web, a, target, session)->status, 200);
	}
	return NULL;
}

static void draw(Ctx *cx, Web *web, bool here)
{
	Arena *a = cx->arena;
	assert_null(test_loop_page(web, a, S("/page"), str_none(), true)); // not known yet
	const HttpReply *reply = drawn_here(web, a, S("/page"), str_none());
	assert_int_equal(reply != NULL, here);
	if (!here) return;
	assert_int_equal(reply->status, 200);
	assert_str_equal(reply->body, "for 0");
	reply = drawn_here(web, a, S("/mine"), S("member"));
	assert_str_equal(reply->body, "for 100");
	reply = test_loop_page(web, a, S("/mine"), str_none(), true);
	assert_true(!reply || reply->status == 401 || reply->status == 303); // the way to sign in, wherever it is drawn
	assert_null(test_loop_page(web, a, S("/page"), str_none(), false));  // others would wait
	assert_null(test_loop_page(web, a, S("/nothing"), str_none(), true));
	sleepy = true;
	for (int i = 0; i < TRIES_MAX; i++) test_page(web, a, S("/page"), str_none());
	assert_null(test_loop_page(web, a, S("/page"), str_none(), true));
	sleepy = false;
	assert_non_null(drawn_here(web, a, S("/page"), str_none()));
}

static void on_store(Ctx *cx, Store *store)
{
	Site site;
	Web *web;
	assert_ok(cx, site_init(cx, store, S("Town"), false));
	assert_ok(cx, site_load(cx, store, &site));
	assert_ok(cx, web_open(cx,
						   &(WebConfig){.site = &site,
										.features = FEATURES,
										.features_n = 1,
										.session_find = who,
										.token_find = who,
										.ids = cx->ids,
										.error_page = web_error_page,
										.clock = test_clock},
						   &web));
	draw(cx, web, store_engine(store) == DB_SQLITE);
	web_close(web);
}
TEST(brief_pages_are_drawn_by_the_loop) { test_stores(NULL, 0, on_store); }
