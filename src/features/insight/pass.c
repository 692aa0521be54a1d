// SPDX-License-Identifier: AGPL-3.0-or-later
// The pass over everything there is, and the reader of what is new.
#include "insight/insight_impl.h"

#define SLICE_NS ((int64_t)500000000) // of the background thread at a time
#define LOOK_EVERY_MS TIME_HOUR_MS
#define TOPIC_POSTS 500

static Status state_of(Ctx *cx, Db *db, InsightStateFindRow *ret, bool *ret_found)
{
	*ret = (InsightStateFindRow){0};
	return insight_state_find(cx, db, ret, ret_found);
}

Status insight_progress(Ctx *cx, Db *db, InsightProgress *ret)
{
	InsightStateFindRow s;
	bool found;
	TRY(state_of(cx, db, &s, &found));
	*ret = (InsightProgress){.known = found,
							 .finished = found && s.finished_at,
							 .done = s.done_n,
							 .total = i64_max(s.total_n, s.done_n),
							 .generation = (unsigned)s.generation,
							 .started_at = s.started_at,
							 .finished_at = s.finished_at};
	return ST_OK;
}

static InsightStatePutArgs state_args(const InsightStateFindRow *s)
{
	return (InsightStatePutArgs){.stamp = s->stamp,
								 .generation = s->generation,
								 .post_after = s->post_after,
								 .comment_after = s->comment_after,
								 .done_n = s->done_n,
								 .total_n = s->total_n,
								 .started_at = s->started_at,
								 .finished_at = s->finished_at};
}

// --- beginning --------------------------------------------------------------------------------------------------------------

typedef struct Begin {
	int64_t stamp, total;
	bool begun;
} Begin;

static Status begin_tx(Ctx *cx, Tx *tx, void *arg)
{
	Begin *b = arg;
	InsightStateFindRow s;
	bool found;
	TRY(state_of(cx, tx_db(tx), &s, &found));
	b->begun = !found || s.stamp != b->stamp;
	if (!b->begun) return ST_OK;
	s = (InsightStateFindRow){.stamp = b->stamp,
							  .generation = (s.generation + 1) % READING_GENERATIONS,
							  .total_n = b->total,
							  .started_at = cx->now_ms};
	InsightStatePutArgs args = state_args(&s);
	TRY(insight_state_put(cx, tx, &args));
	return job_enqueue(cx, tx, S(INSIGHT_PASS_QUEUE), S("{}"), 0);
}

Status insight_pass_begin(Ctx *cx, Store *store, const InsightEngine *e, bool *ret_begun)
{
	Begin b = {.stamp = e->stamp};
	InsightStateFindRow s;
	InsightCountRow count;
	bool found;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(state_of(cx, db, &s, &found));
	*ret_begun = false;
	if (found && s.stamp == e->stamp) return ST_OK;
	TRY(insight_count(cx, db, &count));
	db_end(db);
	db = NULL;
	b.total = count.n;
	TRY(store_write(cx, store, begin_tx, &b));
	*ret_begun = b.begun;
	return ST_OK;
}

// --- a batch ----------------------------------------------------------------------------------------------------------------

typedef struct Step {
	InsightStateFindRow from, to;
	Writtens written;
} Step;

static Status step_tx(Ctx *cx, Tx *tx, void *arg)
{
	const Step *step = arg;
	InsightStateFindRow s;
	bool found;
	TRY(state_of(cx, tx_db(tx), &s, &found));
	if (s.generation != step->from.generation || s.post_after != step->from.post_after ||
		s.comment_after != step->from.comment_after || s.finished_at)
		return fail(cx, ST_CONFLICT, "another process is at the pass");
	TRY(insight_write(cx, tx, &step->written));
	InsightStatePutArgs args = state_args(&step->to);
	return insight_state_put(cx, tx, &args);
}

