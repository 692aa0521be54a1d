// SPDX-License-Identifier: AGPL-3.0-or-later
// What is kept of an Analysis, in one integer, so that it costs a row eight bytes and a statement filters by a mask:
//
//   int64_t bits = reading_pack(&analysis, generation);
//   ReadingMask m = {0};
//   reading_want_language(&m, S("de"));
//   reading_want_sentiment(&m, SENTIMENT_NEG);   //   … WHERE (bits & :mask) = :want
//
// Bits from below: sentiment 2, sure 1, comment 1, language 7, polarity + 128 8, spam 7, offensive 3, urgency 3, seven intents
// of 3 each (all but spam), generation 6, corrected by a person 1. Probabilities of 3 bits are eighths, so that the upper
// bit alone says "more likely than not"; spam is in 127ths. Stored: never change the meaning of a bit or of a language's
// number; a new language gets the next one.
#pragma once
#include "text/analyse.h"

#define READING_GENERATIONS 64 // the number starts anew then
#define READING_SPAM_ONE 127
#define READING_LEVEL_HALF 4

typedef enum ReadingShift {
	READING_SENTIMENT = 0,
	READING_SURE = 2,
	READING_COMMENT = 3,
	READING_LANGUAGE = 4,
	READING_POLARITY = 11,
	READING_SPAM = 19,
	READING_OFFENSIVE = 26,
	READING_URGENCY = 29,
	READING_INTENTS = 32,
	READING_GENERATION = 53,
	READING_CORRECTED = 59,
} ReadingShift;

typedef struct ReadingMask {
	int64_t mask, want;
} ReadingMask;

int64_t reading_pack(const Analysis *a, unsigned generation);
unsigned reading_language_number(Str code); // 0, "und", for one that has none
Str reading_language_code(unsigned number); // "und" for a number that is none
#define READING_LANGUAGES_MAX 128

static inline int reading_sentiment(int64_t bits) { return (int)(bits & 3); }
static inline bool reading_sure(int64_t bits) { return bits >> READING_SURE & 1; }
static inline bool reading_of_comment(int64_t bits) { return bits >> READING_COMMENT & 1; }
static inline unsigned reading_language(int64_t bits) { return (unsigned)(bits >> READING_LANGUAGE & 127); }
static inline int reading_polarity(int64_t bits) { return (int)(bits >> READING_POLARITY & 255) - 128; } // -127 .. 127
static inline unsigned reading_spam(int64_t bits) { return (unsigned)(bits >> READING_SPAM & 127); }
static inline unsigned reading_generation(int64_t bits) { return (unsigned)(bits >> READING_GENERATION & 63); }
static inline bool reading_corrected(int64_t bits) { return bits >> READING_CORRECTED & 1; }
unsigned reading_intent(int64_t bits, Intent i); // 0 .. 7; of spam: as the others

// What a person says it is. The sentiment's polarity becomes that of a plain text of the class.
int64_t reading_set_sentiment(int64_t bits, int sentiment);
int64_t reading_set_language(int64_t bits, Str code);
int64_t reading_set_intent(int64_t bits, Intent i, bool holds); // spam too

void reading_want_language(ReadingMask *m, Str code);
void reading_want_sentiment(ReadingMask *m, int sentiment);
void reading_want_intent(ReadingMask *m, Intent i); // more likely than not; never spam
void reading_want_offensive(ReadingMask *m);
void reading_want_urgent(ReadingMask *m);
void reading_want_comment(ReadingMask *m, bool comment);
