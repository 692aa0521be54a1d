// SPDX-License-Identifier: AGPL-3.0-or-later
// How good the heads are on a labelled file (`label \t language \t text` a line): accuracy, macro-F1, macro-recall, each
// class, calibration error, and what chance alone could make of the first three (bootstrap, 1,000 draws, 95 %).
//
//   TRY(text_evaluate(cx, engine, &(EvaluateOptions){.file = S("x.dev.tsv"), .task = S("sentiment")}, &buf));
//
// Tasks: sentiment, language, the intents, spam, offensive, urgency, and banking77, clinc150, bitext27; quality (of answers: area under the
// curve, texts are `question ||| answer`). For the tasks of
// yes and no, a label is "no" if it is one of: not, no, ham, none, other, 0, false; all others are "yes". Labels that are
// numbers (sentiment) are cut at ±0.5 and their correlation with the polarity is printed. A file with two classes of
// sentiment is judged on these two. The language is identified unless forced; of the file it is used to sort results by.
#pragma once
#include "text/analyse.h"

typedef struct EvaluateOptions {
	Str file, task;
	Str language;   // forced; none: identified
	bool gold;      // force the language that the file names
	uint32_t folds; // for quality: train this many heads and let each judge what it has not seen; 0: ask the model
} EvaluateOptions;

MUST_CHECK Status text_evaluate(Ctx *cx, TextEngine *e, const EvaluateOptions *o, Buf *out);
