// SPDX-License-Identifier: AGPL-3.0-or-later
// What the small head says of a stretch of advice: three lanes, one a class of risk (SMALL_RISK and on), against harmless, which
// scores 0. Words, pairs of words and n-grams as ever; of the counted features the first alone, which is always 1.
//
//   RiskHead head = {&model->small, work};
//   RiskJudge judge = risk_head_judge(&head);
//
// It uses the scratch; a stretch of the text that `work` has read with KNOWN_PARTS and KNOWN_RISK is not read again.
#pragma once
#include "text/risk.h"
#include "text/work.h"

typedef struct RiskHead {
	const LaneHead *lanes;
	TextWork *work;
} RiskHead;

RiskJudge risk_head_judge(RiskHead *head);
// The features of a stretch, for training too: w->features and the counted ones.
void risk_head_features(TextWork *w, const RiskStretch *x, Dense *ret);
