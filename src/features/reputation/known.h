// SPDX-License-Identifier: AGPL-3.0-or-later
// One member at a time, between the passes that look at everybody: scores from the member's slice alone, with the trust that
// the last pass found, and the evidence that is shown beside a name. The whole history run member by member through
// the same functions gives the same, byte for byte.
//
//   TRY(rep_log_load(cx, db, &(RepScope){.member_id = id}, &log));   // a slice, with the trust of who judged
//   RepOne *one;
//   TRY(rep_one_new(cx, log, rules, &(RepAsOf){.day = today}, profile, &one));
//   TRY(rep_one(one, idmap_find(&log->member_of, id), &score, &evidence));
//
// A rule may credit the asker for acceptances only: nothing else that happens in a topic belongs to its asker's slice
// unless they did it or it was done to them.
#pragma once
#include "engine.h"

#define REP_AREAS_SHOWN 16

// What the pass found, as places in the history (time, id); times of 0: never.
typedef struct RepMemberTrust {
	bool seed;     // or a verified customer: trusted whatever the facts say
	Time since_at; // the columns of the table, in their order
	Id since_id;
	Time met_at;
	Id met_id, met_by; // who first took a question of theirs seriously
	Time many_at;
	Id many_id;
} RepMemberTrust;

typedef struct RepAreaCount {
	Str name; // of a tag, or a space's slug
	bool is_space;
	int64_t solved, kept;
} RepAreaCount;
typedef struct RepEvidence {
	int64_t answers;                     // to others, that were not removed
	int64_t solved, kept;                // of these: ever marked as the solution, and still
	int64_t helped;                      // different people by those kept
	int64_t settled, settled_kept;       // answers old enough to tell (chance.h), and those of them kept
	RepAreaCount areas[REP_AREAS_SHOWN]; // most kept first
	size_t areas_n;
} RepEvidence;

MUST_CHECK Status rep_log_load_trust(Ctx *cx, Db *db, RepLog *log); // into a whole history
// Does this judgement count as trusted credit of `member`?
bool rep_known_trusts(const RepLog *log, GuardProfile profile, uint32_t fact, uint32_t judge, uint32_t member);

// Puts a member's facts into one piece, from which a slice is read faster (pack.c), if there are so many that are in none yet.
#define REP_PACK_LEAST 1500
MUST_CHECK Status rep_pack(Ctx *cx, Store *store, Id member, size_t least);
// What the pieces (thing_pack.c) say of who is trusted, held against what log->trust says: whose are wrong is forgotten before the trust is
// written, and made anew by the next rep_pack.
typedef struct RepPacked {
	Id until_id; // 0: there is none
	int64_t judged;
} RepPacked;
MUST_CHECK Status rep_packed_load(Ctx *cx, Db *db, const RepLog *log, RepPacked **ret_packed); // by member number
// ret_facts: how many are by or about each member.
MUST_CHECK Status rep_packed_wrong(Ctx *cx, const RepLog *log, const RepPacked *packed, bool **ret_wrong,
								   uint32_t **ret_facts);
MUST_CHECK Status rep_pack_forget(Ctx *cx, Tx *tx, Id member);

typedef struct RepOne RepOne;
MUST_CHECK Status rep_one_new(Ctx *cx, const RepLog *log, const Ruleset *rules, const RepAsOf *as_of,
							  GuardProfile profile, RepOne **ret_one);
// The same right after rep_score, of the same: rep_one then tells what that found, which is what the slice gives with the trust
// that was found (rep_trust_of), and looks for the evidence alone.
MUST_CHECK Status rep_one_after(Ctx *cx, const RepLog *log, const Ruleset *rules, const RepAsOf *as_of,
								const RepScores *scores, RepOne **ret_one);
RepMemberTrust rep_trust_of(const RepLog *log, const RepScores *scores, uint32_t member); // for slices from now on
bool rep_one_has_facts(const RepOne *one, uint32_t member);
// Place, rank and percentile stay 0: they are everybody's business. Metrics stay until the next member.
MUST_CHECK Status rep_one(RepOne *one, uint32_t member, RepScore *ret_score, RepEvidence *ret_evidence);
int64_t rep_guard_sum(const Guard *guard, GuardProfile profile, const int64_t bucket[BUCKETS_N]);
bool rep_in_area(const RepLog *log, uint32_t fact, uint32_t area); // area 0: everywhere

// What the formulas of ranks and badges ask of a member.
#define REP_MEMBER_VARS_MAX (MEMBER_VARS_N + 3 * METRICS_MAX)
void rep_member_vars(const Ruleset *rules, const RepMember *member, const RepScore *score, const int64_t *community,
					 int32_t day, int64_t *vars);
extern const Migration reputation_migrations[];
extern const size_t reputation_migrations_n;

// The same rules, for who asks for the lines of one score only: without those of others, as far as they do not matter to it.
const Ruleset *rep_rules_of(Arena *a, const Ruleset *rules, ScoreKind score);
