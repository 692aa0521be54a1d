// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is trusted to say that somebody helps. Members 1 and 2 are seeds; each topic has one answer.
#include "reputation/story_testkit.h"

#include "test.h"

typedef struct Told {
	Story *s;
	RepLog *log;
	uint32_t topics;
} Told;

static Told told_new(void)
{
	Story *s = story_new(1);
	s->seeds = true;
	s->verified = false;
	return (Told){s, log_of(s, NULL, 0), 0};
}

static void say(const Told *t, FactKind kind, uint32_t actor, uint32_t owner, uint32_t asker)
{
	RepFact f = {.at_ms = (Time)START_DAY * TIME_DAY_MS + (Time)t->log->facts_n * TIME_HOUR_MS,
				 .id = (Id)t->log->facts_n + 1,
				 .kind = (uint8_t)kind,
				 .actor = actor,
				 .subject = kind == FACT_POSTED ? asker : owner,
				 .object = t->topics,
				 .owner = owner,
				 .thread = t->topics,
				 .asker = asker,
				 .flags = REP_ANSWER};
	assert_ok(&t->s->cx, rep_log_fact(&t->s->cx, t->log, &f));
}

// An answer that somebody found good; 0: nobody knows who.
static void help(Told *t, uint32_t owner, uint32_t asker, uint32_t voter)
{
	t->topics++;
	say(t, FACT_POSTED, owner, owner, asker);
	say(t, FACT_VOTED_UP, voter, owner, asker);
}

static int64_t bucket(const Told *t, GuardProfile profile, uint32_t member, RepBucket which)
{
	Ruleset *rules = pack(t->s, "support-default");
	rules->guard.profile = profile;
	rep_log_seal(t->log);
	return score(t->s, t->log, rules, END_DAY)->v[member].bucket[which];
}

static int64_t trusted(const Told *t, GuardProfile profile, uint32_t member)
{
	return bucket(t, profile, member, BUCKET_TRUSTED);
}

TEST(a_vote_whose_voter_nobody_knows_is_trusted_as_who_asked)
{
	for (GuardProfile profile = GUARD_OPEN; profile <= GUARD_VERIFIED; profile++) {
		Told t = told_new();
		help(&t, 6, 5, 0); // asked by a stranger
		assert_int_equal(trusted(&t, profile, 6), 0);
		help(&t, 6, 1, 0);
		assert_true(trusted(&t, profile, 6) > 0);
		help(&t, 5, 1, 4); // a voter who is known stands for themselves
		assert_int_equal(trusted(&t, profile, 5), 0);
		arena_free(t.s->arena);
	}
}

TEST(who_one_person_alone_found_good_vouches_for_nobody)
{
	for (GuardProfile profile = GUARD_OPEN; profile <= GUARD_VERIFIED; profile++) {
		Told t = told_new();
		help(&t, 5, 1, 1);
		help(&t, 5, 1, 1);
		help(&t, 6, 3, 5);
		assert_int_equal(trusted(&t, profile, 6), 0);
		help(&t, 5, 2, 2);
		help(&t, 6, 3, 5);
		assert_true(trusted(&t, profile, 6) > 0);
		assert_true(bucket(&t, profile, 6, BUCKET_UNTRUSTED) > 0); // what was said before stays what it was
		arena_free(t.s->arena);
	}
}
