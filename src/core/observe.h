// SPDX-License-Identifier: AGPL-3.0-or-later
// Observations: a page was seen, a search made, seconds read. They are not writes of the request, so a GET stays pure: observe()
// puts a fixed-size record into a bounded ring and never waits; the background thread stores what it finds in batches, at
// most OBSERVE_FLUSH_MS later. When the ring is full the record is dropped and counted. They may be lost in a crash, and
// are the only facts that may. A record holds ids and numbers only, never text, and is forgotten after
// OBSERVE_LIFE_MS: what is to be known for longer is added up elsewhere, as the views of a topic.
#pragma once
#include "core/site.h"

#define OBSERVE_RING 8192
#define OBSERVE_FLUSH_MS 1000
#define OBSERVE_LIFE_MS (400 * TIME_DAY_MS) // a year can be compared with the one before it as it ends
#define OBSERVE_PURGE_MAX 20000             // records in one transaction

// Numbers are stored: never renumber.
typedef enum ObserveKind {
	OBSERVE_TOPIC_SEEN = 1,
	OBSERVE_SEARCHED = 2,
	OBSERVE_PROFILE_SEEN = 3,
	// Not stored one by one: the feature that owns them adds them up (Feature.fold).
	OBSERVE_READ = 4,  // value: seconds; subject: a Side of core/consent.h
	OBSERVE_WROTE = 5, // the same, of writing
	// Of somebody who is about to ask; value: the id of the asking, which the form carries. Features/asking reads them.
	OBSERVE_SIMILAR_SHOWN = 10,  // subject: the topic that was suggested
	OBSERVE_SIMILAR_OPENED = 11, // subject: that topic
	OBSERVE_SIMILAR_SOLVED = 12, // subject: that topic
	OBSERVE_ASKED = 13,          // subject: the topic that was posted
} ObserveKind;
static inline bool observe_is_folded(ObserveKind kind) { return kind == OBSERVE_READ || kind == OBSERVE_WROTE; }

typedef struct Observation {
	Time at_ms;
	ObserveKind kind;
	Id actor_id, subject_id;
	int64_t value;
	Id page_id; // of those that are folded: the topic whose page it was, and when that was served
	Time page_at;
} Observation;

typedef struct Observer Observer;

Observer *observer_new(Arena *a);
void observer_done(Observer *o);
void observe(Observer *o, const Observation *record); // any thread; o may be NULL
// Takes at most max records; returns how many.
size_t observer_take(Observer *o, Observation *ret_records, size_t max);
int64_t observer_dropped(Observer *o);
// Forgets the oldest of what has had its time; tells whether there may be more of it.
MUST_CHECK Status observations_purge(Ctx *cx, Tx *tx, bool *ret_more);
