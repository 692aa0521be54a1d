// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/quality_impl.h"

#include <string.h>

#define STEM 5 // letters that count for what words share
#define LONG_NUMBER 4
#define BETWEEN S(" ||| ")

const char *const QUALITY_NAMES[QV_N] = {
	[QV_LETTERS] = "length",
	[QV_WORDS] = "number of words",
	[QV_SENTENCES] = "sentences",
	[QV_WORD_LENGTH] = "length of words",
	[QV_QUESTION_MARKS] = "question marks",
	[QV_ASKS_LAST] = "ends with a question",
	[QV_EXCLAIMS] = "exclamation marks",
	[QV_LINKS] = "addresses",
	[QV_LONG_NUMBERS] = "long numbers",
	[QV_NUMBERS] = "numbers",
	[QV_SHARED] = "words from the question",
	[QV_COVERED] = "words of the question taken up",
	[QV_NEW] = "new words",
	[QV_THANKS] = "thanks",
	[QV_ASKS] = "asks",
	[QV_HEDGES] = "hedges",
	[QV_ADVICE] = "advice",
	[QV_LAUGHS] = "small talk",
	[QV_FIRST_PERSON] = "speaks of the author",
	[QV_SECOND_PERSON] = "speaks to the reader",
	[QV_NAMES] = "names",
	[QV_CAPITALS] = "capitals",
	[QV_STRETCHED] = "emoticons and stretched words",
	[QV_ADDRESSED] = "addresses somebody",
	[QV_MARKS] = "punctuation",
	[QV_SMALL_WORDS] = "small words",
	[QV_COMPOUND] = "feeling",
	[QV_OFFENSIVE] = "abuse",
	[QV_REPEATS] = "repetition",
	[QV_LISTS] = "lists",
	[QV_METOO] = "asks for itself",
	[QV_WHERE] = "says where",
	[QV_SAYS_YES] = "says yes or no",
	[QV_LIKENESS] = "likeness to the question",
	[QV_PLACE] = "place among the answers",
	[QV_QUESTION_WORDS] = "length of the question",
	[QV_QUESTION_ASKS] = "the question asks",
	[QV_KIND] = "kind of question",
};

bool quality_split(Str text, Str *ret_question, Str *ret_answer)
{
	size_t at;
	if (!str_find(text, BETWEEN, &at)) return false;
	*ret_question = str_sub(text, 0, at);
	*ret_answer = str_sub(text, at + BETWEEN.n, text.n);
	return true;
}

static bool set_put(uint32_t *set, uint32_t hash)
{
	hash |= 1;
	for (uint32_t i = hash >> 7 & (QUALITY_SET - 1), n = 0; n < QUALITY_SET / 2; i = (i + 1) & (QUALITY_SET - 1), n++) {
		if (set[i] == hash) return false;
		if (!set[i]) {
			set[i] = hash;
			return true;
		}
	}
	return false;
}

static bool set_has(const uint32_t *set, uint32_t hash)
{
	hash |= 1;
	for (uint32_t i = hash >> 7 & (QUALITY_SET - 1), n = 0; n < QUALITY_SET / 2 && set[i];
		 i = (i + 1) & (QUALITY_SET - 1), n++)
		if (set[i] == hash) return true;
	return false;
}

static uint32_t stem(const TextScan *scan, const Token *t)
{
	uint32_t h = HASH_SEED;
	for (uint32_t i = 0; i < t->cps && i < STEM; i++) h = hash_step(h, scan->cps[t->cp + i]);
	return hash_end(h);
}

// Runs of four characters of a word, for likeness.
static int grams(const TextScan *scan, const Token *t, uint32_t *set, const uint32_t *in)
{
	int n = 0;
	for (uint32_t i = 0; i + 4 <= t->cps; i++) {
		uint32_t h = HASH_SEED;
		for (uint32_t k = i; k < i + 4; k++) h = hash_step(h, scan->cps[t->cp + k]);
		h = hash_end(h);
		n += in ? set_has(in, h) : set_put(set, h);
	}
	return n;
}

static bool content(const QualityWork *w, const Token *t)
{
	return (t->kind == TOKEN_RUN || (t->kind == TOKEN_WORD && t->cps >= 3)) &&
		   !(quality_book_look(w->book, t->hash) & QW_SMALL);
}

static AskKind kind_of(const QualityWork *w, const TextScan *scan)
{
	unsigned kinds = 0;
	for (size_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		kinds |= quality_book_look(w->book, t->hash);
		if (i > 0) kinds |= quality_book_look(w->book, hash_pair(scan->tokens[i - 1].hash, t->hash));
	}
	AskKind kind = ASK_WHERE;
	while (kind < ASK_OTHER && !(kinds & ((unsigned)QW_ASK << kind))) kind++;
	return kind;
}

