// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/observe.h"
#include "core/store_testkit.h"
#include "core_sql.h"
#include "test.h"

static void made(Ctx *cx, Store *store)
{
	Site site = {.name = S("untouched")};
	assert_int_equal(site_load(cx, store, &site), ST_NOT_FOUND);
	assert_str_equal(site.name, "untouched");
	assert_ok(cx, site_init(cx, store, S("Caf\xc3\xa9 <b>"), false));
	assert_ok(cx, site_load(cx, store, &site));
	assert_str_equal(site.name, "Caf\xc3\xa9 <b>");
	assert_true(site.store == store && !site.demo && site.url.n == 0 && !site.observer);
	unsigned char none[32] = {0};
	assert_memory_not_equal(site.secret, none, sizeof none);
	assert_int_equal(site_init(cx, store, S("Again"), true), ST_CONFLICT);
	Site again;
	assert_ok(cx, site_load(cx, store, &again));
	assert_memory_equal(site.secret, again.secret, sizeof none);
	assert_str_equal(again.name, "Caf\xc3\xa9 <b>");
}
TEST(site_is_made_once) { test_stores(NULL, 0, made); }

static Status put(Ctx *cx, Tx *tx, void *arg) { return setting_put(cx, tx, arg); }

static void demo(Ctx *cx, Store *store)
{
	Site site;
	assert_ok(cx, site_init(cx, store, S("Town"), true));
	assert_ok(
		cx, store_write(cx, store, put, &(SettingPutArgs){.name = S("site.url"), .value = S("https://town.example")}));
	assert_ok(cx, site_load(cx, store, &site));
	assert_true(site.demo);
	assert_str_equal(site.url, "https://town.example");
	assert_ok(cx, store_write(cx, store, put, &(SettingPutArgs){.name = S("site.secret"), .value = S("not hex")}));
	assert_int_equal(site_load(cx, store, &site), ST_NOT_FOUND);
}
TEST(site_settings_are_read) { test_stores(NULL, 0, demo); }

TEST(site_has_the_host_of_its_url_and_its_hosts)
{
	Site site = {.url = S("https://Town.example:8443/c"), .hosts = S("forum.example [2001:db8::1]")};
	assert_true(site_has_host(&site, S("town.example")));
	assert_true(site_has_host(&site, S("TOWN.example:80")));
	assert_true(site_has_host(&site, S("forum.example")));
	assert_true(site_has_host(&site, S("[2001:db8::1]:8080")));
	assert_false(site_has_host(&site, S("other.example")));
	assert_false(site_has_host(&site, S("town.example.evil")));
	assert_false(site_has_host(&site, S("own.example")));
	assert_false(site_has_host(&site, S("forum.example [2001:db8::1]")));
	assert_false(site_has_host(&site, S("")));
	assert_false(site_has_host(&site, S(":80")));
	Site none = {.name = S("x")};
	assert_false(site_has_host(&none, S("town.example")));
	Str host;
	assert_false(site_shares_host(&site, &none, &host));
	Site other = {.hosts = S("a.example FORUM.example")};
	assert_true(site_shares_host(&site, &other, &host));
	assert_str_equal(host, "forum.example");
	assert_true(site_shares_host(&other, &site, &host));
}

// A secret cut short would key every token with zeros.
static void short_secret(Ctx *cx, Store *store)
{
	Site site;
	assert_ok(cx, site_init(cx, store, S("Town"), false));
	assert_ok(cx, store_write(cx, store, put, &(SettingPutArgs){.name = S("site.secret"), .value = S("ab12")}));
	assert_true(site_load(cx, store, &site) != ST_OK);
}
TEST(site_refuses_a_short_secret) { test_stores(NULL, 0, short_secret); }

TEST(rights_grow_with_the_role)
{
	enum {
		MEMBER = RIGHT_READ | RIGHT_SIGNED_IN | RIGHT_WRITE,
		HELPER = RIGHT_CURATE | RIGHT_MARK | RIGHT_RETAG,
		MODERATOR = RIGHT_MODERATE | RIGHT_STEWARD,
	};
	static const unsigned rights[] = {
		MEMBER,
		MEMBER | HELPER,
		MEMBER | HELPER | MODERATOR,
		MEMBER | HELPER | MODERATOR | RIGHT_MANAGE,
		MEMBER | HELPER | MODERATOR | RIGHT_MANAGE | RIGHT_ADMIN,
	};
	for (Role r = ROLE_MEMBER; r <= ROLE_ADMIN; r++) {
		Role back;
		assert_int_equal(role_rights(r), rights[r]);
		assert_true(role_parse(str_from(role_name(r)), &back) && back == r);
	}
	assert_int_equal(actor_guest().rights, RIGHT_READ);
	assert_int_equal(actor_guest().id, 0);
	Role role = ROLE_ADMIN;
	assert_false(role_parse(S("Admin"), &role) || role_parse(S(""), &role) || role_parse(S("root"), &role));
	assert_int_equal(role, ROLE_ADMIN);
	for (Affiliation a = AFFILIATION_UNKNOWN; a <= AFFILIATION_SUPPLIER; a++) {
		Affiliation back;
		assert_true(affiliation_parse(str_from(affiliation_name(a)), &back) && back == a);
	}
}

