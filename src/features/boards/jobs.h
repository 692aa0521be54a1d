// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "core/job.h"

extern const JobKind boards_jobs[];
extern const size_t boards_jobs_n;
