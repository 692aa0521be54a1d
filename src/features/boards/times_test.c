// SPDX-License-Identifier: AGPL-3.0-or-later
// Boards by time, on both engines: the same numbers whether they are sealed or not, since when it was measured, what is not
// known and never a 0, nobody of the staff by name, and nothing of those who had it deleted.
#include "boards/board.h"
#include "boards/feature.h"
#include "community/model_testkit.h"
#include "members/members.h"
#include "web/shell.h"
#include "web/web_testkit.h"

#include "test.h"

#include <unistd.h>

#define DAYS 12

typedef struct Hall {
	Town *t;
	Id topics[2], openings[2]; // of a customer, tagged kettle; of an employee, tagged lamp
	Actor otter, owl, mole;
	Site site;
	SiteValue values[2];
	Time first; // noon of the first day that was measured
} Hall;

static void build(Hall *h, Town *t)
{
	*h = (Hall){.t = t};
	Ctx *cx = t->cx;
	h->otter = town_join(t, S("otter"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	h->owl = town_join(t, S("owl"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	h->mole = town_join(t, S("mole"), ROLE_MEMBER, AFFILIATION_EMPLOYEE);
	cx->actor = &t->asking;
	assert_ok(cx, town_ask(t, S("How do I descale the kettle?"), S("kettle"), S("It whistles."), &h->topics[0],
						   &h->openings[0]));
	TopicNew news = {.space_id = t->space,
					 .author_id = h->mole.id,
					 .affiliation = AFFILIATION_EMPLOYEE,
					 .title = S("A new lamp for everybody"),
					 .tags = S("lamp"),
					 .text.source = S("It shines.")};
	assert_ok(cx, town_topic(t, &news, &h->topics[1], &h->openings[1]));
	cx->actor = NULL;
	h->values[0] = (SiteValue){S("attention.consent"), S("on")};
	h->values[1] = (SiteValue){S("attention.employees"), S("on")};
	h->site = (Site){.name = S("Town"), .store = t->store, .values = h->values, .values_n = 2};
	h->site.cells = str_format(cx->arena, "%s/times.cells", test_dir());
	cx->site = &h->site;
	h->first = (cx->now_ms / TIME_DAY_MS + 3) * TIME_DAY_MS + TIME_DAY_MS / 2;
}

static void spend(Hall *h, Id member, ObserveKind kind, int topic, int64_t seconds)
{
	Time now = h->t->cx->now_ms;
	Observation o = {.at_ms = now, .kind = kind, .actor_id = member, .value = seconds, .page_id = h->topics[topic]};
	o.subject_id = topic ? SIDE_EMPLOYEE : SIDE_CUSTOMER;
	o.page_at = now - TIME_HOUR_MS;
	assert_ok(h->t->cx, attention_fold(h->t->cx, h->t->store, &o, 1));
}

// The otter reads a customer for ten minutes and answers for five, each day; the owl reads the employee, every other day.
static void live(Hall *h, int from, int until)
{
	for (int d = from; d < until; d++) {
		h->t->cx->now_ms = h->first + d * TIME_DAY_MS;
		spend(h, h->otter.id, OBSERVE_READ, 0, 600);
		spend(h, h->otter.id, OBSERVE_WROTE, 0, 300);
		if (d % 2 == 0) spend(h, h->owl.id, OBSERVE_READ, 1, 1000);
		spend(h, h->mole.id, OBSERVE_READ, 0, 100);
	}
}

static Status ask(Hall *h, BoardQuestion q, BoardAnswer *ret)
{
	Ctx *cx = h->t->cx;
	AUTO(Db) db = NULL;
	AUTO(BoardSource) s = NULL;
	fail_clear(cx);
	q.role = -1;
	q.rows = 25;
	if (q.when.period == BOARD_THIS_WEEK) q.when.period = BOARD_28_DAYS;
	TRY(db_begin(cx, h->t->store, &db));
	TRY(board_source_open(cx, db, &s));
	return board_answer(cx, db, s, &q, ret);
}

static void is(Hall *h, BoardQuestion q, const char *first, int64_t seconds, size_t n)
{
	BoardAnswer a;
	assert_ok(h->t->cx, ask(h, q, &a));
	if (a.n != n || (n && (!str_eq(a.v[0].handle, str_from(first)) || a.v[0].main.value != seconds)))
		fail_msg("%s: %zu rows, the first %.*s with %lld", board_by_name(q.by), a.n, STR(n ? a.v[0].handle : S("")),
				 (long long)(n ? a.v[0].main.value : 0));
}

static void numbers(Hall *h)
{
	is(h, (BoardQuestion){.by = BOARD_BY_TIME}, "otter", DAYS * 900, 1);
	is(h, (BoardQuestion){.by = BOARD_BY_READ}, "otter", DAYS * 600, 2);
	is(h, (BoardQuestion){.by = BOARD_BY_WROTE}, "otter", DAYS * 300, 1);
	is(h, (BoardQuestion){.by = BOARD_BY_READ, .area = S("#lamp")}, "owl", DAYS / 2 * 1000, 1);
	is(h, (BoardQuestion){.by = BOARD_BY_TIME, .area = S("/help")}, "otter", DAYS * 900, 1);
	is(h, (BoardQuestion){.by = BOARD_BY_TIME, .area = S("#nowhere")}, "", 0, 0);
	is(h, (BoardQuestion){.by = BOARD_BY_TIME, .when.period = BOARD_7_DAYS}, "otter", 7 * 900, 1);
	is(h, (BoardQuestion){.by = BOARD_BY_READ, .people = BOARD_EMPLOYEES}, "", 0, 0); // nobody by name
	BoardAnswer a;
	assert_ok(h->t->cx, ask(h, (BoardQuestion){.by = BOARD_BY_READ, .people = BOARD_EMPLOYEES}, &a));
	assert_int_equal(a.staff, DAYS * 100);
	assert_ok(h->t->cx, ask(h, (BoardQuestion){.by = BOARD_BY_READ, .people = BOARD_CUSTOMERS}, &a));
	assert_int_equal(a.staff, 0);
	assert_int_equal(a.total, DAYS * 600 + DAYS / 2 * 1000);
}

static void since_when(Hall *h)
{
	BoardAnswer a;
	BoardQuestion q = {.by = BOARD_BY_TIME, .when = {BOARD_7_DAYS, BOARD_BEFORE, {0}}};
	assert_ok(h->t->cx, ask(h, q, &a)); // 12 days were measured, 14 would be needed: half a week is no week
	assert_false(a.before_known);
	assert_int_equal(a.begins, rep_day(h->first));
	assert_true(a.v[0].before == 0 && a.v[0].place_before == 0);
	q.when = (BoardWhen){BOARD_FROM_TO, BOARD_BEFORE, {rep_day(h->first) + 6, rep_day(h->first) + 12}};
	assert_ok(h->t->cx, ask(h, q, &a));
	assert_true(a.before_known && a.v[0].before == 6 * 900);
	q.when = (BoardWhen){BOARD_FROM_TO, BOARD_ALONE, {rep_day(h->first) - 9, rep_day(h->first)}};
	assert_int_equal(ask(h, q, &a), ST_UNSUPPORTED);
	assert_int_equal(a.begins, rep_day(h->first));
}

static Status erase(Ctx *cx, Tx *tx, void *arg) { return attention_erase(cx, tx, *(const Id *)arg); }

static void same_when_sealed(Hall *h)
{
	Ctx *cx = h->t->cx;
	assert_ok(cx, board_seal_store(cx, h->t->store, h->site.cells)); // but for today
	numbers(h);
	since_when(h);
	cx->now_ms += 5 * TIME_MINUTE_MS;
	assert_ok(cx, store_write(cx, h->t->store, erase, &h->otter.id));
	cx->now_ms += TIME_HOUR_MS;
	spend(h, h->otter.id, OBSERVE_READ, 0, 60); // and began anew
	is(h, (BoardQuestion){.by = BOARD_BY_TIME}, "otter", 60, 1);
	is(h, (BoardQuestion){.by = BOARD_BY_READ}, "owl", DAYS / 2 * 1000, 2);
	assert_ok(cx, board_seal_store(cx, h->t->store, h->site.cells));
	is(h, (BoardQuestion){.by = BOARD_BY_TIME}, "otter", 60, 1);
}

static void visit(Town *t)
{
	Hall *h = ARENA_NEW(test_arena(), Hall, 1);
	build(h, t);
	BoardAnswer a;
	assert_int_equal(ask(h, (BoardQuestion){.by = BOARD_BY_TIME}, &a), ST_UNSUPPORTED); // never measured
	assert_int_equal(a.begins, INT32_MAX);
	live(h, 0, DAYS);
	numbers(h);
	since_when(h);
	same_when_sealed(h);
	unlink(str_z(test_arena(), h->site.cells));
	t->cx->site = NULL;
}

static const MigrationSet MORE[] = {{attention_migrations, 1}, {reputation_migrations, 8}};
TEST(boards_by_time_know_what_was_measured) { test_towns_with(MORE, COUNTOF(MORE), visit); }

TEST(boards_ranges_of_time_hold_it)
{
	for (int64_t s = 30; s < 4000000; s = s * 3 / 2) {
		BoardRange r = board_time_range(s);
		assert_true(r.known && r.low <= s && s <= r.high && r.low >= 0);
	}
	BoardRange r = board_time_range(148320); // 41.2 hours: about 37 to 46
	assert_true(r.low / 3600 == 36 && r.high / 3600 == 45);
}

// --- the pages ------------------------------------------------------------------------------------------------------------

static Str page(Web *web, Hall *h, const char *target, Str session, int status)
{
	Str body;
	(void)h;
	assert_int_equal(test_get(web, str_from(target), session, &body), status);
	return body;
}

static Hall *hall; // whose time it is
static Time hall_clock(void) { return hall->t->cx->now_ms; }

static const char *days_of(Id member, const char *what)
{
	Buf b = buf_init(test_arena(), 100, 200);
	buf_format(&b, "/board/facts?period=28d&what=%s&member=", what);
	buf_id(&b, member);
	return str_z(test_arena(), buf_view(&b));
}

static void read_pages(Town *t)
{
	Hall *h = ARENA_NEW(test_arena(), Hall, 1);
	Web *web = NULL;
	build(h, t);
	hall = h;
	live(h, 0, DAYS);
	h->site.cells = str_none();
	Feature *own = ARENA_NEW(test_arena(), Feature, 1);
	const Feature *features[] = {own};
	*own = boards_feature();
	Str manager = town_session(t, t->helper, ROLE_MANAGER);
	assert_ok(t->cx, web_open(t->cx,
							  &(WebConfig){.site = &h->site,
										   .features = features,
										   .features_n = 1,
										   .session_find = members_session_find,
										   .ids = t->cx->ids,
										   .error_page = web_error_page,
										   .clock = hall_clock},
							  &web));
	Str body = page(web, h, "/board?by=time&period=28d&among=everybody", manager, 200);
	assert_true(test_has(body, ">otter<") && test_has(body, ">3.0 h<") && test_has(body, "Not measured before"));
	assert_true(test_has(body, ">not measured<")); // before, and never a 0
	assert_true(test_has(body, "The staff together: 20 min") && !test_has(body, ">mole<"));
	body = page(web, h, "/board?by=content&period=28d&among=everybody", manager, 200);
	assert_true(test_has(body, ">mole<") && test_has(body, "not measured") &&
				!test_has(body, "min</a>")); // employees have no time
	body = page(web, h, days_of(h->otter.id, "time"), manager, 200);
	assert_true(test_has(body, ">15 min<") && test_has(body, ">10 min<") && test_has(body, ">5 min<"));
	body = page(web, h, days_of(h->owl.id, "time"), manager, 200);
	assert_true(test_has(body, ">16 min<")); // of an employee: seen, and not counted
	page(web, h, days_of(h->mole.id, "reading"), manager, 404);
	body = page(web, h, "/board.csv?by=time&period=28d", manager, 200);
	assert_true(test_has(body, "place,place_to,member,seconds,low,high") && test_has(body, ",7200,3600,10800,\r\n"));
	web_close(web);
	t->cx->site = NULL;
}
TEST(boards_by_time_are_shown) { test_towns_with(MORE, COUNTOF(MORE), read_pages); }
