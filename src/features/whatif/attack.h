// SPDX-License-Identifier: AGPL-3.0-or-later
// What would it cost to buy a place on the board? Attacks on a copy of the real history, all in the last 60 days before a
// time: five accounts want to be among the first ten.
//
//   noise    60 answers without votes and 200 comments each
//   ring     100 questions and answers among the five, all accepted, 3 votes each
//   bigring  25 puppets feed the five: 150 accepted answers, 4 votes each
//
// `genuine` answers are first given by each account to real members (accepted, two votes): with them, a ring looks like
// people who belong here. The price of a ruleset is how many genuine answers a false place costs.
#pragma once
#include "reputation/reputation.h"

#define ATTACK_TARGETS 5
#define ATTACK_PUPPETS 25
#define ATTACK_DAYS 60
#define ATTACK_GENUINE_MAX 4
#define ATTACK_PLACES 10

typedef enum AttackKind { ATTACK_NOISE, ATTACK_RING, ATTACK_BIGRING } AttackKind;
// How many of the five reach the first ten as of `at`. The history before it is copied, not changed.
MUST_CHECK Status attack_try(Ctx *cx, const RepLog *log, const Ruleset *rules, Time at, AttackKind kind, int genuine,
							 size_t *ret_reached);
typedef struct AttackPrice {
	int64_t answers; // genuine answers for each false place, rounded up; 0: it costs none
	bool more;       // not reached with ATTACK_GENUINE_MAX answers an account: it costs more than `answers`
} AttackPrice;
MUST_CHECK Status attack_price(Ctx *cx, const RepLog *log, const Ruleset *rules, Time at, AttackPrice *ret_price);
