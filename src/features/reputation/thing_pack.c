// SPDX-License-Identifier: AGPL-3.0-or-later
// What the facts of a pack (pack.c) were done to and by whom they were trusted, in one piece beside them: in the tables each thing is
// three rows and each judge one, and finding them is half of what it takes to say why somebody with thousands of facts has
// their score. It is a copy and stays right in two ways. Where a topic lies and what is gone changes with a fact, and what changed since
// the copy was made is looked up in the tables. Who is trusted changes in the pass alone, which knows of each piece a sum
// over what it says of that, and drops those that are wrong before it writes what it found.
//
//   facts_n, two bits of each fact of the pack in its order (RepFlag's REP_BY_)
//   tags:    length, name
//   sets:    space, how many bytes, numbers of tags
//   members: id
//   topics:  id, opening, asker (a member), set
//   things:  id, bits below, topic, owner (a member)
//
// each with their number before, and numbered from 1; ids in eight bytes, numbers in varints.
#include "slice_load.h"

#include "base/varint.h"

#include <string.h>

#define THINGS_MAX_BYTES ((size_t)15 << 20)
#define CHANGED_MANY 4000 // past these the piece is made anew

// --- writing ------------------------------------------------------------------------------------------------------------

typedef struct Writing {
	SliceLoad l;
	Buf b;
	size_t facts_n;
	unsigned char bits; // of the last facts, up to four
	IdMap tags, sets, members, topics;
	const Thing **set_of, **topic_of; // of each, a thing that is in it
} Writing;

static void put_n(Buf *b, size_t n)
{
	unsigned char bytes[VARINT_MAX];
	buf_mem(b, bytes, varint_put(bytes, n));
}

static void put_id(Buf *b, Id id) { buf_mem(b, &id, sizeof id); }

static Status count_fact(void *arg, const void *row)
{
	(void)row;
	((Writing *)arg)->facts_n++;
	return ST_OK;
}

static Status put_judged(void *arg, const void *row)
{
	Writing *w = arg;
	const RepSliceEachRow *r = row;
	const RepLog *log = w->l.log;
	RepFact f = {.at_ms = r->at_ms, .id = r->id};
	uint32_t self = idmap_find(&log->member_of, w->l.member), thing = idmap_find(&w->l.thing_of, r->subject_id),
			 judge = rep_judge_of(idmap_find(&log->member_of, r->actor_id), w->l.things[thing].asker, self);
	unsigned by = judge ? rep_judged(log, &f, judge, self) / REP_BY_SEED : 0;
	w->bits |= (unsigned char)(by << w->facts_n % 4 * 2);
	if (++w->facts_n % 4) return ST_OK;
	buf_mem(&w->b, &w->bits, 1);
	w->bits = 0;
	return ST_OK;
}

static Status put_all_judged(Writing *w)
{
	TRY(rep_unpack(w->l.packed, w->l.member, count_fact, w));
	put_n(&w->b, w->facts_n);
	w->facts_n = 0;
	TRY(rep_unpack(w->l.packed, w->l.member, put_judged, w));
	if (w->facts_n % 4) buf_mem(&w->b, &w->bits, 1);
	return ST_OK;
}

static Id thread_id(const Writing *w, const Thing *t) { return idmap_key(&w->l.log->thread_of, t->thread); }

// The tags of a set, the space apart.
static size_t tags_of(const Writing *w, uint32_t set, uint32_t tags[REP_AREAS_OF_FACT_MAX])
{
	const RepLog *log = w->l.log;
	size_t n = 0;
	for (uint32_t i = 1; set && i <= log->sets[set]; i++)
		if (!log->areas[log->sets[set + i]].is_space) tags[n++] = log->sets[set + i];
	return n;
}

static Status number_set(Writing *w, const Thing *t)
{
	uint32_t n, tags[REP_AREAS_OF_FACT_MAX];
	TRY(idmap_number(w->l.cx, &w->sets, (int64_t)t->areas + 1, &n));
	w->set_of[n] = t;
	for (size_t i = tags_of(w, t->areas, tags); i > 0; i--) TRY(idmap_number(w->l.cx, &w->tags, tags[i - 1], &n));
	return ST_OK;
}

static Status number_thing(Writing *w, const Thing *t)
{
	Ctx *cx = w->l.cx;
	const RepLog *log = w->l.log;
	uint32_t n;
	TRY(number_set(w, t));
	TRY(idmap_number(cx, &w->topics, thread_id(w, t), &n));
	w->topic_of[n] = t;
	if (t->asker) TRY(idmap_number(cx, &w->members, log->members[t->asker].id, &n));
	return t->owner ? idmap_number(cx, &w->members, log->members[t->owner].id, &n) : ST_OK;
}

