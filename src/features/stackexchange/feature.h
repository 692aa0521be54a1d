// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "web/route.h"

extern const Setting REDIRECTS_HOST; // for `hearth import --redirects`
Feature stackexchange_feature(void);
