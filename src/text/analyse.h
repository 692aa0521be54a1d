// SPDX-License-Identifier: AGPL-3.0-or-later
// From raw text to structured meaning: language, sentiment, intents, spam, abuse, urgency, topic, and the words that
// decided. One pass makes tokens and features, every head reads them. Integers only: the same answer on every machine.
//
//   TextEngine *e = text_engine_new(cx->arena, &model);
//   Analysis a;
//   text_analyse(e, line, str_none(), ANALYSE_ALL, &a);   // a points into e and into the text
//   analysis_write(&buf, &a);                             // one JSON object
//
// Probabilities are of HEAD_ONE. `sentiment` and `language` always hold the best class ("und" only for text without
// letters); whether to rely on it says `sure`. Heads that were trained on English only (spam, purchase, topic) are marked
// unmeasured in other languages. Quotes, code, logs and signatures (cut.h) are not scored; entities are found there too. An engine belongs to one thread, the Model may be shared.
#pragma once
#include "text/aspects.h"
#include "text/cut.h"
#include "text/entities.h"
#include "text/language.h"
#include "text/risk.h"
#include "text/rules.h"
#include "text/sentences.h"
#include "text/style.h"

enum {
	ANALYSE_LANGUAGE = 1,
	ANALYSE_SENTIMENT = 2,
	ANALYSE_INTENT = 4,
	ANALYSE_SPAM = 8,
	ANALYSE_OFFENSIVE = 16,
	ANALYSE_URGENCY = 32,
	ANALYSE_TOPIC = 64,
	ANALYSE_USUAL = 63,     // what is said of every post: topics are for requests to support
	ANALYSE_ALL = 127,      // all heads
	ANALYSE_ENTITIES = 128, // from here on: not of the whole text, or not by heads (analyse_structure.c)
	ANALYSE_REDACT = 256,
	ANALYSE_SENTENCES = 512,
	ANALYSE_STYLE = 1024,
	ANALYSE_RISK = 2048,
	ANALYSE_ASPECTS = 4096,
};
#define ANALYSE_HEADS (ANALYSE_ALL & ~ANALYSE_LANGUAGE)
#define ANALYSE_STRUCTURE                                                                                              \
	(ANALYSE_ENTITIES | ANALYSE_REDACT | ANALYSE_SENTENCES | ANALYSE_STYLE | ANALYSE_RISK | ANALYSE_ASPECTS)

typedef enum Intent {
	INTENT_QUESTION,
	INTENT_COMPLAINT,
	INTENT_PRAISE,
	INTENT_IDEA,
	INTENT_PURCHASE,
	INTENT_CHURN,
	INTENT_SPAM,
	INTENT_THANKS,
	INTENT_N
} Intent;

enum { SENTIMENT_NEG, SENTIMENT_NEU, SENTIMENT_POS, SENTIMENT_N };

#define EVIDENCE_MAX 5
#define TOPICS_MAX MODEL_TAXONOMIES_MAX

typedef struct Evidence {
	Str words; // of the text
	const char *what;
	int64_t weight;
} Evidence;

typedef struct TopicGuess {
	Str taxonomy, name;
	uint32_t p;      // of the best topic
	uint32_t p_none; // that it is none of the taxonomy's, where it knows such a class
} TopicGuess;

typedef struct Analysis {
	unsigned tasks;
	LanguageGuess language;
	uint32_t sentiment[SENTIMENT_N];
	int best;           // SENTIMENT_…
	bool sure, english; // sure of feeling and language; of the language alone where feeling was not asked for
	uint32_t intents[INTENT_N], spam, offensive, urgency;
	TopicGuess topics[TOPICS_MAX];
	size_t topics_n;
	Evidence evidence[EVIDENCE_MAX];
	size_t evidence_n;
	bool cut, invalid;
	TextCut others_words;                  // quotes, code, logs, signatures: not looked at (names are)
	const struct TextStructure *structure; // of the tasks of ANALYSE_STRUCTURE; valid until the next text
} Analysis;

#define LANGUAGE_CANDIDATES 4

typedef struct SentenceSaid {
	TextSpan span;
	LanguageGuess language;
	int best, polarity; // SENTIMENT_…; positive less negative, of HEAD_ONE
	bool sure;
} SentenceSaid;

// What the tasks of ANALYSE_STRUCTURE work with and found. Made when one is first asked for.
typedef struct TextStructure {
	Str whole; // the text with quotes and code
	EntityFinder *entities;
	Buf redacted;
	const RiskBook *risk_book;
	RiskFinding risk;
	const StyleBook *style_book;
	StyleFinding style;
	const AspectBook *aspect_book;
	AspectFinding aspects[ASPECTS_MAX];
	size_t aspects_n;
	Str read; // what entities->signs are of, none: of nothing that a finder has left as it was
	SentenceSaid sentences[SENTENCES_MAX];
	size_t sentences_n;
	LanguageGuess candidates[SENTENCES_MAX][LANGUAGE_CANDIDATES];
	uint8_t candidates_n[SENTENCES_MAX];
} TextStructure;

typedef struct TextEngine {
	const Model *model;
	const RuleBook *rules;
	TextWork *work;
	RuleHits hits;
	Arena *arena;
	char *room;                 // for a text without what is not its author's own
	const Catalogue *catalogue; // products, if the site has any; may be set until the first text
	TextStructure *structure;
} TextEngine;

TextEngine *text_engine_new(Arena *a, const Model *model);
void text_analyse(TextEngine *e, Str text, Str forced_language, unsigned tasks, Analysis *ret);
void analysis_write(Buf *b, const Analysis *a);
// Whether heads that were made and measured on English only spoke of another language.
bool analysis_unmeasured(const Analysis *a);
// "language,sentiment" to bits; false at a name that is none.
bool analyse_tasks_parse(Str list, unsigned *ret_tasks);
extern const char *const SENTIMENTS[SENTIMENT_N]; // neg, neu, pos
const char *intent_name(Intent i);

// Between analyse.c, analyse_json.c and analyse_structure.c.
void analyse_whole(TextEngine *e, Str text, Str forced_language,
				   Analysis *a); // with the heads of a->tasks, nothing cut out
// Of a part of the text that was analysed last, or of any text: positive less negative, of HEAD_ONE.
int analyse_polarity(TextEngine *e, Str part, Str language);
void analyse_structure(TextEngine *e, Str whole, Str own, Str forced_language, Analysis *a);
void analysis_write_structure(Buf *b, const Analysis *a);
void analysis_write_polarity(Buf *b, int polarity);
void analysis_write_text(Buf *b, Str any_bytes); // as a JSON string
