// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/model_testkit.h"
#include "test.h"

#include <stdio.h>

static void as(Town *t, Actor *actor) { t->cx->actor = actor; }
static const char *first_key(const Town *t) { return t->cx->field_errors_n ? t->cx->field_errors[0].key : ""; }

#define ask(t, topic, opening)                                                                                         \
	assert_ok((t)->cx, town_ask((t), S("How do I descale the kettle?"), S("Kettle, scale"),                            \
								S("It *whistles* no more."), (topic), (opening)))

TEST(community_names_are_stable)
{
	Persona persona;
	Style style;
	assert_string_equal(style_name(STYLE_ONE_WAY), "one-way");
	assert_string_equal(persona_name(PERSONA_PARTNER), "partner");
	assert_true(persona_parse(S("ideas"), &persona) && persona == PERSONA_IDEAS);
	assert_true(style_parse(S("collaborative"), &style) && style == STYLE_COLLABORATIVE);
	assert_false(style_parse(S("loud"), &style));
	assert_str_equal(community_licence_of(S("stackexchange"), 1525219199999), "CC BY-SA 3.0");
	assert_str_equal(community_licence_of(S("stackexchange"), 1525219200000), "CC BY-SA 4.0");
	assert_null(community_licence_of(str_none(), 1525219200000).p);
}

static void spaces(Town *t)
{
	Id id = 0;
	assert_int_equal(town_space(t, &(SpaceNew){.slug = S("help"), .title = S("Again")}, &id), ST_CONFLICT);
	assert_string_equal(first_key(t), "error.slug_taken");
	assert_int_equal(town_space(t, &(SpaceNew){.slug = S("Bad Slug"), .title = S("x")}, &id), ST_INVALID);
	assert_int_equal(town_space(t, &(SpaceNew){.slug = S("empty"), .title = S(" ")}, &id), ST_INVALID);
	assert_int_equal(town_space(t, &(SpaceNew){.slug = S("child"), .title = S("Child"), .parent_id = 77}, &id),
					 ST_NOT_FOUND);
	assert_ok(t->cx, town_space(t, &(SpaceNew){.slug = S("child"), .title = S("Child"), .parent_id = t->space}, &id));
}
TEST(space_slugs_are_unique) { test_towns(spaces); }

static void asking(Town *t)
{
	Id topic = 0, opening = 0, post = 0;
	as(t, &t->asking);
	ask(t, &topic, &opening);
	as(t, &t->helping);
	assert_ok(t->cx, town_answer(t, topic, S("With vinegar, _slowly_."), &post));
	assert_ok(t->cx, town_comment(t, post, S("Which `vinegar`?"), &(Id){0}));
	assert_int_equal(town_number(t, "SELECT number FROM post WHERE number > 0"), 1);
	assert_int_equal(town_number(t, "SELECT count(*) FROM post WHERE style = 4"), 2); // the space's
	assert_int_equal(
		town_number(t,
					"SELECT count(*) FROM topic WHERE tags = 'kettle scale' AND slug = 'how-do-i-descale-the-kettle'"),
		1);
	assert_int_equal(town_number(t, "SELECT affiliation FROM topic"), AFFILIATION_CUSTOMER);
	// The question's HTML gives back what was typed; the answer is typed in a less usual way.
	assert_int_equal(town_number(t, "SELECT count(*) FROM post WHERE source IS NOT NULL"), 1);
	Db *db;
	Str source;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, community_post_source(t->cx, db, post, &source));
	assert_str_equal(source, "With vinegar, _slowly_.");
	db_end(db);
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind = 2 AND subject_type = 2"), 1);
	assert_int_equal(
		town_number(t, "SELECT count(*) FROM fact f JOIN topic t ON t.author_id = f.target_id WHERE f.kind = 3"), 1);
	assert_int_equal(
		town_number(
			t,
			"SELECT count(*) FROM fact f JOIN post p ON p.author_id = f.target_id WHERE f.kind = 4 AND p.number = 1"),
		1);
	assert_int_equal(town_number(t, "SELECT count(*) FROM post WHERE body_html LIKE '%<em>whistles</em>%'"), 1);
}
TEST(topic_answer_and_comment_count_and_append_facts) { test_towns(asking); }

