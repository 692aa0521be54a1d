// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/store_testkit.h"
#include "members/members.h"
#include "test.h"

#include "text/fold.h"

typedef struct Work {
	MemberNew member;
	Id id;
	Str token, label;
	Status end; // what the transaction returns after its work
} Work;

static Status create(Ctx *cx, Tx *tx, void *arg)
{
	Work *w = arg;
	TRY(members_create(cx, tx, &w->member, &w->id));
	return w->end;
}

static void on_stores(StoreTest run)
{
	const MigrationSet sets[] = {{members_migrations, members_migrations_n}};
	test_stores(sets, COUNTOF(sets), run);
}

static Id plain_member(Ctx *cx, Store *store, Str handle)
{
	Work w = {.member = {.handle = handle}};
	assert_ok(cx, members_prepare(cx, &w.member));
	assert_ok(cx, store_write(cx, store, create, &w));
	return w.id;
}

static Status session_open(Ctx *cx, Tx *tx, void *arg)
{
	Work *w = arg;
	return members_session_create(cx, tx, w->id, &w->token);
}

static Status session_close(Ctx *cx, Tx *tx, void *arg)
{
	Work *w = arg;
	return members_session_delete(cx, tx, w->token);
}

static Status token_create(Ctx *cx, Tx *tx, void *arg)
{
	Work *w = arg;
	return members_token_create(cx, tx, w->id, w->label, &w->token);
}

static Status sign_up(Ctx *cx, Store *store, Str handle, Str email, Str password, Id *ret_id)
{
	Work w = {.member = {.handle = handle, .email = email, .password = password}};
	fail_clear(cx);
	TRY(members_prepare(cx, &w.member));
	TRY(store_write(cx, store, create, &w));
	*ret_id = w.id;
	return ST_OK;
}

static const char *first_key(const Ctx *cx) { return cx->field_errors_n ? cx->field_errors[0].key : ""; }

TEST(member_keys_do_not_see_case_or_width)
{
	Arena *a = test_arena();
	assert_str_equal(members_key(a, S("  CopperLeaf ")), "copperleaf");
	assert_str_equal(members_key(a, S("Stra\xc3\x9f\x65")), "strasse");
	assert_str_equal(members_key(a, S("\xef\xbc\xa1\xef\xbc\xa2")), "ab"); // full-width AB
	assert_str_equal(members_key(a, S("\xc3\x84rger")), "\xc3\xa4rger");
	assert_str_equal(members_key(a, S("a\xcc\x88rger")), "\xc3\xa4rger"); // a and a combining diaeresis
	assert_str_equal(text_fold(a, S("\xff\xfe")), "");
}

TEST(member_forms_are_checked)
{
	static const struct {
		Str handle, email, password;
		const char *key;
	} CASES[] = {
		{S_INIT("ab"), {0}, {0}, "error.handle_short"},
		{S_INIT("a b c"), {0}, {0}, "error.handle_invalid"},
		{S_INIT("<script>"), {0}, {0}, "error.handle_invalid"},
		{S_INIT("me@example"), {0}, {0}, "error.handle_invalid"},
		{S_INIT("-dash"), {0}, {0}, "error.handle_invalid"},
		{S_INIT("\xd0\xb0"
				"dmin"),
		 {0},
		 {0},
		 "error.handle_mixed"},                                               // a Cyrillic a
		{S_INIT("ad\xce\xbfra"), {0}, {0}, "error.handle_mixed"},             // a Greek omicron
		{S_INIT("\xce\xbf\xd1\x80\xd0\xb0"), {0}, {0}, "error.handle_mixed"}, // Greek and Cyrillic
		{S_INIT("\xff\xff\xff"), {0}, {0}, "error.handle_invalid"},
		{S_INIT("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddaaaaaaaaaabbbbbbbbbbc"), {0}, {0}, "error.handle_long"},
		{S_INIT("someone"), S_INIT("nobody"), {0}, "error.email"},
		{S_INIT("someone"), S_INIT("a@b@c"), {0}, "error.email"},
		{S_INIT("someone"), S_INIT("a\nb@c.de"), {0}, "error.email"},
		{S_INIT("someone"), {0}, S_INIT("short"), "error.password_short"},
		{S_INIT("someone"), {0}, S_INIT(""), "error.password_short"},
	};
	Ctx *cx = test_ctx();
	for (size_t i = 0; i < COUNTOF(CASES); i++) {
		MemberNew m = {.handle = CASES[i].handle, .email = CASES[i].email, .password = CASES[i].password};
		fail_clear(cx);
		assert_int_equal(members_prepare(cx, &m), ST_INVALID);
		assert_string_equal(first_key(cx), CASES[i].key);
	}
	fail_clear(cx);
	MemberNew good = {.handle = S(" \xc3\x84pfel_7 "), .email = S(" me@example.org ")};
	assert_ok(cx, members_prepare(cx, &good));
	assert_str_equal(good.handle, "\xc3\x84pfel_7");
	assert_str_equal(good.email_key, "me@example.org");
}

