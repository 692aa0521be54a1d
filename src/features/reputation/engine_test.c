// SPDX-License-Identifier: AGPL-3.0-or-later
// Properties of the engine over generated histories (reputation.md §6); the others are where they belong: ranks in standing,
// cells in core, the linter in rules.
#include "explain.h"
#include "reputation/story_testkit.h"

#include "test.h"

static void assert_same(const RepScores *a, const RepScores *b, size_t metrics_n)
{
	assert_scores_equal(a, b, metrics_n);
	assert_memory_equal(a->order, b->order, a->n * sizeof *a->order);
}

TEST(p1_adding_facts_one_day_at_a_time_gives_what_a_replay_gives)
{
	FOR_EACH_STORY(s)
	{
		const Ruleset *rules = pack(s, "support-default");
		RepLog *all = log_of(s, s->facts, s->n), *grown = log_of(s, s->facts, s->n / 2);
		for (size_t i = s->n / 2; i < s->n; i += 50) { // late facts are merged into their place
			for (size_t k = i; k < size_min(i + 50, s->n); k++)
				assert_ok(&s->cx, rep_log_fact(&s->cx, grown, &s->facts[k]));
			rep_log_seal(grown);
		}
		assert_same(score(s, all, rules, END_DAY), score(s, grown, rules, END_DAY), rules->metrics_n);
	}
}

TEST(p2_the_order_of_arrival_does_not_matter)
{
	FOR_EACH_STORY(s)
	{
		const Ruleset *rules = pack(s, "stackexchange");
		RepScores *before = score(s, log_of(s, s->facts, s->n), rules, END_DAY);
		for (size_t i = s->n - 1; i > 0; i--) {
			size_t k = story_below(&s->seed, (uint32_t)i + 1);
			RepFact f = s->facts[i];
			s->facts[i] = s->facts[k];
			s->facts[k] = f;
		}
		assert_same(before, score(s, log_of(s, s->facts, s->n), rules, END_DAY), rules->metrics_n);
	}
}

typedef struct DaySum {
	const RepLog *log;
	const Ruleset *rules;
	int64_t by_day[DAYS + 60];
} DaySum;

static void sum_capped(void *arg, const RepLine *line)
{
	DaySum *d = arg;
	for (size_t i = 0; i < d->rules->rules[line->rule].caps_n; i++) {
		const Cap *cap = &d->rules->caps[d->rules->rules[line->rule].caps[i]];
		if (cap->per != CAP_DAY || cap->of != CAP_MEMBER || line->floored) continue;
		d->by_day[line->day - START_DAY] += line->points;
		assert_true(d->by_day[line->day - START_DAY] <= cap->most);
	}
}

TEST(p3_caps_are_never_passed)
{
	FOR_EACH_STORY(s)
	{
		const Ruleset *rules = pack(s, "stackexchange");
		for (size_t i = 0; i < s->n; i++) // everything on few days, so that caps bite
			s->facts[i].at_ms = (Time)(START_DAY + (s->facts[i].at_ms / TIME_DAY_MS) % 2) * TIME_DAY_MS +
								s->facts[i].at_ms % TIME_DAY_MS;
		RepLog *log = log_of(s, s->facts, s->n);
		RepSlices slices;
		assert_ok(&s->cx, rep_slices(&s->cx, log, rules, &slices));
		RepRun *run = rep_run_new(s->arena, log, rules);
		for (uint32_t m = 1; m <= MEMBERS; m++) {
			DaySum d = {log, rules, {0}};
			assert_ok(&s->cx, rep_slice(&s->cx, run, &slices, m, &(RepVisitor){.line = sum_capped, .arg = &d}));
		}
	}
}

