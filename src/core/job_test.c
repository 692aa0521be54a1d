// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/job.h"
#include "core/store_testkit.h"
#include "core_sql.h"
#include "test.h"

// --- facts ------------------------------------------------------------------------------------------------------------

typedef struct Append {
	int from, n;
	Str origin;
	bool fail, fresh;
} Append;

static Status append(Ctx *cx, Tx *tx, void *arg)
{
	Append *in = arg;
	for (int i = in->from; i < in->from + in->n; i++)
		TRY(fact_append_new(
			cx, tx,
			&(Fact){
				.kind = FACT_POSTED, .subject_type = SUBJECT_POST, .subject_id = 7, .value = i, .origin = in->origin},
			&in->fresh));
	return in->fail ? fail(cx, ST_CONFLICT, "taken back") : ST_OK;
}

static void put_facts(Ctx *cx, Store *store, int from, int n)
{
	assert_ok(cx, store_write(cx, store, append, &(Append){.from = from, .n = n}));
}

static void rolled_back(Ctx *cx, Store *store)
{
	assert_int_equal(store_write(cx, store, append, &(Append){.n = 5, .fail = true}), ST_CONFLICT);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM fact"), 0);
	put_facts(cx, store, 0, 2);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM fact"), 2);
}
TEST(fact_of_a_rolled_back_change_is_not_there) { test_stores(NULL, 0, rolled_back); }

static void origins(Ctx *cx, Store *store)
{
	Append a = {.n = 1, .origin = S("so:1")};
	assert_ok(cx, store_write(cx, store, append, &a));
	assert_true(a.fresh);
	assert_ok(cx, store_write(cx, store, append, &a));
	assert_false(a.fresh);
	a = (Append){.n = 3}; // those that happened here do not count as equal
	assert_ok(cx, store_write(cx, store, append, &a));
	assert_true(a.fresh);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM fact"), 4);
}
TEST(fact_of_a_known_origin_is_ignored) { test_stores(NULL, 0, origins); }

typedef struct Reader {
	Id last;
	int64_t values[2 * FACT_BATCH + 100];
	size_t n, fail_at; // fails once, when that many were seen
} Reader;

static Status take(Ctx *cx, UNUSED Tx *tx, Id id, const Fact *fact, void *arg)
{
	Reader *r = arg;
	if (r->fail_at && r->n == r->fail_at) {
		r->n = r->fail_at = 0; // of this batch
		r->last = 0;
		return fail(cx, ST_INTERNAL, "reader fell over");
	}
	assert_true(id > r->last && fact->kind == FACT_POSTED && fact->subject_id == 7 && fact->at_ms > 0);
	r->last = id;
	assert_true(r->n < COUNTOF(r->values));
	r->values[r->n++] = fact->value;
	return ST_OK;
}

// Past the time that facts are given to settle on PostgreSQL.
static void settle(void) { test_clock_set(test_ctx()->now_ms + FACT_SETTLE_MS + 10); }

static void read_all(Ctx *cx, Store *store)
{
	Reader *r = ARENA_NEW(cx->arena, Reader, 1), *other = ARENA_NEW(cx->arena, Reader, 1);
	size_t n;
	assert_ok(cx, facts_read(cx, store, S("scores"), take, r, &n));
	assert_int_equal(n, 0);
	put_facts(cx, store, 0, FACT_BATCH + 30);
	settle();
	assert_ok(cx, facts_read(cx, store, S("scores"), take, r, &n));
	assert_int_equal(n, FACT_BATCH);
	put_facts(cx, store, FACT_BATCH + 30, 20);
	settle();
	assert_ok(cx, facts_read(cx, store, S("scores"), take, r, &n)); // goes on where it was
	assert_int_equal(n, 50);
	assert_ok(cx, facts_read(cx, store, S("scores"), take, r, &n));
	assert_int_equal(n, 0);
	assert_int_equal(r->n, FACT_BATCH + 50);
	for (size_t i = 0; i < r->n; i++) assert_int_equal(r->values[i], i);
	assert_ok(cx, facts_read(cx, store, S("other"), take, other, &n)); // each reader has its own cursor
	assert_int_equal(other->n, FACT_BATCH);
}
TEST(fact_readers_get_each_once_in_order) { test_stores(NULL, 0, read_all); }

