// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands around the text of rules in the editor: line numbers, what is said of lines, a table of contents, and what each rule
// gives beside what it gives now.
#pragma once
#include "rulebook/view.h"

// v has the text and what was found; typed: its rules, or NULL if it cannot be read.
MUST_CHECK Status rulebook_editor_fill(Ctx *cx, const Ruleset *now, const Ruleset *typed, RulesView *v);
