// SPDX-License-Identifier: AGPL-3.0-or-later
// What new facts bring: topics whose answers are compared again. And the pass over everything.
#include "fairplay/model.h"

#define TOPICS_AT_ONCE 100

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

static Status read_batch(Ctx *cx, Store *store, const FactBatch *batch)
{
	Reading r = {.batch = batch};
	Id *posts = ARENA_NEW(cx->arena, Id, batch->n + 1);
	size_t n = 0;
	FairTopicsOfRows topics = {0};
	for (size_t i = 0; i < batch->n; i++)
		if (changes_answers(&batch->v[i])) posts[n++] = batch->v[i].subject_id;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	if (n) TRY(fair_topics_of(cx, db, &(FairTopicsOfArgs){.posts = ids_json(cx->arena, posts, n)}, &topics));
	for (size_t i = 0; i < topics.n; i++) TRY(repeats_find(cx, db, topics.v[i].id, &r.changes));
	db_end(db);
	db = NULL;
	return store_write(cx, store, write_batch, &r);
}

// A long history is gone through topic by topic instead.
static Status read(Ctx *cx, Store *store, const FactBatch *batch)
{
	return !batch->after && batch->n == FACT_BATCH ? fairplay_pass(cx, store) : read_batch(cx, store, batch);
}

const FactReader fairplay_reader = {FAIRPLAY_READER, read};

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

static Status some_topics(Ctx *cx, Store *store, Id *after, bool *ret_more)
{
	FairTopicsAfterRows topics;
	Repeats changes = {0};
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(fair_topics_after(cx, db, &(FairTopicsAfterArgs){.after = *after, .limit = TOPICS_AT_ONCE}, &topics));
	for (size_t i = 0; i < topics.n; i++) TRY(repeats_find(cx, db, topics.v[i].id, &changes));
	db_end(db);
	db = NULL;
	*ret_more = topics.n == TOPICS_AT_ONCE;
	if (topics.n) *after = topics.v[topics.n - 1].id;
	return changes.n ? store_write(cx, store, write_changes, &changes) : ST_OK;
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

Status fairplay_pass(Ctx *cx, Store *store)
{
	Move move;
	Id after = 0;
	TRY(where(cx, store, &move));
	for (bool more = true; more;) {
		ArenaMark mark = arena_mark(cx->arena);
		TRY(some_topics(cx, store, &after, &more));
		arena_rewind(cx->arena, mark);
	}
	TRY(store_write(cx, store, write_move, &move));
	return fairplay_series(cx, store);
}

// --- the doctor ---------------------------------------------------------------------------------------------------------------

Status fairplay_recheck(Ctx *cx, Db *db, void (*tell)(void *arg, const char *what, int64_t differing), void *arg)
{
	FairTopicsAfterRows topics = {.n = TOPICS_AT_ONCE};
	FairStrayRow stray;
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
	return ST_OK;
}
