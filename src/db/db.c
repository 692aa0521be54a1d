// SPDX-License-Identifier: AGPL-3.0-or-later
// What both engines share: dispatch, rows, and the waiting form of a write.
#include "db/db_impl.h"

#include <pthread.h>
#include <string.h>

#define LIST_START_ROWS 24

Status store_open(Ctx *cx, const StoreConfig *config, Store **ret_store)
{
	bool pg = str_starts(config->url, S("postgres://")) || str_starts(config->url, S("postgresql://"));
	TRY(pg ? pg_open(cx, config, ret_store) : lite_open(cx, config, ret_store));
	(*ret_store)->trace = trace_open();
	return ST_OK;
}

void store_close(Store *s)
{
	if (!s) return;
	Trace *trace = s->trace;
	s->ops->close(s); // the writer may still run some
	trace_close(trace);
}

DbEngine store_engine(const Store *s) { return s->ops->kind; }
Status store_backup(Ctx *cx, Store *s, Str path) { return s->ops->backup(cx, s, path); }
Status store_check(Ctx *cx, Store *s) { return s->ops->check(cx, s); }
Status store_prepare(Ctx *cx, Store *s, const DbQuery *q) { return s->ops->prepare(cx, s, q); }
void store_submit(Store *s, WriteOp *op) { s->ops->submit(s, op); }

void store_stats(Store *s, StoreStats *ret_stats)
{
	*ret_stats = (StoreStats){0};
	s->ops->stats(s, ret_stats);
}

Status db_begin(Ctx *cx, Store *s, Db **ret_db) { return s->ops->begin(cx, s, ret_db); }
void db_end(Db *db) { db->ops->end(db); }
void db_deadline(Db *db, int64_t ms) { db->ops->deadline(db, ms); }
DbEngine db_engine(const Db *db) { return db->ops->kind; }
bool db_writable(const Db *db) { return db->writable; }
Db *tx_db(Tx *tx) { return tx->db; }

static Status may_run(Ctx *cx, const Db *db, const DbQuery *q)
{
	BUG_IF((q->params_n && !q->params) || (q->cols_n && !q->row_bytes));
	if (q->writes && !db->writable) return fail(cx, ST_INTERNAL, "%s writes, but was given a reader", q->name);
	trace_hit(db->store->trace, "query", q, q->name, "");
	cx->queries++;
	return ST_OK;
}

Status db_find(Ctx *cx, Db *db, const DbQuery *q, const void *args, void *ret_row, bool *ret_found)
{
	TRY(may_run(cx, db, q));
	return db->ops->find(cx, db, q, args, ret_row, ret_found);
}

Status db_get(Ctx *cx, Db *db, const DbQuery *q, const void *args, void *ret_row)
{
	bool found = false;
	TRY(db_find(cx, db, q, args, ret_row, &found));
	return found ? ST_OK : fail(cx, ST_NOT_FOUND, "%s: no such row", q->name);
}

Status db_list(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbRows *ret_rows)
{
	TRY(may_run(cx, db, q));
	return db->ops->list(cx, db, q, args, ret_rows);
}

DbRows db_rows_join(Ctx *cx, DbRows first, DbRows second, size_t row_bytes)
{
	if (!first.n) return second;
	if (!second.n) return first;
	char *v = arena_alloc_n(cx->arena, first.n + second.n, row_bytes, 16);
	memcpy(v, first.v, first.n * row_bytes);
	memcpy(v + first.n * row_bytes, second.v, second.n * row_bytes);
	return (DbRows){v, first.n + second.n};
}

Status db_each(Ctx *cx, Db *db, const DbQuery *q, const void *args, DbEachFn fn, void *arg)
{
	TRY(may_run(cx, db, q));
	return db->ops->each(cx, db, q, args, fn, arg);
}

Status tx_exec(Ctx *cx, Tx *tx, const DbQuery *q, const void *args, int64_t *ret_changed)
{
	TRY(may_run(cx, tx->db, q));
	int64_t changed = 0;
	TRY(tx->db->ops->exec(cx, tx->db, q, args, &changed));
	if (ret_changed) *ret_changed = changed;
	return ST_OK;
}

Status row_list_add(Ctx *cx, RowList *list, void **ret_row)
{
	size_t bytes = list->q->row_bytes;
	if (list->n >= DB_ROWS_MAX) return fail(cx, ST_TOO_LARGE, "%s gives more than %d rows", list->q->name, DB_ROWS_MAX);
	if (list->n == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : LIST_START_ROWS;
		unsigned char *v = arena_grow_raw(list->arena, list->v, list->cap * bytes, cap * bytes);
		if (!v) return fail(cx, ST_TOO_LARGE, "%s: the rows do not fit", list->q->name);
		list->v = v;
		list->cap = cap;
	}
	*ret_row = memset(list->v + list->n++ * bytes, 0, bytes);
	return ST_OK;
}

Status row_keep_texts(Ctx *cx, Arena *a, const DbQuery *q, void *row, size_t total_bytes)
{
	char *to = total_bytes ? arena_try_alloc_raw(a, total_bytes, 1) : NULL;
	if (total_bytes && !to) return fail(cx, ST_TOO_LARGE, "%s: the texts do not fit", q->name);
	for (size_t i = 0; i < q->cols_n; i++) {
		const DbField *f = &q->cols[i];
		if (!field_is_text(f)) continue;
		Str *s = (Str *)(void *)((unsigned char *)row + f->offset);
		if (!s->p) continue;
		if (s->n == 0) {
			s->p = "";
			continue;
		}
		BUG_IF(!to); // total_bytes counts this text
		memcpy(to, s->p, s->n);
		s->p = to;
		to += s->n;
	}
	return ST_OK;
}

bool field_is_null(const DbField *f, const void *args)
{
	const unsigned char *p = args;
	if (!f->nullable) return false;
	if (f->null_offset) return *(const bool *)(p + f->null_offset);
	switch ((DbType)f->type) {
	case DB_TEXT:
	case DB_BLOB: return ((const Str *)(const void *)(p + f->offset))->p == NULL;
	case DB_TIME:
	case DB_ID: return *(const int64_t *)(const void *)(p + f->offset) == 0;
	case DB_INT:
	case DB_REAL:
	case DB_BOOL: break;
	}
	return false;
}

typedef struct Waiting {
	WriteOp op;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	bool finished;
	Status status;
} Waiting;

static void wake(WriteOp *op, Status st)
{
	Waiting *w = (Waiting *)(void *)((unsigned char *)op - offsetof(Waiting, op));
	pthread_mutex_lock(&w->lock);
	w->finished = true;
	w->status = st;
	pthread_cond_signal(&w->woken);
	pthread_mutex_unlock(&w->lock);
}

Status store_write(Ctx *cx, Store *s, TxFn fn, void *arg)
{
	Waiting w = {.op = {.cx = cx, .run = fn, .arg = arg, .done = wake},
				 .lock = PTHREAD_MUTEX_INITIALIZER,
				 .woken = PTHREAD_COND_INITIALIZER};
	BUG_IF(s->ops->is_writer && s->ops->is_writer(s)); // it would wait for itself
	store_submit(s, &w.op);
	pthread_mutex_lock(&w.lock);
	while (!w.finished) pthread_cond_wait(&w.woken, &w.lock);
	pthread_mutex_unlock(&w.lock);
	pthread_mutex_destroy(&w.lock);
	pthread_cond_destroy(&w.woken);
	return w.status;
}
