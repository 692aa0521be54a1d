// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/access_testkit.h"

#include "about/about.h"
#include "attention/attention.h"
#include "community/model_testkit.h"
#include "insight/insight.h"
#include "members/members.h"
#include "programme/programme.h"
#include "rulebook/rulebook.h"
#include "standing/standing.h"
#include "trends/trends.h"
#include "web/shell.h"

#include "test.h"

static const char *const NAMES[WHO_N] = {"guest",
										 "newcomer",
										 "member",
										 "asker",
										 "superuser",
										 "resting",
										 "helper",
										 "steward",
										 "employee",
										 "moderator",
										 "manager",
										 "admin",
										 "member's token",
										 "manager's token",
										 "deleted member",
										 "token of a deleted member",
										 "session that is over"};

const Feature *const *app_feature_list(size_t *ret_n)
{
	App *app = ARENA_NEW(test_arena(), App, 1);
	app_features(app);
	*ret_n = app->features_n;
	return app->feature_list;
}

typedef struct Sql {
	const char *text;
} Sql;

static Status run_sql(Ctx *cx, Tx *tx, void *arg)
{
	const Sql *sql = arg;
	DbQuery *q = ARENA_NEW(test_arena(), DbQuery, 1); // statements are cached by address
	*q = (DbQuery){.name = "sql", .lite = sql->text, .pg = sql->text, .writes = true};
	return tx_exec(cx, tx, q, NULL, NULL);
}

void world_run_sql(World *w, const char *sql)
{
	assert_ok(w->t->cx, store_write(w->t->cx, w->t->store, run_sql, &(Sql){sql}));
}

// --- everybody ------------------------------------------------------------------------------------------------------------

typedef struct Entry { // what somebody comes in with
	Id member;
	bool token;
	Str text;
} Entry;

static Status enter(Ctx *cx, Tx *tx, void *arg)
{
	Entry *e = arg;
	return e->token ? members_token_create(cx, tx, e->member, S("own"), &e->text)
					: members_session_create(cx, tx, e->member, &e->text);
}

static Str entry(World *w, Id member, bool token)
{
	Entry e = {.member = member, .token = token};
	assert_ok(w->t->cx, store_write(w->t->cx, w->t->store, enter, &e));
	return e.text;
}

static void add(World *w, Who who, Role role, Affiliation side)
{
	Visitor *v = &w->who[who];
	v->member = town_join(w->t, str_format(test_arena(), "the-%s", v->name), role, side).id;
	v->session = entry(w, v->member, false);
}

static Status put_circle(Ctx *cx, Tx *tx, void *arg) { return members_put_circle(cx, tx, arg); }
static Status put_standing(Ctx *cx, Tx *tx, void *arg) { return members_put_standing(cx, tx, arg); }

static void add_circle(World *w, Who who, Circle circle)
{
	Ctx *cx = w->t->cx;
	add(w, who, ROLE_MEMBER, AFFILIATION_CUSTOMER);
	assert_ok(cx, store_write(cx, w->t->store, put_circle,
							  &(MemberCircle){.id = w->who[who].member, .circle = circle, .since = cx->now_ms}));
}

// Everything that a rank can give, in areas where nothing that the tests hide belongs.
void world_give_steward(World *w)
{
	Ctx *cx = w->t->cx;
	MemberStanding s = {.id = w->who[WHO_STEWARD].member,
						.points = 9000,
						.place = 1,
						.place_to = 1,
						.grants = {.in_areas = RIGHT_MARK | RIGHT_RETAG | RIGHT_STEWARD},
						.areas = S("teapot 9 9\ns:tea 9 9")};
	assert_ok(cx, store_write(cx, w->t->store, put_standing, &s));
}

static void add_gone(World *w)
{
	Visitor *gone = &w->who[WHO_GONE], *token = &w->who[WHO_GONE_TOKEN];
	gone->member = token->member = town_join(w->t, S("zqgone"), ROLE_MANAGER, AFFILIATION_EMPLOYEE).id;
	gone->session = entry(w, gone->member, false);
	token->token = entry(w, gone->member, true);
	world_run_sql(w, "UPDATE member SET deleted_at = 1 WHERE handle_key = 'zqgone'");
}

static void add_expired(World *w)
{
	Ctx *cx = w->t->cx;
	Time now = cx->now_ms;
	w->who[WHO_EXPIRED].member = w->who[WHO_MANAGER].member;
	cx->now_ms = now - 401 * TIME_DAY_MS; // no session lives longer
	w->who[WHO_EXPIRED].session = entry(w, w->who[WHO_MANAGER].member, false);
	cx->now_ms = now;
}

