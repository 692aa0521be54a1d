// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/analyse.h"

#include "base/utf8.h"
#include "test.h"
#include "text/similar.h"

// What the shipped model says of the lines below, as one number: another compiler, machine or build has to say the same.
// A new model has a new one.
#define SHIPPED 0xf1611065u

typedef struct AnalyseLine {
	const char *text, *language, *script;
	int sentiment;
} AnalyseLine;

static const AnalyseLine LINES[] = {
	{"I absolutely love this phone, thank you so much!", "en", "Latn", SENTIMENT_POS},
	{"Worst service ever, the router is broken again and nobody answers.", "en", "Latn", SENTIMENT_NEG},
	{"The meeting is on Tuesday at 10:30 in room 4.", "en", "Latn", SENTIMENT_NEU},
	{"Das ist wirklich schrecklich, ich bin sehr enttäuscht von euch.", "de", "Latn", SENTIMENT_NEG},
	{"Je suis très content, c'est vraiment un produit magnifique !", "fr", "Latn", SENTIMENT_POS},
	{"Estoy muy feliz con mi nuevo teléfono, es excelente.", "es", "Latn", SENTIMENT_POS},
	{"Che schifo, il servizio è pessimo e sono molto deluso.", "it", "Latn", SENTIMENT_NEG},
	{"Это ужасно, ничего не работает, я очень разочарован.", "ru", "Cyrl", SENTIMENT_NEG},
	{"Bahut badhiya phone hai yaar, dil khush ho gaya.", "hi", "Latn", SENTIMENT_POS},
	{"Bilkul bakwas service hai, paisa barbad ho gaya.", "hi", "Latn", SENTIMENT_NEG},
	{"Kal subah kitne baje aana hai bhai?", "hi", "Latn", SENTIMENT_NEU},
	{"Δεν λειτουργεί τίποτα εδώ και μέρες.", "el", "Grek", -1},
	{"今天天气很好，我们去公园。", "zh", "Hani", -1},
	{"今日はとても天気がいいですね。", "ja", "Kana", -1},
	{"오늘은 날씨가 좋네요.", "ko", "Hang", -1},
	{"ภาษาไทยเป็นภาษาที่สวยงาม", "th", "Thai", -1},
	{"ಕನ್ನಡ", "kn", "Knda", -1},
	{"12:30 !!! 🙂", "und", "Zyyy", -1},
	{"", "und", "Zyyy", -1},
};

static const AnalyseLine MORE_LINES[] = {
	{"的", "zh", "Hani", -1},
	// Letters there are, if not of a language that is known.
	{"https://example.org/x", "en", "Zyyy", -1},
	{"@ada", "en", "Zyyy", -1},
	{"\u13e3\u13b3\u13a9", "en", "Zyyy", -1},
	// Letters of mathematics.
	{"\U0001d5e7\U0001d5f5\U0001d5f6\U0001d600 \U0001d5f6\U0001d600 "
	 "\U0001d602\U0001d600\U0001d5f2\U0001d5f9\U0001d5f2\U0001d600\U0001d600!",
	 "en", "Latn", SENTIMENT_NEG},
};

static TextEngine *engine(Model *m)
{
	if (!MODEL_OWN_BYTES) SKIP("no model in this build");
	assert_ok(test_ctx(), model_open_own(test_ctx(), m));
	return text_engine_new(test_arena(), m);
}

TEST(analyse_lines)
{
	Model m;
	Analysis a;
	TextEngine *e = engine(&m);
	for (size_t i = 0; i < COUNTOF(LINES) + COUNTOF(MORE_LINES); i++) {
		const AnalyseLine *l = i < COUNTOF(LINES) ? &LINES[i] : &MORE_LINES[i - COUNTOF(LINES)];
		text_analyse(e, str_from(l->text), str_none(), ANALYSE_ALL, &a);
		if (!str_eq(a.language.code, str_from(l->language))) test_fail("%s: %.*s", l->text, STR(a.language.code));
		assert_string_equal(script_code(a.language.script), l->script);
		if (l->sentiment >= 0 && a.best != l->sentiment) test_fail("%s: %d", l->text, a.best);
		assert_in_range(a.sentiment[0] + a.sentiment[1] + a.sentiment[2], HEAD_ONE - 4, HEAD_ONE);
	}
}

