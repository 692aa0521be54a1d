// SPDX-License-Identifier: AGPL-3.0-or-later
// A superuser's career, step by step; the private space shows itself to nobody else, wherever they look.
#include "community/model_testkit.h"
#include "programme/programme_testkit.h"
#include "reputation/reputation.h"
#include "standing/standing.h"

#include "test.h"

static int64_t stand(Town *t, const char *column, Id member)
{
	Str sql = str_format(test_arena(), "SELECT %s AS n FROM programme_member WHERE member_id = %lld", column,
						 (long long)member);
	return town_number(t, str_z(test_arena(), sql));
}

static int64_t circle(Town *t, Id member)
{
	return town_number(t, str_z(test_arena(), str_format(test_arena(), "SELECT circle AS n FROM member WHERE id = %lld",
														 (long long)member)));
}

static int64_t facts(Town *t, FactKind kind)
{
	return town_number(
		t, str_z(test_arena(), str_format(test_arena(), "SELECT count(*) AS n FROM fact WHERE kind = %d", (int)kind)));
}

#define MANAGER(t) ((t)->cx->actor = &(t)->moderating)
#define MEMBER(t) ((t)->cx->actor = &(t)->strange)

static void career(Town *t)
{
	Id who = t->stranger;
	MANAGER(t);
	assert_int_equal(STEP(t, .deed = PROPOSE, .member = who, .text = S("kind and right")), ST_OK);
	assert_int_equal(STEP(t, .deed = PROPOSE, .member = who), ST_CONFLICT); // once
	assert_int_equal(STEP(t, .deed = INVITE, .member = who), ST_CONFLICT);  // to what?
	assert_int_equal(STEP(t, .deed = TERMS, .n = 365, .text = S("Be kind, and *answer* when you can.")), ST_OK);
	assert_int_equal(STEP(t, .deed = THANK, .member = who, .text = S("a mug")), ST_CONFLICT); // not in yet
	assert_int_equal(STEP(t, .deed = INVITE, .member = who, .text = S("Would you?")), ST_OK);
	assert_int_equal(circle(t, who), CIRCLE_INVITED);
	assert_int_equal(STEP(t, .deed = TERMS, .n = 100, .text = S("Be kind, and answer when you like.")), ST_OK);
	MEMBER(t);
	assert_int_equal(STEP(t, .deed = ACCEPT, .member = who, .n = 1), ST_CONFLICT); // these are not the terms any more
	assert_int_equal(STEP(t, .deed = ACCEPT, .member = who, .n = 2), ST_OK);
	assert_int_equal(STEP(t, .deed = ACCEPT, .member = who, .n = 2), ST_CONFLICT);
	assert_int_equal(circle(t, who), CIRCLE_IN);
	Time begun = t->cx->now_ms, until = begun + 100 * TIME_DAY_MS;
	assert_int_equal(stand(t, "until", who), until);
	MANAGER(t);
	assert_int_equal(STEP(t, .deed = THANK, .member = who, .text = S("a mug with our thanks")), ST_OK);
	t->cx->now_ms += 10 * TIME_DAY_MS;
	MEMBER(t);
	assert_int_equal(STEP(t, .deed = REST, .member = who, .n = 30), ST_OK);
	assert_int_equal(circle(t, who), CIRCLE_RESTING);
	t->cx->now_ms += 20 * TIME_DAY_MS;
	t->cx->actor = NULL;
	assert_ok(t->cx, programme_dates(t->cx, t->store)); // not yet
	assert_int_equal(circle(t, who), CIRCLE_RESTING);
	t->cx->now_ms += 10 * TIME_DAY_MS;
	assert_ok(t->cx, programme_dates(t->cx, t->store));
	assert_int_equal(circle(t, who), CIRCLE_IN);
	assert_int_equal(stand(t, "until", who), until + 30 * TIME_DAY_MS); // the term waited
	MANAGER(t);
	assert_int_equal(STEP(t, .deed = RENEW, .member = who), ST_OK);
	assert_int_equal(stand(t, "until", who), until + 130 * TIME_DAY_MS);
	t->cx->now_ms = until + 130 * TIME_DAY_MS;
	t->cx->actor = NULL;
	assert_ok(t->cx, programme_dates(t->cx, t->store));
	assert_int_equal(stand(t, "state", who), PROGRAMME_ENDED);
	assert_int_equal(circle(t, who), CIRCLE_NONE);
	assert_int_equal(facts(t, FACT_PROGRAMME_ENDED), 1);
	MANAGER(t);
	assert_int_equal(STEP(t, .deed = INVITE, .member = who), ST_OK); // and again
	MEMBER(t);
	assert_int_equal(STEP(t, .deed = DECLINE, .member = who), ST_OK);
	static const FactKind KINDS[] = {FACT_PROGRAMME_PROPOSED, FACT_PROGRAMME_ACCEPTED, FACT_PROGRAMME_DECLINED,
									 FACT_PROGRAMME_RENEWED,  FACT_PROGRAMME_THANKED,  FACT_PROGRAMME_RESTED,
									 FACT_PROGRAMME_RETURNED, FACT_PROGRAMME_ENDED};
	for (size_t i = 0; i < COUNTOF(KINDS); i++) assert_int_equal(facts(t, KINDS[i]), 1);
	assert_int_equal(facts(t, FACT_PROGRAMME_INVITED), 2);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM programme_step"), 10);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM audit WHERE action = 'programme.invited'"), 2);
}
static const MigrationSet MORE[] = {{reputation_migrations, 8}, {programme_migrations, 1}};
TEST(a_superusers_career_step_by_step) { test_towns_with(MORE, COUNTOF(MORE), career); }

