// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages through the real router, without a socket, on both engines: who may see them, places shared by ties, what is
// not measured, what is nobody's, and that as many facts are behind a number as it says.
#include "boards/board.h"
#include "boards/feature.h"
#include "community/model_testkit.h"
#include "members/members.h"
#include "web/shell.h"
#include "web/web_testkit.h"

#include "test.h"

#include <string.h>

typedef struct Fixture {
	Town *t;
	Web *web;
	Str manager, member;
	Id topic[3], answer[3];
} Fixture;

static int get(Fixture *f, const char *target, Str session, Str *ret_body)
{
	return test_get(f->web, str_from(target), session, ret_body);
}

static void build(Fixture *f, Town *t)
{
	Id opening, comment;
	Ctx *cx = t->cx;
	Site *site = ARENA_NEW(cx->arena, Site, 1);
	Actor mole = town_join(t, S("mole"), ROLE_MEMBER, AFFILIATION_EMPLOYEE),
		  owl = town_join(t, S("owl_of_the_wood"), ROLE_MEMBER, AFFILIATION_CUSTOMER),
		  *by[] = {&t->strange, &owl, &mole};
	*f = (Fixture){.t = t};
	for (int i = 0; i < 3; i++) {
		cx->actor = &t->asking;
		assert_ok(
			cx, town_ask(t, S("How do I descale the kettle?"), S("kettle"), S("It whistles."), &f->topic[i], &opening));
		cx->actor = by[i];
		assert_ok(cx, town_answer(t, f->topic[i], S("Vinegar, and patience."), &f->answer[i]));
		assert_ok(cx, town_comment(t, f->answer[i], S("Rinse it well."), &comment));
		cx->actor = &t->asking;
		assert_ok(cx, town_accept(t, f->answer[i], true));
		assert_ok(cx, town_vote(t, f->answer[i], 1));
	}
	cx->actor = NULL;
	assert_ok(cx, site_init(cx, t->store, S("Town"), false));
	assert_ok(cx, site_load(cx, t->store, site));
	f->manager = town_session(t, t->helper, ROLE_MANAGER);
	f->member = town_session(t, t->asker, ROLE_MEMBER);
	Feature *feature = ARENA_NEW(cx->arena, Feature, 1);
	const Feature **features = ARENA_NEW(cx->arena, const Feature *, 1);
	*feature = boards_feature();
	features[0] = feature;
	assert_ok(cx, web_open(cx,
						   &(WebConfig){.site = site,
										.features = features,
										.features_n = 1,
										.session_find = members_session_find,
										.token_find = members_token_find,
										.ids = cx->ids,
										.error_page = web_error_page,
										.clock = test_clock},
						   &f->web));
}

static void for_managers_only(Fixture *f)
{
	static const char *const PATHS[] = {"/board", "/board.csv", "/board/facts?member=1"};
	for (size_t i = 0; i < COUNTOF(PATHS); i++) {
		assert_int_not_equal(get(f, PATHS[i], str_none(), NULL), 200);
		assert_int_equal(get(f, PATHS[i], f->member, NULL), 403);
	}
}

static void ties_and_people(Fixture *f)
{
	Str body;
	assert_int_equal(get(f, "/board?period=28d", f->manager, &body), 200);
	assert_true(test_has(body, ">stranger<"));
	assert_true(test_has(body, ">owl_<wbr>of_<wbr>the_<wbr>wood<"));
	assert_int_equal(test_count(body, "1–2"), 2); // one answer accepted each: the places are shared
	assert_true(test_has(body, "1 to 2: too close to tell apart"));
	assert_false(test_has(body, ">mole<"));     // an employee is not among the customers
	assert_true(test_has(body, ">not known<")); // the history began today: nobody is "new", and there was no 0
	assert_true(test_has(body, "The history here begins on"));
	assert_false(test_has(body, ">new<") || test_has(body, "class=\"was\""));
	assert_int_equal(get(f, "/board?period=28d&among=employees", f->manager, &body), 200);
	assert_true(test_has(body, ">mole<"));
	assert_false(test_has(body, ">stranger<"));
	assert_int_equal(get(f, "/board?period=28d&among=everybody&against=nothing&by=content", f->manager, &body), 200);
	assert_true(test_has(body, ">mole<") && test_has(body, ">asker<"));
	assert_false(test_has(body, ">Before<"));
}