static void signing_up(Ctx *cx, Store *store)
{
	Id id = 0, other = 0;
	assert_ok(cx, sign_up(cx, store, S("CopperLeaf"), S("Leaf@Example.org"), str_none(), &id));
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM fact WHERE kind = 1 AND actor_id = subject_id"), 1);
	assert_int_equal(sign_up(cx, store, S("copperleaf"), str_none(), str_none(), &other), ST_CONFLICT);
	assert_string_equal(first_key(cx), "error.handle_taken");
	assert_int_equal(sign_up(cx, store, S("another"), S("leaf@example.org"), str_none(), &other), ST_CONFLICT);
	assert_string_equal(first_key(cx), "error.email_taken");
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM member"), 1);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM fact"), 1);
}
TEST(member_names_and_addresses_are_unique) { on_stores(signing_up); }

static void looking_alike(Ctx *cx, Store *store)
{
	static const struct {
		const char *handle;
		Status want;
	} CASES[] = {
		{"tom-7", ST_OK},
		{"\xd1\x82\xd0\xbe\xd0\xbc-7", ST_CONFLICT},     // in Cyrillic letters
		{"\xd0\xa2\xd0\x9e\xd0\x9c-7", ST_CONFLICT},     // in capitals
		{"\xcf\x84\xce\xbf\xce\xbc-7", ST_CONFLICT},     // in Greek ones
		{"\xd1\x82\xd0\xbe\xd0\xbc-8", ST_OK},           // another name
		{"tom-8", ST_CONFLICT},                          // whichever came first
		{"\xd1\x81\xd0\xbd\xd0\xb5\xd0\xb3", ST_OK},     // its last letter has no twin
		{"\xe6\x9d\xb1\xe4\xba\xac\x42\x61\x79", ST_OK}, // no twins, so they may be mixed
		{"\xc3\x84pfel", ST_OK},
	};
	for (size_t i = 0; i < COUNTOF(CASES); i++) {
		Id id;
		assert_int_equal(sign_up(cx, store, str_from(CASES[i].handle), str_none(), str_none(), &id), CASES[i].want);
		if (CASES[i].want == ST_CONFLICT) assert_string_equal(first_key(cx), "error.handle_taken");
	}
	Work imported = {.member = {.handle = S("\xd1\x82\xd0\xbe\xd0\xbc-7"),
								.origin_channel = S("stackexchange"),
								.origin_id = S("7")}};
	assert_ok(cx, members_prepare(cx, &imported.member));
	assert_ok(cx, store_write(cx, store, create, &imported));
}
TEST(member_names_do_not_look_like_others) { on_stores(looking_alike); }

static void failing(Ctx *cx, Store *store)
{
	Work w = {.member = {.handle = S("vanishing")}, .end = ST_INVALID};
	assert_ok(cx, members_prepare(cx, &w.member));
	assert_int_equal(store_write(cx, store, create, &w), ST_INVALID);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM member"), 0);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM fact"), 0);
}
TEST(member_and_fact_are_one_transaction) { on_stores(failing); }

