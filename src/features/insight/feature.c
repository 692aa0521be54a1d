// SPDX-License-Identifier: AGPL-3.0-or-later
#include "insight/feature.h"

#include "insight/insight_impl.h"
#include "insight/pages.h"

static size_t add(Route *all, size_t at, const Route *v, size_t n)
{
	BUG_IF(at + n > INSIGHT_ROUTES_MAX);
	for (size_t i = 0; i < n; i++) all[at + i] = v[i];
	return at + n;
}

static const FactReader READERS[] = {{.name = INSIGHT_READER, .read = insight_read_facts}};

Feature insight_feature(InsightRoutes *routes)
{
	size_t n = 0;
	n = add(routes->v, n, insight_text_routes, insight_text_routes_n);
	n = add(routes->v, n, insight_space_routes, insight_space_routes_n);
	return (Feature){.name = "insight",
					 .migrations = insight_migrations,
					 .migrations_n = &insight_migrations_n,
					 .routes = routes->v,
					 .routes_n = n,
					 .jobs = insight_jobs,
					 .jobs_n = insight_jobs_n,
					 .readers = READERS,
					 .readers_n = COUNTOF(READERS)};
}
