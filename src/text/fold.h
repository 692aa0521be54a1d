// SPDX-License-Identifier: AGPL-3.0-or-later
// Keys of names: two spellings that a person would take for the same give the same bytes (Unicode NFKC with full case
// folding, default ignorable characters removed; utf8proc). For uniqueness of handles, addresses and tags, never for
// showing.
//
//   Str key = text_fold(cx->arena, S("Straße"));   // "strasse"
//
// Input that is not valid UTF-8 gives the empty string. Results live in the arena; any thread.
#pragma once
#include "base/str.h"

Str text_fold(Arena *a, Str s);
bool text_is_letter(uint32_t c); // also marks that belong to letters
bool text_is_digit(uint32_t c);
bool text_is_space(uint32_t c);
