// SPDX-License-Identifier: AGPL-3.0-or-later
// How long others read what a member wrote: the rule, which attention.h states.
#include "attention/attention.h"

AttentionReads attention_reads_init(Arena *a) { return (AttentionReads){.topic_of = idmap_init(a, 256)}; }

static Status too_many(Ctx *cx) { return fail(cx, ST_TOO_LARGE, "what was read does not fit in memory"); }

Status attention_reads_note(Ctx *cx, AttentionReads *r, int32_t day, Id reader, Str areas)
{
	Id topic;
	int64_t seconds;
	while (attention_topic_next(&areas, &topic, &seconds)) {
		if (r->n == r->cap) {
			size_t more = size_max(r->cap * 2, 256);
			AttentionReading *v = arena_grow(cx->arena, r->v, r->cap * sizeof *v, more * sizeof *v);
			if (!v) return too_many(cx);
			r->v = v;
			r->cap = more;
		}
		AttentionReading *one = &r->v[r->n++];
		*one = (AttentionReading){.reader = reader, .seconds = seconds, .day = day};
		TRY(idmap_number(cx, &r->topic_of, topic, &one->topic));
	}
	return ST_OK;
}

typedef struct Load {
	Ctx *cx;
	AttentionReads *r;
	AttentionReadTopic *topic; // whose rows are coming
	IdMap seen;                // its authors so far: their number + 1
} Load;

static Status add_author(Load *l, Id member, int32_t day)
{
	AttentionReads *r = l->r;
	uint32_t *at = idmap_at(&l->seen, member);
	if (!at) return too_many(l->cx);
	if (*at) {
		AttentionReadAuthor *known = &r->authors[*at - 1];
		known->day = known->day < day ? known->day : day;
		return ST_OK;
	}
	if (r->authors_n == r->authors_cap) {
		size_t more = size_max(r->authors_cap * 2, 1024);
		AttentionReadAuthor *v = arena_grow(l->cx->arena, r->authors, r->authors_cap * sizeof *v, more * sizeof *v);
		if (!v || more >= UINT32_MAX) return too_many(l->cx);
		r->authors = v;
		r->authors_cap = more;
	}
	r->authors[r->authors_n++] = (AttentionReadAuthor){.member = member, .day = day};
	*at = (uint32_t)r->authors_n;
	if (l->topic->last) r->authors[l->topic->last - 1].next = *at;
	else l->topic->first = *at;
	l->topic->last = *at;
	return ST_OK;
}

// Rows of a topic come together, but it does not depend on that.
static Status turn_to(Load *l, AttentionReadTopic *topic)
{
	if (l->topic == topic) return ST_OK;
	l->topic = topic;
	idmap_clear(&l->seen);
	for (uint32_t i = topic->first; i; i = l->r->authors[i - 1].next) {
		uint32_t *at = idmap_at(&l->seen, l->r->authors[i - 1].member);
		if (!at) return too_many(l->cx);
		*at = i;
	}
	return ST_OK;
}

static Status on_author(void *arg, const void *row)
{
	Load *l = arg;
	const AttentionAuthorsEachRow *r = row;
	Arena *a = l->cx->arena;
	TRY(turn_to(l, &l->r->topics[idmap_find(&l->r->topic_of, r->topic_id)]));
	if (!r->number) { // the topic itself, before its answers
		l->topic->id = r->topic_id;
		l->topic->title = str_copy(a, r->title);
		l->topic->tags = str_copy(a, r->tags);
		l->topic->space = str_copy(a, r->space);
	}
	return r->author_id ? add_author(l, r->author_id, (int32_t)(r->at_ms / TIME_DAY_MS)) : ST_OK;
}

Status attention_reads_load(Ctx *cx, Db *db, AttentionReads *r)
{
	size_t n = r->topic_of.n;
	Load l = {.cx = cx, .r = r, .seen = idmap_init(cx->arena, 64)};
	Id *ids = arena_try_alloc(cx->arena, (n + 1) * sizeof *ids, _Alignof(Id));
	r->topics = arena_try_alloc(cx->arena, (n + 1) * sizeof *r->topics, _Alignof(AttentionReadTopic));
	if (!ids || !r->topics) return too_many(cx);
	for (uint32_t i = 1; i <= n; i++) ids[i - 1] = idmap_key(&r->topic_of, i);
	r->topics_n = n;
	if (!n) return ST_OK;
	return attention_authors_each(cx, db, &(AttentionAuthorsEachArgs){.ids = ids_json(cx->arena, ids, n)}, on_author,
								  &l);
}