// Typed days count though the word for days was left as it stood; if that was changed, it is what somebody wants.
static void days_can_be_typed(Fixture *f)
{
	Str body;
	assert_int_equal(
		get(f, "/board?period=this-quarter&was=this-quarter&from=2025-01-05&to=2025-01-06", f->manager, &body), 200);
	assert_true(test_has(body, "5\u00a0Jan\u00a02025 – 6\u00a0Jan\u00a02025") &&
				test_has(body, "name=\"from\" value=\"2025-01-05\""));
	assert_int_equal(get(f, "/board?from=2025-01-05&to=2025-01-06", f->manager, &body), 200);
	assert_true(test_has(body, "5\u00a0Jan\u00a02025 – 6\u00a0Jan\u00a02025"));
	assert_int_equal(get(f, "/board?period=7d&was=days&from=2025-01-05&to=2025-01-06", f->manager, &body), 200);
	assert_false(test_has(body, "5\u00a0Jan\u00a02025 – 6\u00a0Jan\u00a02025"));
	assert_true(test_has(body, "name=\"from\" value=\"\""));
	assert_int_equal(get(f, "/board?period=7d&was=7d&from=2025-02-30&to=2025-01-06", f->manager, &body), 200);
	assert_true(test_has(body, "aria-invalid") && test_has(body, "value=\"2025-02-30\""));
}

// Columns beside the measure asked for, which always has its own; links keep what was chosen, and a file has all.
static void columns_can_be_chosen(Fixture *f)
{
	static const struct {
		const char *show, *columns[5];
	} OF[] = {{"made", {"Written", "Helped"}},
			  {"judged", {"Kept", "Helpful", "Points earned"}},
			  {"read", {"With customers", "Was read", "Reading", "Writing"}},
			  {"all", {"Written", "Kept", "Helped", "Helpful", "Points earned"}}};
	Str body;
	for (size_t i = 0; i < COUNTOF(OF); i++) {
		Str path = str_format(test_arena(), "/board?period=28d&show=%s", OF[i].show);
		size_t columns = 0;
		assert_int_equal(get(f, str_z(test_arena(), path), f->manager, &body), 200);
		assert_true(test_has(body, "aria-sort=\"descending\">Accepted<"));
		for (; columns < 5 && OF[i].columns[columns]; columns++)
			assert_true(test_has(
				body, str_z(test_arena(), str_format(test_arena(), "data-label=\"%s\"", OF[i].columns[columns]))));
		assert_int_equal(test_count(body, "scope=\"col\"><a "), columns);
		Str kept = str_format(test_arena(), "&amp;show=%s", OF[i].show);
		assert_true(test_count(body, str_z(test_arena(), kept)) >= columns + 1); // of the headings, and of the file
		assert_true(test_has(body, str_z(test_arena(), str_format(test_arena(), "value=\"%s\" selected", OF[i].show))));
	}
	assert_int_equal(get(f, "/board?period=28d&show=judged", f->manager, &body), 200);
	assert_true(test_has(body, ">soon<")); // credibility is not counted before the cells are sealed: no 0
	assert_int_equal(get(f, "/board?period=28d&show=read", f->manager, &body), 200);
	assert_true(test_has(body, ">not measured<")); // and time was not measured: no 0 either
	assert_int_equal(get(f, "/board?period=28d", f->manager, &body), 200);
	assert_false(test_has(body, "show=") || test_has(body, "data-label=\"Points earned\""));
	assert_int_equal(get(f, "/board.csv?period=28d&show=made", f->manager, &body), 200);
	assert_true(test_has(body, ",kudos,") && test_has(body, ",seconds_read_by_others"));
}

