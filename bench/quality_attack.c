// SPDX-License-Identifier: AGPL-3.0-or-later
// Attacks on the board (whatif/attack.h) at four times of the history, with and without verified customers, and what
// the guard costs where nobody attacks. Seeds are found as the product does where an operator names none.
#include "quality.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VERIFIED_PERCENT 40 // of the real members

typedef struct Named {
	const char *name;
	AttackKind kind;
	int genuine;
	bool bound; // none may get through
} Named;

static const Named ATTACKS[] = {{"noise", ATTACK_NOISE, 0, true},
								{"ring", ATTACK_RING, 0, true},
								{"bigring", ATTACK_BIGRING, 0, true},
								{"adapt1 (bigring after 1 genuine answer each)", ATTACK_BIGRING, 1, false},
								{"adapt3", ATTACK_BIGRING, 3, false}};

static void attack_row(Quality *q, const Named *attack, GuardProfile profile, const char *how)
{
	char what[160], each[100] = "";
	double sum = 0;
	Ruleset rules = *quality_pack(q, "support-default");
	rules.guard.profile = profile;
	for (int i = 0; i < QUALITY_SPLITS; i++) {
		size_t n = 0, at = strlen(each);
		if (attack_try(q->cx, q->log, &rules, quality_split(q->log, 40 + 10 * i), attack->kind, attack->genuine, &n) != ST_OK) exit(1);
		sum += (double)n;
		snprintf(each + at, sizeof each - at, "%s%zu", i ? " " : "", n);
	}
	snprintf(what, sizeof what, "attack %s, of 5 in the first ten, %s", attack->name, how);
	bool bound = attack->bound && profile != GUARD_OFF;
	quality_row(q, what, sum / QUALITY_SPLITS, bound ? 0 : NAN, NAN, true, "at 40, 50, 60, 70 %%: %s", each);
}

static void verify(Quality *q, bool some)
{
	for (uint32_t m = 1; m <= q->log->members_n; m++)
		q->log->members[m].verified = some && m * UINT32_C(2654435761) % 100 < VERIFIED_PERCENT;
}

static void guard_row(Quality *q, GuardProfile profile, const char *what)
{
	Ruleset rules = *quality_pack(q, "support-default");
	double ndcg = 0, auc = 0;
	rules.guard.profile = profile;
	for (int i = 0; i < QUALITY_SPLITS; i++) {
		Forecast f;
		ForecastArgs args = {.at = quality_split(q->log, 40 + 10 * i), .horizon_days = 91, .k = 10};
		if (rep_forecast(q->cx, q->log, &rules, &args, &f) != ST_OK) exit(1);
		ndcg += f.mean.ndcg / QUALITY_SPLITS;
		auc += f.mean.auc / QUALITY_SPLITS;
	}
	quality_row(q, what, ndcg, NAN, NAN, false, "AUC %.3f", auc);
}

void quality_attacks(Quality *q)
{
	for (size_t k = 0; k < COUNTOF(ATTACKS); k++) {
		attack_row(q, &ATTACKS[k], GUARD_OPEN, "nobody verified");
		verify(q, true);
		attack_row(q, &ATTACKS[k], GUARD_VERIFIED, "40 % of members verified customers");
		verify(q, false);
		attack_row(q, &ATTACKS[k], GUARD_OFF, "no guard, to compare");
	}
	guard_row(q, GUARD_OFF, "forecast with the guard off, NDCG@10");
	guard_row(q, GUARD_OPEN, "forecast with the guard on, nobody verified, NDCG@10");
	verify(q, true);
	guard_row(q, GUARD_VERIFIED, "forecast with the guard on, 40 % verified, NDCG@10");
	verify(q, false);
}
