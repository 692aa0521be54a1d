// SPDX-License-Identifier: AGPL-3.0-or-later
// Requests through the real router without a socket (web_run), over routes made for it and a real store.
#include "core/job.h"
#include "core/store_testkit.h"
#include "web/shell.h"
#include "web/web.h"

#include "test.h"

#include <stdio.h>
#include <unistd.h>

#define MEMBER "Cookie: hearth_session=member\n"
#define OTHER "Cookie: hearth_session=other\n"
#define BEARER "Authorization: Bearer tok\n"
#define JSON_TYPE "Content-Type: application/json\n"
#define SAME "Sec-Fetch-Site: same-origin\n"
#define BIG 3000

typedef struct Rig {
	Ctx *cx;
	Store *store;
	Site site;
	Web *web;
} Rig;

// --- the application ----------------------------------------------------------------------------------------------------

static int pages; // drawn, of the test that runs

static Status page(Ctx *cx, const Req *req, Res *res)
{
	pages++;
	buf_format(&res->body, "<p>%lld</p>%.*s", (long long)cx->actor->id, STR(web_csrf_token(cx, req)));
	for (int i = 0; i < BIG / 10; i++) buf_str(&res->body, S("0123456789"));
	return ST_OK;
}

static Status cookie_page(Ctx *cx, const Req *req, Res *res)
{
	res_cookie(cx, res, S("seen"), S("1"), TIME_DAY_MS, true);
	return page(cx, req, res);
}

static Status thing_page(Ctx *cx, const Req *req, Res *res)
{
	(void)cx;
	res->content_type = S("application/json");
	buf_format(&res->body, "{\"id\":%lld}", (long long)req_id(req, "thing"));
	return ST_OK;
}

static Status broken(Ctx *cx, const Req *req, Res *res)
{
	(void)req;
	(void)res;
	return fail(cx, ST_INTERNAL, "the secret cause");
}

static Status form_page(Ctx *cx, const Req *req, Res *res)
{
	Shell shell;
	shell_init(cx, req, &shell);
	buf_format(&res->body, "again:%.*s:%s", STR(req_str(req, "title")), shell.wait_s ? "later:" : "");
	for (size_t i = 0; i < cx->field_errors_n; i++)
		buf_format(&res->body, "[%s %s]", cx->field_errors[i].field, cx->field_errors[i].key);
	return ST_OK;
}

static Status save(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(audit(cx, tx, S("saved"), 0, req_str(req, "title")));
	if (str_eq(req_str(req, "title"), S("refuse"))) return fail(cx, ST_CONFLICT, "refused");
	if (str_eq(req_str(req, "title"), S("break"))) return fail(cx, ST_INTERNAL, "the secret cause");
	return res_redirect(res, S("/saved"));
}

static Status save_api(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(audit(cx, tx, S("saved"), 0, req_str(req, "title")));
	if (str_eq(req_str(req, "title"), S("refuse"))) return fail(cx, ST_CONFLICT, "refused");
	res->status = 201;
	res->content_type = S("application/json");
	Json j = json_init(&res->body);
	json_obj(&j);
	json_key(&j, "id");
	json_id(&j, ctx_id(cx));
	json_key(&j, "bytes");
	json_int(&j, (int64_t)req_str(req, "text").n);
	json_end(&j);
	return ST_OK;
}

static Status go(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	(void)cx;
	(void)tx;
	return res_redirect(res, req_str(req, "next"));
}

static const FormField SAVE[] = {LINE("title", 1, 20, "error.title"), TEXT("text", 0, 65536, "error.text"),
								 INTEGER("n", 1, 9, "error.n")};
