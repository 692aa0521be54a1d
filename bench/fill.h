// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-fill makes the data of the benchmarks: an invented community of a given size, always the same for the same
// size and seed, written through the models of members and community, so that every counter, fact and the search
// index are what real use would have left. Then it writes the addresses that the load generator asks for.
//
//   words.c    vocabulary (invented words, Zipf), texts, and how many posts hold each word
//   plan.c     what happens when: who joins, asks, answers, votes and accepts, ordered by time
//   fill.c     carries the plan out, in batches of BATCH events a transaction
//   paths.c    addresses by kind, out of what was made
//
// It is a tool: it aborts on what cannot go on, and owns its memory until it ends.
#pragma once
#include "community/community.h"

#define VOCABULARY 30000
#define FREQUENT 400 // words whose pairs are counted
#define TAGS 500
#define SPACES 8
#define BATCH 4000
#define HOT_POSTS 1200
#define MEAN_BODY_BYTES 400.0

// --- chance ---------------------------------------------------------------------------------------------------------

typedef struct Rand {
	uint64_t s;
} Rand;

static inline uint64_t rand_next(Rand *r) // splitmix64
{
	uint64_t z = r->s += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}
static inline double rand_unit(Rand *r) { return ((double)(rand_next(r) >> 11) + 0.5) / 9007199254740992.0; }
static inline size_t rand_below(Rand *r, size_t n) { return (size_t)(rand_unit(r) * (double)n); }
double rand_exp(Rand *r, double mean);

void *grab(size_t n, size_t size); // zeroed; ends the program when there is none

// --- words ----------------------------------------------------------------------------------------------------------

typedef struct Words {
	Str v[VOCABULARY]; // by frequency, each with a stem of its own
	double upto[VOCABULARY];
	uint32_t posts[VOCABULARY];            // how many posts hold the word
	uint32_t pairs[FREQUENT][FREQUENT];    // and two frequent ones; [less frequent][more frequent]
	uint32_t stamp[VOCABULARY], stamp_now; // of the document being written
	uint32_t *in;                          // its words
	size_t in_n;
} Words;

void words_init(Words *w, Arena *a, uint64_t seed);
void words_begin(Words *w); // a document
void words_end(Words *w);   // counts it
Str words_topic_title(Words *w, Arena *a, Rand *r);
Str words_body(Words *w, Arena *a, Rand *r); // Markdown

// --- plan -----------------------------------------------------------------------------------------------------------

typedef enum EventKind { EVENT_JOIN, EVENT_TOPIC, EVENT_REPLY, EVENT_ACCEPT, EVENT_VOTE } EventKind;

typedef struct Event {
	Time at;
	uint32_t a; // join: member; topic: topic; reply, vote and accept: post
	uint32_t b; // vote: member
	uint8_t kind;
	int8_t value;
} Event;

// Posts 0..topics-1 are the openings of the topics of that number; the others are answers.
typedef struct Plan {
	size_t members_n, topics_n, posts_n, votes_n, accepts_n;
	size_t hot; // the topic of HOT_POSTS posts
	uint32_t *post_topic, *post_author;
	uint8_t *topic_space;
	Time *post_at;
	Event *events;
	size_t events_n;
	Time begin, end;
} Plan;

void plan_make(Plan *p, size_t topics, uint64_t seed);

// --- what was made --------------------------------------------------------------------------------------------------

typedef struct Made {
	Id spaces[SPACES], *members, *topics, *posts;
	Str *slugs, *handles;
	int64_t body_bytes;
} Made;

extern const char *const SPACE_SLUGS[SPACES];
MUST_CHECK Status paths_write(Ctx *cx, Store *store, const char *dir, const Plan *p, const Made *m, const Words *w,
							  uint64_t seed);
