// SPDX-License-Identifier: AGPL-3.0-or-later
// A sealed history: all facts up to one of them, as the engine wants them, in one file beside the day cells. The pass over everybody
// and the sealing of cells begin with it and read from the tables what came since. A file that is damaged, of another history
// or not there is none: then everything is read from the tables, which gives the same log but for the numbers of posts and topics.
//
//   TRY(rep_log_load(cx, db, &(RepScope){.history = cx->site->history}, &log));   // sealed, and what came since
//   TRY(rep_history_keep(cx, log, REP_HISTORY_LEAST));                            // seals anew when enough came since
//
// What may change although a fact is old is not in it: members, tags of a topic that was edited since, which votes and answers
// do not count, what was taken back. Where a post stands and who wrote it never changes.
//
// The file, little endian: blocks of REP_BLOCK facts in the order (time, id), in varints (history_file.c says how); sections: the
// blocks' directory, ids of members, posts and comments by ascending id with author and topic, topics with author and set of
// areas, sets, names of areas; the header. Each block and all sections have a mark. Written beside and renamed, so that a crash
// leaves the old one. Private to reputation.
#pragma once
#include "reputation.h"
#include "reputation_impl.h"

#define REP_BLOCK ((size_t)65536)

typedef struct RepPlace { // of a post or comment
	uint32_t owner, thread, flags;
} RepPlace;

typedef struct RepThread { // a topic
	uint32_t asker, areas, opening;
} RepThread;

struct RepPlaces { // where facts happen, by number from 1
	RepPlace *place;
	RepThread *thread;
	Id *place_ids, *thread_ids; // of a log that is to be sealed
	size_t places_n, places_cap, threads_n, threads_cap;
	Str path;        // of the file
	Id sealed;       // the newest fact in it
	size_t sealed_n; // its facts
};

typedef struct RepBlock { // of the directory
	uint64_t offset, bytes, facts, mark;
} RepBlock;

typedef enum RepSection {
	SECTION_BLOCKS,
	SECTION_MEMBERS,
	SECTION_PLACE_IDS,
	SECTION_PLACES,
	SECTION_THREAD_IDS,
	SECTION_THREADS,
	SECTION_SETS,
	SECTION_SET_KEYS,
	SECTION_AREA_ENDS,
	SECTION_AREA_NAMES,
	SECTIONS_N
} RepSection;

typedef struct RepHistoryHeader {
	char magic[8];
	uint64_t bytes, facts_n;
	Id cursor;
	struct {
		uint64_t offset, bytes;
	} section[SECTIONS_N];
	unsigned char mark[32];
} RepHistoryHeader;
#define REP_HISTORY_MAGIC "HHIST 1"

typedef struct RepSetKey { // of log->set_of
	int64_t key;
	uint64_t set;
} RepSetKey;

typedef struct RepHistory { // a mapped file
	const unsigned char *p;
	size_t bytes;
	const RepHistoryHeader *head;
} RepHistory;
MUST_CHECK Status rep_history_open(Ctx *cx, Str path, RepHistory **ret_history);
void rep_history_close(RepHistory *h);
static inline void RepHistory_auto(RepHistory **p)
{
	if (*p) rep_history_close(*p);
}
const void *rep_history_section(const RepHistory *h, RepSection s, size_t size, size_t *ret_n);
// Areas and sets into an empty log, places and topics into `ret`, with room for so many more.
MUST_CHECK Status rep_history_places(Ctx *cx, const RepHistory *h, RepLog *log, size_t more, struct RepPlaces *ret);
// The facts, by all processors, into a log with room for so many more. members: by number in the file; NULL: the same.
MUST_CHECK Status rep_history_facts(Ctx *cx, const RepHistory *h, const struct RepPlaces *places,
									const uint32_t *members, size_t more, RepLog *log);
MUST_CHECK Status rep_history_write(Ctx *cx, const RepLog *log, Id cursor, Str path);

// As the tables have it; object: the number of what it was done to, thread: of the topic it was done to.
RepFact rep_fact_of(const RepLog *log, const struct RepPlaces *places, const RepFactEachRow *row, uint32_t object,
					uint32_t thread);
static inline bool rep_of_object(const RepFactEachRow *r)
{
	return r->subject_type == SUBJECT_POST || r->subject_type == SUBJECT_COMMENT;
}
// Everything but facts, posts and topics.
MUST_CHECK Status rep_load_rest(Ctx *cx, Db *db, const RepScope *scope, RepLog *log);
// From the file and what came since; ST_NOT_FOUND: there is none that fits, or too much came since.
MUST_CHECK Status rep_history_load(Ctx *cx, Db *db, const RepScope *scope, RepLog **ret_log);
