// SPDX-License-Identifier: AGPL-3.0-or-later
// What the files of the engine share.
#pragma once
#include "known.h"

// How many different things to expect in maps that are filled member by member: what does not have to grow is not copied.
static inline size_t rep_expected(const RepLog *log) { return log->slice ? log->facts_n / 4 : 0; }

// By kind: of whom rules and metrics ask more than who it is.
#define REP_ASKS_ACTOR 1
#define REP_ASKS_SUBJECT 2
#define REP_ASKS_ASKER 4
void rep_asks(const Ruleset *rules, uint8_t asks[REP_KINDS_N]);
bool rep_slices_same(const Ruleset *a, const Ruleset *b); // the same facts belong to the same slices

static inline bool rep_vouched(const RepTrust *trust, uint32_t fact)
{
	return trust->vouched && (trust->vouched[fact / 64] >> (fact % 64) & 1);
}

// A member's days so far, oldest first (burst.c). `first`: of those on which anything at all was earned.
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
	IdMap seen;        // distinct things
	size_t distinct_n; // metrics that count distinct things
	int64_t value[METRICS_MAX];
} RepMetrics;
RepMetrics rep_metrics_new(Arena *a, const RepLog *log, const Ruleset *rules, int32_t day);
bool rep_metrics_begin(RepMetrics *m, size_t facts); // of the next member; false when the arena is full
struct RepShape;
void rep_metrics_fact(RepMetrics *m, const struct RepShape *shape, const RepGist *g, const int64_t vars[EVENT_VARS_N]);
void rep_metrics_end(RepMetrics *m, int64_t value[METRICS_MAX], int64_t lcb[METRICS_MAX]);
int64_t rep_wilson(int64_t k, int64_t n); // lower bound of k of n, one-sided 95 %, thousandths
bool rep_is_staff(int64_t role, int64_t affiliation);
uint8_t rep_post_flags(int64_t number); // by a post's number in its topic
// Whose thing the fact is about, once its subject and flags are known. A judgement that concerns nobody, of what somebody wrote,
// is of what belongs to everybody by then (community wiki of an import): nobody is credited.
static inline void rep_fact_owned(RepFact *f, uint32_t owner)
{
	bool judges = f->kind >= FACT_VOTED_UP && f->kind <= FACT_ACCEPTED_UNDONE, shared = judges && owner && !f->subject;
	f->owner = shared ? 0 : owner;
	if (shared) f->flags |= REP_WIKI;
}
int64_t rep_area_key(Str name, bool is_space); // of log->area_of
uint8_t rep_undoes(uint8_t kind);              // which kind a fact takes back; 0: none
#define REP_SETTLED_MS TIME_HOUR_MS            // on PostgreSQL a lower id may become visible after a higher one
// Room for one more of `size` bytes; index 0 is nobody's, and zeroed.
MUST_CHECK Status rep_grow(Ctx *cx, Arena *a, void **p, size_t *cap, size_t n, size_t size);
// Keeps those sets that are used, by place, and the areas in them. to: where each lies from now on.
MUST_CHECK Status rep_log_keep_sets(Ctx *cx, RepLog *log, const bool *used, uint32_t *to);
// Numbers areas by their names, tags first: what is made of a log is the same however it was loaded.
MUST_CHECK Status rep_log_order_areas(Ctx *cx, RepLog *log);
// The facts of a member's pack, each as a RepSliceEachRow.
MUST_CHECK Status rep_unpack(Str facts, Id member, DbEachFn fn, void *arg);
MUST_CHECK Status rep_pack_things(Ctx *cx, Store *store, Id member); // beside the pack, if not there or other ones
MUST_CHECK Status rep_log_load_slice(Ctx *cx, Db *db, const RepScope *scope, RepLog **ret_log);

MUST_CHECK Status rep_log_area(Ctx *cx, RepLog *log, Str name, bool is_space, uint32_t *ret_area);
MUST_CHECK Status rep_log_set(Ctx *cx, RepLog *log, const uint32_t *areas, size_t n, uint32_t *ret_set); // another one
// Who judged what is about the member; 0: nobody else. Votes of an import come without their voters: who asked stands for them.
static inline uint32_t rep_judge_of(uint32_t actor, uint32_t asker, uint32_t member)
{
	if (!actor) actor = asker;
	return actor != member ? actor : 0;
}
// How log->trust has the judge of a fact about the member: REP_BY_ flags.
unsigned rep_judged(const RepLog *log, const RepFact *f, uint32_t judge, uint32_t member);

#define REP_WORK_BYTES ((size_t)1 << 36) // of scratch: address space, of which a history takes what it needs

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
	const Decay *decay;
} RepAsked;
MUST_CHECK Status rep_one_heard(RepOne *one, uint32_t member, const RepVisitor *also, RepScore *ret_score,
								RepEvidence *ret_evidence);
RepAsked rep_one_asked(const RepOne *one);
