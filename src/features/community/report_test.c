// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/model_testkit.h"
#include "core/store_testkit.h"
#include "members/members.h"
#include "test.h"

#include <pthread.h>

static void as(Town *t, Actor *actor) { t->cx->actor = actor; }

static int64_t open_reports(Town *t) { return town_number(t, "SELECT count(*) FROM report WHERE closed_at IS NULL"); }
static int64_t told_reports(Town *t) { return town_number(t, "SELECT count(*) FROM fact WHERE kind = 21"); }

static Status close_reports(Ctx *cx, Tx *tx, void *arg)
{
	const Id *post = arg;
	ReportFindOpenRow row;
	bool found;
	int64_t n;
	ReportFindOpenArgs own = {.subject_type = SUBJECT_POST, .subject_id = *post, .reporter_id = cx->actor->id};
	TRY(report_find_open(cx, tx_db(tx), &own, &row, &found));
	assert_true(found);
	return report_close(cx, tx, &(ReportCloseArgs){.id = row.id, .closed_at = cx->now_ms}, &n);
}

// One that is open a member a post; when it was dealt with, the next one counts.
static void reports(Town *t)
{
	Id topic, opening, post;
	as(t, &t->asking);
	assert_ok(t->cx, town_ask(t, S("How do I descale it?"), S("kettle"), S("It whistles."), &topic, &opening));
	as(t, &t->helping);
	assert_ok(t->cx, town_answer(t, topic, S("With vinegar."), &post));
	as(t, &t->strange);
	assert_ok(t->cx, town_report(t, post, REPORT_WRONG, S("not so")));
	assert_ok(t->cx, town_report(t, post, REPORT_UNKIND, S("and rude")));
	assert_true(open_reports(t) == 1 && told_reports(t) == 1);
	assert_int_equal(town_number(t, "SELECT count(*) FROM report WHERE note = 'not so'"), 1);
	assert_ok(t->cx, town_report(t, opening, REPORT_WRONG, S(""))); // another post
	as(t, &t->asking);
	assert_ok(t->cx, town_report(t, post, REPORT_WRONG, S(""))); // another member
	assert_true(open_reports(t) == 3 && told_reports(t) == 3);
	as(t, &t->strange);
	assert_ok(t->cx, store_write(t->cx, t->store, close_reports, &post));
	assert_ok(t->cx, town_report(t, post, REPORT_WRONG, S("still so")));
	assert_ok(t->cx, town_report(t, post, REPORT_WRONG, S("still so")));
	assert_true(open_reports(t) == 3 && told_reports(t) == 4);
}
TEST(reports_are_open_once_a_member_a_post) { test_towns(reports); }

#define REPORTERS 8

typedef struct Reporter {
	Town *t;
	Id post;
	Ctx cx;
	Status st;
	bool is_new;
} Reporter;

static Status report_tx(Ctx *cx, Tx *tx, void *arg)
{
	Reporter *r = arg;
	return community_report(cx, tx, r->post, REPORT_UNKIND, S("at once"), &r->is_new);
}

static void *report_thread(void *arg)
{
	Reporter *r = arg;
	r->st = store_write(&r->cx, r->t->store, report_tx, r);
	return NULL;
}

static void reports_at_once(Town *t)
{
	Id topic, post;
	pthread_t threads[REPORTERS];
	Reporter r[REPORTERS];
	int fresh = 0;
	as(t, &t->asking);
	assert_ok(t->cx, town_ask(t, S("How do I descale it?"), S("kettle"), S("It whistles."), &topic, &post));
	as(t, &t->strange);
	for (int i = 0; i < REPORTERS; i++) {
		r[i] = (Reporter){.t = t, .post = post, .cx = *t->cx};
		r[i].cx.arena = arena_new(ARENA_CAP_BYTES);
		assert_int_equal(pthread_create(&threads[i], NULL, report_thread, &r[i]), 0);
	}
	for (int i = 0; i < REPORTERS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(r[i].st, ST_OK);
		arena_free(r[i].cx.arena);
		fresh += r[i].is_new;
	}
	assert_int_equal(fresh, 1);
	assert_true(open_reports(t) == 1 && told_reports(t) == 1);
}
TEST(reports_at_once_are_one) { test_towns(reports_at_once); }

static Status report_profile(Ctx *cx, Tx *tx, void *arg)
{
	const Id *member = arg;
	bool is_new;
	return community_report_profile(cx, tx, *member, S("the name"), &is_new);
}