static const FormField NEXT[] = {LINE("next", 0, 300, "error.next")};
static const Route ROUTES[] = {
	READ("/", RIGHT_READ, page, .flags = ROUTE_CACHED),
	READ("/cookie", RIGHT_READ, cookie_page, .flags = ROUTE_CACHED),
	READ("/plain", RIGHT_READ, page),
	READ("/mine", RIGHT_SIGNED_IN, page, .flags = ROUTE_CACHED),
	READ("/desk", RIGHT_MODERATE, page),
	READ("/search", RIGHT_READ, page, .limit = LIMIT_SEARCH),
	READ("/broken", RIGHT_READ, broken),
	READ("/demo-only", RIGHT_READ, page, .flags = ROUTE_DEMO),
	WRITE("/save", RIGHT_WRITE, NULL, save, .form = FORM(SAVE), .failed = form_page, .limit = LIMIT_WRITE),
	WRITE("/guest", RIGHT_SIGNED_IN, NULL, save, .form = FORM(SAVE), .failed = form_page, .flags = ROUTE_GUEST_FORM),
	WRITE("/go", RIGHT_WRITE, NULL, go, .form = FORM(NEXT)),
	READ("/api/v1/things/{thing:id}", RIGHT_READ, thing_page, .flags = ROUTE_API, .reply = "id:int"),
	READ("/api/v1/mine", RIGHT_SIGNED_IN, page, .flags = ROUTE_API),
	READ("/api/v1/desk", RIGHT_MODERATE, page, .flags = ROUTE_API),
	READ("/api/v1/broken", RIGHT_READ, broken, .flags = ROUTE_API),
	WRITE("/api/v1/things", RIGHT_WRITE, NULL, save_api, .form = FORM(SAVE), .flags = ROUTE_API | ROUTE_CREATES,
		  .limit = LIMIT_WRITE, .reply = "id:id bytes:int"),
	WRITE("/api/v1/others", RIGHT_WRITE, NULL, save_api, .form = FORM(SAVE), .flags = ROUTE_API | ROUTE_CREATES),
};
static const Feature FEATURE = {.name = "probe", .routes = ROUTES, .routes_n = COUNTOF(ROUTES)};
static const Feature *const FEATURES[] = {&FEATURE};

