// SPDX-License-Identifier: AGPL-3.0-or-later
// An invented history in memory, always the same for one size, for what is measured at sizes that no table holds here.
//
// Deeds of members with a share of u^3 (the first hundredth does a fifth of all), in topics of one of 8 spaces with one to
// three of 500 tags; 4 % questions, 12 % answers, 14 % comments, 58 % votes, 4 % acceptances, edits.
#pragma once
#include "community/community.h"
#include "members/members.h"
#include "reputation/reputation.h"

#define FIRST_DAY 19000
#define SETS 4000

typedef struct Bench {
	Ctx cx;
	Site site;
	IdSource ids;
	RepLog log;
	uint64_t seed;
	uint32_t members, sets[SETS];
	int32_t days;
} Bench;

Bench *bench_new(void);
void bench_free(Bench *b);
void must(Bench *b, Status st); // exits with what went wrong
void invent(Bench *b, size_t facts, uint32_t members, int32_t days);
double median(double *v, size_t n); // sorts them
