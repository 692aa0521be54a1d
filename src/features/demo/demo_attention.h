// SPDX-License-Identifier: AGPL-3.0-or-later
// Invented reading and writing for the demo: who wrote something had read what stood before it, who voted had read that, and
// others come by and read what is new. It goes through attention_fold day by day, as if pages' clocks had sent it, so all that
// is refused there is refused here. The demo measures since DEMO_TIMED_MS before now: before that, boards say "not measured".
#pragma once
#include "attention/attention.h"
#include "demo/demo_plan.h"

#define DEMO_TIMED_MS (215 * TIME_DAY_MS)

typedef struct DemoIds { // what the plan's members, topics and posts became
	const Id *members, *topics;
} DemoIds;
MUST_CHECK Status demo_attention(Ctx *cx, Store *store, const DemoPlan *plan, const DemoIds *ids);
