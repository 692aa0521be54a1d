// SPDX-License-Identifier: AGPL-3.0-or-later
// The engine: five scores a member, computed from facts by rules (rules/rules.h), the same bytes every time. Integers only:
// points in thousandths, whole UTC days, fading by a table at read time. Nothing is stored that the facts do not give.
//
//   RepLog *log;                                                    // the history, or one member's part of it
//   TRY(rep_log_load(cx, db, &(RepScope){.until = as_of}, &log));
//   RepScores *scores;
//   TRY(rep_score(cx, log, rules, &(RepAsOf){.day = day}, &scores));
//
// A slice is what concerns one member: facts that a rule credits them for, in the order (time, id). Scores need a member's
// slice and, for trust (guard.c), who vouched for whom before. So replaying one slice and replaying all give the same.
// Order, late arrival and duplicates do not matter: the log is sorted, and a fact that was taken back counts as never said.
#pragma once
#include "base/decay.h"
#include "base/idmap.h"
#include "core/site.h"
#include "reputation_sql.h"
#include "rules/rules.h"

#define REP_FACTS_MAX ((size_t)1 << 31)
#define REP_AREAS_OF_FACT_MAX 8

// Numbers instead of ids: members, objects (posts and comments), threads (topics) and areas count from 1; 0 is nobody.
typedef struct RepFact {
	Time at_ms;
	Id id;
	uint32_t actor, subject; // who did it, whom it concerns
	uint32_t object, owner;  // the post or comment, and its author
	uint32_t thread, asker;  // the topic, and who opened it
	uint32_t areas;          // a set of areas (rep_areas_of)
	int32_t value;
	uint16_t flags; // RepFlag
	uint8_t kind;   // FactKind
} RepFact;

typedef enum RepFlag {
	REP_QUESTION = 1,
	REP_ANSWER = 2,
	REP_COMMENT = 4,
	REP_FIRST = 8,         // the topic's first answer
	REP_DUPLICATE = 16,    // nearly repeats an earlier answer
	REP_WIKI = 32,         // judged when it belonged to everybody
	REP_GONE = 64,         // deleted: counts as never said
	REP_UNDONE = 128,      // taken back later
	REP_SERIES = 256,      // a vote of a series by one person for another: counts nothing (fairplay)
	REP_JUDGED = 512,      // it is known who trusts the actor at this fact, as the next two say (thing_pack.c)
	REP_BY_SEED = 1024,    // trusted from the start
	REP_BY_TRUSTED = 2048, // by then
	REP_VOID = REP_GONE | REP_UNDONE | REP_SERIES
} RepFlag;

typedef struct RepMember {
	Id id;
	Time joined_at;
	uint8_t role, affiliation;
	bool staff, verified, seed;
} RepMember;

typedef struct RepArea {
	Str name;      // of the tag, or the space's slug
	bool is_space; // else a tag
} RepArea;

typedef struct RepLog {
	Arena *arena;
	RepMember *members; // [1..members_n]
	size_t members_n, members_cap;
	RepFact *facts; // by (at_ms, id)
	size_t facts_n, facts_cap;
	RepArea *areas; // [1..areas_n]
	size_t areas_n, areas_cap;
	uint32_t *sets; // number of areas, then the areas; a fact's `areas` is the place
	size_t sets_n, sets_cap, objects_n, threads_n;
	bool first_known, slice;      // the loader marked first answers; one member's part: it marked what is gone too
	struct RepMemberTrust *trust; // by member, what an earlier pass found (known.h); NULL: nothing is known
	size_t trust_cap;
	IdMap member_of, object_of, thread_of, area_of, set_of, vouched;
	IdMap repeated, series;   // posts that repeat an earlier one, and votes that do not count, by id
	struct RepPlaces *places; // of a log that may be sealed (history.h)
} RepLog;

typedef struct RepScope {
	Time until;           // facts before this; 0: all
	Id below;             // votes that facts of lower ids set aside; 0: all
	Id member_id;         // this member's slice only; 0: everybody
	bool vouched;         // of a slice: with the facts that the pass found vouched for (profile "verified")
	const Ruleset *rules; // of a slice: what these do not ask for may be left out
	Str history;          // of everybody: the file of a sealed history to begin with, if there is one, and to be kept
	bool places;          // of everybody: what a sealed history is made of and compared with is kept as well
} RepScope;
MUST_CHECK Status rep_log_load(Ctx *cx, Db *db, const RepScope *scope, RepLog **ret_log);
const uint32_t *rep_areas_of(const RepLog *log, const RepFact *fact, size_t *ret_n);

// For histories that come from elsewhere (tests, measurements): rows in any order, then rep_log_seal.
RepLog *rep_log_new(Arena *a);
MUST_CHECK Status rep_log_member(Ctx *cx, RepLog *log, const RepMember *member, uint32_t *ret_number);
MUST_CHECK Status rep_log_fact(Ctx *cx, RepLog *log, const RepFact *fact); // numbers already given
MUST_CHECK Status rep_log_areas(Ctx *cx, RepLog *log, Str tags, Str space, uint32_t *ret_set);
void rep_log_seal(RepLog *log); // sorts, marks first answers, what was taken back and what is gone
// The same history as it was known at a time: facts before `until` only. Shares the members and areas of `log`.
RepLog *rep_log_cut(Arena *a, const RepLog *log, Time until);
// The same with members of its own: one that can be added to.
MUST_CHECK Status rep_log_copy(Ctx *cx, const RepLog *log, Time until, RepLog **ret_copy);

