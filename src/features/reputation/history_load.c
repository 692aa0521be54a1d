// SPDX-License-Identifier: AGPL-3.0-or-later
// A log from a sealed history and what came since: the facts past it, and once of each what they were done to.
#include "history.h"

#include <string.h>

#define TAIL_PART 4        // more than so manieth a part of what is sealed: all from the tables
#define TAIL_LEAST 50000   // facts that are always read
#define ASKED_AT_ONCE 5000 // things
#define KIND_SPACE 5       // of rep_thing_each

typedef struct Load {
	Ctx *cx;
	Db *db;
	RepLog *log;
	struct RepPlaces *places;
	size_t sealed_places, sealed_threads; // those below are by ascending id
	RepFactEachRow *tail;
	size_t tail_n, tail_cap, tail_max;
	IdMap fresh_places, fresh_threads; // id -> number behind the sealed ones
	IdMap asked, spaces;
	Str *slugs;   // by number of space
	Id *openings; // of topics that facts are about
	size_t slugs_cap, openings_n, openings_cap;
} Load;

static Status on_tail(void *arg, const void *row)
{
	_Static_assert(sizeof(RepFactEachRow) == sizeof(RepTailEachRow), "a row of the journal is one, however asked for");
	Load *l = arg;
	if (l->tail_n >= l->tail_max) return fail(l->cx, ST_NOT_FOUND, "too much came since the history was sealed");
	if (l->tail_n == l->tail_cap) {
		size_t more = size_max(l->tail_cap * 2, 1024);
		l->tail = arena_grow_raw(l->cx->arena, l->tail, l->tail_cap * sizeof *l->tail, more * sizeof *l->tail);
		if (!l->tail) return fail(l->cx, ST_TOO_LARGE, "the newest facts do not fit in memory");
		l->tail_cap = more;
	}
	memcpy(&l->tail[l->tail_n++], row, sizeof *l->tail);
	return ST_OK;
}

// --- what facts were done to --------------------------------------------------------------------------------------------

static uint32_t find(const Id *ids, size_t n, Id id) // of ids[1..n], ascending
{
	size_t lo = 1, hi = n + 1;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (ids[mid] < id) lo = mid + 1;
		else hi = mid;
	}
	return lo <= n && ids[lo] == id ? (uint32_t)lo : 0;
}

static uint32_t place_of(const Load *l, Id id)
{
	uint32_t n = idmap_find(&l->fresh_places, id);
	return n ? (uint32_t)l->sealed_places + n : id ? find(l->places->place_ids, l->sealed_places, id) : 0;
}

static uint32_t thread_of(const Load *l, Id id)
{
	uint32_t n = idmap_find(&l->fresh_threads, id);
	return n ? (uint32_t)l->sealed_threads + n : id ? find(l->places->thread_ids, l->sealed_threads, id) : 0;
}

static Status full(Ctx *cx)
{
	return fail(cx, ST_TOO_LARGE, "what the newest facts were done to does not fit in memory");
}

static Status add_thread(Load *l, const RepThingEachRow *r, uint32_t *ret)
{
	struct RepPlaces *p = l->places;
	uint32_t n, set;
	if (!(*ret = thread_of(l, r->c))) {
		TRY(idmap_number(l->cx, &l->fresh_threads, r->c, &n));
		*ret = (uint32_t)l->sealed_threads + n;
		if (*ret >= p->threads_cap) return full(l->cx);
		p->threads_n = *ret;
		p->thread_ids[*ret] = r->c;
		p->thread[*ret] = (RepThread){0};
	}
	TRY(rep_log_areas(l->cx, l->log, r->name, l->slugs[idmap_find(&l->spaces, r->e)], &set));
	p->thread[*ret].asker = idmap_find(&l->log->member_of, r->d);
	p->thread[*ret].areas = set;
	return ST_OK;
}

