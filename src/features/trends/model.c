// SPDX-License-Identifier: AGPL-3.0-or-later
#include "trends/trends.h"

#include "text/prose.h"

#define ROOM_CAP_BYTES ((size_t)1 << 30)
#define POSTS_START ((size_t)1024)

typedef struct Reader {
	Ctx *cx;
	Trends *t;
	size_t cap;
} Reader;

static Status more_room(Reader *r)
{
	Trends *t = r->t;
	if (t->n < r->cap) return ST_OK;
	if (t->n == PHRASES_POSTS_MAX) return fail(r->cx, ST_TOO_LARGE, "more than %zu posts", PHRASES_POSTS_MAX);
	size_t cap = size_min(size_max(r->cap * 2, POSTS_START), PHRASES_POSTS_MAX);
	PhrasePost *v = arena_try_alloc(t->room, cap * sizeof *v, _Alignof(PhrasePost));
	if (!v) return fail(r->cx, ST_TOO_LARGE, "the posts are too long together");
	for (size_t i = 0; i < t->n; i++) v[i] = t->posts[i];
	t->posts = v;
	r->cap = cap;
	return ST_OK;
}

// Somebody without an account is known by name, if at all.
static int64_t author_of(const TrendPostEachRow *row)
{
	if (row->author_id) return row->author_id;
	return row->author_name.n ? (int64_t)(str_hash(row->author_name) >> 1 | 1) : 0;
}

static Status take(void *arg, const void *row_)
{
	Reader *r = arg;
	const TrendPostEachRow *row = row_;
	TRY(more_room(r));
	AUTO(Arena) scratch = arena_new(ARENA_CAP_BYTES);
	Str text = html_prose(scratch, row->body, TREND_TEXT_BYTES);
	size_t n = row->title.n + text.n + 3;
	char *p = arena_try_alloc(r->t->room, n, 1);
	if (!p) return fail(r->cx, ST_TOO_LARGE, "the posts are too long together");
	if (row->title.n) __builtin_memcpy(p, row->title.p, row->title.n);
	__builtin_memcpy(p + row->title.n, " . ", 3);
	if (text.n) __builtin_memcpy(p + row->title.n + 3, text.p, text.n);
	r->t->posts[r->t->n++] = (PhrasePost){
		.at_ms = row->at_ms, .author = author_of(row), .text = {p, n}, .id = row->of_id};
	return ST_OK;
}

static Status find(Ctx *cx, Db *db, const TrendQuestion *q, Trends *t)
{
	Reader r = {.cx = cx, .t = t};
	TrendPostEachArgs args = {.from = q->from_ms - q->back_ms, .until = q->until_ms, .space_id = q->space_id};
	TRY(trend_post_each(cx, db, &args, take, &r));
	PhraseQuestion p = {
		.posts = t->posts, .n = t->n, .by = q->by, .top = q->top, .from_ms = q->from_ms, .until_ms = q->until_ms};
	Ctx own = *cx;
	own.arena = t->room;
	Status st = phrases_emerging(&own, &p, &t->answer);
	return st == ST_OK ? st : fail(cx, st, "%.*s", STR(own.fail_text));
}

Status trends_find(Ctx *cx, Db *db, const TrendQuestion *q, Trends *ret)
{
	*ret = (Trends){.room = arena_new(ROOM_CAP_BYTES)};
	return find(cx, db, q, ret);
}