TEST(p4_taking_back_restores_the_state_before)
{
	FOR_EACH_STORY(s)
	{
		const Ruleset *rules = pack(s, "support-default");
		RepScores *before = score(s, log_of(s, s->facts, s->n), rules, END_DAY);
		size_t n = s->n;
		for (size_t i = 0; i < n; i += 9) { // a vote by somebody new to the thing, and its undoing
			if (s->facts[i].kind != FACT_POSTED) continue;
			RepFact vote = s->facts[i];
			vote.subject = vote.owner;
			vote.kind = FACT_VOTED_UP;
			vote.actor = 1 + vote.owner % MEMBERS;
			vote.at_ms += 400000000;
			story_add(s, vote);
			vote.kind = FACT_VOTED_UP_UNDONE;
			vote.at_ms += 5000;
			story_add(s, vote);
		}
		RepScores *after = score(s, log_of(s, s->facts, s->n), rules, END_DAY);
		for (uint32_t m = 1; m <= MEMBERS; m++)
			assert_memory_equal(before->v[m].score, after->v[m].score, sizeof before->v[m].score);
	}
}

TEST(p5_the_same_fact_twice_counts_once)
{
	FOR_EACH_STORY(s)
	{
		const Ruleset *rules = pack(s, "support-default");
		RepScores *before = score(s, log_of(s, s->facts, s->n), rules, END_DAY);
		RepLog *twice = log_of(s, s->facts, s->n);
		for (size_t i = 0; i < s->n; i += 2) assert_ok(&s->cx, rep_log_fact(&s->cx, twice, &s->facts[i]));
		rep_log_seal(twice);
		assert_same(before, score(s, twice, rules, END_DAY), rules->metrics_n);
	}
}

TEST(p6_nobody_earns_credibility_by_what_they_do_alone)
{
	FOR_EACH_STORY(s)
	{
		const Ruleset *rules = pack(s, "support-default");
		size_t n = 0;
		for (size_t i = 0; i < s->n; i++) { // one member asks, answers, accepts and votes
			RepFact f = s->facts[i];
			f.actor = f.owner = f.asker = 1;
			f.subject = f.subject ? 1 : 0;
			s->facts[n++] = f;
		}
		RepScores *scores = score(s, log_of(s, s->facts, n), rules, END_DAY);
		int64_t base = rules->guard.base_most;
		assert_true(scores->v[1].score[SCORE_CREDIBILITY] <= rules->scores[SCORE_CREDIBILITY].start + base);
		assert_int_equal(scores->v[1].bucket[BUCKET_TRUSTED] + scores->v[1].bucket[BUCKET_UNTRUSTED], 0);
	}
}

// One account answers the questions of puppets, who all accept and vote for it, on one day or over some time.
static void assert_not_lifted(Story *s, const Ruleset *rules, uint32_t puppets)
{
	RepLog *log = rep_log_new(s->arena);
	uint32_t number, gap_ms = 1 + story_below(&s->seed, (uint32_t)(10 * TIME_DAY_MS / puppets));
	Id id = 0;
	for (uint32_t p = 0; p <= puppets; p++)
		assert_ok(&s->cx, rep_log_member(&s->cx, log, &(RepMember){.id = 1 + p}, &number));
	for (uint32_t p = 0; p < puppets; p++) {
		RepFact f = {.at_ms = (Time)START_DAY * TIME_DAY_MS + p * (int64_t)gap_ms,
					 .id = ++id,
					 .kind = FACT_POSTED,
					 .actor = 1,
					 .subject = 2 + p,
					 .object = p + 1,
					 .owner = 1,
					 .thread = p + 1,
					 .asker = 2 + p,
					 .flags = REP_ANSWER};
		assert_ok(&s->cx, rep_log_fact(&s->cx, log, &f));
		f.kind = FACT_ACCEPTED;
		f.actor = f.asker;
		f.subject = 1;
		f.id = ++id;
		assert_ok(&s->cx, rep_log_fact(&s->cx, log, &f));
		f.kind = FACT_VOTED_UP;
		f.actor = p % 2 ? f.asker : 0; // and some by nobody known
		f.id = ++id;
		assert_ok(&s->cx, rep_log_fact(&s->cx, log, &f));
	}
	rep_log_seal(log);
	RepScores *scores = score(s, log, rules, START_DAY + (int32_t)story_below(&s->seed, 12));
	assert_int_equal(scores->v[1].bucket[BUCKET_TRUSTED], 0);
	assert_true(scores->v[1].score[SCORE_CREDIBILITY] <= rules->guard.allowance + rules->guard.base_most);
}

