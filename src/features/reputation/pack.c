// SPDX-License-Identifier: AGPL-3.0-or-later
// A member's oldest facts in one piece. In the journal each lies on a page of its own, which is two fifths of what it takes to say
// why somebody with thousands of them has their score. A pack is made of the journal alone, from the facts by and about a member
// that are older than REP_SETTLED_MS, and grows at its end; the rest is read where it is. What became of answers to a member's
// questions is never in it, since a topic may change hands or go.
//
// Each fact: its id after the one before, its time after that of the id, kind, who (bits below), subject, value; in varints.
#include "reputation.h"
#include "reputation_impl.h"

#include "base/varint.h"

#include <string.h>

#define PACK_MAX_BYTES ((size_t)15 << 20)
#define PACK_ARENA_BYTES ((size_t)1 << 30) // a cap, of which a member takes what their facts need
#define FACT_MAX_BYTES 74                  // five varints, three ids
#define WHO_NOBODY 0                       // two bits each for actor and target
#define WHO_SELF 1
#define WHO_OTHER 2

typedef struct Packing {
	Buf b;
	Id member, last;
	size_t n;
} Packing;

static unsigned who(Id member, Id id) { return !id ? WHO_NOBODY : id == member ? WHO_SELF : WHO_OTHER; }

static size_t put_other(unsigned char *p, unsigned is, Id id)
{
	if (is == WHO_OTHER) memcpy(p, &id, sizeof id);
	return is == WHO_OTHER ? sizeof id : 0;
}

static Status on_fact(void *arg, const void *row)
{
	Packing *k = arg;
	const RepPackEachRow *r = row;
	unsigned char fact[FACT_MAX_BYTES];
	unsigned actor = who(k->member, r->actor_id), target = who(k->member, r->target_id);
	size_t n = varint_put(fact, zigzag(r->id - k->last));
	n += varint_put(fact + n, zigzag(r->at_ms - id_time(r->id)));
	n += varint_put(fact + n, zigzag(r->kind));
	n += varint_put(fact + n, zigzag(r->subject_type * 16 + (int64_t)(actor << 2 | target)));
	n += put_other(fact + n, actor, r->actor_id);
	n += put_other(fact + n, target, r->target_id);
	n += put_other(fact + n, WHO_OTHER, r->subject_id);
	n += varint_put(fact + n, zigzag(r->value));
	buf_mem(&k->b, fact, n);
	k->last = r->id;
	k->n++;
	return ST_OK;
}

static Id get_other(const unsigned char **p, const unsigned char *end, unsigned is, Id member)
{
	Id id = is == WHO_SELF ? member : 0;
	if (is != WHO_OTHER || (size_t)(end - *p) < sizeof id) return id;
	memcpy(&id, *p, sizeof id);
	*p += sizeof id;
	return id;
}

Status rep_unpack(Str facts, Id member, DbEachFn fn, void *arg)
{
	const unsigned char *p = (const unsigned char *)facts.p, *end = p + facts.n;
	RepSliceEachRow r = {0};
	while (p < end) {
		r.id += zigzag_get(&p, end);
		r.at_ms = id_time(r.id) + zigzag_get(&p, end);
		r.kind = zigzag_get(&p, end);
		int64_t what = zigzag_get(&p, end);
		r.subject_type = what / 16;
		r.actor_id = get_other(&p, end, (unsigned)(what / 4) & 3, member);
		r.target_id = get_other(&p, end, (unsigned)what & 3, member);
		r.subject_id = get_other(&p, end, WHO_OTHER, member);
		r.value = zigzag_get(&p, end);
		TRY(fn(arg, &r));
	}
	return ST_OK;
}

static Status put(Ctx *cx, Tx *tx, void *args) { return rep_pack_put(cx, tx, args); }

static Status find_last(void *last, const void *row)
{
	*(Id *)last = ((const RepSliceEachRow *)row)->id;
	return ST_OK;
}

// What there is, and what came since; fewer than `least`: nothing.
static Status collect(Ctx *cx, Db *db, size_t least, Packing *k, RepPackPutArgs *args)
{
	RepPackFindRow pack = {0};
	bool found;
	TRY(rep_pack_find(cx, db, &(RepPackFindArgs){.member_id = k->member}, &pack, &found));
	args->was = pack.until_id;
	if (found) TRY(rep_unpack(pack.facts, k->member, find_last, &k->last));
	k->b = buf_init(cx->arena, pack.facts.n + 4096, PACK_MAX_BYTES);
	buf_str(&k->b, pack.facts);
	if (args->until_id <= args->was) return ST_OK;
	TRY(rep_pack_each(cx, db, &(RepPackEachArgs){.member = k->member, .after = args->was, .until = args->until_id},
					  on_fact, k));
	if (k->n < least) k->n = 0;
	args->facts = buf_view(&k->b);
	return ST_OK;
}

static Status pack_in(Ctx *cx, Store *store, Id member, size_t least)
{
	Packing k = {.member = member};
	RepPackPutArgs args = {.member_id = member, .until_id = id_floor(cx->now_ms - REP_SETTLED_MS)};
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(collect(cx, db, least, &k, &args));
	db_end(db);
	db = NULL;
	// One that is too large stays as it is: what came since is read where it lies.
	if (k.n && !k.b.overflow) TRY(store_write(cx, store, put, &args));
	return rep_pack_things(cx, store, member);
}

Status rep_pack(Ctx *cx, Store *store, Id member, size_t least)
{
	AUTO(Arena) a = arena_new(PACK_ARENA_BYTES);
	Ctx own = *cx;
	own.arena = a;
	Status st = pack_in(&own, store, member, least);
	return st == ST_OK ? ST_OK : fail(cx, st, "%.*s", STR(own.fail_text));
}