static void refusals(Town *t)
{
	Id topic = 0, opening = 0, id = 0;
	char long_body[BODY_MAX_BYTES + 2];
	memset(long_body, 'a', sizeof long_body);
	as(t, &t->asking);
	assert_int_equal(town_ask(t, S("Short"), S(""), S("body"), &topic, &opening), ST_INVALID);
	assert_string_equal(first_key(t), "error.title_short");
	assert_int_equal(town_ask(t, S("A title of some length"), S(""), S(" \n "), &topic, &opening), ST_INVALID);
	assert_string_equal(first_key(t), "error.body_empty");
	assert_int_equal(town_ask(t, S("A title of some length"), S("a b c d e f"), S("body"), &topic, &opening),
					 ST_INVALID);
	assert_string_equal(first_key(t), "error.tags");
	assert_int_equal(
		town_ask(t, S("A title of some length"), S(""), (Str){long_body, sizeof long_body}, &topic, &opening),
		ST_INVALID);
	assert_string_equal(first_key(t), "error.body_long");
	assert_int_equal(town_ask(t, S("x"), S("a b c d e f"), S(""), &topic, &opening), ST_INVALID);
	assert_int_equal(t->cx->field_errors_n, 3);
	assert_int_equal(town_answer(t, 12345, S("text"), &id), ST_NOT_FOUND);
	assert_int_equal(town_comment(t, 12345, S("text"), &id), ST_NOT_FOUND);
	ask(t, &topic, &opening);
	assert_int_equal(town_comment(t, opening, (Str){long_body, 2001}, &id), ST_INVALID);
	assert_int_equal(town_comment(t, opening, S("  "), &id), ST_INVALID);
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind > 1"), 1);
}
TEST(texts_are_refused_with_field_errors) { test_towns(refusals); }

static void tags(Town *t)
{
	static const struct {
		Str typed;
		const char *stored;
	} CASES[] = {
		{S_INIT("C++, #Qubits  foo_bar"), "c++ qubits foo-bar"},
		{S_INIT("c# .NET node.js"), "c# .net node.js"},
		{S_INIT("One one ONE"), "one"},
		{S_INIT("\xc3\x84pfel;stra\xc3\x9f\x65"), "\xc3\xa4pfel strasse"},
		{S_INIT("<script> 'quoted'"), "script quoted"},
		{S_INIT("-- , ;"), ""},
	};
	Id topic = 0, opening = 0;
	as(t, &t->asking);
	for (size_t i = 0; i < COUNTOF(CASES); i++) {
		assert_ok(t->cx, town_ask(t, S("What are tags for, after all?"), CASES[i].typed, S("x"), &topic, &opening));
		char sql[200];
		snprintf(sql, sizeof sql, "SELECT count(*) FROM topic WHERE id = %lld AND tags = '%s'", (long long)topic,
				 CASES[i].stored);
		assert_int_equal(town_number(t, sql), 1);
	}
	assert_int_equal(town_number(t, "SELECT topics_n FROM tag WHERE name = 'one'"), 1);
}
TEST(tags_are_normalised) { test_towns(tags); }

typedef struct Failing {
	TopicNew topic;
} Failing;

static Status create_then_fail(Ctx *cx, Tx *tx, void *arg)
{
	Failing *f = arg;
	Id a, b;
	TRY(community_topic_create(cx, tx, &f->topic, &a, &b));
	return fail(cx, ST_FULL, "no more room");
}

static void rollback(Town *t)
{
	Failing f = {.topic = {.space_id = t->space,
						   .author_id = t->asker,
						   .title = S("This never happened"),
						   .tags = S("ghost"),
						   .text.source = S("boo")}};
	int64_t facts = town_number(t, "SELECT count(*) FROM fact");
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, community_topic_prepare(t->cx, db, &f.topic));
	db_end(db);
	db = NULL;
	assert_int_equal(store_write(t->cx, t->store, create_then_fail, &f), ST_FULL);
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact"), facts);
	assert_int_equal(town_number(t, "SELECT count(*) FROM tag"), 0);
	assert_int_equal(town_number(t, "SELECT count(*) FROM post"), 0);
}
TEST(rows_and_facts_are_one_transaction) { test_towns(rollback); }

