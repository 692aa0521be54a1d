// SPDX-License-Identifier: AGPL-3.0-or-later
// Expressions and amounts in plain English. Private to rules; describe.c makes sentences of them.
#pragma once
#include "rules/analyse.h"

void words_when(Buf *b, const Rule *rule);                      // "it is an answer and it comes from somebody else"
void words_member(Buf *b, const Ruleset *rules, const Expr *e); // "5 or more solutions and credibility of 30 or more"
void words_names(Buf *b, const Expr *e);                        // what the amount of a fact depends on: "a, b and c"
void words_event(Buf *b, FactKind kind, RuleCredit credit);     // "your answer is marked as the solution"
void words_number(Buf *b, int64_t thousandths);                 // "1 point" is number and words_s
const char *words_s(int64_t thousandths);                       // "" after one, else "s"
void words_join(Buf *b, size_t i, size_t n, const char *last);  // what stands before the i-th of n: ", " or " and "
void words_title(Buf *b, Str title, Str id); // the title; without one "solution-by-staff" is "Solution by staff"
