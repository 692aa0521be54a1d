// SPDX-License-Identifier: AGPL-3.0-or-later
// Between quality.c, which scores, quality_values.c, which measures, and train_quality.c.
#pragma once
#include "text/quality.h"

typedef enum QualityValue {
	QV_LETTERS,
	QV_WORDS,
	QV_SENTENCES,
	QV_WORD_LENGTH,
	QV_QUESTION_MARKS,
	QV_ASKS_LAST,
	QV_EXCLAIMS,
	QV_LINKS,
	QV_LONG_NUMBERS,
	QV_NUMBERS,
	QV_SHARED,
	QV_COVERED,
	QV_NEW,
	QV_THANKS,
	QV_ASKS,
	QV_HEDGES,
	QV_ADVICE,
	QV_LAUGHS,
	QV_FIRST_PERSON,
	QV_SECOND_PERSON,
	QV_NAMES,
	QV_CAPITALS,
	QV_STRETCHED,
	QV_ADDRESSED,
	QV_MARKS,
	QV_SMALL_WORDS,
	QV_COMPOUND,
	QV_OFFENSIVE,
	QV_REPEATS,
	QV_LISTS,
	QV_METOO,
	QV_WHERE,
	QV_SAYS_YES,
	QV_LIKENESS,
	QV_PLACE,
	QV_QUESTION_WORDS,
	QV_QUESTION_ASKS,
	QV_KIND, // of question, and whether the answer has what such a question wants
	QV_N
} QualityValue;
_Static_assert(QV_N <= QUALITY_VALUES_MAX, "the model's table has room for them");

extern const char *const QUALITY_NAMES[QV_N];
static inline bool quality_is_kind(int v) { return v == QV_KIND; } // its numbers have no order

typedef struct QualityValues {
	int v[QV_N];
} QualityValues;

#define QUALITY_SET 1024 // slots of a set of words

typedef struct QualityBook QualityBook;

struct QualityWork {
	TextEngine *engine;
	const QualityBook *book;
	uint32_t question[QUALITY_SET], grams[QUALITY_SET], seen[QUALITY_SET];
	QualityValues values;
};

const QualityBook *quality_book_new(Arena *a);
// Bits of QualityWord of one to three words with this hash.
unsigned quality_book_look(const QualityBook *b, uint32_t hash);
enum {
	QW_SMALL = 1,
	QW_HEDGE = 2,
	QW_ADVICE = 4,
	QW_THANKS = 8,
	QW_LAUGH = 16,
	QW_FIRST = 32,
	QW_SECOND = 64,
	QW_METOO = 128,
	QW_WHERE = 256,
	QW_YES = 512,
	QW_ASK = 1 << 16, // << AskKind: what kind of question the words make
};

// In the order in which they are believed.
typedef enum AskKind { ASK_WHERE, ASK_MUCH, ASK_WHEN, ASK_WHICH, ASK_WHO, ASK_YES, ASK_HOW, ASK_OTHER } AskKind;

// Fills w->values; the features of the answer's words are in w->engine->work->features then.
void quality_measure(QualityWork *w, const QualityAsk *ask);
int64_t quality_score(const QualityHead *h, const QualityValues *v, const Features *f);
uint32_t quality_bin(const QualityHead *h, uint32_t value, int v);
