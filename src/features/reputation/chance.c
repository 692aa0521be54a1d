// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chance.h"

#include "rules/rules.h"

bool chance_of(const ChanceHistory *own, const ChanceHistory *community, Chance *ret_chance)
{
	if (own->answers < CHANCE_ANSWERS_MIN || community->answers <= 0) return false;
	int64_t n = own->answers + CHANCE_PRIOR;
	int64_t prior = community->accepted * RULE_UNIT / community->answers;
	int64_t likely = (i64_min(own->accepted, own->answers) * RULE_UNIT + CHANCE_PRIOR * prior) / n;
	// z = 1.645 times the standard deviation of the beta posterior, sqrt(p (1 - p) / (n + 1)).
	int64_t variance = likely * (RULE_UNIT - likely) / (n + 1); // 1e-6
	int64_t wide = 1645 * rule_isqrt(variance * RULE_UNIT) / RULE_UNIT / RULE_UNIT;
	*ret_chance = (Chance){likely, i64_max(0, likely - wide), i64_min(RULE_UNIT, likely + wide)};
	return true;
}
