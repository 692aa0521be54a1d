// SPDX-License-Identifier: AGPL-3.0-or-later
// For tests of the whole program: a town's site behind the router, with the pages of every feature.
#pragma once
#include "app/app.h"

typedef struct Town Town; // community/model_testkit.h

Web *town_web(Town *t); // web_close is the caller's
