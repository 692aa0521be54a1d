// SPDX-License-Identifier: AGPL-3.0-or-later
// Attacks on the board (whatif/attack.h) at four times of the history, with and without verified customers, and what
// the guard costs where nobody attacks. Seeds are found as the product does where an operator names none.
#include "quality.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DRAWS 5 // of who is a verified customer

typedef struct Named {
	const char *name;
	AttackKind kind;
	int genuine;
	double most[GUARD_VERIFIED + 1]; // of the five that may get through, by profile
} Named;

static const Named ATTACKS[] = {{"noise", ATTACK_NOISE, 0, {NAN, NAN, 0, 0}},
								{"ring", ATTACK_RING, 0, {NAN, NAN, 0, 0}},
								{"bigring", ATTACK_BIGRING, 0, {NAN, NAN, 0, 0}},
								{"adapt1 (bigring after 1 genuine answer each)", ATTACK_BIGRING, 1, {NAN, NAN, NAN, .5}},
								{"adapt3", ATTACK_BIGRING, 3, {NAN, NAN, NAN, NAN}}};

typedef struct Guarded {
	const char *how;
	GuardProfile profile;
	unsigned percent; // of the real members are verified
	double ndcg;      // the forecast's must
} Guarded;

static const Guarded GUARDED[] = {{"nobody verified", GUARD_OPEN, 0, .80},
								  {"20 % of members verified customers", GUARD_VERIFIED, 20, .81},
								  {"40 % of members verified customers", GUARD_VERIFIED, 40, .81},
								  {"no guard, to compare", GUARD_OFF, 0, NAN}};

static unsigned draws_of(const Guarded *g) { return g->percent ? DRAWS : 1; }

static void verify(Quality *q, unsigned percent, unsigned draw)
{
	for (uint32_t m = 1; m <= q->log->members_n; m++)
		q->log->members[m].verified = (m + draw * 7919) * UINT32_C(2654435761) % 100 < percent;
}

// The mean over who is verified.
static double attack_at(Quality *q, const Named *attack, const Guarded *g, int percent)
{
	double sum = 0;
	Ruleset rules = *quality_pack(q, "support-default");
	rules.guard.profile = g->profile;
	for (unsigned draw = 0; draw < draws_of(g); draw++) {
		size_t n = 0;
		verify(q, g->percent, draw);
		if (attack_try(q->cx, q->log, &rules, quality_split(q->log, percent), attack->kind, attack->genuine, &n) != ST_OK) exit(1);
		sum += (double)n;
	}
	return sum / draws_of(g);
}

static void attack_row(Quality *q, const Named *attack, const Guarded *g)
{
	char what[160], each[100] = "";
	double sum = 0;
	for (int i = 0; i < QUALITY_SPLITS; i++) {
		size_t at = strlen(each);
		double n = attack_at(q, attack, g, 40 + 10 * i);
		sum += n;
		snprintf(each + at, sizeof each - at, "%s%g", i ? " " : "", n);
	}
	snprintf(what, sizeof what, "attack %s, of 5 in the first ten, %s", attack->name, g->how);
	quality_row(q, what, sum / QUALITY_SPLITS, attack->most[g->profile], NAN, true, "at 40, 50, 60, 70 %%: %s", each);
}

static void guard_row(Quality *q, const Guarded *g)
{
	Ruleset rules = *quality_pack(q, "support-default");
	double ndcg = 0, auc = 0;
	char what[160];
	rules.guard.profile = g->profile;
	for (unsigned i = 0; i < QUALITY_SPLITS * draws_of(g); i++) {
		Forecast f;
		ForecastArgs args = {.at = quality_split(q->log, 40 + 10 * (int)(i % QUALITY_SPLITS)), .horizon_days = 91, .k = 10};
		verify(q, g->percent, i / QUALITY_SPLITS);
		if (rep_forecast(q->cx, q->log, &rules, &args, &f) != ST_OK) exit(1);
		ndcg += f.mean.ndcg / QUALITY_SPLITS / draws_of(g);
		auc += f.mean.auc / QUALITY_SPLITS / draws_of(g);
	}
	snprintf(what, sizeof what, "forecast, NDCG@10, %s", g->how);
	quality_row(q, what, ndcg, g->ndcg, NAN, false, "AUC %.3f", auc);
}

void quality_attacks(Quality *q)
{
	for (size_t k = 0; k < COUNTOF(ATTACKS); k++)
		for (size_t i = 0; i < COUNTOF(GUARDED); i++) attack_row(q, &ATTACKS[k], &GUARDED[i]);
	for (size_t i = 0; i < COUNTOF(GUARDED); i++) guard_row(q, &GUARDED[i]);
	verify(q, 0, 0);
}