typedef struct Asked {
	AskKind kind;
	int words, marks, content, grams;
} Asked;

static void read_question(QualityWork *w, Str question, Asked *ret)
{
	TextWork *work = w->engine->work;
	*ret = (Asked){0};
	memset(w->question, 0, sizeof w->question);
	memset(w->grams, 0, sizeof w->grams);
	text_work_read(work, question);
	ret->kind = kind_of(w, work->scan);
	for (size_t i = 0; i < work->scan->tokens_n; i++) {
		const Token *t = &work->scan->tokens[i];
		ret->words += t->kind == TOKEN_WORD || t->kind == TOKEN_RUN;
		ret->marks += t->kind == TOKEN_PUNCT && work->scan->cps[t->cp] == '?';
		if (!content(w, t)) continue;
		ret->content += set_put(w->question, stem(work->scan, t));
		ret->grams += grams(work->scan, t, w->grams, NULL);
	}
}

static int permille(int part, int whole) { return whole ? part * 1000 / whole : 0; }

typedef struct Counted {
	int words, letters, sentences, content, shared, covered, distinct, titles, marks, small, grams, grams_in;
	bool begins; // a sentence
} Counted;

static void count_mark(const TextScan *scan, const Token *t, Counted *c, int *v)
{
	uint32_t cp = scan->cps[t->cp];
	c->marks++;
	if (cp == '?') v[QV_QUESTION_MARKS]++;
	if (cp == '!') v[QV_EXCLAIMS]++;
	if (cp == ';' || cp == ',' || cp == ':' || cp == '-' || cp == '/') v[QV_LISTS]++;
	if (cp != '.' && cp != '?' && cp != '!') return;
	c->sentences += !c->begins;
	c->begins = true;
}

static void count_word(QualityWork *w, const TextScan *scan, const Token *t, Counted *c)
{
	c->words++;
	c->letters += t->cps;
	if ((t->flags & TOKEN_TITLE) && !(t->flags & TOKEN_CAPS) && !c->begins && t->cps > 1) c->titles++;
	c->begins = false;
	if (!content(w, t)) {
		c->small++;
		return;
	}
	uint32_t h = stem(scan, t);
	bool asked = set_has(w->question, h);
	c->content++;
	c->shared += asked;
	c->grams += t->cps >= 4 ? t->cps - 3 : 0;
	c->grams_in += grams(scan, t, NULL, w->grams);
	if (!set_put(w->seen, h)) return;
	c->distinct++;
	c->covered += asked;
}

// Lists of one to three words.
static void count_kinds(const QualityWork *w, const TextScan *scan, size_t at, int *v)
{
	static const struct {
		unsigned kind;
		QualityValue value;
	} KINDS[] = {{QW_HEDGE, QV_HEDGES}, {QW_ADVICE, QV_ADVICE},      {QW_THANKS, QV_THANKS},
				 {QW_LAUGH, QV_LAUGHS}, {QW_FIRST, QV_FIRST_PERSON}, {QW_SECOND, QV_SECOND_PERSON},
				 {QW_METOO, QV_METOO},  {QW_WHERE, QV_WHERE},        {QW_YES, QV_SAYS_YES}};
	uint32_t h = 0;
	for (size_t i = at; i < scan->tokens_n && i < at + 3; i++) {
		const Token *t = &scan->tokens[i];
		if (t->kind != TOKEN_WORD) return;
		h = i == at ? t->hash : hash_pair(h, t->hash);
		unsigned kinds = quality_book_look(w->book, h);
		for (size_t k = 0; kinds && k < COUNTOF(KINDS); k++) v[KINDS[k].value] += (kinds & KINDS[k].kind) != 0;
	}
}

static void count_tokens(QualityWork *w, const TextScan *scan, Counted *c, int *v)
{
	memset(w->seen, 0, sizeof w->seen);
	c->begins = true;
	for (size_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		if (t->kind == TOKEN_WORD || t->kind == TOKEN_RUN) count_word(w, scan, t, c);
		if (t->kind == TOKEN_WORD) count_kinds(w, scan, i, v);
		if (t->kind == TOKEN_PUNCT) count_mark(scan, t, c, v);
		v[QV_LINKS] += t->kind == TOKEN_URL || (t->kind == TOKEN_PUNCT && scan->cps[t->cp] == '@') ||
					   t->kind == TOKEN_MENTION;
		v[QV_NUMBERS] += t->kind == TOKEN_NUMBER;
		v[QV_LONG_NUMBERS] += t->kind == TOKEN_NUMBER && t->end - t->at >= LONG_NUMBER;
		v[QV_STRETCHED] += t->kind == TOKEN_EMOJI || t->kind == TOKEN_EMOTICON || (t->flags & TOKEN_LONG) != 0;
		v[QV_CAPITALS] += (t->flags & TOKEN_CAPS) && t->cps > 1;
	}
	c->sentences += !c->begins;
}