// --- proposals by rule ------------------------------------------------------------------------------------------------------

// Five questions of five people, all solved by one: a superuser by the list. Staff is never proposed.
static void proposed(Town *t)
{
	Actor staff = town_join(t, S("staff"), ROLE_MODERATOR, AFFILIATION_EMPLOYEE);
	for (int i = 0; i < 5; i++) {
		Actor asker = town_join(t, str_format(test_arena(), "asker%d", i), ROLE_MEMBER, AFFILIATION_CUSTOMER);
		for (int k = 0; k < 2; k++) {
			Id post = town_thread(t, &asker, k ? &staff : &t->strange, S("kettle")).answer;
			t->cx->actor = &asker;
			assert_ok(t->cx, town_accept(t, post, true));
		}
	}
	if (store_engine(t->store) == DB_POSTGRES) t->cx->now_ms += 2 * FACT_SETTLE_MS;
	t->cx->actor = NULL;
	assert_ok(t->cx, standing_pass(t->cx, t->store));
	assert_ok(t->cx, programme_look_around(t->cx, t->store));
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM programme_member"), 1);
	assert_int_equal(stand(t, "state", t->stranger), PROGRAMME_PROPOSED);
	assert_ok(t->cx, programme_look_around(t->cx, t->store)); // once
	assert_int_equal(facts(t, FACT_PROGRAMME_PROPOSED), 1);
	MANAGER(t);
	assert_int_equal(STEP(t, .deed = END, .member = t->stranger), ST_OK); // no, says the manager
	assert_int_equal(circle(t, t->stranger), CIRCLE_NONE);
	t->cx->actor = NULL;
	t->cx->now_ms += 30 * TIME_DAY_MS;
	assert_ok(t->cx, programme_look_around(t->cx, t->store));
	assert_int_equal(stand(t, "state", t->stranger), PROGRAMME_ENDED); // not before half a year
	t->cx->now_ms += PROGRAMME_AGAIN_MS;
	assert_ok(t->cx, programme_look_around(t->cx, t->store));
	assert_int_equal(stand(t, "state", t->stranger), PROGRAMME_PROPOSED);
}
TEST(rules_propose_those_who_carry_the_place) { test_towns_with(MORE, COUNTOF(MORE), proposed); }

// Rank is kept through a rest, however long, and lost after it like anybody's.
static void rests(Town *t)
{
	MANAGER(t);
	assert_int_equal(STEP(t, .deed = TERMS, .n = 1000, .text = S("Be kind, and *answer* when you can.")), ST_OK);
	t->cx->actor = NULL;
	for (int i = 0; i < 8; i++) {
		Actor asker = town_join(t, str_format(test_arena(), "asker%d", i), ROLE_MEMBER, AFFILIATION_CUSTOMER);
		Id post = town_thread(t, &asker, &t->strange, S("kettle")).answer;
		t->cx->actor = &asker;
		assert_ok(t->cx, town_accept(t, post, true));
		assert_ok(t->cx, town_vote(t, post, 1));
	}
	if (store_engine(t->store) == DB_POSTGRES) t->cx->now_ms += 2 * FACT_SETTLE_MS;
	t->cx->actor = NULL;
	assert_ok(t->cx, standing_pass(t->cx, t->store));
	const char *rank = "SELECT max(rank) AS n FROM standing";
	int64_t helper = town_number(t, rank);
	assert_true(helper > 3); // a rank that fades: it asks for credibility
	MANAGER(t);
	assert_int_equal(STEP(t, .deed = INVITE, .member = t->stranger), ST_OK);
	MEMBER(t);
	assert_int_equal(STEP(t, .deed = ACCEPT, .member = t->stranger, .n = 1), ST_OK);
	assert_int_equal(STEP(t, .deed = REST, .member = t->stranger, .n = 365), ST_OK);
	t->cx->actor = NULL;
	for (int i = 0; i < 5; i++) {
		t->cx->now_ms += 60 * TIME_DAY_MS;
		assert_ok(t->cx, standing_pass(t->cx, t->store));
	}
	assert_int_equal(town_number(t, rank), helper);
	MEMBER(t);
	assert_int_equal(STEP(t, .deed = RETURN, .member = t->stranger), ST_OK);
	t->cx->actor = NULL;
	for (int i = 0; i < 2; i++) {
		assert_ok(t->cx, standing_pass(t->cx, t->store));
		t->cx->now_ms += 60 * TIME_DAY_MS;
	}
	assert_ok(t->cx, standing_pass(t->cx, t->store));
	assert_true(town_number(t, rank) < helper);
}
TEST(who_rests_keeps_their_rank) { test_towns_with(MORE, COUNTOF(MORE), rests); }
