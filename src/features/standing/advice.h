// SPDX-License-Identifier: AGPL-3.0-or-later
// What would raise a score and what would not, read off the rules in force: other rules, other advice.
//
//   Advice advice;
//   why_advice(rules, SCORE_CREDIBILITY, &advice);
//   advice.raises[0].rule …                          // what gives most, the first time
//   if (advice.unpaid[UNPAID_WRITING]) …             // writing more gives nothing by itself
#pragma once
#include "rules/rules.h"

typedef enum Unpaid { UNPAID_WRITING, UNPAID_VISITS, UNPAID_JUDGING, UNPAID_FRIENDS, UNPAID_REPEATS, UNPAID_N } Unpaid;
const char *unpaid_key(Unpaid u); // a message

typedef struct Raise {
	const Rule *rule;
	int64_t worth; // thousandths, for whom it is the first of its kind
} Raise;

typedef struct Advice {
	Raise raises[RULES_MAX]; // most first
	size_t n;
	bool many_people; // helping the same person again counts less
	bool unpaid[UNPAID_N];
} Advice;
void why_advice(const Ruleset *rules, ScoreKind score, Advice *ret);