static Status add_place(Load *l, const RepThingEachRow *r)
{
	struct RepPlaces *p = l->places;
	uint32_t n, thread, at = place_of(l, r->id);
	bool post = r->kind == SUBJECT_POST;
	TRY(add_thread(l, r, &thread));
	if (!at) {
		TRY(idmap_number(l->cx, &l->fresh_places, r->id, &n));
		at = (uint32_t)l->sealed_places + n;
		if (at >= p->places_cap) return full(l->cx);
		p->places_n = at;
		p->place_ids[at] = r->id;
	}
	p->place[at] = (RepPlace){.owner = idmap_find(&l->log->member_of, r->b),
							  .thread = thread,
							  .flags = post ? rep_post_flags(r->a) : REP_COMMENT};
	if (post && !r->a) p->thread[thread].opening = at;
	return ST_OK;
}

static Status on_space(Load *l, const RepThingEachRow *r)
{
	uint32_t n;
	TRY(idmap_number(l->cx, &l->spaces, r->id, &n));
	if (n >= l->slugs_cap) {
		size_t more = size_max(l->slugs_cap * 2, 64);
		l->slugs = arena_grow(l->cx->arena, l->slugs, l->slugs_cap * sizeof(Str), more * sizeof(Str));
		if (!l->slugs) return full(l->cx);
		l->slugs_cap = more;
	}
	if (!l->slugs[n].n) l->slugs[n] = str_copy(l->cx->arena, r->name);
	return ST_OK;
}

static Status add_opening(Load *l, Id id)
{
	void *p = l->openings;
	TRY(rep_grow(l->cx, l->cx->arena, &p, &l->openings_cap, l->openings_n, sizeof(Id)));
	l->openings = p;
	l->openings[l->openings_n++] = id;
	return ST_OK;
}

static Status on_thing(void *arg, const void *row)
{
	Load *l = arg;
	const RepThingEachRow *r = row;
	uint32_t thread;
	switch (r->kind) {
	case KIND_SPACE: return on_space(l, r);
	case SUBJECT_POST:
	case SUBJECT_COMMENT: return add_place(l, r);
	case SUBJECT_TOPIC: TRY(add_thread(l, r, &thread)); return add_opening(l, r->b);
	default: return ST_OK;
	}
}

typedef struct Asking {
	Id ids[SUBJECT_COMMENT + 1][ASKED_AT_ONCE]; // by subject type
	size_t n[SUBJECT_COMMENT + 1];
} Asking;

static Status ask_now(Load *l, Asking *a)
{
	Str json[SUBJECT_COMMENT + 1];
	for (int t = SUBJECT_TOPIC; t <= SUBJECT_COMMENT; t++) {
		json[t] = ids_json(l->cx->arena, a->ids[t], a->n[t]);
		a->n[t] = 0;
	}
	return rep_thing_each(l->cx, l->db,
						  &(RepThingEachArgs){.posts = json[SUBJECT_POST],
											  .comments = json[SUBJECT_COMMENT],
											  .topics = json[SUBJECT_TOPIC],
											  .people = S("[]"),
											  .judges = S("[]")},
						  on_thing, l);
}

static Status ask(Load *l, Asking *a, int64_t type, Id id)
{
	uint32_t n;
	size_t known = l->asked.n;
	if (type < SUBJECT_TOPIC || type > SUBJECT_COMMENT || !id) return ST_OK;
	TRY(idmap_number(l->cx, &l->asked, id, &n));
	if (l->asked.n == known) return ST_OK;
	a->ids[type][a->n[type]++] = id;
	return a->n[type] == ASKED_AT_ONCE ? ask_now(l, a) : ST_OK;
}

static Status look_up(Load *l)
{
	Asking *a = ARENA_NEW(l->cx->arena, Asking, 1);
	TRY(ask_now(l, a)); // of nothing: the spaces
	for (size_t i = 0; i < l->tail_n; i++) TRY(ask(l, a, l->tail[i].subject_type, l->tail[i].subject_id));
	TRY(ask_now(l, a));
	for (size_t i = 0; i < l->openings_n; i++) TRY(ask(l, a, SUBJECT_POST, l->openings[i]));
	return l->openings_n ? ask_now(l, a) : ST_OK;
}

