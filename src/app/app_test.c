// SPDX-License-Identifier: AGPL-3.0-or-later
// What holds for the features together: every named query prepares on both engines, and the whole API is described.
#include "app/app.h"
#include "app_sql.h"
#include "base/trace.h"
#include "community/model_testkit.h"
#include "members/members.h"
#include "web/openapi.h"
#include "web/router.h"

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

#define X(name)                                                                                                        \
	extern const DbQuery *const name##_queries[];                                                                      \
	extern const size_t name##_queries_n;
ALL_QUERIES(X)
#undef X

static void prepare_all(Ctx *cx, Store *store)
{
#define X(name) prepare(cx, store, name##_queries, name##_queries_n);
	ALL_QUERIES(X)
#undef X
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
