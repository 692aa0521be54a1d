// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "web/route.h"

#define COMMUNITY_ROUTES_MAX 64

// The routes of all files in one table, which the caller owns.
typedef struct CommunityRoutes {
	Route v[COMMUNITY_ROUTES_MAX];
} CommunityRoutes;

Feature community_feature(CommunityRoutes *routes);
