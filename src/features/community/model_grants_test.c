// SPDX-License-Identifier: AGPL-3.0-or-later
// What a member's rank gives, everywhere or in their areas.
#include "community/model_testkit.h"
#include "test.h"

// Ada, an expert in kettles: five solutions kept there, four in toasters.
static Actor expert(Town *t, unsigned rights, unsigned in_areas)
{
	Actor ada = town_join(t, S("ada"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	actor_grant(&ada, &(Grants){.rights = rights, .in_areas = in_areas, .areas = S("kettle 6 5\ntoaster 4 4")});
	return ada;
}

static void solutions(Town *t)
{
	Actor ada = expert(t, 0, RIGHT_MARK);
	TownThread kettle = town_thread(t, &t->asking, &t->strange, S("kettle lamp")),
			   toaster = town_thread(t, &t->asking, &t->strange, S("toaster"));
	t->cx->actor = &t->strange;
	assert_int_equal(town_accept(t, kettle.answer, true), ST_FORBIDDEN);
	t->cx->actor = &ada;
	assert_ok(t->cx, town_accept(t, kettle.answer, true));
	assert_int_equal(town_accept(t, toaster.answer, true), ST_FORBIDDEN); // four are not enough
	assert_int_equal(town_delete(t, kettle.answer, true), ST_FORBIDDEN);  // another right
	Actor bea = town_join(t, S("bea"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	actor_grant(&bea, &(Grants){.rights = RIGHT_MARK});
	t->cx->actor = &bea;
	assert_ok(t->cx, town_accept(t, toaster.answer, true));                // everywhere
	assert_int_equal(town_accept(t, toaster.answer, false), ST_FORBIDDEN); // what is marked stays
	TownThread own = town_thread(t, &t->asking, &bea, S("kettle"));
	t->cx->actor = &bea;
	assert_int_equal(town_accept(t, own.answer, true), ST_FORBIDDEN); // not for oneself
	t->cx->actor = &ada;
	assert_ok(t->cx, town_accept(t, own.answer, true));
}
TEST(a_rank_may_mark_solutions_in_its_areas) { test_towns(solutions); }

static void stewards(Town *t)
{
	Actor ada = expert(t, 0, RIGHT_STEWARD);
	Actor company = town_join(t, S("company"), ROLE_MEMBER, AFFILIATION_EMPLOYEE);
	Id comment = 0, id;
	TownThread kettle = town_thread(t, &t->asking, &t->strange, S("kettle")),
			   toaster = town_thread(t, &t->asking, &t->strange, S("toaster")),
			   said = town_thread(t, &t->asking, &t->strange, S("kettle"));
	PostNew official = {.topic_id = said.topic,
						.author_id = company.id,
						.affiliation = AFFILIATION_EMPLOYEE,
						.text.source = S("We are looking into it.")};
	t->cx->actor = &company;
	assert_ok(t->cx, town_post(t, &official, &said.answer));
	t->cx->actor = &t->strange;
	assert_ok(t->cx, town_comment(t, kettle.opening, S("Buy cheap kettles"), &comment));
	t->cx->actor = &ada;
	assert_ok(t->cx, town_delete(t, kettle.answer, true));
	assert_ok(t->cx, town_delete(t, kettle.answer, false));
	assert_int_equal(town_delete(t, toaster.answer, true), ST_FORBIDDEN);
	assert_int_equal(town_delete(t, said.answer, true), ST_FORBIDDEN); // what the company says stays
	assert_int_equal(town_close(t, toaster.topic, true), ST_FORBIDDEN);
	assert_ok(t->cx, town_close(t, kettle.topic, true));
	assert_ok(t->cx, town_close(t, kettle.topic, false));
	assert_int_equal(town_number(t, "SELECT count(*) FROM audit WHERE actor_id IS NOT NULL"), 4);
	t->cx->actor = &t->strange;
	assert_ok(t->cx, town_answer(t, kettle.topic, S("Once more."), &id));
	town_check_counts(t);
}
TEST(a_rank_may_moderate_in_its_areas) { test_towns(stewards); }

static void tags(Town *t)
{
	Actor ada = expert(t, 0, RIGHT_RETAG);
	TownThread kettle = town_thread(t, &t->asking, &t->strange, S("kettle lamp")),
			   toaster = town_thread(t, &t->asking, &t->strange, S("toaster"));
	t->cx->actor = &ada;
	assert_ok(t->cx, town_edit(t, &(PostEdit){.post_id = kettle.opening,
											  .title = S("Another title for it?"),
											  .tags = S("kettle scale"),
											  .text.source = S("Another text.")}));
	assert_int_equal(
		town_number(t, "SELECT count(*) FROM topic WHERE tags = 'kettle scale' AND title = 'Why does it do that?'"), 1);
	assert_int_equal(town_number(t, "SELECT count(*) FROM post WHERE body_html LIKE '%whistles%' AND number = 0"), 2);
	assert_int_equal(town_number(t, "SELECT count(*) FROM post WHERE body_html LIKE '%Another text%'"), 0);
	assert_int_equal(town_edit(t, &(PostEdit){.post_id = kettle.answer, .text.source = S("Mine now.")}), ST_FORBIDDEN);
	assert_int_equal(town_edit(t, &(PostEdit){.post_id = toaster.opening, .tags = S("kettle"), .text.source = S("x")}),
					 ST_FORBIDDEN);
	town_check_counts(t);
}
TEST(a_rank_may_change_tags_and_nothing_else) { test_towns(tags); }

static void votes(Town *t)
{
	Actor ada = town_join(t, S("ada"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	TownThread s[3];
	actor_grant(&ada, &(Grants){.votes_a_day = 2});
	for (size_t i = 0; i < COUNTOF(s); i++) s[i] = town_thread(t, &t->asking, &t->strange, S("kettle"));
	t->cx->actor = &ada;
	assert_ok(t->cx, town_vote(t, s[0].answer, 1));
	assert_ok(t->cx, town_vote(t, s[1].answer, -1));
	assert_int_equal(town_vote(t, s[2].answer, 1), ST_LIMITED);
	assert_ok(t->cx, town_vote(t, s[1].answer, 0)); // taking back is always allowed, and gives none back
	assert_int_equal(town_vote(t, s[2].answer, 1), ST_LIMITED);
	t->cx->now_ms += TIME_DAY_MS;
	assert_ok(t->cx, town_vote(t, s[2].answer, 1));
	Actor staff = town_join(t, S("moe"), ROLE_MODERATOR, AFFILIATION_EMPLOYEE);
	actor_grant(&staff, &(Grants){.votes_a_day = 1});
	t->cx->actor = &staff;
	assert_ok(t->cx, town_vote(t, s[0].answer, 1));
	assert_ok(t->cx, town_vote(t, s[1].answer, 1)); // the staff is in no rank's limits
}
TEST(a_rank_says_how_many_votes_a_day) { test_towns(votes); }
