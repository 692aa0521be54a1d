// SPDX-License-Identifier: AGPL-3.0-or-later
// The community's background work, for feature.c.
#pragma once
#include "core/job.h"

extern const JobKind community_jobs[];
extern const size_t community_jobs_n;
