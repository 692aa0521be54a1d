// SPDX-License-Identifier: AGPL-3.0-or-later
// Why a member has a score: each fact with its rule, what it gave, what was capped, how much has faded, and what the guard
// holds back. The parts sum to the score, exactly.
#pragma once
#include "known.h"

typedef struct RepReason {
	RepLine line;
	int64_t counts; // its part of the score as of the day, thousandths
} RepReason;
typedef struct RepExplanation {
	RepReason *v; // oldest first
	size_t n;
	int64_t start;                    // what everybody starts with
	int64_t base_held;                // <= 0: base credit above its bound
	int64_t burst_held;               // <= 0: of a day far above the usual, until it has waited
	int64_t held;                     // <= 0: credit that nobody trusted matches
	int64_t lifted;                   // >= 0: up to the floor
	int64_t total;                    // the score: start + sum of counts + burst_held + base_held + held + lifted
	int64_t facts_undone, facts_gone; // taken back, deleted: they count nothing
} RepExplanation;
MUST_CHECK Status rep_explain(Ctx *cx, const RepLog *log, const Ruleset *rules, const RepAsOf *as_of,
							  const RepScores *scores, uint32_t member, ScoreKind score, RepExplanation *ret);

// The same of one member between the passes, with the score and the evidence: the slice is gone through once for all of it.
MUST_CHECK Status rep_one_explain(RepOne *one, uint32_t member, ScoreKind score, RepScore *ret_score,
								  RepEvidence *ret_evidence, RepExplanation *ret);
// What of it belongs to an area, by itself: the lines are those of `all`, but fade and wait as the area's.
MUST_CHECK Status rep_explain_area(const RepOne *one, const RepExplanation *all, uint32_t member, ScoreKind score,
								   uint32_t area, RepExplanation *ret);
// The totals alone, of several areas (each once) in one go; 0 for area 0.
typedef struct RepAreas {
	const uint32_t *v;
	size_t n;
	int64_t *totals;
} RepAreas;
MUST_CHECK Status rep_area_totals(const RepOne *one, const RepExplanation *all, uint32_t member, ScoreKind score,
								  RepAreas areas);
