// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "core/job.h"

extern const JobKind programme_jobs[];
extern const size_t programme_jobs_n;