static void nothing_and_nobody(Fixture *f)
{
	Str body;
	assert_int_equal(get(f, "/board?by=reading", f->manager, &body), 200);
	assert_true(test_has(body, "Not measured yet") && !test_has(body, "<table"));
	assert_int_equal(get(f, "/board?period=last-year", f->manager, &body), 200);
	assert_true(test_has(body, "Nobody, on these days") && test_has(body, "period=365d&amp;among=everybody"));
	assert_int_equal(get(f, "/board?in=%23unheard-of", f->manager, &body), 200);
	assert_true(test_has(body, "Nobody, on these days"));
	assert_int_equal(get(f, "/board?by=kept&period=28d", f->manager, &body), 200);
	assert_true(test_has(body, "Nobody, on these days")); // one answer each: a share is not known
	assert_int_equal(get(f, "/board?period=days&from=2026-02-31&to=x", f->manager, &body), 200);
	assert_true(test_has(body, "The first day has to come before the last"));
	assert_int_equal(get(f, "/board.csv?period=days&from=2026-03-01&to=2026-02-01", f->manager, NULL), 400);
	assert_int_equal(get(f, "/board/facts?member=1&what=time", f->manager, NULL), 404); // nobody's
}

// Every number of every row, against the facts that its page lists.
static void numbers_have_their_facts(Fixture *f)
{
	static const struct {
		const char *by;
		size_t facts;
	} OF[] = {{"accepted", 1}, {"helped", 1}, {"kudos", 1}, {"content", 2}, {"kept", 1}};
	Str body;
	for (size_t i = 0; i < COUNTOF(OF); i++) {
		Buf b = buf_init(test_arena(), 200, 400);
		buf_format(&b, "/board/facts?what=%s&period=28d&in=%%23kettle&member=", OF[i].by);
		buf_id(&b, f->t->stranger);
		assert_int_equal(get(f, str_z(test_arena(), buf_view(&b)), f->manager, &body), 200);
		if (test_count(body, "<a href=\"/p/") != OF[i].facts)
			fail_msg("%s: %zu facts", OF[i].by, test_count(body, "<a href=\"/p/"));
	}
	f->t->cx->actor = &f->t->asking; // what is taken back is in neither
	assert_ok(f->t->cx, town_accept(f->t, f->answer[0], false));
	assert_ok(f->t->cx, town_vote(f->t, f->answer[0], 0));
	f->t->cx->actor = NULL;
	assert_int_equal(get(f, "/board?period=28d", f->manager, &body), 200);
	assert_false(test_has(body, ">stranger<"));
	Buf b = buf_init(test_arena(), 200, 400);
	buf_z(&b, "/board/facts?what=kudos&period=28d&member=");
	buf_id(&b, f->t->stranger);
	assert_int_equal(get(f, str_z(test_arena(), buf_view(&b)), f->manager, &body), 200);
	assert_true(test_has(body, "No facts on these days"));
}

static void same_as_csv(Fixture *f)
{
	Str body;
	assert_int_equal(get(f, "/board.csv?period=28d", f->manager, &body), 200);
	assert_true(test_has(body, "place,place_to,member,accepted,low,high,before,place_before,content"));
	assert_true(test_has(body, "1,2,\"stranger\",1,0,6,,,2,1,1,0,1,1,1,0,,,,\r\n"));
	assert_int_equal(test_count(body, "\r\n"), 3);
	assert_false(test_has(body, "more:"));
	assert_int_equal(get(f, "/board.csv?period=28d&rows=1", f->manager, &body), 200); // in parts
	assert_int_equal(test_count(body, "\r\n"), 3);
	assert_true(test_has(body, ",,\"more: /board.csv?") && test_has(body, "skip=1&rows=1\",,"));
	Str first = body;
	assert_int_equal(get(f, "/board.csv?period=28d&rows=1&skip=1", f->manager, &body), 200);
	assert_int_equal(test_count(body, "\r\n"), 2);
	assert_true(test_has(first, "\"stranger\"") != test_has(body, "\"stranger\""));
	assert_true(test_has(body, "1,2,\"")); // places are those of the whole
	assert_int_equal(get(f, "/board.csv?period=28d&rows=0", f->manager, &body), 422);
}

