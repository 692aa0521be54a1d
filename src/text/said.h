// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody said in a post, for the text engine: plain text without quotations and code, which are the words of others.
//
//   text_analyse(engine, text_said(arena, title, body_html), str_none(), ANALYSE_USUAL, &a);
#pragma once
#include "base/buf.h"

#define SAID_MAX_BYTES ((size_t)16 << 10) // of a post, at most

// The title, where it is not absent, on a line of its own. html: as src/text writes it.
Str text_said(Arena *a, Str title, Str html);
