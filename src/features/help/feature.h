// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be done here, from the route rows of all features: no page is missing, and nobody is shown what they may not open.
#pragma once
#include "web/route.h"

Feature help_feature(void);