static void read_failing(Ctx *cx, Store *store)
{
	Reader *r = ARENA_NEW(cx->arena, Reader, 1);
	size_t n;
	put_facts(cx, store, 0, 40);
	settle();
	r->fail_at = 25;
	assert_int_equal(facts_read(cx, store, S("scores"), take, r, &n), ST_INTERNAL);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM fact_reader"), 0); // the cursor stayed
	assert_ok(cx, facts_read(cx, store, S("scores"), take, r, &n));
	assert_int_equal(n, 40);
	assert_int_equal(r->n, 40);
}
TEST(fact_reader_that_fails_gets_its_batch_again) { test_stores(NULL, 0, read_failing); }

static void read_unsettled(Ctx *cx, Store *store)
{
	Reader *r = ARENA_NEW(cx->arena, Reader, 1);
	size_t n;
	put_facts(cx, store, 0, 3);
	assert_ok(cx, facts_read(cx, store, S("scores"), take, r, &n));
	assert_int_equal(n, store_engine(store) == DB_POSTGRES ? 0 : 3);
}
TEST(fact_readers_wait_for_facts_to_settle_where_they_must) { test_stores(NULL, 0, read_unsettled); }

static size_t seen_by_reader; // of the test that runs
static bool stale;            // its batch is not the newest

static Status seen_tx(Ctx *cx, Tx *tx, void *arg)
{
	const FactBatch *batch = arg;
	return facts_move(cx, tx, S("whole"), stale ? batch->after + 1 : batch->after, batch->ids[batch->n - 1]);
}

static Status see(Ctx *cx, Store *store, const FactBatch *batch)
{
	seen_by_reader += batch->n;
	return store_write(cx, store, seen_tx, (void *)(uintptr_t)batch);
}
static const FactReader READERS[] = {{.name = "whole", .read = see}};

static void run_readers(Ctx *cx, Store *store)
{
	size_t n;
	AUTO(Db) db = NULL;
	Id last;
	seen_by_reader = 0;
	stale = false;
	assert_ok(cx, readers_run(cx, store, READERS, 1, &n)); // an idle site does not come to `see`
	assert_int_equal(n + seen_by_reader, 0);
	put_facts(cx, store, 0, 3);
	cx->now_ms += 2 * FACT_SETTLE_MS;
	stale = true;
	assert_ok(cx, readers_run(cx, store, READERS, 1, &n)); // another process was there first
	assert_int_equal(n, 3);                                // who catches up looks again
	stale = false;
	assert_ok(cx, readers_run(cx, store, READERS, 1, &n));
	assert_int_equal(n, 3);
	assert_int_equal(seen_by_reader, 6);
	assert_ok(cx, readers_run(cx, store, READERS, 1, &n));
	assert_int_equal(n, 0);
	assert_ok(cx, db_begin(cx, store, &db));
	assert_ok(cx, facts_last(cx, db, &last));
	assert_int_equal(last, test_number(cx, store, "SELECT max(id) AS n FROM fact"));
}
TEST(fact_readers_of_features_look_before_they_write) { test_stores(NULL, 0, run_readers); }

TEST(fact_kinds_have_names)
{
#define X(name, number, text) assert_string_equal(fact_kind_name(name), text);
	FACT_TABLE(X)
#undef X
	assert_null(fact_kind_name((FactKind)0));
	assert_null(fact_kind_name((FactKind)9999));
}

// --- jobs -------------------------------------------------------------------------------------------------------------

static int ran, failing; // of the test that runs

static Status count_job(Ctx *cx, UNUSED Store *store, Str payload)
{
	ran++;
	assert_str_equal(payload, "{\"to\":1}");
	if (!failing) return ST_OK;
	failing--;
	return fail(cx, ST_TIMEOUT, "the far side does not answer");
}
static const JobKind KINDS[] = {{.queue = "count", .run = count_job}};

