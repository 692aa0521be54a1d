// SPDX-License-Identifier: AGPL-3.0-or-later
// For tests of what stands on the community: the life of a town by chance, always the same from one seed. What the community
// refuses is no deed.
//
//   TownLife life = {.t = t, .seed = 77, .pause_ms = TIME_HOUR_MS};
//   town_life_join(&life);
//   for (int i = 0; i < 90; i++) town_life_step(&life);
#pragma once
#include "community/model_testkit.h"

#define TOWN_LIFE_PEOPLE 7
#define TOWN_LIFE_TOPICS 60
#define TOWN_LIFE_POSTS 200

typedef struct TownLife {
	Town *t;
	uint64_t seed;                  // not 0
	Time pause_ms;                  // at most, before a deed
	Actor people[TOWN_LIFE_PEOPLE]; // the first is of the staff and moderates
	Id topics[TOWN_LIFE_TOPICS], openings[TOWN_LIFE_TOPICS], posts[TOWN_LIFE_POSTS];
	size_t people_n, topics_n, posts_n;
} TownLife;

size_t town_life_below(TownLife *l, size_t n); // by chance, less than n
void town_life_join(TownLife *l);              // one more, as long as there is room
// One deed by somebody: asking, answering, voting, accepting, marking, commenting, deleting and bringing back, editing, joining.
void town_life_step(TownLife *l);