// "Flor; when did you come back?": somebody else than the asker is spoken to, as a rule.
static bool addresses(const TextScan *scan)
{
	for (size_t i = 0; i + 1 < scan->tokens_n && i < 3; i++) {
		const Token *t = &scan->tokens[i];
		if (t->kind == TOKEN_MENTION) return true;
		if (t->kind != TOKEN_WORD) return false;
		uint32_t cp = scan->cps[scan->tokens[i + 1].cp];
		if (scan->tokens[i + 1].kind == TOKEN_PUNCT) return cp == ';' || cp == ',' || cp == ':';
	}
	return false;
}

static bool asks_last(const TextScan *scan)
{
	for (size_t i = scan->tokens_n; i > 0 && i + 3 > scan->tokens_n; i--)
		if (scan->tokens[i - 1].kind == TOKEN_PUNCT && scan->cps[scan->tokens[i - 1].cp] == '?') return true;
	return false;
}

// Has the answer what such a question wants?
static bool suits(AskKind kind, const int *v)
{
	switch (kind) {
	case ASK_WHERE: return v[QV_WHERE] > 0 || v[QV_NAMES] > 60;
	case ASK_MUCH:
	case ASK_WHEN: return v[QV_NUMBERS] > 0;
	case ASK_WHO:
	case ASK_WHICH: return v[QV_NAMES] > 60 || v[QV_LINKS] > 0 || v[QV_LONG_NUMBERS] > 0;
	case ASK_YES: return v[QV_SAYS_YES] > 0;
	case ASK_HOW:
	case ASK_OTHER:
	default: return v[QV_ADVICE] > 1;
	}
}

static void put_counted(const Counted *c, const Asked *asked, int *v)
{
	v[QV_LETTERS] = c->letters;
	v[QV_WORDS] = c->words;
	v[QV_SENTENCES] = c->sentences;
	v[QV_WORD_LENGTH] = c->words ? c->letters * 10 / c->words : 0;
	v[QV_SHARED] = permille(c->shared, c->content);
	v[QV_COVERED] = permille(c->covered, asked->content);
	v[QV_NEW] = c->distinct - c->covered;
	v[QV_NAMES] = permille(c->titles, c->words);
	v[QV_MARKS] = permille(c->marks, c->words + c->marks);
	v[QV_SMALL_WORDS] = permille(c->small, c->words);
	v[QV_REPEATS] = permille(c->content - c->distinct, c->content);
	v[QV_LIKENESS] = permille(c->grams_in, c->grams);
	v[QV_FIRST_PERSON] = permille(v[QV_FIRST_PERSON], c->words);
	v[QV_SECOND_PERSON] = permille(v[QV_SECOND_PERSON], c->words);
	v[QV_CAPITALS] = permille(v[QV_CAPITALS], c->words);
	v[QV_QUESTION_WORDS] = asked->words;
	v[QV_QUESTION_ASKS] = asked->marks;
}

void quality_measure(QualityWork *w, const QualityAsk *ask)
{
	TextWork *work = w->engine->work;
	Asked asked;
	Counted c = {0};
	int *v = w->values.v;
	w->values = (QualityValues){0};
	read_question(w, ask->question, &asked);
	text_work_read(work, ask->answer);
	count_tokens(w, work->scan, &c, v);
	text_work_features(work, lexicon_language("en"));
	rules_match(w->engine->rules, work->scan, &w->engine->hits);
	put_counted(&c, &asked, v);
	v[QV_ASKS] = w->engine->hits.sum[RULE_QUESTION];
	v[QV_OFFENSIVE] = w->engine->hits.sum[RULE_OFFENSIVE];
	v[QV_COMPOUND] = work->vader.compound;
	v[QV_ADDRESSED] = addresses(work->scan);
	v[QV_ASKS_LAST] = asks_last(work->scan);
	v[QV_PLACE] = ask->place > 100 ? 100 : (int)ask->place;
	v[QV_KIND] = (int)asked.kind * 2 + suits(asked.kind, v);
}
