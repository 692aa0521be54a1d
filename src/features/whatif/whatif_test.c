// SPDX-License-Identifier: AGPL-3.0-or-later
#include "whatif/whatif.h"

#include "test.h"

#include <math.h>

#define START_DAY 19000

// The definition, pair by pair.
static double tau_slowly(const TauPair *v, size_t n)
{
	double agree = 0, disagree = 0, x = 0, y = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++) {
			int a = (v[i].x > v[k].x) - (v[i].x < v[k].x), b = (v[i].y > v[k].y) - (v[i].y < v[k].y);
			agree += a * b > 0;
			disagree += a * b < 0;
			x += a != 0;
			y += b != 0;
		}
	return x > 0 && y > 0 ? (agree - disagree) / sqrt(x) / sqrt(y) : NAN;
}

TEST(kendall_tau_is_what_its_definition_says)
{
	uint64_t state = 42;
	TauPair v[60], copy[60], scratch[60];
	for (size_t round = 0; round < 400; round++) {
		size_t n = 2 + round % 58;
		for (size_t i = 0; i < n; i++) {
			state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
			v[i] = (TauPair){(int64_t)(state >> 33) % (int64_t)(1 + round % 30), (int64_t)(state >> 45) % 20};
		}
		memcpy(copy, v, sizeof v);
		double fast = kendall_tau(copy, scratch, n), slow = tau_slowly(v, n);
		assert_true((isnan(fast) && isnan(slow)) || fabs(fast - slow) < 1e-9);
	}
}

static void say(RepLog *log, FactKind kind, uint32_t actor, uint32_t owner, uint32_t asker, uint32_t thread,
				int32_t day)
{
	Ctx *cx = test_ctx();
	RepFact f = {.at_ms = (Time)day * TIME_DAY_MS + (Time)log->facts_n * 60000,
				 .id = (Id)log->facts_n + 1,
				 .kind = (uint8_t)kind,
				 .actor = actor,
				 .subject = kind == FACT_POSTED ? asker : owner,
				 .object = kind == FACT_TOPIC_POSTED ? thread * 2 - 1 : thread * 2,
				 .owner = owner,
				 .thread = thread,
				 .asker = asker,
				 .flags = kind == FACT_TOPIC_POSTED ? REP_QUESTION : REP_ANSWER};
	assert_ok(cx, rep_log_fact(cx, log, &f));
}

#define HELPERS 14
#define ASKERS 60

// Helpers answer every day, later ones more than one; the last three gave up after 40 days.
static RepLog *town(int32_t days)
{
	Ctx *cx = test_ctx();
	RepLog *log = rep_log_new(cx->arena);
	uint32_t n, thread = 0;
	for (uint32_t m = 1; m <= HELPERS + ASKERS; m++)
		assert_ok(cx, rep_log_member(cx, log, &(RepMember){.id = m, .joined_at = (Time)START_DAY * TIME_DAY_MS}, &n));
	for (int32_t day = 0; day < days; day++)
		for (uint32_t who = 1; who <= (day < 40 ? HELPERS : HELPERS - 3); who++) {
			uint32_t asker = HELPERS + 1 + (uint32_t)(day * 7 + (int32_t)who * 3) % ASKERS;
			for (uint32_t k = 0; k < 1 + who / 5; k++) {
				thread++;
				say(log, FACT_TOPIC_POSTED, asker, asker, asker, thread, START_DAY + day);
				say(log, FACT_POSTED, who, who, asker, thread, START_DAY + day);
				if ((day + (int32_t)k) % 3) say(log, FACT_ACCEPTED, asker, who, asker, thread, START_DAY + day);
			}
		}
	rep_log_seal(log);
	return log;
}

static Ruleset *pack(const char *name)
{
	Ruleset *rules;
	assert_ok(test_ctx(), rules_pack(test_ctx(), str_from(name), &rules));
	return rules;
}

TEST(the_same_rules_change_nothing)
{
	Ctx *cx = test_ctx();
	Whatif w;
	assert_ok(cx, rep_whatif(cx, town(250), pack("support-default"), pack("support-default"), START_DAY + 250, &w));
	assert_int_equal(w.moved, 0);
	assert_int_equal(w.moves_n, 0);
	assert_int_equal(w.ranks_gained + w.ranks_lost, 0);
	assert_true(w.tau > 0.999);
	assert_true(w.forecast_known && w.price_known);
	assert_true(w.forecast[0].mean.auc == w.forecast[1].mean.auc);
	assert_int_equal(w.price[0].answers, w.price[1].answers);
}

TEST(other_rules_move_members_and_say_whom)
{
	Ctx *cx = test_ctx();
	Whatif w;
	RepLog *log = town(250);
	assert_ok(cx, rep_whatif(cx, log, pack("support-default"), pack("noisiest"), START_DAY + 250, &w));
	assert_true(w.moved > 0);
	assert_true(w.moves_n > 0);
	assert_true(w.tau < 0.999);
	for (size_t i = 0; i < w.moves_n; i++) {
		const WhatifMove *m = &w.moves[i];
		assert_int_equal(w.before->v[m->member].place, m->place_before);
		assert_int_equal(w.after->v[m->member].place, m->place_after);
	}
}

TEST(a_young_community_has_no_forecast_and_says_so)
{
	Ctx *cx = test_ctx();
	Whatif w;
	assert_ok(cx, rep_whatif(cx, town(20), pack("support-default"), pack("noisiest"), START_DAY + 20, &w));
	assert_false(w.forecast_known);
}

TEST(a_ring_without_genuine_answers_buys_nothing_under_the_default_rules)
{
	Ctx *cx = test_ctx();
	RepLog *log = town(250);
	Time at = (Time)(START_DAY + 250) * TIME_DAY_MS;
	size_t reached;
	for (AttackKind k = ATTACK_NOISE; k <= ATTACK_BIGRING; k++) {
		assert_ok(cx, attack_try(cx, log, pack("support-default"), at, k, 0, &reached));
		assert_int_equal(reached, 0);
	}
	assert_ok(cx, attack_try(cx, log, pack("noisiest"), at, ATTACK_NOISE, 0, &reached));
	assert_int_equal(reached, 5);
}
