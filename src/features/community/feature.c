// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/feature.h"

#include "community/jobs.h"
#include "community/pages.h"

static size_t add(CommunityRoutes *all, size_t at, const Route *v, size_t n)
{
	BUG_IF(at + n > COMMUNITY_ROUTES_MAX);
	for (size_t i = 0; i < n; i++) all->v[at + i] = v[i];
	return at + n;
}

Feature community_feature(CommunityRoutes *routes)
{
	size_t n = 0;
	n = add(routes, n, community_topic_routes, community_topic_routes_n);
	n = add(routes, n, community_list_routes, community_list_routes_n);
	n = add(routes, n, community_write_routes, community_write_routes_n);
	n = add(routes, n, community_feed_routes, community_feed_routes_n);
	n = add(routes, n, community_api_routes, community_api_routes_n);
	return (Feature){
		.name = "community",
		.migrations = community_migrations,
		.migrations_n = &community_migrations_n,
		.routes = routes->v,
		.routes_n = n,
		.jobs = community_jobs,
		.jobs_n = community_jobs_n,
		.live = topic_event,
	};
}
