// SPDX-License-Identifier: AGPL-3.0-or-later
// The scratch of one thread that analyses or trains: everything that is computed of one text before a head is asked.
//
//   TextWork *w = text_work_new(arena, &lexicon);
//   text_work_read(w, text);                       // tokens
//   text_work_features(w, lexicon_language("en")); // VADER's numbers, hashed and counted features
//   lane_head_score(&model->sentiment, w->features, &w->dense, scores);
//
// About 8 MiB; used again for text after text.
#pragma once
#include "text/head.h"
#include "text/vader.h"

typedef struct TextWork {
	const Lexicon *lexicon;
	TextScan *scan;
	Features *features;
	VaderScratch *vader_scratch;
	VaderScore vader;
	Dense dense;
	uint32_t english; // lexicon_language("en")
} TextWork;

TextWork *text_work_new(Arena *a, const Lexicon *lexicon);
void text_work_read(TextWork *w, Str text);
void text_work_features(TextWork *w, uint32_t language);
