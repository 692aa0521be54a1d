// SPDX-License-Identifier: AGPL-3.0-or-later
// make quality, the part of reputation: what the engine must reach on public data, printed beside the target. bench/README.md
// says what each row is. Nothing here decides: a row that falls short says by how much.
#pragma once
#include "reputation/reputation.h"
#include "whatif/whatif.h"

#define QUALITY_SPLITS 4 // 40, 50, 60, 70 % of the history

typedef struct Quality {
	Ctx *cx;
	Str data;         // ../shared/data
	RepLog *log;      // the imported community
	Db *db;           // its tables
	int64_t *published; // by member: the reputation the source published; 0 unknown
	size_t missed;    // rows below their must
} Quality;

// A row of the table. `must` and `aim` NAN: none. At least `must` unless `at_most`.
void quality_row(Quality *q, const char *what, double value, double must, double aim, bool at_most, const char *fmt, ...)
	PRINTF_LIKE(7, 8);
Time quality_split(const RepLog *log, int percent);
Ruleset *quality_pack(Quality *q, const char *name);

void quality_replay(Quality *q);
void quality_forecast(Quality *q);
void quality_routing(Quality *q);
void quality_chance(Quality *q);
void quality_graphs(Quality *q);
void quality_mathoverflow(Quality *q);
void quality_attacks(Quality *q);