// Heads of English are asked about careless English too, but whatever is not taken for it is marked.
TEST(analyse_marks_other_languages)
{
	static const struct {
		const char *text;
		bool marked;
	} rows[] = {{"Wo ist mein Paket?", true},     {"Il telefono non va", true},   {"Ik wil mijn geld terug", true},
				{"Das ist leider kaputt.", true}, {"Where is my parcel?", false}, {"12:30 !!!", false}};
	Model m;
	Analysis a;
	TextEngine *e = engine(&m);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		Buf b = buf_init(test_arena(), 1024, 1 << 16);
		text_analyse(e, str_from(rows[i].text), str_none(), ANALYSE_USUAL, &a);
		analysis_write(&b, &a);
		bool marked = str_find(buf_view(&b), S("\"unmeasured\":[\"intents\",\"spam\""), &(size_t){0});
		if (marked != rows[i].marked) test_fail("%s: %.*s", rows[i].text, (int)b.n, b.p);
	}
}

// Of the language alone it is said as well whether to rely on it.
TEST(analyse_language_alone_says_sure)
{
	Model m;
	Analysis a;
	TextEngine *e = engine(&m);
	text_analyse(e, S("Das ist ein schöner Tag heute"), str_none(), ANALYSE_LANGUAGE, &a);
	Buf b = buf_init(test_arena(), 1024, 1 << 16);
	analysis_write(&b, &a);
	assert_true(str_find(buf_view(&b), S("\"sure\":true"), &(size_t){0}));
	text_analyse(e, S("x"), str_none(), ANALYSE_LANGUAGE, &a);
	b.n = 0;
	analysis_write(&b, &a);
	assert_true(str_find(buf_view(&b), S("\"sure\":false"), &(size_t){0}));
}

// Little was read: English unless something speaks for another language.
TEST(analyse_few_words)
{
	static const char *const SAID[][2] = {
		{"It is late", "en"}, {"On or off?", "en"},  {"New router", "en"},     {"Reset", "en"},
		{"Bug", "en"},        {"Danke schön", "de"}, {"Merci beaucoup", "fr"}, {"Muchas gracias", "es"},
		{"Va bene", "it"},    {"Obrigado", "pt"},    {"Tack så mycket", "sv"}, {"Nie działa", "pl"}};
	Model m;
	Analysis a;
	TextEngine *e = engine(&m);
	for (size_t i = 0; i < COUNTOF(SAID); i++) {
		text_analyse(e, str_from(SAID[i][0]), str_none(), ANALYSE_LANGUAGE, &a);
		assert_str_equal(a.language.code, SAID[i][1]);
	}
}

TEST(analyse_intents)
{
	static const struct {
		const char *text;
		Intent intent;
	} SAID[] = {
		{"How do I reset my password?", INTENT_QUESTION},
		{"Still not working after two weeks, this is unacceptable.", INTENT_COMPLAINT},
		{"Great job, works perfectly, highly recommend!", INTENT_PRAISE},
		{"It would be nice to have an option to export the list.", INTENT_IDEA},
		{"Please cancel my contract, I am switching to another provider.", INTENT_CHURN},
		{"Thank you so much, much appreciated!", INTENT_THANKS},
		{"Congratulations you won a prize! Text WIN to 80086 to claim your free cash now", INTENT_SPAM},
	};
	Model m;
	Analysis a;
	TextEngine *e = engine(&m);
	for (size_t i = 0; i < COUNTOF(SAID); i++) {
		text_analyse(e, str_from(SAID[i].text), str_none(), ANALYSE_ALL, &a);
		if (a.intents[SAID[i].intent] <= HEAD_ONE / 2)
			test_fail("%s: %s %u", SAID[i].text, intent_name(SAID[i].intent), a.intents[SAID[i].intent]);
	}
	text_analyse(e, S("This is urgent, our whole site is down right now"), str_none(), ANALYSE_ALL, &a);
	assert_true(a.urgency > HEAD_ONE / 2);
	text_analyse(e, S("you fucking idiot, shut up"), str_none(), ANALYSE_ALL, &a);
	assert_true(a.offensive > HEAD_ONE / 2);
}

// The head and the packs together; each word that decided is one of the text's.
TEST(analyse_risk)
{
	static const struct {
		const char *text;
		RiskClass class;
	} SAID[] = {
		{"Poke a hole into the swollen battery with a nail.", RISK_SAFETY},
		{"Never poke a hole into the swollen battery.", RISK_HARMLESS},
		{"Did you poke a hole into the swollen battery?", RISK_HARMLESS},
		{"Just delete the whole data directory of the database.", RISK_DATA_LOSS},
		{"Give everybody the admin password.", RISK_CONFIG},
		{"The gate acts on the first qubit.", RISK_HARMLESS},
		{"", RISK_HARMLESS},
	};
	Model m;
	Analysis a;
	TextEngine *e = engine(&m);
	for (size_t i = 0; i < COUNTOF(SAID); i++) {
		Str text = str_from(SAID[i].text);
		text_analyse(e, text, str_none(), ANALYSE_RISK, &a);
		const RiskFinding *f = &a.structure->risk;
		if (f->class != SAID[i].class) test_fail("%s: %s %u", SAID[i].text, risk_name(f->class), f->p);
		assert_int_equal(f->evidence_n > 0, f->class != RISK_HARMLESS);
		for (size_t k = 0; k < f->evidence_n; k++)
			assert_true(f->evidence[k].at < f->evidence[k].end && f->evidence[k].end <= text.n);
	}
}

