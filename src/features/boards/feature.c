// SPDX-License-Identifier: AGPL-3.0-or-later
#include "boards/feature.h"

#include "boards/boards.h"
#include "boards/jobs.h"

Feature boards_feature(void)
{
	return (Feature){
		.name = "boards",
		.migrations = boards_migrations,
		.migrations_n = &boards_migrations_n,
		.jobs = boards_jobs,
		.jobs_n = boards_jobs_n,
	};
}