static void visit(Town *t)
{
	Fixture *f = ARENA_NEW(test_arena(), Fixture, 1);
	build(f, t);
	for_managers_only(f);
	ties_and_people(f);
	days_can_be_typed(f);
	columns_can_be_chosen(f);
	nothing_and_nobody(f);
	same_as_csv(f);
	numbers_have_their_facts(f);
	web_close(f->web);
}
TEST(boards_pages_answer_the_question)
{
	const MigrationSet more[] = {{attention_migrations, attention_migrations_n}, {reputation_migrations, 8}};
	test_towns_with(more, COUNTOF(more), visit);
}

typedef struct Case {
	BoardPeriod period;
	BoardCompare compare;
	const char *from, *until, *before, *before_until; // until: the day after the last
} Case;

static int32_t day(const char *text)
{
	Time t;
	assert_true(time_parse_iso(str_format(test_arena(), "%sT00:00:00", text), &t));
	return rep_day(t);
}

// As of Thursday, 31 March 2022, noon.
TEST(boards_windows_are_those_of_the_calendar)
{
	static const Case CASES[] = {
		{BOARD_THIS_WEEK, BOARD_BEFORE, "2022-03-28", "2022-04-01", "2022-03-21", "2022-03-25"},
		{BOARD_LAST_WEEK, BOARD_BEFORE, "2022-03-21", "2022-03-28", "2022-03-14", "2022-03-21"},
		{BOARD_THIS_MONTH, BOARD_BEFORE, "2022-03-01", "2022-04-01", "2022-02-01", "2022-03-01"},
		{BOARD_LAST_MONTH, BOARD_YEAR_BEFORE, "2022-02-01", "2022-03-01", "2021-02-01", "2021-03-01"},
		{BOARD_THIS_QUARTER, BOARD_YEAR_BEFORE, "2022-01-01", "2022-04-01", "2021-01-01", "2021-04-01"},
		{BOARD_LAST_QUARTER, BOARD_BEFORE, "2021-10-01", "2022-01-01", "2021-07-01", "2021-10-01"},
		{BOARD_THIS_YEAR, BOARD_BEFORE, "2022-01-01", "2022-04-01", "2021-01-01", "2021-04-01"},
		{BOARD_LAST_YEAR, BOARD_BEFORE, "2021-01-01", "2022-01-01", "2020-01-01", "2021-01-01"},
		{BOARD_7_DAYS, BOARD_BEFORE, "2022-03-25", "2022-04-01", "2022-03-18", "2022-03-25"},
		{BOARD_91_DAYS, BOARD_YEAR_BEFORE, "2021-12-31", "2022-04-01", "2020-12-31", "2021-04-01"},
	};
	Time now = (Time)day("2022-03-31") * TIME_DAY_MS + TIME_DAY_MS / 2;
	for (size_t i = 0; i < COUNTOF(CASES); i++) {
		const Case *c = &CASES[i];
		BoardWhen w = {.period = c->period, .compare = c->compare};
		BoardDays d = board_days(&w, now), b = board_days_before(&w, d);
		if (d.from != day(c->from) || d.until != day(c->until) || b.from != day(c->before) ||
			b.until != day(c->before_until))
			fail_msg("case %zu: %d..%d, before %d..%d", i, d.from, d.until, b.from, b.until);
	}
}

TEST(boards_ranges_hold_the_value)
{
	for (int64_t n = 1; n < 400; n += 7) {
		BoardRange r = board_count_range(n);
		assert_true(r.known && r.low <= n && n <= r.high && r.low >= 0);
		for (int64_t k = 0; k <= n; k += 3) {
			BoardRange s = board_share_range(k, n);
			assert_int_equal(s.known, n >= 5);
			if (s.known) assert_true(s.low <= s.value && s.value <= s.high && s.low >= 0 && s.high <= 1000);
		}
	}
	BoardRange r = board_share_range(38, 42); // Wilson, z = 1.645: 0.8040 to 0.9565
	assert_true(r.low >= 803 && r.low <= 804 && r.high >= 956 && r.high <= 957);
	r = board_count_range(100); // about 84 to 118
	assert_true(r.low >= 83 && r.low <= 85 && r.high >= 117 && r.high <= 119);
}
