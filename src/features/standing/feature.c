// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/pages.h"

static const FactReader READERS[] = {{STANDING_READER, standing_read}};

Feature standing_feature(void)
{
	return (Feature){.name = "standing",
					 .migrations = reputation_migrations,
					 .migrations_n = &reputation_migrations_n,
					 .routes = standing_routes,
					 .routes_n = standing_routes_n,
					 .jobs = standing_jobs,
					 .jobs_n = standing_jobs_n,
					 .readers = READERS,
					 .readers_n = COUNTOF(READERS)};
}
