// SPDX-License-Identifier: AGPL-3.0-or-later
// What new facts bring: topics whose answers are compared again. And the pass over everything.
#include "fairplay/model.h"

#define TOPICS_AT_ONCE 100
#define POSTS_AT_ONCE 500

typedef struct Reading {
	const FactBatch *batch;
	Repeats changes;
} Reading;

static bool changes_answers(const Fact *f)
{
	return f->subject_type == SUBJECT_POST &&
		   (f->kind == FACT_POSTED || f->kind == FACT_EDITED || f->kind == FACT_DELETED || f->kind == FACT_RESTORED);
}

static Status write_batch(Ctx *cx, Tx *tx, void *arg)
{
	const Reading *r = arg;
	TRY(repeats_write(cx, tx, &r->changes));
	return facts_move(cx, tx, S(FAIRPLAY_READER), r->batch->after, r->batch->ids[r->batch->n - 1]);
}

// The topics of n posts.
static Status find_of(Ctx *cx, Db *db, const Id *posts, size_t n, Repeats *changes)
{
	FairTopicsOfRows topics;
	if (!n) return ST_OK;
	TRY(fair_topics_of(cx, db, &(FairTopicsOfArgs){.posts = ids_json(cx->arena, posts, n)}, &topics));
	for (size_t i = 0; i < topics.n; i++) TRY(repeats_find(cx, db, topics.v[i].id, changes));
	return ST_OK;
}

static Status read_batch(Ctx *cx, Store *store, const FactBatch *batch)
{
	RepeatNews news = {idmap_init(cx->arena, batch->n), idmap_init(cx->arena, 16)};
	Reading r = {.batch = batch, .changes.news = &news};
	Id *posts = ARENA_NEW(cx->arena, Id, batch->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < batch->n; i++) {
		uint32_t number;
		if (!changes_answers(&batch->v[i])) continue;
		IdMap *kind = batch->v[i].kind == FACT_POSTED ? &news.posted : &news.changed;
		TRY(idmap_number(cx, kind, posts[n++] = batch->v[i].subject_id, &number));
	}
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(find_of(cx, db, posts, n, &r.changes));
	db_end(db);
	db = NULL;
	return store_write(cx, store, write_batch, &r);
}

// A long history is gone through topic by topic instead.
static Status read(Ctx *cx, Store *store, const FactBatch *batch)
{
	return !batch->after && batch->n == FACT_BATCH ? fairplay_pass(cx, store) : read_batch(cx, store, batch);
}

const FactReader fairplay_reader = {.name = FAIRPLAY_READER, .read = read};

Status fairplay_catch_up(Ctx *cx, Store *store)
{
	for (size_t n = 1; n > 0;) TRY(readers_run(cx, store, &fairplay_reader, 1, &n));
	return ST_OK;
}

// --- everything -------------------------------------------------------------------------------------------------------------

static Status write_changes(Ctx *cx, Tx *tx, void *arg) { return repeats_write(cx, tx, arg); }

typedef struct Move {
	Id after, to;
} Move;
static Status write_move(Ctx *cx, Tx *tx, void *arg)
{
	const Move *m = arg;
	return facts_move(cx, tx, S(FAIRPLAY_READER), m->after, m->to);
}

// The next few topics after *after, compared; *ret_more: there are others.
typedef Status (*SomeFn)(Ctx *cx, Db *db, Id *after, Repeats *changes, bool *ret_more);

static Status some_topics(Ctx *cx, Db *db, Id *after, Repeats *changes, bool *ret_more)
{
	FairTopicsAfterRows topics;
	TRY(fair_topics_after(cx, db, &(FairTopicsAfterArgs){.after = *after, .limit = TOPICS_AT_ONCE}, &topics));
	for (size_t i = 0; i < topics.n; i++) TRY(repeats_find(cx, db, topics.v[i].id, changes));
	*ret_more = topics.n == TOPICS_AT_ONCE;
	if (topics.n) *after = topics.v[topics.n - 1].id;
	return ST_OK;
}

static Status some_changed(Ctx *cx, Db *db, Id *after, Repeats *changes, bool *ret_more)
{
	FairChangedAfterRows rows;
	TRY(fair_changed_after(cx, db, &(FairChangedAfterArgs){.after = *after, .limit = POSTS_AT_ONCE}, &rows));
	Id *posts = ARENA_NEW(cx->arena, Id, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) posts[i] = rows.v[i].subject_id;
	*ret_more = rows.n == POSTS_AT_ONCE;
	if (rows.n) *after = rows.v[rows.n - 1].id;
	return find_of(cx, db, posts, rows.n, changes);
}

static Status compare(Ctx *cx, Store *store, SomeFn some, Id after)
{
	for (bool more = true; more;) {
		ArenaMark mark = arena_mark(cx->arena);
		Repeats changes = {0};
		AUTO(Db) db = NULL;
		TRY(db_begin(cx, store, &db));
		TRY(some(cx, db, &after, &changes, &more));
		db_end(db);
		db = NULL;
		if (changes.n) TRY(store_write(cx, store, write_changes, &changes));
		arena_rewind(cx->arena, mark);
	}
	return ST_OK;
}

static Status where(Ctx *cx, Store *store, Move *ret)
{
	FactBatch batch;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(facts_peek(cx, db, S(FAIRPLAY_READER), &batch));
	ret->after = batch.after;
	return facts_last(cx, db, &ret->to);
}

Status fairplay_compare(Ctx *cx, Store *store)
{
	Move move;
	TRY(where(cx, store, &move));
	TRY(compare(cx, store, some_topics, 0));
	return store_write(cx, store, write_move, &move);
}

Status fairplay_pass(Ctx *cx, Store *store)
{
	TRY(fairplay_compare(cx, store));
	return fairplay_series(cx, store);
}

Status fairplay_since(Ctx *cx, Store *store)
{
	Move move;
	TRY(where(cx, store, &move));
	TRY(compare(cx, store, some_changed, move.after));
	TRY(store_write(cx, store, write_move, &move));
	return fairplay_series(cx, store);
}

// --- the doctor ---------------------------------------------------------------------------------------------------------------

Status fairplay_recheck(Ctx *cx, Db *db, void (*tell)(void *arg, const char *what, int64_t differing), void *arg)
{
	FairTopicsAfterRows topics = {.n = TOPICS_AT_ONCE};
	FairStrayRow stray;
	FairAsideStrayRow aside;
	int64_t wrong = 0;
	for (Id after = 0; topics.n == TOPICS_AT_ONCE;) {
		ArenaMark mark = arena_mark(cx->arena);
		Repeats changes = {0};
		TRY(fair_topics_after(cx, db, &(FairTopicsAfterArgs){.after = after, .limit = TOPICS_AT_ONCE}, &topics));
		for (size_t i = 0; i < topics.n; i++) TRY(repeats_find(cx, db, topics.v[i].id, &changes));
		if (topics.n) after = topics.v[topics.n - 1].id;
		wrong += (int64_t)changes.n;
		arena_rewind(cx->arena, mark);
	}
	tell(arg, "answers that repeat another", wrong);
	TRY(fair_stray(cx, db, &stray));
	tell(arg, "votes out of their series", stray.n);
	TRY(fair_aside_stray(cx, db, &aside));
	tell(arg, "posts with votes set aside", aside.n);
	return ST_OK;
}
