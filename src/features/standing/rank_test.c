// SPDX-License-Identifier: AGPL-3.0-or-later
// P11: who is about a threshold does not gain and lose a rank from day to day, over invented courses of scores. HEARTH_HISTORIES
// says how many.
#include "standing/model.h"

#include "test.h"

#define COURSES 300
#define STEPS 400
#define START_DAY 19000

static uint64_t next(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(2685821657736338717);
}
static uint32_t below(uint64_t *state, uint32_t n) { return (uint32_t)(next(state) >> 33) % n; }

static size_t courses(void)
{
	const char *text = getenv("HEARTH_HISTORIES");
	int64_t n = COURSES;
	if (text) str_int(str_from(text), 1, 1000000, &n);
	return (size_t)n;
}

typedef struct Course {
	uint64_t seed;
	const Ruleset *rules;
	RepMember member;
	RepScore score;
	int64_t metrics[2][METRICS_MAX];
	int64_t community[METRICS_MAX];
	StandingRow row;
	Time now, changed_at;
	size_t losses;
} Course;

// Up and down about where ranks begin: everything a formula may ask moves a little, now and then a lot.
static void wander(Course *c)
{
	uint32_t step = below(&c->seed, 20) ? 40 : 400;
	for (size_t k = 0; k < SCORES_N; k++)
		c->score.score[k] = i64_max(0, c->score.score[k] +
										   ((int64_t)below(&c->seed, 2 * step + 1) - (int64_t)step) * RULE_UNIT / 4);
	for (size_t i = 0; i < c->rules->metrics_n; i++) {
		int64_t to = c->score.metric[i] + ((int64_t)below(&c->seed, 5) - 2) * RULE_UNIT * (below(&c->seed, 9) ? 1 : 8);
		if (c->rules->metrics[i].kind == METRIC_RATIO) to = (int64_t)below(&c->seed, RULE_UNIT + 1);
		c->score.metric[i] = i64_max(0, to);
		c->score.lcb[i] = c->score.metric[i] / 2;
	}
}

static bool kept(const Course *c, int64_t rank, const int64_t *vars)
{
	const Rank *r = &c->rules->ranks[rank - 1];
	return expr_true(r->when, vars) || (r->keep && expr_true(r->keep, vars));
}

static void look(Course *c)
{
	int64_t vars[REP_MEMBER_VARS_MAX], before = c->row.rank;
	int32_t day = rep_day(c->now);
	RankAsk ask = {.rules = c->rules,
				   .member = &c->member,
				   .score = &c->score,
				   .community = c->community,
				   .day = day,
				   .now = c->now};
	rep_member_vars(c->rules, &c->member, &c->score, c->community, day, vars);
	bool changed = standing_rank(&ask, &c->row);
	assert_int_equal(changed, c->row.rank != before);
	if (!changed) return;
	assert_int_equal(c->row.rank_since, c->now);
	if (c->row.rank > before) assert_true(expr_true(c->rules->ranks[c->row.rank - 1].when, vars));
	else {
		Time grace = c->rules->ranks[before - 1].grace_days * TIME_DAY_MS;
		assert_false(kept(c, before, vars));
		assert_true(c->now - c->changed_at >= grace); // so it is at most once in that time
		c->losses++;
	}
	c->changed_at = c->now;
}

TEST(p11_a_rank_is_lost_at_most_once_in_its_time_of_grace)
{
	static const char *const PACKS[] = {"support-default", "khoros-default", "discourse"};
	Ctx *cx = test_ctx();
	size_t losses = 0;
	for (size_t i = 0; i < courses(); i++) {
		AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
		Ctx own = *cx;
		own.arena = a;
		Ruleset *rules;
		assert_ok(&own, rules_pack(&own, str_from(PACKS[i % COUNTOF(PACKS)]), &rules));
		Course c = {.seed = 88172645463325252u + i * 7919, .rules = rules};
		c.now = (Time)START_DAY * TIME_DAY_MS;
		c.score.metric = c.metrics[0];
		c.score.lcb = c.metrics[1];
		c.member = (RepMember){.id = 1, .joined_at = c.now - 400 * TIME_DAY_MS};
		for (size_t k = 0; k < STEPS; k++) {
			wander(&c);
			look(&c);
			c.now += 1 + below(&c.seed, 5) * TIME_DAY_MS / 2;
		}
		losses += c.losses;
	}
	assert_true(losses > 0); // else nothing was shown
}
