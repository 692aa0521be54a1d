// SPDX-License-Identifier: AGPL-3.0-or-later
// Names that look like another's. Letters of Latin, Greek and Cyrillic have the same shapes, so "аda" with a Cyrillic а reads
// like "ada": one name takes its letters from one of these alphabets (and any others, as 東京Bay), and a name written wholly in
// letters that look like those of a name that is there is taken, whichever of them came first.
//
// The table has the pairs that look alike in one of their cases; keys are folded, so it knows small letters only. Digits for
// letters (adm1n) and letters of one alphabet for each other (rn for m) are not looked at.
#pragma once
#include "base/arena.h"
#include "base/str.h"

bool lookalike_mixed(Str key);
// The other keys that a folded name looks like: at most LOOKALIKES_MAX.
#define LOOKALIKES_MAX 2
size_t lookalike_keys(Arena *a, Str key, Str ret[static LOOKALIKES_MAX]);
