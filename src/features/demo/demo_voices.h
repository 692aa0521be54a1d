// SPDX-License-Identifier: AGPL-3.0-or-later
// What the demo's people say besides the plan: praise and blame of two products, and spam.
#pragma once
#include "community/community.h"
#include "demo/demo_plan.h"

typedef struct DemoVoices {
	const DemoPlan *plan;
	const Id *spaces, *members; // by their place in the plan
} DemoVoices;
MUST_CHECK Status demo_voices(Ctx *cx, Tx *tx, void *voices); // a TxFn