TEST(p7_puppets_cannot_lift_an_account_above_the_allowance)
{
	FOR_EACH_STORY(s)
	{
		Ruleset *rules = pack(s, "support-default");
		rules->guard.profile = s->verified ? GUARD_VERIFIED : GUARD_OPEN;
		assert_not_lifted(s, rules, 1 + story_below(&s->seed, 100));
		if (story_i_) continue;
		for (rules->guard.profile = GUARD_OPEN; rules->guard.profile <= GUARD_VERIFIED; rules->guard.profile++)
			for (uint32_t puppets = 100; puppets <= 10000; puppets *= 10) assert_not_lifted(s, rules, puppets);
	}
}

TEST(p8_a_new_accepted_answer_never_lowers_its_author)
{
	FOR_EACH_STORY(s)
	{
		const Ruleset *rules = pack(s, "support-default");
		RepScores *before = score(s, log_of(s, s->facts, s->n), rules, END_DAY);
		uint32_t who = 1 + story_below(&s->seed, MEMBERS), asker = 1 + who % MEMBERS;
		RepFact f = {.at_ms = (Time)END_DAY * TIME_DAY_MS,
					 .kind = FACT_POSTED,
					 .actor = who,
					 .subject = asker,
					 .object = 900,
					 .owner = who,
					 .thread = 900,
					 .asker = asker,
					 .flags = REP_ANSWER};
		story_add(s, f);
		f.kind = FACT_ACCEPTED;
		f.actor = asker;
		f.subject = who;
		f.at_ms++;
		story_add(s, f);
		RepScores *after = score(s, log_of(s, s->facts, s->n), rules, END_DAY);
		assert_true(after->v[who].score[SCORE_CREDIBILITY] >= before->v[who].score[SCORE_CREDIBILITY]);
	}
}

TEST(p9_the_lines_of_an_explanation_sum_to_the_score)
{
	static const char *const PACKS[] = {"support-default", "stackexchange", "khoros-default", "noisiest"};
	FOR_EACH_STORY(s)
	{
		const Ruleset *rules = pack(s, PACKS[s->n % COUNTOF(PACKS)]);
		RepLog *log = log_of(s, s->facts, s->n);
		RepScores *scores = score(s, log, rules, END_DAY);
		for (uint32_t m = 1; m <= MEMBERS; m++) {
			for (ScoreKind k = 0; k < SCORES_N; k++) {
				RepExplanation why;
				assert_ok(&s->cx, rep_explain(&s->cx, log, rules, &(RepAsOf){.day = END_DAY}, scores, m, k, &why));
				int64_t sum = why.start + why.burst_held + why.base_held + why.held + why.lifted;
				for (size_t i = 0; i < why.n; i++) sum += why.v[i].counts;
				assert_int_equal(sum, why.total);
				assert_int_equal(sum, scores->v[m].score[k]);
			}
		}
	}
}

TEST(p10_as_of_a_day_gives_what_was_known_that_day)
{
	FOR_EACH_STORY(s)
	{
		const Ruleset *rules = pack(s, "support-default");
		RepLog *all = log_of(s, s->facts, s->n);
		int32_t day = START_DAY + (int32_t)story_below(&s->seed, DAYS);
		Time until = ((Time)day + 1) * TIME_DAY_MS;
		size_t n = 0;
		RepFact *known = ARENA_NEW(s->arena, RepFact, s->n);
		for (size_t i = 0; i < s->n; i++)
			if (s->facts[i].at_ms < until) known[n++] = s->facts[i];
		assert_same(score(s, rep_log_cut(s->arena, all, until), rules, day), score(s, log_of(s, known, n), rules, day),
					rules->metrics_n);
	}
}

TEST(wilson_lower_bound_agrees_with_the_formula)
{
	// 0.95 one-sided, computed apart: 0 of 5, 3 of 5, 50 of 100, 100 of 100
	assert_int_equal(rep_wilson(0, 5), 0);
	assert_in_range(rep_wilson(3, 5), 271, 273);
	assert_in_range(rep_wilson(50, 100), 418, 420);
	assert_in_range(rep_wilson(100, 100), 973, 974);
	assert_int_equal(rep_wilson(0, 0), 0);
}
