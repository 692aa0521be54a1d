// SPDX-License-Identifier: AGPL-3.0-or-later
// From what pages' clocks sent to the rows of a day. Who members are and where topics lie is looked up in a snapshot, a statement for each
// table and not for each row. The rows themselves are read and written in one transaction, since a member may have deleted
// theirs meanwhile; in the order of their keys, so that two processes never wait for each other in a ring.
#include "attention/attention.h"
#include "base/idmap.h"

#include <stdlib.h>

#define AREAS_MAX 7 // everywhere, the space, five tags

typedef struct Spender { // of time: a member on this day
	bool may, staff;     // be timed; without a name
	Id member;           // of the row: 0 for the staff
	int64_t spent;
	Time until;
} Spender;

typedef struct Sum { // of a row and an area
	Spender *of;
	AttentionArea n;
} Sum;

typedef struct Fold {
	Ctx *cx;
	const Observation *v;
	size_t n;
	int64_t day;
	Str members_json;
	AttentionMembersRows members;
	AttentionTopicsRows topics;
	IdMap member_at, topic_at; // row + 1
	Spender *spenders;         // by member_at; [0] is nobody
	Sum *sums;
	size_t sums_n;
} Fold;

typedef Id (*IdOf)(const Observation *o);
static Id actor_of(const Observation *o) { return o->actor_id; }
static Id topic_of(const Observation *o) { return o->page_id; }

// Those there are, once each.
static Status ids_of(const Fold *f, IdOf of, Str *ret)
{
	Id *ids = ARENA_NEW(f->cx->arena, Id, f->n + 1);
	IdMap seen = idmap_init(f->cx->arena, f->n);
	size_t n = 0;
	if (of == actor_of) ids[n++] = 0; // the row of the staff
	for (size_t i = 0; i < f->n; i++) {
		Id id = of(&f->v[i]);
		if (!id || idmap_find(&seen, id)) continue;
		uint32_t *at = idmap_at(&seen, id);
		if (!at) return fail(f->cx, ST_TOO_LARGE, "the batch does not fit in memory");
		*at = 1;
		ids[n++] = id;
	}
	*ret = ids_json(f->cx->arena, ids, n);
	return ST_OK;
}

#define INDEX(map, rows, key)                                                                                          \
	do {                                                                                                               \
		(map) = idmap_init(cx->arena, (rows).n);                                                                       \
		for (size_t row_ = (rows).n; row_-- > 0;)                                                                      \
			if ((rows).v[row_].key) *idmap_at(&(map), (rows).v[row_].key) = (uint32_t)row_ + 1;                        \
	} while (0)

static Status look_up(Fold *f, Db *db)
{
	Ctx *cx = f->cx;
	Str topics = {0};
	TRY(ids_of(f, actor_of, &f->members_json));
	TRY(ids_of(f, topic_of, &topics));
	TRY(attention_members(cx, db, &(AttentionMembersArgs){.ids = f->members_json}, &f->members));
	TRY(attention_topics(cx, db, &(AttentionTopicsArgs){.ids = topics}, &f->topics));
	INDEX(f->member_at, f->members, id);
	INDEX(f->topic_at, f->topics, id);
	return ST_OK;
}

// Names are made once for each topic.
static size_t areas_of(const Fold *f, Id topic, Str ret[static AREAS_MAX])
{
	Arena *a = f->cx->arena;
	size_t n = 0;
	uint32_t at = idmap_find(&f->topic_at, topic);
	ret[n++] = S(ATTENTION_EVERYWHERE);
	if (!at) return n;
	const AttentionTopicsRow *t = &f->topics.v[at - 1];
	ret[n++] = str_format(a, "/%.*s", STR(t->space));
	for (Str tag, rest = t->tags; rest.p && rest.n && n < AREAS_MAX;) {
		rest = str_cut(rest, ' ', &tag);
		if (tag.n) ret[n++] = str_format(a, "#%.*s", STR(tag));
	}
	return n;
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
	Str areas[AREAS_MAX];
	Spender *s = &f->spenders[idmap_find(&f->member_at, o->actor_id)];
	if (!s->may || o->subject_id < 0 || o->subject_id >= SIDES) return;
	int64_t n = believed(o, s);
	if (n <= 0) return;
	if (s->staff) s = &f->spenders[f->members.n + 1];
	size_t areas_n = areas_of(f, o->page_id, areas);
	for (size_t i = 0; i < areas_n; i++) {
		Sum *sum = &f->sums[f->sums_n++];
		*sum = (Sum){.of = s, .n.area = areas[i]};
		*(o->kind == OBSERVE_READ ? &sum->n.n.read[o->subject_id] : &sum->n.n.wrote[o->subject_id]) = n;
	}
}

