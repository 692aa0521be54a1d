// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/evaluate.h"

#include "text/evaluate_impl.h"

#include <math.h>
#include <string.h>

typedef struct Run {
	Ctx *cx;
	TextEngine *e;
	const EvaluateOptions *o;
	EvaluateSet set;
	int task; // an index of BINARY, or one of the special ones
	bool numbers, two;
} Run;

enum { TASK_SENTIMENT = 100, TASK_LANGUAGE, TASK_TOPIC, TASK_QUALITY, TASK_STYLE, TASK_RISK };

static const char *const BINARY[] = {"question", "complaint", "praise", "idea",      "purchase",
									 "churn",    "spam",      "thanks", "offensive", "urgency"};

static int task_of(Str name)
{
	if (str_eq(name, S("sentiment"))) return TASK_SENTIMENT;
	if (str_eq(name, S("language"))) return TASK_LANGUAGE;
	if (str_eq(name, S("quality"))) return TASK_QUALITY;
	if (str_eq(name, S("style"))) return TASK_STYLE;
	if (str_eq(name, S("risk"))) return TASK_RISK;
	if (str_eq(name, S("banking77")) || str_eq(name, S("clinc150")) || str_eq(name, S("bitext27"))) return TASK_TOPIC;
	for (size_t i = 0; i < COUNTOF(BINARY); i++)
		if (str_eq(name, str_from(BINARY[i]))) return (int)i;
	return -1;
}

static bool is_no(Str label, int task)
{
	static const char *const NO[] = {"not", "no", "ham", "none", "other", "0", "false"};
	if (task == INTENT_QUESTION && str_ends(label, S("uestion"))) return false; // ynQuestion, whQuestion of the chats
	if (task == INTENT_QUESTION && !str_eq(label, S("yes"))) return true;
	for (size_t i = 0; i < COUNTOF(NO); i++)
		if (str_eq(label, str_from(NO[i]))) return true;
	return false;
}

// "-0.75" in thousandths; false if it is no number.
static bool number_of(Str s, int *ret)
{
	int v = 0, digits = -1, sign = 1;
	size_t i = 0;
	if (s.n && s.p[0] == '-') {
		sign = -1;
		i++;
	}
	if (i == s.n) return false;
	for (; i < s.n; i++) {
		if (s.p[i] == '.' && digits < 0) digits = 0;
		else if (s.p[i] < '0' || s.p[i] > '9') return false;
		else if (digits < 3) {
			v = v * 10 + (s.p[i] - '0');
			digits += digits >= 0;
		}
		if (v > 1000000) return false;
	}
	for (digits = digits < 0 ? 0 : digits; digits < 3; digits++) v *= 10;
	*ret = sign * v;
	return true;
}

static uint32_t class_named(EvaluateSet *s, Str name)
{
	uint32_t last = s->classes_n ? (uint32_t)s->classes_n - 1 : 0;
	if (s->classes_n && str_eq(s->classes[last], name)) return last;
	for (size_t i = 0; i < s->classes_n; i++)
		if (str_eq(s->classes[i], name)) return (uint32_t)i;
	if (s->classes_n == EVALUATE_CLASSES_MAX) return EVALUATE_CLASSES_MAX - 1;
	s->classes[s->classes_n] = name;
	return (uint32_t)s->classes_n++;
}

static Str sentiment_label(Run *r, const Sample *x, EvaluateRow *row)
{
	int v;
	if (!number_of(x->label, &v)) return x->label;
	r->numbers = true;
	row->number = v;
	return v >= 500 ? S("pos") : v <= -500 ? S("neg") : S("neu");
}

static void judge_sentiment(const Run *r, const Analysis *a, EvaluateRow *row, Str *ret_name)
{
	static const Str NAMES[] = {S_INIT("neg"), S_INIT("neu"), S_INIT("pos")};
	int best = a->best;
	uint32_t p = a->sentiment[best];
	if (r->two) {
		best = a->sentiment[SENTIMENT_POS] > a->sentiment[SENTIMENT_NEG] ? SENTIMENT_POS : SENTIMENT_NEG;
		uint64_t both = (uint64_t)a->sentiment[SENTIMENT_POS] + a->sentiment[SENTIMENT_NEG];
		p = both ? (uint32_t)((uint64_t)a->sentiment[best] * HEAD_ONE / both) : HEAD_ONE / 2;
	}
	row->p = p;
	row->score = (int)a->sentiment[SENTIMENT_POS] - (int)a->sentiment[SENTIMENT_NEG];
	*ret_name = NAMES[best];
}

static uint32_t binary_p(const Analysis *a, int task)
{
	if (task < INTENT_N) return a->intents[task];
	return task == INTENT_N ? a->offensive : a->urgency;
}

