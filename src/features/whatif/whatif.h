// SPDX-License-Identifier: AGPL-3.0-or-later
// Before rules are published: what would they have done to the history? Who moves, which ranks are lost and gained, whether
// the new order foretells better, and what a place would cost an attacker, each before and after.
#pragma once
#include "whatif/attack.h"
#include "whatif/forecast.h"

#define WHATIF_MOVES 50 // members listed

typedef struct WhatifMove {
	uint32_t member;
	uint32_t place_before, place_after;
	uint8_t rank_before, rank_after; // indexes of each ruleset's ranks + 1
	int64_t score_before, score_after;
} WhatifMove;
typedef struct Whatif {
	WhatifMove moves[WHATIF_MOVES]; // the largest first: change of place near the top weighs more
	size_t moves_n;
	size_t counted, moved;           // members with facts; of these, with another place
	size_t ranks_gained, ranks_lost; // members whose rank's name is new, or gone
	double tau;                      // Kendall's tau-b between the two orders; NaN where one has no order
	bool forecast_known;             // enough history to judge
	Forecast forecast[2];            // before, after; at 91 days before the end
	bool price_known;
	AttackPrice price[2];
	RepScores *before, *after;
} Whatif;
MUST_CHECK Status rep_whatif(Ctx *cx, const RepLog *log, const Ruleset *before, const Ruleset *after, int32_t day,
							 Whatif *ret);
// Who moves only: without forecast and price, which take many scorings more.
MUST_CHECK Status rep_whatif_moves(Ctx *cx, const RepLog *log, const Ruleset *before, const Ruleset *after, int32_t day,
								   Whatif *ret);
// Tau-b of pairs (x, y), in O(n log n). Changes the order of v.
typedef struct TauPair {
	int64_t x, y;
} TauPair;
double kendall_tau(TauPair *v, TauPair *scratch, size_t n);
