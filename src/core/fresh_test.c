// SPDX-License-Identifier: AGPL-3.0-or-later
// Fresh facts: each is given once to the process that wrote it, before the readers of the journal come to it, which read
// each once nevertheless.
#include "core/fresh.h"
#include "core/store_testkit.h"

#include "test.h"

static Status append(Ctx *cx, Tx *tx, void *arg)
{
	const int *n = arg;
	for (int i = 0; i < *n; i++)
		TRY(fact_append(cx, tx, &(Fact){.kind = FACT_POSTED, .subject_type = SUBJECT_POST, .subject_id = 7}));
	return ST_OK;
}

static void put(Ctx *cx, Store *store, int n) { assert_ok(cx, store_write(cx, store, append, &n)); }

static FactBatch look(Ctx *cx, Store *store, Fresh *fresh)
{
	FactBatch batch;
	assert_ok(cx, fresh_look(cx, store, fresh, &batch));
	for (size_t i = 0; i < batch.n; i++) {
		assert_int_equal(batch.v[i].subject_id, 7);
		if (i) assert_true(batch.ids[i] > batch.ids[i - 1]);
	}
	return batch;
}

static size_t taken(Ctx *cx, Store *store, Fresh *fresh)
{
	FactBatch batch = look(cx, store, fresh);
	if (batch.n) fresh_done(fresh);
	return batch.n;
}

// Where facts settle at once, none is ever fresh.
static size_t there(Store *store, size_t n) { return store_engine(store) == DB_POSTGRES ? n : 0; }

static void once(Ctx *cx, Store *store)
{
	Fresh *fresh = ARENA_NEW(cx->arena, Fresh, 1);
	assert_int_equal(taken(cx, store, fresh), 0);
	put(cx, store, 3);
	assert_int_equal(look(cx, store, fresh).n, there(store, 3));
	assert_int_equal(taken(cx, store, fresh), there(store, 3)); // it was not done
	assert_int_equal(taken(cx, store, fresh), 0);
	cx->now_ms += 100;
	put(cx, store, 2);
	assert_int_equal(taken(cx, store, fresh), there(store, 2));
	cx->now_ms += FACT_SETTLE_MS;
	put(cx, store, 1);
	assert_int_equal(taken(cx, store, fresh), there(store, 1));
	Fresh *begun = ARENA_NEW(cx->arena, Fresh, 1); // of a process that has only just begun
	cx->now_ms += FACT_SETTLE_MS + 1;
	assert_int_equal(taken(cx, store, begun), 0); // all have settled
}
TEST(fresh_facts_are_given_once) { test_stores(NULL, 0, once); }

// The same process began something two seconds ago, and it is committed only now; and so did another process.
static void late(Ctx *cx, Store *store)
{
	Fresh *fresh = ARENA_NEW(cx->arena, Fresh, 1);
	IdSource own = {.node = cx->ids->node}, theirs = {.node = (cx->ids->node + 1) & 1023};
	Ctx slow = *cx, other = *cx;
	slow.ids = &own;
	other.ids = &theirs;
	slow.now_ms -= 2 * TIME_SECOND_MS;
	put(cx, store, 2);
	assert_int_equal(taken(cx, store, fresh), there(store, 2));
	put(&slow, store, 1);
	assert_int_equal(taken(cx, store, fresh), there(store, 1));
	put(&other, store, 4);
	assert_int_equal(taken(cx, store, fresh), 0);
	Fresh *of_other = ARENA_NEW(cx->arena, Fresh, 1);
	assert_int_equal(taken(&other, store, of_other), there(store, 4));
}
TEST(fresh_facts_may_come_late_and_are_of_one_process) { test_stores(NULL, 0, late); }

static void idle(Ctx *cx, Store *store)
{
	Fresh *fresh = ARENA_NEW(cx->arena, Fresh, 1);
	put(cx, store, 1);
	assert_int_equal(taken(cx, store, fresh), there(store, 1));
	uint32_t before = cx->queries;
	for (int i = 0; i < 10; i++) assert_int_equal(taken(cx, store, fresh), 0);
	assert_int_equal(cx->queries, before);
}
TEST(fresh_facts_are_asked_for_after_a_write_only) { test_stores(NULL, 0, idle); }

static void flood(Ctx *cx, Store *store)
{
	Fresh *fresh = ARENA_NEW(cx->arena, Fresh, 1);
	put(cx, store, FRESH_MAX + 300);
	FactBatch batch = look(cx, store, fresh);
	assert_int_equal(batch.n, there(store, FRESH_MAX));
	if (!batch.n) return;
	assert_int_equal(batch.ids[batch.n - 1], test_number(cx, store, "SELECT max(id) AS n FROM fact"));
	fresh_done(fresh);
	put(cx, store, 20);
	assert_int_equal(taken(cx, store, fresh), 20); // what came before the flood is not given again
	assert_int_equal(taken(cx, store, fresh), 0);
}
TEST(fresh_facts_of_a_flood_are_the_newest) { test_stores(NULL, 0, flood); }

static size_t read_n; // by the reader of the test that runs

static Status move(Ctx *cx, Tx *tx, void *arg)
{
	const FactBatch *batch = arg;
	return facts_move(cx, tx, S("all"), batch->after, batch->ids[batch->n - 1]);
}

static Status read_all(Ctx *cx, Store *store, const FactBatch *batch)
{
	read_n += batch->n;
	return store_write(cx, store, move, (void *)(uintptr_t)batch);
}
static const FactReader READER = {.name = "all", .read = read_all};

static void journal(Ctx *cx, Store *store)
{
	Fresh *fresh = ARENA_NEW(cx->arena, Fresh, 1);
	size_t n, given = 0;
	read_n = 0;
	for (int i = 1; i <= 40; i++) {
		cx->now_ms += 300;
		put(cx, store, i % 3);
		given += taken(cx, store, fresh);
		assert_ok(cx, readers_run(cx, store, &READER, 1, &n));
	}
	assert_int_equal(given, there(store, 40));
	cx->now_ms += 2 * FACT_SETTLE_MS;
	assert_ok(cx, readers_run(cx, store, &READER, 1, &n));
	assert_int_equal(read_n, 40);
}
TEST(fresh_facts_are_read_once_by_readers) { test_stores(NULL, 0, journal); }