static void importing(Ctx *cx, Store *store)
{
	Work w = {
		.member = {
			.handle = S("imported"), .origin_channel = S("stackexchange"), .origin_id = S("42"), .joined_at = 1000}};
	assert_ok(cx, members_prepare(cx, &w.member));
	assert_ok(cx, store_write(cx, store, create, &w));
	Id first = w.id, before = ctx_id(cx);
	assert_ok(cx, store_write(cx, store, create, &w));
	assert_int_equal(w.id, first);
	assert_true(w.id < before);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM member"), 1);
	assert_int_equal(test_number(cx, store, "SELECT at_ms FROM fact WHERE origin = 'stackexchange/member/42'"), 1000);
}
TEST(member_import_is_taken_once) { on_stores(importing); }

static void free_handles(Ctx *cx, Store *store)
{
	static const struct {
		Str wanted;
		const char *got;
	} CASES[] = {
		{S_INIT("Jon Skeet (away)"), "Jon-Skeet-away"},
		{S_INIT("user123"), "user123"},
		{S_INIT("al"), "member-al"},
		{S_INIT("  !!! "), "member"},
		{S_INIT("\xe6\x9d\x8e\xe5\xb0\x8f\xe9\xbe\x99"), "\xe6\x9d\x8e\xe5\xb0\x8f\xe9\xbe\x99"},
		{S_INIT("an exceedingly long name that somebody chose for reasons of his own"),
		 "an-exceedingly-long-name-that-somebody-chose-for"},
		{S_INIT("<b>bold</b>"), "b-bold-b"},
	};
	AUTO(Db) db = NULL;
	Str got;
	assert_ok(cx, db_begin(cx, store, &db));
	for (size_t i = 0; i < COUNTOF(CASES); i++) {
		assert_ok(cx, members_free_handle(cx, db, CASES[i].wanted, &got));
		assert_str_equal(got, CASES[i].got);
		fail_clear(cx);
		MemberNew m = {.handle = got};
		assert_ok(cx, members_prepare(cx, &m));
	}
}
TEST(member_handles_are_made_from_any_name) { on_stores(free_handles); }

static void taken_handles(Ctx *cx, Store *store)
{
	Str got = str_none();
	for (int i = 0; i < 20; i++) {
		AUTO(Db) db = NULL;
		assert_ok(cx, db_begin(cx, store, &db));
		assert_ok(cx, members_free_handle(cx, db, S("John Smith"), &got));
		db_end(db);
		db = NULL;
		plain_member(cx, store, got);
		if (i == 1) assert_str_equal(got, "John-Smith-2");
	}
	assert_true(got.n <= HANDLE_MAX_BYTES);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM member"), 20);
}
TEST(member_handles_get_a_number_when_taken) { on_stores(taken_handles); }

static void passwords(Ctx *cx, Store *store)
{
	Id id = 0;
	Actor actor = {0};
	bool ok = false;
	assert_ok(cx, sign_up(cx, store, S("Keeper"), S("keeper@example.org"), S("correct horse"), &id));
	plain_member(cx, store, S("nopassword"));
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, store, &db));
	assert_ok(cx, members_check_password(cx, db, S("keeper"), S("correct horse"), &actor, &ok));
	assert_true(ok);
	assert_int_equal(actor.id, id);
	assert_true(actor.rights & RIGHT_WRITE);
	assert_ok(cx, members_check_password(cx, db, S("KEEPER@example.org"), S("correct horse"), &actor, &ok));
	assert_true(ok);
	assert_ok(cx, members_check_password(cx, db, S("keeper"), S("wrong horse"), &actor, &ok));
	assert_false(ok);
	assert_ok(cx, members_check_password(cx, db, S("nobody"), S("correct horse"), &actor, &ok));
	assert_false(ok);
	assert_ok(cx, members_check_password(cx, db, S("nopassword"), S(""), &actor, &ok));
	assert_false(ok);
	assert_ok(cx, members_check_password(cx, db, S(""), S("x"), &actor, &ok));
	assert_false(ok);
}
TEST(member_passwords_are_checked) { on_stores(passwords); }

