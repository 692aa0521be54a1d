// SPDX-License-Identifier: AGPL-3.0-or-later
// What ranks give; part of rules.h.
#pragma once
#include "rules/rules.h"

// What the grants of a rank mean. Ranks do not inherit: each says all that it gives.
typedef struct RankGives {
	unsigned rights, in_areas; // of Right (core/site.h): everywhere, in the areas of the member
	int votes_a_day;           // 0: no limit
	Str label;                 // shown beside the name instead of the rank's; or absent
	bool programme;            // proposed for the superuser programme
} RankGives;
// False, with the reason, for what is no grant.
bool rank_grant_parse(Str grant, RankGives *gives, const char **ret_wrong);
RankGives rank_gives(const Rank *rank);
bool rank_gives_any(const Rank *rank);
// "the label “expert”, up to 40 kudos a day and the right to …"; nothing if it gives nothing.
void rank_grants_write(Buf *b, const Rank *rank);
