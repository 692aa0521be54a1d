// SPDX-License-Identifier: AGPL-3.0-or-later
// An analysis as JSON. Written by hand rather than through base/json.h: at a hundred thousand lines a second the writer
// is a tenth of the work.
#include "base/json.h"
#include "text/analyse.h"

#define TEN_THOUSAND 10000

static const char *const TASKS[] = {"language", "sentiment", "intent",    "spam",  "offensive", "urgency", "topic",
									"entities", "redact",    "sentences", "style", "risk",      "aspects"};
static const char *const INTENTS[INTENT_N] = {"question", "complaint", "praise", "idea",
											  "purchase", "churn",     "spam",   "thanks"};
const char *const SENTIMENTS[SENTIMENT_N] = {"neg", "neu", "pos"};

const char *intent_name(Intent i) { return INTENTS[i]; }

bool analyse_tasks_parse(Str list, unsigned *ret_tasks)
{
	unsigned tasks = 0;
	while (list.n) {
		Str name;
		size_t i = 0;
		list = str_cut(list, ',', &name);
		while (i < COUNTOF(TASKS) && !str_eq(str_trim(name), str_from(TASKS[i]))) i++;
		if (i == COUNTOF(TASKS)) return false;
		tasks |= 1u << i;
	}
	*ret_tasks = tasks;
	return tasks != 0;
}

static int ten_thousandths(uint32_t p) { return (int)(((uint64_t)p * TEN_THOUSAND + HEAD_ONE / 2) / HEAD_ONE); }

// -1.0000 … 1.0000 with four digits.
static void put_fraction(Buf *b, int v)
{
	unsigned u = (unsigned)(v < 0 ? -v : v), one = u >= TEN_THOUSAND, high, low;
	if (!buf_reserve(b, 7)) return;
	char *to = b->p + b->n;
	*to = '-';
	to += v < 0;
	u -= one * TEN_THOUSAND;
	high = u / 100;
	low = u % 100;
	to[0] = (char)('0' + one);
	to[1] = '.';
	to[2] = (char)('0' + high / 10);
	to[3] = (char)('0' + high % 10);
	to[4] = (char)('0' + low / 10);
	to[5] = (char)('0' + low % 10);
	b->n += v < 0 ? 7 : 6;
}

void analysis_write_polarity(Buf *b, int polarity)
{
	int v = ten_thousandths((uint32_t)(polarity < 0 ? -polarity : polarity));
	put_fraction(b, polarity < 0 ? -v : v);
}

static void put_p(Buf *b, Str before, uint32_t p)
{
	buf_str(b, before);
	put_fraction(b, ten_thousandths(p));
}

static void put_string(Buf *b, Str s) { buf_json_escaped(b, s); }

static void put_sure(Buf *b, const Analysis *a) { buf_str(b, a->sure ? S(",\"sure\":true") : S(",\"sure\":false")); }

static void put_sentiment(Buf *b, const Analysis *a)
{
	int neg = ten_thousandths(a->sentiment[SENTIMENT_NEG]), pos = ten_thousandths(a->sentiment[SENTIMENT_POS]);
	int neu = TEN_THOUSAND - neg - pos; // so that they add up
	buf_str(b, S(",\"sentiment\":\""));
	buf_mem(b, SENTIMENTS[a->best], 3);
	buf_str(b, S("\",\"scores\":{\"neg\":"));
	put_fraction(b, neg);
	buf_str(b, S(",\"neu\":"));
	put_fraction(b, neu < 0 ? 0 : neu);
	buf_str(b, S(",\"pos\":"));
	put_fraction(b, pos);
	buf_str(b, S("},\"polarity\":"));
	put_fraction(b, pos - neg);
	put_sure(b, a);
}

static void put_intents(Buf *b, const Analysis *a)
{
	static const Str KEYS[INTENT_N] = {S_INIT(",\"intents\":{\"question\":"),
									   S_INIT(",\"complaint\":"),
									   S_INIT(",\"praise\":"),
									   S_INIT(",\"idea\":"),
									   S_INIT(",\"purchase\":"),
									   S_INIT(",\"churn\":"),
									   S_INIT(",\"spam\":"),
									   S_INIT(",\"thanks\":")};
	for (int i = 0; i < INTENT_N; i++) put_p(b, KEYS[i], a->intents[i]);
	buf_char(b, '}');
}

