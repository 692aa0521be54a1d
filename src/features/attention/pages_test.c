// SPDX-License-Identifier: AGPL-3.0-or-later
// The clock's messages through the real router: only from a page that was served to whoever sends them, and the script is
// on no page whose reader may not be timed. And what is over is removed.
#include "attention/attention.h"
#include "attention/feature.h"
#include "community/model_testkit.h"
#include "web/mark.h"
#include "web/shell.h"
#include "web/web_testkit.h"

#include "test.h"

typedef struct Fixture {
	Town *t;
	Web *web;
	Site *site;
	Observer *observer;
	Id topic, opening;
	Str session, other;
} Fixture;

static Time at; // what the router's clock says
static Time clock_now(void) { return at; }

// What a topic's page has of it.
static Status marked_page(Ctx *cx, const Req *req, Res *res)
{
	Str mark = mark_make(cx, req, req_id(req, "topic"), S("ecc"));
	if (mark.n) buf_format(&res->body, "<script data-mark=\"%.*s\"></script>", STR(mark));
	buf_format(&res->body, "<input name=\"csrf\" value=\"%.*s\">", STR(web_csrf_token(cx, req)));
	return ST_OK;
}
static const Route MARKED[] = {READ("/t/{topic:id}", RIGHT_READ, marked_page, .doc = "A page with a mark")};

static void build(Fixture *f, Town *t)
{
	Ctx *cx = t->cx;
	*f = (Fixture){.t = t, .site = ARENA_NEW(cx->arena, Site, 1), .observer = observer_new(test_arena())};
	cx->actor = &t->asking;
	assert_ok(cx,
			  town_ask(t, S("How do I descale the kettle?"), S("kettle"), S("It whistles."), &f->topic, &f->opening));
	cx->actor = NULL;
	at = cx->now_ms;
	assert_ok(cx, site_init(cx, t->store, S("Town"), false));
	assert_ok(cx, site_load(cx, t->store, f->site));
	SiteValue *v = ARENA_NEW(cx->arena, SiteValue, 1);
	*v = (SiteValue){S("attention.consent"), S("on")};
	f->site->values = v;
	f->site->values_n = 1;
	f->site->observer = f->observer;
	f->session = town_session(t, t->stranger, ROLE_MEMBER);
	f->other = town_session(t, t->asker, ROLE_MEMBER);
	Feature *own = ARENA_NEW(cx->arena, Feature, 2);
	const Feature **features = ARENA_NEW(cx->arena, const Feature *, 2);
	own[0] = (Feature){.name = "marked", .routes = MARKED, .routes_n = 1};
	own[1] = attention_feature();
	features[0] = &own[0];
	features[1] = &own[1];
	assert_ok(cx, web_open(cx,
						   &(WebConfig){.site = f->site,
										.features = features,
										.features_n = 2,
										.session_find = members_session_find,
										.token_find = members_token_find,
										.ids = cx->ids,
										.error_page = web_error_page,
										.clock = clock_now},
						   &f->web));
}

typedef struct Browser {
	Str session;
	const char *header; // one that says no, "1"
	HttpMethod method;
	bool elsewhere; // says nothing of where it comes from
} Browser;

static const HttpReply *ask(Fixture *f, Browser b, Str target, Str body)
{
	Arena *a = test_arena();
	HttpHeader *h = ARENA_NEW(a, HttpHeader, 5);
	HttpJob *job = ARENA_NEW(a, HttpJob, 1);
	size_t n = 0;
	h[n++] = (HttpHeader){S("Cookie"), str_format(a, SESSION_COOKIE "=%.*s", STR(b.session))};
	h[n++] = (HttpHeader){S("Content-Type"), S("application/x-www-form-urlencoded;charset=UTF-8")};
	if (!b.elsewhere) h[n++] = (HttpHeader){S("Origin"), S("http://town.example")};
	if (b.header) h[n++] = (HttpHeader){str_from(b.header), S("1")};
	*job = (HttpJob){.method = b.method,
					 .target = target,
					 .headers = h,
					 .headers_n = n,
					 .host = S("town.example"),
					 .body = body,
					 .body_bytes = body.n,
					 .body_fd = -1,
					 .peer = S("192.0.2.1"),
					 .arena = a};
	job->query = str_cut(job->target, '?', &job->path);
	// The clock's message is answered by the loop, all else by a worker.
	HttpApp app = web_http_app(f->web);
	bool note = str_eq(job->path, S("/attention"));
	assert_int_equal(b.method == HTTP_POST && app.fast(app.self, job), note);
	if (!note) web_run(f->web, job);
	return &job->reply;
}

