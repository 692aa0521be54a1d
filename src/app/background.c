// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/background.h"

#include "app/live.h"
#include "base/heap.h"
#include "base/log.h"
#include "community/community.h"
#include "core/fresh.h"
#include "core_sql.h"
#include "members/members.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#define BACKGROUND_TICK_MS 250
#define RELOAD_EVERY_MS (TIME_SECOND_MS / 2)
#define PURGE_EVERY_MS TIME_HOUR_MS
#define IDEMPOTENCY_LIFE_MS TIME_DAY_MS
#define OBSERVE_BATCH 2000
#define VIEWS_EVERY_MS (10 * TIME_SECOND_MS)
#define VIEWED_MAX 8192 // topics; what half of them leave no room for is added up at once
#define VIEWS_IN_TX 2000
#define FOLD_EVERY_MS (30 * TIME_SECOND_MS)
#define GIVE_BACK_EVERY_MS TIME_MINUTE_MS
#define FOLD_MAX 12000 // observations; half of them are added up at once
#define KINDS_MAX 32

typedef struct Viewed {
	Id topic;
	int64_t n;
} Viewed;

struct Background {
	BackgroundConfig config;
	pthread_t thread;
	_Atomic bool winding, stop;
	Time flushed_at, purged_at, loaded_at, folded_at, viewed_at, gave_back_at;
	LiveNews news;
	Fresh fresh;
	Observation *folding; // of the kinds that features add up, since folded_at
	size_t folding_n;
	Viewed *viewed; // since viewed_at; a topic may stand in it more than once
	size_t viewed_n;
	JobKind kinds[KINDS_MAX];
	Time enqueued_at[KINDS_MAX];
	size_t kinds_n;
	Arena *arena;
};

typedef struct Batch {
	Observation v[OBSERVE_BATCH];
	size_t n;
} Batch;

static Status store_batch(Ctx *cx, Tx *tx, void *arg)
{
	const Batch *b = arg;
	for (size_t i = 0; i < b->n; i++)
		TRY(observation_insert(cx, tx,
							   &(ObservationInsertArgs){.id = ctx_id(cx),
														.at_ms = b->v[i].at_ms,
														.kind = b->v[i].kind,
														.actor_id = b->v[i].actor_id,
														.subject_id = b->v[i].subject_id,
														.value = b->v[i].value}));
	return ST_OK;
}

static int viewed_order(const void *a, const void *b)
{
	const Viewed *x = a, *y = b;
	return id_order(&x->topic, &y->topic);
}

// Each topic once, in the order of the table.
static void viewed_merge(Background *b)
{
	size_t n = 0;
	qsort(b->viewed, b->viewed_n, sizeof *b->viewed, viewed_order);
	for (size_t i = 0; i < b->viewed_n; i++) {
		const Viewed *v = &b->viewed[i];
		if (n && b->viewed[n - 1].topic == v->topic) b->viewed[n - 1].n += v->n;
		else b->viewed[n++] = *v;
	}
	b->viewed_n = n;
}

typedef struct ViewedPart {
	const Viewed *v;
	size_t n;
} ViewedPart;

static Status add_views(Ctx *cx, Tx *tx, void *arg)
{
	const ViewedPart *part = arg;
	for (size_t i = 0; i < part->n; i++)
		TRY(topic_add_views(cx, tx, &(TopicAddViewsArgs){.id = part->v[i].topic, .n = part->v[i].n}));
	return ST_OK;
}

static Status purge_tx(Ctx *cx, Tx *tx, void *more)
{
	TRY(observations_purge(cx, tx, more));
	TRY(session_purge(cx, tx, &(SessionPurgeArgs){.before = cx->now_ms}));
	return idempotency_purge(cx, tx, &(IdempotencyPurgeArgs){.before = cx->now_ms - IDEMPOTENCY_LIFE_MS});
}

static Status enqueue_tx(Ctx *cx, Tx *tx, void *arg)
{
	const JobKind *kind = arg;
	return job_enqueue(cx, tx, str_from(kind->queue), S("{}"), 0);
}

