// SPDX-License-Identifier: AGPL-3.0-or-later
// How likely an answer is a good one to its question, from the words of both: length, what it shares with the question,
// whether it asks, thanks, hedges or advises, names, numbers, addresses, and the words themselves. Trained on questions and
// answers of a forum (docs/text.md); features use it where an answer has no votes yet.
//
//   QualityWork *w = quality_new(cx->arena, engine);
//   Quality q;
//   text_quality(w, &(QualityAsk){.question = topic, .answer = post, .credibility = -1}, &q);
//   if (q.p > HEAD_ONE / 2) …                      // q.reasons say why, strongest first
//
// Integers only: the same answer on every machine. The author's credibility is not learnt, since no set has it, but added
// by a rule: it multiplies the odds by 3^(2c - 1), so 1 trebles them, 0 divides them by three, 0.5 changes nothing.
//
// A QualityWork belongs to one thread. Without the model's section (quality_ready is false) everything is HEAD_ONE / 2.
#pragma once
#include "text/analyse.h"

#define QUALITY_REASONS_MAX 6
#define QUALITY_UNKNOWN (-1)

typedef struct QualityAsk {
	Str question, answer;
	int credibility; // of the author, thousandths; QUALITY_UNKNOWN
	uint32_t place;  // among the answers in the order of time: 1 is the first; 0: not known
} QualityAsk;

typedef struct QualityReason {
	const char *what; // "length", "asks", …; "words" with words of the answer
	Str words;        // of the answer, or str_none()
	int value;        // as measured; 0 for words
	int64_t weight;   // what it added to the logarithm of the odds, 65536 = 1, beside the usual answer
} QualityReason;

typedef struct Quality {
	uint32_t p;      // of HEAD_ONE, credibility included
	uint32_t p_text; // without it
	QualityReason reasons[QUALITY_REASONS_MAX];
	size_t reasons_n;
} Quality;

typedef struct QualityWork QualityWork;
QualityWork *quality_new(Arena *a, TextEngine *e);
bool quality_ready(const QualityWork *w);
void text_quality(QualityWork *w, const QualityAsk *ask, Quality *ret);
void quality_write(Buf *b, const Quality *q); // one JSON object
// "question ||| answer" as the labelled set has it; false if it is none.
bool quality_split(Str text, Str *ret_question, Str *ret_answer);