static void imported(Town *t)
{
	TopicNew topic = {.space_id = t->space,
					  .author_id = t->asker,
					  .title = S("Qubit?"),
					  .tags = S("a b c d e f"),
					  .created_at = 1000,
					  .closed_at = 5000,
					  .text.html = safe_html_stored(S("<p>What is a qubit?</p>")),
					  .score = 7,
					  .views = 90,
					  .origin = {S("stackexchange"), S("1"), S("https://qc.example/q/1")}};
	Id id = 0, opening = 0, again = 0, post = 0;
	assert_ok(t->cx, town_topic(t, &topic, &id, &opening));
	PostNew answer = {.topic_id = id,
					  .author_name = S("user42"),
					  .created_at = 3000,
					  .score = -2,
					  .text.html = safe_html_stored(S("<p>Two states.</p>")),
					  .origin = {S("stackexchange"), S("2"), str_none()}};
	assert_ok(t->cx, town_post(t, &answer, &post)); // closed, but written before
	Id before = ctx_id(t->cx);
	assert_ok(t->cx, town_topic(t, &topic, &again, &opening));
	assert_true(again == id && again < before);
	assert_ok(t->cx, town_post(t, &answer, &again));
	assert_int_equal(again, post);
	assert_int_equal(town_number(t, "SELECT count(*) FROM post"), 2);
	assert_int_equal(town_number(t, "SELECT at_ms FROM fact WHERE origin = 'stackexchange/post/2'"), 3000);
	assert_int_equal(town_number(t, "SELECT bumped_at FROM topic"), 3000);
	assert_int_equal(town_number(t, "SELECT kudos_n FROM member WHERE handle = 'asker'"), 7);
	as(t, &t->asking);
	assert_int_equal(town_answer(t, id, S("too late"), &again), ST_CONFLICT);
	Str source;
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, community_post_source(t->cx, db, opening, &source));
	assert_str_equal(source, "<p>What is a qubit?</p>");
	db_end(db);
	db = NULL;
	PostEdit edit = {.post_id = opening,
					 .title = S("What is a qubit?"),
					 .text.source = S("<p onclick=x>What <b>is</b> it?</p><script>alert(1)</script>")};
	assert_ok(t->cx, town_edit(t, &edit));
	assert_int_equal(town_number(t, "SELECT count(*) FROM post WHERE number = 0 AND body_html LIKE '%<b>is</b>%' AND "
									"body_html NOT LIKE '%script%' AND body_html NOT LIKE '%onclick%'"),
					 1);
}
TEST(imports_are_taken_once_and_edited_as_html) { test_towns(imported); }

static void votes(Town *t)
{
	Id topic = 0, opening = 0, post = 0;
	as(t, &t->asking);
	ask(t, &topic, &opening);
	as(t, &t->helping);
	assert_ok(t->cx, town_answer(t, topic, S("With vinegar."), &post));
	assert_int_equal(town_vote(t, post, 1), ST_FORBIDDEN); // one's own
	assert_ok(t->cx, town_vote(t, opening, 1));
	as(t, &t->asking);
	assert_ok(t->cx, town_vote(t, post, 1));
	assert_ok(t->cx, town_vote(t, post, 1)); // again: nothing
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind = 6"), 2);
	assert_ok(t->cx, town_vote(t, post, -1));
	assert_int_equal(town_number(t, "SELECT score FROM post WHERE number = 1"), -1);
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind IN (7, 8)"), 2);
	town_check_counts(t);
	assert_ok(t->cx, town_vote(t, post, 0));
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind = 9"), 1);
	assert_int_equal(town_number(t, "SELECT count(*) FROM vote"), 1);
	assert_int_equal(town_vote(t, post, 2), ST_BAD_REQUEST);
	assert_int_equal(town_vote(t, 99, 1), ST_NOT_FOUND);
	as(t, &t->guest);
	assert_int_equal(town_vote(t, post, 1), ST_UNAUTHENTICATED);
}
TEST(votes_can_be_changed_and_taken_back) { test_towns(votes); }