// What stands between the first of these and the next '"'.
static Str after(Str page, const char *mark)
{
	size_t begin, n;
	if (!str_find(page, str_from(mark), &begin)) return str_none();
	Str rest = str_sub(page, begin + str_from(mark).n, page.n);
	assert_true(str_find_char(rest, '"', &n));
	return str_sub(rest, 0, n);
}

static Str topic_page(Fixture *f, Browser b)
{
	Buf target = buf_init(test_arena(), 64, 128);
	buf_z(&target, "/t/");
	buf_id(&target, f->topic);
	const HttpReply *r = ask(f, b, buf_view(&target), str_none());
	assert_int_equal(r->status, 200);
	return r->body;
}

static int tell(Fixture *f, Browser b, Str mark, int seconds)
{
	Buf body = buf_init(test_arena(), 256, 512);
	buf_format(&body, "mark=%.*s&read=", STR(mark));
	buf_format(&body, "c%dp9&wrote=e2", seconds); // of partners there is nothing on the page
	b.method = HTTP_POST;
	return ask(f, b, S("/attention"), buf_view(&body))->status;
}

static size_t taken(Fixture *f, Observation *ret)
{
	Observation all[16];
	size_t n = 0, k = observer_take(f->observer, all, COUNTOF(all));
	for (size_t i = 0; i < k; i++)
		if (observe_is_folded(all[i].kind)) ret[n++] = all[i];
	return n;
}

static void script_only_with_consent(Fixture *f)
{
	assert_true(after(topic_page(f, (Browser){.session = f->session}), "data-mark=\"").n > 0);
	assert_null(after(topic_page(f, (Browser){0}), "data-mark=\"").p); // a guest
	assert_null(after(topic_page(f, (Browser){f->session, "DNT", HTTP_GET, false}), "data-mark=\"").p);
	assert_null(after(topic_page(f, (Browser){f->session, "Sec-GPC", HTTP_GET, false}), "data-mark=\"").p);
	f->site->values_n = 0; // as delivered it asks, and nobody said yes
	assert_null(after(topic_page(f, (Browser){.session = f->session}), "data-mark=\"").p);
	f->site->values_n = 1;
}

static void only_true_messages(Fixture *f)
{
	Observation got[16];
	Browser me = {.session = f->session}, no = {f->session, "Sec-GPC", HTTP_GET, false}, odd = {.elsewhere = true};
	Str page = topic_page(f, me), mark = after(page, "data-mark=\"");
	taken(f, got);
	at += 30 * TIME_SECOND_MS;
	assert_int_equal(tell(f, me, mark, 20), 204);
	assert_int_equal(taken(f, got), 2);
	assert_true(got[0].kind == OBSERVE_READ && got[0].value == 20 && got[0].subject_id == SIDE_CUSTOMER);
	assert_true(got[0].actor_id == f->t->stranger && got[0].page_id == f->topic);
	assert_true(got[1].kind == OBSERVE_WROTE && got[1].value == 2 && got[1].subject_id == SIDE_EMPLOYEE);
	assert_int_equal(tell(f, me, mark, 500), 204); // the page is thirty seconds old
	assert_int_equal(taken(f, got), 2);
	assert_int_equal(got[0].value, 30);
	assert_int_equal(tell(f, odd, mark, 20), 403); // another site's form could look so
	assert_int_equal(tell(f, me, S("0.0.0.c.00"), 20), 400);
	Str forged = str_copy(test_arena(), mark); // somebody else's
	((char *)(uintptr_t)forged.p)[0] = forged.p[0] == '2' ? '3' : '2';
	assert_int_equal(tell(f, me, forged, 20), 400);
	assert_int_equal(tell(f, no, mark, 20), 204); // heard, and not listened to
	f->site->values_n = 0;
	SiteValue off = {S("attention.consent"), S("off")};
	const SiteValue *was = f->site->values;
	f->site->values = &off;
	f->site->values_n = 1;
	assert_int_equal(tell(f, me, mark, 20), 204);
	f->site->values = was;
	at += MARK_LIFE_MS;
	assert_int_equal(tell(f, me, mark, 20), 204); // too old
	assert_int_equal(taken(f, got), 0);
}

static int tell_with(Fixture *f, Browser b, Str mark, Str before)
{
	b.method = HTTP_POST;
	Str body = str_format(test_arena(), "mark=%.*s&read=c9&before=%.*s", STR(mark), STR(before));
	return ask(f, b, S("/attention"), body)->status;
}

