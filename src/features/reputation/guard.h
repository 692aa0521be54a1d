// SPDX-License-Identifier: AGPL-3.0-or-later
// The guard's pass and what it stands on. Private to reputation.
//
//   TRY(rep_ground_find(cx, log, &ground));                          // once for a history
//   TRY(rep_guard_begin(cx, log, &ground, rules, scores));           // seeds and profile of each ruleset
//   TRY(rep_trust_new(cx, log, &scores->trust));
//   TRY(rep_guard_pass(cx, &guard, &scores->trust, &trusted));       // says of each entry whether it is trusted
//
// A pass reads the ground and the log, and writes its own entries and trust: those of several rulesets may run at once.
#pragma once
#include "reputation_impl.h"

typedef struct RepMeeting { // an answer to somebody else
	uint32_t fact, owner, asker;
} RepMeeting;

typedef struct RepGround {
	bool *active, *asked; // by member
	uint32_t *helps;      // facts: acceptances by who asked
	RepMeeting *meetings;
	size_t helps_n, helps_cap, meetings_n, meetings_cap;
} RepGround;

typedef struct RepMatched { // one entry of credibility on its way through the guard
	int64_t points;
	uint32_t fact, judge;
	int32_t day;
	uint32_t member : 29;
	uint32_t trusted : 1; // the pass's answer
	uint32_t fixed : 1;   // nobody is asked about it: trusted in any case
	uint32_t here : 1;    // in the area that is asked about
} RepMatched;
#define REP_MEMBER_BITS 29

typedef struct RepPart { // of some members, one after the other, each member's in their order
	RepMatched *v;
	size_t n, first; // how many there are, and in the parts before
} RepPart;

typedef struct RepGuard {
	const RepLog *log;
	const RepGround *ground;
	const Guard *rules;
	GuardProfile profile;
	const RepPart *parts; // and one behind them, with nothing in it
	size_t parts_n;
} RepGuard;

MUST_CHECK Status rep_ground_find(Ctx *cx, const RepLog *log, RepGround *ret_ground);
MUST_CHECK Status rep_guard_begin(Ctx *cx, const RepLog *log, const RepGround *ground, const Ruleset *rules,
								  RepScores *ret_scores);
MUST_CHECK Status rep_trust_new(Ctx *cx, const RepLog *log, RepTrust *ret_trust);
// ret_trusted: of each entry, by its number through all parts, a bit; in the context's arena.
MUST_CHECK Status rep_guard_pass(Ctx *cx, const RepGuard *guard, RepTrust *trust, uint64_t **ret_trusted);
