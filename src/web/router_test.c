// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/cache.h"
#include "web/limit.h"
#include "web/openapi.h"
#include "web/router.h"

#include "test.h"

#include <zstd.h>

#define json_null jansson_null // both have that name
#include <jansson.h>
#undef json_null
#include <stdio.h>

static Status page(Ctx *cx, const Req *req, Res *res)
{
	(void)cx;
	(void)req;
	(void)res;
	return ST_OK;
}
static Status action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	(void)tx;
	return page(cx, req, res);
}

static const FormField FIELDS[] = {
	LINE("title", 5, 100, "error.title"),
	INTEGER("limit", 1, 100, "error.limit"),
	NEEDED_INTEGER("vote", -1, 1, "error.vote"),
	IDENT("topic", 1, "error.topic"),
	FLAG("notify"),
	TEXT("body", 0, 500, "error.body"),
};
// The doc says which row it is.
static const Route ROUTES[] = {
	READ("/", RIGHT_READ, page, .doc = "home"),
	READ("/t/{topic:id}", RIGHT_READ, page, .doc = "topic"),
	READ("/t/{topic:id}/{slug}", RIGHT_READ, page, .doc = "topic slug"),
	READ("/s/{slug}", RIGHT_READ, page, .doc = "space"),
	READ("/s/new", RIGHT_READ, page, .doc = "new space"),
	WRITE("/s/new", RIGHT_READ, NULL, action, .doc = "make space"),
	READ("/s/{slug}/about", RIGHT_READ, page, .doc = "about"),
	READ("/{page}", RIGHT_READ, page, .doc = "any"),
	READ("/a/b/c/d/e/f/g/h", RIGHT_READ, page, .doc = "long"),
	WRITE("/only", RIGHT_READ, NULL, action, .doc = "post only"),
	READ("/api/v1/topics/{topic:id}/posts/{n}", RIGHT_READ, page, .flags = ROUTE_API, .form = FORM(FIELDS),
		 .doc = "A \"post\"", .reply = "id:id items:[id:id title:text?] n:int ok:bool at:time?"),
	WRITE("/api/v1/topics/{topic:id}/posts/{n}", RIGHT_WRITE, NULL, action, .flags = ROUTE_API | ROUTE_CREATES,
		  .form = FORM(FIELDS), .reply = "id:id"),
	READ("/api/v1/tags", RIGHT_READ, page, .flags = ROUTE_API),
};
static const Feature FEATURE = {.name = "probe", .routes = ROUTES, .routes_n = COUNTOF(ROUTES)};
static const Feature *const FEATURES[] = {&FEATURE};

TEST(router_precedence)
{
	static const struct {
		HttpMethod method;
		const char *path, *doc; // NULL: none, "": method
	} rows[] = {
		{HTTP_GET, "/", "home"},
		{HTTP_HEAD, "/", "home"},
		{HTTP_GET, "/t/4k2", "topic"},
		{HTTP_GET, "/t/4K2/some-slug", "topic slug"},
		{HTTP_GET, "/t/no!", NULL},
		{HTTP_GET, "/t/0", NULL},
		{HTTP_GET, "/t/00000000000001", NULL},
		{HTTP_GET, "/t/", NULL},
		{HTTP_GET, "/t/4k2/", NULL},
		{HTTP_GET, "//t/4k2", NULL},
		{HTTP_GET, "/s/new", "new space"},
		{HTTP_POST, "/s/new", "make space"},
		{HTTP_GET, "/s/newer", "space"},
		{HTTP_GET, "/s/new/about", "about"},
		{HTTP_POST, "/s/x", ""},
		{HTTP_GET, "/elsewhere", "any"},
		{HTTP_GET, "/T", "any"},     // case counts
		{HTTP_GET, "/a%2Fb", "any"}, // a slash within a segment
		{HTTP_GET, "/%ff", NULL},
		{HTTP_GET, "/%00", NULL},
		{HTTP_GET, "/%z", NULL},
		{HTTP_GET, "/a/b/c/d/e/f/g/h", "long"},
		{HTTP_GET, "/a/b/c/d/e/f/g/h/i", NULL},
		{HTTP_GET, "/a/b/c/d/e/f/g", NULL},
		{HTTP_DELETE, "/t/4k2", ""},
		{HTTP_PUT, "/nothing/here", NULL},
		{HTTP_GET, "", "home"},
	};
	Router *r = router_new(test_arena(), FEATURES, 1);
	assert_int_equal(router_count(r), COUNTOF(ROUTES));
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		Req req = {0};
		MatchResult m = router_match(r, test_arena(), rows[i].method, str_from(rows[i].path), &req);
		MatchResult want = !rows[i].doc ? MATCH_NONE : *rows[i].doc ? MATCH_FOUND : MATCH_METHOD;
		if (m != want || (m == MATCH_FOUND && strcmp(req.route->doc, rows[i].doc) != 0))
			fail_msg("%d %s gave %d %s", rows[i].method, rows[i].path, m, req.route ? req.route->doc : "");
		if (m == MATCH_FOUND) assert_ptr_equal(router_at(r, req.route_index), req.route);
	}
	Req req = {0};
	assert_int_equal(router_match(r, test_arena(), HTTP_GET, S("/only"), &req), MATCH_FOUND); // the other row reads it
	assert_string_equal(req.route->doc, "any");
}

