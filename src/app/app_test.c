// SPDX-License-Identifier: AGPL-3.0-or-later
// What holds for the features together: every named query prepares on both engines, the whole API is described, and the
// pages people see most stay within their budget of queries. A page is measured by a route row of its own that calls
// the page and then looks at cx->queries, so the session's query counts as well.
#include "app/app.h"
#include "base/trace.h"
#include "community/model_testkit.h"
#include "community_sql.h"
#include "core_sql.h"
#include "demo_sql.h"
#include "members/members.h"
#include "members_sql.h"
#include "stackexchange_sql.h"
#include "web/openapi.h"
#include "web/router.h"
#include "web/shell.h"

#include "test.h"

#define json_null jansson_null // both have that name
#include <jansson.h>
#undef json_null
#include <stdio.h>

static App *app_new(void)
{
	App *app = ARENA_NEW(test_arena(), App, 1);
	app_features(app);
	return app;
}

static void prepare(Ctx *cx, Store *store, const DbQuery *const *queries, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		fail_clear(cx);
		if (store_prepare(cx, store, queries[i]) != ST_OK) fail_msg("%s: %.*s", queries[i]->name, STR(cx->fail_text));
	}
}

static void prepare_all(Ctx *cx, Store *store)
{
	prepare(cx, store, core_queries, core_queries_n);
	prepare(cx, store, members_queries, members_queries_n);
	prepare(cx, store, community_queries, community_queries_n);
	prepare(cx, store, stackexchange_queries, stackexchange_queries_n);
	prepare(cx, store, demo_queries, demo_queries_n);
	assert_ok(cx, store_check(cx, store));
	App *app = app_new();
	MigrationSet sets[APP_FEATURES];
	size_t n = 0;
	for (size_t i = 0; i < app->features_n; i++)
		if (app->features[i].migrations_n)
			sets[n++] = (MigrationSet){.v = app->features[i].migrations, .n = *app->features[i].migrations_n};
	assert_ok(cx, store_migrate(cx, store, sets, n)); // a second time changes nothing
}

TEST(app_every_query_prepares)
{
	App *app = app_new();
	MigrationSet sets[APP_FEATURES];
	size_t n = 0;
	assert_string_equal(app->features[0].name, "core");
	for (size_t i = 1; i < app->features_n; i++)
		if (app->features[i].migrations_n)
			sets[n++] = (MigrationSet){.v = app->features[i].migrations, .n = *app->features[i].migrations_n};
	test_stores(sets, n, prepare_all);
}

// For the gate that every route is hit by a test (tools/coverage.sh): which there are.
static void name_routes(const Router *r)
{
	Trace *trace = trace_open();
	for (size_t i = 0; i < router_count(r); i++) {
		const Route *route = router_at(r, i);
		trace_hit(trace, "known-route", route, route->method == HTTP_GET ? "GET" : "POST", route->path);
	}
	trace_close(trace);
}

TEST(app_routes_are_sound)
{
	App *app = app_new();
	Router *r = router_new(test_arena(), app->feature_list, app->features_n);
	name_routes(r);
	for (size_t i = 0; i < router_count(r); i++) {
		const Route *a = router_at(r, i);
		if (!a->doc || !*a->doc) fail_msg("%s has no doc", a->path);
		if ((a->action != NULL) == (a->page != NULL)) fail_msg("%s: either a page or an action", a->path);
		if ((a->flags & ROUTE_API) != 0 && strncmp(a->path, "/api/", 5) != 0)
			fail_msg("%s: an API row elsewhere", a->path);
		if (a->flags & ROUTE_API && !a->reply) fail_msg("%s describes no reply", a->path);
		if (a->form.n > ROUTE_FIELDS_MAX) fail_msg("%s has too many fields", a->path);
		if (a->action && a->right != RIGHT_READ && a->limit == LIMIT_NONE && a->flags & ROUTE_CREATES)
			fail_msg("%s creates without limit", a->path);
		for (size_t k = 0; k < i; k++) {
			const Route *b = router_at(r, k);
			if (a->method == b->method && strcmp(a->path, b->path) == 0) fail_msg("%s is there twice", a->path);
		}
	}
	Buf b = buf_init(test_arena(), 65536, BUF_MAX_BYTES);
	json_error_t error;
	openapi_write(&b, r, S("https://town.example"));
	json_t *root = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES, &error);
	if (!root) fail_msg("openapi: %s at %d", error.text, error.position);
	json_decref(root);
}

// --- budgets ------------------------------------------------------------------------------------------------------------

#define PAGE_QUERIES_MAX 8

static struct {
	Route *routes;
	const Route **originals;
	size_t n;
	uint32_t queries; // of the page drawn last
} measured;