static void solutions(Town *t)
{
	Id topic = 0, opening = 0, first = 0, second = 0;
	as(t, &t->asking);
	ask(t, &topic, &opening);
	as(t, &t->strange);
	assert_ok(t->cx, town_answer(t, topic, S("Perhaps vinegar."), &first));
	assert_int_equal(town_accept(t, first, true), ST_FORBIDDEN);
	as(t, &t->helping);
	assert_ok(t->cx, town_answer(t, topic, S("Surely citric acid."), &second));
	as(t, &t->asking);
	assert_int_equal(town_accept(t, opening, true), ST_CONFLICT);
	assert_ok(t->cx, town_accept(t, first, true));
	assert_ok(t->cx, town_accept(t, first, true));
	assert_int_equal(town_number(t, "SELECT solutions_n FROM member WHERE handle = 'stranger'"), 1);
	assert_ok(t->cx, town_accept(t, second, true)); // moves
	assert_int_equal(town_number(t, "SELECT solutions_n FROM member WHERE handle = 'stranger'"), 0);
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact f JOIN member m ON m.id = f.target_id WHERE f.kind = 10 "
									"AND m.handle = 'helper'"),
					 1);
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind = 11"), 1);
	town_check_counts(t);
	assert_ok(t->cx, town_accept(t, first, false)); // it is not the solution: nothing
	assert_int_equal(town_number(t, "SELECT count(*) FROM topic WHERE solution_id IS NOT NULL"), 1);
	assert_ok(t->cx, town_accept(t, second, false));
	assert_int_equal(town_number(t, "SELECT count(*) FROM topic WHERE solution_id IS NOT NULL"), 0);
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind IN (10, 11)"), 4);
}
TEST(solutions_move_and_are_taken_back) { test_towns(solutions); }

static void marks(Town *t)
{
	Id topic = 0, opening = 0, post = 0;
	bool counted = false;
	as(t, &t->asking);
	ask(t, &topic, &opening);
	assert_ok(t->cx, town_answer(t, topic, S("I found out."), &post));
	as(t, &t->strange);
	assert_ok(t->cx, town_mark(t, MARK_SAME, topic, true));
	assert_ok(t->cx, town_mark(t, MARK_SAME, topic, true));
	assert_ok(t->cx, town_mark(t, MARK_WORKED, post, true));
	assert_int_equal(town_number(t, "SELECT same_n FROM topic"), 1);
	assert_ok(t->cx, town_mark(t, MARK_SAME, topic, false));
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind IN (22, 23, 24)"), 3);
	as(t, &t->guest);
	assert_int_equal(town_mark(t, MARK_SAME, topic, true), ST_UNAUTHENTICATED);
	assert_ok(t->cx, town_guest_mark(t, topic, S("\x01\x02browser-one"), &counted));
	assert_true(counted);
	assert_ok(t->cx, town_guest_mark(t, topic, S("\x01\x02browser-one"), &counted));
	assert_false(counted);
	assert_ok(t->cx, town_guest_mark(t, topic, S("\x01\x02browser-two"), &counted));
	assert_true(counted);
	assert_int_equal(town_number(t, "SELECT helped_guests_n FROM topic"), 2);
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind = 26 AND actor_id IS NULL"), 2);
	assert_ok(t->cx, town_report(t, post, REPORT_WRONG, S("not so")));
	assert_int_equal(town_number(t, "SELECT count(*) FROM report WHERE reporter_id IS NULL AND why = 2"), 1);
}
TEST(marks_count_once_a_member_and_once_a_browser) { test_towns(marks); }

static void edits(Town *t)
{
	Id topic = 0, opening = 0;
	as(t, &t->asking);
	ask(t, &topic, &opening);
	PostEdit other = {.post_id = opening, .text.source = S("Vandalised.")};
	as(t, &t->strange);
	assert_int_equal(town_edit(t, &other), ST_FORBIDDEN);
	as(t, &t->asking);
	PostEdit same = {.post_id = opening, .text.source = S("It *whistles* no more.")};
	assert_ok(t->cx, town_edit(t, &same));
	assert_int_equal(town_number(t, "SELECT count(*) FROM revision"), 0);
	PostEdit own = {.post_id = opening,
					.title = S("How do I descale a kettle?"),
					.tags = S("kettle vinegar"),
					.text.source = S("It whistles again."),
					.reason = S(" solved ")};
	assert_ok(t->cx, town_edit(t, &own));
	assert_int_equal(town_number(t, "SELECT count(*) FROM revision WHERE number = 0 AND title = 'How do I descale the "
									"kettle?' AND body = 'It *whistles* no more.'"),
					 1);
	assert_int_equal(town_number(t, "SELECT count(*) FROM revision WHERE number = 1 AND title = 'How do I descale a "
									"kettle?' AND reason = 'solved'"),
					 1);
	assert_int_equal(
		town_number(
			t, "SELECT count(*) FROM topic WHERE title = 'How do I descale a kettle?' AND tags = 'kettle vinegar'"),
		1);
	assert_int_equal(town_number(t, "SELECT topics_n FROM tag WHERE name = 'scale'"), 0);
	as(t, &t->helping);
	PostEdit helping = {.post_id = opening, .text.source = S("It whistles, at last.")};
	assert_ok(t->cx, town_edit(t, &helping));
	assert_int_equal(town_number(t, "SELECT count(*) FROM revision"), 3);
	assert_int_equal(town_number(t, "SELECT revisions_n FROM post"), 2);
	assert_int_equal(
		town_number(
			t,
			"SELECT count(*) FROM fact f JOIN member m ON m.id = f.actor_id WHERE f.kind = 5 AND m.handle = 'helper'"),
		1);
}
TEST(edits_keep_their_history) { test_towns(edits); }

