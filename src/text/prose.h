// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody says in a post in their own words: SafeHtml as text without code, quotations and formulas between dollars, each
// of which leaves a full stop behind, as the end of a paragraph does, so that no phrase goes over it.
//
//   Str text = html_prose(arena, post.body_html, 64 << 10);
//
// Results live in the arena; any thread. Made for src/text/phrases.h; other HTML than src/text writes still ends.
#pragma once
#include "base/str.h"

Str html_prose(Arena *a, Str html, size_t max_bytes);
