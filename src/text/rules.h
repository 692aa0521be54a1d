// SPDX-License-Identifier: AGPL-3.0-or-later
// What people say in fixed phrases: wishes, complaints, thanks, threats to leave, urgency, abuse, questions. No free
// training set says enough about these, so lists of phrases (rules_words.c) do, each with a weight; the analyser adds
// what the heads know. Measured on the development sets and on sentences written for it (docs/text.md).
//
//   const RuleBook *book = rules_new(arena);      // once: hashes the phrases
//   rules_match(book, scan, &hits);               // hits.sum[RULE_IDEA] in tenths
//
// A phrase is one to four words that follow one another within a sentence. Linear; a book may be shared by threads.
#pragma once
#include "text/token.h"

typedef enum Rule {
	RULE_QUESTION,
	RULE_COMPLAINT,
	RULE_PRAISE,
	RULE_IDEA,
	RULE_PURCHASE,
	RULE_CHURN,
	RULE_THANKS,
	RULE_SPAM,
	RULE_URGENT,
	RULE_OFFENSIVE,
	RULE_N
} Rule;

typedef struct Phrase {
	const char *words;
	Rule rule;
	int8_t weight; // tenths of a logit
} Phrase;
extern const Phrase PHRASES[];
extern const size_t PHRASES_N;

#define RULE_EVIDENCE_MAX 6

typedef struct RuleHits {
	int sum[RULE_N], count[RULE_N];
	bool first[RULE_N]; // at the beginning of a sentence
	int question_marks;
	struct {
		uint32_t from, to; // tokens
		Rule rule;
	} evidence[RULE_EVIDENCE_MAX];
	size_t evidence_n;
} RuleHits;

typedef struct RuleBook RuleBook;
const RuleBook *rules_new(Arena *a);
void rules_match(const RuleBook *book, const TextScan *scan, RuleHits *ret);