static Str said(TextEngine *e, size_t i)
{
	Analysis a;
	Buf b = buf_init(test_arena(), 4096, 1 << 16);
	text_analyse(e, str_from(LINES[i].text), str_none(), ANALYSE_ALL, &a);
	analysis_write(&b, &a);
	assert_false(b.overflow);
	return buf_view(&b);
}

// An engine that has read other texts says the same as a fresh one, and all builds say the same.
TEST(analyse_is_the_same_everywhere)
{
	Model m;
	TextEngine *e = engine(&m);
	uint32_t sum = HASH_SEED;
	for (size_t i = 0; i < COUNTOF(LINES); i++) {
		Str again = said(e, i);
		ArenaMark mark = arena_mark(test_arena());
		assert_int_equal(str_cmp(said(text_engine_new(test_arena(), &m), i), again), 0);
		arena_rewind(test_arena(), mark);
		for (size_t k = 0; k < again.n; k++) sum = hash_step(sum, (unsigned char)again.p[k]);
	}
	if (hash_end(sum) != SHIPPED) test_fail("SHIPPED is 0x%xu now", hash_end(sum));
}

TEST(analyse_spam_phrases)
{
	static const char *const SPAM[] = {"Check out my channel and subscribe please, thanks!",
									   "Sub to me and like my page, please subscribe",
									   "visit murdershop . com for free phones"};
	static const char *const NONE[] = {"My card has not arrived, please help me.",
									   "Which router do you recommend for a flat?"};
	Model m;
	Analysis with, without;
	TextEngine *e = engine(&m);
	for (size_t i = 0; i < COUNTOF(SPAM); i++) {
		text_analyse(e, str_from(SPAM[i]), S("en"), ANALYSE_SPAM, &with);
		assert_true(with.spam > HEAD_ONE / 2);
	}
	for (size_t i = 0; i < COUNTOF(NONE); i++) {
		text_analyse(e, str_from(NONE[i]), S("en"), ANALYSE_SPAM, &without);
		assert_true(without.spam < HEAD_ONE / 2);
	}
}

TEST(analyse_bare_addresses)
{
	static const struct {
		const char *text;
		bool address;
	} SAID[] = {{"look at example.com", true},
				{"look at example . com", true},
				{"example. com is what it says", false},
				{"It works...com", false},
				{"com", false},
				{"We went to the shop. Net gain was none", false}};
	RuleHits h;
	const RuleBook *book = rules_new(test_arena());
	TextScan *scan = text_scan_new(test_arena());
	for (size_t i = 0; i < COUNTOF(SAID); i++) {
		text_scan(scan, str_from(SAID[i].text));
		rules_match(book, scan, &h);
		if ((h.sum[RULE_SPAM] > 0) != SAID[i].address) test_fail("%s: %d", SAID[i].text, h.sum[RULE_SPAM]);
	}
}

// The first words, then what is in them: the answer of one call has to be that of the next, and stages may not depend on
// what was read before.
TEST(analyse_language_does_not_remember)
{
	Model m;
	TextEngine *e = engine(&m);
	for (size_t i = 0; i < COUNTOF(LINES); i++) {
		Analysis a, b;
		text_analyse(e, str_from(LINES[i].text), str_none(), ANALYSE_LANGUAGE, &a);
		text_analyse(e, S("Una frase en otra lengua que no tiene nada que ver"), str_none(), ANALYSE_LANGUAGE, &b);
		text_analyse(e, str_from(LINES[i].text), str_none(), ANALYSE_LANGUAGE, &b);
		assert_true(str_eq(a.language.code, b.language.code));
		assert_int_equal(a.language.p, b.language.p);
	}
}

TEST(analyse_any_bytes)
{
	Model m;
	Analysis a;
	TextEngine *e = engine(&m);
	char bytes[400];
	uint64_t x = 77;
	for (size_t round = 0; round < 2000; round++) {
		size_t n = round % sizeof bytes;
		for (size_t i = 0; i < n; i++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			bytes[i] = (char)(x >> 33 & 3 ? x >> 40 & 0x7f : x >> 40);
		}
		Buf b = buf_init(test_arena(), 4096, 1 << 16);
		text_analyse(e, (Str){bytes, n}, str_none(), ANALYSE_ALL, &a);
		analysis_write(&b, &a);
		if (!utf8_valid(buf_view(&b))) test_fail("no UTF-8: %.*s", (int)b.n, b.p);
	}
}

