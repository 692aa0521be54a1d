// SPDX-License-Identifier: AGPL-3.0-or-later
// What open pages hear of: while a stream is open, new facts are read as they come and each feature is asked whether
// somebody who has a page open wants to know of it (Feature.live). No cursor is stored, for nothing is owed: what was
// missed while no stream was open, the stream's first event tells (community's topic does); what is told again a moment
// later has to do no harm. So on PostgreSQL nothing waits for facts to settle (core/fresh.h).
//
//   LiveNews news = {0};
//   live_tell(&news, cx, store, app, web);   // at each tick, on the background's thread
//
// Costs nothing without a stream. At most LIVE_FACTS_MAX facts a tick; a flood is told a little later.
#pragma once
#include "app/app.h"

#include "core/fresh.h"

#define LIVE_FACTS_MAX 500

typedef struct LiveNews {
	Id after;    // SQLite: of the last fact that was looked at, or below all since somebody listens
	Fresh fresh; // PostgreSQL
	bool open;   // somebody listens
} LiveNews;

MUST_CHECK Status live_tell(LiveNews *news, Ctx *cx, Store *store, const App *app, Web *web);
