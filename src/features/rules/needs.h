// SPDX-License-Identifier: AGPL-3.0-or-later
// Part of rules.h, which includes it last.
#pragma once
#include "rules/rules.h"

// What a formula of a rank or badge asks for, part by part, and what a member has of it; vars as the engine fills them.
typedef struct Need {
	Str text; // "5 or more solutions"
	bool met;
	bool counted;       // two numbers are compared:
	int64_t have, need; // thousandths
	bool least;         // `need` is the least that will do, else the most
	bool share;         // of a ratio: hundredths of 100 are meant
} Need;
typedef struct Needs {
	Need *v;
	size_t n;
} Needs;
MUST_CHECK Status rules_needs(Ctx *cx, const Ruleset *rules, const Expr *e, const int64_t *vars, Needs *ret_needs);
