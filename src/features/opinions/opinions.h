// SPDX-License-Identifier: AGPL-3.0-or-later
// Opinions: what is liked and disliked about a product (a tag), from the sentences of the newest posts under it, computed when
// it is asked for (terms.h). Owns no rows. Nothing for other features yet.
#pragma once
#include "base/ctx.h"
