// SPDX-License-Identifier: AGPL-3.0-or-later
// From the tables to a RepLog. Whole histories are read table by table; ids meet in hash maps, so no statement joins.
#include "history.h"

// Rows wait for some others to come, while memory brings what they will be looked up in.
#define WAITING 16
#define HALF_WAY (WAITING / 2)

typedef struct Load {
	Ctx *cx;
	RepPostEachRow posts[WAITING];
	RepFactEachRow facts[WAITING];
	uint32_t objects[WAITING]; // of facts half way
	size_t posts_n, facts_n;
	RepLog *log;
	struct RepPlaces places;
	Time until;
} Load;

bool rep_is_staff(int64_t role, int64_t affiliation)
{
	return role >= ROLE_MODERATOR || affiliation == AFFILIATION_EMPLOYEE;
}

// Answers are numbered in the order in which they came.
uint8_t rep_post_flags(int64_t number)
{
	return (uint8_t)(number == 0 ? REP_QUESTION : number == 1 ? REP_ANSWER | REP_FIRST : REP_ANSWER);
}

static Status on_member(void *arg, const void *row)
{
	Load *l = arg;
	const RepMemberEachRow *r = row;
	uint32_t n;
	return rep_log_member(l->cx, l->log,
						  &(RepMember){.id = r->id,
									   .joined_at = r->joined_at,
									   .role = (uint8_t)r->role,
									   .affiliation = (uint8_t)r->affiliation,
									   .staff = rep_is_staff(r->role, r->affiliation),
									   .verified = r->verified},
						  &n);
}

static Status on_topic(void *arg, const void *row)
{
	Load *l = arg;
	const RepTopicEachRow *r = row;
	uint32_t n, set;
	TRY(idmap_number(l->cx, &l->log->thread_of, r->id, &n));
	TRY(rep_log_areas(l->cx, l->log, r->tags, r->space, &set));
	void *p = l->places.thread;
	TRY(rep_grow(l->cx, l->cx->arena, &p, &l->places.threads_cap, n, sizeof *l->places.thread));
	l->places.thread = p;
	l->places.thread[n] = (RepThread){.asker = idmap_find(&l->log->member_of, r->author_id), .areas = set};
	return ST_OK;
}

static Status add_place(Load *l, Id id, RepPlace place, uint32_t *ret_object)
{
	TRY(idmap_number(l->cx, &l->log->object_of, id, ret_object));
	void *p = l->places.place;
	TRY(rep_grow(l->cx, l->cx->arena, &p, &l->places.places_cap, *ret_object, sizeof *l->places.place));
	l->places.place = p;
	l->places.place[*ret_object] = place;
	return ST_OK;
}

static Status take_post(Load *l, const RepPostEachRow *r)
{
	RepPlace place = {.owner = idmap_find(&l->log->member_of, r->author_id),
					  .thread = idmap_find(&l->log->thread_of, r->topic_id),
					  .flags = rep_post_flags(r->number)};
	uint32_t object;
	if (l->log->repeated.n && idmap_find(&l->log->repeated, r->id)) place.flags |= REP_DUPLICATE;
	TRY(add_place(l, r->id, place, &object));
	if (!r->number && place.thread) l->places.thread[place.thread].opening = object;
	return ST_OK;
}

static Status on_post(void *arg, const void *row)
{
	Load *l = arg;
	const RepPostEachRow *r = row;
	RepPostEachRow *at = &l->posts[l->posts_n % WAITING];
	if (l->posts_n++ >= WAITING) TRY(take_post(l, at));
	idmap_fetch(&l->log->member_of, r->author_id);
	idmap_fetch(&l->log->thread_of, r->topic_id);
	idmap_fetch(&l->log->object_of, r->id);
	*at = *r;
	return ST_OK;
}

static Status take_last_posts(Load *l)
{
	for (size_t i = l->posts_n < WAITING ? 0 : l->posts_n - WAITING; i < l->posts_n; i++)
		TRY(take_post(l, &l->posts[i % WAITING]));
	return ST_OK;
}

static Status on_comment(void *arg, const void *row)
{
	Load *l = arg;
	const RepCommentEachRow *r = row;
	uint32_t object;
	return add_place(l, r->id,
					 (RepPlace){.owner = idmap_find(&l->log->member_of, r->author_id),
								.thread = idmap_find(&l->log->thread_of, r->topic_id),
								.flags = REP_COMMENT},
					 &object);
}

RepFact rep_fact_of(const RepLog *log, const struct RepPlaces *places, const RepFactEachRow *r, uint32_t object,
					uint32_t thread)
{
	RepFact f = {
		.at_ms = r->at_ms,
		.id = r->id,
		.kind = (uint8_t)r->kind,
		.actor = idmap_find(&log->member_of, r->actor_id),
		.subject = idmap_find(&log->member_of, r->target_id),
		.object = object,
		.thread = object ? places->place[object].thread : thread,
		.value = (int32_t)i64_max(i64_min(r->value, INT32_MAX), INT32_MIN),
	};
	// What is said of a topic as a piece of writing is said of its opening; that it is closed or gone, of all of it.
	if (thread && f.kind == FACT_TOPIC_POSTED) f.object = places->thread[thread].opening;
	if (r->subject_type == SUBJECT_MEMBER && !f.subject) f.subject = idmap_find(&log->member_of, r->subject_id);
	if (f.object) f.flags = (uint16_t)places->place[f.object].flags, rep_fact_owned(&f, places->place[f.object].owner);
	if (log->series.n && idmap_find(&log->series, f.id)) f.flags |= REP_SERIES;
	if (f.thread) f.asker = places->thread[f.thread].asker, f.areas = places->thread[f.thread].areas;
	return f;
}

