// SPDX-License-Identifier: AGPL-3.0-or-later
// However many threads there are and however many rulesets at once: what is found of everybody is the same.
#include "reputation/story_testkit.h"

#include "test.h"

static void assert_same(const RepScores *a, const RepScores *b, size_t metrics_n)
{
	assert_scores_equal(a, b, metrics_n);
	assert_memory_equal(a->order, b->order, a->n * sizeof *a->order);
	assert_int_equal(a->clips, b->clips);
	assert_int_equal(a->profile, b->profile);
	assert_int_equal(a->auto_seeds, b->auto_seeds);
	assert_int_equal(!a->trust.since, !b->trust.since);
	if (a->trust.since) assert_memory_equal(a->trust.since, b->trust.since, (a->n + 1) * 4 * sizeof *a->trust.since);
}

TEST(threads_do_not_change_what_is_found)
{
	FOR_EACH_STORY(s)
	{
		Ruleset *rules = pack(s, "support-default");
		rules->guard.profile = (GuardProfile)(s->n % 4);
		RepLog *log = log_of(s, s->facts, s->n);
		RepScores *alone, *many;
		assert_ok(&s->cx, rep_score(&s->cx, log, rules, &(RepAsOf){.day = END_DAY, .workers = 1}, &alone));
		assert_ok(&s->cx, rep_score(&s->cx, log, rules, &(RepAsOf){.day = END_DAY, .workers = 3}, &many));
		assert_same(alone, many, rules->metrics_n);
	}
}

TEST(two_rulesets_at_once_give_what_each_gives)
{
	static const char *const OTHERS[] = {"support-default", "stackexchange", "noisiest", "khoros-default"};
	FOR_EACH_STORY(s)
	{
		RepScores *both[2];
		RepLog *log = log_of(s, s->facts, s->n);
		Ruleset *rules[2] = {pack(s, "support-default"), pack(s, OTHERS[s->n % COUNTOF(OTHERS)])};
		GuardProfile profile = story_below(&s->seed, 2) ? GUARD_OPEN : GUARD_VERIFIED;
		rules[0]->guard.profile = profile;
		if (story_below(&s->seed, 2)) rules[1]->guard = rules[0]->guard;
		rules[1]->guard.allowance += 1000;
		RepAsOf as_of = {.day = END_DAY, .workers = 1 + story_below(&s->seed, 2)};
		assert_ok(&s->cx, rep_score_each(&s->cx, log, (const Ruleset *const *)rules, 2, &as_of, both));
		for (int i = 0; i < 2; i++) assert_same(both[i], score(s, log, rules[i], END_DAY), rules[i]->metrics_n);
	}
}

static void know(Story *s, RepLog *log, const RepScores *scores)
{
	uint32_t n;
	log->trust = ARENA_NEW(s->arena, RepMemberTrust, log->members_n + 1);
	for (uint32_t m = 1; m <= log->members_n; m++) log->trust[m] = rep_trust_of(log, scores, m);
	for (size_t f = 0; f < log->facts_n && scores->trust.vouched; f++)
		if (rep_vouched(&scores->trust, (uint32_t)f))
			assert_ok(&s->cx, idmap_number(&s->cx, &log->vouched, log->facts[f].id, &n));
}

TEST(each_slice_with_the_trust_found_gives_what_was_found_of_all)
{
	FOR_EACH_STORY(s)
	{
		Ruleset *rules = pack(s, "support-default");
		rules->guard.profile = (GuardProfile)(story_below(&s->seed, 4));
		RepLog *log = log_of(s, s->facts, s->n);
		RepScores *all = score(s, log, rules, END_DAY);
		RepAsOf as_of = {.day = END_DAY};
		RepOne *one, *after;
		assert_ok(&s->cx, rep_one_after(&s->cx, log, rules, &as_of, all, &after));
		know(s, log, all);
		assert_ok(&s->cx, rep_one_new(&s->cx, log, rules, &as_of, all->profile, &one));
		for (uint32_t m = 1; m <= MEMBERS; m++) {
			RepScore a, b;
			RepEvidence x, y;
			assert_ok(&s->cx, rep_one(one, m, &a, &x));
			assert_ok(&s->cx, rep_one(after, m, &b, &y));
			assert_score_equal(&a, &b, rules->metrics_n);
			assert_memory_equal(a.score, all->v[m].score, sizeof a.score);
			assert_int_equal(x.answers, y.answers);
			assert_int_equal(x.kept, y.kept);
			assert_int_equal(x.settled_kept, y.settled_kept);
			assert_int_equal(rep_one_has_facts(one, m), rep_one_has_facts(after, m));
		}
	}
}

