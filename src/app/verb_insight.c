// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth insight status | analyse | layer: what the text engine has read of what was written here.
#include "app/app.h"

#include "base/json.h"
#include "insight/insight.h"

#include <unistd.h>

#define TELL_EVERY_NS ((int64_t)1000000000)

typedef struct Teller {
	Arena *arena;
	int64_t told_ns;
} Teller;

static void tell(void *arg, const InsightProgress *p)
{
	Teller *t = arg;
	int64_t now = time_mono_ns(), percent = p->total ? p->done * 100 / p->total : 100;
	if (!p->finished && now - t->told_ns < TELL_EVERY_NS) return;
	t->told_ns = now;
	ArenaMark mark = arena_mark(t->arena);
	Str line = str_format(t->arena, "reading: %lld of %lld, %lld %%\n", (long long)p->done, (long long)p->total,
						  (long long)percent);
	ssize_t done = write(STDERR_FILENO, line.p, line.n);
	(void)done;
	arena_rewind(t->arena, mark);
}

typedef struct Figures {
	InsightProgress progress;
	InsightCountRow written;
	InsightReadingCountRow read;
	InsightReadingKindsRows kinds;
	int64_t behind; // facts that were not looked at
} Figures;

static Status figures(App *app, Figures *ret)
{
	AUTO(Db) db = NULL;
	FactBatch batch;
	TRY(db_begin(&app->cx, app->store, &db));
	TRY(insight_progress(&app->cx, db, &ret->progress));
	TRY(insight_count(&app->cx, db, &ret->written));
	TRY(insight_reading_count(&app->cx, db, &(InsightReadingCountArgs){.generation = ret->progress.generation},
							  &ret->read));
	TRY(insight_reading_kinds(&app->cx, db, &ret->kinds));
	TRY(facts_peek(&app->cx, db, S(INSIGHT_READER), &batch));
	ret->behind = (int64_t)batch.n;
	return ST_OK;
}

static void say_json(App *app, const Figures *f)
{
	const struct {
		const char *name;
		int64_t n;
	} ALL[] = {{"written", f->written.n},           {"read", f->read.n},
			   {"read_comments", f->read.comments}, {"read_by_present_engine", f->read.present},
			   {"pass_done", f->progress.done},     {"pass_total", f->progress.total},
			   {"facts_waiting", f->behind}};
	Buf b = buf_init(app->cx.arena, 512, 4096);
	Json j = json_init(&b);
	json_obj(&j);
	for (size_t i = 0; i < COUNTOF(ALL); i++) {
		json_key(&j, ALL[i].name);
		json_int(&j, ALL[i].n);
	}
	json_key(&j, "finished");
	json_bool(&j, f->progress.finished);
	json_end(&j);
	app_say("%.*s", STR(buf_view(&b)));
}

#define LANGUAGES_SAID 6
#define LANGUAGES_KNOWN 128

// Of posts or of comments: feelings and the languages that most are in.
static void say_kinds(App *app, const InsightReadingKindsRows *rows, bool comments)
{
	int64_t tones[4] = {0}, languages[LANGUAGES_KNOWN] = {0}, all = 0, sure = 0;
	for (size_t i = 0; i < rows->n; i++) {
		const InsightReadingKindsRow *r = &rows->v[i];
		if ((r->comment != 0) != comments) continue;
		tones[r->tone & 3] += r->n;
		languages[r->lang & (LANGUAGES_KNOWN - 1)] += r->n;
		sure += r->sure ? r->n : 0;
		all += r->n;
	}
	Buf b = buf_init(app->cx.arena, 128, 512);
	for (int k = 0; k < LANGUAGES_SAID; k++) {
		size_t best = 0;
		for (size_t i = 1; i < LANGUAGES_KNOWN; i++)
			if (languages[i] > languages[best]) best = i;
		if (languages[best] <= 0) break;
		buf_format(&b, "%s%.*s %lld", k ? ", " : "", STR(insight_label_name(TASK_LANGUAGE, (int64_t)best)),
				   (long long)languages[best]);
		languages[best] = 0;
	}
	if (!all) return;
	app_say("%s %lld: negative %lld, neutral %lld, positive %lld, sure %lld; %.*s",
			comments ? "comments  " : "posts     ", (long long)all, (long long)tones[0], (long long)tones[1],
			(long long)tones[2], (long long)sure, STR(buf_view(&b)));
}