// --- together -----------------------------------------------------------------------------------------------------------

// Members are numbered by their ids, so those that came since have numbers behind the others, but for some that came late.
static Status number_members(Load *l, const RepHistory *h, const uint32_t **ret_members)
{
	size_t n, i = 0;
	const Id *ids = rep_history_section(h, SECTION_MEMBERS, sizeof *ids, &n);
	while (i < n && i < l->log->members_n && l->log->members[i + 1].id == ids[i]) i++;
	if (i == n) return ST_OK;
	uint32_t *v = arena_try_alloc(l->cx->arena, (n + 1) * sizeof *v, sizeof *v);
	if (!v) return full(l->cx);
	for (i = 0; i < n; i++) v[i + 1] = idmap_find(&l->log->member_of, ids[i]);
	for (i = 1; i <= l->places->places_n; i++) l->places->place[i].owner = v[l->places->place[i].owner];
	for (i = 1; i <= l->places->threads_n; i++) l->places->thread[i].asker = v[l->places->thread[i].asker];
	*ret_members = v;
	return ST_OK;
}

// Tags that no topic has any more are none.
static Status drop_unused(Load *l)
{
	size_t sets = l->log->sets_n;
	bool *used = arena_try_alloc(l->cx->arena, sets, 1);
	uint32_t *to = arena_try_alloc(l->cx->arena, sets * sizeof *to, sizeof *to);
	if (!used || !to) return full(l->cx);
	for (size_t i = 1; i <= l->places->threads_n; i++) used[l->places->thread[i].areas] = true;
	TRY(rep_log_keep_sets(l->cx, l->log, used, to));
	for (size_t i = 1; i <= l->places->threads_n; i++) l->places->thread[i].areas = to[l->places->thread[i].areas];
	return ST_OK;
}

static void mark_repeated(Load *l)
{
	for (uint32_t i = 1; i <= l->log->repeated.n; i++) {
		uint32_t at = place_of(l, idmap_key(&l->log->repeated, i));
		if (at) l->places->place[at].flags |= REP_DUPLICATE;
	}
}

static Status add_tail(Load *l)
{
	for (size_t i = 0; i < l->tail_n; i++) {
		const RepFactEachRow *r = &l->tail[i];
		uint32_t object = rep_of_object(r) ? place_of(l, r->subject_id) : 0;
		uint32_t thread = r->subject_type == SUBJECT_TOPIC ? thread_of(l, r->subject_id) : 0;
		RepFact f = rep_fact_of(l->log, l->places, r, object, thread);
		TRY(rep_log_fact(l->cx, l->log, &f));
	}
	return ST_OK;
}

// Is the newest sealed fact one of this journal? A backup may have been restored.
static Status check(Load *l, const RepHistory *h)
{
	RepFactFindRow row;
	bool found;
	TRY(rep_fact_find(l->cx, l->db, &(RepFactFindArgs){.id = h->head->cursor}, &row, &found));
	return found ? ST_OK : fail(l->cx, ST_NOT_FOUND, "the sealed history is another one");
}

static Status load_in(Load *l, const RepHistory *h, const RepScope *scope)
{
	const uint32_t *members = NULL;
	TRY(check(l, h));
	l->tail_max = h->head->facts_n / TAIL_PART + TAIL_LEAST;
	TRY(rep_tail_each(l->cx, l->db, &(RepTailEachArgs){.after = h->head->cursor}, on_tail, l));
	TRY(rep_load_rest(l->cx, l->db, scope, l->log));
	TRY(rep_history_places(l->cx, h, l->log, l->tail_n, l->places));
	l->places->path = scope->history;
	l->sealed_places = l->places->places_n;
	l->sealed_threads = l->places->threads_n;
	TRY(number_members(l, h, &members));
	TRY(look_up(l));
	TRY(drop_unused(l));
	mark_repeated(l);
	TRY(rep_history_facts(l->cx, h, l->places, members, l->tail_n, l->log));
	return add_tail(l);
}

