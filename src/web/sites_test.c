// SPDX-License-Identifier: AGPL-3.0-or-later
// Two sites behind one HttpApp, without a socket: which of them a Host reaches, and that neither gives out what is the
// other's.
#include "core/store_testkit.h"
#include "web/sites.h"

#include "test.h"

static Status name_page(Ctx *cx, const Req *req, Res *res)
{
	(void)req;
	for (int i = 0; i < 200; i++) buf_format(&res->body, "<p>%.*s</p>", STR(cx->site->name));
	return ST_OK;
}

static const Route ROUTES[] = {READ("/", RIGHT_READ, name_page, .flags = ROUTE_CACHED)};
static const Feature FEATURE = {.name = "probe", .routes = ROUTES, .routes_n = COUNTOF(ROUTES)};
static const Feature *const FEATURES[] = {&FEATURE};

typedef struct Two {
	Store *stores[2];
	Site sites[2];
	Web *webs[2];
	HttpApp app;
} Two;

static void open_one(Ctx *cx, Two *t, int i, const char *name, Str hosts)
{
	const MigrationSet set = {core_migrations, core_migrations_n};
	assert_ok(cx, store_open(cx, &(StoreConfig){.url = S(":memory:"), .readers = 1}, &t->stores[i]));
	assert_ok(cx, store_migrate(cx, t->stores[i], &set, 1));
	assert_ok(cx, site_init(cx, t->stores[i], str_from(name), false));
	assert_ok(cx, site_load(cx, t->stores[i], &t->sites[i]));
	t->sites[i].hosts = hosts;
	WebConfig config = {.site = &t->sites[i],
						.name = name,
						.features = FEATURES,
						.features_n = 1,
						.page_cache_bytes = 1 << 20,
						.ids = cx->ids,
						.clock = test_clock};
	assert_ok(cx, web_open(cx, &config, &t->webs[i]));
}

static HttpJob *ask(Two *t, const char *host, const char *path, bool cached)
{
	HttpJob *job = ARENA_NEW(test_arena(), HttpJob, 1);
	*job = (HttpJob){.method = HTTP_GET,
					 .target = str_from(path),
					 .path = str_from(path),
					 .host = str_from(host),
					 .body_fd = -1,
					 .peer = S("127.0.0.1"),
					 .arena = test_arena()};
	if (cached) {
		assert_true(t->app.fast(t->app.self, job));
		job->reply.body = str_copy(test_arena(), job->reply.body);
		job->reply.release(job->reply.release_arg);
	} else {
		t->app.handle(t->app.self, 0, job);
	}
	return job;
}

static void close_both(Two *t)
{
	for (int i = 0; i < 2; i++) {
		web_close(t->webs[i]);
		store_close(t->stores[i]);
	}
}

static bool says(const HttpJob *job, const char *text)
{
	size_t at;
	return str_find(job->reply.body, str_from(text), &at);
}

TEST(web_sites_are_chosen_by_host)
{
	Two t;
	open_one(test_ctx(), &t, 0, "acme", S("acme.example www.acme.example"));
	open_one(test_ctx(), &t, 1, "birch", S("birch.example"));
	t.app = web_sites_http_app(web_sites_new(test_arena(), t.webs, 2));
	assert_true(says(ask(&t, "acme.example", "/", false), "<p>acme</p>"));
	assert_true(says(ask(&t, "BIRCH.example:81", "/", false), "<p>birch</p>"));
	assert_true(says(ask(&t, "www.acme.example", "/", false), "<p>acme</p>"));
	// The same path under either host, out of the cache of each.
	assert_true(says(ask(&t, "acme.example", "/", true), "<p>acme</p>"));
	assert_true(says(ask(&t, "BIRCH.example:81", "/", true), "<p>birch</p>"));
	HttpJob *job = ask(&t, "nobody.example", "/", false);
	assert_int_equal(job->reply.status, 421);
	assert_true(says(job, "nobody.example") && !says(job, "acme"));
	assert_true(t.app.body_rule(t.app.self, job).ask);
	assert_false(t.app.fast(t.app.self, job));
	assert_int_equal(ask(&t, "nobody.example", "/healthz", false)->reply.status, 200);
	job = ask(&t, "nobody.example", "/metrics", false);
	assert_true(says(job, "hearth_store_commits_total{site=\"acme\"}"));
	assert_true(says(job, "hearth_route_requests_total{site=\"birch\",method=\"GET\",route=\"/\"} 1"));
	close_both(&t);
}

TEST(web_a_site_with_new_settings_is_taken_over)
{
	Two t;
	open_one(test_ctx(), &t, 0, "acme", S("acme.example"));
	open_one(test_ctx(), &t, 1, "birch", S("birch.example"));
	t.app = web_sites_http_app(web_sites_new(test_arena(), t.webs, 2));
	assert_true(says(ask(&t, "birch.example", "/", false), "<p>birch</p>"));
	Site *changed = site_copy(test_arena(), &t.sites[1]);
	assert_true(site_equal(changed, &t.sites[1]));
	changed->name = S("beech");
	changed->hosts = S("beech.example");
	assert_false(site_equal(changed, &t.sites[1]));
	web_site_set(t.webs[1], changed);
	assert_int_equal(ask(&t, "birch.example", "/", false)->reply.status, 421);
	assert_true(says(ask(&t, "beech.example", "/", false), "<p>beech</p>"));
	close_both(&t);
}

TEST(web_one_site_serves_every_host)
{
	Two t;
	open_one(test_ctx(), &t, 0, "acme", S("acme.example"));
	open_one(test_ctx(), &t, 1, "birch", S("birch.example"));
	t.app = web_sites_http_app(web_sites_new(test_arena(), t.webs, 1));
	assert_true(says(ask(&t, "anything.example", "/", false), "<p>acme</p>"));
	close_both(&t);
}
