// SPDX-License-Identifier: AGPL-3.0-or-later
// Which language a text is in: the script first, which alone decides for many, then the language head among those
// written in it. Romanised Hindi is "hi" in script "Latn".
//
//   LanguageGuess g;
//   language_identify(model, work, 0, (uint32_t)work->scan->tokens_n, &g);   // after text_work_read
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

// Of the tokens from .. to.
void language_identify(const Model *m, TextWork *w, uint32_t from, uint32_t to, LanguageGuess *ret);
// The likeliest of it, best first, at most `most` (1 at least): what is known of the rest of a text may decide between them.
size_t language_candidates(const Model *m, TextWork *w, uint32_t from, uint32_t to, LanguageGuess *ret, size_t most);
// What `--lang xx` gives: certain, in whatever script the text is.
void language_forced(Str code, const TextWork *w, LanguageGuess *ret);