// What the same tab counted on pages that were left for the next one comes with its message: each with its own mark.
static void several_pages_in_one_message(Fixture *f)
{
	Observation got[16];
	Browser me = {.session = f->session}, other = {.session = f->other};
	Str first = after(topic_page(f, me), "data-mark=\"");
	Time first_at = at;
	Str foreign = after(topic_page(f, other), "data-mark=\"");
	at += 40 * TIME_SECOND_MS;
	Str second = after(topic_page(f, me), "data-mark=\"");
	at += 20 * TIME_SECOND_MS;
	taken(f, got);
	Str notes = str_format(test_arena(), "%.*s_c30_e5*%.*s_c30_*0.0.0.c.00_c5_*%.*s_c30_*%.*s__*", STR(first),
						   STR(foreign), STR(second), STR(second));
	assert_int_equal(tell_with(f, me, second, notes), 204);
	assert_int_equal(taken(f, got), 4);
	assert_true(got[0].kind == OBSERVE_READ && got[0].value == 30 &&
				got[0].page_at == first_at); // in the order of the pages
	assert_true(got[1].kind == OBSERVE_WROTE && got[1].value == 5 && got[1].subject_id == SIDE_EMPLOYEE);
	assert_int_equal(got[2].value, 20); // that page is no older
	assert_int_equal(got[3].value, 9);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(got[i].actor_id, f->t->stranger); // nothing of whom the tab had before
	at += MARK_LIFE_MS - 10 * TIME_SECOND_MS;
	assert_int_equal(tell_with(f, me, after(topic_page(f, me), "data-mark=\""), notes), 204);
	assert_int_equal(taken(f, got), 0); // the first is too old, and of the page itself nothing went by yet
}

static void choosing(Fixture *f)
{
	Browser me = {.session = f->session, .method = HTTP_POST};
	Str csrf = after(topic_page(f, (Browser){.session = f->session}), "name=\"csrf\" value=\"");
	Str with = str_format(test_arena(), "csrf=%.*s&choice=2", STR(csrf));
	assert_int_equal(ask(f, me, S("/me/attention"), str_format(test_arena(), "csrf=%.*s", STR(csrf)))->status, 422);
	assert_int_equal(ask(f, me, S("/me/attention"), with)->status, 303);
	assert_null(after(topic_page(f, (Browser){.session = f->session}), "data-mark=\"").p);
	assert_int_equal(ask(f, me, S("/me/attention/delete"), with)->status, 303);
	assert_int_equal(town_number(f->t, "SELECT count(*) FROM attention_erased"), 1);
}

static void add_day(Fixture *f, Time when, Id member)
{
	Observation o = {.at_ms = when, .kind = OBSERVE_READ, .actor_id = member, .subject_id = SIDE_CUSTOMER, .value = 5};
	o.page_id = f->topic;
	o.page_at = when - TIME_MINUTE_MS;
	Time now = f->t->cx->now_ms;
	f->t->cx->now_ms = when;
	assert_ok(f->t->cx, attention_fold(f->t->cx, f->t->store, &o, 1));
	f->t->cx->now_ms = now;
}

static void old_days_go(Fixture *f)
{
	Ctx *cx = f->t->cx;
	AttentionMine mine;
	cx->site = f->site;
	add_day(f, cx->now_ms, f->t->helper);
	add_day(f, cx->now_ms - (ATTENTION_KEPT_DAYS + 1) * TIME_DAY_MS, f->t->helper);
	assert_int_equal(town_number(f->t, "SELECT count(DISTINCT day) FROM attention_day"), 2);
	assert_ok(cx, attention_jobs[0].run(cx, f->t->store, S("{}")));
	assert_int_equal(town_number(f->t, "SELECT count(DISTINCT day) FROM attention_day"), 1);
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, f->t->store, &db));
	cx->actor = &f->t->helping;
	assert_ok(cx, attention_mine_get(cx, db, &mine));
	cx->actor = NULL;
	cx->site = NULL;
	assert_int_equal(mine.sums.read[SIDE_CUSTOMER], 5);
	assert_int_equal(mine.days, 1);
}

static void visit(Town *t)
{
	Fixture *f = ARENA_NEW(test_arena(), Fixture, 1);
	build(f, t);
	script_only_with_consent(f);
	only_true_messages(f);
	several_pages_in_one_message(f);
	choosing(f);
	old_days_go(f);
	web_close(f->web);
	observer_done(f->observer);
}
TEST(attention_hears_only_its_own_pages)
{
	const MigrationSet more[] = {{attention_migrations, attention_migrations_n}};
	test_towns_with(more, COUNTOF(more), visit);
}
