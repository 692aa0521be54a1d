// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fairplay/model.h"

static const Setting *const SETTINGS[] = {&FAIRPLAY_VOTES, &FAIRPLAY_HOURS};

Feature fairplay_feature(void)
{
	return (Feature){.name = "fairplay",
					 .routes = fairplay_routes,
					 .routes_n = fairplay_routes_n,
					 .jobs = fairplay_jobs,
					 .jobs_n = fairplay_jobs_n,
					 .readers = &fairplay_reader,
					 .readers_n = 1,
					 .settings = {SETTINGS, COUNTOF(SETTINGS)}};
}
