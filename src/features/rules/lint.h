// SPDX-License-Identifier: AGPL-3.0-or-later
// The two halves of the linter: rules (lint.c), ranks and what is around (lint_rank.c). Private to rules.
#pragma once
#include "rules/analyse.h"

#define LINT_MAX 512

typedef struct Lint {
	Ctx *cx;
	const Ruleset *rules;
	LintFinding *v;
	size_t n;
} Lint;

PRINTF_LIKE(6, 7)
void lint_say(Lint *l, LintLevel level, int line, Str rule, const char *key, const char *fmt, ...);
void lint_ranks(Lint *l);
bool rule_pays(const Rule *rule); // may give something
bool rule_takes(const Rule *rule);
