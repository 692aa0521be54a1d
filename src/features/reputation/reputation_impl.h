// SPDX-License-Identifier: AGPL-3.0-or-later
// What the files of the engine share.
#pragma once
#include "known.h"

// How many different things to expect in maps that are filled member by member: what does not have to grow is not copied.
static inline size_t rep_expected(const RepLog *log) { return log->slice ? log->facts_n / 4 : 0; }

// One judged entry on its way through the guard. `trusted` is the pass's answer.
typedef struct RepMatched {
	int64_t points;
	uint32_t fact, member, judge;
	bool trusted;
} RepMatched;

// The seeds and the profile.
MUST_CHECK Status rep_guard_begin(Ctx *cx, const RepLog *log, const Ruleset *rules, RepScores *ret_scores);
// Entries of all members, each member's in their order; ordered by fact inside.
MUST_CHECK Status rep_guard_pass(Ctx *cx, const RepLog *log, const Guard *guard, GuardProfile profile, RepMatched *v,
								 size_t n, RepTrust *trust);
static inline bool rep_vouched(const RepTrust *trust, uint32_t fact)
{
	return trust->vouched && (trust->vouched[fact / 64] >> (fact % 64) & 1);
}

// A member's days so far, oldest first (burst.c).
#define BURST_DAYS 91
#define BURST_DAYS_LEAST 14 // with fewer there is nothing usual yet
#define BURST_WAITS 2       // days: the day itself and the next
typedef struct RepBurst {
	int32_t day[BURST_DAYS], first;
	int64_t points[BURST_DAYS]; // judged: trusted and not
	size_t n;
} RepBurst;
void rep_burst_day(RepBurst *b, int32_t day, int64_t points);
// Takes from a day's points what is above the usual of the days before it.
void rep_burst_hold(const RepBurst *b, const Guard *guard, int32_t day, int64_t bucket[BUCKETS_N]);

// Counts of one member in their windows.
typedef struct RepMetrics {
	const RepLog *log;
	const Ruleset *rules;
	int32_t day;
	uint32_t member;
	IdMap seen; // distinct things
	int64_t value[METRICS_MAX];
} RepMetrics;
RepMetrics rep_metrics_new(Arena *a, const RepLog *log, const Ruleset *rules, int32_t day);
void rep_metrics_begin(RepMetrics *m, uint32_t member);
void rep_metrics_fact(RepMetrics *m, uint32_t fact, const int64_t vars[EVENT_VARS_N]);
void rep_metrics_end(RepMetrics *m, int64_t value[METRICS_MAX], int64_t lcb[METRICS_MAX]);
int64_t rep_wilson(int64_t k, int64_t n); // lower bound of k of n, one-sided 95 %, thousandths
bool rep_is_staff(int64_t role, int64_t affiliation);
uint8_t rep_post_flags(int64_t number); // by a post's number in its topic
uint8_t rep_undoes(uint8_t kind);       // which kind a fact takes back; 0: none
MUST_CHECK Status rep_log_load_slice(Ctx *cx, Db *db, const RepScope *scope, RepLog **ret_log);

// What is shown beside a name (known.c); the maps are scratch, used again for each member.
typedef struct RepSeen {
	IdMap things; // object, asker or area: a bit for each count it is in, or a place
	RepAreaCount *areas;
	size_t areas_n, areas_cap;
} RepSeen;
RepSeen rep_seen_new(Arena *a, const RepLog *log);
MUST_CHECK Status rep_evidence(Ctx *cx, const RepLog *log, const RepSlices *slices, uint32_t member, int32_t day,
							   RepSeen *seen, RepEvidence *ret);

// For explain.c: who else hears of the slice, and what the scores are made of. decay: by score.
typedef struct RepAsked {
	Ctx *cx;
	const RepLog *log;
	const Ruleset *rules;
	const RepAsOf *as_of;
	const RepScores *scores;
	const RepDecay *decay;
} RepAsked;
MUST_CHECK Status rep_one_heard(RepOne *one, uint32_t member, const RepVisitor *also, RepScore *ret_score,
								RepEvidence *ret_evidence);
RepAsked rep_one_asked(const RepOne *one);
