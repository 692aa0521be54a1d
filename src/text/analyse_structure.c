// SPDX-License-Identifier: AGPL-3.0-or-later
// The tasks of an analysis that look at parts of a text rather than at the whole: what it names, and the text without
// what is personal.
#include "base/json.h"
#include "base/utf8.h"
#include "text/analyse.h"
#include "text/risk_head.h"

#include <utf8proc.h>

#define COMPANY 30 // how many times likelier a language is that another sentence of the text is in
#define REDACTED_BYTES (TEXT_MAX_BYTES * 4)

static TextStructure *structure_of(TextEngine *e)
{
	if (e->structure) return e->structure;
	e->structure = ARENA_NEW(e->arena, TextStructure, 1);
	e->structure->entities = entities_new(e->arena, e->catalogue);
	e->structure->aspect_book = aspects_new(e->arena);
	e->structure->risk_book = risk_new(e->arena);
	e->structure->style_book = style_new(e->arena);
	e->structure->redacted = buf_init(e->arena, REDACTED_BYTES, REDACTED_BYTES);
	return e->structure;
}

// How much of a candidate the other sentences of the text are, of HEAD_ONE at most.
static uint32_t elsewhere(const TextStructure *s, size_t sentence, Str class)
{
	uint32_t sum = 0;
	for (size_t j = 0; j < s->sentences_n && sum < HEAD_ONE; j++)
		for (size_t k = 0; j != sentence && k < s->candidates_n[j]; k++)
			if (str_eq(s->candidates[j][k].class, class)) sum += s->candidates[j][k].p;
	return sum < HEAD_ONE ? sum : HEAD_ONE;
}

// Close relatives are told apart by what the rest of the text is in: a post mixes two languages, seldom three.
static LanguageGuess in_company(const TextStructure *s, size_t i)
{
	size_t best = 0;
	uint64_t weight[LANGUAGE_CANDIDATES], sum = 0;
	for (size_t k = 0; k < s->candidates_n[i]; k++) {
		const LanguageGuess *g = &s->candidates[i][k];
		weight[k] = (uint64_t)g->p * (HEAD_ONE + (uint64_t)COMPANY * elsewhere(s, i, g->class)) / HEAD_ONE;
		sum += weight[k];
		if (weight[k] > weight[best]) best = k;
	}
	LanguageGuess g = s->candidates[i][best];
	if (sum) g.p = (uint32_t)(weight[best] * HEAD_ONE / sum);
	return g;
}

// Each sentence by itself: it uses the scratch of the engine, so whatever is told of the whole text is done before.
static void sentences(TextEngine *e, Str text, Str forced_language, TextStructure *s)
{
	TextSpan spans[SENTENCES_MAX];
	s->sentences_n = sentences_split(text, spans, SENTENCES_MAX);
	for (size_t i = 0; i < s->sentences_n && !forced_language.n; i++) {
		text_work_read(e->work, str_sub(text, spans[i].at, spans[i].end));
		s->candidates_n[i] = (uint8_t)language_candidates(e->model, e->work, s->candidates[i], LANGUAGE_CANDIDATES);
	}
	for (size_t i = 0; i < s->sentences_n; i++) {
		LanguageGuess g = forced_language.n ? (LanguageGuess){.code = forced_language, .p = HEAD_ONE}
											: in_company(s, i);
		Analysis a = {.tasks = ANALYSE_SENTIMENT};
		analyse_whole(e, str_sub(text, spans[i].at, spans[i].end), g.code, &a);
		a.language.p = g.p;
		s->sentences[i] = (SentenceSaid){.span = spans[i],
										 .language = a.language,
										 .best = a.best,
										 .polarity = (int)a.sentiment[SENTIMENT_POS] - (int)a.sentiment[SENTIMENT_NEG],
										 .sure = a.sure && g.p >= HEAD_ONE / 2};
	}
}

typedef struct Clause {
	TextEngine *e;
	Str text, language;
} Clause;

static int clause_polarity(void *arg, TextSpan span)
{
	const Clause *c = arg;
	return analyse_polarity(c->e, str_sub(c->text, span.at, span.end), c->language);
}

// The signs of a text, which more than one task asks for.
static Signs *signs_of(TextStructure *s, Str text)
{
	if (s->read.p != text.p) signs_read(s->entities->signs, text);
	s->read = text;
	return s->entities->signs;
}

static void aspects(TextEngine *e, Str own, const Analysis *a, TextStructure *s)
{
	Clause c = {e, own, a->language.code};
	const AspectSearch x = {s->aspect_book, signs_of(s, own), e->catalogue, clause_polarity, &c};
	s->aspects_n = aspects_find(&x, s->aspects, ASPECTS_MAX);
}

static void risk(TextEngine *e, Str whole, TextStructure *s)
{
	RiskHead head = {&e->model->small, e->work};
	const RiskJudge judge = risk_head_judge(&head);
	risk_find(&(RiskSearch){s->risk_book, signs_of(s, whole), &judge}, &s->risk);
}

