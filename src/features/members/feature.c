// SPDX-License-Identifier: AGPL-3.0-or-later
#include "members/feature.h"

#include "members/members.h"
#include "members/web.h"

Feature members_feature(void)
{
	return (Feature){
		.name = "members",
		.migrations = members_migrations,
		.migrations_n = &members_migrations_n,
		.routes = members_routes,
		.routes_n = members_routes_n,
		.settings = members_settings,
	};
}
