// SPDX-License-Identifier: AGPL-3.0-or-later
#include "asking/asking.h"

#include "community/model_testkit.h"
#include "core/observe.h"
#include "core_sql.h"
#include "test.h"

static const struct {
	const char *title, *body;
} ASKED[] = {
	{"How do I descale the kettle?", "White flakes float in the water of my kettle after boiling."},
	{"Why does the toaster smell of burnt plastic?", "The toaster is new and smells when it is hot."},
	{"Can the kettle stand on an induction hob?", "It has a steel bottom and whistles."},
	{"Which filter fits the coffee machine?", "The paper ones are too small for it."},
	{"Does the fridge need to be level?", "It hums and the door falls shut by itself."},
	{"Where is the serial number of the dishwasher?", "Support asks me for the serial number."},
};
enum { DESCALE, TOASTER, INDUCTION, FILTER, FRIDGE, SERIAL, ASKED_N };

static SimilarTopics find(Town *t, Str title, Str body)
{
	SimilarTopics found;
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, asking_similar(t->cx, db, &(AskingQuestion){.title = title, .body = body, .limit = 5}, &found));
	return found;
}

static void fill(Town *t, Id topics[ASKED_N])
{
	Id opening;
	t->cx->actor = &t->asking;
	for (size_t i = 0; i < ASKED_N; i++)
		assert_ok(t->cx,
				  town_ask(t, str_from(ASKED[i].title), S("home"), str_from(ASKED[i].body), &topics[i], &opening));
}

static void similar(Town *t)
{
	Id topics[ASKED_N], post;
	fill(t, topics);
	SimilarTopics s = find(t, S("descaling kettles: how?"), str_none());
	assert_true(s.n >= 1);
	assert_int_equal(s.v[0].row.id, topics[DESCALE]);
	assert_null(s.v[0].excerpt.p);

	s = find(t, S("My kettle has a problem"), S("After boiling, white flakes float in it."));
	assert_int_equal(s.v[0].row.id, topics[DESCALE]); // by the text

	// What is solved comes first, with how.
	t->cx->actor = &t->helping;
	assert_ok(t->cx, town_answer(t, topics[INDUCTION], S("Yes, *any* kettle with a steel bottom can."), &post));
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_accept(t, post, true));
	s = find(t, S("Can a kettle be descaled?"), str_none());
	assert_true(s.n >= 2);
	assert_int_equal(s.v[0].row.id, topics[INDUCTION]);
	assert_str_equal(s.v[0].excerpt, "Yes, any kettle with a steel bottom can.");
	assert_str_equal(s.v[0].row.author, "helper");
	assert_int_equal(s.v[1].row.id, topics[DESCALE]);
	assert_true(s.v[1].score > s.v[0].score); // which is the better fit all the same
}

TEST(asking_finds_what_was_asked_before) { test_towns(similar); }

static void nothing(Town *t)
{
	Id topics[ASKED_N];
	fill(t, topics);
	assert_int_equal(find(t, S("How are you all doing?"), str_none()).n, 0); // stop words
	assert_int_equal(find(t, S("Zebra crossings in Zanzibar"), str_none()).n, 0);
	assert_int_equal(find(t, S("kettle"), str_none()).n, 0); // too short to know
	assert_int_equal(find(t, S("' \" \\ :* NEAR( OR AND"), S("\"unclosed ' (((")).n, 0);
	assert_int_equal(find(t, S("trains, planes, ships and one kettle"), str_none()).n,
					 0); // one word of several: chance
}

TEST(asking_finds_nothing_where_there_is_nothing) { test_towns(nothing); }

