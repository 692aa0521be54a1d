// SPDX-License-Identifier: AGPL-3.0-or-later
// Private to standing: one member's score taken apart, for the why page and what is made of the same numbers. All of it comes from
// one slice in one snapshot, so that the parts sum to the score that is shown beside them.
#pragma once
#include "standing/model.h"

#define WHY_RULES_MAX 4
#define WHY_AREAS_MAX 6

// A fact with all that it counts by the rules of one score.
typedef struct WhyItem {
	uint32_t fact; // index in the log
	uint8_t rules[WHY_RULES_MAX];
	size_t rules_n;
	int64_t raw, points, counts; // by the rules; after pair and caps; as of today
	uint32_t pair;
	int8_t cap; // index of the ruleset's caps, -1 none
	bool unmatched;
	bool back; // taken back or removed: counts nothing
} WhyItem;

typedef struct WhyGroup { // by rule
	uint8_t rule;
	int64_t n, raw, points, counts;
} WhyGroup;

typedef struct WhyDay { // what one day gave, by bucket
	int32_t day;
	int64_t points[BUCKETS_N];
} WhyDay;

typedef struct Why {
	const Published *rules;
	ScoreKind kind; // which score
	int32_t day;
	RepLog *log;
	uint32_t member; // 0: nothing is known of them
	RepScore score;
	RepEvidence evidence;
	RepOne *one;
	RepExplanation all, parts; // of everywhere, and of the area that is asked for
	GuardProfile profile;
	WhyItem *items; // newest first
	size_t items_n, capped_n, back_n;
	WhyGroup groups[RULES_MAX];
	size_t groups_n;
	int64_t clipped; // points that caps took, in all
	bool area_known;
	int64_t everywhere; // the score without the area
	Decay decay;
	WhyDay *days; // of the parts, oldest first
	size_t days_n;
} Why;

typedef struct WhyAsk {
	Id member;
	Str area; // a tag, or MEMBER_AREA_SPACE and a slug; absent: everywhere
	const Published *rules;
	ScoreKind kind;
	GuardProfile profile;
} WhyAsk;
MUST_CHECK Status why_compute(Ctx *cx, Db *db, const WhyAsk *ask, Why *ret_why);
// What is shown of somebody in an area: half of the score everywhere, half of the score there (thousandths). How good somebody is
// in general says something about a field they are new in, and not all.
static inline int64_t why_blend(int64_t everywhere, int64_t there) { return (everywhere + there) / 2; }
// The scores in other areas of the same member, by their keys; each once, WHY_AREAS_MAX at most.
MUST_CHECK Status why_scores_in(const Why *why, const Str *areas, size_t n, int64_t *ret_scores);
// The score as of another day, by the facts known now: what age makes of it. Days after today: if nothing is added.
int64_t why_score_at(const Why *why, int32_t day);
