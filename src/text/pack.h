// SPDX-License-Identifier: AGPL-3.0-or-later
// A text kept as what another text lacks of it: Markdown beside the HTML made from it takes a few dozen bytes instead of
// hundreds. It is a zstd frame with the other text as its prefix and a checksum, without the four bytes that begin every
// frame. Unpacking needs exactly the same other text; with any other one, or a damaged pack, it fails with ST_INTERNAL
// and never gives a wrong text.
//
//   Str packed, again;
//   TRY(text_pack(cx, html, source, &packed));              // some 10 µs
//   TRY(text_unpack(cx, html, packed, BODY_MAX_BYTES, &again));
#pragma once
#include "base/ctx.h"

#define PACK_TEXT_MAX_BYTES ((size_t)4 << 20) // of either text

MUST_CHECK Status text_pack(Ctx *cx, Str other, Str text, Str *ret_packed); // ST_TOO_LARGE
MUST_CHECK Status text_unpack(Ctx *cx, Str other, Str packed, size_t max_bytes, Str *ret_text);