Status rep_history_load(Ctx *cx, Db *db, const RepScope *scope, RepLog **ret_log)
{
	AUTO(RepHistory) h = NULL;
	TRY(rep_history_open(cx, scope->history, &h));
	Load l = {.cx = cx,
			  .db = db,
			  .log = rep_log_new(cx->arena),
			  .places = ARENA_NEW(cx->arena, struct RepPlaces, 1),
			  .fresh_places = idmap_init(cx->arena, 0),
			  .fresh_threads = idmap_init(cx->arena, 0),
			  .asked = idmap_init(cx->arena, 0),
			  .spaces = idmap_init(cx->arena, 0)};
	l.log->first_known = true;
	TRY(load_in(&l, h, scope));
	TRY(rep_log_order_areas(cx, l.log));
	l.log->places = l.places;
	l.log->objects_n = l.places->places_n;
	l.log->threads_n = l.places->threads_n;
	rep_log_seal(l.log);
	*ret_log = l.log;
	return ST_OK;
}

// --- for the doctor -----------------------------------------------------------------------------------------------------

static Id object_id(const RepLog *log, uint32_t n) { return n ? log->places->place_ids[n] : 0; }
static Id thread_id(const RepLog *log, uint32_t n) { return n ? log->places->thread_ids[n] : 0; }

static bool areas_equal(const RepLog *a, const RepFact *x, const RepLog *b, const RepFact *y)
{
	size_t n, m;
	const uint32_t *v = rep_areas_of(a, x, &n), *w = rep_areas_of(b, y, &m);
	for (size_t i = 0; n == m && i < n; i++) {
		const RepArea *p = &a->areas[v[i]], *q = &b->areas[w[i]];
		if (v[i] != w[i] || p->is_space != q->is_space || !str_eq(p->name, q->name)) return false;
	}
	return n == m;
}

static bool facts_equal(const RepLog *a, const RepFact *x, const RepLog *b, const RepFact *y)
{
	return x->at_ms == y->at_ms && x->id == y->id && x->kind == y->kind && x->actor == y->actor &&
		   x->subject == y->subject && x->owner == y->owner && x->asker == y->asker && x->value == y->value &&
		   x->flags == y->flags && object_id(a, x->object) == object_id(b, y->object) &&
		   thread_id(a, x->thread) == thread_id(b, y->thread) && areas_equal(a, x, b, y);
}

static Status check_in(Ctx *cx, Db *db, Str path, int64_t *ret_differing)
{
	RepLog *all, *sealed;
	Status st = rep_history_load(cx, db, &(RepScope){.history = path}, &sealed);
	fail_clear(cx);
	if (st == ST_NOT_FOUND) return ST_OK;
	TRY(st);
	TRY(rep_log_load(cx, db, &(RepScope){.places = true}, &all));
	*ret_differing += (int64_t)(size_max(all->facts_n, sealed->facts_n) - size_min(all->facts_n, sealed->facts_n));
	for (size_t i = 0; i < all->facts_n && i < sealed->facts_n; i++)
		*ret_differing += !facts_equal(all, &all->facts[i], sealed, &sealed->facts[i]);
	return ST_OK;
}

Status rep_history_check(Ctx *cx, Db *db, Str path, int64_t *ret_differing)
{
	AUTO(Arena) a = arena_new(REP_WORK_BYTES);
	Ctx own = *cx;
	own.arena = a;
	*ret_differing = 0;
	Status st = path.n ? check_in(&own, db, path, ret_differing) : ST_OK;
	return st == ST_OK ? ST_OK : fail(cx, st, "%.*s", STR(own.fail_text));
}
