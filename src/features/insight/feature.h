// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "web/route.h"

#define INSIGHT_ROUTES_MAX 20

// The routes of all its pages in one table, the caller's.
typedef struct InsightRoutes {
	Route v[INSIGHT_ROUTES_MAX];
} InsightRoutes;
Feature insight_feature(InsightRoutes *routes);
