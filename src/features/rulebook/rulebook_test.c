// SPDX-License-Identifier: AGPL-3.0-or-later
// Trials and publishing, on both engines.
#include "rulebook.h"

#include "community/model_testkit.h"
#include "core/job.h"
#include "rulebook/feature.h"

#include "test.h"

typedef struct Trying {
	TrialKind kind;
	Str toml;
	Id trial;
	Str note;
} Trying;

static Status start(Ctx *cx, Tx *tx, void *arg)
{
	Trying *t = arg;
	return rulebook_try(cx, tx, t->kind, t->toml, &t->trial);
}

static Status publish(Ctx *cx, Tx *tx, void *arg)
{
	const Trying *t = arg;
	return rulebook_publish(cx, tx, t->trial, t->note);
}

static void run_jobs(Town *t)
{
	size_t ran;
	Feature feature = rulebook_feature();
	assert_ok(t->cx, jobs_run_due(t->cx, t->store, feature.jobs, feature.jobs_n, &ran));
	assert_int_equal(ran, 1);
}

static TrialFindRow row_of(Town *t, Id trial)
{
	TrialFindRow row;
	bool found;
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, trial_find(t->cx, db, &(TrialFindArgs){.id = trial}, &row, &found));
	assert_true(found);
	return row;
}

static void talk(Town *t)
{
	Id topic, opening, post;
	assert_ok(t->cx, town_ask(t, S("How do I descale the kettle?"), S("kettle"), S("It whistles."), &topic, &opening));
	t->cx->actor = &t->helping;
	assert_ok(t->cx, town_answer(t, topic, S("With vinegar."), &post));
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_accept(t, post, true));
	assert_ok(t->cx, town_vote(t, post, 1));
}

static void try_and_publish(Town *t)
{
	talk(t);
	Trying trying = {TRIAL_WHATIF, rules_pack_text(S("stackexchange")), 0, S("Points, as elsewhere.")};
	t->cx->actor = &t->moderating;
	assert_ok(t->cx, store_write(t->cx, t->store, start, &trying));
	assert_status(t->cx, store_write(t->cx, t->store, publish, &trying), ST_CONFLICT); // not known yet
	t->cx->actor = NULL;
	run_jobs(t);
	assert_int_equal(row_of(t, trying.trial).state, TRIAL_DONE);
	assert_true(town_number(t, "SELECT value / 10000 AS n FROM rule_figure WHERE name = 'counted'") >= 2);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM ruleset"), 0); // trying changes nothing
	t->cx->actor = &t->moderating;
	assert_ok(t->cx, store_write(t->cx, t->store, publish, &trying));
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM ruleset"), 2); // what was in force before is kept
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM fact WHERE kind = 34"), 1);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM audit WHERE action = 'rules.published'"), 1);
	Published now;
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, standing_rules(t->cx, db, &now));
	assert_int_equal(now.version, 2);
	assert_str_equal(now.rules->name, "stackexchange");
	assert_str_equal(now.note, "Points, as elsewhere.");
}

static void a_job_twice(Town *t)
{
	talk(t);
	Trying trying = {TRIAL_BACKTEST, str_none(), 0, str_none()};
	assert_ok(t->cx, store_write(t->cx, t->store, start, &trying));
	run_jobs(t);
	int64_t figures = town_number(t, "SELECT count(*) AS n FROM rule_figure");
	Str payload = str_format(t->cx->arena, "%lld", (long long)trying.trial);
	assert_ok(t->cx, rulebook_run(t->cx, t->store, payload));
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM rule_figure"), figures);
	assert_int_equal(row_of(t, trying.trial).state, TRIAL_DONE); // too little history is no failure
	assert_ok(t->cx, rulebook_run(t->cx, t->store, S("12345"))); // gone
	assert_status(t->cx, rulebook_run(t->cx, t->store, S("x")), ST_INVALID);
	assert_status(t->cx, store_write(t->cx, t->store, publish, &trying), ST_NOT_FOUND); // a back-test has no rules
}

static void with_town(TownTest run)
{
	const MigrationSet more[] = {{reputation_migrations, reputation_migrations_n},
								 {rulebook_migrations, rulebook_migrations_n}};
	test_towns_with(more, COUNTOF(more), run);
}
TEST(tried_rules_are_published_when_they_are_reckoned) { with_town(try_and_publish); }
TEST(a_trial_runs_once_and_a_quiet_site_is_no_failure) { with_town(a_job_twice); }

TEST(rules_that_cannot_be_read_say_where)
{
	Ctx *cx = test_ctx();
	Ruleset *rules;
	assert_status(cx, rulebook_read(cx, S("[ruleset]\nname = 3\n"), &rules), ST_INVALID);
	assert_true(str_starts(cx->fail_text, S("rules:")));
}
