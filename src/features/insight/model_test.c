// SPDX-License-Identifier: AGPL-3.0-or-later
// What is read, when, and again; on both engines.
#include "insight/insight_impl.h"

#include "community/model_testkit.h"
#include "insight/feature.h"

#include "test.h"

static void with_town(TownTest run)
{
	const MigrationSet more[] = {{insight_migrations, insight_migrations_n}};
	if (!MODEL_OWN_BYTES) SKIP("no model in this build");
	test_towns_with(more, COUNTOF(more), run);
}

// The background's work: facts, then jobs, until nothing is left.
static void settle(Town *t)
{
	InsightRoutes routes;
	Feature f = insight_feature(&routes);
	Actor *actor = t->cx->actor;
	t->cx->actor = NULL;
	for (int i = 0; i < 20; i++) {
		size_t read, ran;
		t->cx->now_ms += FACT_SETTLE_MS + 1; // on PostgreSQL readers stay behind
		assert_ok(t->cx, readers_run(t->cx, t->store, f.readers, f.readers_n, &read));
		assert_ok(t->cx, jobs_run_due(t->cx, t->store, f.jobs, f.jobs_n, &ran));
		if (!read && !ran) break;
	}
	t->cx->actor = actor;
}

static int64_t bits_of(Town *t, Id subject)
{
	return town_number(
		t, str_z(test_arena(), str_format(test_arena(), "SELECT bits AS n FROM reading WHERE subject_id = %lld",
										  (long long)subject)));
}

static void reads_what_is_written(Town *t)
{
	Id topic, opening, post, comment, german;
	assert_ok(t->cx, town_ask(t, S("Worst router ever"), S("router"), S("It is broken again. I hate it, terrible!"),
							  &topic, &opening));
	settle(t); // the first time: the pass
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM insight_state WHERE finished_at > 0 AND done_n = 1"), 1);
	assert_int_equal(reading_sentiment(bits_of(t, opening)), SENTIMENT_NEG);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM reading WHERE words LIKE '%hate%'"), 1);
	t->cx->actor = &t->helping;
	assert_ok(t->cx, town_answer(t, topic, S("Ich liebe dieses Gerät, es ist wunderbar und sehr zuverlässig."), &post));
	assert_ok(t->cx, town_comment(t, post, S("Thank you so much, that is great!"), &comment));
	assert_ok(t->cx, town_comment(t, post, S("Vielen Dank, das hat mir wirklich sehr geholfen."), &german));
	settle(t); // from then on: the facts
	assert_str_equal(reading_language_code(reading_language(bits_of(t, post))), "de");
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM post WHERE lang = 'de'"), 1);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM comment WHERE lang = 'de'"), 1);
	assert_int_equal(reading_sentiment(bits_of(t, comment)), SENTIMENT_POS);
	assert_true(reading_of_comment(bits_of(t, comment)) && !reading_of_comment(bits_of(t, post)));
	assert_true(reading_intent(bits_of(t, comment), INTENT_THANKS) >= READING_LEVEL_HALF);
	assert_ok(t->cx,
			  town_edit(t, &(PostEdit){.post_id = post, .text.source = S("This is awful, and it never worked.")}));
	settle(t);
	assert_int_equal(reading_sentiment(bits_of(t, post)), SENTIMENT_NEG);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM post WHERE lang = 'de'"), 0);
}
TEST(insight_reads_what_is_written) { with_town(reads_what_is_written); }

static void code_is_not_said(Town *t)
{
	Id topic, opening;
	assert_ok(t->cx,
			  town_ask(t, S("A question about a log"), S("log"),
					   S("> I hate this terrible, awful thing\n\n    fatal error: terrible failure, awful crash\n\nThe "
						 "meeting is on Tuesday."),
					   &topic, &opening));
	settle(t);
	assert_int_equal(reading_sentiment(bits_of(t, opening)), SENTIMENT_NEU);
}
TEST(insight_leaves_out_quotations_and_code) { with_town(code_is_not_said); }

