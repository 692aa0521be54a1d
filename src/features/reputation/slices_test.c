// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules of one score alone give the lines of it that all rules together give.
#include "reputation/story_testkit.h"

#include "test.h"

#include <string.h>

typedef struct Lines {
	const Ruleset *rules;
	ScoreKind score;
	uint64_t hash;
	size_t n;
} Lines;

static void mix(Lines *l, int64_t v)
{
	l->hash = (l->hash ^ (uint64_t)v) * UINT64_C(0x100000001b3);
	l->hash ^= l->hash >> 29;
}

static void on_line(void *arg, const RepLine *line)
{
	Lines *l = arg;
	const Rule *rule = &l->rules->rules[line->rule];
	if (rule->score != l->score) return;
	const int64_t parts[] = {line->fact, line->pair,    line->judge, line->day,   line->bucket,
							 line->cap,  line->floored, line->raw,   line->points};
	for (size_t i = 0; i < COUNTOF(parts); i++) mix(l, parts[i]);
	mix(l, (int64_t)str_hash(rule->id));
	l->n++;
}

static Lines lines_of(Story *s, const RepLog *log, const Ruleset *rules, ScoreKind score)
{
	Lines l = {.rules = rules, .score = score, .hash = 1};
	RepSlices slices;
	assert_ok(&s->cx, rep_slices(&s->cx, log, rules, &slices));
	RepRun *run = rep_run_new(s->arena, log, rules);
	RepVisitor visitor = {.line = on_line, .arg = &l};
	for (uint32_t m = 1; m <= MEMBERS; m++) {
		mix(&l, m);
		assert_ok(&s->cx, rep_slice(&s->cx, run, &slices, m, &visitor));
	}
	return l;
}

TEST(the_rules_of_one_score_give_what_all_rules_give_it)
{
	size_t fewer = 0, lines = 0;
	FOR_EACH_STORY(s)
	{
		const RepLog *log = log_of(s, s->facts, s->n);
		for (size_t p = 0; p < RULES_PACKS_N; p++) {
			const Ruleset *all = pack(s, str_z(s->arena, RULES_PACKS[p]));
			for (ScoreKind k = 0; k < SCORES_N; k++) {
				const Ruleset *own = rep_rules_of(s->arena, all, k);
				Lines a = lines_of(s, log, all, k), b = lines_of(s, log, own, k);
				assert_int_equal(a.n, b.n);
				assert_true(a.hash == b.hash);
				fewer += own->rules_n < all->rules_n;
				lines += a.n;
			}
		}
	}
	assert_true(fewer > 0 && lines > 0);
}

// A cap that two scores share, and a rule of another score that counts whom somebody helped, are not taken apart.
TEST(rules_that_hang_together_stay_together)
{
	Story *s = story_new(1);
	Ruleset *all = pack(s, "support-default");
	assert_true(rep_rules_of(s->arena, all, SCORE_CREDIBILITY) != all);
	size_t other = 0;
	while (all->rules[other].score == SCORE_CREDIBILITY) other++;
	PairWeight was = all->rules[other].pair;
	all->rules[other].pair = PAIR_SQRT;
	assert_true(rep_rules_of(s->arena, all, SCORE_CREDIBILITY) == all);
	all->rules[other].pair = was;
	all->rules[other].caps[0] = all->rules[0].caps[0];
	assert_true(rep_rules_of(s->arena, all, SCORE_CREDIBILITY) == all);
	arena_free(s->arena);
}
