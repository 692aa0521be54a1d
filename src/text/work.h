// SPDX-License-Identifier: AGPL-3.0-or-later
// The scratch of one thread that analyses or trains: everything that is computed of one text before a head is asked.
//
//   TextWork *w = text_work_new(arena, &lexicon);
//   text_work_read(w, text);                       // tokens
//   text_work_features(w, lexicon_language("en")); // VADER's numbers, hashed and counted features: for training
//
// or, where the heads' sums are wanted and no list of features, with w->known set:
//
//   known_words_add(w->known, w->scan, KNOWN_LANGUAGE | KNOWN_SENTIMENT, &w->sums);
//   text_work_around(w, lexicon_language("en"));   // VADER's numbers, counted features, those that are no single words
//
// About 10 MiB, without what is known; used again for text after text.
#pragma once
#include "text/known.h"
#include "text/vader.h"

typedef struct TextWork {
	const Lexicon *lexicon;
	TextScan *scan;          // of what was read last: one of the two
	TextScan *whole, *aside; // of a text, of a part of it
	Features *features;
	VaderScratch *vader_scratch;
	VaderScore vader;
	Dense dense;
	uint32_t english;  // lexicon_language("en")
	KnownWords *known; // NULL in training
	WordSums sums;
} TextWork;

TextWork *text_work_new(Arena *a, const Lexicon *lexicon);
void text_work_read(TextWork *w, Str text);
// Reads a part of the text, and its sums: from what is known of the text, if that was added with KNOWN_PARTS, or anew, if the
// part is none of its bytes. what: as known_words_part takes it. Letters of scripts may not be counted.
void text_work_part(TextWork *w, Str part, unsigned what);
void text_work_features(TextWork *w, uint32_t language);
void text_work_around(TextWork *w, uint32_t language);
// The lists of the last text that text_work_around or text_work_features was called for, whole: for layers.
void text_work_lists(TextWork *w);
