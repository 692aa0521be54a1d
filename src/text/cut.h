// SPDX-License-Identifier: AGPL-3.0-or-later
// What in a text are not its author's own words: quotes, code, logs and stack traces, signatures. They are cut out before
// anything is scored, by white space of the same length, so that places in the text stay what they are.
//
//   TextCut c;
//   Str own = text_own_words(text, room, &c);   // room: text.n bytes; own is `text` itself if nothing was cut
//   if (c.bytes[CUT_QUOTE]) …
//
// Knows Markdown (quotes, fences, indented and inline code), [quote] and [code], mail ("On … wrote:", "Von: … Gesendet:", "--
// ", "Sent from my …" in six languages), lines of logs, stack traces, prompts of shells. A text of which nothing would be
// left is left whole. Any bytes; linear. HTML is read by html_own_words (plain.h), which leaves out its quotes and code.
#pragma once
#include "base/str.h"

typedef enum CutKind { CUT_QUOTE, CUT_CODE, CUT_LOG, CUT_SIGNATURE, CUT_N } CutKind;

typedef struct TextCut {
	size_t bytes[CUT_N];
} TextCut;

Str text_own_words(Str text, char *room, TextCut *ret);
