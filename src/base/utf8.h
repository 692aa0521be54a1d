// SPDX-License-Identifier: AGPL-3.0-or-later
// UTF-8 at the edge: validate, step, cut at a boundary, make a slug.
#pragma once
#include "base/buf.h"

bool utf8_valid(Str s);                              // also refuses NUL
uint32_t utf8_next(const char **p, const char *end); // of valid text; 0 at the end
size_t utf8_count(Str s);                            // code points
Str utf8_cut(Str s, size_t max_bytes);               // longest prefix on a boundary
// Replaces invalid bytes and NUL by U+FFFD.
Str utf8_repair(Arena *a, Str s);
// "How to …?" -> "how-to": ASCII letters and digits kept, the rest dashes, Latin letters with marks folded; may be empty.
Str slug_from(Arena *a, Str title, size_t max_bytes);