#define MANY_FACTS 60000
#define MANY_MEMBERS 3000

static RepLog *many(Ctx *cx)
{
	uint64_t seed = 77;
	uint32_t number;
	RepLog *log = rep_log_new(cx->arena);
	for (uint32_t m = 1; m <= MANY_MEMBERS; m++)
		assert_ok(cx, rep_log_member(cx, log, &(RepMember){.id = m, .staff = m % 7 == 0}, &number));
	for (uint32_t i = 0; i < MANY_FACTS; i++) {
		static const uint8_t KINDS[] = {FACT_POSTED, FACT_VOTED_UP, FACT_ACCEPTED, FACT_EDITED};
		uint32_t owner = 1 + story_below(&seed, 1 + story_below(&seed, MANY_MEMBERS));
		RepFact f = {.at_ms = (Time)START_DAY * TIME_DAY_MS + i * TIME_MINUTE_MS,
					 .id = 1 + i,
					 .kind = KINDS[story_below(&seed, COUNTOF(KINDS))],
					 .actor = story_below(&seed, MANY_MEMBERS + 1),
					 .subject = owner,
					 .owner = owner,
					 .object = 1 + story_below(&seed, MANY_FACTS / 4),
					 .asker = 1 + story_below(&seed, MANY_MEMBERS),
					 .flags = REP_ANSWER};
		assert_ok(cx, rep_log_fact(cx, log, &f));
	}
	rep_log_seal(log);
	return log;
}

static bool concerns(const RepFact *f, uint32_t m)
{
	return f->actor == m || f->subject == m || f->owner == m || f->asker == m;
}

TEST(slices_of_many_have_each_fact_in_its_place)
{
	Ctx *cx = test_ctx();
	Ruleset *rules;
	RepSlices slices;
	RepLog *log = many(cx);
	assert_ok(cx, rules_pack(cx, S("support-default"), &rules));
	assert_ok(cx, rep_slices(cx, log, rules, &slices));
	size_t votes = 0, found = 0;
	for (size_t i = 0; i < log->facts_n; i++) votes += log->facts[i].kind == FACT_VOTED_UP; // each for one member
	for (uint32_t m = 1; m <= MANY_MEMBERS; m++) {
		for (uint32_t i = slices.starts[m]; i < slices.starts[m + 1]; i++) {
			const RepGist *g = &slices.gists[i];
			const RepFact *f = &log->facts[g->fact];
			assert_true(concerns(f, m));
			assert_true(i == slices.starts[m] || g->fact > slices.gists[i - 1].fact);
			assert_int_equal(g->day, rep_day(f->at_ms));
			assert_int_equal(g->object, f->object);
			found += f->kind == FACT_VOTED_UP;
		}
	}
	assert_int_equal(found, votes);
}

TEST(many_facts_give_the_same_by_any_number_of_threads)
{
	Ctx *cx = test_ctx();
	Ruleset *rules;
	RepScores *scores[3];
	RepLog *log = many(cx);
	assert_ok(cx, rules_pack(cx, S("support-default"), &rules));
	for (unsigned i = 0; i < 3; i++)
		assert_ok(cx, rep_score(cx, log, rules, &(RepAsOf){.day = START_DAY + 50, .workers = 1 + 3 * i}, &scores[i]));
	for (unsigned i = 1; i < 3; i++) assert_same(scores[0], scores[i], rules->metrics_n);
}