static Status say(App *app)
{
	Figures f = {0};
	TRY(figures(app, &f));
	if (app->options.json) return say_json(app, &f), ST_OK;
	app_say("written    %lld posts and comments", (long long)f.written.n);
	app_say("read       %lld, of which %lld comments; %lld by the present engine", (long long)f.read.n,
			(long long)f.read.comments, (long long)f.read.present);
	if (!f.progress.known) app_say("pass       none yet: a running server begins one, or `hearth insight analyse`");
	else if (f.progress.finished) app_say("pass       finished, %lld", (long long)f.progress.done);
	else app_say("pass       %lld of %lld", (long long)f.progress.done, (long long)f.progress.total);
	say_kinds(app, &f.kinds, false);
	say_kinds(app, &f.kinds, true);
	app_say("waiting    %s", f.behind ? f.behind == FACT_BATCH ? "many facts" : "some facts" : "nothing");
	return ST_OK;
}

Status verb_insight_status(App *app)
{
	TRY(app_open(app, true));
	return say(app);
}

Status verb_insight_analyse(App *app)
{
	Teller t = {.arena = app->cx.arena};
	TRY(app_open(app, true));
	int64_t from = time_mono_ns();
	TRY(insight_analyse_all(&app->cx, app->store, tell, &t));
	TRY(say(app));
	if (!app->options.json) app_say("took       %.1f s", (double)(time_mono_ns() - from) / 1e9);
	return ST_OK;
}

// --- layers ---------------------------------------------------------------------------------------------------------------

static Status change_layer(Ctx *cx, Tx *tx, void *arg)
{
	const App *app = arg;
	InsightTask from = TASK_SENTIMENT, to = TASK_N;
	InsightLayerListRows rows;
	if (app->options.task.n) {
		if (!insight_task_parse(app->options.task, &from))
			return fail(cx, ST_INVALID,
						"--task: sentiment, language, question, complaint, praise, idea, purchase, churn, "
						"spam or thanks");
		to = from + 1;
	}
	TRY(insight_layer_list(cx, tx_db(tx), &rows));
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.v[i].task < from || rows.v[i].task >= to) continue;
		InsightTask task = (InsightTask)rows.v[i].task;
		TRY(app->options.drop ? insight_layer_forget(cx, tx, task) : insight_layer_set(cx, tx, task, app->options.on));
	}
	return ST_OK;
}

Status verb_insight_layer(App *app)
{
	static const char *const VERDICTS[] = {"in use", "off: too few kept back", "off: no better",
										   "off: changes too much"};
	const Options *o = &app->options;
	InsightLayerListRows rows;
	if (o->on + o->off + o->drop > 1) return fail(&app->cx, ST_INVALID, "one of --on, --off and --drop");
	TRY(app_open(app, true));
	if (o->on || o->off || o->drop) TRY(store_write(&app->cx, app->store, change_layer, app));
	else TRY(insight_learn(&app->cx, app->store));
	AUTO(Db) db = NULL;
	TRY(db_begin(&app->cx, app->store, &db));
	TRY(insight_layer_list(&app->cx, db, &rows));
	if (!rows.n) app_say("nothing was learnt: there are no corrections, or it was forgotten");
	for (size_t i = 0; i < rows.n; i++) {
		const InsightLayerListRow *r = &rows.v[i];
		app_say("%s\t%s\t%lld corrections\tkept back %lld: engine %lld right, layer %lld\tothers changed %lld of %lld",
				insight_task_name((InsightTask)r->task), r->off ? "switched off" : VERDICTS[r->verdict & 3],
				(long long)r->corrections_n, (long long)r->held_n, (long long)r->base_right_n,
				(long long)r->layer_right_n, (long long)r->anchors_changed_n, (long long)r->anchors_held_n);
	}
	return ST_OK;
}
