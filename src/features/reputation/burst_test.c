// SPDX-License-Identifier: AGPL-3.0-or-later
// A day far above the usual waits, and then counts whole; explanations say how much waits.
#include "explain.h"
#include "reputation_impl.h"

#include "test.h"

#define PEOPLE 60
#define FIRST_DAY 19000
#define DAYS 200

typedef struct Story {
	Ctx *cx;
	RepLog *log;
	Ruleset *rules;
	uint32_t objects, helper;
} Story;

static Story begin(void)
{
	Story s = {.cx = test_ctx(), .log = rep_log_new(test_arena())};
	for (uint32_t m = 1; m <= PEOPLE; m++) {
		uint32_t n;
		RepMember member = {.id = m * 100, .joined_at = (Time)FIRST_DAY * TIME_DAY_MS, .seed = m > 1};
		assert_ok(s.cx, rep_log_member(s.cx, s.log, &member, &n));
	}
	assert_ok(s.cx, rules_pack(s.cx, S("support-default"), &s.rules));
	s.helper = 1;
	return s;
}

// n answers on a day, each accepted by another asker.
static void help(Story *s, int32_t day, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t asker = 2 + (s->objects + i) % (PEOPLE - 1);
		RepFact f = {.at_ms = (Time)day * TIME_DAY_MS + i * TIME_MINUTE_MS,
					 .id = 1000 + (Id)++s->objects * 2,
					 .kind = FACT_POSTED,
					 .actor = s->helper,
					 .subject = asker,
					 .object = s->objects,
					 .owner = s->helper,
					 .thread = s->objects,
					 .asker = asker,
					 .flags = REP_ANSWER};
		assert_ok(s->cx, rep_log_fact(s->cx, s->log, &f));
		f.id++;
		f.at_ms += TIME_SECOND_MS;
		f.kind = FACT_ACCEPTED;
		f.actor = asker;
		f.subject = s->helper;
		assert_ok(s->cx, rep_log_fact(s->cx, s->log, &f));
	}
}

static int64_t credibility(Story *s, int32_t day, bool with_bursts, int64_t *ret_held)
{
	RepScores *scores;
	RepExplanation why;
	Ruleset rules = *s->rules;
	RepAsOf as_of = {.day = day};
	if (!with_bursts) rules.guard.burst = 0;
	assert_ok(s->cx, rep_score(s->cx, s->log, &rules, &as_of, &scores));
	assert_ok(s->cx, rep_explain(s->cx, s->log, &rules, &as_of, scores, s->helper, SCORE_CREDIBILITY, &why));
	int64_t sum = why.start + why.burst_held + why.base_held + why.held + why.lifted;
	for (size_t i = 0; i < why.n; i++) sum += why.v[i].counts;
	assert_int_equal(sum, why.total);
	assert_int_equal(sum, scores->v[s->helper].score[SCORE_CREDIBILITY]);
	if (ret_held) *ret_held = why.burst_held;
	return sum;
}

TEST(a_day_far_above_the_usual_waits_and_then_counts)
{
	Story s = begin();
	int64_t held;
	for (int32_t d = 0; d < 60; d += 2) help(&s, FIRST_DAY + d, 1); // a solution every other day
	rep_log_seal(s.log);
	credibility(&s, FIRST_DAY + 60, true, &held);
	assert_int_equal(held, 0);
	help(&s, FIRST_DAY + 60, 9); // and nine on one day: 135 points
	rep_log_seal(s.log);
	int64_t day = credibility(&s, FIRST_DAY + 60, true, &held), all = credibility(&s, FIRST_DAY + 60, false, NULL);
	assert_int_equal(day - all, held);
	assert_int_equal(held, -(135 - 75) * RULE_UNIT);
	credibility(&s, FIRST_DAY + 61, true, &held);
	assert_true(held < -55 * RULE_UNIT && held > -60 * RULE_UNIT); // a day older
	assert_int_equal(credibility(&s, FIRST_DAY + 62, true, &held), credibility(&s, FIRST_DAY + 62, false, NULL));
	assert_int_equal(held, 0);
}

TEST(who_always_gives_much_never_waits)
{
	Story s = begin();
	int64_t held;
	for (int32_t d = 0; d < 60; d++) help(&s, FIRST_DAY + d, 6 + (uint32_t)d % 3); // 90 to 120 points, each day
	rep_log_seal(s.log);
	credibility(&s, FIRST_DAY + 59, true, &held);
	assert_int_equal(held, 0);
}

// A quiet time counts from the first deed of any kind, and an explanation knows that too (credibility() compares the two).
TEST(the_usual_is_of_all_days_since_the_first_deed)
{
	Story s = begin();
	int64_t held;
	RepFact asked = {.at_ms = (Time)FIRST_DAY * TIME_DAY_MS,
					 .id = 1,
					 .kind = FACT_TOPIC_POSTED,
					 .actor = s.helper,
					 .object = 1,
					 .owner = s.helper,
					 .thread = 1,
					 .asker = s.helper,
					 .flags = REP_QUESTION};
	assert_ok(s.cx, rep_log_fact(s.cx, s.log, &asked));
	s.objects = 1;
	for (int32_t d = 40; d < 50; d++) help(&s, FIRST_DAY + d, 5); // 75 points, each day
	help(&s, FIRST_DAY + 50, 10);
	rep_log_seal(s.log);
	credibility(&s, FIRST_DAY + 50, true, &held);
	assert_true(held < 0 && held > -75 * RULE_UNIT); // more than 75 is usual, over 50 days
}

static uint32_t below(uint64_t *seed, uint32_t n)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % n;
}

TEST(waiting_only_takes_from_the_last_two_days)
{
	uint64_t seed = 11;
	for (int round = 0; round < 60; round++) {
		Story s = begin();
		int64_t held, before;
		int32_t days = 20 + (int32_t)below(&seed, 100), last = FIRST_DAY + days;
		for (int32_t d = 0; d <= days; d++)
			if (!below(&seed, 3)) help(&s, FIRST_DAY + d, 1 + below(&seed, below(&seed, 12) ? 3 : 11));
		rep_log_seal(s.log);
		int64_t with = credibility(&s, last, true, &held), without = credibility(&s, last, false, NULL);
		assert_true(held <= 0 && with <= without);
		assert_int_equal(credibility(&s, last + 2, true, NULL), credibility(&s, last + 2, false, NULL));
		before = with;
		help(&s, last, 1); // one more never lowers it
		rep_log_seal(s.log);
		assert_true(credibility(&s, last, true, NULL) >= before);
	}
}