typedef struct Wanted {
	Str queue, payload;
	Time at;
	int n;
	bool fail;
} Wanted;

static Status enqueue(Ctx *cx, Tx *tx, void *arg)
{
	const Wanted *w = arg;
	for (int i = 0; i < w->n; i++) TRY(job_enqueue(cx, tx, w->queue, w->payload, w->at));
	return w->fail ? fail(cx, ST_CONFLICT, "no") : ST_OK;
}

static void want(Ctx *cx, Store *store, int n, Time at)
{
	ran = failing = 0;
	assert_ok(cx, store_write(cx, store, enqueue,
							  &(Wanted){.queue = S("count"), .payload = S("{\"to\":1}"), .n = n, .at = at}));
}

static size_t run_due(Ctx *cx, Store *store)
{
	size_t n = 99;
	assert_ok(cx, jobs_run_due(cx, store, KINDS, COUNTOF(KINDS), &n));
	return n;
}

static void later(Time ms) { test_clock_set(test_ctx()->now_ms + ms); }

static void once(Ctx *cx, Store *store)
{
	want(cx, store, JOB_BATCH + 5, 0);
	assert_int_equal(run_due(cx, store), JOB_BATCH);
	assert_int_equal(run_due(cx, store), 5);
	assert_int_equal(run_due(cx, store), 0);
	assert_int_equal(ran, JOB_BATCH + 5);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM job"), 0);
}
TEST(job_runs_once_and_is_gone) { test_stores(NULL, 0, once); }

static void with_its_change(Ctx *cx, Store *store)
{
	Wanted w = {.queue = S("count"), .payload = S("{}"), .n = 1, .fail = true};
	assert_int_equal(store_write(cx, store, enqueue, &w), ST_CONFLICT);
	assert_int_equal(run_due(cx, store), 0);
	w = (Wanted){.queue = S("count"),
				 .n = 1,
				 .payload = {arena_alloc(cx->arena, JOB_PAYLOAD_MAX_BYTES + 1, 1), JOB_PAYLOAD_MAX_BYTES + 1}};
	assert_int_equal(store_write(cx, store, enqueue, &w), ST_TOO_LARGE);
}
TEST(job_of_a_rolled_back_change_does_not_run) { test_stores(NULL, 0, with_its_change); }

static void not_early(Ctx *cx, Store *store)
{
	want(cx, store, 1, cx->now_ms + 5000);
	assert_int_equal(run_due(cx, store), 0);
	later(4999);
	assert_int_equal(run_due(cx, store), 0);
	later(1);
	assert_int_equal(run_due(cx, store), 1);
}
TEST(job_waits_for_its_time) { test_stores(NULL, 0, not_early); }

static void retries(Ctx *cx, Store *store)
{
	want(cx, store, 1, 0);
	failing = JOB_ATTEMPTS_MAX + 5;
	Time last_pause = 0;
	for (int i = 1; i < JOB_ATTEMPTS_MAX; i++) {
		assert_int_equal(run_due(cx, store), 1);
		assert_int_equal(run_due(cx, store), 0); // not at once again
		Time pause = test_number(cx, store, "SELECT run_at FROM job") - cx->now_ms;
		assert_true(last_pause ? pause == 2 * last_pause : pause >= JOB_PAUSE_MS);
		last_pause = pause;
		later(pause - 1);
		assert_int_equal(run_due(cx, store), 0);
		later(1);
	}
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM job WHERE dead = 1 OR attempts > 7"), 0);
	assert_int_equal(run_due(cx, store), 1);
	assert_int_equal(ran, JOB_ATTEMPTS_MAX);
	later(365 * TIME_DAY_MS);
	assert_int_equal(run_due(cx, store), 0); // a dead letter
	AUTO(Db) db = NULL;
	JobListDeadRows dead;
	assert_ok(cx, db_begin(cx, store, &db));
	assert_ok(cx, job_list_dead(cx, db, &(JobListDeadArgs){.limit = 10}, &dead));
	assert_int_equal(dead.n, 1);
	assert_int_equal(dead.v[0].attempts, JOB_ATTEMPTS_MAX);
	assert_str_equal(dead.v[0].last_error, "the far side does not answer");
}

