// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads what thing_pack.c wrote. What changed since, and what it says nothing of, is left for the tables.
#include "slice_load.h"

#include "base/varint.h"

#include <string.h>

typedef struct Reading {
	SliceLoad *l;
	const unsigned char *p, *end;
	uint32_t *members; // the log's numbers
	Thing *topics;     // asker, thread, opening, set; found: not changed since
	size_t members_n, topics_n;
} Reading;

static Id get_id(Reading *r)
{
	Id id = 0;
	if ((size_t)(r->end - r->p) < sizeof id) r->p = r->end;
	else memcpy(&id, r->p, sizeof id), r->p += sizeof id;
	return id;
}

static size_t get_n(Reading *r) { return (size_t)varint_get(&r->p, r->end); }

// How many of what takes a byte at least are said to come.
static size_t get_count(Reading *r) { return size_min(get_n(r), (size_t)(r->end - r->p)); }

static size_t get_index(Reading *r, size_t n)
{
	size_t i = get_n(r);
	return i <= n ? i : 0;
}

static void *room(const Reading *r, size_t n, size_t size)
{
	return arena_try_alloc(r->l->cx->arena, (n + 1) * size, 16);
}
static Status too_many(const Reading *r) { return fail(r->l->cx, ST_TOO_LARGE, "the slice does not fit in memory"); }

void things_open(SliceLoad *l, Str things)
{
	Str own = str_copy(l->cx->arena, things);
	Reading r = {.l = l, .p = (const unsigned char *)own.p};
	r.end = r.p + own.n;
	size_t n = get_n(&r), bytes = (n + 3) / 4;
	if (bytes > (size_t)(r.end - r.p)) return;
	l->judged = r.p;
	l->judged_n = n;
	l->things_blob = str_sub(own, (size_t)(r.p - (const unsigned char *)own.p) + bytes, own.n);
}

static Str get_bytes(Reading *r)
{
	size_t n = get_count(r);
	Str s = {(const char *)r->p, n};
	r->p += n;
	return s;
}

static Status read_sets(Reading *r)
{
	SliceLoad *l = r->l;
	l->tags_n = get_count(r);
	l->tags = room(r, l->tags_n, sizeof *l->tags);
	if (!l->tags) return too_many(r);
	for (size_t i = 1; i <= l->tags_n; i++) l->tags[i] = get_bytes(r);
	l->sets_n = get_count(r);
	l->sets = room(r, l->sets_n, sizeof *l->sets);
	if (!l->sets) return too_many(r);
	for (size_t i = 1; i <= l->sets_n; i++) {
		l->sets[i].space = get_id(r);
		l->sets[i].tags = get_bytes(r);
	}
	return ST_OK;
}

Status things_areas(SliceLoad *l)
{
	Reading r = {.l = l};
	uint32_t *of = room(&r, l->tags_n, sizeof *of);
	if (!of) return too_many(&r);
	for (size_t i = 1; i <= l->tags_n; i++) TRY(rep_log_area(l->cx, l->log, l->tags[i], false, &of[i]));
	for (size_t i = 1; i <= l->sets_n; i++) {
		ThingSet *set = &l->sets[i];
		uint32_t areas[REP_AREAS_OF_FACT_MAX], n = 0, space = idmap_find(&l->space_of, set->space);
		r.p = (const unsigned char *)set->tags.p;
		for (r.end = r.p + set->tags.n; r.p < r.end && n < REP_AREAS_OF_FACT_MAX - 1; n++)
			areas[n] = of[get_index(&r, l->tags_n)];
		if (space) TRY(rep_log_area(l->cx, l->log, l->spaces[space], true, &areas[n++]));
		TRY(rep_log_set(l->cx, l->log, areas, n, &set->areas));
	}
	return ST_OK;
}

static Status read_members(Reading *r)
{
	r->members_n = get_count(r);
	r->members = room(r, r->members_n, sizeof *r->members);
	if (!r->members) return too_many(r);
	for (size_t i = 1; i <= r->members_n; i++) TRY(slice_number_of(r->l, get_id(r), &r->members[i]));
	return ST_OK;
}

static bool is_changed(const Reading *r, Id id) { return r->l->changed.n && idmap_find(&r->l->changed, id); }

static Status read_topics(Reading *r)
{
	r->topics_n = get_count(r);
	r->topics = room(r, r->topics_n, sizeof *r->topics);
	if (!r->topics) return too_many(r);
	for (size_t i = 1; i <= r->topics_n; i++) {
		Thing *t = &r->topics[i];
		Id id = get_id(r);
		t->opening = get_id(r);
		t->asker = r->members[get_index(r, r->members_n)];
		t->set = (uint32_t)get_index(r, r->l->sets_n);
		t->found = t->set && !is_changed(r, id) && !is_changed(r, t->opening);
		if (t->found) TRY(idmap_number(r->l->cx, &r->l->log->thread_of, id, &t->thread));
	}
	return ST_OK;
}

static Status read_thing(Reading *r)
{
	SliceLoad *l = r->l;
	Id id = get_id(r);
	unsigned bits = (unsigned)get_n(r);
	const Thing *topic = &r->topics[get_index(r, r->topics_n)];
	uint32_t owner = r->members[get_index(r, r->members_n)], n = idmap_find(&l->thing_of, id);
	if (!n || !topic->found || is_changed(r, id) || THING_BIT_TYPE(l->things[n].type) != (bits & 3)) return ST_OK;
	Thing *t = &l->things[n];
	*t = *topic;
	t->type = (uint8_t)((bits & 3) + SUBJECT_TOPIC);
	t->gone = bits & THING_BIT_GONE;
	t->flags = (uint16_t)(bits >> THING_FLAGS_SHIFT & THING_FLAGS);
	t->owner = owner;
	return idmap_number(l->cx, &l->log->object_of, t->type == SUBJECT_TOPIC ? t->opening : id, &t->object);
}

Status things_take(SliceLoad *l)
{
	Reading r = {.l = l, .p = (const unsigned char *)l->things_blob.p};
	r.end = r.p + l->things_blob.n;
	TRY(read_sets(&r));
	TRY(read_members(&r));
	TRY(read_topics(&r));
	for (size_t i = get_count(&r); i > 0; i--) TRY(read_thing(&r));
	return ST_OK;
}