static void tell(const Ctx *cx, const char *what, Status st)
{
	if (st != ST_OK && st != ST_BUSY)
		LOG(LOG_ERROR, what, LOG_STR("status", str_from(status_name(st))), LOG_STR("why", cx->fail_text));
}

// Commands change settings beside the server. A changed site is kept with the others it had: they are few and small.
static void reload(Background *b, Ctx *cx)
{
	Site site, *present = web_site(b->config.web);
	Status st = site_load(cx, b->config.store, &site);
	if (st != ST_OK || site_equal(&site, present)) {
		tell(cx, "reading the settings failed", st);
		return;
	}
	site.observer = present->observer;
	site.memo = present->memo;
	site.cells = present->cells;
	site.history = present->history;
	web_site_set(b->config.web, site_copy(b->config.arena, &site));
	LOG(LOG_INFO, "settings taken over", LOG_STR("site", site.name));
}

static void flush(Background *b, Ctx *cx)
{
	Batch *batch = ARENA_NEW(b->arena, Batch, 1);
	size_t taken = observer_take(cx->site->observer, batch->v, OBSERVE_BATCH);
	for (size_t i = 0; i < taken; i++) {
		const Observation *o = &batch->v[i];
		if (o->kind == OBSERVE_TOPIC_SEEN && b->viewed_n < VIEWED_MAX)
			b->viewed[b->viewed_n++] = (Viewed){o->subject_id, 1};
		if (!observe_is_folded(o->kind)) batch->v[batch->n++] = *o;
		else if (b->folding_n < FOLD_MAX) b->folding[b->folding_n++] = *o;
	}
	if (batch->n) tell(cx, "storing observations failed", store_write(cx, b->config.store, store_batch, batch));
}

// A topic's row is written once for all who saw it meanwhile: each write of a row among thousands costs a page of the
// database. What was taken is gone, whatever comes of it: observations may be lost.
static void store_views(Background *b, Ctx *cx)
{
	bool due = cx->now_ms - b->viewed_at >= VIEWS_EVERY_MS || atomic_load(&b->stop);
	if (!due && b->viewed_n <= VIEWED_MAX / 2) return;
	viewed_merge(b);
	if (!due && b->viewed_n <= VIEWED_MAX / 2) return;
	for (size_t i = 0; i < b->viewed_n; i += VIEWS_IN_TX) {
		ViewedPart part = {b->viewed + i, size_min(VIEWS_IN_TX, b->viewed_n - i)};
		tell(cx, "adding views failed", store_write(cx, b->config.store, add_views, &part));
	}
	b->viewed_n = 0;
	b->viewed_at = cx->now_ms;
}

// What was taken is gone here too.
static void fold(Background *b, Ctx *cx)
{
	for (size_t i = 0; b->folding_n && i < b->config.app->features_n; i++) {
		const Feature *f = &b->config.app->features[i];
		if (f->fold) tell(cx, "adding up observations failed", f->fold(cx, b->config.store, b->folding, b->folding_n));
	}
	b->folding_n = 0;
}

// What was told of in vain comes again at the next look.
static size_t read_fresh(Background *b, Ctx *cx)
{
	FactBatch batch;
	Status worst = fresh_look(cx, b->config.store, &b->fresh, &batch);
	for (size_t i = 0; worst == ST_OK && batch.n && i < b->config.app->features_n; i++) {
		const Feature *f = &b->config.app->features[i];
		for (size_t k = 0; worst == ST_OK && k < f->readers_n; k++)
			if (f->readers[k].fresh) worst = f->readers[k].fresh(cx, b->config.store, &batch);
	}
	if (worst == ST_OK && batch.n) fresh_done(&b->fresh);
	if (worst != ST_CONFLICT) tell(cx, "reading fresh facts failed", worst);
	return batch.n;
}

// Cached pages that show what a reader wrote are stale.
static void read_facts(Background *b, Ctx *cx)
{
	size_t all = read_fresh(b, cx);
	for (size_t i = 0; i < b->config.app->features_n; i++) {
		const Feature *f = &b->config.app->features[i];
		size_t n;
		tell(cx, "reading the facts failed", readers_run(cx, b->config.store, f->readers, f->readers_n, &n));
		all += n;
	}
	if (all) web_changed(b->config.web);
}

