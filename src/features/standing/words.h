// SPDX-License-Identifier: AGPL-3.0-or-later
// Private to standing: numbers and names as people read them.
#pragma once
#include "base/buf.h"
#include "rules/rules.h"

Str points_text(Arena *a, int64_t thousandths, bool sign);      // tenths at most: "+12.5", "−3", "0"
Str ordinal(Arena *a, int64_t n);                               // 1st, 2nd, 3rd, 11th
Str place_text(Arena *a, int64_t from, int64_t to, int64_t of); // "2nd to 4th of 214"; absent for place 0
Str amount_text(Arena *a, int64_t thousandths);                 // "6.5", "1,981"
Str rule_title(Arena *a, const Rule *rule);                     // as its author calls it, else made from its id
Str title_of(Arena *a, Str id);                                 // "solution-by-staff" is "Solution by staff"
Str day_text(Arena *a, int32_t day);                            // 3 August 2026
Str cap_text(Arena *a, const Cap *cap);                         // "200 points a day"