static void put_topics(Buf *b, const Analysis *a)
{
	buf_str(b, S(",\"topics\":{"));
	for (size_t i = 0; i < a->topics_n; i++) {
		const TopicGuess *t = &a->topics[i];
		if (i) buf_char(b, ',');
		put_string(b, t->taxonomy);
		buf_str(b, S(":{\"topic\":"));
		put_string(b, t->name);
		put_p(b, S(",\"p\":"), t->p);
		if (t->p_none) put_p(b, S(",\"none\":"), t->p_none);
		buf_char(b, '}');
	}
	buf_char(b, '}');
}

static void put_evidence(Buf *b, const Analysis *a)
{
	buf_str(b, S(",\"evidence\":["));
	for (size_t i = 0; i < a->evidence_n; i++) {
		buf_str(b, i ? S(",{\"words\":") : S("{\"words\":"));
		put_string(b, a->evidence[i].words);
		buf_str(b, S(",\"for\":\""));
		buf_z(b, a->evidence[i].what);
		buf_str(b, S("\"}"));
	}
	buf_char(b, ']');
}

static void put_unmeasured(Buf *b, const Analysis *a)
{
	static const unsigned ENGLISH_ONLY[] = {ANALYSE_INTENT, ANALYSE_SPAM, ANALYSE_OFFENSIVE, ANALYSE_URGENCY,
											ANALYSE_TOPIC,  ANALYSE_RISK, ANALYSE_STYLE,     ANALYSE_ASPECTS};
	static const char *const NAMES[] = {"intents", "spam", "offensive", "urgency",
										"topics",  "risk", "style",     "aspects"};
	bool any = false;
	for (size_t i = 0; i < COUNTOF(NAMES); i++) {
		if (!(a->tasks & ENGLISH_ONLY[i])) continue;
		buf_str(b, any ? S(",") : S(",\"unmeasured\":["));
		put_string(b, str_from(NAMES[i]));
		any = true;
	}
	if (any) buf_char(b, ']');
}

bool analysis_unmeasured(const Analysis *a)
{
	return !str_eq(a->language.code, S("en")) && !str_eq(a->language.code, S("und"));
}

static bool others_words(const Analysis *a)
{
	size_t n = 0;
	for (int i = 0; i < CUT_N; i++) n += a->others_words.bytes[i];
	return n > 0;
}

void analysis_write(Buf *b, const Analysis *a)
{
	buf_str(b, S("{\"language\":"));
	put_string(b, a->language.code);
	buf_str(b, S(",\"script\":\""));
	buf_z(b, script_code(a->language.script));
	put_p(b, S("\",\"language_p\":"), a->language.p);
	if (a->tasks & ANALYSE_SENTIMENT) put_sentiment(b, a);
	else if (a->tasks & ANALYSE_LANGUAGE) put_sure(b, a);
	if (a->tasks & ANALYSE_INTENT) put_intents(b, a);
	if (a->tasks & ANALYSE_SPAM) put_p(b, S(",\"spam\":"), a->spam);
	if (a->tasks & ANALYSE_OFFENSIVE) put_p(b, S(",\"offensive\":"), a->offensive);
	if (a->tasks & ANALYSE_URGENCY) put_p(b, S(",\"urgency\":"), a->urgency);
	if (a->tasks & ANALYSE_TOPIC) put_topics(b, a);
	if (a->structure) analysis_write_structure(b, a);
	if (a->evidence_n) put_evidence(b, a);
	if (analysis_unmeasured(a)) put_unmeasured(b, a);
	if (others_words(a)) buf_str(b, S(",\"left_out\":true"));
	if (a->cut) buf_str(b, S(",\"cut\":true"));
	if (a->invalid) buf_str(b, S(",\"invalid\":true"));
	buf_char(b, '}');
}
