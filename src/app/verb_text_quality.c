// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth text quality: how likely each answer is a good one. A line is `question TAB answer`, before which fields may stand
// (`credibility=0.8 TAB`, `place=3 TAB`), or `label TAB language TAB question ||| answer` as the labelled set has it. A line without TAB is an answer
// alone.
#include "app/app.h"

#include "app/lines.h"
#include "text/quality.h"

#include <unistd.h>

#define OUT_BYTES ((size_t)1 << 20)
#define OUT_FULL (OUT_BYTES / 2)
#define PLACE_MAX 1000

// "0.8" in thousandths.
static bool parse_share(Str s, int *ret)
{
	int64_t whole, part = 0;
	Str fraction, head;
	fraction = str_cut(s, '.', &head);
	if (!str_int(head, 0, 1, &whole)) return false;
	fraction = str_sub(fraction, 0, 3);
	if (fraction.n && !str_int(fraction, 0, 999, &part)) return false;
	for (size_t i = fraction.n; i < 3; i++) part *= 10;
	*ret = (int)i64_min(whole * 1000 + part, 1000);
	return true;
}

// The fields before the question; what is left of the line.
static Str cut_fields(Str line, QualityAsk *ask)
{
	for (;;) {
		Str head, name, rest = str_cut(line, '\t', &head), value = str_cut(head, '=', &name);
		int64_t place;
		if (!rest.p || !value.p) return line;
		if (str_eq(name, S("place")) && str_int(value, 1, PLACE_MAX, &place)) ask->place = (uint32_t)place;
		else if (!str_eq(name, S("credibility")) || !parse_share(value, &ask->credibility)) return line;
		line = rest;
	}
}

static void parse_line(Str line, QualityAsk *ret)
{
	Str label, language, rest;
	*ret = (QualityAsk){.credibility = QUALITY_UNKNOWN};
	line = cut_fields(line, ret);
	rest = str_cut(str_cut(line, '\t', &label), '\t', &language);
	if (rest.p && quality_split(rest, &ret->question, &ret->answer)) return;
	ret->answer = str_cut(line, '\t', &ret->question);
	if (ret->answer.p) return;
	ret->answer = line;
	ret->question = str_none();
}

Status verb_text_quality(App *app)
{
	const Options *o = &app->options;
	Ctx *cx = &app->cx;
	Model model;
	TRY(o->model.n ? model_open_file(cx, o->model, &model) : model_open_own(cx, &model));
	QualityWork *w = quality_new(cx->arena, text_engine_new(cx->arena, &model));
	if (!quality_ready(w)) return fail(cx, ST_UNSUPPORTED, "the model has no part for answers");
	Lines in = lines_open(cx->arena, STDIN_FILENO);
	Buf out = buf_init(cx->arena, OUT_BYTES, OUT_BYTES);
	Quality q;
	for (Str line; lines_next(&in, &line);) {
		QualityAsk ask;
		parse_line(line, &ask);
		text_quality(w, &ask, &q);
		quality_write(&out, &q);
		buf_char(&out, '\n');
		if (out.n >= OUT_FULL || !lines_at_hand(&in)) TRY(out_flush(cx, &out));
	}
	TRY(out_flush(cx, &out));
	return in.failed ? fail(cx, ST_IO, "the input cannot be read") : ST_OK;
}
