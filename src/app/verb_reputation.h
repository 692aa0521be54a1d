// SPDX-License-Identifier: AGPL-3.0-or-later
// What the verbs of reputation have in common: the rules and the history that the options name.
//
//   Opened h = {0};
//   TRY(history_open(app, &h));
//   TRY(rep_score(cx, h.log, h.rules, &(RepAsOf){.day = h.day}, &scores));
//
// Everything lives in the arena of app->cx, and as long as the process: a verb ends with it.
#pragma once
#include "app/app.h"

#include "reputation/reputation.h"

typedef struct Names {
	Ctx *cx;
	RepLog *log;
	Str *handles, *externals; // by member
	Str seeds;
} Names;

typedef struct Opened {
	Ruleset *rules;
	RepLog *log;
	Names names;
	Time until;
	int32_t day;
} Opened;

// --as-of DAY: up to the end of that day; without it, of all that is there, as of the last day on which something was written or
// judged. An option that is given and empty is an error: a script's variable was.
MUST_CHECK Status history_open(App *app, Opened *ret);
void buf_points(Buf *b, int64_t v); // thousandths as a decimal: 12500 is "12.5"
