// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "web/route.h"

extern const JobKind attention_jobs[];
extern const size_t attention_jobs_n;
Feature attention_feature(void);