TEST(router_fills_path_fields)
{
	Router *r = router_new(test_arena(), FEATURES, 1);
	Req req = {0};
	assert_int_equal(router_match(r, test_arena(), HTTP_GET, S("/t/4k2/caf%C3%A9+x%2Fy"), &req), MATCH_FOUND);
	assert_int_equal(req.path_n, 2);
	assert_int_equal(req_id(&req, "topic"), 4 * 1024 + 19 * 32 + 2);
	assert_str_equal(req_str(&req, "slug"), "caf\xc3\xa9+x/y"); // a plus is a plus in a path
}

// --- OpenAPI ------------------------------------------------------------------------------------------------------------

static bool required(const json_t *list, const char *name)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (strcmp(json_string_value(json_array_get(list, i)), name) == 0) return true;
	return false;
}

static json_t *description(void)
{
	Buf b = buf_init(test_arena(), 4096, BUF_MAX_BYTES);
	json_error_t error;
	openapi_write(&b, router_new(test_arena(), FEATURES, 1), S("https://town.example"));
	json_t *root = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES, &error);
	if (!root) fail_msg("%s at %d: %.*s", error.text, error.position, STR(buf_view(&b)));
	return root;
}

static json_t *at(json_t *v, const char *const *path, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!(v = json_object_get(v, path[i]))) fail_msg("%s is missing", path[i]);
	return v;
}
#define AT(v, ...) at((v), (const char *const[]){__VA_ARGS__}, COUNTOF(((const char *const[]){__VA_ARGS__})))

TEST(openapi_is_well_formed)
{
	json_t *root = description(), *paths = AT(root, "paths");
	assert_string_equal(json_string_value(AT(root, "openapi")), "3.1.0");
	assert_int_equal(json_object_size(paths), 2); // API routes only
	json_t *op = AT(paths, "/api/v1/topics/{topic}/posts/{n}", "get");
	assert_string_equal(json_string_value(AT(op, "summary")), "A \"post\"");
	assert_null(json_object_get(op, "security"));
	json_t *schema = AT(op, "responses", "200", "content", "application/json", "schema");
	assert_int_equal(json_array_size(AT(schema, "required")), 5);
	assert_string_equal(
		json_string_value(AT(schema, "properties", "items", "items", "properties", "title", "type")) ? "" : "list",
		"list");
	json_t *make = AT(paths, "/api/v1/topics/{topic}/posts/{n}", "post");
	assert_non_null(AT(make, "responses", "201"));
	json_t *problem = AT(make, "responses", "default", "content", "application/problem+json", "schema");
	assert_string_equal(json_string_value(AT(problem, "$ref")), "#/components/schemas/Problem");
	json_t *needed = AT(root, "components", "schemas", "Problem", "required");
	assert_true(json_array_size(needed) == 3 && required(needed, "title") && !required(needed, "errors"));
	assert_int_equal(json_array_size(AT(make, "security")), 1);
	json_decref(root);
}