static void hidden(Town *t)
{
	Id topics[ASKED_N], staff, opening, topic;
	fill(t, topics);
	t->cx->actor = NULL;
	assert_ok(t->cx,
			  town_space(t, &(SpaceNew){.slug = S("staff"), .title = S("Staff"), .visibility = VISIBLE_STAFF}, &staff));
	TopicNew secret = {.space_id = staff,
					   .author_id = t->helper,
					   .title = S("Descale the secret kettle"),
					   .tags = S("x"),
					   .text.source = S("Secret flakes.")};
	assert_ok(t->cx, town_topic(t, &secret, &topic, &opening));
	t->cx->actor = &t->guest;
	SimilarTopics s = find(t, S("Descale the secret kettle"), str_none());
	for (size_t i = 0; i < s.n; i++) assert_int_not_equal(s.v[i].row.id, topic);
	t->cx->actor = &t->moderating;
	assert_int_equal(find(t, S("Descale the secret kettle"), str_none()).v[0].row.id, topic);
	assert_ok(t->cx, town_delete(t, opening, true));
	s = find(t, S("Descale the secret kettle"), str_none());
	for (size_t i = 0; i < s.n; i++) assert_int_not_equal(s.v[i].row.id, topic);
}

TEST(asking_shows_nobody_what_they_may_not_see) { test_towns(hidden); }

typedef struct Seen {
	ObserveKind kind;
	Id subject;
	int64_t asking;
} Seen;

static Status put_seen(Ctx *cx, Tx *tx, void *arg)
{
	const Seen *s = arg;
	return observation_insert(cx, tx,
							  &(ObservationInsertArgs){.id = ctx_id(cx),
													   .at_ms = cx->now_ms,
													   .kind = s->kind,
													   .actor_id = 0,
													   .subject_id = s->subject,
													   .value = s->asking});
}

// Asking 1 was shown two topics twice, opened one, which solved it; 2 was shown one and asked; 3 was shown one and left; 4 asked
// without having been shown any.
static void figures(Town *t)
{
	Id topics[ASKED_N];
	fill(t, topics);
	Seen seen[] = {{OBSERVE_SIMILAR_SHOWN, topics[0], 1},  {OBSERVE_SIMILAR_SHOWN, topics[1], 1},
				   {OBSERVE_SIMILAR_SHOWN, topics[0], 1},  {OBSERVE_SIMILAR_OPENED, topics[0], 1},
				   {OBSERVE_SIMILAR_SOLVED, topics[0], 1}, {OBSERVE_SIMILAR_SHOWN, topics[0], 2},
				   {OBSERVE_ASKED, topics[2], 2},          {OBSERVE_SIMILAR_SHOWN, topics[1], 3},
				   {OBSERVE_ASKED, topics[3], 4},          {OBSERVE_SEARCHED, 0, 5}};
	for (size_t i = 0; i < COUNTOF(seen); i++) assert_ok(t->cx, store_write(t->cx, t->store, put_seen, &seen[i]));
	Time from = t->cx->now_ms, until = from + 1;
	AskingFiguresRow f;
	AskingTopicsRows shown;
	AskingPostedRows posted;
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, asking_figures(t->cx, db, &(AskingFiguresArgs){.from = from, .until = until}, &f));
	assert_int_equal(f.shown, 3);
	assert_int_equal(f.opened, 1);
	assert_int_equal(f.solved, 1);
	assert_int_equal(f.asked, 1);
	assert_int_equal(f.left, 1);
	assert_int_equal(f.unshown, 1);
	assert_int_equal(f.shown, f.solved + f.asked + f.left); // nobody is counted twice or lost
	assert_ok(t->cx, asking_topics(t->cx, db, &(AskingTopicsArgs){.from = from, .until = until, .limit = 10}, &shown));
	assert_int_equal(shown.n, 2);
	assert_int_equal(shown.v[0].id, topics[0]);
	assert_int_equal(shown.v[0].shown, 2);
	assert_int_equal(shown.v[0].opened, 1);
	assert_int_equal(shown.v[0].solved, 1);
	assert_int_equal(shown.v[1].shown, 2);
	assert_int_equal(shown.v[1].solved, 0);
	assert_ok(t->cx, asking_posted(t->cx, db, &(AskingPostedArgs){.from = from, .until = until, .limit = 10}, &posted));
	assert_int_equal(posted.n, 1);
	assert_int_equal(posted.v[0].id, topics[2]);
	assert_ok(t->cx, asking_figures(t->cx, db, &(AskingFiguresArgs){.from = until, .until = until + 1}, &f));
	assert_int_equal(f.shown, 0);
}

TEST(asking_counts_what_became_of_them)
{
	MigrationSet more = {asking_migrations, asking_migrations_n};
	test_towns_with(&more, 1, figures);
}
