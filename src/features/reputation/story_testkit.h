// SPDX-License-Identifier: AGPL-3.0-or-later
// Invented histories of a small community, for properties that hold of every one: topics with answers, votes and acceptances, some
// taken back, some deleted. HEARTH_HISTORIES says how many of each; a few hundred in `make test`, ten thousand in `make quality`.
//
//   FOR_EACH_STORY(s) { … score(s, log_of(s, s->facts, s->n), pack(s, "support-default"), END_DAY) … }
#pragma once
#include "reputation_impl.h"

#define STORY_HISTORIES 150
#define MEMBERS 12
#define START_DAY 19000
#define DAYS 200
#define END_DAY (START_DAY + DAYS + 30)

typedef struct Story {
	Arena *arena;
	Ctx cx;
	uint64_t seed;
	RepFact facts[600];
	size_t n;
	bool seeds, verified;
} Story;

size_t story_count(void);
Story *story_new(uint64_t seed); // in an arena of its own
uint32_t story_below(uint64_t *state, uint32_t n);
void story_add(Story *s, RepFact f);
RepLog *log_of(Story *s, const RepFact *facts, size_t n);
Ruleset *pack(Story *s, const char *name);
void assert_score_equal(const RepScore *a, const RepScore *b, size_t metrics_n); // to the byte
void assert_scores_equal(const RepScores *a, const RepScores *b, size_t metrics_n);
RepScores *score(Story *s, const RepLog *log, const Ruleset *rules, int32_t day);

#define FOR_EACH_STORY(s)                                                                                              \
	for (size_t story_i_ = 0; story_i_ < story_count(); story_i_++)                                                    \
		for (Story *s = story_new(story_i_ + 1); s; arena_free(s->arena), s = NULL)
