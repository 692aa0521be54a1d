// SPDX-License-Identifier: AGPL-3.0-or-later
// Private to fairplay.
#pragma once
#include "fairplay/fairplay.h"
#include "reputation/reputation.h"

#define FAIRPLAY_READER "fairplay"
#define FAIRPLAY_SERIES_READER "fairplay.series" // its cursor: the last vote that was judged

typedef struct Repeat { // an answer whose mark is to change; of_id 0: it repeats nothing now
	Id post_id, author_id, space_id, of_id;
	int64_t similarity;
	bool had;
} Repeat;
typedef struct RepeatNews { // of posts: what was done to them since their topics were compared
	IdMap posted, changed;
} RepeatNews;
typedef struct Repeats {
	Repeat *v;
	size_t n, cap;
	const RepeatNews *news; // NULL: all may be new
} Repeats;
// Adds what differs from the table in one topic.
MUST_CHECK Status repeats_find(Ctx *cx, Db *db, Id topic, Repeats *changes);
MUST_CHECK Status repeats_write(Ctx *cx, Tx *tx, const Repeats *changes);

extern const FactReader fairplay_reader;
extern const JobKind fairplay_jobs[];
extern const size_t fairplay_jobs_n;
extern const Route fairplay_routes[];
extern const size_t fairplay_routes_n;
