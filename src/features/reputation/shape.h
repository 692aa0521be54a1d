// SPDX-License-Identifier: AGPL-3.0-or-later
// Most of what rules ask of a fact has few answers: who is whom, what kind of thing it is, who is staff. Facts that are alike in
// all of that have one shape, and what rules and metrics make of it is found once: which apply, and to how many points. Left
// for each fact are numbers: votes so far, how often whom was helped, the fact's own value, days since joining.
//
//   RepShapes shapes = rep_shapes_new(arena, log, rules);
//   const RepShape *shape = rep_shape_of(&shapes, gist, member);     // NULL when the arena is full
//
// Used by one thread. Private to reputation.
#pragma once
#include "reputation_impl.h"

typedef enum RepWorth {
	WORTH_FIXED,
	WORTH_VOTES, // depends on the votes of the object alone
	WORTH_ASKED
} RepWorth;

typedef struct RepStep { // a rule that credits the member, unless its `when` is false of the shape
	int64_t fixed;
	uint8_t rule, worth; // RepWorth
	bool sure;           // its `when` holds; else it is to be asked
} RepStep;

typedef struct RepCount { // a metric that counts such facts of the member
	uint8_t metric;
	bool sure;
} RepCount;

typedef struct RepShape {
	const RepStep *steps;
	const RepCount *counts;
	uint8_t steps_n, counts_n;
	bool votes; // the votes of the object matter, to this fact or to later ones
	bool pair;  // a rule asks how often whom was helped
	bool asked; // some expression is to be run: it wants rep_vars
} RepShape;

#define REP_UPS 64 // worths by votes that are remembered
#define REP_DOWNS 8
typedef struct RepShapes {
	Arena *arena;
	const RepLog *log;
	const Ruleset *rules;
	uint64_t named;   // by any rule or metric, a bit for each EventVar
	bool voids;       // some metric counts what was taken back
	IdMap number;     // of a shape, by what makes it
	RepShape **known; // by number
	size_t known_cap;
	uint32_t last_key;
	const RepShape *last;
	int64_t *worths[RULES_MAX]; // by up- and down-votes; INT64_MIN: not yet known
} RepShapes;

RepShapes rep_shapes_new(Arena *a, const RepLog *log, const Ruleset *rules);
const RepShape *rep_shape_find(RepShapes *s, const RepGist *g, uint32_t member);
// What expressions may ask, but for votes and the pair.
void rep_vars(const RepLog *log, const RepFact *f, int64_t vars[EVENT_VARS_N]);
int64_t rep_worth_by_votes(RepShapes *s, uint8_t rule, const int32_t votes[2]);

static inline uint32_t rep_credited(const RepFact *f, RuleCredit credit)
{
	return credit == CREDIT_SUBJECT ? f->subject
		   : credit == CREDIT_ACTOR ? f->actor
		   : credit == CREDIT_OWNER ? f->owner
									: f->asker;
}

#define REP_TRAIT_STAFF 1u
#define REP_TRAIT_VERIFIED 2u
static inline uint8_t rep_traits(const RepMember *m)
{
	return (uint8_t)((m->staff ? REP_TRAIT_STAFF : 0) | (m->verified ? REP_TRAIT_VERIFIED : 0));
}

static inline uint32_t rep_bit(bool is, unsigned at) { return is ? 1u << at : 0; }

#define REP_SHAPE_OWNED 9
#define REP_SHAPE_FLAGS 11 // of REP_QUESTION and those after it
#define REP_SHAPE_VOID 21
#define REP_SHAPE_KIND 22 // 6 bits from here on
// Everything that a `sure` expression can depend on, and whether the member is whom a rule credits. Never 0. `traits` by member.
static inline uint32_t rep_shape_key(const uint8_t *traits, const RepFact *f, uint32_t member)
{
	uint32_t same = rep_bit(true, 0) | rep_bit(f->actor == f->subject, 1) | rep_bit(f->actor == f->owner, 2) |
					rep_bit(f->actor == f->asker, 3) | rep_bit(f->subject == f->owner, 4) |
					rep_bit(f->subject == f->asker, 5) | rep_bit(f->owner == f->asker, 6);
	uint32_t who = rep_bit(f->actor == member, 7) | rep_bit(f->subject == member, 8) |
				   rep_bit(f->owner == member, REP_SHAPE_OWNED) | rep_bit(f->asker == member, 10);
	uint32_t what = f->flags & (REP_QUESTION | REP_ANSWER | REP_COMMENT | REP_FIRST | REP_DUPLICATE | REP_WIKI);
	uint32_t of = traits[f->actor] | (uint32_t)(traits[f->subject] & REP_TRAIT_STAFF) << 2 |
				  (uint32_t)(traits[f->asker] & REP_TRAIT_VERIFIED) << 2;
	return same | who | what << REP_SHAPE_FLAGS | of << 17 | rep_bit(f->flags & REP_VOID, REP_SHAPE_VOID) |
		   (uint32_t)f->kind << REP_SHAPE_KIND;
}

static inline bool rep_gist_owned(const RepGist *g) { return g->shape >> REP_SHAPE_OWNED & 1; }
static inline bool rep_gist_void(const RepGist *g) { return g->shape >> REP_SHAPE_VOID & 1; }
static inline bool rep_gist_answer(const RepGist *g) { return g->shape >> REP_SHAPE_FLAGS & REP_ANSWER; }
static inline FactKind rep_gist_kind(const RepGist *g) { return (FactKind)(g->shape >> REP_SHAPE_KIND); }

static inline const RepShape *rep_shape_of(RepShapes *s, const RepGist *g, uint32_t member)
{
	return g->shape == s->last_key ? s->last : rep_shape_find(s, g, member);
}