static size_t member_index(const Writing *w, uint32_t member)
{
	return member ? idmap_find(&w->members, w->l.log->members[member].id) : 0;
}

static void put_set(Writing *w, const Thing *t)
{
	unsigned char bytes[REP_AREAS_OF_FACT_MAX * VARINT_MAX];
	uint32_t tags[REP_AREAS_OF_FACT_MAX];
	size_t n = tags_of(w, t->areas, tags), len = 0;
	for (size_t i = 0; i < n; i++) len += varint_put(bytes + len, idmap_find(&w->tags, tags[i]));
	put_id(&w->b, t->space);
	put_n(&w->b, len);
	buf_mem(&w->b, bytes, len);
}

static void put_tables(Writing *w)
{
	Buf *b = &w->b;
	put_n(b, w->tags.n);
	for (uint32_t i = 1; i <= w->tags.n; i++) {
		Str name = w->l.log->areas[idmap_key(&w->tags, i)].name;
		put_n(b, name.n);
		buf_str(b, name);
	}
	put_n(b, w->sets.n);
	for (uint32_t i = 1; i <= w->sets.n; i++) put_set(w, w->set_of[i]);
	put_n(b, w->members.n);
	for (uint32_t i = 1; i <= w->members.n; i++) put_id(b, idmap_key(&w->members, i));
	put_n(b, w->topics.n);
	for (uint32_t i = 1; i <= w->topics.n; i++) {
		const Thing *t = w->topic_of[i];
		put_id(b, thread_id(w, t));
		put_id(b, t->opening);
		put_n(b, member_index(w, t->asker));
		put_n(b, idmap_find(&w->sets, (int64_t)t->areas + 1));
	}
}

static Status put_things(Writing *w)
{
	const SliceLoad *l = &w->l;
	size_t n = 0;
	w->tags = idmap_init(l->cx->arena, 64);
	w->sets = idmap_init(l->cx->arena, 64);
	w->members = idmap_init(l->cx->arena, l->log->members_n);
	w->topics = idmap_init(l->cx->arena, l->thing_of.n);
	size_t bytes = (l->thing_of.n + 1) * sizeof(Thing *);
	w->set_of = arena_try_alloc(l->cx->arena, bytes, _Alignof(Thing *));
	w->topic_of = arena_try_alloc(l->cx->arena, bytes, _Alignof(Thing *));
	if (!w->set_of || !w->topic_of) return fail(l->cx, ST_TOO_LARGE, "the things do not fit in memory");
	for (size_t i = 1; i <= l->thing_of.n; i++) {
		if (!l->things[i].found) continue;
		TRY(number_thing(w, &l->things[i]));
		n++;
	}
	put_tables(w);
	put_n(&w->b, n);
	for (uint32_t i = 1; i <= l->thing_of.n; i++) {
		const Thing *t = &l->things[i];
		if (!t->found) continue;
		put_id(&w->b, idmap_key(&l->thing_of, i));
		put_n(&w->b,
			  THING_BIT_TYPE(t->type) | (t->gone ? THING_BIT_GONE : 0) | (unsigned)t->flags << THING_FLAGS_SHIFT);
		put_n(&w->b, idmap_find(&w->topics, thread_id(w, t)));
		put_n(&w->b, member_index(w, t->owner));
	}
	return ST_OK;
}

// --- which are wrong ------------------------------------------------------------------------------------------------------

// What a fact adds to the sum of who is trusted, the same in a slice and in all of the history.
static uint64_t judged_in(const RepLog *log, const RepFact *f, Id until)
{
	uint32_t judge = rep_judge_of(f->actor, f->asker, f->subject);
	if (!judge || !f->subject || f->id > until || !(f->object || f->thread)) return 0;
	unsigned by = rep_judged(log, f, judge, f->subject) / REP_BY_SEED;
	uint64_t h = ((uint64_t)f->id * 4 + by) * UINT64_C(0xff51afd7ed558ccd);
	return by ? (h ^ h >> 29) * UINT64_C(0xc4ceb9fe1a85ec53) : 0;
}

typedef struct Packed {
	const RepLog *log;
	RepPacked *v;
} Packed;

static Status on_packed(void *arg, const void *row)
{
	const RepThingsEachRow *r = row;
	const Packed *p = arg;
	uint32_t m = idmap_find(&p->log->member_of, r->member_id);
	if (m) p->v[m] = (RepPacked){r->until_id, r->judged};
	return ST_OK;
}

