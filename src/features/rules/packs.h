// SPDX-License-Identifier: AGPL-3.0-or-later
// What tools/embed-packs.sh makes of packs/*.toml. Private to rules; the names are public in rules.h.
#pragma once
#include "rules/rules.h"

extern const Str RULES_PACK_TEXTS[]; // in the order of RULES_PACKS
