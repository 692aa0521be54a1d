// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/jobs.h"

#include "community/model_testkit.h"
#include "test.h"

static Status enqueue(Ctx *cx, Tx *tx, void *kind)
{
	return job_enqueue(cx, tx, str_from(((const JobKind *)kind)->queue), S("{}"), 0);
}

static void run_all(Town *t)
{
	Id topic, opening;
	size_t ran;
	assert_ok(t->cx, town_ask(t, S("My kettle is too loud"), S("kettle"), S("It whistles."), &topic, &opening));
	for (size_t i = 0; i < community_jobs_n; i++) {
		JobKind kind = community_jobs[i];
		assert_true(kind.every_ms > 0);
		assert_ok(t->cx, store_write(t->cx, t->store, enqueue, &kind));
	}
	assert_ok(t->cx, jobs_run_due(t->cx, t->store, community_jobs, community_jobs_n, &ran));
	assert_int_equal(ran, community_jobs_n);
	assert_int_equal(town_number(t, "SELECT count(*) FROM job"), 0); // none failed
	SearchHits hits;
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, community_search(t->cx, db, &(SearchArgs){.text = S("kettle"), .solved = -1, .limit = 5}, &hits));
	assert_int_equal(hits.total, 1);
}
TEST(community_jobs_run) { test_towns(run_all); }
