// SPDX-License-Identifier: AGPL-3.0-or-later
// How long members read and write, and with whom: seconds a day, told apart by whether the words belong to a customer, an
// employee or a partner. docs/attention.md says what is counted. These are the only facts that may be lost.
//
// A page's clock (web/assets/attention.js) sends seconds with the page's mark to /attention; they wait in the ring of
// observations, and a few seconds later attention_fold adds them to the rows of the day. A row says which topics its seconds of
// reading belong to (unless the site says no: ATTENTION_TOPICS), so that boards can tell how long an author was read; who read
// what is shown to nobody.
//
// Nothing is counted without consent (core/consent.h), more than went by since the page was served or than the day had left
// since the member's last counted second, more than MARK_LIFE_MS of a page, or than ATTENTION_DAY_SECONDS of a day. The
// staff's seconds have no name from the start. It refuses to time guests, and to know who is idle.
#pragma once
#include "attention_sql.h"
#include "base/idmap.h"
#include "core/consent.h"
#include "core/observe.h"
#include "members/members.h"

#define ATTENTION_DAY_SECONDS ((int64_t)6 * 3600)
#define ATTENTION_KEPT_DAYS 800 // two years and a quarter, so that a year can be compared

typedef struct AttentionSums { // seconds
	int64_t read[SIDES], wrote[SIDES];
} AttentionSums;

// The areas of a row, as text: "*:a600e300 /routers:a600 #radar:a600 +1kx:a600", a word for everywhere (*), each space, each tag
// and each topic (+, its id), with the seconds that are not 0: a to d read, by side; e to h written. Of a topic only what others
// wrote there and the member read: none of d to h.
#define ATTENTION_AREAS_MAX 100
#define ATTENTION_TOPICS_MAX 300 // of a row; six hours of more than a minute each
#define ATTENTION_AREAS_BYTES ((size_t)20 << 10)
#define ATTENTION_EVERYWHERE "*"
#define ATTENTION_TOPIC '+'
typedef struct AttentionArea {
	Str area;
	AttentionSums n;
} AttentionArea;
bool attention_next(Str *rest, AttentionArea *ret_area); // false at the end
bool attention_topic_of(const AttentionArea *a, Id *ret_topic,
						int64_t *ret_read);                             // is it a topic's: seconds reading others
bool attention_topic_next(Str *rest, Id *ret_topic, int64_t *ret_read); // of the topics alone
AttentionSums attention_in(Str areas, Str area); // area: "#tag", "/space", or none for everywhere
void attention_write(Buf *b, const AttentionArea *v, size_t n);
void attention_add(AttentionSums *to, const AttentionSums *from);

// Adds up observations of OBSERVE_READ and OBSERVE_WROTE, on the day that cx->now_ms is in.
MUST_CHECK Status attention_fold(Ctx *cx, Store *store, const Observation *v, size_t n);

// A member's own yes or no; a no also deletes what there is. Both are facts.
MUST_CHECK Status attention_choose(Ctx *cx, Tx *tx, Id member, Agreed choice);
MUST_CHECK Status attention_erase(Ctx *cx, Tx *tx, Id member);

typedef struct AttentionMine { // for the page about what is known of a member
	AttentionSums sums;
	int32_t since, days; // the first day, how many
	Consent consent;
	Agreed choice;
	bool staff, timed; // timed: from now on
	bool staff_off;    // a member of a staff that is not timed
} AttentionMine;
MUST_CHECK Status attention_mine_get(Ctx *cx, Db *db, AttentionMine *ret_mine); // of cx->actor

// How long others read what a member wrote: the rule by which the time that somebody read in a topic is shared among those who
// wrote there, the one place that says so (reads.c). A reader's seconds of a day in a topic, in which others' words were in view, are
// shared equally among who asked and whoever had answered by the end of that day, without the reader; what is left of a
// division goes to the first of them, a second each. So the sum of a board is the time that was read, and nobody gains by
// reading themselves. Comments have no share. What was deleted later was read all the same.
//
//   AttentionReads reads = attention_reads_init(cx->arena);
//   TRY(attention_reads_note(cx, &reads, day, reader, areas));      // rows of attention, one by one
//   TRY(attention_reads_load(cx, db, &reads));                      // who wrote in those topics, by one statement
//   TRY(attention_reads_share(&reads, &at, day, fn, arg));          // those up to a day
typedef struct AttentionReadAuthor {
	Id member;
	int32_t day;   // of the first that they wrote there
	uint32_t next; // of the topic, plus 1
} AttentionReadAuthor;

typedef struct AttentionReadTopic {
	Id id;
	Str title, tags, space;
	uint32_t first, last; // of the authors, plus 1, in the order in which they came
	uint32_t set;         // the caller's: boards keep a set of areas there
} AttentionReadTopic;

typedef struct AttentionReading {
	Id reader;
	int64_t seconds;
	int32_t day;
	uint32_t topic; // number, from 1
} AttentionReading;

typedef struct AttentionReads {
	IdMap topic_of;
	AttentionReadTopic *topics; // [1..topics_n]
	AttentionReadAuthor *authors;
	AttentionReading *v; // as they were noted
	size_t topics_n, authors_n, authors_cap, n, cap;
} AttentionReads;

AttentionReads attention_reads_init(Arena *a);
MUST_CHECK Status attention_reads_note(Ctx *cx, AttentionReads *r, int32_t day, Id reader, Str areas);
MUST_CHECK Status attention_reads_load(Ctx *cx, Db *db, AttentionReads *r);
typedef struct AttentionShare {
	const AttentionReading *of;
	const AttentionReadTopic *topic;
	Id author;
	int64_t seconds;
} AttentionShare;
typedef Status (*AttentionShareFn)(void *arg, const AttentionShare *s);
// From reading *at on, as long as they are of that day or before; *at is then the next.
MUST_CHECK Status attention_reads_share(const AttentionReads *r, size_t *at, int32_t day, AttentionShareFn fn,
										void *arg);
// The same of all readings, added up: a share has their day, and no reader.
MUST_CHECK Status attention_reads_sum(Ctx *cx, const AttentionReads *r, AttentionShareFn fn, void *arg);
bool attention_read_in(const AttentionReadTopic *t, Str area); // area: "#tag", "/space", or none for everywhere

extern const Migration attention_migrations[];
extern const size_t attention_migrations_n;
