// SPDX-License-Identifier: AGPL-3.0-or-later
// What the small head says of a stretch of advice: three lanes, one a class of risk (SMALL_RISK and on), against harmless, which
// scores 0. Words, pairs of words and n-grams as ever; of the counted features the first alone, which is always 1.
//
//   RiskScore score;
//   risk_head_score(&model->small, work, stretch, at, &score);
//
// `at` is where the stretch begins in the text; places are of the text. It uses the scratch.
#pragma once
#include "text/risk.h"
#include "text/work.h"

void risk_head_score(const LaneHead *h, TextWork *w, const RiskStretch *x, RiskScore *ret);
// The features of a stretch, for training too: w->features and the counted ones.
void risk_head_features(TextWork *w, const RiskStretch *x, Dense *ret);
