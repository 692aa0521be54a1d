// SPDX-License-Identifier: AGPL-3.0-or-later
// How long members read and write, and with whom: seconds a day, told apart by whether the words belong to a customer, an
// employee or a partner. docs/attention.md says what is counted. These are the only facts that may be lost.
//
// A page's clock (web/assets/attention.js) sends seconds with the page's mark to /attention; they wait in the ring of
// observations, and a few seconds later attention_fold adds them to the rows of the day. Which topics somebody read is not kept.
//
// Nothing is counted without consent (core/consent.h), more than went by since the page was served or than the day had left
// since the member's last counted second, more than MARK_LIFE_MS of a page, or than ATTENTION_DAY_SECONDS of a day. The
// staff's seconds have no name from the start. It refuses to time guests, and to know who is idle.
#pragma once
#include "attention_sql.h"
#include "core/consent.h"
#include "core/observe.h"
#include "members/members.h"

#define ATTENTION_DAY_SECONDS ((int64_t)6 * 3600)
#define ATTENTION_KEPT_DAYS 800 // two years and a quarter, so that a year can be compared

typedef struct AttentionSums { // seconds
	int64_t read[SIDES], wrote[SIDES];
} AttentionSums;

// The areas of a row, as text: "*:a600e300 /routers:a600 #radar:a600", a word for everywhere (*), each space and each tag, with
// the seconds that are not 0: a to d read, by side; e to h written.
#define ATTENTION_AREAS_MAX 100
#define ATTENTION_AREAS_BYTES ((size_t)20 << 10)
#define ATTENTION_EVERYWHERE "*"
typedef struct AttentionArea {
	Str area;
	AttentionSums n;
} AttentionArea;
bool attention_next(Str *rest, AttentionArea *ret_area); // false at the end
AttentionSums attention_in(Str areas, Str area);         // area: "#tag", "/space", or none for everywhere
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

extern const Migration attention_migrations[];
extern const size_t attention_migrations_n;
