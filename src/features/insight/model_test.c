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
	Feature f = insight_feature();
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
	Id topic, opening, post, comment;
	assert_ok(t->cx, town_ask(t, S("Worst router ever"), S("router"), S("It is broken again. I hate it, terrible!"),
							  &topic, &opening));
	settle(t); // the first time: the pass
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM insight_state WHERE finished_at > 0 AND done_n = 1"), 1);
	assert_int_equal(reading_sentiment(bits_of(t, opening)), SENTIMENT_NEG);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM reading WHERE words LIKE '%hate%'"), 1);
	t->cx->actor = &t->helping;
	assert_ok(t->cx, town_answer(t, topic, S("Ich liebe dieses Gerät, es ist wunderbar und sehr zuverlässig."), &post));
	assert_ok(t->cx, town_comment(t, post, S("Thank you so much, that is great!"), &comment));
	settle(t); // from then on: the facts
	assert_str_equal(reading_language_code(reading_language(bits_of(t, post))), "de");
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM post WHERE lang = 'de'"), 1);
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
