// SPDX-License-Identifier: AGPL-3.0-or-later
// From what pages' clocks sent to the rows of a day. Where topics lie is looked up in a snapshot. Members and their rows are read by
// one statement in the transaction that writes the rows, since a member may have said no or deleted theirs meanwhile; and
// written in the order of their keys, so that two processes never wait for each other in a ring.
#include "attention/attention.h"
#include "base/idmap.h"

#include <stdlib.h>

#define SPACES_MAX 10000
#define AREAS_MAX 8 // everywhere, the space, five tags, the topic itself

typedef struct Place { // where a topic lies
	Str areas[AREAS_MAX];
	size_t n;
} Place;

typedef struct Part { // of a row: seconds in a place
	struct Part *next;
	const Place *in;
	int64_t n;
	Side side;
	bool wrote;
} Part;

typedef struct Spender { // of time: a member on this day
	bool may, staff;     // be timed; without a name
	int64_t was;         // seconds of the row as it was read, -1: there was none
	Str areas;           // of that row
	Id member;           // of the row: 0 for the staff
	int64_t spent;
	Time until;
	Part *first, *last; // as they came
} Spender;

typedef struct Fold {
	Ctx *cx;
	const Observation *v;
	size_t n;
	int64_t day;
	Str members_json;
	IdMap member_at, topic_at; // row + 1
	Place *places;             // by topic_at; [0] is nowhere in particular
	Spender *spenders;         // by member_at; [0] is the staff
	size_t spenders_n;
} Fold;

typedef Id (*IdOf)(const Observation *o);
static Id actor_of(const Observation *o) { return o->actor_id; }
static Id topic_of(const Observation *o) { return o->page_id; }

// Those there are, once each, ascending. What came with one message comes one after the other.
static Status ids_of(const Fold *f, IdOf of, Str *ret)
{
	Id *ids = ARENA_NEW(f->cx->arena, Id, f->n + 1), last = 0;
	size_t n = 0, once = 0;
	for (size_t i = 0; i < f->n; i++) {
		Id id = of(&f->v[i]);
		if (id && id != last) ids[n++] = last = id;
	}
	qsort(ids, n, sizeof *ids, id_order);
	for (size_t i = 0; i < n; i++)
		if (!i || ids[i] != ids[i - 1]) ids[once++] = ids[i];
	*ret = ids_json(f->cx->arena, ids, once);
	return ST_OK;
}

#define INDEX(map, rows, key)                                                                                          \
	do {                                                                                                               \
		(map) = idmap_init(cx->arena, (rows).n);                                                                       \
		for (size_t row_ = (rows).n; row_-- > 0;)                                                                      \
			if ((rows).v[row_].key) *idmap_at(&(map), (rows).v[row_].key) = (uint32_t)row_ + 1;                        \
	} while (0)

// The areas of a topic: "*", "/space", "#tag" for each tag, "+topic".
static void place_of(Arena *a, const AttentionTopicsRow *t, Str space, bool by_topic, Place *p)
{
	p->areas[p->n++] = S(ATTENTION_EVERYWHERE);
	if (!t) return;
	Buf b = buf_init(a, t->tags.n * 2 + space.n + ID_TEXT_MAX + 3, t->tags.n * 2 + space.n + ID_TEXT_MAX + 3);
	size_t from = 0;
	buf_char(&b, '/');
	buf_str(&b, space);
	p->areas[p->n++] = str_sub(buf_view(&b), from, b.n);
	for (Str tag, rest = t->tags; rest.p && rest.n && p->n + 1 < AREAS_MAX;) {
		rest = str_cut(rest, ' ', &tag);
		if (!tag.n) continue;
		from = b.n;
		buf_char(&b, '#');
		buf_str(&b, tag);
		p->areas[p->n++] = str_sub(buf_view(&b), from, b.n);
	}
	if (!by_topic) return;
	from = b.n;
	buf_char(&b, ATTENTION_TOPIC);
	buf_id(&b, t->id);
	p->areas[p->n++] = str_sub(buf_view(&b), from, b.n);
}