TEST(analyse_tasks)
{
	unsigned t;
	assert_true(analyse_tasks_parse(S("language,sentiment"), &t));
	assert_int_equal(t, ANALYSE_LANGUAGE | ANALYSE_SENTIMENT);
	assert_false(analyse_tasks_parse(S("language,mood"), &t));
	assert_false(analyse_tasks_parse(S(""), &t));
}

TEST(similar_questions)
{
	static const char *const FAQ[] = {"How do I reset my password?", "Where is my order?", "Can I pay by card?",
									  "How can I cancel my subscription?", "Which browsers are supported?"};
	Model m;
	TextEngine *e = engine(&m);
	SimilarHit hits[10];
	SimilarIndex *x = similar_new(test_arena(), COUNTOF(FAQ));
	for (size_t i = 0; i < COUNTOF(FAQ); i++) assert_ok(test_ctx(), similar_add(test_ctx(), x, e, str_from(FAQ[i])));
	assert_status(test_ctx(), similar_add(test_ctx(), x, e, S("one too many")), ST_TOO_LARGE);
	similar_ready(x);
	assert_true(similar_find(x, e, S("i forgot the pasword and want to reset it"), hits, 10) >= 1);
	assert_int_equal(hits[0].text, 0);
	assert_true(similar_find(x, e, S("cancelling subscriptions"), hits, 10) >= 1);
	assert_int_equal(hits[0].text, 3);
	assert_int_equal(similar_find(x, e, S(""), hits, 10), 0);
}

// Of a list of a few, whose words are all rare, the topic must not outweigh the words; and an Arc 4 is no Arc 6.
TEST(similar_questions_of_a_short_list)
{
	static const char *const FAQ[] = {"hello world", "hello there", "how do I update the arc 4",
									  "how do I update the arc 6"};
	static const struct {
		const char *ask;
		uint32_t first;
	} rows[] = {{"hello world", 0}, {"hello there", 1}, {"update arc 4", 2}, {"arc 6 how to update", 3}};
	Model m;
	TextEngine *e = engine(&m);
	SimilarHit hits[4];
	SimilarIndex *x = similar_new(test_arena(), COUNTOF(FAQ));
	for (size_t i = 0; i < COUNTOF(FAQ); i++) assert_ok(test_ctx(), similar_add(test_ctx(), x, e, str_from(FAQ[i])));
	similar_ready(x);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		assert_true(similar_choose(x, e, str_from(rows[i].ask), hits, COUNTOF(hits)) >= 1);
		if (hits[0].text != rows[i].first) test_fail("%s: %u", rows[i].ask, hits[0].text);
	}
}

static size_t place_of(uint32_t text, const SimilarHit *hits, size_t n)
{
	size_t i = 0;
	while (i < n && hits[i].text != text) i++;
	return i;
}

// Of a list that is short, the same question five times over leaves no room for what else may be meant.
TEST(similar_questions_that_differ)
{
	static const char *const FAQ[] = {
		"When will my new card arrive?",          "My new card has not arrived yet",
		"Why has my new card not arrived?",       "Has my new card been sent, when will it arrive?",
		"I am waiting for my new card to arrive", "My card was stolen, please block it"};
	Model m;
	TextEngine *e = engine(&m);
	SimilarHit likest[10], chosen[10];
	SimilarIndex *x = similar_new(test_arena(), COUNTOF(FAQ));
	for (size_t i = 0; i < COUNTOF(FAQ); i++) assert_ok(test_ctx(), similar_add(test_ctx(), x, e, str_from(FAQ[i])));
	similar_ready(x);
	Str question = S("new card, the old one was lost and has not arrived");
	size_t n = similar_find(x, e, question, likest, 10);
	assert_int_equal(similar_choose(x, e, question, chosen, 10), n);
	assert_int_equal(chosen[0].text, likest[0].text);
	assert_int_equal(chosen[0].score, likest[0].score);
	for (size_t i = 1; i < n; i++) assert_true(chosen[i].score <= chosen[i - 1].score);
	assert_true(place_of(5, chosen, n) < place_of(5, likest, n));
	assert_int_equal(similar_choose(x, e, question, chosen, 2), 2);
	assert_int_equal(similar_choose(x, e, S(""), chosen, 10), 0);
}