static Status take_fact(Load *l, size_t at)
{
	const RepFactEachRow *r = &l->facts[at];
	uint32_t thread = r->subject_type == SUBJECT_TOPIC ? idmap_find(&l->log->thread_of, r->subject_id) : 0;
	RepFact f = rep_fact_of(l->log, &l->places, r, rep_of_object(r) ? l->objects[at] : 0, thread);
	return rep_log_fact(l->cx, l->log, &f);
}

// Half way a fact's object is known, and memory is asked for its place.
static void half_way(Load *l, size_t at)
{
	l->objects[at] = rep_of_object(&l->facts[at]) ? idmap_find(&l->log->object_of, l->facts[at].subject_id) : 0;
	if (l->objects[at]) __builtin_prefetch(&l->places.place[l->objects[at]]);
}

static Status on_fact(void *arg, const void *row)
{
	Load *l = arg;
	const RepFactEachRow *r = row;
	if (r->at_ms >= l->until) return ST_OK;
	size_t n = l->facts_n++, at = n % WAITING;
	if (n >= HALF_WAY) half_way(l, (n - HALF_WAY) % WAITING);
	if (n >= WAITING) TRY(take_fact(l, at));
	idmap_fetch(&l->log->member_of, r->actor_id);
	idmap_fetch(&l->log->member_of, r->target_id);
	idmap_fetch(rep_of_object(r) ? &l->log->object_of : &l->log->thread_of, r->subject_id);
	l->facts[at] = *r;
	return ST_OK;
}

static Status take_last_facts(Load *l)
{
	size_t n = l->facts_n;
	for (size_t i = n < HALF_WAY ? 0 : n - HALF_WAY; i < n; i++) half_way(l, i % WAITING);
	for (size_t i = n < WAITING ? 0 : n - WAITING; i < n; i++) TRY(take_fact(l, i % WAITING));
	return ST_OK;
}

static Status on_repeated(void *arg, const void *row)
{
	Load *l = arg;
	uint32_t n;
	return idmap_number(l->cx, &l->log->repeated, ((const RepRepeatedEachRow *)row)->post_id, &n);
}

static Status on_series(void *arg, const void *row)
{
	Load *l = arg;
	uint32_t n;
	return idmap_number(l->cx, &l->log->series, ((const RepSeriesEachRow *)row)->fact_id, &n);
}

Status rep_load_rest(Ctx *cx, Db *db, const RepScope *scope, RepLog *log)
{
	Load l = {.cx = cx, .log = log};
	TRY(rep_repeated_each(cx, db, on_repeated, &l));
	Id below = scope->below ? scope->below : INT64_MAX;
	TRY(rep_series_each(cx, db, &(RepSeriesEachArgs){.below = below}, on_series, &l));
	return rep_member_each(cx, db, on_member, &l);
}

static Status load_all(Load *l, Db *db, const RepScope *scope)
{
	TRY(rep_load_rest(l->cx, db, scope, l->log));
	TRY(rep_topic_each(l->cx, db, on_topic, l));
	TRY(rep_post_each(l->cx, db, on_post, l));
	TRY(take_last_posts(l));
	TRY(rep_comment_each(l->cx, db, on_comment, l));
	l->until = scope->until ? scope->until : INT64_MAX;
	TRY(rep_fact_each(l->cx, db, on_fact, l));
	return take_last_facts(l);
}

static Id *ids_of(Arena *a, const IdMap *map)
{
	Id *v = arena_try_alloc_raw(a, (map->n + 1) * sizeof *v, sizeof *v);
	for (size_t i = 0; v && i <= map->n; i++) v[i] = idmap_key(map, (uint32_t)i);
	return v;
}

// What a sealed history is made of besides, for who is going to seal one.
static Status keep_places(Load *l, Str path)
{
	struct RepPlaces *p = ARENA_NEW(l->cx->arena, struct RepPlaces, 1);
	*p = l->places;
	p->path = path;
	p->places_n = l->log->objects_n;
	p->threads_n = l->log->threads_n;
	p->place_ids = ids_of(l->cx->arena, &l->log->object_of);
	p->thread_ids = ids_of(l->cx->arena, &l->log->thread_of);
	if (!p->place_ids || !p->thread_ids) return fail(l->cx, ST_TOO_LARGE, "the history does not fit in memory");
	l->log->places = p;
	return ST_OK;
}

Status rep_log_load(Ctx *cx, Db *db, const RepScope *scope, RepLog **ret_log)
{
	if (scope->member_id) return rep_log_load_slice(cx, db, scope, ret_log);
	bool sealed = scope->history.n && !scope->until;
	Status st = sealed ? rep_history_load(cx, db, scope, ret_log) : ST_NOT_FOUND;
	if (st != ST_NOT_FOUND) return st;
	fail_clear(cx);
	Load l = {.cx = cx, .log = rep_log_new(cx->arena)};
	l.log->first_known = true;
	TRY(load_all(&l, db, scope));
	l.log->objects_n = l.log->object_of.n;
	l.log->threads_n = l.log->thread_of.n;
	TRY(rep_log_order_areas(cx, l.log));
	if (sealed || scope->places) TRY(keep_places(&l, scope->history));
	rep_log_seal(l.log);
	*ret_log = l.log;
	return ST_OK;
}
