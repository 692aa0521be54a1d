// SPDX-License-Identifier: AGPL-3.0-or-later
// The rules in force. Until a manager publishes others, they are the pack support-default.
#pragma once
#include "engine.h"

#define RULES_STANDARD S("support-default")

// The newest published rules, read anew each time; they live in cx->arena. Their version is the site's own count.
MUST_CHECK Status rep_rules_in_force(Ctx *cx, Db *db, Ruleset **ret_rules);
// A new version, by cx->actor: a row, a fact and a line in the audit list. The first also keeps what was in force before it.
// ST_CONFLICT if somebody else published meanwhile.
MUST_CHECK Status rep_rules_publish(Ctx *cx, Tx *tx, const Ruleset *rules, Str note);
