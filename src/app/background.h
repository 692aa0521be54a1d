// SPDX-License-Identifier: AGPL-3.0-or-later
// The background thread of a server: stores observations, runs due jobs, purges what has expired. One per process;
// wakes every BACKGROUND_TICK_MS and does what is due.
#pragma once
#include "app/app.h"
#include "core/observe.h"

typedef struct Background Background;

MUST_CHECK Status background_start(App *app, Observer *observer, Background **ret_background);
void background_stop(Background *b); // finishes the batch it is at
