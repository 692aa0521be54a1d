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

static Background *start(Town *t, Web *web)
{
	Background *b = NULL;
	Site *site = ARENA_NEW(test_arena(), Site, 1);
	*site = *web_site(web);
	site->observer = observer_new(test_arena());
	web_site_set(web, site);
	App *app = ARENA_NEW(test_arena(), App, 1);
	app->features[0] = (Feature){.name = "long", .jobs = LONG_JOBS, .jobs_n = COUNTOF(LONG_JOBS)};
	app->features_n = 1;
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