TEST(job_is_tried_again_then_kept_as_a_dead_letter) { test_stores(NULL, 0, retries); }

static void recovers(Ctx *cx, Store *store)
{
	want(cx, store, 1, 0);
	failing = 2;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(run_due(cx, store), 1);
		later(TIME_HOUR_MS);
	}
	assert_int_equal(run_due(cx, store), 1);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM job"), 0);
}
TEST(job_that_works_at_last_is_gone) { test_stores(NULL, 0, recovers); }

static void unknown(Ctx *cx, Store *store)
{
	assert_ok(cx, store_write(cx, store, enqueue, &(Wanted){.queue = S("nobody"), .payload = S("{}"), .n = 1}));
	assert_int_equal(run_due(cx, store), 1);
	assert_int_equal(
		test_number(cx, store, "SELECT count(*) FROM job WHERE last_error LIKE '%nobody%' AND locked_until = 0"), 1);
	for (int i = 1; i < JOB_ATTEMPTS_MAX; i++) {
		later(TIME_DAY_MS);
		assert_int_equal(run_due(cx, store), 1);
	}
	later(TIME_DAY_MS);
	assert_int_equal(run_due(cx, store), 0);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM job"), 1);
}
TEST(job_of_an_unknown_queue_ends_as_a_dead_letter) { test_stores(NULL, 0, unknown); }

// A process that dies after its claim.
static Status claim_only(Ctx *cx, Tx *tx, UNUSED void *arg)
{
	JobClaimRows rows;
	TRY(job_claim(cx, tx,
				  &(JobClaimArgs){.now = cx->now_ms,
								  .until = cx->now_ms + JOB_LEASE_MS,
								  .attempts_max = JOB_ATTEMPTS_MAX,
								  .limit = JOB_BATCH},
				  &rows));
	assert_int_equal(rows.n, 1);
	return ST_OK;
}

static void lease(Ctx *cx, Store *store)
{
	want(cx, store, 1, 0);
	assert_ok(cx, store_write(cx, store, claim_only, NULL));
	assert_int_equal(run_due(cx, store), 0);
	later(JOB_LEASE_MS - 1);
	assert_int_equal(run_due(cx, store), 0);
	later(1);
	assert_int_equal(run_due(cx, store), 1);
	assert_int_equal(ran, 1);
}
TEST(job_runs_again_when_its_lease_has_passed) { test_stores(NULL, 0, lease); }

// A job that kills its process each time must not do so for ever.
static void poison(Ctx *cx, Store *store)
{
	want(cx, store, 1, 0);
	for (int i = 0; i < JOB_ATTEMPTS_MAX; i++) {
		assert_ok(cx, store_write(cx, store, claim_only, NULL));
		later(JOB_LEASE_MS);
	}
	run_due(cx, store);
	assert_int_equal(ran, 0);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM job"), 1);
}
TEST(job_that_kills_its_process_is_given_up) { test_stores(NULL, 0, poison); }

static Status write_audit(Ctx *cx, Tx *tx, UNUSED void *arg)
{
	TRY(audit(cx, tx, S("space.delete"), 12, S("help")));
	return audit(cx, tx, S("site.checked"), 0, str_none());
}

static void audits(Ctx *cx, Store *store)
{
	Actor admin = actor_member(77, S("ann"), ROLE_ADMIN, AFFILIATION_EMPLOYEE);
	cx->actor = &admin;
	assert_ok(cx, store_write(cx, store, write_audit, NULL));
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM audit WHERE actor_id = 77"), 2);
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM audit WHERE subject_id IS NULL AND detail IS NULL"),
					 1);
}
TEST(audit_tells_who_did_it) { test_stores(NULL, 0, audits); }
