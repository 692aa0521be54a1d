// SPDX-License-Identifier: AGPL-3.0-or-later
// The demo: a living community of an invented company, made by a plan (demo_plan.h) and stored through the same models
// that people's writing goes through, so every number on its pages is counted. On demo sites, a bar on top of every page
// signs a visitor in as member, helper, moderator, manager or administrator with one click.
#pragma once
#include "core/site.h"
#include "web/route.h"

// Stores the whole plan, in order of time; the site must be empty. Takes a second or two.
MUST_CHECK Status demo_apply(Ctx *cx, Store *store, uint64_t seed);
// Somebody who votes for one author all evening, and somebody who says again what was said: what fairplay finds.
MUST_CHECK Status demo_unfair(Ctx *cx, Store *store);
// The superuser programme with somebody at each step; after the standings are known.
MUST_CHECK Status demo_programme(Ctx *cx, Store *store);
Feature demo_feature(void);