static Status share_one(const AttentionReads *r, const AttentionReading *of, AttentionShareFn fn, void *arg)
{
	const AttentionReadTopic *t = &r->topics[of->topic];
	int64_t n = 0;
	for (uint32_t i = t->first; i; i = r->authors[i - 1].next)
		n += r->authors[i - 1].member != of->reader && r->authors[i - 1].day <= of->day;
	int64_t left = n ? of->seconds % n : 0;
	for (uint32_t i = n ? t->first : 0; i; i = r->authors[i - 1].next) {
		const AttentionReadAuthor *a = &r->authors[i - 1];
		if (a->member == of->reader || a->day > of->day) continue;
		AttentionShare s = {of, t, a->member, of->seconds / n + (left > 0)};
		left--;
		if (s.seconds) TRY(fn(arg, &s));
	}
	return ST_OK;
}

Status attention_reads_share(const AttentionReads *r, size_t *at, int32_t day, AttentionShareFn fn, void *arg)
{
	for (; *at < r->n && r->v[*at].day <= day; ++*at) TRY(share_one(r, &r->v[*at], fn, arg));
	return ST_OK;
}

// Who wrote nothing in a topic is no different from another who did not: of a day, what is left of a division is counted by how much
// it is, and each author gets the sum.
typedef struct Pool {
	AttentionReading of;
	int64_t each; // what all of the authors get
	uint32_t authors_n;
	uint32_t *left; // by seconds left of a division: how many readings
} Pool;

typedef struct Pools {
	IdMap at; // topic and day
	Pool *v;
	size_t cap;
} Pools;

static bool wrote(const AttentionReads *r, const AttentionReading *of)
{
	for (uint32_t i = r->topics[of->topic].first; i; i = r->authors[i - 1].next)
		if (r->authors[i - 1].member == of->reader) return true;
	return false;
}

static Status pool_of(Ctx *cx, const AttentionReads *r, Pools *pools, const AttentionReading *of, Pool **ret)
{
	uint32_t at;
	size_t known = pools->at.n;
	TRY(idmap_number(cx, &pools->at, (int64_t)((uint64_t)of->topic << 32 | (uint32_t)of->day), &at));
	if (at >= pools->cap) {
		size_t more = size_max(pools->cap * 2, 1024);
		Pool *v = arena_grow(cx->arena, pools->v, pools->cap * sizeof *v, more * sizeof *v);
		if (!v) return too_many(cx);
		pools->v = v;
		pools->cap = more;
	}
	Pool *p = *ret = &pools->v[at];
	if (pools->at.n == known) return ST_OK;
	p->of = (AttentionReading){.day = of->day, .topic = of->topic};
	for (uint32_t i = r->topics[of->topic].first; i; i = r->authors[i - 1].next)
		p->authors_n += r->authors[i - 1].day <= of->day;
	p->left = arena_try_alloc(cx->arena, (p->authors_n + 1) * sizeof *p->left, _Alignof(uint32_t));
	return p->left ? ST_OK : too_many(cx);
}

static Status pool_share(const AttentionReads *r, const Pool *p, AttentionShareFn fn, void *arg)
{
	const AttentionReadTopic *t = &r->topics[p->of.topic];
	int64_t more = 0; // readings of which the next author has a second of what was left
	for (uint32_t k = 1; k < p->authors_n; k++) more += p->left[k];
	uint32_t nth = 0;
	for (uint32_t i = t->first; i; i = r->authors[i - 1].next) {
		if (r->authors[i - 1].day > p->of.day) continue;
		AttentionShare s = {&p->of, t, r->authors[i - 1].member, p->each + more};
		if (s.seconds) TRY(fn(arg, &s));
		if (++nth < p->authors_n) more -= p->left[nth];
	}
	return ST_OK;
}

Status attention_reads_sum(Ctx *cx, const AttentionReads *r, AttentionShareFn fn, void *arg)
{
	Pools pools = {.at = idmap_init(cx->arena, r->topics_n)};
	for (size_t i = 0; i < r->n; i++) {
		const AttentionReading *of = &r->v[i];
		Pool *p = NULL;
		if (wrote(r, of)) {
			TRY(share_one(r, of, fn, arg));
			continue;
		}
		TRY(pool_of(cx, r, &pools, of, &p));
		if (!p->authors_n) continue;
		p->each += of->seconds / p->authors_n;
		p->left[of->seconds % p->authors_n]++;
	}
	for (uint32_t i = 1; i <= pools.at.n; i++) TRY(pool_share(r, &pools.v[i], fn, arg));
	return ST_OK;
}

bool attention_read_in(const AttentionReadTopic *t, Str area)
{
	if (!area.n) return true;
	Str name = str_sub(area, 1, area.n);
	return area.p[0] == '/' ? str_eq(t->space, name) : str_has_word(t->tags, name);
}