static Status look_up(Fold *f, Db *db)
{
	Ctx *cx = f->cx;
	Str ids = {0};
	IdMap space_at;
	AttentionTopicsRows topics;
	AttentionSpacesRows spaces;
	TRY(ids_of(f, topic_of, &ids));
	TRY(attention_topics(cx, db, &(AttentionTopicsArgs){.ids = ids}, &topics));
	TRY(attention_spaces(cx, db, &(AttentionSpacesArgs){.limit = SPACES_MAX}, &spaces));
	INDEX(f->topic_at, topics, id);
	INDEX(space_at, spaces, id);
	f->places = ARENA_NEW(cx->arena, Place, topics.n + 1);
	bool by_topic = setting_flag(cx->site, &ATTENTION_TOPICS);
	place_of(cx->arena, NULL, str_none(), by_topic, &f->places[0]);
	for (size_t i = 0; i < topics.n; i++) {
		uint32_t space = idmap_find(&space_at, topics.v[i].space_id);
		place_of(cx->arena, &topics.v[i], space ? spaces.v[space - 1].slug : S(""), by_topic, &f->places[i + 1]);
	}
	return ST_OK;
}

// What of it can be true: no more than the page's time, the day's, and the member's since their last counted second.
static int64_t believed(const Observation *o, Spender *s)
{
	Time from = s->staff ? o->page_at : i64_max(s->until, o->page_at);
	int64_t n = i64_min(o->value, i64_max(0, o->at_ms - from) / TIME_SECOND_MS);
	if (s->staff) return n; // nobody gains by it
	n = i64_min(n, i64_max(0, ATTENTION_DAY_SECONDS - s->spent));
	s->until = from + n * TIME_SECOND_MS;
	s->spent += n;
	return n;
}

static void add(Fold *f, const Observation *o)
{
	uint32_t at = idmap_find(&f->member_at, o->actor_id);
	Spender *s = &f->spenders[at];
	if (!at || !s->may || o->subject_id < 0 || o->subject_id >= SIDES) return;
	int64_t n = believed(o, s);
	if (n <= 0) return;
	if (s->staff) s = &f->spenders[0];
	Part *part = ARENA_NEW(f->cx->arena, Part, 1);
	*part = (Part){.in = &f->places[idmap_find(&f->topic_at, o->page_id)],
				   .n = n,
				   .side = (Side)o->subject_id,
				   .wrote = o->kind == OBSERVE_WROTE};
	*(s->last ? &s->last->next : &s->first) = part;
	s->last = part;
}

typedef struct Row { // as it will be
	AttentionArea v[ATTENTION_AREAS_MAX + ATTENTION_TOPICS_MAX];
	size_t n, topics;
} Row;

static bool is_topic(Str area) { return area.p[0] == ATTENTION_TOPIC; }

// A row's place for an area. A row that is full keeps the sum of everywhere, which is always there.
static AttentionSums *area_at(Row *r, Str area)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].area.n == area.n && str_eq(r->v[i].area, area)) return &r->v[i].n;
	bool topic = is_topic(area);
	if (topic ? r->topics == ATTENTION_TOPICS_MAX : r->n - r->topics == ATTENTION_AREAS_MAX) return NULL;
	r->topics += topic;
	r->v[r->n] = (AttentionArea){.area = area};
	return &r->v[r->n++].n;
}

// Parts in one place come one after the other: its areas are looked for once. Of the staff no topics are kept: there is nobody who could
// have them deleted.
static void merge(Row *r, const Spender *s)
{
	AttentionSums *sums[AREAS_MAX] = {0};
	const Place *in = NULL;
	bool topic = false; // looked for
	for (const Part *part = s->first; part; part = part->next) {
		size_t n = part->in->n, last = n - 1;
		bool has_topic = is_topic(part->in->areas[last]), read = s->member && !part->wrote && part->side != SIDE_OWN;
		if (part->in != in) {
			for (size_t i = 0; i < n - has_topic; i++) sums[i] = area_at(r, part->in->areas[i]);
			topic = false;
			in = part->in;
		}
		if (has_topic && read && !topic) {
			sums[last] = area_at(r, part->in->areas[last]);
			topic = true;
		}
		for (size_t i = 0; i < n - (has_topic && !read); i++)
			if (sums[i]) *(part->wrote ? &sums[i]->wrote[part->side] : &sums[i]->read[part->side]) += part->n;
	}
}

// --- inside the transaction, which may be run again ---------------------------------------------------------------------

