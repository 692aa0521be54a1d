// SPDX-License-Identifier: AGPL-3.0-or-later
// For tests of what is kept of members: a town whose background is run by hand.
#pragma once
#include "core/fresh.h"
#include "standing/model.h"

typedef struct Town Town; // community/model_testkit.h

void test_standings(void (*run)(Town *t)); // on both engines, with the tables of reputation

// Once what happened has settled: read, and sealed.
void town_settle(Town *t);
// What the background of one process does at a tick, about the standings. True if another process was there first.
bool town_tick(Town *t, Fresh *fresh);
// Every row is that of a replay of the whole journal.
void town_check_replayed(Town *t);
// Ranks as they are, less all changes of ranks that the journal tells of.
int64_t town_ranks_unexplained(Town *t);