static int64_t check_cost_ns(Ctx *cx, Db *db, Str handle)
{
	Actor actor;
	bool ok = true;
	int64_t from = time_thread_cpu_ns();
	assert_ok(cx, members_check_password(cx, db, handle, S("wrong horse"), &actor, &ok));
	assert_false(ok);
	return time_thread_cpu_ns() - from;
}

static void same_cost(Ctx *cx, Store *store)
{
	Id id = 0;
	assert_ok(cx, sign_up(cx, store, S("Keeper"), str_none(), S("correct horse"), &id));
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, store, &db));
	int64_t known = check_cost_ns(cx, db, S("keeper")), unknown = check_cost_ns(cx, db, S("stranger"));
	assert_true(unknown * 2 > known && unknown < known * 2);
}
TEST(member_unknown_names_cost_as_much_as_known_ones) { on_stores(same_cost); }

static void sessions(Ctx *cx, Store *store)
{
	Work w = {.id = plain_member(cx, store, S("visitor"))};
	Actor actor = {0};
	bool found = false;
	assert_ok(cx, store_write(cx, store, session_open, &w));
	assert_int_equal(w.token.n, TOKEN_TEXT_BYTES);
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, store, &db));
	assert_ok(cx, members_session_find(cx, db, w.token, &actor, &found));
	assert_true(found);
	assert_int_equal(actor.id, w.id);
	assert_ok(cx, members_token_find(cx, db, w.token, &actor, &found));
	assert_false(found);
	assert_ok(cx, members_session_find(cx, db, S("nonsense"), &actor, &found));
	assert_false(found);
	test_clock_set(TEST_TIME + 30 * TIME_DAY_MS);
	assert_ok(cx, members_session_find(cx, db, w.token, &actor, &found));
	assert_false(found);
	test_clock_set(TEST_TIME);
	db_end(db);
	db = NULL;
	assert_ok(cx, store_write(cx, store, session_close, &w));
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM session"), 0);
}
TEST(member_sessions_end) { on_stores(sessions); }

static void tokens(Ctx *cx, Store *store)
{
	Work w = {.id = plain_member(cx, store, S("robot")), .label = S("  build  ")};
	Actor actor = {0};
	bool found = false;
	assert_ok(cx, store_write(cx, store, token_create, &w));
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, store, &db));
	assert_ok(cx, members_token_find(cx, db, w.token, &actor, &found));
	assert_true(found && actor.by_token && actor.id == w.id);
	assert_ok(cx, members_session_find(cx, db, w.token, &actor, &found));
	assert_false(found);
	assert_int_equal(
		test_number(cx, store, "SELECT count(*) FROM api_token WHERE label = 'build' AND length(token_hash) = 32"), 1);
}
TEST(member_tokens_are_stored_hashed) { on_stores(tokens); }

// Every member once, in order, whatever the size of a page and however many have the same figure.
static void board_walk(Ctx *cx, Store *store, int64_t limit, size_t want)
{
	AUTO(Db) db = NULL;
	int64_t key = INT64_MAX, n = 0;
	Id id = INT64_MAX;
	assert_ok(cx, db_begin(cx, store, &db));
	for (;;) {
		MemberListBoardRows rows;
		assert_ok(cx, members_by_reputation(cx, db, key, id, limit, &rows));
		assert_true((int64_t)rows.n <= limit);
		for (size_t i = 0; i < rows.n; i++) {
			const MemberListBoardRow *r = &rows.v[i];
			assert_true(r->reputation < key || (r->reputation == key && r->id < id));
			key = r->reputation;
			id = r->id;
		}
		n += (int64_t)rows.n;
		if (!rows.n) break;
	}
	assert_int_equal(n, want);
	MemberListBoardRows solvers;
	assert_ok(cx, members_by_solutions(cx, db, INT64_MAX, INT64_MAX, 3, &solvers));
	assert_int_equal(solvers.n, 3);
	Id third = solvers.v[2].id;
	assert_ok(cx, members_by_solutions(cx, db, 0, third, 100, &solvers));
	assert_int_equal(solvers.n, want - 3); // all have solved nothing
	assert_true(solvers.v[0].id < third);
}