static void clean_up(Background *b, Ctx *cx, Time now)
{
	if (b->config.first && now - b->gave_back_at >= GIVE_BACK_EVERY_MS) {
		heap_give_back();
		b->gave_back_at = now;
	}
	if (now - b->purged_at < PURGE_EVERY_MS) return;
	bool more = false;
	tell(cx, "purging failed", store_write(cx, b->config.store, purge_tx, &more));
	if (!more) b->purged_at = now; // else the next tick goes on
}

static void tick(Background *b, Time now)
{
	arena_reset(b->arena);
	Store *store = b->config.store;
	Ctx cx = {.arena = b->arena, .now_ms = now, .ids = &b->config.app->ids, .rng = &RNG_SYSTEM};
	cx.site = web_site(b->config.web);
	if (now - b->flushed_at >= OBSERVE_FLUSH_MS || atomic_load(&b->stop)) {
		flush(b, &cx);
		store_views(b, &cx);
		access_log_flush(b->config.access_log);
		b->flushed_at = now;
	}
	if (now - b->folded_at >= FOLD_EVERY_MS || b->folding_n > FOLD_MAX / 2 || atomic_load(&b->stop)) {
		fold(b, &cx);
		b->folded_at = now;
	}
	if (now - b->loaded_at >= RELOAD_EVERY_MS) {
		reload(b, &cx);
		b->loaded_at = now;
	}
	tell(&cx, "telling open pages failed", live_tell(&b->news, &cx, store, b->config.app, b->config.web));
	size_t ran = 0;
	bool winding = atomic_load(&b->winding);
	for (size_t i = 0; i < b->kinds_n && !winding; i++) {
		if (!b->kinds[i].every_ms || now - b->enqueued_at[i] < b->kinds[i].every_ms) continue;
		tell(&cx, "enqueuing a job failed", store_write(&cx, store, enqueue_tx, &b->kinds[i]));
		b->enqueued_at[i] = now;
	}
	read_facts(b, &cx);
	if (winding) return; // new facts were still read: their rows are what `doctor --replay` looks at
	tell(&cx, "running jobs failed", jobs_run_due(&cx, store, b->kinds, b->kinds_n, &ran));
	if (ran) web_changed(b->config.web);
	clean_up(b, &cx, now);
}

static void *background_run(void *arg)
{
	Background *b = arg;
	while (!atomic_load(&b->stop)) {
		usleep(BACKGROUND_TICK_MS * 1000);
		tick(b, time_now());
	}
	tick(b, time_now()); // what was seen since the last one
	return NULL;
}

Status background_start(Ctx *cx, const BackgroundConfig *config, Background **ret_background)
{
	Background *b = ARENA_NEW(config->arena, Background, 1);
	const App *app = config->app;
	b->config = *config;
	b->folding = ARENA_NEW(config->arena, Observation, FOLD_MAX);
	b->viewed = ARENA_NEW(config->arena, Viewed, VIEWED_MAX);
	for (size_t i = 0; i < app->features_n; i++)
		for (size_t k = 0; k < app->features[i].jobs_n; k++) {
			BUG_IF(b->kinds_n == KINDS_MAX);
			b->kinds[b->kinds_n] = app->features[i].jobs[k];
			b->enqueued_at[b->kinds_n] = b->kinds[b->kinds_n].at_start ? 0 : time_now();
			b->kinds_n++;
		}
	b->arena = arena_new(ARENA_CAP_BYTES);
	if (pthread_create(&b->thread, NULL, background_run, b) != 0) {
		arena_free(b->arena);
		return fail(cx, ST_INTERNAL, "no thread for background work");
	}
	*ret_background = b;
	return ST_OK;
}

void background_wind_down(Background *b) { atomic_store(&b->winding, true); }

bool background_stop(Background *b, Time until_ms)
{
	const struct timespec until = {.tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000};
	background_wind_down(b);
	atomic_store(&b->stop, true);
	if (pthread_clockjoin_np(b->thread, NULL, CLOCK_MONOTONIC, &until) != 0) return false;
	arena_free(b->arena);
	return true;
}
