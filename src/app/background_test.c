// SPDX-License-Identifier: AGPL-3.0-or-later
// The server ends in time whatever its background is at: what takes long is waited for until a deadline and no longer, and
// what has not begun is not begun any more.
#include "app/app_testkit.h"
#include "app/background.h"
#include "community/model_testkit.h"
#include "core/observe.h"

#include "test.h"

#include <stdatomic.h>
#include <unistd.h>

#define SOON_MS ((Time)300)
#define PATIENCE_MS ((Time)60000)

static _Atomic int begun;
static _Atomic bool may_end;

static Status takes_long(Ctx *cx, Store *store, Str payload)
{
	(void)cx;
	(void)store;
	(void)payload;
	atomic_fetch_add(&begun, 1);
	while (!atomic_load(&may_end)) usleep(1000);
	return ST_OK;
}
static const JobKind LONG_JOBS[] = {{.queue = "long", .run = takes_long, .every_ms = 1}};

static Time mono_ms(void) { return time_mono_ns() / 1000000; }

static _Atomic size_t facts_read_n, facts_fresh_n;
static _Atomic bool refuses;

static Status moved(Ctx *cx, Tx *tx, void *arg)
{
	const FactBatch *batch = arg;
	return facts_move(cx, tx, S("test"), batch->after, batch->ids[batch->n - 1]);
}

static Status read_facts(Ctx *cx, Store *store, const FactBatch *batch)
{
	atomic_fetch_add(&facts_read_n, batch->n);
	return store_write(cx, store, moved, (void *)(uintptr_t)batch);
}

static Status fresh_facts(Ctx *cx, Store *store, const FactBatch *batch)
{
	(void)cx;
	(void)store;
	if (atomic_exchange(&refuses, false)) return ST_CONFLICT;
	atomic_fetch_add(&facts_fresh_n, batch->n);
	return ST_OK;
}
static const FactReader READERS[] = {{.name = "test", .read = read_facts, .fresh = fresh_facts}};

static Background *start(Town *t, Web *web)
{
	Background *b = NULL;
	Site *site = ARENA_NEW(test_arena(), Site, 1);
	*site = *web_site(web);
	site->observer = observer_new(test_arena());
	web_site_set(web, site);
	App *app = ARENA_NEW(test_arena(), App, 1);
	app->features[0] = (Feature){.name = "long", .jobs = LONG_JOBS, .jobs_n = COUNTOF(LONG_JOBS)};
	app->features[1] = (Feature){.name = "reading", .readers = READERS, .readers_n = COUNTOF(READERS)};
	app->ids.node = t->cx->ids->node;
	app->features_n = 2;
	atomic_store(&begun, 0);
	atomic_store(&may_end, false);
	assert_ok(t->cx,
			  background_start(
				  t->cx, &(BackgroundConfig){.app = app, .web = web, .store = t->store, .arena = test_arena()}, &b));
	return b;
}

static void long_job(Town *t)
{
	Web *web = town_web(t);
	Background *b = start(t, web);
	for (Time until = mono_ms() + PATIENCE_MS; !atomic_load(&begun) && mono_ms() < until;) usleep(1000);
	assert_int_equal(atomic_load(&begun), 1);
	Time asked = mono_ms();
	assert_false(background_stop(b, asked + SOON_MS));
	assert_in_range(mono_ms() - asked, SOON_MS, PATIENCE_MS);
	atomic_store(&may_end, true);
	assert_true(background_stop(b, mono_ms() + PATIENCE_MS));
	observer_done(web_site(web)->observer);
	web_close(web);
}
TEST(background_stop_does_not_wait_for_a_long_job) { test_towns(long_job); }

static void wound_down(Town *t)
{
	Web *web = town_web(t);
	Background *b = start(t, web);
	background_wind_down(b);
	observe(web_site(web)->observer, &(Observation){.at_ms = TEST_TIME, .kind = OBSERVE_SEARCHED, .subject_id = 7});
	assert_true(background_stop(b, mono_ms() + PATIENCE_MS));
	assert_int_equal(atomic_load(&begun), 0);
	assert_int_equal(town_number(t, "SELECT count(*) FROM observation WHERE subject_id = 7"), 1);
	observer_done(web_site(web)->observer);
	web_close(web);
}
TEST(background_begins_nothing_after_the_signal) { test_towns(wound_down); }

static Status append(Ctx *cx, Tx *tx, void *arg)
{
	(void)arg;
	return fact_append(
		cx, tx,
		&(Fact){.kind = FACT_OBJECTED, .subject_type = SUBJECT_MEMBER, .subject_id = cx->actor ? cx->actor->id : 7});
}

// The first time in vain: it comes again. What a reader is told of before it settles it reads later as well.
static void told_of_fresh(Town *t)
{
	bool settles = store_engine(t->store) == DB_POSTGRES;
	Web *web = town_web(t);
	Background *b = start(t, web);
	atomic_store(&may_end, true);
	atomic_store(&refuses, settles);
	atomic_store(&facts_fresh_n, 0);
	for (Time until = mono_ms() + PATIENCE_MS; !atomic_load(&begun) && mono_ms() < until;) usleep(1000);
	atomic_store(&facts_read_n, 0); // the town's own are read by now
	IdSource ids = {.node = t->cx->ids->node};
	Ctx cx = *t->cx;
	cx.ids = &ids;
	cx.now_ms = time_now();
	assert_ok(&cx, store_write(&cx, t->store, append, NULL));
	_Atomic size_t *seen = settles ? &facts_fresh_n : &facts_read_n;
	for (Time until = mono_ms() + PATIENCE_MS; !atomic_load(seen) && mono_ms() < until;) usleep(1000);
	assert_int_equal(atomic_load(seen), 1);
	assert_false(atomic_load(&refuses));
	for (Time until = mono_ms() + PATIENCE_MS; !atomic_load(&facts_read_n) && mono_ms() < until;) usleep(1000);
	assert_int_equal(atomic_load(&facts_read_n), 1);
	assert_int_equal(atomic_load(&facts_fresh_n), settles ? 1 : 0);
	assert_true(background_stop(b, mono_ms() + PATIENCE_MS));
	observer_done(web_site(web)->observer);
	web_close(web);
}
TEST(background_tells_readers_of_fresh_facts) { test_towns(told_of_fresh); }