static void judge_topic(const Run *r, const Analysis *a, EvaluateRow *row, Str *ret_name)
{
	*ret_name = S("none");
	for (size_t i = 0; i < a->topics_n; i++) {
		const TopicGuess *t = &a->topics[i];
		if (!str_eq(t->taxonomy, r->o->task)) continue;
		row->p = t->p;
		row->score = (int)t->p - (int)t->p_none;
		*ret_name = t->name;
	}
}

static void judge_structure(const Run *r, const Analysis *a, EvaluateRow *row, Str *ret_name)
{
	const TextStructure *s = a->structure;
	bool style = r->task == TASK_STYLE;
	*ret_name = str_from(style ? text_style_name(s->style.style) : risk_name(s->risk.class));
	row->p = style                            ? (s->style.sure ? HEAD_ONE : HEAD_ONE / 2)
			 : s->risk.class == RISK_HARMLESS ? HEAD_ONE - s->risk.p
											  : s->risk.p;
}

static void judge_binary(uint32_t p, EvaluateRow *row, Str *ret_name)
{
	bool yes = p > HEAD_ONE / 2;
	*ret_name = yes ? S("yes") : S("no");
	row->p = yes ? p : HEAD_ONE - p;
	row->score = (int)p;
}

static unsigned tasks_for(int task)
{
	return task == TASK_LANGUAGE    ? ANALYSE_LANGUAGE
		   : task == TASK_TOPIC     ? ANALYSE_SENTIMENT | ANALYSE_TOPIC
		   : task == TASK_SENTIMENT ? ANALYSE_SENTIMENT
		   : task == TASK_STYLE     ? ANALYSE_STYLE
		   : task == TASK_RISK      ? ANALYSE_RISK
									: ANALYSE_SENTIMENT | ANALYSE_INTENT;
}

static void judge(Run *r, const Sample *x)
{
	Analysis a;
	EvaluateRow *row = &r->set.rows[r->set.n++];
	Str gold = x->label, got, force = r->o->gold ? x->language : r->o->language;
	unsigned tasks = tasks_for(r->task);
	text_analyse(r->e, x->text, force, tasks, &a);
	if (r->task == TASK_SENTIMENT) {
		gold = sentiment_label(r, x, row);
		judge_sentiment(r, &a, row, &got);
	} else if (r->task == TASK_LANGUAGE) {
		row->p = a.language.p;
		got = a.language.code;
	} else if (r->task == TASK_TOPIC) {
		judge_topic(r, &a, row, &got);
	} else if (r->task == TASK_STYLE || r->task == TASK_RISK) {
		judge_structure(r, &a, row, &got);
	} else {
		gold = is_no(x->label, r->task) ? S("no") : S("yes");
		judge_binary(binary_p(&a, r->task), row, &got);
	}
	row->gold = class_named(&r->set, gold);
	row->got = class_named(&r->set, got);
	row->group = x->language;
}

// Only negative and positive texts in the file?
static bool has_no_neutral(const Samples *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (!str_eq(s->v[i].label, S("neg")) && !str_eq(s->v[i].label, S("pos"))) return false;
	return true;
}

Status text_evaluate(Ctx *cx, TextEngine *e, const EvaluateOptions *o, Buf *out)
{
	Samples s;
	Run r = {.cx = cx, .e = e, .o = o, .task = task_of(o->task)};
	if (r.task < 0) return fail(cx, ST_INVALID, "--task %.*s is none (docs/text.md lists them)", STR(o->task));
	TRY(samples_read(cx, o->file, &s));
	r.two = r.task == TASK_SENTIMENT && has_no_neutral(&s);
	r.set.rows = ARENA_NEW(cx->arena, EvaluateRow, s.n);
	r.set.classes = ARENA_NEW(cx->arena, Str, EVALUATE_CLASSES_MAX);
	buf_format(out, "%.*s, task %.*s, %zu texts\n", STR(o->file), STR(o->task), s.n);
	if (s.left_out) buf_format(out, "%zu lines are not `label TAB language TAB text` and were left out\n", s.left_out);
	if (r.task == TASK_QUALITY) {
		TRY(evaluate_quality(cx, e, &s, o->folds, &r.set, out));
		return buf_status(cx, out);
	}
	for (size_t i = 0; i < s.n; i++) judge(&r, &s.v[i]);
	evaluate_report(cx, &r.set, out);
	if (r.numbers) evaluate_correlation(&r.set, out);
	if (r.task == TASK_TOPIC) evaluate_rejection(cx, &r.set, out);
	if (r.task == TASK_SENTIMENT) evaluate_groups(&r.set, out);
	return buf_status(cx, out);
}
