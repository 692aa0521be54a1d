// SPDX-License-Identifier: AGPL-3.0-or-later
// The background thread of a site: stores its observations, runs its due jobs, purges what has expired, takes over
// settings that were changed. One for each site that is served, so that a slow job of one holds up no other; wakes every
// BACKGROUND_TICK_MS and does what is due.
#pragma once
#include "app/app.h"
#include "core/observe.h"

typedef struct Background Background;

typedef struct BackgroundConfig {
	App *app; // its features and ids
	Web *web;
	Store *store;
	bool first;            // of the process: this thread also does what concerns the process, not a site
	AccessLog *access_log; // to be written out once a second, by the first; NULL: none
	Arena *arena;          // used by the thread alone; sites with new settings stay here, so it outlives the web
} BackgroundConfig;

MUST_CHECK Status background_start(Ctx *cx, const BackgroundConfig *config, Background **ret_background);
// Any thread: no job is begun any more; observations are still stored and facts still read.
void background_wind_down(Background *b);
// Finishes the batch it is at. False: a job was still at it at `until_ms` (of the monotonic clock), and b is in use.
bool background_stop(Background *b, Time until_ms);
