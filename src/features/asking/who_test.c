// SPDX-License-Identifier: AGPL-3.0-or-later
#include "asking/who.h"

#include "community/model_testkit.h"
#include "test.h"

static WhoTopicRow topic_row(Town *t, Id id)
{
	WhoTopicRow row;
	bool found;
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, who_topic(t->cx, db, &(WhoTopicArgs){.id = id}, &row, &found));
	assert_true(found);
	return row;
}

static WhoPeople ask(Town *t, Id topic, bool as_asked)
{
	WhoPeople people;
	WhoTopicRow row = topic_row(t, topic);
	WhoArgs args = {.topic = &row, .as_asked = as_asked, .limit = WHO_SHOWN_MAX};
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, asking_who(t->cx, db, &args, &people));
	return people;
}

static Id asked(Town *t, const char *title, const char *tags, const char *body)
{
	Id topic, opening;
	t->cx->actor = &t->asking;
	t->cx->now_ms += TIME_DAY_MS;
	assert_ok(t->cx, town_ask(t, str_from(title), str_from(tags), str_from(body), &topic, &opening));
	return topic;
}

static Id answered(Town *t, Actor *by, Id topic, const char *body, bool solves)
{
	Id post;
	t->cx->actor = by;
	t->cx->now_ms += TIME_DAY_MS / 4;
	assert_ok(t->cx, town_answer(t, topic, str_from(body), &post));
	t->cx->actor = &t->asking;
	if (solves) assert_ok(t->cx, town_accept(t, post, true));
	return post;
}

// The helper knows kettles, the stranger toasters; then somebody asks about a kettle.
static Id fill(Town *t)
{
	static const struct {
		const char *kettle, *toaster;
	} ASKED[] = {
		{"White flakes float in the kettle", "The toaster smells of burnt plastic"},
		{"The kettle whistles too early", "The lever of the toaster sticks"},
		{"Lime in the spout of my kettle", "Crumbs at the bottom of the toaster"},
		{"Which kettle stands on induction?", "The toaster burns one side of the bread"},
		{"The lid of the kettle is stuck", "Frozen bread in the toaster"},
	};
	for (size_t i = 0; i < COUNTOF(ASKED); i++) {
		Id kettle = asked(t, ASKED[i].kettle, "kettle", "It is the steel one, with lime from hard water.");
		answered(t, &t->helping, kettle, "Boil vinegar with water in the kettle, the lime goes.", i < 3);
		Id toaster = asked(t, ASKED[i].toaster, "toaster", "The bread gets black and the slot is hot.");
		answered(t, &t->strange, toaster, "Turn the toaster around and shake the bread out.", i < 2);
	}
	// Of topics without a tag nothing is said about one.
	answered(t, &t->helping, asked(t, "Where do I park the bicycle?", "", "It is large."), "Behind the house.", true);
	return asked(t, "Hard water leaves lime in the kettle", "kettle", "Vinegar did not help.");
}

static void knows(Town *t)
{
	Id kettle = fill(t);
	WhoPeople p = ask(t, kettle, false);
	assert_int_equal(p.n, 2);
	const WhoPerson *first = &p.v[0], *second = &p.v[1];
	assert_int_equal(first->row.id, t->helper);
	assert_str_equal(first->area, "kettle");
	assert_int_equal(first->area_solved_n, 3);
	assert_int_equal(first->like_n, 5);
	assert_int_equal(first->like_solved_n, 3);
	assert_int_equal(first->helped_n, 6); // all were asked by the same
	assert_int_equal(first->delay_ms, TIME_DAY_MS / 4);
	assert_int_equal(second->row.id, t->stranger);
	assert_int_equal(second->area_solved_n, 0);
	assert_null(second->area.p);
	assert_true(first->score > second->score);
	int64_t sum = 0;
	for (size_t i = 0; i < WHO_PARTS_N; i++) sum += first->part[i];
	assert_int_equal(sum, first->score); // nothing is added that the parts do not say

	Id toaster = asked(t, "The toaster smells and the bread burns", "toaster", "One side of the bread is black.");
	p = ask(t, toaster, false);
	assert_int_equal(p.v[0].row.id, t->stranger);
}

TEST(who_may_know_is_who_answered_the_like) { test_towns(knows); }

