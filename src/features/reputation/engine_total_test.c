// SPDX-License-Identifier: AGPL-3.0-or-later
// P13 and P16: what holds of everybody together, and on every machine.
#include "explain.h"
#include "reputation/story_testkit.h"

#include "test.h"

#include <stdio.h>

static int64_t total_of(const RepScores *scores, ScoreKind kind)
{
	int64_t sum = 0;
	for (uint32_t m = 1; m <= scores->n; m++) sum += scores->v[m].score[kind];
	return sum;
}

// Whose identity is gone keeps their number: what they did still counts for others, and theirs stays in the totals.
TEST(p13_an_erased_member_changes_nobody_else)
{
	FOR_EACH_STORY(s)
	{
		const Ruleset *rules = pack(s, "support-default");
		uint32_t gone = 4 + story_below(&s->seed, 2); // no seed, not verified: those are properties of the identity
		RepLog *log = log_of(s, s->facts, s->n);
		RepScores *before = score(s, log, rules, END_DAY);
		log->members[gone] = (RepMember){.id = log->members[gone].id};
		RepScores *after = score(s, log, rules, END_DAY);
		for (ScoreKind k = 0; k < SCORES_N; k++) assert_int_equal(total_of(before, k), total_of(after, k));
		for (uint32_t m = 1; m <= MEMBERS; m++)
			assert_memory_equal(before->v[m].score, after->v[m].score, sizeof before->v[m].score);
	}
}

static void become(uint32_t *who, uint32_t from, uint32_t to)
{
	if (*who == from) *who = to;
}

// Two accounts of one person made one: every count of theirs is the sum of both, everybody else's is what it was. (Points
// whose rules ask how often whom was helped are not: that is what they are for.)
TEST(p13_merging_two_members_keeps_the_totals)
{
	FOR_EACH_STORY(s)
	{
		const Ruleset *rules = pack(s, "noisiest");
		uint32_t from = 1 + story_below(&s->seed, MEMBERS), to = 1 + from % MEMBERS;
		RepScores *before = score(s, log_of(s, s->facts, s->n), rules, END_DAY);
		for (size_t i = 0; i < s->n; i++) {
			RepFact *f = &s->facts[i];
			become(&f->actor, from, to);
			become(&f->subject, from, to);
			become(&f->owner, from, to);
			become(&f->asker, from, to);
		}
		RepScores *after = score(s, log_of(s, s->facts, s->n), rules, END_DAY);
		ScoreKind k = rules->board;
		assert_int_equal(after->v[to].score[k], before->v[from].score[k] + before->v[to].score[k]);
		assert_int_equal(after->v[to].events, before->v[from].events + before->v[to].events);
		assert_int_equal(after->v[from].score[k], 0);
		assert_int_equal(total_of(before, k), total_of(after, k));
		for (uint32_t m = 1; m <= MEMBERS; m++)
			if (m != from && m != to) assert_int_equal(after->v[m].score[k], before->v[m].score[k]);
	}
}

static void mix(uint64_t *hash, int64_t v)
{
	*hash = (*hash ^ (uint64_t)v) * UINT64_C(0x100000001b3);
	*hash ^= *hash >> 29;
}

static void mix_member(uint64_t *hash, const RepScore *m, size_t metrics)
{
	for (size_t k = 0; k < SCORES_N; k++) mix(hash, m->score[k]);
	for (size_t k = 0; k < BUCKETS_N; k++) mix(hash, m->bucket[k]);
	for (size_t k = 0; k < metrics; k++) mix(hash, m->metric[k]), mix(hash, m->lcb[k]);
	mix(hash, m->place);
	mix(hash, m->place_to);
	mix(hash, m->rank);
	mix(hash, m->percentile);
}

// What everybody has under every pack, as one number. HEARTH_DIGEST names a file to put it in: `make quality` compares those of
// two compilers, without and with optimisation. Here, twice the same gives the same.
static uint64_t digest(Story *s)
{
	static const char *const PACKS[] = {"support-default", "stackexchange",   "khoros-default",
										"discourse",       "question2answer", "noisiest"};
	uint64_t hash = 1;
	for (size_t p = 0; p < COUNTOF(PACKS); p++) {
		const Ruleset *rules = pack(s, PACKS[p]);
		RepScores *scores = score(s, log_of(s, s->facts, s->n), rules, END_DAY);
		for (uint32_t m = 1; m <= scores->n; m++) {
			mix_member(&hash, &scores->v[m], rules->metrics_n);
			mix(&hash, scores->order[m - 1]);
		}
	}
	return hash;
}

TEST(p16_the_same_history_gives_the_same_bytes)
{
	uint64_t all = 1;
	FOR_EACH_STORY(s)
	{
		uint64_t one = digest(s);
		assert_true(one == digest(s));
		mix(&all, (int64_t)one);
	}
	const char *path = getenv("HEARTH_DIGEST");
	FILE *f = path ? fopen(path, "w") : NULL;
	if (!f) return;
	fprintf(f, "%016llx of %zu\n", (unsigned long long)all, story_count());
	fclose(f);
}
