// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/observe.h"

#include "core_sql.h"

#include <pthread.h>

struct Observer {
	pthread_mutex_t lock;
	size_t first, n;
	int64_t dropped;
	Observation ring[OBSERVE_RING];
};

Observer *observer_new(Arena *a)
{
	Observer *o = ARENA_NEW(a, Observer, 1);
	pthread_mutex_init(&o->lock, NULL);
	return o;
}

void observer_done(Observer *o) { pthread_mutex_destroy(&o->lock); }

void observe(Observer *o, const Observation *record)
{
	if (!o) return;
	pthread_mutex_lock(&o->lock);
	if (o->n == OBSERVE_RING) o->dropped++;
	else o->ring[(o->first + o->n++) % OBSERVE_RING] = *record;
	pthread_mutex_unlock(&o->lock);
}

size_t observer_take(Observer *o, Observation *ret_records, size_t max)
{
	pthread_mutex_lock(&o->lock);
	size_t n = size_min(o->n, max);
	for (size_t i = 0; i < n; i++) ret_records[i] = o->ring[(o->first + i) % OBSERVE_RING];
	o->first = (o->first + n) % OBSERVE_RING;
	o->n -= n;
	pthread_mutex_unlock(&o->lock);
	return n;
}

int64_t observer_dropped(Observer *o)
{
	pthread_mutex_lock(&o->lock);
	int64_t n = o->dropped;
	pthread_mutex_unlock(&o->lock);
	return n;
}

Status observations_purge(Ctx *cx, Tx *tx, bool *ret_more)
{
	int64_t n;
	ObservationPurgeArgs args = {.before = id_floor(cx->now_ms - OBSERVE_LIFE_MS), .limit = OBSERVE_PURGE_MAX};
	TRY(observation_purge(cx, tx, &args, &n));
	*ret_more = n == OBSERVE_PURGE_MAX;
	return ST_OK;
}