Status rep_packed_load(Ctx *cx, Db *db, const RepLog *log, RepPacked **ret_packed)
{
	Packed p = {log, arena_try_alloc(cx->arena, (log->members_n + 1) * sizeof *p.v, _Alignof(RepPacked))};
	if (!p.v) return fail(cx, ST_TOO_LARGE, "the members do not fit in memory");
	TRY(rep_things_each(cx, db, on_packed, &p));
	*ret_packed = p.v;
	return ST_OK;
}

Status rep_packed_wrong(Ctx *cx, const RepLog *log, const RepPacked *packed, bool **ret_wrong, uint32_t **ret_facts)
{
	uint32_t *facts = arena_try_alloc(cx->arena, (log->members_n + 1) * sizeof *facts, sizeof *facts);
	uint64_t *sum = arena_try_alloc(cx->arena, (log->members_n + 1) * sizeof *sum, sizeof *sum);
	bool *wrong = arena_try_alloc(cx->arena, log->members_n + 1, 1);
	if (!facts || !sum || !wrong) return fail(cx, ST_TOO_LARGE, "the members do not fit in memory");
	for (size_t m = 1; m <= log->members_n; m++) wrong[m] = packed[m].until_id; // until its sum is known
	for (size_t i = 0; i < log->facts_n; i++) {
		const RepFact *f = &log->facts[i];
		facts[f->actor]++;
		facts[f->subject] += f->subject != f->actor;
		if (wrong[f->subject]) sum[f->subject] += judged_in(log, f, packed[f->subject].until_id);
	}
	for (size_t m = 1; m <= log->members_n; m++) wrong[m] &= (uint64_t)packed[m].judged != sum[m];
	*ret_wrong = wrong;
	*ret_facts = facts;
	return ST_OK;
}

Status rep_pack_forget(Ctx *cx, Tx *tx, Id member)
{
	return rep_things_delete(cx, tx, &(RepThingsDeleteArgs){.member_id = member});
}

// --- making them anew -----------------------------------------------------------------------------------------------------

typedef struct Making {
	RepThingsPutArgs put;
	Time pass_at; // whose trust it has
} Making;

static Status find(Ctx *cx, Db *db, Id member, RepThingsFindRow *ret_row, bool *ret_found)
{
	return rep_things_find(cx, db, &(RepThingsFindArgs){.member_id = member, .most = CHANGED_MANY}, ret_row, ret_found);
}

static Status put(Ctx *cx, Tx *tx, void *arg)
{
	const Making *m = arg;
	RepThingsFindRow now = {0};
	bool found;
	TRY(find(cx, tx_db(tx), m->put.member_id, &now, &found));
	if (!found || now.until_id != m->put.until_id || now.pass_at != m->pass_at)
		return ST_OK; // another pass came between
	return rep_things_put(cx, tx, &m->put);
}

static Status make(Ctx *cx, Db *db, Making *m)
{
	Writing w = {.l = {.cx = cx, .anew = true}};
	TRY(slice_load(&w.l, db, &(RepScope){.member_id = m->put.member_id}));
	w.b = buf_init(cx->arena, w.l.packed.n + 4096, THINGS_MAX_BYTES);
	TRY(put_all_judged(&w));
	TRY(put_things(&w));
	uint64_t sum = 0;
	uint32_t self = idmap_find(&w.l.log->member_of, w.l.member);
	for (size_t i = 0; i < w.l.log->facts_n; i++)
		if (w.l.log->facts[i].subject == self) sum += judged_in(w.l.log, &w.l.log->facts[i], m->put.until_id);
	m->put.judged = (int64_t)sum;
	m->put.things = w.b.overflow ? str_none() : buf_view(&w.b);
	return ST_OK;
}

Status rep_pack_things(Ctx *cx, Store *store, Id member)
{
	Making m = {.put = {.member_id = member, .seen_id = id_floor(cx->now_ms - REP_SETTLED_MS)}};
	AUTO(Db) db = NULL;
	RepThingsFindRow now = {0};
	bool found;
	TRY(db_begin(cx, store, &db));
	TRY(find(cx, db, member, &now, &found));
	if (!found || (now.things_until_id == now.until_id && now.changed_n < CHANGED_MANY)) return ST_OK;
	m.put.until_id = now.until_id;
	m.pass_at = now.pass_at;
	TRY(make(cx, db, &m));
	db_end(db);
	db = NULL;
	return m.put.things.n ? store_write(cx, store, put, &m) : ST_OK;
}