static void only_before(Town *t)
{
	Id kettle = fill(t);
	WhoPeople before = ask(t, kettle, true);
	assert_int_equal(before.v[0].row.id, t->helper);
	// Later the stranger becomes the one for kettles; that changes who may know now, and not what was known then.
	for (int i = 0; i < 12; i++) {
		Id other = asked(t, "Hard water leaves lime in the kettle", "kettle", "Vinegar did not help.");
		answered(t, &t->strange, other, "Lime goes with citric acid, where vinegar did not help the kettle.", true);
	}
	WhoPeople then = ask(t, kettle, true), now = ask(t, kettle, false);
	assert_int_equal(now.v[0].row.id, t->stranger);
	assert_int_equal(then.n, before.n);
	for (size_t i = 0; i < then.n; i++) {
		assert_int_equal(then.v[i].row.id, before.v[i].row.id);
		assert_int_equal(then.v[i].score, before.v[i].score);
		assert_int_equal(then.v[i].answered_at, before.v[i].answered_at);
	}
}

TEST(who_may_know_as_asked_knows_nothing_later) { test_towns(only_before); }

static Status stand(Ctx *cx, Tx *tx, void *arg)
{
	return members_put_circle(cx, tx, &(MemberCircle){.id = *(const Id *)arg, .circle = CIRCLE_RESTING, .since = 1});
}

static void not_named(Town *t)
{
	Id kettle = fill(t);
	answered(t, &t->asking, kettle, "I tried citric acid on the lime now.", false);
	WhoPeople p = ask(t, kettle, false);
	for (size_t i = 0; i < p.n; i++) assert_int_not_equal(p.v[i].row.id, t->asker);
	// Who has answered here already has said what they know.
	Id here = answered(t, &t->strange, kettle, "What does the lime look like?", false);
	p = ask(t, kettle, false);
	assert_int_equal(p.n, 1);
	assert_int_equal(p.v[0].row.id, t->helper);
	t->cx->actor = &t->strange;
	assert_ok(t->cx, town_delete(t, here, true));
	t->cx->actor = &t->asking;
	// Who rests is left in peace.
	assert_ok(t->cx, store_write(t->cx, t->store, stand, &t->helper));
	p = ask(t, kettle, false);
	assert_int_equal(p.n, 1);
	assert_int_equal(p.v[0].row.id, t->stranger);
}

TEST(who_may_know_leaves_in_peace) { test_towns(not_named); }

static void nobody(Town *t)
{
	Id topic = asked(t, "Is there anybody who knows about kettles?", "kettle", "It is new.");
	assert_int_equal(ask(t, topic, false).n, 0);
	Id odd = asked(t, "' \" \\ :* NEAR( OR AND what", "kettle", "' \" (((");
	assert_int_equal(ask(t, odd, false).n, 0);
}

TEST(who_may_know_is_nobody_where_nobody_answered) { test_towns(nobody); }

// A space for the staff: a member who answered in public is not named for what they cannot see, and what was said in there is
// nobody's business outside.
static void hidden(Town *t)
{
	Id staff_space, inside, opening, post;
	Id kettle = fill(t);
	t->cx->actor = NULL;
	assert_ok(t->cx, town_space(t,
								&(SpaceNew){.slug = S("staff"),
											.title = S("Staff"),
											.kind = SPACE_QUESTIONS,
											.persona = PERSONA_INTERNAL,
											.style = STYLE_DIALOGIC,
											.visibility = VISIBLE_STAFF},
								&staff_space));
	TopicNew topic = {.space_id = staff_space,
					  .author_id = t->moderating.id,
					  .title = S("Lime in the kettle of the office"),
					  .tags = S("kettle"),
					  .text.source = S("Hard water leaves lime in the kettle.")};
	assert_ok(t->cx, town_topic(t, &topic, &inside, &opening));
	Actor clerk = town_join(t, S("clerk"), ROLE_MODERATOR, AFFILIATION_EMPLOYEE);
	t->cx->actor = &clerk;
	assert_ok(t->cx, town_answer(t, inside, S("Hard water leaves lime in the kettle, vinegar did not help."), &post));
	t->cx->actor = &t->asking;
	WhoPeople p = ask(t, kettle, false);
	assert_int_equal(p.n, 2);
	for (size_t i = 0; i < p.n; i++) assert_int_not_equal(p.v[i].row.id, clerk.id);
	t->cx->actor = &clerk;
	p = ask(t, kettle, false);
	assert_int_equal(p.n, 3);
	p = ask(t, inside, false);
	for (size_t i = 0; i < p.n; i++) assert_int_not_equal(p.v[i].row.id, t->helper);
}

TEST(who_may_know_keeps_hidden_spaces_hidden) { test_towns(hidden); }
