// SPDX-License-Identifier: AGPL-3.0-or-later
// What an edit changed, word by word: the new text with <ins> around what came and <del> around what went. For the
// edit history, where the two texts are Markdown sources; show it with white-space: pre-wrap.
//
//   SafeHtml html;
//   TRY(text_diff(cx, before, after, &html));
//
// Taking every <ins>…</ins> out gives the old text, every <del>…</del> the new one (escaped). Words, runs of white
// space and single other characters are the units (E. Myers, An O(ND) Difference Algorithm, 1986). Bounded: if the
// texts are more than DIFF_MAX_EDITS units apart, what lies between their common beginning and end is replaced as a
// whole. Limits: 64 KiB each, ST_TOO_LARGE. Result and scratch in cx->arena (scratch is given back); any thread.
// Refuses: moves and similarity; a moved paragraph is a deletion and an insertion.
#pragma once
#include "base/ctx.h"
#include "text/safe_html.h"

#define DIFF_MAX_BYTES ((size_t)64 << 10)
#define DIFF_MAX_EDITS 800

MUST_CHECK Status text_diff(Ctx *cx, Str before, Str after, SafeHtml *ret_html);