// What was typed comes back as it was, whatever it was edited from.
static void source_is(Town *t, Id post, Str want)
{
	AUTO(Db) db = NULL;
	Str got = {0};
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, community_post_source(t->cx, db, post, &got));
	assert_int_equal(got.n, want.n);
	assert_memory_equal(got.p, want.p, want.n);
}

static void sources(Town *t)
{
	Buf big = buf_init(t->cx->arena, BODY_MAX_BYTES, BODY_MAX_BYTES);
	for (int i = 0; big.n + 100 < BODY_MAX_BYTES; i++)
		buf_format(&big, "Line %d of *many* about the kettle, <b> & `code`.%s", i * 7919, i % 3 ? "\n" : "\n\n");
	while (big.n < BODY_MAX_BYTES) buf_char(&big, '!');
	const Str texts[] = {
		S("Plain words."),
		S("One paragraph.\n\nAnd another, 1 < 2 & \"so\"."),
		S("  *Leading* space and a trailing line end\n"),
		S("```c\nint x = 1;\n```\n\n- a\n- b\r\n\r\n> q"),
		S("Gr\xc3\xbc\xc3\x9f"
		  "e \xe4\xbd\xa0\xe5\xa5\xbd **\xf0\x9f\x98\x80** [x](https://a.example/?a=1&b=%20)"),
		buf_view(&big),
		S("."),
	};
	Id topic = 0, opening = 0, post = 0;
	as(t, &t->asking);
	ask(t, &topic, &opening);
	assert_ok(t->cx, town_answer(t, topic, texts[0], &post));
	source_is(t, opening, S("It *whistles* no more."));
	for (size_t i = 0; i < COUNTOF(texts) * 2; i++) {
		Str text = texts[i * 3 % COUNTOF(texts)];
		PostEdit edit = {.post_id = post, .text.source = text};
		assert_ok(t->cx, town_edit(t, &edit));
		source_is(t, post, text);
	}
	assert_int_equal(town_number(t, "SELECT count(*) FROM post WHERE length(source) > 33000"), 0); // also the large one
	source_is(t, opening, S("It *whistles* no more."));
	PostEdit empty = {.post_id = post, .text.source = S(" \n")};
	assert_int_equal(town_edit(t, &empty), ST_INVALID);
	as(t, &t->moderating);
	assert_ok(t->cx, town_delete(t, opening, true));
	assert_ok(t->cx, town_delete(t, opening, false));
	source_is(t, opening, S("It *whistles* no more."));
}
TEST(sources_come_back_as_they_were_typed) { test_towns(sources); }

static Status edit_tx(Ctx *cx, Tx *tx, void *arg) { return community_edit(cx, tx, arg); }

static void edit_race(Town *t)
{
	Id topic = 0, opening = 0;
	as(t, &t->asking);
	ask(t, &topic, &opening);
	PostEdit first = {.post_id = opening, .editor_id = t->asker, .text.source = S("The one.")}, second = first;
	second.text.source = S("The other.");
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, community_edit_prepare(t->cx, db, &first));
	assert_ok(t->cx, community_edit_prepare(t->cx, db, &second));
	db_end(db);
	db = NULL;
	assert_ok(t->cx, store_write(t->cx, t->store, edit_tx, &first));
	assert_int_equal(store_write(t->cx, t->store, edit_tx, &second), ST_CONFLICT);
}
TEST(edits_do_not_overwrite_each_other) { test_towns(edit_race); }