static Visibility seen_by(Ctx *cx, Actor actor)
{
	cx->actor = &actor;
	Visibility v = actor_clearance(cx);
	cx->actor = NULL;
	return v;
}

TEST(rights_of_sight)
{
	Ctx *cx = test_ctx();
	assert_false(actor_can(cx, RIGHT_READ)); // nobody at all
	assert_int_equal(actor_clearance(cx), VISIBLE_PUBLIC);
	assert_int_equal(seen_by(cx, actor_guest()), VISIBLE_PUBLIC);
	for (Affiliation a = AFFILIATION_UNKNOWN; a <= AFFILIATION_SUPPLIER; a++)
		for (Role r = ROLE_MEMBER; r <= ROLE_ADMIN; r++) {
			bool staff = r >= ROLE_MODERATOR || a == AFFILIATION_EMPLOYEE;
			assert_int_equal(seen_by(cx, actor_member(5, S("x"), r, a)), staff ? VISIBLE_STAFF : VISIBLE_MEMBERS);
		}
	for (int circle = CIRCLE_NONE; circle <= CIRCLE_INVITED; circle++) {
		bool inside = circle == CIRCLE_IN || circle == CIRCLE_RESTING;
		Actor member = actor_member(5, S("x"), ROLE_HELPER, AFFILIATION_CUSTOMER), staff = member;
		staff.role = ROLE_MODERATOR;
		member.circle = staff.circle = (Circle)circle;
		assert_int_equal(seen_by(cx, member), inside ? VISIBLE_CIRCLE : VISIBLE_MEMBERS);
		assert_int_equal(seen_by(cx, staff), VISIBLE_STAFF);
	}
	Actor guest = actor_guest();
	cx->actor = &guest;
	assert_true(actor_can(cx, RIGHT_READ) && !actor_can(cx, RIGHT_WRITE) && !actor_can(cx, RIGHT_SIGNED_IN));
}

TEST(observer_keeps_order_and_drops_when_full)
{
	Observer *o = observer_new(test_arena());
	Observation *got = ARENA_NEW(test_arena(), Observation, OBSERVE_RING + 1);
	observe(NULL, &(Observation){.value = 1}); // nowhere to go
	assert_int_equal(observer_take(o, got, 10), 0);
	for (int64_t round = 0; round < 3; round++) { // also around the end of the ring
		for (int64_t i = 0; i < OBSERVE_RING + 100; i++)
			observe(o, &(Observation){.kind = OBSERVE_SEARCHED, .value = i});
		assert_int_equal(observer_dropped(o), 100 * (round + 1));
		assert_int_equal(observer_take(o, got, 1000), 1000);
		assert_int_equal(observer_take(o, got + 1000, OBSERVE_RING), OBSERVE_RING - 1000);
		for (int64_t i = 0; i < OBSERVE_RING; i++) assert_int_equal(got[i].value, i);
		observe(o, &(Observation){.value = -1}); // so that the next round begins elsewhere
		assert_int_equal(observer_take(o, got, 5), 1);
	}
	observer_done(o);
}

static Status put_observations(Ctx *cx, Tx *tx, void *arg)
{
	for (int i = 0; i < *(const int *)arg; i++)
		TRY(observation_insert(
			cx, tx, &(ObservationInsertArgs){.id = ctx_id(cx), .at_ms = cx->now_ms, .kind = OBSERVE_SEARCHED}));
	return ST_OK;
}

static Status purge_observations(Ctx *cx, Tx *tx, void *more) { return observations_purge(cx, tx, more); }

static void observations_end(Ctx *cx, Store *store)
{
	bool more;
	int n = OBSERVE_PURGE_MAX + 3;
	assert_ok(cx, store_write(cx, store, put_observations, &n));
	cx->now_ms += TIME_DAY_MS;
	n = 5;
	assert_ok(cx, store_write(cx, store, put_observations, &n));
	cx->now_ms += OBSERVE_LIFE_MS - TIME_DAY_MS;
	assert_ok(cx, store_write(cx, store, purge_observations, &more));
	assert_true(!more); // exactly so old is not too old
	cx->now_ms += TIME_HOUR_MS;
	assert_ok(cx, store_write(cx, store, purge_observations, &more));
	assert_true(more);
	assert_ok(cx, store_write(cx, store, purge_observations, &more));
	assert_true(!more);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM observation"), 5);
}
TEST(observations_are_forgotten_in_their_time) { test_stores(NULL, 0, observations_end); }