// Posts first, then comments; at the end of both the pass is finished.
static Status next_rows(Ctx *cx, Db *db, Step *step, TextRows *rows, bool *comments)
{
	InsightPostsAfterRows posts;
	InsightCommentsAfterRows after;
	TRY(insight_posts_after(cx, db, &(InsightPostsAfterArgs){.after = step->to.post_after, .limit = INSIGHT_BATCH},
							&posts));
	*rows = (TextRows){posts.v, posts.n};
	if (posts.n) {
		step->to.post_after = posts.v[posts.n - 1].id;
		return ST_OK;
	}
	*comments = true;
	TRY(insight_comments_after(
		cx, db, &(InsightCommentsAfterArgs){.after = step->to.comment_after, .limit = INSIGHT_BATCH}, &after));
	*rows = (TextRows){(const void *)after.v, after.n};
	if (after.n) step->to.comment_after = after.v[after.n - 1].id;
	else step->to.finished_at = cx->now_ms;
	return ST_OK;
}

static Status pass_step(Ctx *cx, Store *store, InsightEngine *e, bool *ret_finished)
{
	Step step = {0};
	TextRows rows;
	bool found, comments = false;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(state_of(cx, db, &step.from, &found));
	*ret_finished = !found || step.from.finished_at;
	if (*ret_finished) return ST_OK;
	step.to = step.from;
	TRY(next_rows(cx, db, &step, &rows, &comments));
	TRY(insight_read_rows(cx, db, e, (unsigned)step.to.generation, &rows, comments, &step.written));
	step.to.done_n += (int64_t)rows.n;
	db_end(db);
	db = NULL;
	*ret_finished = step.to.finished_at != 0;
	return store_write(cx, store, step_tx, &step);
}

// An engine in an arena of its own, and batches until the time is over.
static Status pass_run(Ctx *cx, Store *store, int64_t for_ns, InsightTell tell, void *arg, bool *ret_finished)
{
	AUTO(Arena) room = arena_new(INSIGHT_ENGINE_BYTES);
	Ctx own = *cx;
	own.arena = room;
	AUTO(Db) db = NULL;
	InsightEngine *e;
	InsightProgress p;
	int64_t until = time_mono_ns() + for_ns;
	Status st = db_begin(&own, store, &db);
	if (st == ST_OK) st = insight_engine_open(&own, db, &e);
	if (db) db_end(db);
	db = NULL;
	for (*ret_finished = false; st == ST_OK && !*ret_finished && time_mono_ns() < until;) {
		ArenaMark mark = arena_mark(room);
		st = pass_step(&own, store, e, ret_finished);
		if (st == ST_OK && tell) {
			st = db_begin(&own, store, &db);
			if (st == ST_OK) st = insight_progress(&own, db, &p);
			if (st == ST_OK) tell(arg, &p);
			if (db) db_end(db);
			db = NULL;
		}
		arena_rewind(room, mark);
	}
	return st == ST_OK ? ST_OK : fail(cx, st, "%.*s", STR(own.fail_text));
}

static Status enqueue_pass(Ctx *cx, Tx *tx, void *arg)
{
	(void)arg;
	return job_enqueue(cx, tx, S(INSIGHT_PASS_QUEUE), S("{}"), 0);
}

static Status pass_job(Ctx *cx, Store *store, Str payload)
{
	bool finished;
	(void)payload;
	Status st = pass_run(cx, store, SLICE_NS, NULL, NULL, &finished);
	if (st == ST_CONFLICT) return ST_OK; // somebody else is at it
	TRY(st);
	return finished ? ST_OK : store_write(cx, store, enqueue_pass, NULL);
}

static Status begin_if_other(Ctx *cx, Store *store, bool *ret_begun)
{
	AUTO(Arena) room = arena_new(INSIGHT_ENGINE_BYTES);
	Ctx own = *cx;
	own.arena = room;
	AUTO(Db) db = NULL;
	InsightEngine *e;
	TRY(db_begin(&own, store, &db));
	Status st = insight_engine_open(&own, db, &e);
	db_end(db);
	db = NULL;
	if (st == ST_OK) st = insight_pass_begin(&own, store, e, ret_begun);
	return st == ST_OK ? ST_OK : fail(cx, st, "%.*s", STR(own.fail_text));
}

