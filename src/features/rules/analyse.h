// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be known of an expression without running it. Private to rules: the linter and the plain words use it.
//
//   Range r = expr_range(rule->when, &(EventKnown){.ids = {1, 1, 1, 2}});   // if actor, subject and owner are one person
//   if (!r.hi) …                                                             // then it never holds
//
// Ranges are of what each part may be taken alone, so they may be wider than the truth and are never narrower.
#pragma once
#include "rules/compile.h"

typedef struct Range {
	int64_t lo, hi;
} Range;

#define EVENT_IDS_N (EVENT_THREAD_OWNER + 1) // they come first in the table of names

typedef struct EventKnown {
	Id ids[EVENT_IDS_N]; // 0: not known
} EventKnown;

Range expr_range(const Expr *e, const EventKnown *known); // of a fact; NULL is true
// A fact by which somebody says what the work of another is worth, and not the work itself.
bool fact_judges(FactKind kind);
// True if whoever brings the fact about can be the one who is credited.
bool rule_self(const Rule *rule);
// True if its `when` holds for no fact, as far as it shows: `value > 5 && value < 3`, `actor == subject && actor != subject`.
bool rule_never(const Rule *rule);

// What an expression asks for when it is a row of "and"s: least and most of each name.
#define MEMBER_NAMES_MAX (MEMBER_VARS_N + 3 * METRICS_MAX)
typedef struct Bounds {
	int64_t low[MEMBER_NAMES_MAX], high[MEMBER_NAMES_MAX];
	bool asked[MEMBER_NAMES_MAX]; // named in one of the simple parts
	size_t n;                     // names there are
	size_t other;                 // parts that are anything else
} Bounds;
void expr_bounds(size_t names, const Expr *e, Bounds *ret_bounds);
bool expr_names(const Expr *e, int32_t var);

// Where the part that ends in step `at` begins. The operands of a step are the parts that end before it.
size_t expr_part_start(const Expr *e, size_t at);
