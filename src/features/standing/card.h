// SPDX-License-Identifier: AGPL-3.0-or-later
// A card: what is known of a member, signed by the site, good for a while. JSON in one line,
//
//   {"payload":{…},"key":"…","signature":"…"}
//
// where the signature is Ed25519 (libsodium) of the bytes between `{"payload":` and `,"key":"`, exactly as they stand. One that
// was laid out over several lines on its way is read without the white space between its texts, which no card has. The key
// pair is derived from the site's secret, so it is there on every node and in every backup without being stored again
// (docs/adr/0022). Whoever has the key of the site checks a card without asking the site.
#pragma once
#include "standing/model.h"

#define CARD_LIFE_MS (90 * TIME_DAY_MS)
#define CARD_MAX_BYTES ((size_t)8192)
#define CARD_KEY_TEXT 43 // base64url of 32 bytes

typedef enum CardVerdict { CARD_GOOD, CARD_EXPIRED, CARD_UNREADABLE, CARD_OTHER_KEY, CARD_FALSE } CardVerdict;

MUST_CHECK Status card_key(Ctx *cx, Str *ret_text); // the site's public key
MUST_CHECK Status card_sign(Ctx *cx, Str payload, Str *ret_card);
MUST_CHECK Status card_verify(Ctx *cx, Str card, CardVerdict *ret_verdict, Str *ret_payload);
