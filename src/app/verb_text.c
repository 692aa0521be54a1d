// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth text analyse|evaluate|train: the text engine from the command line. Filters read lines from stdin and write a line
// for each to stdout.
#include "app/app.h"

#include "app/lines.h"
#include "text/analyse.h"
#include "text/evaluate.h"
#include "text/train.h"

#include <unistd.h>

#define OUT_BYTES ((size_t)1 << 20)
#define OUT_MAX_BYTES ((size_t)16 << 20) // what a text of many entities makes
#define OUT_FULL (OUT_BYTES / 2)
#define OWN_SENTENCES "tests/text" // from the root of the project
#define REPORT_BYTES ((size_t)256 << 10)

static Status open_model(App *app, Model *ret)
{
	const Options *o = &app->options;
	return o->model.n ? model_open_file(&app->cx, o->model, ret) : model_open_own(&app->cx, ret);
}

// "en-GB" is English: what is measured goes by the language. A code that no head knows is taken, but has to be one.
static Status lang_of(App *app, Str *ret_code)
{
	Str code, typed = app->options.lang;
	str_cut(typed, str_find_char(typed, '_', &(size_t){0}) ? '_' : '-', &code);
	code = str_lower(app->cx.arena, code);
	for (size_t i = 0; i < code.n; i++)
		if (code.p[i] < 'a' || code.p[i] > 'z') code.n = 0;
	*ret_code = code;
	if (!typed.n || code.n == 2 || code.n == 3) return ST_OK;
	return fail(&app->cx, ST_INVALID, "--lang wants a code like en or pt-BR, not \"%.*s\"", STR(typed));
}

Status verb_text_analyse(App *app)
{
	const Options *o = &app->options;
	unsigned tasks = ANALYSE_USUAL;
	Str lang;
	Model model;
	if (o->tasks.n && !analyse_tasks_parse(o->tasks, &tasks))
		return fail(&app->cx, ST_INVALID,
					"--tasks: language, sentiment, intent, spam, offensive, urgency, topic, entities, redact, "
					"sentences, style, risk, aspects");
	TRY(lang_of(app, &lang));
	TRY(open_model(app, &model));
	Catalogue *catalogue;
	TRY(text_catalogue_open(app, &catalogue));
	TextEngine *e = text_engine_new(app->cx.arena, &model);
	e->catalogue = catalogue;
	Lines in = lines_open(app->cx.arena, STDIN_FILENO);
	Buf out = buf_init(app->cx.arena, OUT_BYTES, OUT_MAX_BYTES);
	Analysis a;
	for (Str line; lines_next(&in, &line);) {
		text_analyse(e, line, lang, tasks, &a);
		analysis_write(&out, &a);
		buf_char(&out, '\n');
		if (out.n >= OUT_FULL || !lines_at_hand(&in)) TRY(out_flush(&app->cx, &out));
	}
	TRY(out_flush(&app->cx, &out));
	return in.failed ? fail(&app->cx, ST_IO, "the input cannot be read") : ST_OK;
}

Status verb_text_evaluate(App *app)
{
	const Options *o = &app->options;
	Model model;
	if (o->words_n < 1 || !o->task.n) return fail(&app->cx, ST_INVALID, "FILE.tsv or --task NAME is missing");
	bool gold = str_eq(o->lang, S("file"));
	Str lang = str_none();
	if (!gold) TRY(lang_of(app, &lang));
	TRY(open_model(app, &model));
	TextEngine *e = text_engine_new(app->cx.arena, &model);
	EvaluateOptions what = {
		.file = o->words[0], .task = o->task, .language = lang, .gold = gold, .folds = (uint32_t)o->folds};
	Buf out = buf_init(app->cx.arena, REPORT_BYTES, REPORT_BYTES);
	TRY(text_evaluate(&app->cx, e, &what, &out));
	return out_flush(&app->cx, &out);
}

static void tell_step(void *arg, const char *line)
{
	App *app = arg;
	Str s = str_format(app->cx.arena, "training: %s\n", line);
	ssize_t done = write(STDERR_FILENO, s.p, s.n);
	(void)done;
}

Status verb_text_train(App *app)
{
	const Options *o = &app->options;
	bool open_only = str_eq(o->sets, S("open"));
	if (!o->data.n || !o->out.n) return fail(&app->cx, ST_INVALID, "--data DIR or --out FILE is missing");
	if (o->sets.n && !open_only && !str_eq(o->sets, S("all"))) return fail(&app->cx, ST_INVALID, "--sets: all or open");
	return text_train(&app->cx, &(TrainOptions){.data = o->data,
												.own = o->own.n ? o->own : S(OWN_SENTENCES),
												.out = o->out,
												.open_only = open_only,
												.tell = tell_step,
												.arg = app});
}
