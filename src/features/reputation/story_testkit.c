// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reputation/story_testkit.h"

#include "test.h"

static uint64_t next(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(2685821657736338717);
}
uint32_t story_below(uint64_t *state, uint32_t n) { return (uint32_t)(next(state) >> 33) % n; }

size_t story_count(void)
{
	const char *text = getenv("HEARTH_HISTORIES");
	int64_t n = STORY_HISTORIES;
	if (text) str_int(str_from(text), 1, 1000000, &n);
	return (size_t)n;
}

void story_add(Story *s, RepFact f)
{
	if (s->n == COUNTOF(s->facts)) return;
	f.id = 1000 + (Id)s->n * 7;
	s->facts[s->n++] = f;
}

// A topic with answers, votes, acceptances, some taken back, some deleted.
static void tell_topic(Story *s, uint32_t thread, uint32_t *object)
{
	uint64_t *r = &s->seed;
	uint32_t asker = 1 + story_below(r, MEMBERS), question = ++*object, answers = story_below(r, 5);
	Time at = ((Time)START_DAY + story_below(r, DAYS)) * TIME_DAY_MS + story_below(r, 86400000);
	RepFact ask = {.at_ms = at,
				   .kind = FACT_TOPIC_POSTED,
				   .actor = asker,
				   .object = question,
				   .owner = asker,
				   .thread = thread,
				   .asker = asker,
				   .flags = REP_QUESTION};
	story_add(s, ask);
	for (uint32_t a = 0; a < answers; a++) {
		uint32_t who = 1 + story_below(r, MEMBERS), object_n = ++*object;
		RepFact answer = {.at_ms = at += 1 + story_below(r, 40000000),
						  .kind = FACT_POSTED,
						  .actor = who,
						  .subject = asker,
						  .object = object_n,
						  .owner = who,
						  .thread = thread,
						  .asker = asker,
						  .flags = REP_ANSWER};
		story_add(s, answer);
		for (uint32_t v = story_below(r, 6); v > 0; v--) {
			RepFact vote = answer;
			vote.at_ms = at + 1 + story_below(r, 200000000);
			vote.kind = story_below(r, 5) ? FACT_VOTED_UP : FACT_VOTED_DOWN;
			vote.actor = story_below(r, 3) ? 1 + story_below(r, MEMBERS) : 0;
			vote.subject = who;
			if (vote.actor == who) continue;
			story_add(s, vote);
			vote.at_ms++;
			vote.kind = vote.kind == FACT_VOTED_UP ? FACT_VOTED_UP_UNDONE : FACT_VOTED_DOWN_UNDONE;
			if (vote.actor && !story_below(r, 5)) story_add(s, vote);
		}
		RepFact accept = answer;
		accept.at_ms = at + 1 + story_below(r, 100000000);
		accept.kind = FACT_ACCEPTED;
		accept.actor = asker;
		accept.subject = who;
		if (a + 1 == answers && story_below(r, 2)) story_add(s, accept);
		RepFact gone = answer;
		gone.at_ms = at + 300000000;
		gone.kind = FACT_DELETED;
		gone.subject = who;
		if (!story_below(r, 20)) story_add(s, gone);
	}
}

Story *story_new(uint64_t seed)
{
	Arena *a = arena_new((size_t)512 << 20);
	Story *s = ARENA_NEW(a, Story, 1);
	*s = (Story){.arena = a, .cx = *test_ctx(), .seed = seed * 2654435761u + 88172645463325252u};
	s->cx.arena = a;
	s->seeds = story_below(&s->seed, 2);
	s->verified = story_below(&s->seed, 2);
	uint32_t object = 0;
	for (uint32_t t = 1; t <= 24; t++) tell_topic(s, t, &object);
	return s;
}

RepLog *log_of(Story *s, const RepFact *facts, size_t n)
{
	RepLog *log = rep_log_new(s->arena);
	for (uint32_t m = 1; m <= MEMBERS; m++) {
		uint32_t number;
		RepMember member = {.id = m * 100, .joined_at = (Time)START_DAY * TIME_DAY_MS};
		member.seed = s->seeds && m <= 2;
		member.verified = s->verified && m % 3 == 0;
		assert_ok(&s->cx, rep_log_member(&s->cx, log, &member, &number));
	}
	for (size_t i = 0; i < n; i++) assert_ok(&s->cx, rep_log_fact(&s->cx, log, &facts[i]));
	rep_log_seal(log);
	return log;
}

Ruleset *pack(Story *s, const char *name)
{
	Ruleset *rules;
	assert_ok(&s->cx, rules_pack(&s->cx, str_from(name), &rules));
	return rules;
}

void assert_score_equal(const RepScore *a, const RepScore *b, size_t metrics_n)
{
	RepScore x = *a, y = *b;
	assert_memory_equal(a->metric, b->metric, metrics_n * sizeof *a->metric);
	assert_memory_equal(a->lcb, b->lcb, metrics_n * sizeof *a->lcb);
	x.metric = x.lcb = y.metric = y.lcb = NULL;
	assert_memory_equal(&x, &y, sizeof x);
}

void assert_scores_equal(const RepScores *a, const RepScores *b, size_t metrics_n)
{
	assert_int_equal(a->n, b->n);
	for (size_t m = 1; m <= a->n; m++) assert_score_equal(&a->v[m], &b->v[m], metrics_n);
}

RepScores *score(Story *s, const RepLog *log, const Ruleset *rules, int32_t day)
{
	RepScores *scores;
	assert_ok(&s->cx, rep_score(&s->cx, log, rules, &(RepAsOf){.day = day}, &scores));
	return scores;
}