// What the form refuses without is required, and nothing else.
TEST(openapi_requires_what_the_form_requires)
{
	json_t *root = description();
	json_t *make = AT(root, "paths", "/api/v1/topics/{topic}/posts/{n}", "post");
	json_t *list = AT(make, "requestBody", "content", "application/json", "schema", "required");
	bool title = required(list, "title"), topic = required(list, "topic"), vote = required(list, "vote"),
		 limit = required(list, "limit");
	json_decref(root);
	assert_true(title && topic);
	assert_true(vote);   // NEEDED_INTEGER
	assert_false(limit); // an INTEGER from 1 that may be left out
}

TEST(router_tells_what_an_address_takes)
{
	static const struct {
		const char *path;
		bool reads, writes;
	} rows[] = {{"/", true, false},
				{"/s/new", true, true},
				{"/t/4k2", true, false},
				{"/a%2Fb", true, false},
				{"/no/such", false, false},
				{"/%ff", false, false},
				{"/api/v1/topics/4k2/posts/1", true, true}};
	Router *r = router_new(test_arena(), FEATURES, 1);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		Str path = str_from(rows[i].path);
		if (router_takes(r, test_arena(), HTTP_GET, path) != rows[i].reads ||
			router_takes(r, test_arena(), HTTP_POST, path) != rows[i].writes)
			fail_msg("%s", rows[i].path);
	}
}

// --- the cache and the limits by themselves -----------------------------------------------------------------------------

TEST(cache_evicts_the_oldest)
{
	Cache *c = cache_new(test_arena(), 40000);
	char target[20];
	Str body = str_format(test_arena(), "%02000d", 1);
	CacheEntry *held = NULL;
	for (int i = 0; i < 50; i++) {
		Str name = {target, (size_t)snprintf(target, sizeof target, "/t/%d", i)};
		cache_put(c, name, 1, TEST_TIME,
				  &(CachePage){.content_type = S("text/html"), .body = body, .etag = S("\"e\"")});
		CacheEntry *e = cache_find(c, name, 1, TEST_TIME);
		assert_non_null(e);
		if (i == 0) held = e;
		else cache_release(e);
	}
	assert_null(cache_find(c, S("/t/0"), 1, TEST_TIME));
	assert_true(str_eq(held->body, body)); // a reply on its way outlives its eviction
	cache_release(held);
	CacheEntry *e = cache_find(c, S("/t/49"), 1, TEST_TIME + CACHE_AGE_MAX_MS);
	assert_non_null(e);
	cache_release(e);
	assert_null(cache_find(c, S("/t/49"), 2, TEST_TIME));     // another generation
	assert_null(cache_find(c, S("/t/48"), 1, TEST_TIME - 1)); // made in the future
	assert_null(cache_find(c, S("/t/47"), 1, TEST_TIME + CACHE_AGE_MAX_MS + 1));
	cache_put(c, S("/big"), 1, TEST_TIME,
			  &(CachePage){
				  .content_type = S("text/html"), .body = str_format(test_arena(), "%030000d", 1), .etag = S("\"e\"")});
	assert_null(cache_find(c, S("/big"), 1, TEST_TIME)); // never more than half of it
	cache_put(c, S("/x"), 1, TEST_TIME,
			  &(CachePage){.content_type = S("text/html"), .body = S("one"), .etag = S("\"1\"")});
	cache_put(c, S("/x"), 1, TEST_TIME,
			  &(CachePage){.content_type = S("text/html"), .body = S("two"), .etag = S("\"2\"")});
	e = cache_find(c, S("/x"), 1, TEST_TIME);
	assert_str_equal(e->body, "two");
	cache_release(e);
	cache_done(c);
}

