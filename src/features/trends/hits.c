// SPDX-License-Identifier: AGPL-3.0-or-later
// What listening queries would have found.
#include "trends/trends.h"

#include "text/analyse.h"
#include "text/said.h"
#include "text/vader.h"

#define ROOM_BYTES ((size_t)256 << 20)

typedef struct Hunt {
	Ctx *cx;
	const HitsQuestion *q;
	HitsAnswer *ret;
	Arena *room;
	TextScan *scan;
	QueryMatch *m;
	size_t queries_n;
} Hunt;

static void put_example(QueryHits *h, Id id, Time at_ms)
{
	size_t at = h->examples_n;
	for (size_t i = 0; i < h->examples_n; i++)
		if (h->examples[i] == id) return; // a comment leads to the post it is on
	while (at > 0 && h->examples_ms[at - 1] < at_ms) at--;
	if (at == HIT_EXAMPLES) return;
	if (h->examples_n < HIT_EXAMPLES) h->examples_n++;
	for (size_t i = h->examples_n - 1; i > at; i--) {
		h->examples[i] = h->examples[i - 1];
		h->examples_ms[i] = h->examples_ms[i - 1];
	}
	h->examples[at] = id;
	h->examples_ms[at] = at_ms;
}

static void end_topic(QueryHits *h)
{
	h->squares += h->in_topic * h->in_topic;
	h->in_topic = 0;
}

static Status read_text(void *arg, const void *row_)
{
	Hunt *t = arg;
	const HitTextEachRow *row = row_;
	ArenaMark mark = arena_mark(t->room);
	Str text = text_said(t->room, row->number == 0 ? row->title : str_none(), row->body);
	Analysis a;
	text_analyse(t->q->engine, text, str_none(), ANALYSE_LANGUAGE, &a);
	QueryFields fields = {
		.v = {[FIELD_AUTHOR] = row->author, [FIELD_LANG] = a.language.code, [FIELD_TITLE] = row->title}};
	text_scan(t->scan, text);
	size_t n = queries_match(t->q->queries, t->scan, &fields, t->m, t->queries_n);
	for (size_t i = 0; i < n; i++) {
		QueryHits *h = &t->ret->v[t->m[i].query];
		if (h->topic != row->topic_id) end_topic(h);
		h->topic = row->topic_id;
		h->hits++;
		h->in_topic++;
		put_example(h, row->of_id, row->at_ms);
	}
	t->ret->texts++;
	arena_rewind(t->room, mark);
	return ST_OK;
}

// Topics are drawn with all their texts, so it is topics that chance deals with.
static void estimate(QueryHits *h, int64_t each)
{
	end_topic(h);
	int64_t off = (int64_t)isqrt64((uint64_t)(each * (each - 1) * h->squares)) * 196 / 100;
	h->estimate = h->hits * each;
	h->low = i64_max(h->hits, h->estimate - off);
	h->high = h->hits ? h->estimate + off : (each - 1) * 3;
}

Status trends_hits(Ctx *cx, Db *db, const HitsQuestion *q, HitsAnswer *ret)
{
	HitPostsRow stored;
	size_t n = queries_n(q->queries);
	TRY(hit_posts(cx, db, &(HitPostsArgs){.space_id = q->space_id}, &stored));
	*ret = (HitsAnswer){.each = 1, .v = ARENA_NEW(cx->arena, QueryHits, n + 1)};
	if (stored.n > q->posts_most && q->posts_most > 0) ret->each = (stored.n / q->posts_most) | 1;
	if (ret->each == 1 && stored.n > q->posts_most) ret->each = 3;
	AUTO(Arena) room = arena_new(ROOM_BYTES);
	Hunt t = {.cx = cx,
			  .q = q,
			  .ret = ret,
			  .room = room,
			  .scan = text_scan_new(room),
			  .m = ARENA_NEW(room, QueryMatch, n + 1),
			  .queries_n = n};
	TRY(hit_text_each(cx, db, &(HitTextEachArgs){.each = ret->each, .space_id = q->space_id}, read_text, &t));
	for (size_t i = 0; i < n; i++) estimate(&ret->v[i], ret->each);
	return ST_OK;
}