static void everybody(World *w)
{
	for (int i = 0; i < WHO_N; i++) w->who[i].name = NAMES[i];
	add(w, WHO_NEWCOMER, ROLE_MEMBER, AFFILIATION_UNKNOWN);
	add(w, WHO_HELPER, ROLE_HELPER, AFFILIATION_CUSTOMER);
	add(w, WHO_EMPLOYEE, ROLE_MEMBER, AFFILIATION_EMPLOYEE);
	add(w, WHO_MODERATOR, ROLE_MODERATOR, AFFILIATION_CUSTOMER);
	add(w, WHO_MANAGER, ROLE_MANAGER, AFFILIATION_EMPLOYEE);
	add(w, WHO_ADMIN, ROLE_ADMIN, AFFILIATION_EMPLOYEE);
	add_circle(w, WHO_SUPERUSER, CIRCLE_IN);
	add_circle(w, WHO_RESTING, CIRCLE_RESTING);
	add(w, WHO_STEWARD, ROLE_MEMBER, AFFILIATION_CUSTOMER);
	world_give_steward(w);
	w->who[WHO_MEMBER].member = w->who[WHO_TOKEN].member = w->t->stranger;
	w->who[WHO_MEMBER].session = entry(w, w->t->stranger, false);
	w->who[WHO_TOKEN].token = entry(w, w->t->stranger, true);
	w->who[WHO_ASKER].member = w->t->asker;
	w->who[WHO_ASKER].session = entry(w, w->t->asker, false);
	w->who[WHO_MANAGER_TOKEN].member = w->who[WHO_MANAGER].member;
	w->who[WHO_MANAGER_TOKEN].token = entry(w, w->who[WHO_MANAGER].member, true);
	add_gone(w);
	add_expired(w);
}

// --- the site -------------------------------------------------------------------------------------------------------------

static WorldTest running; // the test at work

static void with_world(Town *t)
{
	World *w = ARENA_NEW(test_arena(), World, 1);
	w->t = t;
	w->site = ARENA_NEW(test_arena(), Site, 1);
	assert_ok(t->cx, site_init(t->cx, t->store, S("Town"), false));
	assert_ok(t->cx, site_load(t->cx, t->store, w->site));
	t->cx->site = w->site;
	everybody(w);
	running(w);
	web_close(w->web);
}

void test_worlds(WorldTest run)
{
	const MigrationSet more[] = {
		{attention_migrations, attention_migrations_n}, {reputation_migrations, reputation_migrations_n},
		{about_migrations, about_migrations_n},         {rulebook_migrations, rulebook_migrations_n},
		{insight_migrations, insight_migrations_n},     {programme_migrations, programme_migrations_n},
		{trends_migrations, trends_migrations_n}};
	running = run;
	test_towns_with(more, COUNTOF(more), with_world);
}

void world_open(World *w, const Feature *const *features, size_t n, size_t page_cache_bytes)
{
	WebConfig config = {.site = w->site,
						.features = features,
						.features_n = n,
						.page_cache_bytes = page_cache_bytes,
						.rate_limits = w->limits,
						.session_find = members_session_find,
						.token_find = members_token_find,
						.ids = w->t->cx->ids,
						.error_page = web_error_page,
						.clock = test_clock};
	web_close(w->web);
	w->web = NULL;
	assert_ok(w->t->cx, web_open(w->t->cx, &config, &w->web));
}

// --- asking ---------------------------------------------------------------------------------------------------------------

static size_t headers_of(Arena *a, const Asking *q, HttpHeader *h)
{
	size_t n = 0;
	if (q->device.n) h[n++] = (HttpHeader){S("Cookie"), str_format(a, DEVICE_COOKIE "=%.*s", STR(q->device))};
	if (q->as->session.n)
		h[n++] = (HttpHeader){S("Cookie"), str_format(a, SESSION_COOKIE "=%.*s", STR(q->as->session))};
	if (q->as->token.n) h[n++] = (HttpHeader){S("Authorization"), str_format(a, "Bearer %.*s", STR(q->as->token))};
	if (q->type) h[n++] = (HttpHeader){S("Content-Type"), str_from(q->type)};
	if (q->origin) h[n++] = (HttpHeader){S("Origin"), str_from(q->origin)};
	if (q->fetch_site) h[n++] = (HttpHeader){S("Sec-Fetch-Site"), str_from(q->fetch_site)};
	if (q->csrf.n) h[n++] = (HttpHeader){S("X-CSRF-Token"), q->csrf};
	return n;
}

const HttpReply *world_ask(World *w, Arena *a, const Asking *q)
{
	HttpJob *job = ARENA_NEW(a, HttpJob, 1);
	HttpHeader *h = ARENA_NEW(a, HttpHeader, 8);
	*job = (HttpJob){.method = q->method,
					 .target = q->target,
					 .headers = h,
					 .headers_n = headers_of(a, q, h),
					 .host = S("town.example"),
					 .body = q->body,
					 .body_bytes = q->body.n,
					 .body_fd = -1,
					 .peer = q->peer.n ? q->peer : S("192.0.2.1"),
					 .arena = a};
	job->query = str_cut(job->target, '?', &job->path);
	HttpApp app = web_http_app(w->web);
	if (!(q->fast && app.fast(app.self, job))) web_run(w->web, job);
	assert_true(job->reply.status != 0);
	if (job->reply.release) { // of the page cache
		job->reply.body = str_copy(a, job->reply.body);
		job->reply.release(job->reply.release_arg);
	}
	return &job->reply;
}

Str world_header(const HttpReply *reply, const char *name)
{
	for (size_t i = 0; i < reply->headers_n; i++)
		if (str_eq_nocase(reply->headers[i].name, str_from(name))) return reply->headers[i].value;
	return str_none();
}

Str world_csrf(World *w, const Visitor *as) { return web_csrf_token(w->t->cx, &(Req){.session_token = as->session}); }
