// SPDX-License-Identifier: AGPL-3.0-or-later
#include "boards/feature.h"

#include "boards/boards.h"
#include "boards/jobs.h"
#include "boards/pages.h"

Feature boards_feature(void)
{
	return (Feature){
		.name = "boards",
		.routes = boards_routes,
		.routes_n = boards_routes_n,
		.jobs = boards_jobs,
		.jobs_n = boards_jobs_n,
	};
}