// By the rows' keys; where they are the same, as they came.
static int by_key(const void *a, const void *b)
{
	const Sum *x = a, *y = b;
	if (x->of->member != y->of->member) return x->of->member < y->of->member ? -1 : 1;
	return (x > y) - (x < y);
}

// Adds one to a row's areas. A row that is full keeps the sum of everywhere, which is always there.
static size_t merge(AttentionArea *v, size_t n, const AttentionArea *one)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].area, one->area)) {
			attention_add(&v[i].n, &one->n);
			return n;
		}
	if (n == ATTENTION_AREAS_MAX) return n;
	v[n] = *one;
	return n + 1;
}

// --- inside the transaction, which may be run again ---------------------------------------------------------------------

static Status put_row(Fold *f, Tx *tx, const Sum *sums, size_t n, const AttentionRowsRow *was)
{
	AttentionArea areas[ATTENTION_AREAS_MAX];
	size_t areas_n = 0;
	Str rest = was ? was->areas : str_none();
	while (areas_n < ATTENTION_AREAS_MAX && attention_next(&rest, &areas[areas_n])) areas_n++;
	for (size_t i = 0; i < n; i++) areas_n = merge(areas, areas_n, &sums[i].n);
	Buf b = buf_init(f->cx->arena, 256, ATTENTION_AREAS_BYTES);
	attention_write(&b, areas, areas_n);
	TRY(buf_status(f->cx, &b));
	int64_t spent = 0;
	AttentionSums all = attention_in(buf_view(&b), str_none());
	for (int k = 0; k < SIDES; k++) spent += all.read[k] + all.wrote[k];
	return attention_put(f->cx, tx,
						 &(AttentionPutArgs){.day = f->day,
											 .member_id = sums->of->member,
											 .spent = spent,
											 .until_ms = sums->of->until,
											 .areas = buf_view(&b),
											 .was = was ? was->spent : 0});
}

// Who may be timed, and what the day has of them. [n + 1] is the staff.
static void find_spenders(Fold *f, const AttentionRowsRows *rows, const IdMap *row_at)
{
	f->spenders = ARENA_NEW(f->cx->arena, Spender, f->members.n + 2);
	for (size_t i = 0; i < f->members.n; i++) {
		const AttentionMembersRow *r = &f->members.v[i];
		Spender *s = &f->spenders[i + 1];
		uint32_t at = idmap_find(row_at, r->id);
		s->member = r->id;
		s->staff = role_is_staff((Role)r->role, (Affiliation)r->affiliation);
		s->may = !r->deleted_at && consent_given(f->cx->site, (Agreed)r->attention, s->staff);
		s->spent = at ? rows->v[at - 1].spent : 0;
		s->until = i64_max(at ? rows->v[at - 1].until_ms : 0, f->day * TIME_DAY_MS);
	}
}

static const AttentionRowsRow *row_of(const AttentionRowsRows *rows, const IdMap *row_at, Id member)
{
	uint32_t at = member ? idmap_find(row_at, member) : 0;
	for (uint32_t i = 0; !member && i < rows->n; i++)
		if (!rows->v[i].member_id) at = i + 1;
	return at ? &rows->v[at - 1] : NULL;
}

static Status write_rows(Ctx *cx, Tx *tx, void *arg)
{
	Fold *f = arg;
	AttentionRowsRows rows;
	IdMap row_at;
	f->sums_n = 0;
	TRY(attention_rows(cx, tx_db(tx), &(AttentionRowsArgs){.ids = f->members_json, .day = f->day}, &rows));
	INDEX(row_at, rows, member_id);
	find_spenders(f, &rows, &row_at);
	for (size_t i = 0; i < f->n; i++) add(f, &f->v[i]);
	qsort(f->sums, f->sums_n, sizeof *f->sums, by_key);
	for (size_t i = 0, until; i < f->sums_n; i = until) {
		for (until = i + 1; until < f->sums_n && f->sums[until].of->member == f->sums[i].of->member; until++) {}
		TRY(put_row(f, tx, &f->sums[i], until - i, row_of(&rows, &row_at, f->sums[i].of->member)));
	}
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
	TRY(look_up_all(&f, store));
	f.sums = ARENA_NEW(cx->arena, Sum, n * AREAS_MAX + 1);
	return f.members.n ? store_write(cx, store, write_rows, &f) : ST_OK;
}
