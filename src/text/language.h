// SPDX-License-Identifier: AGPL-3.0-or-later
// Which language a text is in: the script first, which alone decides for many, then the language head among those
// written in it. Romanised Hindi is "hi" in script "Latn".
//
//   LanguageGuess g;
//   text_work_read(work, text);
//   known_words_add(work->known, work->scan, language_wants(model, work->scan), &work->sums);
//   language_identify(model, work, &g);
//
// `und` only for text without letters. Threads: as the TextWork.
#pragma once
#include "text/model.h"
#include "text/work.h"

typedef struct LanguageGuess {
	Str code;  // "de"; "und"
	Str class; // as the heads call it ("hi-Latn"); "und"
	Script script;
	uint32_t p; // of HEAD_ONE
} LanguageGuess;

// KNOWN_LANGUAGE where the script leaves a choice, else 0.
unsigned language_wants(const Model *m, const TextScan *scan);
void language_identify(const Model *m, TextWork *w, LanguageGuess *ret);
// The likeliest of it, best first, at most `most` (1 at least): what is known of the rest of a text may decide between them.
// Adds up the words itself.
size_t language_candidates(const Model *m, TextWork *w, LanguageGuess *ret, size_t most);
// What `--lang xx` gives: certain, in whatever script the text is.
void language_forced(Str code, const TextWork *w, LanguageGuess *ret);