static void deletions(Town *t)
{
	Id topic = 0, opening = 0, post = 0, other = 0;
	as(t, &t->asking);
	ask(t, &topic, &opening);
	as(t, &t->strange);
	assert_ok(t->cx, town_answer(t, topic, S("No idea."), &post));
	as(t, &t->helping);
	assert_ok(t->cx, town_answer(t, topic, S("Citric acid."), &other));
	assert_ok(t->cx, town_vote(t, post, -1));
	assert_int_equal(town_delete(t, post, true), ST_FORBIDDEN); // a helper is no moderator
	as(t, &t->asking);
	assert_int_equal(town_delete(t, opening, true), ST_FORBIDDEN); // it has answers
	assert_ok(t->cx, town_accept(t, post, true));
	as(t, &t->strange);
	assert_int_equal(town_delete(t, post, true), ST_FORBIDDEN); // it is the solution
	as(t, &t->moderating);
	assert_ok(t->cx, town_delete(t, post, true));
	assert_int_equal(town_number(t, "SELECT count(*) FROM topic WHERE solution_id IS NOT NULL"), 0);
	assert_int_equal(town_vote(t, post, 1), ST_NOT_FOUND);
	town_check_counts(t);
	assert_ok(t->cx, town_delete(t, opening, true));
	assert_int_equal(town_answer(t, topic, S("Anyone?"), &other), ST_NOT_FOUND);
	assert_int_equal(town_delete(t, post, false), ST_CONFLICT); // with its topic first
	town_check_counts(t);
	assert_ok(t->cx, town_delete(t, opening, false));
	assert_ok(t->cx, town_delete(t, post, false));
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind IN (19, 20)"), 4);
}
TEST(deleting_and_restoring_keep_counters_right) { test_towns(deletions); }

static void closing(Town *t)
{
	Id topic = 0, opening = 0, id = 0;
	as(t, &t->asking);
	ask(t, &topic, &opening);
	assert_int_equal(town_close(t, topic, true), ST_FORBIDDEN);
	as(t, &t->moderating);
	assert_ok(t->cx, town_close(t, topic, true));
	assert_int_equal(town_answer(t, topic, S("late"), &id), ST_CONFLICT);
	assert_int_equal(town_comment(t, opening, S("late"), &id), ST_CONFLICT);
	assert_ok(t->cx, town_close(t, topic, false));
	assert_ok(t->cx, town_answer(t, topic, S("in time"), &id));
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind IN (17, 18)"), 2);
}
TEST(closed_topics_take_no_answers) { test_towns(closing); }

static void list_names(Town *t, const char *author, const char *last)
{
	AUTO(Db) db = NULL;
	TopicListActiveRows rows;
	TopicListActiveArgs all = {.at = INT64_MAX, .id = INT64_MAX, .limit = 10};
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, topic_list_active(t->cx, db, &all, &rows));
	assert_int_equal(rows.n, 1);
	assert_str_equal(rows.v[0].author, author);
	assert_str_equal(rows.v[0].last_author, last);
}

// The handles stand beside the topic, and so have to be written with who wrote last.
static void listed(Town *t)
{
	Id topic = 0, opening = 0, post = 0;
	as(t, &t->asking);
	ask(t, &topic, &opening);
	list_names(t, "asker", "asker");
	as(t, &t->helping);
	assert_ok(t->cx, town_answer(t, topic, S("With vinegar."), &post));
	list_names(t, "asker", "helper");
	PostNew old = {.topic_id = topic,
				   .author_id = t->stranger,
				   .created_at = 5,
				   .text.html = safe_html_stored(S("<p>Long ago.</p>")),
				   .origin = {.channel = S("elsewhere"), .id = S("1")}};
	assert_ok(t->cx, town_post(t, &old, &post));
	list_names(t, "asker", "helper");
	old = (PostNew){.topic_id = topic,
					.author_name = S("user7"),
					.created_at = t->cx->now_ms + 1000,
					.text.html = safe_html_stored(S("<p>Somebody gone.</p>")),
					.origin = {.channel = S("elsewhere"), .id = S("2")}};
	assert_ok(t->cx, town_post(t, &old, &post));
	list_names(t, "asker", "");
}
TEST(lists_name_who_asked_and_who_wrote_last) { test_towns(listed); }

