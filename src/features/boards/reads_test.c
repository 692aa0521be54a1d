// SPDX-License-Identifier: AGPL-3.0-or-later
// How long others read what a member wrote, on both engines: shared by the rule, never with the reader nor the staff's time, the same
// whether it is sealed or not, forgotten with the reader's time, and not measured where topics are not kept.
#include "boards/board.h"
#include "boards/feature.h"
#include "community/model_testkit.h"
#include "members/members.h"
#include "web/shell.h"
#include "web/web_testkit.h"

#include "test.h"

#include <unistd.h>

#define DAYS 6
#define LATE 3 // the day on which the owl answers

typedef struct Library {
	Town *t;
	Id topic, opening, other, other_opening; // asked by the asker and tagged kettle; by the helper, tagged lamp
	Actor heron, owl, mole, bat;             // the bat only reads
	Site site;
	SiteValue values[3];
	Time first;
} Library;

static void build(Library *l, Town *t)
{
	*l = (Library){.t = t};
	Ctx *cx = t->cx;
	l->heron = town_join(t, S("heron"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	l->owl = town_join(t, S("owl"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	l->bat = town_join(t, S("bat"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	l->mole = town_join(t, S("mole"), ROLE_MEMBER, AFFILIATION_EMPLOYEE);
	cx->actor = &t->asking;
	assert_ok(cx,
			  town_ask(t, S("How do I descale the kettle?"), S("kettle"), S("It whistles."), &l->topic, &l->opening));
	cx->actor = &t->helping;
	assert_ok(cx, town_ask(t, S("Which lamp is bright?"), S("lamp"), S("Mine is dim."), &l->other, &l->other_opening));
	cx->actor = NULL;
	l->values[0] = (SiteValue){S("attention.consent"), S("on")};
	l->values[1] = (SiteValue){S("attention.employees"), S("on")};
	l->values[2] = (SiteValue){S("attention.topics"), S("on")};
	l->site = (Site){.name = S("Town"), .store = t->store, .values = l->values, .values_n = 3};
	l->site.cells = str_format(cx->arena, "%s/reads.cells", test_dir());
	cx->site = &l->site;
	l->first = (cx->now_ms / TIME_DAY_MS + 3) * TIME_DAY_MS + TIME_DAY_MS / 2;
}

static void answer(Library *l, Actor *by, Id topic)
{
	Id post;
	l->t->cx->actor = by;
	assert_ok(l->t->cx, town_answer(l->t, topic, S("Try vinegar and wait an hour."), &post));
	l->t->cx->actor = NULL;
}

static void spend(Library *l, Id member, ObserveKind kind, Id topic, Side side, int64_t seconds)
{
	Time now = l->t->cx->now_ms;
	Observation o = {.at_ms = now, .kind = kind, .actor_id = member, .value = seconds, .page_id = topic};
	o.subject_id = side;
	o.page_at = now - TIME_HOUR_MS;
	assert_ok(l->t->cx, attention_fold(l->t->cx, l->t->store, &o, 1));
}

// The heron answers before the first day, the owl on day LATE. Each day the bat reads 601 seconds, the heron 100 of others' words and 50
// of its own, the mole, who is of the staff, 500; the bat writes, and reads 90 seconds about the lamp.
static void live(Library *l)
{
	l->t->cx->now_ms = l->first - TIME_DAY_MS;
	answer(l, &l->heron, l->topic);
	for (int d = 0; d < DAYS; d++) {
		l->t->cx->now_ms = l->first + d * TIME_DAY_MS;
		if (d == LATE) answer(l, &l->owl, l->topic);
		spend(l, l->bat.id, OBSERVE_READ, l->topic, SIDE_CUSTOMER, 601);
		spend(l, l->heron.id, OBSERVE_READ, l->topic, SIDE_CUSTOMER, 100);
		spend(l, l->heron.id, OBSERVE_READ, l->topic, SIDE_OWN, 50);
		spend(l, l->mole.id, OBSERVE_READ, l->topic, SIDE_CUSTOMER, 500);
		spend(l, l->bat.id, OBSERVE_WROTE, l->topic, SIDE_CUSTOMER, 70);
		spend(l, l->bat.id, OBSERVE_READ, l->other, SIDE_CUSTOMER, 90);
	}
}

static Status ask(Library *l, BoardQuestion q, BoardAnswer *ret)
{
	Ctx *cx = l->t->cx;
	AUTO(Db) db = NULL;
	AUTO(BoardSource) s = NULL;
	fail_clear(cx);
	q.by = BOARD_BY_WAS_READ;
	q.role = -1;
	q.rows = 25;
	if (q.when.period == BOARD_THIS_WEEK) q.when.period = BOARD_28_DAYS;
	TRY(db_begin(cx, l->t->store, &db));
	TRY(board_source_open(cx, db, &s));
	TRY(board_answer(cx, db, s, &q, ret));
	return board_answer(cx, db, s, &q, ret); // a second answer of the same source counts nothing twice
}

static int64_t read_of(Library *l, BoardQuestion q, const char *handle)
{
	BoardAnswer a;
	assert_ok(l->t->cx, ask(l, q, &a));
	for (size_t i = 0; i < a.n; i++)
		if (str_eq(a.v[i].handle, str_from(handle))) {
			assert_int_equal(a.v[i].main.value, a.v[i].was_read);
			return a.v[i].was_read;
		}
	return 0;
}

static void shared(Library *l)
{
	BoardQuestion q = {0};
	BoardAnswer a;
	assert_int_equal(read_of(l, q, "heron"), 3 * 300 + 3 * 200);
	assert_int_equal(read_of(l, q, "owl"), 3 * 200 + 3 * 50);
	assert_int_equal(read_of(l, q, "asker"), 3 * 301 + 3 * 201 + 3 * 100 + 3 * 50); // the odd second is the first one's
	assert_int_equal(read_of(l, q, "helper"), DAYS * 90);
	assert_int_equal(read_of(l, q, "bat"), 0);
	assert_ok(l->t->cx, ask(l, q, &a));
	assert_int_equal(a.total, DAYS * (601 + 100 + 90)); // all that customers read of others, once
	assert_int_equal(a.staff, 0);
	q.area = S("#lamp");
	assert_int_equal(read_of(l, q, "helper"), DAYS * 90);
	assert_int_equal(read_of(l, q, "asker"), 0);
	q.area = S("/help");
	assert_int_equal(read_of(l, q, "heron"), 1500);
	int32_t day = rep_day(l->first);
	q = (BoardQuestion){.when = {BOARD_FROM_TO, BOARD_BEFORE, {day + LATE, day + DAYS}}};
	assert_ok(l->t->cx, ask(l, q, &a));
	assert_true(a.before_known && a.begins == day && a.v[0].before == 3 * 401 && a.v[0].place_before == 1);
	q.when = (BoardWhen){BOARD_FROM_TO, BOARD_ALONE, {day - 9, day}};
	assert_int_equal(ask(l, q, &a), ST_UNSUPPORTED); // not measured, which is not none
}

// As a long board is written in parts: one source, and every member once, in the places of the whole.
static void in_parts(Library *l)
{
	Ctx *cx = l->t->cx;
	AUTO(Db) db = NULL;
	AUTO(BoardSource) s = NULL;
	BoardAnswer whole, part;
	BoardQuestion q = {.by = BOARD_BY_WAS_READ, .when.period = BOARD_28_DAYS, .role = -1, .rows = 25};
	assert_ok(cx, db_begin(cx, l->t->store, &db));
	assert_ok(cx, board_source_open(cx, db, &s));
	assert_ok(cx, board_answer(cx, db, s, &q, &whole));
	assert_int_equal(whole.n, 4);
	for (q.rows = 1; q.skip < whole.n; q.skip++) {
		assert_ok(cx, board_answer(cx, db, s, &q, &part));
		assert_int_equal(part.n, 1);
		assert_int_equal(part.more, q.skip + 1 < whole.n);
		assert_int_equal(part.v[0].id, whole.v[q.skip].id);
		assert_int_equal(part.v[0].place, whole.v[q.skip].place);
		assert_int_equal(part.v[0].main.value, whole.v[q.skip].main.value);
	}
}

static Status erase(Ctx *cx, Tx *tx, void *arg) { return attention_erase(cx, tx, *(const Id *)arg); }

static void forgotten(Library *l)
{
	Ctx *cx = l->t->cx;
	cx->now_ms += 5 * TIME_MINUTE_MS;
	assert_ok(cx, store_write(cx, l->t->store, erase, &l->bat.id));
	for (int sealed = 0; sealed < 2; sealed++) {
		assert_int_equal(read_of(l, (BoardQuestion){0}, "asker"), 3 * 100 + 3 * 50);
		assert_int_equal(read_of(l, (BoardQuestion){0}, "heron"), 0);
		assert_int_equal(read_of(l, (BoardQuestion){0}, "owl"), 3 * 50);
		if (!sealed) assert_ok(cx, board_seal_store(cx, l->t->store, l->site.cells));
	}
}

static void visit(Town *t)
{
	Library *l = ARENA_NEW(test_arena(), Library, 1);
	build(l, t);
	live(l);
	shared(l);
	assert_ok(t->cx, board_seal_store(t->cx, t->store, l->site.cells)); // but for today
	shared(l);
	in_parts(l);
	forgotten(l);
	unlink(str_z(test_arena(), l->site.cells));
	t->cx->site = NULL;
}

static const MigrationSet MORE[] = {{attention_migrations, 1}, {reputation_migrations, 8}};
TEST(boards_share_what_was_read_by_the_rule) { test_towns_with(MORE, COUNTOF(MORE), visit); }

static void without_topics(Town *t)
{
	Library *l = ARENA_NEW(test_arena(), Library, 1);
	BoardAnswer a;
	build(l, t);
	l->values[2].value = S("off");
	live(l);
	assert_int_equal(ask(l, (BoardQuestion){0}, &a), ST_UNSUPPORTED);
	assert_int_equal(a.begins, INT32_MAX);
	assert_int_equal(town_number(t, "SELECT count(*) FROM attention_day WHERE areas LIKE '%+%'"), 0);
	l->values[2].value = S("on"); // from here on it is, whatever of time was measured before
	t->cx->now_ms += TIME_DAY_MS;
	spend(l, l->bat.id, OBSERVE_READ, l->topic, SIDE_CUSTOMER, 40);
	assert_ok(t->cx, ask(l, (BoardQuestion){0}, &a));
	assert_int_equal(a.begins, rep_day(t->cx->now_ms));
	assert_int_equal(town_number(t, "SELECT count(*) FROM attention_day WHERE member_id = 0 AND areas LIKE '%+%'"), 0);
	t->cx->site = NULL;
}
TEST(boards_do_not_guess_what_was_read) { test_towns_with(MORE, COUNTOF(MORE), without_topics); }

// --- the pages ------------------------------------------------------------------------------------------------------------

static Library *library; // whose time it is
static Time library_clock(void) { return library->t->cx->now_ms; }

static void has(Web *web, Str session, const char *target, Id member, const char *const *texts, size_t n)
{
	Str body;
	Buf b = buf_init(test_arena(), 200, 400);
	buf_z(&b, target);
	if (member) buf_id(&b, member);
	assert_int_equal(test_get(web, buf_view(&b), session, &body), 200);
	for (size_t i = 0; i < n; i++)
		if (!test_has(body, texts[i])) fail_msg("%s lacks %s: %.*s", target, texts[i], STR(body));
}
#define HAS(target, member, ...)                                                                                       \
	has(web, manager, target, member, (const char *const[]){__VA_ARGS__},                                              \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void pages_of(Web *web, Library *l, Str manager)
{
	HAS("/board?by=read&period=28d", 0, ">asker<", ">32 min<", ">Was read<", "shared equally", "Not measured before");
	HAS("/board?by=content&period=28d&show=read", 0, ">Was read<", ">32 min</a>", "what=read");
	HAS("/board.csv?by=read&period=28d", 0, "seconds_with_customers,seconds_read_by_others\r\n", ",,,,1956\r\n");
	HAS("/board/facts?what=read&period=28d&member=", l->heron.id, "How do I descale the kettle?</a>", ">25 min<", ">6<",
		"25 min in 1 topic.");
	HAS("/board/facts?what=read&period=28d&in=%23lamp&member=", l->t->helper, "Which lamp is bright?</a>", ">9 min<");
	HAS("/board/facts?what=read&period=28d&in=%23lamp&member=", l->heron.id, "No facts on these days");
	HAS("/board/facts?what=read&period=28d&member=", l->bat.id, "No facts on these days");
}

static void read_pages(Town *t)
{
	Library *l = ARENA_NEW(test_arena(), Library, 1);
	Web *web = NULL;
	build(l, t);
	library = l;
	live(l);
	Feature *own = ARENA_NEW(test_arena(), Feature, 1);
	const Feature *features[] = {own};
	*own = boards_feature();
	Str manager = town_session(t, t->stranger, ROLE_MANAGER);
	assert_ok(t->cx, web_open(t->cx,
							  &(WebConfig){.site = &l->site,
										   .features = features,
										   .features_n = 1,
										   .session_find = members_session_find,
										   .ids = t->cx->ids,
										   .error_page = web_error_page,
										   .clock = library_clock},
							  &web));
	pages_of(web, l, manager);
	assert_ok(t->cx, board_seal_store(t->cx, t->store, l->site.cells));
	pages_of(web, l, manager);
	web_close(web);
	unlink(str_z(test_arena(), l->site.cells));
	t->cx->site = NULL;
}
TEST(boards_of_what_was_read_are_shown) { test_towns_with(MORE, COUNTOF(MORE), read_pages); }
