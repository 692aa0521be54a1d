// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "web/route.h"

Feature about_feature(void);