static void deleted_texts_are_gone(Town *t)
{
	Id topic, opening, post, comment;
	assert_ok(t->cx, town_ask(t, S("How do I descale it?"), S("kettle"), S("It whistles."), &topic, &opening));
	t->cx->actor = &t->helping;
	assert_ok(t->cx, town_answer(t, topic, S("With vinegar."), &post));
	assert_ok(t->cx, town_comment(t, post, S("Rinse it well."), &comment));
	settle(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM reading"), 3);
	t->cx->actor = &t->moderating;
	assert_ok(t->cx, town_delete(t, post, true));
	settle(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM reading"), 1);
	assert_ok(t->cx, town_delete(t, post, false));
	assert_ok(t->cx, town_delete(t, opening, true));
	settle(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM reading"), 0);
	assert_ok(t->cx, town_delete(t, opening, false));
	settle(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM reading"), 3);
}
TEST(insight_forgets_what_is_deleted) { with_town(deleted_texts_are_gone); }

static Status other_engine(Ctx *cx, Tx *tx, void *arg)
{
	(void)arg;
	return insight_state_put(
		cx, tx,
		&(InsightStatePutArgs){
			.stamp = 1, .generation = 7, .done_n = 3, .total_n = 3, .started_at = 1, .finished_at = 1});
}

static void another_engine_reads_again(Town *t)
{
	Id topic, opening, post;
	for (int i = 0; i < 3; i++) {
		t->cx->actor = &t->asking;
		assert_ok(t->cx, town_ask(t, S("How do I descale it?"), S("kettle"), S("It whistles."), &topic, &opening));
		for (int k = 0; k < 50; k++) assert_ok(t->cx, town_answer(t, topic, S("With vinegar, and patience."), &post));
	}
	settle(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM reading"), 153);
	assert_ok(t->cx, store_write(t->cx, t->store, other_engine, NULL));
	t->cx->actor = NULL;
	assert_ok(t->cx, insight_analyse_all(t->cx, t->store, NULL, NULL));
	assert_int_equal(reading_generation(bits_of(t, post)), 8);
	AUTO(Db) db = NULL;
	InsightProgress p;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, insight_progress(t->cx, db, &p));
	assert_true(p.finished && p.done == 153 && p.total == 153 && p.generation == 8);
}
TEST(insight_another_engine_reads_all_again) { with_town(another_engine_reads_again); }

// --- spam -------------------------------------------------------------------------------------------------------------------

#define SPAM_TEXT                                                                                                      \
	S("WINNER!! You have been selected to receive a FREE prize of $1000 cash! Call now or text CLAIM to 80086. Free "  \
	  "entry, txt "                                                                                                    \
	  "STOP to end.")

typedef struct Decision {
	Id subject;
	SpamState state;
} Decision;

static Status decide_tx(Ctx *cx, Tx *tx, void *arg)
{
	const Decision *d = arg;
	return insight_spam_decide(cx, tx, d->subject, d->state);
}

static Status decide(Town *t, Id subject, SpamState state)
{
	Decision d = {subject, state};
	t->cx->actor = &t->moderating;
	return store_write(t->cx, t->store, decide_tx, &d);
}

static void new_members_spam(Town *t)
{
	Id topic, opening, spam, ham, comment;
	assert_ok(t->cx, town_ask(t, S("How do I descale it?"), S("kettle"), S("It whistles."), &topic, &opening));
	t->cx->actor = &t->strange;
	assert_ok(t->cx, town_answer(t, topic, SPAM_TEXT, &spam));
	assert_ok(t->cx, town_answer(t, topic, S("Use vinegar, and rinse it well."), &ham));
	assert_ok(t->cx, town_comment(t, opening, SPAM_TEXT, &comment));
	(void)town_session(t, t->helper, ROLE_HELPER); // who has a role is not looked at
	t->cx->actor = &t->helping;
	assert_ok(t->cx, town_answer(t, topic, SPAM_TEXT, &ham));
	settle(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM suspect WHERE state = 0"), 2);
	assert_ok(t->cx, decide(t, spam, SPAM_HIDDEN));
	assert_status(t->cx, decide(t, spam, SPAM_CLEARED), ST_CONFLICT);
	assert_ok(t->cx, decide(t, comment, SPAM_HIDDEN));
	assert_status(t->cx, decide(t, ham, SPAM_HIDDEN), ST_NOT_FOUND);
	settle(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM post WHERE deleted_at > 0"), 1);
	assert_int_equal(town_number(t, "SELECT comments_n AS n FROM post WHERE number = 0"), 0);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM correction WHERE label = 1"), 2);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM fact WHERE kind = 52"), 2);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM reading"), 3);
	town_check_counts(t);
	assert_ok(t->cx, decide(t, spam, SPAM_OPEN)); // taken back: everything is as before
	assert_ok(t->cx, decide(t, comment, SPAM_OPEN));
	assert_ok(t->cx, decide(t, comment, SPAM_CLEARED));
	settle(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM suspect WHERE state = 0"), 1);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM fact WHERE kind = 54"), 2);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM correction WHERE label = 0"), 1);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM reading"), 5);
	assert_true(reading_spam(bits_of(t, spam)) > SUSPECT_LEAST);
	assert_int_equal(reading_spam(bits_of(t, comment)), 0); // a person said so
}
TEST(insight_spam_of_new_members_is_hidden_and_taken_back) { with_town(new_members_spam); }

// --- corrections ------------------------------------------------------------------------------------------------------------

typedef struct Correcting {
	Id subject;
	InsightTask task;
	int64_t label;
} Correcting;

static Status correct_tx(Ctx *cx, Tx *tx, void *arg)
{
	const Correcting *c = arg;
	return insight_correct(cx, tx, c->subject, c->task, c->label);
}

static Status correct(Town *t, Id subject, InsightTask task, int64_t label)
{
	Correcting c = {subject, task, label};
	return store_write(t->cx, t->store, correct_tx, &c);
}

static Status uncorrect_tx(Ctx *cx, Tx *tx, void *arg) { return insight_uncorrect(cx, tx, *(const Id *)arg); }

static void a_correction_stands(Town *t)
{
	Id topic, opening;
	assert_ok(t->cx, town_ask(t, S("Worst router ever"), S("router"), S("It is broken, I hate it."), &topic, &opening));
	t->cx->actor = &t->moderating;
	assert_status(t->cx, correct(t, opening, TASK_SENTIMENT, SENTIMENT_POS), ST_CONFLICT); // not read yet
	settle(t);
	assert_status(t->cx, correct(t, opening, TASK_SENTIMENT, 3), ST_INVALID);
	assert_ok(t->cx, correct(t, opening, TASK_SENTIMENT, SENTIMENT_POS));
	assert_ok(t->cx, correct(t, opening, TASK_LANGUAGE, reading_language_number(S("nl"))));
	assert_int_equal(reading_sentiment(bits_of(t, opening)), SENTIMENT_POS);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM post WHERE lang = 'nl'"), 1);
	assert_ok(t->cx, town_edit(t, &(PostEdit){.post_id = opening, .text.source = S("It is broken, I hate this.")}));
	settle(t); // read again, but what a person said stands
	assert_int_equal(reading_sentiment(bits_of(t, opening)), SENTIMENT_POS);
	assert_str_equal(reading_language_code(reading_language(bits_of(t, opening))), "nl");
	Id correction = town_number(t, "SELECT id AS n FROM correction WHERE task = 0");
	assert_ok(t->cx, store_write(t->cx, t->store, uncorrect_tx, &correction));
	settle(t);
	assert_int_equal(reading_sentiment(bits_of(t, opening)), SENTIMENT_NEG);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM fact WHERE kind = 55"), 3);
}
TEST(insight_a_correction_stands_until_taken_back) { with_town(a_correction_stands); }

static const char *const THINGS[] = {"router", "kettle", "camera", "lamp",    "radio", "charger",
									 "cable",  "screen", "sensor", "speaker", "drone", "printer"};

// Here people say "sick" of what they like, and say it in many ways.
static void say_sick(Town *t, int i, Id *ret)
{
	Id topic;
	Str body = str_format(t->cx->arena, "My %s number %d with the %s is sick, and the %s is sick too.", THINGS[i % 12],
						  i, THINGS[i / 12 % 12], THINGS[i * 7 % 12]);
	assert_ok(t->cx,
			  town_ask(t, str_format(t->cx->arena, "About the %s", THINGS[i * 5 % 12]), S("x"), body, &topic, ret));
}

static Status layer_off(Ctx *cx, Tx *tx, void *arg)
{
	return insight_layer_set(cx, tx, TASK_SENTIMENT, *(const bool *)arg);
}

static void a_layer_is_learnt(Town *t)
{
	Id said[80], fresh, topic, opening;
	for (int i = 0; i < 80; i++) say_sick(t, i, &said[i]);
	for (int i = 0; i < 240; i++)
		assert_ok(t->cx, town_ask(t, S("How do I set this up?"), S("x"),
								  str_format(t->cx->arena, "The %s %s %s does not %s, number %d: what now?",
											 THINGS[i % 12], i % 2 ? "is terrible and" : "is fine but",
											 THINGS[i / 12 % 12], i % 3 ? "start" : "charge", i),
								  &topic, &opening));
	settle(t);
	t->cx->actor = &t->moderating;
	size_t wrong = 0;
	for (int i = 0; i < 80; i++) {
		wrong += reading_sentiment(bits_of(t, said[i])) != SENTIMENT_POS;
		assert_ok(t->cx, correct(t, said[i], TASK_SENTIMENT, SENTIMENT_POS));
	}
	assert_true(wrong > 60);
	settle(t);
	assert_int_equal(town_number(t, "SELECT verdict AS n FROM insight_layer WHERE task = 0"), LAYER_USED);
	say_sick(t, 999, &fresh);
	settle(t);
	assert_int_equal(reading_sentiment(bits_of(t, fresh)), SENTIMENT_POS);
	bool on = false;
	t->cx->actor = &t->moderating;
	assert_ok(t->cx, store_write(t->cx, t->store, layer_off, &on)); // and back: it is reversible
	t->cx->actor = NULL;
	assert_ok(t->cx, insight_analyse_all(t->cx, t->store, NULL, NULL));
	assert_int_not_equal(reading_sentiment(bits_of(t, fresh)), SENTIMENT_POS);
	assert_int_equal(reading_sentiment(bits_of(t, said[0])), SENTIMENT_POS); // what was corrected stands
	on = true;
	assert_ok(t->cx, store_write(t->cx, t->store, layer_off, &on));
	assert_ok(t->cx, insight_analyse_all(t->cx, t->store, NULL, NULL));
	assert_int_equal(reading_sentiment(bits_of(t, fresh)), SENTIMENT_POS);
}
TEST(insight_learns_from_corrections_reversibly) { with_town(a_layer_is_learnt); }