// One step from a fact to points. Bounded at each stage: weighed by pair, clipped by caps, kept above the floor.
typedef enum RepBucket { BUCKET_TRUSTED, BUCKET_UNTRUSTED, BUCKET_BASE, BUCKETS_N } RepBucket;
typedef struct RepLine {
	uint32_t fact;  // index in the log
	uint32_t pair;  // the how-manieth help to the same person; 0: the rule does not ask
	uint32_t judge; // who judged, if the rule is matched; 0 unknown
	int32_t day;    // since 1970
	uint8_t rule, bucket;
	int8_t cap;          // index of the cap that clipped it, -1 none
	bool floored;        // lifted so that the score stays above its floor
	int64_t raw, points; // by the rule; after pair, caps and floor
} RepLine;
typedef struct RepVisitor { // what wants to hear of a slice, oldest first; each may be NULL
	void (*line)(void *arg, const RepLine *line);
	void (*fact)(void *arg, uint32_t fact); // also of facts that were taken back
	void *arg;
	struct RepMetrics *metrics; // counts besides
} RepVisitor;
typedef struct RepGist { // of a fact, what most rules ask; a slice is a row of them
	uint32_t fact, actor, asker, object;
	uint32_t shape; // who is whom, what kind of thing and of fact (shape.h)
	int32_t day;
} RepGist;
typedef struct RepSlices { // facts by member: gists[starts[m] .. starts[m + 1])
	uint32_t *starts;
	RepGist *gists;
} RepSlices;
// Does a fact of the kind belong to the slice of anybody but its actor?
bool rep_credits_others(const Ruleset *rules, FactKind kind);
// By kind: whom a fact, or what it takes back, gives something; a bit for each RuleCredit.
#define REP_KINDS_N 64
void rep_credits(const Ruleset *rules, uint8_t credits[REP_KINDS_N]);
MUST_CHECK Status rep_slices(Ctx *cx, const RepLog *log, const Ruleset *rules, RepSlices *ret_slices);

typedef struct RepRun RepRun; // scratch memory of slices, used again for each member
RepRun *rep_run_new(Arena *a, const RepLog *log, const Ruleset *rules);
MUST_CHECK Status rep_slice(Ctx *cx, RepRun *run, const RepSlices *slices, uint32_t member, const RepVisitor *visitor);
size_t rep_run_facts(const RepRun *run); // facts of the last slice that some rule counted

typedef struct RepAsOf {
	int32_t day;      // as of the end of this UTC day
	uint32_t area;    // credibility in this area; 0: everywhere
	bool lifetime;    // as if nothing faded
	unsigned workers; // threads, whose number changes nothing; 0: one a processor, if there is enough to do
} RepAsOf;

typedef struct RepScore {
	int64_t score[SCORES_N];          // thousandths, start and floor included
	int64_t bucket[BUCKETS_N];        // credibility: faded sums before the guard
	int64_t *metric, *lcb;            // of the rules' metrics, in their order
	uint32_t events, place, place_to; // facts counted; position on the board (ties share: place … place_to)
	uint8_t rank;                     // index of the ruleset's ranks + 1; 0: none
	uint8_t percentile;               // among members active in the last 365 days; 0 if not active
	int32_t first_day, last_day;      // of the facts counted
} RepScore;

typedef struct RepTrust { // what the guard's pass found; since and vouched are NULL when it is off
	bool *seed;           // by member: trusted from the start
	uint32_t *since;      // by member: the fact by which two trusted people had given them credit, plus 1; 0: none
	uint32_t *met;     // by member: who of the trusted first took a question of theirs seriously; UINT32_MAX: several
	uint32_t *met_at;  // by member: the fact of that, plus 1
	uint32_t *many_at; // by member: the fact by which it were several, plus 1
	uint64_t *vouched; // by fact, a bit each: trusted because its judge had credit to vouch with
	bool known;        // instead of all this: what an earlier pass found (known.h) counts
} RepTrust;

typedef struct RepScores {
	RepScore *v; // [1..n], the log's members
	size_t n;
	uint32_t *order; // members by the board's score, best first; n of them
	int64_t community[METRICS_MAX];
	GuardProfile profile; // what the guard did
	size_t auto_seeds;    // seeds that nobody named: the first whose answers others accepted
	RepSlices slices;     // as they were run
	int64_t clips;        // entries that a cap shortened
	RepTrust trust;
} RepScores;
// Seeds are the members whose `seed` is set (rep_log_seeds marks those that the rules name).
MUST_CHECK Status rep_log_seeds(Ctx *cx, Db *db, RepLog *log, const Ruleset *rules);
MUST_CHECK Status rep_score(Ctx *cx, const RepLog *log, const Ruleset *rules, const RepAsOf *as_of,
							RepScores **ret_scores);
// Under several rulesets at once, each as rep_score has it: the history is walked once.
#define REP_RULESETS_MAX 2
MUST_CHECK Status rep_score_each(Ctx *cx, const RepLog *log, const Ruleset *const *rules, size_t n,
								 const RepAsOf *as_of, RepScores **ret_scores);

int32_t rep_day(Time t);