// Beside those of posts: counted alike, closed by themselves, and no fact.
static void of_profiles(Town *t)
{
	Id topic, opening;
	as(t, &t->asking);
	assert_ok(t->cx, town_ask(t, S("How do I descale it?"), S("kettle"), S("It whistles."), &topic, &opening));
	as(t, &t->strange);
	assert_ok(t->cx, town_report(t, opening, REPORT_WRONG, S("")));
	assert_ok(t->cx, store_write(t->cx, t->store, report_profile, &t->asker));
	assert_ok(t->cx, store_write(t->cx, t->store, report_profile, &t->asker));
	assert_true(open_reports(t) == 2 && told_reports(t) == 1);
	as(t, &t->helping);
	assert_ok(t->cx, store_write(t->cx, t->store, report_profile, &t->asker));
	assert_int_equal(open_reports(t), 3);
	AUTO(Db) db = NULL;
	ReportListOpenRows rows;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, report_list_open(t->cx, db, &(ReportListOpenArgs){.limit = 9}, &rows));
	assert_int_equal(rows.n, 3);
	for (size_t i = 0; i < rows.n; i++) { // whose it is, and only of a post what it says
		assert_str_equal(rows.v[i].author, "asker");
		assert_int_equal(rows.v[i].title.n > 0, rows.v[i].subject_id == opening);
		assert_int_equal(rows.v[i].body.s.n > 0, rows.v[i].subject_id == opening);
	}
}
TEST(reports_of_profiles_stand_beside_those_of_posts) { test_towns(of_profiles); }

// --- reports of before ---------------------------------------------------------------------------------------------------

static Status run_query(Ctx *cx, Tx *tx, void *query) { return tx_exec(cx, tx, query, NULL, NULL); }

static Status report_of(Ctx *cx, Store *store, const char *columns, const char *values)
{
	DbQuery *q = ARENA_NEW(test_arena(), DbQuery, 1); // statements are cached by address
	Str sql = str_format(test_arena(), "INSERT INTO report (id, %s, reporter_id, why, at_ms, closed_at) VALUES (%s)",
						 columns, values);
	const char *text = str_z(test_arena(), sql);
	*q = (DbQuery){.name = "report_of", .lite = text, .pg = text, .writes = true};
	return store_write(cx, store, run_query, q);
}

static const MigrationSet BEFORE[] = {{members_migrations, 8}, {community_migrations, 7}}; // knew nothing of it

static void doubled(Ctx *cx, Store *store)
{
	static const char *const ROWS[] = {
		"1, 10, 7, 1, 100, NULL",    "2, 10, 7, 2, 200, NULL", "3, 10, 7, 3, 300, NULL",
		"4, 10, 8, 1, 400, NULL",    "5, 11, 7, 1, 500, NULL", "6, 10, NULL, 1, 600, NULL",
		"7, 10, NULL, 1, 700, NULL", "8, 10, 9, 1, 800, 801",  "9, 10, 9, 1, 900, 901"};
	const MigrationSet all[] = {{core_migrations, core_migrations_n},
								{members_migrations, members_migrations_n},
								{community_migrations, community_migrations_n}};
	for (size_t i = 0; i < COUNTOF(ROWS); i++) assert_ok(cx, report_of(cx, store, "post_id", ROWS[i]));
	assert_ok(cx, store_migrate(cx, store, all, COUNTOF(all)));
	assert_int_equal(test_number(cx, store, "SELECT count(*) AS n FROM report"), 9);
	assert_int_equal(test_number(cx, store, "SELECT sum(id) AS n FROM report WHERE closed_at IS NULL"),
					 1 + 4 + 5 + 6 + 7);
	assert_int_equal(test_number(cx, store, "SELECT closed_at AS n FROM report WHERE id = 3"), 300);
	assert_int_equal(
		test_number(cx, store, "SELECT count(*) AS n FROM report WHERE subject_type = 3 AND subject_id = 10"), 8);
	assert_int_equal(report_of(cx, store, "subject_type, subject_id", "20, 3, 10, 7, 1, 1000, NULL"), ST_CONFLICT);
	assert_ok(cx, report_of(cx, store, "subject_type, subject_id", "21, 1, 10, 7, 0, 1000, NULL")); // a member's
}
TEST(reports_of_before_stay_open_once) { test_stores(BEFORE, COUNTOF(BEFORE), doubled); }
