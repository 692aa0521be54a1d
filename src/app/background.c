// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/background.h"

#include "base/log.h"
#include "community/community.h"
#include "core/job.h"
#include "core_sql.h"
#include "members/members.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#define BACKGROUND_TICK_MS 250
#define PURGE_EVERY_MS TIME_HOUR_MS
#define IDEMPOTENCY_LIFE_MS TIME_DAY_MS
#define OBSERVE_BATCH 2000
#define KINDS_MAX 32

struct Background {
	App *app;
	Observer *observer;
	pthread_t thread;
	_Atomic bool stop;
	Time flushed_at, purged_at;
	JobKind kinds[KINDS_MAX];
	Time enqueued_at[KINDS_MAX];
	size_t kinds_n;
	Arena *arena;
};

typedef struct Batch {
	Observation v[OBSERVE_BATCH];
	size_t n;
} Batch;

// Views of one topic in one batch become one addition.
static Status add_views(Ctx *cx, Tx *tx, const Batch *b)
{
	for (size_t i = 0; i < b->n; i++) {
		if (b->v[i].kind != OBSERVE_TOPIC_SEEN) continue;
		int64_t n = 0;
		bool counted = false;
		for (size_t k = 0; k < b->n && !counted; k++) {
			if (b->v[k].kind != OBSERVE_TOPIC_SEEN || b->v[k].subject_id != b->v[i].subject_id) continue;
			counted = k < i;
			n++;
		}
		if (!counted) TRY(topic_add_views(cx, tx, &(TopicAddViewsArgs){.id = b->v[i].subject_id, .n = n}));
	}
	return ST_OK;
}

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
	return add_views(cx, tx, b);
}

static Status purge_tx(Ctx *cx, Tx *tx, void *arg)
{
	(void)arg;
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

static void tick(Background *b, Time now)
{
	arena_reset(b->arena);
	Ctx cx = {.arena = b->arena, .now_ms = now, .ids = &b->app->ids, .rng = &RNG_SYSTEM, .site = &b->app->site};
	if (now - b->flushed_at >= OBSERVE_FLUSH_MS || atomic_load(&b->stop)) {
		Batch *batch = ARENA_NEW(b->arena, Batch, 1);
		batch->n = observer_take(b->observer, batch->v, OBSERVE_BATCH);
		if (batch->n) tell(&cx, "storing observations failed", store_write(&cx, b->app->store, store_batch, batch));
		b->flushed_at = now;
	}
	size_t ran;
	for (size_t i = 0; i < b->kinds_n; i++) {
		if (!b->kinds[i].every_ms || now - b->enqueued_at[i] < b->kinds[i].every_ms) continue;
		tell(&cx, "enqueuing a job failed", store_write(&cx, b->app->store, enqueue_tx, &b->kinds[i]));
		b->enqueued_at[i] = now;
	}
	tell(&cx, "running jobs failed", jobs_run_due(&cx, b->app->store, b->kinds, b->kinds_n, &ran));
	if (now - b->purged_at < PURGE_EVERY_MS) return;
	tell(&cx, "purging failed", store_write(&cx, b->app->store, purge_tx, NULL));
	b->purged_at = now;
}

static void *background_run(void *arg)
{
	Background *b = arg;
	while (!atomic_load(&b->stop)) {
		usleep(BACKGROUND_TICK_MS * 1000);
		tick(b, time_now());
	}
	return NULL;
}

Status background_start(App *app, Observer *observer, Background **ret_background)
{
	Background *b = ARENA_NEW(app->cx.arena, Background, 1);
	b->app = app;
	b->observer = observer;
	b->arena = arena_new(ARENA_CAP_BYTES);
	for (size_t i = 0; i < app->features_n; i++)
		for (size_t k = 0; k < app->features[i].jobs_n; k++) {
			BUG_IF(b->kinds_n == KINDS_MAX);
			b->enqueued_at[b->kinds_n] = time_now(); // the first time after one interval
			b->kinds[b->kinds_n++] = app->features[i].jobs[k];
		}
	if (pthread_create(&b->thread, NULL, background_run, b) != 0)
		return fail(&app->cx, ST_INTERNAL, "no thread for background work");
	*ret_background = b;
	return ST_OK;
}

void background_stop(Background *b)
{
	atomic_store(&b->stop, true);
	pthread_join(b->thread, NULL);
	arena_free(b->arena);
}