TEST(coding_is_chosen)
{
	static const struct {
		const char *accept;
		Coding coding;
	} rows[] = {
		{"", CODING_IDENTITY},
		{"gzip", CODING_GZIP},
		{"gzip, deflate, br", CODING_BROTLI},
		{"gzip, deflate, br, zstd", CODING_ZSTD},
		{"GZIP", CODING_GZIP},
		{"br;q=0, gzip", CODING_GZIP},
		{"zstd; q=0.0, br;q=0.5", CODING_BROTLI},
		{"br;q=0.000, gzip", CODING_GZIP},
		{"identity", CODING_IDENTITY},
		{"xgzip", CODING_IDENTITY},
		{",,;q=1,", CODING_IDENTITY},
	};
	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (coding_choose(str_from(rows[i].accept)) != rows[i].coding) fail_msg("%s", rows[i].accept);
	Coder *coder = coder_new(test_arena());
	assert_null(coding_encode(coder, test_arena(), CODING_GZIP, S("short")).p);
	char noise[2000];
	test_ctx()->rng->fill(test_ctx()->rng->self, noise, sizeof noise);
	for (Coding c = CODING_GZIP; c < CODINGS; c++)
		assert_null(coding_encode(coder, test_arena(), c, (Str){noise, sizeof noise}).p);
	coder_done(coder);
}

// A context that is used again gives the same bytes as a fresh one, also after a body that did not compress.
TEST(codings_do_not_remember_the_page_before)
{
	Coder *coder = coder_new(test_arena());
	Str first = {0};
	for (int i = 0; i < 6; i++) {
		Buf b = buf_init(test_arena(), 4096, (size_t)1 << 20);
		int lines = i % 2 ? 3000 : 100;
		for (int k = 0; k < lines; k++) buf_format(&b, "<li>Kettle %d whistles</li>", i % 2 ? k * 7919 : k);
		Str coded = coding_encode(coder, test_arena(), CODING_ZSTD, buf_view(&b));
		assert_true(coded.p && coded.n < b.n / 2);
		if (i == 0) first = coded;
		else if (i % 2 == 0) assert_true(str_eq(coded, first));
		char *back = arena_alloc(test_arena(), b.n, 1);
		assert_int_equal(ZSTD_decompress(back, b.n, coded.p, coded.n), b.n);
		assert_memory_equal(back, b.p, b.n);
		char noise[2000];
		test_ctx()->rng->fill(test_ctx()->rng->self, noise, sizeof noise);
		assert_null(coding_encode(coder, test_arena(), CODING_ZSTD, (Str){noise, sizeof noise}).p);
	}
	coder_done(coder);
}

TEST(limits_refill)
{
	Limits *l = limits_new(test_arena());
	int retry = 0, n = 0;
	Time now = TEST_TIME;
	while (n < 1000 && limits_take(l, LIMIT_SIGN_IN, S("a"), now, &retry)) n++;
	assert_in_range(n, 5, 50);
	assert_in_range(retry, 1, 60);
	assert_false(limits_take(l, LIMIT_SIGN_IN, S("a"), now + retry * 1000 - 1500, &retry));
	assert_true(limits_take(l, LIMIT_SIGN_IN, S("a"), now + 60000, &retry));
	assert_true(limits_take(l, LIMIT_SIGN_IN, S("b"), now, &retry) && limits_take(l, LIMIT_WRITE, S("a"), now, &retry));
	for (int i = 0; i < 1000; i++) assert_true(limits_take(l, LIMIT_NONE, S("a"), now, &retry));
	n = 0;
	now += TIME_DAY_MS;
	while (n < 1000 && limits_take(l, LIMIT_SIGN_IN, S("a"), now, &retry)) n++;
	assert_in_range(n, 5, 50); // a day does not save up more than one burst
	for (int i = 0; i < 5; i++)
		assert_false(limits_take(l, LIMIT_SIGN_IN, S("a"), now - 1000 * i, &retry)); // nor does a clock that steps back
	limits_done(l);
}