// Is there another engine, or a pass that nobody goes on with?
static Status look(Ctx *cx, Store *store, Str payload)
{
	InsightStateFindRow s;
	InsightJobFindRow job;
	bool begun = false, found, waiting;
	(void)payload;
	TRY(begin_if_other(cx, store, &begun));
	if (begun) return ST_OK;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(state_of(cx, db, &s, &found));
	TRY(insight_job_find(cx, db, &(InsightJobFindArgs){.queue = S(INSIGHT_PASS_QUEUE)}, &job, &waiting));
	db_end(db);
	db = NULL;
	return waiting || s.finished_at ? ST_OK : store_write(cx, store, enqueue_pass, NULL);
}

static Status learn_job(Ctx *cx, Store *store, Str payload)
{
	(void)payload;
	return insight_learn(cx, store);
}

const JobKind insight_jobs[] = {{.queue = INSIGHT_LOOK_QUEUE, .run = look, .every_ms = LOOK_EVERY_MS},
								{.queue = INSIGHT_PASS_QUEUE, .run = pass_job},
								{.queue = INSIGHT_LEARN_QUEUE, .run = learn_job}};
const size_t insight_jobs_n = COUNTOF(insight_jobs);

// --- new facts --------------------------------------------------------------------------------------------------------------

typedef struct IdList {
	Id *v;
	size_t n, cap;
} IdList;

typedef struct Reading {
	Ctx *cx;
	Store *store;
	Db *db;
	InsightEngine *engine;
	unsigned generation;
	const FactBatch *batch;
	IdList posts, comments;
} Reading;

static Status add(Reading *r, IdList *l, Id id)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 512;
		Id *v = arena_grow(r->cx->arena, l->v, l->cap * sizeof *v, cap * sizeof *v);
		if (!v) return fail(r->cx, ST_TOO_LARGE, "too much was written at once");
		l->v = v;
		l->cap = cap;
	}
	l->v[l->n++] = id;
	return ST_OK;
}

static Status add_comments_of(Reading *r, Id post)
{
	InsightPostCommentsRows rows;
	TRY(insight_post_comments(r->cx, r->db, &(InsightPostCommentsArgs){.post_id = post}, &rows));
	for (size_t i = 0; i < rows.n; i++) TRY(add(r, &r->comments, rows.v[i].id));
	return ST_OK;
}

// A topic was deleted or restored: with it all that is in it.
static Status add_topic(Reading *r, Id topic)
{
	int64_t after = -1;
	for (bool more = true; more;) {
		InsightTopicPostsRows rows;
		InsightTopicPostsArgs args = {.topic_id = topic, .after = after, .limit = TOPIC_POSTS};
		TRY(insight_topic_posts(r->cx, r->db, &args, &rows));
		for (size_t i = 0; i < rows.n; i++) {
			TRY(add(r, &r->posts, rows.v[i].id));
			TRY(add_comments_of(r, rows.v[i].id));
		}
		more = rows.n == TOPIC_POSTS;
		if (more) after = rows.v[rows.n - 1].number;
	}
	return ST_OK;
}

static Status add_opening(Reading *r, Id topic)
{
	InsightOpeningFindRow row;
	bool found;
	TRY(insight_opening_find(r->cx, r->db, &(InsightOpeningFindArgs){.id = topic}, &row, &found));
	return found ? add(r, &r->posts, row.opening_id) : ST_OK;
}

static Status concern(Reading *r, const Fact *f)
{
	bool gone = f->kind == FACT_DELETED || f->kind == FACT_RESTORED, comment = f->subject_type == SUBJECT_COMMENT;
	if (f->kind == FACT_TEXT_CORRECTED && f->value) return ST_OK; // it is written already; taken back: read again
	if (f->kind == FACT_TOPIC_POSTED) return add_opening(r, f->subject_id);
	if (comment) return add(r, &r->comments, f->subject_id);
	if (gone && f->subject_type == SUBJECT_TOPIC) return add_topic(r, f->subject_id);
	if (gone) TRY(add_comments_of(r, f->subject_id));
	return add(r, &r->posts, f->subject_id);
}