static Status who(Ctx *cx, Db *db, Str token, Actor *ret_actor, bool *ret_found)
{
	(void)cx;
	(void)db;
	*ret_found = true;
	if (str_eq(token, S("member")) || str_eq(token, S("tok")))
		*ret_actor = actor_member(100, S("ann"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	else if (str_eq(token, S("other")) || str_eq(token, S("tok2")))
		*ret_actor = actor_member(200, S("bob"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	else *ret_found = false;
	return ST_OK;
}

typedef void (*RigTest)(Rig *r);
static struct {
	RigTest run;
	size_t cache;
	bool limits;
} wanted;

static void on_store(Ctx *cx, Store *store)
{
	Rig r = {.cx = cx, .store = store};
	assert_ok(cx, site_init(cx, store, S("Town & <Co>"), false));
	assert_ok(cx, site_load(cx, store, &r.site));
	WebConfig config = {.site = &r.site,
						.features = FEATURES,
						.features_n = 1,
						.page_cache_bytes = wanted.cache,
						.rate_limits = wanted.limits,
						.session_find = who,
						.token_find = who,
						.ids = cx->ids,
						.error_page = web_error_page,
						.clock = test_clock};
	assert_ok(cx, web_open(cx, &config, &r.web));
	pages = 0;
	wanted.run(&r);
	web_close(r.web);
}

static void with_rig(RigTest run, size_t cache, bool limits)
{
	wanted.run = run;
	wanted.cache = cache;
	wanted.limits = limits;
	test_stores(NULL, 0, on_store);
}

// --- asking -------------------------------------------------------------------------------------------------------------

typedef struct Room { // web_run hands a write to http_job_done, which looks behind the public part of a job
	HttpJob job;
	char rest[4096];
} Room;

// headers: lines "Name: value"
static HttpJob *job_new(HttpMethod method, const char *target, const char *headers, Str body)
{
	Arena *a = test_arena();
	Room *room = ARENA_NEW(a, Room, 1);
	HttpHeader *h = ARENA_NEW(a, HttpHeader, 12);
	size_t n = 0;
	for (Str rest = str_copy(a, str_from(headers)); rest.p && rest.n;) {
		Str line, tail = str_cut(rest, '\n', &line);
		Str value = str_cut(line, ':', &h[n].name);
		h[n++].value = str_trim(value);
		rest = tail;
	}
	HttpJob *job = &room->job;
	*job = (HttpJob){.method = method,
					 .target = str_from(target),
					 .headers = h,
					 .headers_n = n,
					 .host = S("town.example"),
					 .body = body,
					 .body_fd = -1,
					 .body_bytes = body.n,
					 .peer = S("192.0.2.1"),
					 .arena = a};
	job->query = str_cut(job->target, '?', &job->path);
	return job;
}

static Status nothing(Ctx *cx, Tx *tx, void *arg)
{
	(void)cx;
	(void)tx;
	(void)arg;
	return ST_OK;
}

static const HttpReply *run(Rig *r, HttpJob *job)
{
	web_run(r->web, job);
	// A write behind this one is done after it.
	if (!job->reply.status) assert_ok(r->cx, store_write(r->cx, r->store, nothing, NULL));
	assert_true(job->reply.status != 0);
	return &job->reply;
}

static const HttpReply *get(Rig *r, const char *target, const char *headers)
{
	return run(r, job_new(HTTP_GET, target, headers, str_none()));
}

// Forms say what browsers say of them.
static const HttpReply *post(Rig *r, const char *target, const char *headers, const char *body)
{
	const char *type = strncmp(target, "/api/", 5) ? "Content-Type: application/x-www-form-urlencoded\n" : "";
	Str all = str_format(test_arena(), "%s%s", type, headers);
	return run(r, job_new(HTTP_POST, target, str_z(test_arena(), all), str_from(body)));
}

static Str header(const HttpReply *reply, const char *name)
{
	for (size_t i = 0; i < reply->headers_n; i++)
		if (str_eq_nocase(reply->headers[i].name, str_from(name))) return reply->headers[i].value;
	return str_none();
}

static bool holds(Str s, const char *part)
{
	size_t at;
	return str_find(s, str_from(part), &at);
}

static int64_t saved(Rig *r) { return test_number(r->cx, r->store, "SELECT count(*) FROM audit"); }

// A form as a member, with all that it needs.
static const char *csrf(Rig *r, const char *cookie)
{
	Str body = get(r, "/mine", cookie)->body;
	size_t at;
	assert_true(str_find(body, S("</p>"), &at));
	return str_z(r->cx->arena, str_sub(body, at + 4, at + 4 + 64));
}

static const HttpReply *post_form(Rig *r, const char *target, const char *fields)
{
	return post(r, target, MEMBER SAME,
				str_z(r->cx->arena, str_format(r->cx->arena, "csrf=%s&%s", csrf(r, MEMBER), fields)));
}

// --- rights ---------------------------------------------------------------------------------------------------------------

static void rights(Rig *r)
{
	assert_int_equal(get(r, "/plain", "")->status, 200);
	const HttpReply *reply = get(r, "/mine?a=1&b=%2F", "");
	assert_int_equal(reply->status, 303);
	assert_str_equal(header(reply, "Location"), "/sign-in?next=%2Fmine%3Fa%3D1%26b%3D%252F");
	assert_int_equal(get(r, "/mine", "Cookie: hearth_session=unknown\n")->status, 303);
	assert_int_equal(get(r, "/mine", MEMBER)->status, 200);
	assert_int_equal(get(r, "/mine", "Cookie: a=b; hearth_session=member\n")->status, 200);
	assert_int_equal(get(r, "/mine", "Cookie: xhearth_session=member\n")->status, 303);
	assert_int_equal(get(r, "/desk", MEMBER)->status, 403);
	assert_int_equal(get(r, "/demo-only", MEMBER)->status, 404);
	assert_int_equal(post(r, "/save", SAME, "title=x")->status, 303); // to sign-in, nothing saved
	assert_int_equal(saved(r), 0);
}
TEST(web_rights_of_pages) { with_rig(rights, 0, false); }

static void rights_api(Rig *r)
{
	const HttpReply *reply = get(r, "/api/v1/mine", "");
	assert_int_equal(reply->status, 401);
	assert_str_equal(header(reply, "WWW-Authenticate"), "Bearer");
	assert_str_equal(header(reply, "Content-Type"), "application/problem+json");
	assert_int_equal(get(r, "/api/v1/mine", BEARER)->status, 200);
	assert_int_equal(get(r, "/api/v1/mine", MEMBER)->status, 200); // our own scripts
	assert_int_equal(get(r, "/api/v1/mine", "Authorization: bEARER tok\n")->status,
					 get(r, "/api/v1/mine", BEARER)->status);
	assert_int_equal(get(r, "/api/v1/mine", "Authorization: Bearer wrong\n")->status, 401);
	assert_int_equal(get(r, "/api/v1/mine", "Authorization: Basic dG9r\n")->status, 401);
	assert_int_equal(get(r, "/api/v1/things/4k2", "Authorization: Bearer wrong\n")->status,
					 401); // also where guests may read
	assert_int_equal(get(r, "/api/v1/desk", BEARER)->status, 403);
	assert_int_equal(get(r, "/mine", BEARER)->status, 303); // tokens are for the API
	assert_int_equal(post(r, "/api/v1/things", JSON_TYPE SAME, "{\"title\":\"x\"}")->status, 401);
	assert_int_equal(post(r, "/api/v1/things", JSON_TYPE BEARER, "{\"title\":\"x\"}")->status, 201);
}
TEST(web_rights_of_the_api) { with_rig(rights_api, 0, false); }

// --- forms --------------------------------------------------------------------------------------------------------------

static void csrf_matrix(Rig *r)
{
	static const struct {
		const char *headers;
		char token; // v valid, o another session's, b broken, h valid in the header, - none
		int status;
	} rows[] = {
		{MEMBER SAME, 'v', 303},
		{MEMBER "Origin: http://town.example\n", 'v', 303},
		{MEMBER "Origin: https://TOWN.example\n", 'v', 303},
		{MEMBER "Sec-Fetch-Site: none\n", 'v', 303},
		{MEMBER, 'v', 303}, // the token alone will do
		{MEMBER SAME, 'h', 303},
		{MEMBER SAME, '-', 403},
		{MEMBER SAME, 'b', 403},
		{MEMBER SAME, 'o', 403},
		{MEMBER "Sec-Fetch-Site: cross-site\n", 'v', 403},
		{MEMBER "Sec-Fetch-Site: same-site\n", 'v', 403},
		{MEMBER "Sec-Fetch-Site: \n", 'v', 403},
		{MEMBER "Origin: http://evil.example\n", 'v', 403},
		{MEMBER "Origin: null\n", 'v', 403},
		{MEMBER "Origin: http://town.example.evil.example\n", 'v', 403},
		{MEMBER "Origin: http://town.example:81\n", 'v', 403},
		{MEMBER "Origin: http://evil.example\n" SAME, 'v', 403},
	};
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		char body[200] = "title=x", headers[400];
		const char *token = csrf(r, rows[i].token == 'o' ? OTHER : MEMBER);
		snprintf(headers, sizeof headers, "%s", rows[i].headers);
		if (rows[i].token == 'h') snprintf(headers, sizeof headers, "%sX-CSRF-Token: %s\n", rows[i].headers, token);
		else if (rows[i].token == 'b')
			snprintf(body, sizeof body, "title=x&csrf=%.63s%c", token, token[63] == '0' ? '1' : '0');
		else if (rows[i].token != '-') snprintf(body, sizeof body, "csrf=%s&title=x", token);
		int64_t before = saved(r);
		int status = post(r, "/save", headers, body)->status;
		if (status != rows[i].status) fail_msg("row %zu gave %d", i, status);
		assert_int_equal(saved(r), before + (status == 303));
	}
	assert_string_not_equal(csrf(r, MEMBER), csrf(r, MEMBER)); // masked anew
	assert_int_equal(post(r, "/api/v1/things", MEMBER SAME JSON_TYPE, "{\"title\":\"x\"}")->status,
					 403);                                                  // a cookie on the API
	assert_int_equal(post(r, "/save", MEMBER SAME, "title=")->status, 403); // forged and wrong is forged
}
TEST(web_csrf_matrix) { with_rig(csrf_matrix, 0, false); }

static void guest_forms(Rig *r)
{
	assert_int_equal(post(r, "/guest", "", "title=x")->status, 403); // does not say where it comes from
	assert_int_equal(post(r, "/guest", "Sec-Fetch-Site: cross-site\n", "title=x")->status, 403);
	assert_int_equal(post(r, "/guest", "Origin: http://evil.example\n", "title=x")->status, 403);
	assert_int_equal(saved(r), 0);
	assert_int_equal(post(r, "/guest", "Origin: http://town.example\n", "title=x")->status, 303);
	assert_int_equal(post(r, "/guest", SAME, "title=x")->status, 303);
	assert_int_equal(saved(r), 2);
}
TEST(web_guest_forms_say_where_they_come_from) { with_rig(guest_forms, 0, false); }

static void form_again(Rig *r)
{
	const HttpReply *reply = post_form(r, "/save", "title=much+too+long+for+a+title&n=12");
	assert_int_equal(reply->status, 422);
	assert_true(holds(reply->body, "again:much too long for a title:"));
	assert_true(holds(reply->body, "[title error.title]") && holds(reply->body, "[n error.n]"));
	assert_str_equal(header(reply, "Cache-Control"), "private, no-store");
	assert_int_equal(post_form(r, "/save", "title=%zz")->status, 400);
	assert_int_equal(post_form(r, "/save", "title=refuse")->status, 409);
	assert_int_equal(saved(r), 0); // rolled back
	assert_int_equal(post_form(r, "/save", "title=ok")->status, 303);
	assert_int_equal(saved(r), 1);
	reply = post_form(r, "/save", "title=break");
	assert_int_equal(reply->status, 500);
	assert_false(holds(reply->body, "secret"));
}
TEST(web_form_is_shown_again_with_what_was_typed) { with_rig(form_again, 0, false); }

static void json_input(Rig *r)
{
	static const struct {
		const char *body;
		int status;
	} rows[] = {
		{"{\"title\":\"x\"}", 201},
		{"{\"title\":\"x\",\"n\":3,\"text\":null}", 201},
		{"{\"title\":\"x\",\"extra\":1}", 400},
		{"{\"title\":{\"a\":1}}", 400},
		{"{\"title\":\"x\",\"n\":1.5}", 400},
		{"{\"title\":\"x\",\"n\":\"many\"}", 400},
		{"{\"title\":\"x\",\"n\":10}", 422},
		{"{\"title\":\"x\",\"title\":\"y\"}", 400},
		{"{\"title\":\"\"}", 422},
		{"{}", 422},
		{"[]", 400},
		{"\"title\"", 400},
		{"{\"title\":\"x\"", 400},
		{"{\"title\":\"x\"} x", 400},
		{"{\"title\":\"\\u0000\"}", 400},
		{"{\"title\":\"\xff\"}", 400},
		{"", 400},
	};
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const HttpReply *reply = post(r, "/api/v1/things", BEARER JSON_TYPE, rows[i].body);
		if (reply->status != rows[i].status) fail_msg("%s gave %d %.*s", rows[i].body, reply->status, STR(reply->body));
		if (reply->status >= 400) assert_str_equal(header(reply, "Content-Type"), "application/problem+json");
	}
	const HttpReply *reply = post(r, "/api/v1/things", BEARER JSON_TYPE, "{\"title\":\"\",\"n\":10}");
	assert_true(holds(reply->body, "{\"field\":\"title\",\"key\":\"error.title\"}") && holds(reply->body, "\"n\""));
	assert_int_equal(post(r, "/api/v1/things", BEARER, "{\"title\":\"x\"}")->status, 400); // no type
	assert_int_equal(post(r, "/api/v1/things", BEARER "Content-Type: text/json\n", "{\"title\":\"x\"}")->status, 400);
	assert_int_equal(
		post(r, "/api/v1/things", BEARER "Content-Type: Application/JSON; charset=utf-8\n", "{\"title\":\"x\"}")
			->status,
		201);
}
TEST(web_json_input) { with_rig(json_input, 0, false); }

static const HttpReply *post_text(Rig *r, size_t bytes, bool in_file)
{
	Buf b = buf_init(r->cx->arena, bytes + 64, BUF_MAX_BYTES);
	buf_str(&b, S("{\"title\":\"x\",\"text\":\""));
	for (size_t i = 0; i < bytes; i++) buf_char(&b, 'y');
	buf_str(&b, S("\"}"));
	HttpJob *job = job_new(HTTP_POST, "/api/v1/things", BEARER JSON_TYPE, buf_view(&b));
	FILE *f = in_file ? tmpfile() : NULL;
	if (f) {
		assert_int_equal(fwrite(b.p, 1, b.n, f), b.n);
		assert_int_equal(fflush(f), 0);
		job->body = str_none();
		job->body_fd = fileno(f);
	}
	const HttpReply *reply = run(r, job);
	if (f) fclose(f);
	return reply;
}

static void long_texts(Rig *r)
{
	for (int in_file = 0; in_file < 2; in_file++) {
		const HttpReply *reply = post_text(r, 65536, in_file);
		assert_int_equal(reply->status, 201);
		assert_true(holds(reply->body, "\"bytes\":65536"));
		assert_int_equal(post_text(r, 65537, in_file)->status, 422);
	}
}
TEST(web_longest_texts_fit) { with_rig(long_texts, 0, false); }

// --- idempotency --------------------------------------------------------------------------------------------------------

static void idempotency(Rig *r)
{
	static const char key[] = BEARER JSON_TYPE "Idempotency-Key: k1\n";
	const HttpReply *first = post(r, "/api/v1/things", key, "{\"title\":\"x\"}"),
					*again = post(r, "/api/v1/things", key, "{\"title\":\"x\"}");
	assert_int_equal(first->status, 201);
	assert_int_equal(again->status, 201);
	assert_true(str_eq(first->body, again->body));
	assert_str_equal(header(again, "Content-Type"), "application/json");
	assert_int_equal(saved(r), 1);
	assert_int_equal(post(r, "/api/v1/things", key, "{\"title\":\"y\"}")->status, 409);
	assert_int_equal(post(r, "/api/v1/others", key, "{\"title\":\"x\"}")->status, 409);
	assert_int_equal(saved(r), 1);
	const HttpReply *bob = post(r, "/api/v1/things", "Authorization: Bearer tok2\n" JSON_TYPE "Idempotency-Key: k1\n",
								"{\"title\":\"x\"}");
	assert_int_equal(bob->status, 201); // keys are each member's own
	assert_false(str_eq(first->body, bob->body));
	assert_int_equal(
		post(r, "/api/v1/things", BEARER JSON_TYPE "Idempotency-Key: k2\n", "{\"title\":\"refuse\"}")->status, 409);
	assert_int_equal(
		post(r, "/api/v1/things", BEARER JSON_TYPE "Idempotency-Key: k2\n", "{\"title\":\"mended\"}")->status, 201);
	assert_int_equal(post(r, "/api/v1/things", BEARER JSON_TYPE "Idempotency-Key: \n", "{\"title\":\"x\"}")->status,
					 400);
	char longest[300] = BEARER JSON_TYPE "Idempotency-Key: ";
	memset(longest + strlen(longest), 'k', 201);
	assert_int_equal(post(r, "/api/v1/things", longest, "{\"title\":\"x\"}")->status, 400);
	longest[strlen(longest) - 1] = 0;
	assert_int_equal(post(r, "/api/v1/things", longest, "{\"title\":\"x\"}")->status, 201);
}
TEST(web_idempotency_keys) { with_rig(idempotency, 0, false); }

// --- the page cache -------------------------------------------------------------------------------------------------------

// The loop's answer, or NULL when a worker has to draw the page. The entry is given back.
static const HttpReply *fast(Rig *r, const char *target, const char *headers)
{
	HttpApp app = web_http_app(r->web);
	HttpJob *job = job_new(HTTP_GET, target, headers, str_none());
	if (!app.fast(app.self, job)) return NULL;
	job->reply.body = str_copy(r->cx->arena, job->reply.body);
	for (size_t i = 0; i < job->reply.headers_n; i++)
		job->reply.headers[i].value = str_copy(r->cx->arena, job->reply.headers[i].value);
	if (job->reply.release) job->reply.release(job->reply.release_arg);
	return &job->reply;
}

static void cache_hits(Rig *r)
{
	assert_null(fast(r, "/", ""));
	const HttpReply *drawn = get(r, "/", ""), *kept = fast(r, "/", "");
	assert_non_null(kept);
	assert_int_equal(kept->status, 200);
	assert_true(str_eq(drawn->body, kept->body) && header(kept, "ETag").n &&
				str_eq(header(drawn, "ETag"), header(kept, "ETag")));
	assert_int_equal(pages, 1);
	char match[120];
	snprintf(match, sizeof match, "If-None-Match: \"other\", W/%.*s\n", STR(header(kept, "ETag")));
	const HttpReply *same = fast(r, "/", match);
	assert_int_equal(same->status, 304);
	assert_int_equal(same->body.n, 0);
	assert_int_equal(fast(r, "/", "If-None-Match: \"other\"\n")->status, 200);
	assert_null(fast(r, "/?x=1", "")); // another address
	assert_null(fast(r, "/", "Accept-Encoding: gzip\n"));
	get(r, "/", "Accept-Encoding: gzip\n");
	kept = fast(r, "/", "Accept-Encoding: gzip\n");
	assert_str_equal(header(kept, "Content-Encoding"), "gzip");
	assert_true(kept->body.n < BIG);
	assert_null(header(fast(r, "/", ""), "Content-Encoding").p);
	test_clock_set(test_ctx()->now_ms + 501);
	assert_null(fast(r, "/", "")); // another process may have written
}
TEST(web_cache_serves_guests) { with_rig(cache_hits, 1 << 20, false); }

static void cache_misses(Rig *r)
{
	get(r, "/", MEMBER);
	get(r, "/", "HX-Request: true\n");
	assert_null(fast(r, "/", "")); // neither was kept
	get(r, "/cookie", "");
	assert_null(fast(r, "/cookie", ""));
	get(r, "/plain", "");
	assert_null(fast(r, "/plain", ""));
	get(r, "/mine", "");
	assert_null(fast(r, "/mine", ""));
	get(r, "/nothing-here", "");
	assert_null(fast(r, "/nothing-here", ""));
	get(r, "/", "");
	assert_non_null(fast(r, "/", ""));
	assert_null(fast(r, "/", MEMBER));
	assert_null(fast(r, "/", BEARER));
	assert_null(fast(r, "/", "HX-Request: true\n"));
	assert_null(fast(r, "/", "Cookie: hearth_theme=dark\n"));
	const HttpReply *member = get(r, "/", MEMBER);
	assert_str_equal(header(member, "Cache-Control"), "private, no-store");
	assert_null(header(member, "ETag").p);
	assert_true(holds(member->body, "<p>100</p>"));
}
TEST(web_cache_never_holds_what_is_somebodys) { with_rig(cache_misses, 1 << 20, false); }

static void cache_stale(Rig *r)
{
	get(r, "/", "");
	assert_non_null(fast(r, "/", ""));
	assert_int_equal(post_form(r, "/save", "title=refuse")->status, 409);
	assert_non_null(fast(r, "/", "")); // nothing changed
	assert_int_equal(post_form(r, "/save", "title=ok")->status, 303);
	assert_null(fast(r, "/", ""));
	get(r, "/", "");
	assert_non_null(fast(r, "/", ""));
	web_changed(r->web);
	assert_null(fast(r, "/", ""));
}
TEST(web_cache_is_stale_after_a_write) { with_rig(cache_stale, 1 << 20, false); }

// --- limits -------------------------------------------------------------------------------------------------------------

static void limited(Rig *r)
{
	int status = 0, n = 0;
	const HttpReply *reply = NULL;
	for (; n < 200 && status != 429; n++) {
		reply = post(r, "/api/v1/things", BEARER JSON_TYPE, "{\"title\":\"x\"}");
		status = reply->status;
	}
	assert_int_equal(status, 429);
	assert_in_range(n, 10, 100);
	int64_t wait = 0;
	assert_true(str_int(header(reply, "Retry-After"), 1, 60, &wait));
	assert_int_equal(saved(r), n - 1);
	const HttpReply *again = post_form(r, "/save", "title=typed"); // the same member by another way
	assert_int_equal(again->status, 429);
	assert_true(header(again, "Retry-After").n > 0 &&
				holds(again->body, "again:typed:later:")); // nothing typed is lost
	assert_int_equal(get(r, "/plain", MEMBER)->status, 200);
	assert_int_equal(post(r, "/api/v1/things", "Authorization: Bearer tok2\n" JSON_TYPE, "{\"title\":\"x\"}")->status,
					 201);
	test_clock_set(test_ctx()->now_ms + wait * 1000);
	assert_int_equal(post(r, "/api/v1/things", BEARER JSON_TYPE, "{\"title\":\"x\"}")->status, 201); // as promised
	for (n = 0; n < 200 && (reply = get(r, "/search", ""))->status == 200; n++) {}
	assert_int_equal(reply->status, 429);
	assert_true(header(reply, "Retry-After").n > 0);
	HttpJob *far = job_new(HTTP_GET, "/search", "", str_none());
	far->peer = S("192.0.2.99");
	assert_int_equal(run(r, far)->status, 200);
}
TEST(web_limits) { with_rig(limited, 0, true); }

// --- replies ------------------------------------------------------------------------------------------------------------

static void redirects(Rig *r)
{
	static const char *const rows[][2] = {
		{"/t/1", "/t/1"},
		{"/a?b=c%26d", "/a?b=c&d"},
		{"//evil.example", "/"},
		{"/%5Cevil.example", "/"},
		{"https://evil.example/", "/"},
		{"https:evil.example", "/"},
		{"javascript:alert(1)", "/"},
		{"%5C%5Cevil.example", "/"},
		{"evil.example", "/"},
		{"", "/"},
		{"%09//evil.example", "/"},
		{"/%09/evil.example", NULL}, // browsers drop tabs and newlines
		{"/%0A/evil.example", NULL},
		{"/%0D%0ASet-Cookie:+a=b", NULL},
	};
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const HttpReply *reply = post_form(r, "/go",
										   str_z(r->cx->arena, str_format(r->cx->arena, "next=%s", rows[i][0])));
		Str to = header(reply, "Location");
		assert_int_equal(reply->status, 303);
		if (rows[i][1]) assert_str_equal(to, rows[i][1]);
		assert_true(to.n && to.p[0] == '/' && (to.n == 1 || (to.p[1] != '/' && to.p[1] != '\\')));
		for (size_t k = 0; k < to.n; k++) assert_true((unsigned char)to.p[k] >= 0x20);
	}
	Res res = {0};
	static const char *const away[] = {"/\t/evil.example", "/\n/evil.example", "/\r\nSet-Cookie: a=b"};
	for (size_t i = 0; i < COUNTOF(away); i++) { // whatever field it came from
		assert_int_equal(res_redirect(&res, str_from(away[i])), ST_OK);
		assert_str_equal(res.location, "/");
	}
}
TEST(web_redirects_stay_on_the_site) { with_rig(redirects, 0, false); }

static void check_secure(const HttpReply *reply, const char *what)
{
	static const char *const names[] = {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
										"Cross-Origin-Opener-Policy"};
	for (size_t i = 0; i < COUNTOF(names); i++)
		if (!header(reply, names[i]).n) fail_msg("%s (%d) lacks %s", what, reply->status, names[i]);
	Str csp = header(reply, "Content-Security-Policy");
	if (holds(csp, "unsafe") || !holds(csp, "frame-ancestors 'none'") || !holds(csp, "default-src 'none'"))
		fail_msg("%s: %.*s", what, STR(csp));
	for (size_t i = 0; i < reply->headers_n; i++) // each name once
		for (size_t k = 0; k < i; k++)
			if (str_eq_nocase(reply->headers[i].name, reply->headers[k].name) &&
				!str_eq_nocase(reply->headers[i].name, S("Set-Cookie")))
				fail_msg("%s: %.*s twice", what, STR(reply->headers[i].name));
}

static void secure(Rig *r)
{
	static const struct {
		const char *target, *headers, *body;
		int status;
	} rows[] = {
		{"/", "", NULL, 200},
		{"/cookie", "", NULL, 200},
		{"/mine", MEMBER, NULL, 200},
		{"/mine", "", NULL, 303},
		{"/desk", MEMBER, NULL, 403},
		{"/nothing-here", "", NULL, 404},
		{"/nothing-here", MEMBER, NULL, 404},
		{"/%zz", "", NULL, 404},
		{"/save", MEMBER, NULL, 405},
		{"/broken", "", NULL, 500},
		{"/healthz", "", NULL, 200},
		{"/api/v1/openapi.json", "", NULL, 200},
		{"/api/v1/things/4k2", "", NULL, 200},
		{"/api/v1/things/no!", "", NULL, 404},
		{"/api/v1/nothing", "", NULL, 404},
		{"/api/v1/broken", "", NULL, 500},
		{"/api/v1/mine", "", NULL, 401},
		{"/save", MEMBER SAME, "title=x", 403},
		{"/", SAME, "title=x", 405},
		{"/nothing-here", SAME, "title=x", 404},
		{"/api/v1/things", BEARER JSON_TYPE, "{\"title\":\"x\"}", 201},
		{"/api/v1/things", BEARER JSON_TYPE, "{\"title\":\"refuse\"}", 409},
		{"/api/v1/things", BEARER JSON_TYPE, "{\"title\":\"\"}", 422},
		{"/api/v1/things", BEARER JSON_TYPE, "{", 400},
	};
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const HttpReply *reply = rows[i].body ? post(r, rows[i].target, rows[i].headers, rows[i].body)
											  : get(r, rows[i].target, rows[i].headers);
		if (reply->status != rows[i].status)
			fail_msg("%s gave %d, not %d", rows[i].target, reply->status, rows[i].status);
		check_secure(reply, rows[i].target);
		if (reply->status == 405) assert_true(header(reply, "Allow").n > 0);
		if (reply->status >= 400) {
			bool api = str_starts(str_from(rows[i].target), S("/api/"));
			assert_str_equal(header(reply, "Content-Type"),
							 api ? "application/problem+json" : "text/html; charset=utf-8");
			assert_str_equal(header(reply, "Cache-Control"), "private, no-store");
			assert_false(holds(reply->body, "secret cause"));
			if (!api) assert_true(holds(reply->body, "Town &amp; &lt;Co&gt;") && holds(reply->body, "</html>"));
		}
	}
	get(r, "/", "");
	check_secure(fast(r, "/", ""), "from the cache");
	check_secure(post_form(r, "/save", "title=x"), "redirect after a write");
	assert_int_equal(run(r, job_new(HTTP_HEAD, "/plain", "", str_none()))->status, 200);
	assert_int_equal(run(r, job_new(HTTP_DELETE, "/plain", "", str_none()))->status, 405);
	assert_int_equal(run(r, job_new(HTTP_OPTIONS, "*", "", str_none()))->status, 405);
}
TEST(web_every_reply_is_guarded) { with_rig(secure, 1 << 20, false); }

