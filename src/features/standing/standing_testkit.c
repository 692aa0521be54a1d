// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/standing_testkit.h"

#include "community/model_testkit.h"

#include "test.h"

static const MigrationSet MORE[] = {{reputation_migrations, 8}};
void test_standings(void (*run)(Town *t)) { test_towns_with(MORE, 1, run); }

// Every pass begins with what is sealed by now, and after it what is old enough is sealed anew.
static void seal(Town *t)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	AUTO(Db) db = NULL;
	RepLog *log;
	Ctx cx = *t->cx;
	cx.arena = a;
	assert_ok(&cx, db_begin(&cx, t->store, &db));
	assert_ok(&cx, rep_log_load(&cx, db, &(RepScope){.history = cx.site->history}, &log));
	assert_ok(&cx, rep_history_keep(&cx, log, 1));
}

void town_settle(Town *t)
{
	Site *site = t->cx->site;
	Site sealing = {.history = str_format(test_arena(), "%s/standing-%d", test_dir(), (int)store_engine(t->store))};
	if (store_engine(t->store) == DB_POSTGRES) t->cx->now_ms += 2 * FACT_SETTLE_MS;
	t->cx->actor = NULL;
	t->cx->site = &sealing;
	assert_ok(t->cx, standing_catch_up(t->cx, t->store));
	seal(t);
	t->cx->site = site;
}

bool town_tick(Town *t, Fresh *fresh)
{
	static const FactReader READER = {.name = STANDING_READER, .read = standing_read};
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	Ctx cx = *t->cx;
	FactBatch batch;
	size_t n;
	cx.arena = a;
	cx.actor = NULL;
	fail_clear(&cx);
	assert_ok(&cx, fresh_look(&cx, t->store, fresh, &batch));
	Status st = batch.n ? standing_read_fresh(&cx, t->store, &batch) : ST_OK;
	if (st != ST_CONFLICT) assert_ok(&cx, st);
	if (st == ST_OK && batch.n) fresh_done(fresh);
	assert_ok(&cx, readers_run(&cx, t->store, &READER, 1, &n));
	return st == ST_CONFLICT;
}

static void count_wrong(void *arg, const char *what, int64_t differing)
{
	(void)what;
	*(int64_t *)arg += differing;
}

void town_check_replayed(Town *t)
{
	AUTO(Db) db = NULL;
	int64_t wrong = 0;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, standing_recheck(t->cx, db, count_wrong, &wrong));
	assert_int_equal(wrong, 0);
}

int64_t town_ranks_unexplained(Town *t)
{
	return town_number(t,
					   "SELECT COALESCE(sum(rank), 0) - (SELECT COALESCE(sum(value - CAST(replace(replace(data, "
					   "'{\"before\":', ''), '}', '') AS BIGINT)), 0) FROM fact WHERE kind = 32) AS n FROM standing");
}
