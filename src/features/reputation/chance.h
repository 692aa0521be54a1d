// SPDX-License-Identifier: AGPL-3.0-or-later
// How likely is somebody's next answer to be accepted? Their own record, drawn towards the community's by as much as a few
// answers weigh (beta-binomial), with an interval; nothing is said below CHANCE_ANSWERS_MIN answers.
#pragma once
#include "base/ctx.h"

#define CHANCE_ANSWERS_MIN 5
#define CHANCE_PRIOR 12 // answers that the community's rate weighs

// An answer is settled when its question is solved, or after this many days: a young one that is not accepted says nothing.
#define CHANCE_SETTLES_DAYS 14

typedef struct ChanceHistory {
	int64_t answers, accepted; // settled ones, to others
} ChanceHistory;
typedef struct Chance {
	int64_t likely, low, high; // thousandths; the interval covers 90 %
} Chance;
// False: not yet known.
bool chance_of(const ChanceHistory *own, const ChanceHistory *community, Chance *ret_chance);