// What only reads the signs comes before what takes some of them, and risk before what reads clauses as texts.
void analyse_structure(TextEngine *e, Str whole, Str own, Str forced_language, Analysis *a)
{
	TextStructure *s = structure_of(e);
	a->structure = s;
	s->whole = whole;
	s->redacted.n = 0;
	if (a->tasks & ANALYSE_REDACT) entities_redact(s->entities, whole, &s->redacted);
	s->read = str_none();
	if (a->tasks & ANALYSE_RISK) risk(e, whole, s); // code is not scored, but advised
	if (a->tasks & ANALYSE_STYLE) style_find(s->style_book, signs_of(s, own), &s->style);
	if (a->tasks & ANALYSE_ASPECTS) aspects(e, own, a, s);
	if (a->tasks & ANALYSE_ENTITIES) {
		signs_of(s, whole);
		entities_find_read(s->entities);
	}
	if (a->tasks & ANALYSE_SENTENCES) sentences(e, own, forced_language, s);
}

void analysis_write_text(Buf *b, Str s)
{
	if (utf8_valid(s)) {
		buf_json_escaped(b, s);
		return;
	}
	buf_char(b, '"');
	for (size_t at = 0; at < s.n;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + at, (utf8proc_ssize_t)(s.n - at), &c);
		size_t bytes = n > 0 ? (size_t)n : 1;
		if (n <= 0 || c < ' ' || c == '"' || c == '\\') buf_format(b, "\\u%04x", n > 0 ? (unsigned)c : 0xfffdu);
		else buf_mem(b, s.p + at, bytes);
		at += bytes;
	}
	buf_char(b, '"');
}

static void put_sentences(Buf *b, const TextStructure *s)
{
	buf_str(b, S(",\"sentences\":["));
	for (size_t i = 0; i < s->sentences_n; i++) {
		const SentenceSaid *x = &s->sentences[i];
		buf_format(b, "%s{\"at\":%u,\"end\":%u,\"language\":", i ? "," : "", x->span.at, x->span.end);
		buf_json_escaped(b, x->language.code);
		buf_format(b, ",\"sentiment\":\"%s\",\"polarity\":", SENTIMENTS[x->best]);
		analysis_write_polarity(b, x->polarity);
		buf_str(b, x->sure ? S(",\"sure\":true}") : S(",\"sure\":false}"));
	}
	buf_char(b, ']');
}

static void put_place(Buf *b, Str text, TextSpan span)
{
	buf_str(b, S("{\"at\":"));
	buf_int(b, span.at);
	buf_str(b, S(",\"end\":"));
	buf_int(b, span.end);
	buf_str(b, S(",\"words\":"));
	analysis_write_text(b, str_sub(text, span.at, span.end));
	buf_char(b, '}');
}

static void put_spans(Buf *b, Str text, const TextSpan *v, size_t n)
{
	buf_str(b, S(",\"because\":["));
	for (size_t i = 0; i < n; i++) {
		if (i) buf_char(b, ',');
		put_place(b, text, v[i]);
	}
	buf_str(b, S("]}"));
}

static void put_risk(Buf *b, const TextStructure *s)
{
	buf_str(b, S(",\"risk\":{\"class\":\""));
	buf_z(b, risk_name(s->risk.class));
	buf_str(b, S("\",\"p\":"));
	analysis_write_polarity(b, (int)s->risk.p);
	put_spans(b, s->whole, s->risk.evidence, s->risk.evidence_n);
}

static void put_style(Buf *b, const TextStructure *s)
{
	buf_str(b, S(",\"style\":{\"style\":\""));
	buf_z(b, text_style_name(s->style.style));
	buf_str(b, s->style.sure ? S("\",\"sure\":true") : S("\",\"sure\":false"));
	put_spans(b, s->whole, s->style.evidence, s->style.evidence_n);
}

static void put_aspects(Buf *b, const TextStructure *s)
{
	buf_str(b, S(",\"aspects\":["));
	for (size_t i = 0; i < s->aspects_n; i++) {
		const AspectFinding *f = &s->aspects[i];
		buf_str(b, i ? S(",{\"aspect\":") : S("{\"aspect\":"));
		put_place(b, s->whole, f->aspect);
		if (f->product.n) {
			buf_str(b, S(",\"product\":"));
			analysis_write_text(b, f->product);
		}
		buf_str(b, S(",\"polarity\":"));
		analysis_write_polarity(b, f->polarity);
		if (f->reason.end) {
			buf_str(b, S(",\"reason\":"));
			put_place(b, s->whole, f->reason);
		}
		buf_char(b, '}');
	}
	buf_char(b, ']');
}

void analysis_write_structure(Buf *b, const Analysis *a)
{
	const TextStructure *s = a->structure;
	if (a->tasks & ANALYSE_ENTITIES) {
		buf_str(b, S(",\"entities\":"));
		entities_write(b, s->entities);
	}
	if (a->tasks & ANALYSE_REDACT) {
		buf_str(b, S(",\"redacted\":"));
		analysis_write_text(b, buf_view(&s->redacted));
	}
	if (a->tasks & ANALYSE_SENTENCES) put_sentences(b, s);
	if (a->tasks & ANALYSE_RISK) put_risk(b, s);
	if (a->tasks & ANALYSE_STYLE) put_style(b, s);
	if (a->tasks & ANALYSE_ASPECTS) put_aspects(b, s);
}
