// SPDX-License-Identifier: AGPL-3.0-or-later
#include "insight/feature.h"

#include "insight/insight_impl.h"

static const FactReader READERS[] = {{INSIGHT_READER, insight_read_facts}};

Feature insight_feature(void)
{
	return (Feature){.name = "insight",
					 .migrations = insight_migrations,
					 .migrations_n = &insight_migrations_n,
					 .jobs = insight_jobs,
					 .jobs_n = insight_jobs_n,
					 .readers = READERS,
					 .readers_n = COUNTOF(READERS)};
}