static void places_walk(Ctx *cx, Store *store, int64_t limit, size_t want)
{
	AUTO(Db) db = NULL;
	int64_t place = 0, reputation = 0, n = 0;
	Id id = 0;
	assert_ok(cx, db_begin(cx, store, &db));
	for (;;) {
		MemberListPlacesRows rows;
		assert_ok(cx, members_by_place(cx, db, place, id, limit, &rows));
		assert_true((int64_t)rows.n <= limit);
		for (size_t i = 0; i < rows.n; i++) {
			const MemberListPlacesRow *r = &rows.v[i];
			bool tie = r->place == place; // then the published figure, then who came first
			assert_true(r->place > place || (tie && r->reputation < reputation) ||
						(tie && r->reputation == reputation && r->id > id));
			place = r->place;
			reputation = r->reputation;
			id = r->id;
		}
		n += (int64_t)rows.n;
		if (!rows.n) break;
	}
	assert_int_equal(n, want);
}

static Status put_place(Ctx *cx, Tx *tx, void *arg) { return members_put_standing(cx, tx, arg); }

static void board(Ctx *cx, Store *store)
{
	static const int64_t REPUTATIONS[] = {0, 5, 0, 7, 5, 5, -1, 0, 0, 5, 9000, 0, 0};
	static const int64_t PLACES[COUNTOF(REPUTATIONS)] = {4, 2, 4, 1, 2, 4, 4, 0, 4, 4, 4, 4, 0}; // 0: not on the board
	for (size_t i = 0; i < COUNTOF(REPUTATIONS); i++) {
		Work w = {.member = {.handle = str_format(cx->arena, "someone%zu", i), .reputation = REPUTATIONS[i]}};
		assert_ok(cx, members_prepare(cx, &w.member));
		assert_ok(cx, store_write(cx, store, create, &w));
		MemberStanding standing = {.id = w.id, .place = PLACES[i], .place_to = PLACES[i]};
		assert_ok(cx, store_write(cx, store, put_place, &standing));
	}
	for (int64_t limit = 1; limit < 16; limit++) {
		board_walk(cx, store, limit, COUNTOF(REPUTATIONS));
		places_walk(cx, store, limit, COUNTOF(REPUTATIONS) - 2);
	}
}
TEST(board_pages_show_each_member_once) { on_stores(board); }

TEST(what_a_member_has_to_show_where_a_topic_belongs)
{
	Str areas = S("s:routers 9 8\nradar 6 5\nmesh 3 3\ntried 0 0");
	MemberArea area = {0};
	assert_true(
		members_area_in(areas, S("lamp mesh radar"), S("routers"), &area)); // the tag with most, whatever its order
	assert_str_equal(area.key, "radar");
	assert_int_equal(area.solved, 6);
	assert_int_equal(area.kept, 5);
	assert_true(members_area_in(areas, S("lamp tried"), S("routers"), &area));
	assert_str_equal(area.key, "s:routers");
	assert_str_equal(area.name, "routers");
	assert_true(area.is_space);
	area.key = S("untouched");
	assert_false(members_area_in(areas, S("lamp tried rad"), S("robots"), &area));
	assert_false(members_area_in(areas, S("routers"), str_none(), &area)); // a tag is no space
	assert_false(members_area_in(str_none(), S("radar"), S("routers"), &area));
	assert_str_equal(area.key, "untouched");
}
