// SPDX-License-Identifier: AGPL-3.0-or-later
// A site's products and what people call them, looked up in signs.
//
//   Catalogue *c;
//   TRY(catalogue_parse(cx, S("Aurora X100\tX100\tAurora\nTrail Cam\n"), &c));   // name TAB alias TAB alias
//
// A name is found without regard to case, marks, spaces and dashes ("trail-cam", "TrailCam"), and with one slip of the
// hand if it has six letters or more (never in a digit, never in the first letter). A name that is a single short or
// everyday word ("Bridge", "One") is found only in the case the catalogue writes it in. The longest name wins. Read-only
// once made: any threads. Refuses more than CATALOGUE_NAMES_MAX names.
#pragma once
#include "base/ctx.h"
#include "text/signs.h"

#define CATALOGUE_NAMES_MAX 20000
#define CATALOGUE_WORDS 6

typedef struct Catalogue Catalogue;
MUST_CHECK Status catalogue_parse(Ctx *cx, Str lines, Catalogue **ret);
// The product whose name begins at word `at`: how many words its name has, 0 for none.
uint32_t catalogue_find(const Catalogue *c, const Signs *s, uint32_t at, Str *ret_name);