static Status put_row(Fold *f, Tx *tx, const Spender *s, Row *r)
{
	r->n = r->topics = 0;
	for (Str rest = s->areas; r->n < COUNTOF(r->v) && attention_next(&rest, &r->v[r->n]); r->n++)
		r->topics += is_topic(r->v[r->n].area);
	merge(r, s);
	Buf b = buf_init(f->cx->arena, 256, ATTENTION_AREAS_BYTES);
	attention_write(&b, r->v, r->n);
	TRY(buf_status(f->cx, &b));
	AttentionUpdateArgs u = {
		.day = f->day, .member_id = s->member, .until_ms = s->until, .areas = buf_view(&b), .was = s->was};
	const AttentionSums *all = area_at(r, S(ATTENTION_EVERYWHERE));
	for (int k = 0; all && k < SIDES; k++) u.spent += all->read[k] + all->wrote[k];
	if (s->was >= 0) return attention_update(f->cx, tx, &u);
	return attention_insert(
		f->cx, tx,
		&(AttentionInsertArgs){
			.day = f->day, .member_id = s->member, .spent = u.spent, .until_ms = s->until, .areas = u.areas});
}

// Who may be timed, and what the day has of them.
static void find_spenders(Fold *f, const AttentionBusyRows *rows)
{
	bool may[2][AGREED_NO + 1]; // asked once, and not for each of them
	for (int staff = 0; staff < 2; staff++)
		for (int agreed = AGREED_UNASKED; agreed <= AGREED_NO; agreed++)
			may[staff][agreed] = consent_given(f->cx->site, (Agreed)agreed, staff);
	f->spenders = ARENA_NEW(f->cx->arena, Spender, rows->n + 1);
	f->spenders[0].was = -1;
	f->spenders_n = rows->n + 1;
	for (size_t i = 0; i < rows->n; i++) {
		const AttentionBusyRow *r = &rows->v[i];
		Spender *s = &f->spenders[r->id ? i + 1 : 0];
		*s = (Spender){.member = r->id, .was = r->spent, .spent = i64_max(0, r->spent), .areas = r->areas};
		s->staff = role_is_staff((Role)r->role, (Affiliation)r->affiliation);
		s->may = r->id && r->attention >= AGREED_UNASKED && r->attention <= AGREED_NO && may[s->staff][r->attention];
		s->until = i64_max(r->until_ms, f->day * TIME_DAY_MS);
	}
}

static int by_member(const void *a, const void *b)
{
	Id x = (*(Spender *const *)a)->member, y = (*(Spender *const *)b)->member;
	return (x > y) - (x < y);
}

static Status write_rows(Ctx *cx, Tx *tx, void *arg)
{
	Fold *f = arg;
	AttentionBusyRows rows;
	TRY(attention_busy(cx, tx_db(tx), &(AttentionBusyArgs){.ids = f->members_json, .day = f->day}, &rows));
	INDEX(f->member_at, rows, id);
	find_spenders(f, &rows);
	for (size_t i = 0; i < f->n; i++) add(f, &f->v[i]);
	size_t n = 0;
	bool sorted = true; // the engine may have kept the order of the ids
	Spender **busy = ARENA_NEW(cx->arena, Spender *, f->spenders_n);
	for (size_t i = 0; i < f->spenders_n; i++) {
		if (!f->spenders[i].first) continue;
		sorted &= !n || busy[n - 1]->member < f->spenders[i].member;
		busy[n++] = &f->spenders[i];
	}
	if (!sorted) qsort(busy, n, sizeof(Spender *), by_member); // each is there once
	Row *row = ARENA_NEW(cx->arena, Row, 1);
	for (size_t i = 0; i < n; i++) TRY(put_row(f, tx, busy[i], row));
	return ST_OK;
}

static Status look_up_all(Fold *f, Store *store)
{
	AUTO(Db) db = NULL;
	TRY(db_begin(f->cx, store, &db));
	return look_up(f, db);
}

Status attention_fold(Ctx *cx, Store *store, const Observation *v, size_t n)
{
	Fold f = {.cx = cx, .v = v, .n = n, .day = cx->now_ms / TIME_DAY_MS};
	TRY(ids_of(&f, actor_of, &f.members_json));
	TRY(look_up_all(&f, store));
	return store_write(cx, store, write_rows, &f);
}