static void hidden(Town *t)
{
	Id space = 0, topic = 0, opening = 0, id = 0;
	bool counted;
	assert_ok(t->cx,
			  town_space(t, &(SpaceNew){.slug = S("staff"), .title = S("Staff"), .visibility = VISIBLE_STAFF}, &space));
	TopicNew secret = {.space_id = space,
					   .author_id = t->helper,
					   .title = S("The plan for next year"),
					   .text.source = S("Kettles that sing.")};
	as(t, &t->strange);
	assert_int_equal(town_topic(t, &secret, &topic, &opening), ST_NOT_FOUND);
	as(t, &t->helping);
	assert_ok(t->cx, town_topic(t, &secret, &topic, &opening));
	as(t, &t->strange);
	assert_int_equal(town_answer(t, topic, S("I see"), &id), ST_NOT_FOUND);
	assert_int_equal(town_vote(t, opening, 1), ST_NOT_FOUND);
	assert_int_equal(town_mark(t, MARK_SAME, topic, true), ST_NOT_FOUND);
	as(t, &t->guest);
	assert_int_equal(town_guest_mark(t, topic, S("browser"), &counted), ST_NOT_FOUND);
}
TEST(hidden_spaces_cannot_be_written_in) { test_towns(hidden); }

static Status comment_from_elsewhere(Ctx *cx, Tx *tx, void *arg)
{
	Id id;
	TRY(community_comment_create(cx, tx, arg, &id));
	Id again;
	TRY(community_comment_create(cx, tx, arg, &again));
	return id == again ? ST_OK : fail(cx, ST_INTERNAL, "the comment was made twice");
}

static void comment_origin(Town *t)
{
	Id topic, opening;
	assert_ok(t->cx, town_ask(t, S("A question from elsewhere"), S(""), S("Text."), &topic, &opening));
	CommentNew comment = {.post_id = opening,
						  .text.source = S("Said there first."),
						  .origin = {.channel = S("forum"), .id = S("77"), .url = S("https://forum.example/77")}};
	Db *db = NULL;
	t->cx->actor = &t->helping;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	Status st = community_comment_prepare(t->cx, db, &comment);
	db_end(db);
	assert_ok(t->cx, st);
	assert_ok(t->cx, store_write(t->cx, t->store, comment_from_elsewhere, &comment));
	assert_int_equal(town_number(t, "SELECT count(*) FROM comment"), 1);
	assert_int_equal(town_number(t, "SELECT count(*) FROM fact WHERE kind = 4"), 1);
	town_check_counts(t);
}
TEST(model_a_comment_from_elsewhere_comes_once) { test_towns(comment_origin); }

static void list_pages(Town *t)
{
	static const int SCORES[] = {0, 3, 0, 0, 3, 1, 0, -2, 3, 0};
	for (size_t i = 0; i < COUNTOF(SCORES); i++) {
		Id topic, opening;
		TopicNew n = {.space_id = t->space,
					  .author_id = t->asker,
					  .title = S("A question about kettles"),
					  .tags = str_format(t->cx->arena, "tag%zu tag%zu", i / 2, i / 3 + 20),
					  .text.source = S("It whistles."),
					  .score = SCORES[i],
					  .origin = {.channel = S("elsewhere"), .id = str_format(t->cx->arena, "%zu", i)}};
		assert_ok(t->cx, town_topic(t, &n, &topic, &opening));
	}
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	for (int64_t limit = 1; limit < 12; limit++) {
		ListPlace at = {INT64_MAX, INT64_MAX}, tag_at = at;
		TopicListSpaceKudosRows topics = {.n = 1};
		TagListRows tags = {.n = 1};
		size_t topics_n = 0, tags_n = 0;
		for (; topics.n; topics_n += topics.n) {
			assert_ok(t->cx, topics_by_kudos(t->cx, db, t->space, at, limit, &topics));
			for (size_t i = 0; i < topics.n; i++) {
				assert_true(topics.v[i].score < at.key || (topics.v[i].score == at.key && topics.v[i].id < at.id));
				at = (ListPlace){topics.v[i].score, topics.v[i].id};
			}
		}
		for (; tags.n; tags_n += tags.n) {
			assert_ok(t->cx, tags_by_size(t->cx, db, tag_at, limit, &tags));
			for (size_t i = 0; i < tags.n; i++) {
				assert_true(tags.v[i].topics_n < tag_at.key ||
							(tags.v[i].topics_n == tag_at.key && tags.v[i].id < tag_at.id));
				tag_at = (ListPlace){tags.v[i].topics_n, tags.v[i].id};
			}
		}
		assert_int_equal(topics_n, COUNTOF(SCORES));
		assert_int_equal(tags_n, 5 + 4);
	}
}
TEST(pages_by_kudos_and_size_show_each_row_once) { test_towns(list_pages); }
