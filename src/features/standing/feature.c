// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/pages.h"

static const FactReader READERS[] = {{.name = STANDING_READER, .read = standing_read, .fresh = standing_read_fresh}};

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
