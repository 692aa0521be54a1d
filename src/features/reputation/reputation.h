// SPDX-License-Identifier: AGPL-3.0-or-later
// Reputation, as other features and the command line see it: the engine that turns facts into scores (engine.h), why a score is
// what it is (explain.h), how likely the next answer is accepted (chance.h), and what is known of one member alone (known.h).
// docs/reputation.md says what the figures mean; rules/rules.h is the language of the rules.
#pragma once
#include "reputation/chance.h"
#include "reputation/explain.h"
#include "reputation/known.h"
