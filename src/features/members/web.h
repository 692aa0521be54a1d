// SPDX-License-Identifier: AGPL-3.0-or-later
// The members' routes, for feature.c.
#pragma once
#include "web/route.h"

extern const Route members_routes[];
extern const size_t members_routes_n;
