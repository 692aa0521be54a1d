// SPDX-License-Identifier: AGPL-3.0-or-later
// From corrections to the site's own layers: every task with corrections is trained anew, in a snapshot, and judged on those
// kept back; what the verdict says is stored with it. A layer in use that changed lets the pass read everything again, but
// not sooner than LEARN_PASS_PAUSE_MS after the last one: new texts are read with it at once.
#include "insight/insight_impl.h"

#include <stdlib.h>

#define LEARN_ARENA_BYTES ((size_t)192 << 20)
#define CORRECTIONS_MAX 4000 // of a task, the newest
#define ANCHORS_MAX 2000
#define ANCHORS_LEAST 200
#define ANCHORS_EACH 3 // for a correction
#define PASS_PAUSE_MS (10 * TIME_MINUTE_MS)

typedef struct Learning {
	Ctx *cx;
	Db *db;
	InsightEngine *engine; // without layers: the base
	InsightTask task;
	CorrectionTaskListRows corrections;
	int64_t labels[LAYER_CLASSES_MAX];
	LayerExamples examples;
} Learning;

static Status open_base(Ctx *cx, Db *db, InsightEngine **ret)
{
	TRY(insight_engine_open(cx, db, ret));
	for (InsightTask t = TASK_SENTIMENT; t < TASK_N; t++) (*ret)->layers[t].used = false;
	return ST_OK;
}

