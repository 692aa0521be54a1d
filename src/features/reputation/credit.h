// SPDX-License-Identifier: AGPL-3.0-or-later
// One member's scores under one ruleset, in two steps, since trust depends on all members: what their slice gives (rep_credit_member),
// with an entry for each judgement; and, once the guard's pass has said which are trusted, the credibility (rep_credit_close).
//
// A RepRated is shared by all that work at a ruleset, each with a RepCrediting of its own. Private to reputation.
#pragma once
#include "guard.h"

typedef struct RepRated { // a ruleset over a history
	const RepLog *log;
	const Ruleset *rules;
	const RepAsOf *as_of;
	const RepSlices *slices;
	RepScores *out;
	Decay decay[SCORES_N];
	RepPart *parts;    // entries by part, while the pass is still to come
	uint64_t *trusted; // what the pass says of them
	int32_t *begun;    // by member, for the same time: the first day on which anything was earned
	bool known;        // trust is what an earlier pass found (known.h)
	bool later;        // trust is found by a pass between the two steps
} RepRated;

typedef struct RepDayCell { // what one day gave, but for what may be trusted or not
	int64_t base, other[SCORES_N];
	int32_t day;
	bool open;
} RepDayCell;

typedef struct RepCrediting {
	Ctx *cx;
	RepRated *rated;
	RepRun *run;
	RepMetrics metrics;
	RepMatched *v; // entries of the members at work
	size_t n, cap, expected;
	uint32_t member;
	int32_t begun;
	RepDayCell cell;
	int64_t sum[SCORES_N], base, clips;
	RepBurst burst;
	bool full;
	const RepVisitor *also; // who else wants to hear of the slice
} RepCrediting;

// Decay and the mode; `out` and `slices` are there.
void rep_rated_begin(Arena *a, RepRated *r);
RepCrediting *rep_crediting_new(Ctx *cx, RepRated *rated);
// Unless the pass is still to come, the score is whole after this; else the entries are added to those at work.
MUST_CHECK Status rep_credit_member(RepCrediting *c, uint32_t member, RepScore *score);
void rep_credit_close(RepCrediting *c, const RepMatched *v, size_t n, int32_t begun, RepScore *score);
