// SPDX-License-Identifier: AGPL-3.0-or-later
#include "boards/feature.h"

#include "boards/boards.h"
#include "boards/jobs.h"

Feature boards_feature(void)
{
	return (Feature){
		.name = "boards",
		.jobs = boards_jobs,
		.jobs_n = boards_jobs_n,
	};
}