static int label_cmp(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

// The classes: what the task has, or for languages what corrections say and said before, the first that fit.
static size_t choose_labels(Learning *l)
{
	size_t n = 0;
	if (l->task != TASK_LANGUAGE) {
		n = l->task == TASK_SENTIMENT ? SENTIMENT_N : 2;
		for (size_t i = 0; i < n; i++) l->labels[i] = (int64_t)i;
		return n;
	}
	for (size_t i = 0; i < l->corrections.n; i++) {
		const int64_t both[] = {l->corrections.v[i].label, l->corrections.v[i].was};
		for (size_t k = 0; k < 2; k++) {
			bool known = !both[k];
			for (size_t m = 0; m < n; m++) known |= l->labels[m] == both[k];
			if (!known && n < LAYER_CLASSES_MAX) l->labels[n++] = both[k];
		}
	}
	qsort(l->labels, n, sizeof *l->labels, label_cmp);
	return n;
}

// label -1: the base's own, an anchor.
static void add_example(Learning *l, const TextRow *r, int64_t label)
{
	Analysis a;
	LayerExample *e = &l->examples.v[l->examples.n];
	uint16_t rows[LAYER_FEATURES_MAX];
	insight_analyse(l->engine, text_said(l->cx->arena, r->number == 0 ? r->title : str_none(), r->body_html), &a);
	*e = (LayerExample){.anchor = label < 0};
	e->rows_n = insight_rows(l->engine, l->task, rows, &e->key);
	if (!e->rows_n) return;
	uint16_t *kept = ARENA_NEW(l->cx->arena, uint16_t, e->rows_n);
	for (size_t i = 0; i < e->rows_n; i++) kept[i] = rows[i];
	e->rows = kept;
	insight_base(l->engine, l->task, &a, l->labels, l->examples.classes_n, e->base);
	size_t best = head_best(e->base, l->examples.classes_n);
	for (size_t c = 0; label >= 0 && c < l->examples.classes_n; c++)
		if (l->labels[c] == label) best = c;
	if (l->task == TASK_LANGUAGE && label < 0) {
		bool known = false;
		for (size_t c = 0; c < l->examples.classes_n; c++)
			known |= l->labels[c] == (int64_t)reading_language_number(a.language.code);
		if (!known) return; // none of these languages: the layer leaves it alone
	}
	e->label = (uint8_t)best;
	l->examples.n++;
}

static int64_t label_for(const Learning *l, Id subject)
{
	for (size_t i = 0; i < l->corrections.n; i++)
		if (l->corrections.v[i].subject_id == subject) return l->corrections.v[i].label;
	return -1;
}

static Status add_texts(Learning *l, const Id *ids, size_t n, bool comments)
{
	for (size_t at = 0; at < n; at += INSIGHT_BATCH) {
		TextRows rows;
		size_t some = size_min(INSIGHT_BATCH, n - at);
		TRY(comments ? insight_comments(l->cx, l->db, ids + at, some, &rows)
					 : insight_posts(l->cx, l->db, ids + at, some, &rows));
		for (size_t i = 0; i < rows.n; i++) add_example(l, &rows.v[i], label_for(l, rows.v[i].id));
	}
	return ST_OK;
}

static Status gather(Learning *l)
{
	Id *posts = ARENA_NEW(l->cx->arena, Id, l->corrections.n + 1),
	   *comments = ARENA_NEW(l->cx->arena, Id, l->corrections.n + 1);
	size_t posts_n = 0, comments_n = 0, anchors_n = 0;
	for (size_t i = 0; i < l->corrections.n; i++) {
		if (l->corrections.v[i].comment) comments[comments_n++] = l->corrections.v[i].subject_id;
		else posts[posts_n++] = l->corrections.v[i].subject_id;
	}
	int64_t want = i64_min(i64_max((int64_t)l->corrections.n * ANCHORS_EACH, ANCHORS_LEAST), ANCHORS_MAX);
	InsightAnchorPostsRows newest;
	TRY(insight_anchor_posts(l->cx, l->db, &(InsightAnchorPostsArgs){.limit = want + (int64_t)posts_n}, &newest));
	l->examples.v = ARENA_NEW(l->cx->arena, LayerExample, l->corrections.n + newest.n + 1);
	Id *anchors = ARENA_NEW(l->cx->arena, Id, newest.n + 1);
	for (size_t i = 0; i < newest.n; i++)
		if (label_for(l, newest.v[i].id) < 0) anchors[anchors_n++] = newest.v[i].id;
	TRY(add_texts(l, posts, posts_n, false));
	TRY(add_texts(l, comments, comments_n, true));
	return add_texts(l, anchors, size_min(anchors_n, (size_t)want), false);
}

static Str labels_text(Arena *a, const int64_t *labels, size_t n)
{
	Buf b = buf_init(a, 64, 256);
	for (size_t i = 0; i < n; i++) buf_format(&b, "%s%lld", i ? "," : "", (long long)labels[i]);
	return buf_view(&b);
}

static Status put_tx(Ctx *cx, Tx *tx, void *arg) { return insight_layer_put(cx, tx, arg); }

static Status learn_task(Ctx *cx, Store *store, Db *db, InsightEngine *base, InsightTask task)
{
	Learning l = {.cx = cx, .db = db, .engine = base, .task = task};
	Layer layer;
	LayerReport r;
	TRY(correction_task_list(cx, db, &(CorrectionTaskListArgs){.task = task, .limit = CORRECTIONS_MAX},
							 &l.corrections));
	l.examples.classes_n = choose_labels(&l);
	if (l.examples.classes_n < 2) return ST_OK;
	TRY(gather(&l));
	layer_train(cx->arena, &l.examples, &layer, &r);
	Buf b = buf_init(cx->arena, 4096, (size_t)1 << 20);
	layer_write(&b, &layer);
	TRY(buf_status(cx, &b));
	InsightLayerPutArgs args = {.task = task,
								.verdict = r.verdict,
								.corrections_n = r.corrections,
								.anchors_n = r.anchors,
								.held_n = r.held,
								.base_right_n = r.base_right,
								.layer_right_n = r.layer_right,
								.anchors_held_n = r.anchors_held,
								.anchors_changed_n = r.anchors_changed,
								.made_at = cx->now_ms,
								.classes = labels_text(cx->arena, l.labels, l.examples.classes_n),
								.weights = buf_view(&b)};
	return store_write(cx, store, put_tx, &args);
}

static Status drop_tx(Ctx *cx, Tx *tx, void *arg)
{
	int64_t n;
	return insight_layer_drop(cx, tx, &(InsightLayerDropArgs){.task = *(const int64_t *)arg}, &n);
}

// Every task anew. One without corrections has no layer any more.
static Status learn_all(Ctx *cx, Store *store)
{
	CorrectionCountsRows counts;
	InsightLayerListRows layers;
	InsightEngine *base;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(correction_counts(cx, db, &counts));
	TRY(insight_layer_list(cx, db, &layers));
	TRY(open_base(cx, db, &base));
	for (int64_t task = 0; task < TASK_N; task++) {
		ArenaMark mark = arena_mark(cx->arena);
		int64_t n = 0;
		bool had = false;
		for (size_t i = 0; i < counts.n; i++)
			if (counts.v[i].task == task) n = counts.v[i].n;
		for (size_t i = 0; i < layers.n; i++) had |= layers.v[i].task == task;
		if (n) TRY(learn_task(cx, store, db, base, (InsightTask)task));
		else if (had) TRY(store_write(cx, store, drop_tx, &task));
		arena_rewind(cx->arena, mark);
	}
	return ST_OK;
}

static Status pass_later(Ctx *cx, Tx *tx, void *arg)
{
	const Time *at = arg;
	InsightJobFindRow job;
	bool waiting;
	TRY(insight_job_find(cx, tx_db(tx), &(InsightJobFindArgs){.queue = S(INSIGHT_LOOK_QUEUE)}, &job, &waiting));
	return waiting ? ST_OK : job_enqueue(cx, tx, S(INSIGHT_LOOK_QUEUE), S("{}"), *at);
}

Status insight_learn(Ctx *cx, Store *store)
{
	AUTO(Arena) room = arena_new(LEARN_ARENA_BYTES);
	Ctx own = *cx;
	own.arena = room;
	Status st = learn_all(&own, store);
	if (st != ST_OK) return fail(cx, st, "%.*s", STR(own.fail_text));
	InsightProgress p;
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(insight_progress(cx, db, &p));
	db_end(db);
	db = NULL;
	Time at = i64_max(cx->now_ms, p.finished_at ? p.finished_at + PASS_PAUSE_MS : 0);
	return store_write(cx, store, pass_later, &at);
}

static Status changed(Ctx *cx, Tx *tx, const char *what, InsightTask task, int64_t n)
{
	if (!n) return fail(cx, ST_NOT_FOUND, "there is no layer of %s", insight_task_name(task));
	Time now = cx->now_ms;
	TRY(audit(cx, tx, S("insight.layer"), 0, str_format(cx->arena, "%s, %s", insight_task_name(task), what)));
	return pass_later(cx, tx, &now);
}

Status insight_layer_set(Ctx *cx, Tx *tx, InsightTask task, bool on)
{
	int64_t n;
	TRY(insight_layer_switch(cx, tx, &(InsightLayerSwitchArgs){.task = task, .off = !on}, &n));
	return changed(cx, tx, on ? "on" : "off", task, n);
}

Status insight_layer_forget(Ctx *cx, Tx *tx, InsightTask task)
{
	int64_t n;
	TRY(insight_layer_drop(cx, tx, &(InsightLayerDropArgs){.task = task}, &n));
	return changed(cx, tx, "dropped", task, n);
}