static bool is_text(FactKind k)
{
	return k == FACT_TOPIC_POSTED || k == FACT_POSTED || k == FACT_COMMENTED || k == FACT_EDITED || k == FACT_DELETED ||
		   k == FACT_RESTORED || k == FACT_TEXT_CORRECTED;
}

static Status write_tx(Ctx *cx, Tx *tx, void *arg) { return insight_write(cx, tx, arg); }

static Status read_some(Reading *r, const IdList *l, bool comments)
{
	for (size_t at = 0; at < l->n; at += INSIGHT_BATCH) {
		ArenaMark mark = arena_mark(r->cx->arena);
		size_t n = size_min(INSIGHT_BATCH, l->n - at);
		TextRows rows;
		Writtens written;
		TRY(comments ? insight_comments(r->cx, r->db, l->v + at, n, &rows)
					 : insight_posts(r->cx, r->db, l->v + at, n, &rows));
		TRY(insight_read_rows(r->cx, r->db, r->engine, r->generation, &rows, comments, &written));
		TRY(store_write(r->cx, r->store, write_tx, &written));
		arena_rewind(r->cx->arena, mark);
	}
	return ST_OK;
}

typedef struct Move {
	Id after, to;
} Move;

static Status move_tx(Ctx *cx, Tx *tx, void *arg)
{
	const Move *m = arg;
	return facts_move(cx, tx, S(INSIGHT_READER), m->after, m->to);
}

static Status read_texts(Reading *r)
{
	InsightStateFindRow s;
	bool found;
	TRY(insight_engine_open(r->cx, r->db, &r->engine));
	TRY(state_of(r->cx, r->db, &s, &found));
	r->generation = (unsigned)s.generation;
	if (!found || s.stamp != r->engine->stamp) {
		bool begun;
		TRY(insight_pass_begin(r->cx, r->store, r->engine, &begun));
		r->generation = (unsigned)((s.generation + begun) % READING_GENERATIONS);
	}
	if (!found) return ST_OK; // the pass reads all
	for (size_t i = 0; i < r->batch->n; i++)
		if (is_text(r->batch->v[i].kind)) TRY(concern(r, &r->batch->v[i]));
	TRY(read_some(r, &r->posts, false));
	return read_some(r, &r->comments, true);
}

Status insight_read_facts(Ctx *cx, Store *store, const FactBatch *batch)
{
	Move move = {batch->after, batch->ids[batch->n - 1]};
	bool texts = false;
	for (size_t i = 0; i < batch->n; i++) texts |= is_text(batch->v[i].kind);
	if (texts) {
		AUTO(Arena) room = arena_new(INSIGHT_ENGINE_BYTES);
		AUTO(Db) db = NULL;
		Ctx own = *cx;
		own.arena = room;
		TRY(db_begin(cx, store, &db));
		Reading r = {.cx = &own, .store = store, .db = db, .batch = batch};
		Status st = read_texts(&r);
		if (st == ST_OK && !batch->after) st = facts_last(&own, db, &move.to); // what was before, the pass reads
		if (st != ST_OK) return fail(cx, st, "%.*s", STR(own.fail_text));
	}
	return store_write(cx, store, move_tx, &move);
}

static const FactReader READER = {.name = INSIGHT_READER, .read = insight_read_facts};

Status insight_analyse_all(Ctx *cx, Store *store, InsightTell tell, void *arg)
{
	bool begun, finished;
	TRY(begin_if_other(cx, store, &begun));
	TRY(pass_run(cx, store, INT64_MAX / 2, tell, arg, &finished));
	for (size_t n = 1; n > 0;) TRY(readers_run(cx, store, &READER, 1, &n));
	return ST_OK;
}