static void cookies(Rig *r)
{
	Str set = header(get(r, "/cookie", ""), "Set-Cookie");
	assert_str_equal(set, "seen=1; Path=/; Max-Age=86400; SameSite=Lax; HttpOnly");
	r->site.url = S("https://town.example");
	assert_true(str_ends(header(get(r, "/cookie", ""), "Set-Cookie"), S("; Secure")));
}
TEST(web_cookies_are_guarded) { with_rig(cookies, 0, false); }

static void metrics(Rig *r)
{
	get(r, "/plain", "");
	HttpJob *job = job_new(HTTP_GET, "/metrics", "", str_none());
	assert_int_equal(run(r, job)->status, 404); // from elsewhere
	job = job_new(HTTP_GET, "/metrics", "", str_none());
	job->peer = S("127.0.0.1");
	post_form(r, "/save", "title=x");
	Str text = run(r, job)->body;
	assert_true(holds(text, "hearth_route_requests_total{method=\"GET\",route=\"/plain\"} 1"));
	assert_true(holds(text, "hearth_route_requests_total{method=\"POST\",route=\"/save\"} 1"));
	job = job_new(HTTP_GET, "/metrics", "X-Forwarded-For: 203.0.113.9\n", str_none());
	job->peer = S("127.0.0.1");
	assert_int_equal(run(r, job)->status, 404); // by a proxy on this machine
}
TEST(web_metrics_are_the_operators) { with_rig(metrics, 0, false); }
