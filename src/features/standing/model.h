// SPDX-License-Identifier: AGPL-3.0-or-later
// Private to standing: one member's row, ranks, and what both ways to it share.
#pragma once
#include "members/members.h"
#include "standing/standing.h"
#include "standing_sql.h"

#define STANDING_READER "standing"
#define STANDING_PASS_QUEUE "standing.pass"
#define STANDING_DAILY_QUEUE "standing.daily"
#define PASS_ARENA_BYTES ((size_t)32 << 30) // of address space; 100 million facts of a million members take 14 GiB

typedef StandingFindRow StandingRow;

// Points as people see them: whole, halves away from zero. Who shows the same shares a place.
static inline int64_t standing_shown(int64_t thousandths)
{
	return (thousandths + (thousandths < 0 ? -RULE_UNIT / 2 : RULE_UNIT / 2)) / RULE_UNIT;
}

typedef struct LastPass {
	bool found;
	PassFindRow row;
	int64_t community[METRICS_MAX]; // of the rules' metrics, in their order
} LastPass;
MUST_CHECK Status last_pass(Ctx *cx, Db *db, LastPass *ret_pass);
// Rules as in force from now on, unless there is such a version already. A TxFn, arg a Published.
MUST_CHECK Status standing_rules_keep(Ctx *cx, Tx *tx, void *published);
void community_of(Str metrics, int64_t community[METRICS_MAX]); // what metrics_text wrote
Str metrics_text(Arena *a, const int64_t *community, size_t n);

// What is computed of a member as of a day; place, percentile and rank stay as they are in *row.
void standing_fill(Arena *a, StandingRow *row, const RepScore *score, const RepEvidence *evidence, int32_t day);
bool standing_evidence_equal(const StandingRow *a, const StandingRow *b);
bool standing_computed_equal(const StandingRow *a, const StandingRow *b);
bool standing_equal(const StandingRow *a, const StandingRow *b);

typedef struct RankAsk {
	const Ruleset *rules;
	const RepMember *member;
	const RepScore *score;
	const int64_t *community;
	int32_t day;
	Time now;
	bool resting; // from the superuser programme: no rank is lost meanwhile
} RankAsk;
// Gains and loses; true if the rank is another one.
bool standing_rank(const RankAsk *ask, StandingRow *row);
int64_t rank_level(const Ruleset *rules, int64_t rank); // 1 to 5; 0 for none

// Adds the badges that hold now and stay once earned (`once`).
void standing_badges(Arena *a, const RankAsk *ask, StandingRow *row);
MUST_CHECK Status standing_resting(Ctx *cx, Db *db, IdMap *ret_members); // of the superuser programme

// Writes the row, and what is public of it; another rank than before is a fact, and so is each new badge. A rank of -1: the
// member had no standing yet, and what they are found to be is no change. If another process changed rank or badges since
// `before`, they stay as they are: a rank has a memory, and changes once.
typedef struct StandingBefore {
	int64_t rank;
	Str badges;
} StandingBefore;
typedef struct StandingBy {
	const Ruleset *rules;
	const IdMap *hidden; // of all areas, what not everybody sees; NULL: asked for the row's own
} StandingBy;
MUST_CHECK Status standing_write(Ctx *cx, Tx *tx, const StandingBy *by, const StandingRow *row,
								 const StandingBefore *before);

// Which of the areas of a text like member.areas, or of all there are, are not for whoever has this clearance.
MUST_CHECK Status areas_hidden(Ctx *cx, Db *db, Str areas, Visibility clearance, IdMap *ret_hidden);
MUST_CHECK Status areas_all_hidden(Ctx *cx, Db *db, Visibility clearance, IdMap *ret_hidden);
bool area_hidden(const IdMap *hidden, Str key);
MUST_CHECK Status standing_read(Ctx *cx, Store *store, const FactBatch *batch); // the FactReader
// Of facts that have not settled (core/fresh.h), in two steps: what is computed in a snapshot, and ST_CONFLICT where another
// process has written since.
typedef struct Reading Reading;
MUST_CHECK Status standing_read_fresh(Ctx *cx, Store *store, const FactBatch *batch);
MUST_CHECK Status standing_fresh_compute(Ctx *cx, Store *store, const FactBatch *batch, Reading **ret_reading);
MUST_CHECK Status standing_fresh_write(Ctx *cx, Store *store, Reading *r);
extern const JobKind standing_jobs[];
extern const size_t standing_jobs_n;