static Status measure(Ctx *cx, const Req *req, Res *res)
{
	const Route *original = measured.originals[req->route - measured.routes];
	Status st = original->page(cx, req, res);
	measured.queries = cx->queries;
	return st;
}

static Feature measured_feature(App *app)
{
	Router *r = router_new(test_arena(), app->feature_list, app->features_n);
	measured.n = router_count(r);
	measured.routes = ARENA_NEW(test_arena(), Route, measured.n);
	measured.originals = ARENA_NEW(test_arena(), const Route *, measured.n);
	for (size_t i = 0; i < measured.n; i++) {
		measured.originals[i] = router_at(r, i);
		measured.routes[i] = *router_at(r, i);
		if (measured.routes[i].page) measured.routes[i].page = measure;
	}
	return (Feature){.name = "measured", .routes = measured.routes, .routes_n = measured.n};
}

static uint32_t queries_of(Web *web, const char *target, Str session)
{
	Arena *a = test_arena();
	Str cookie = str_format(a, "hearth_session=%.*s", STR(session));
	HttpHeader header = {.name = S("Cookie"), .value = cookie};
	HttpJob *job = ARENA_NEW(a, HttpJob, 1);
	*job = (HttpJob){.method = HTTP_GET,
					 .target = str_from(target),
					 .headers = &header,
					 .headers_n = session.n ? 1 : 0,
					 .host = S("town.example"),
					 .body_fd = -1,
					 .peer = S("192.0.2.1"),
					 .arena = a};
	job->query = str_cut(job->target, '?', &job->path);
	measured.queries = UINT32_MAX;
	web_run(web, job);
	if (job->reply.status != 200 || measured.queries == UINT32_MAX) fail_msg("%s gave %d", target, job->reply.status);
	return measured.queries;
}

typedef struct SignIn {
	Id member;
	Str token;
} SignIn;

static Status sign_in(Ctx *cx, Tx *tx, void *arg)
{
	SignIn *s = arg;
	return members_session_create(cx, tx, s->member, &s->token);
}

static void fill(Town *t, Id *ret_topic)
{
	Id opening, post, comment;
	for (int i = 0; i < 25; i++) {
		Str title = str_format(t->cx->arena, "How do I descale the kettle, part %d?", i);
		assert_ok(t->cx, town_ask(t, title, S("kettle scale"), S("It *whistles* no more."), ret_topic, &opening));
		t->cx->now_ms += 1000;
	}
	t->cx->actor = &t->helping;
	for (int i = 0; i < 25; i++) {
		assert_ok(t->cx, town_answer(t, *ret_topic, S("Vinegar, then *patience* with the kettle."), &post));
		assert_ok(t->cx, town_comment(t, post, S("That worked for me."), &comment));
	}
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_accept(t, post, true));
	t->cx->actor = NULL;
}

static Time fixed_clock(void) { return test_ctx()->now_ms; }

static Site *site_of(Town *t)
{
	Site *site = ARENA_NEW(t->cx->arena, Site, 1);
	assert_ok(t->cx, site_init(t->cx, t->store, S("Town"), false));
	assert_ok(t->cx, site_load(t->cx, t->store, site));
	return site;
}

static void budgets(Town *t)
{
	Id topic = 0;
	SignIn session = {.member = t->asker};
	App *app = app_new();
	Feature feature = measured_feature(app);
	const Feature *features[] = {&feature};
	fill(t, &topic);
	assert_ok(t->cx, store_write(t->cx, t->store, sign_in, &session));
	WebConfig config = {.site = site_of(t),
						.features = features,
						.features_n = 1,
						.session_find = members_session_find,
						.token_find = members_token_find,
						.ids = t->cx->ids,
						.error_page = web_error_page,
						.clock = fixed_clock};
	Web *web = NULL;
	assert_ok(t->cx, web_open(t->cx, &config, &web));
	char id[ID_TEXT_MAX], topic_path[80], profile[80];
	snprintf(topic_path, sizeof topic_path, "/t/%.*s/how-do-i-descale-the-kettle-part-24", (int)id_format(topic, id),
			 id);
	snprintf(profile, sizeof profile, "/m/%.*s", STR(t->helping.handle));
	const char *const targets[] = {"/",        "/s/help", topic_path,   profile, "/search?q=kettle",
								   "/members", "/tags",   "/tag/kettle"};
	int over = 0;
	for (size_t i = 0; i < COUNTOF(targets); i++) {
		uint32_t guest = queries_of(web, targets[i], str_none()), member = queries_of(web, targets[i], session.token);
		print_message("# %s: %u queries for guests, %u for members\n", targets[i], guest, member);
		over += guest > PAGE_QUERIES_MAX || member > PAGE_QUERIES_MAX;
	}
	web_close(web);
	assert_int_equal(over, 0);
}
TEST(app_pages_keep_their_budget_of_queries) { test_towns(budgets); }
