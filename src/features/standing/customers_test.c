// SPDX-License-Identifier: AGPL-3.0-or-later
// Whom the staff calls customers: who asks is proven then, and accounts that only feed one another are worth less.
#include "community/model_testkit.h"
#include "standing/standing_testkit.h"

#include "test.h"

#define STAFF 5 // so many named seeds that none are found
#define PUPPETS 4
#define ROUNDS 6
#define CUSTOMERS 3

typedef struct Cast {
	Town *t;
	Actor staff[STAFF], puppet[PUPPETS], customer[CUSTOMERS], star;
} Cast;

static Actor joins(Town *t, const char *name, size_t i, Role role, Affiliation side)
{
	return town_join(t, str_format(test_arena(), "%s%zu", name, i), role, side);
}

static void accepted(Town *t, Actor *asking, Actor *answering)
{
	Id answer = town_thread(t, asking, answering, S("kettle")).answer;
	t->cx->actor = asking;
	assert_ok(t->cx, town_accept(t, answer, true));
	t->cx->actor = NULL;
}

// Each puppet asks something that staff takes seriously, and then accepts whatever the star says.
static void attack(Cast *c)
{
	for (size_t i = 0; i < STAFF; i++) town_thread(c->t, &c->puppet[i % PUPPETS], &c->staff[i], S("kettle"));
	for (size_t i = 0; i < PUPPETS * ROUNDS; i++) accepted(c->t, &c->puppet[i % PUPPETS], &c->star);
	for (size_t i = 0; i < CUSTOMERS; i++) town_thread(c->t, &c->customer[i], &c->staff[i], S("kettle"));
}

static int64_t of_star(const Cast *c, const char *column)
{
	Str sql = str_format(test_arena(), "SELECT %s AS n FROM standing WHERE member_id = %lld", column,
						 (long long)c->star.id);
	return town_number(c->t, str_z(test_arena(), sql));
}

static Status say(Ctx *cx, Tx *tx, void *actor)
{
	const Actor *a = actor;
	return members_set_affiliation(cx, tx, a->id, a->affiliation);
}

static void said(Cast *c, Actor *who, Affiliation side)
{
	who->affiliation = side;
	assert_ok(c->t->cx, store_write(c->t->cx, c->t->store, say, who));
}

static void assert_profile(const Cast *c, GuardProfile profile)
{
	assert_int_equal(town_number(c->t, "SELECT profile AS n FROM reputation_pass"), profile);
	town_check_replayed(c->t);
}

static Status publish(Ctx *cx, Tx *tx, void *rules) { return standing_publish(cx, tx, rules, S("customers alone")); }

// A rule may ask whether who asked is verified, and the slice of who answered knows.
static void paid_by_customers(Cast *c)
{
	Ruleset *rules;
	Town *t = c->t;
	assert_ok(
		t->cx,
		rules_parse(
			t->cx,
			S("[ruleset]\nname = \"mine\"\nversion = 1\nboard = \"contribution\"\n[[rule]]\nid = \"solution\"\non = "
			  "\"accepted\"\nscore = \"contribution\"\nwhen = 'thread.owner.verified'\npoints = 10\n[[rule]]\nid = "
			  "\"asked\"\non = \"topic_posted\"\nscore = \"engagement\"\npoints = 1\n"),
			S("mine.toml"), &rules));
	assert_ok(t->cx, store_write(t->cx, t->store, publish, rules));
	town_settle(t);
	assert_int_equal(of_star(c, "contribution"), 10 * RULE_UNIT);
	int64_t pass_at = town_number(t, "SELECT at_ms AS n FROM reputation_pass");
	accepted(t, &c->customer[1], &c->star);
	accepted(t, &c->customer[2], &c->star); // who is none
	town_settle(t);
	assert_int_equal(of_star(c, "contribution"), 20 * RULE_UNIT);
	assert_int_equal(town_number(t, "SELECT at_ms AS n FROM reputation_pass"), pass_at); // without a pass
	town_check_replayed(t);
}

static void customers(Town *t)
{
	Cast c = {.t = t, .star = joins(t, "star", 0, ROLE_MEMBER, AFFILIATION_CUSTOMER)};
	for (size_t i = 0; i < STAFF; i++) c.staff[i] = joins(t, "staff", i, ROLE_MODERATOR, AFFILIATION_EMPLOYEE);
	for (size_t i = 0; i < PUPPETS; i++) c.puppet[i] = joins(t, "puppet", i, ROLE_MEMBER, AFFILIATION_CUSTOMER);
	for (size_t i = 0; i < CUSTOMERS; i++) c.customer[i] = joins(t, "customer", i, ROLE_MEMBER, AFFILIATION_CUSTOMER);
	attack(&c);
	town_settle(t);
	assert_ok(t->cx, standing_pass(t->cx, t->store));
	assert_profile(&c, GUARD_OPEN); // all of them said that they are customers, as they signed up
	int64_t before = of_star(&c, "credibility");
	assert_int_equal(of_star(&c, "trusted"), 75 * RULE_UNIT); // what a day may bring at once
	said(&c, &c.customer[0], AFFILIATION_CUSTOMER);
	said(&c, &c.customer[1], AFFILIATION_CUSTOMER);
	town_settle(t); // two of seven who ask are proven
	assert_profile(&c, GUARD_VERIFIED);
	assert_int_equal(of_star(&c, "trusted"), 0);
	assert_true(of_star(&c, "credibility") < before / 2);
	t->cx->now_ms += TIME_DAY_MS; // today no more solutions count
	accepted(t, &c.customer[0], &c.star);
	town_settle(t);
	assert_int_equal(of_star(&c, "trusted"), 15 * RULE_UNIT); // theirs counts
	assert_profile(&c, GUARD_VERIFIED);
	said(&c, &c.customer[1], AFFILIATION_PARTNER);
	town_settle(t);
	assert_profile(&c, GUARD_OPEN); // one of seven
	said(&c, &c.customer[1], AFFILIATION_CUSTOMER);
	town_settle(t);
	assert_profile(&c, GUARD_VERIFIED);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM fact WHERE kind = 56"), 4);
	paid_by_customers(&c);
}

TEST(whom_staff_calls_customers_hold_attacks_down) { test_standings(customers); }
