// SPDX-License-Identifier: AGPL-3.0-or-later
#include "standing/card.h"

#include <sodium.h>
#include <string.h>

#define HEAD "{\"payload\":"
#define KEY ",\"key\":\""
#define SIGNATURE "\",\"signature\":\""
#define TAIL "\"}"
#define EXPIRES "\"expires\":\""
#define PURPOSE "hearth reputation card 1"

typedef struct Pair {
	unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
} Pair;

static Status pair_of(Ctx *cx, Pair *ret)
{
	unsigned char seed[crypto_sign_SEEDBYTES];
	if (sodium_init() < 0) return fail(cx, ST_INTERNAL, "libsodium cannot start");
	crypto_generichash(seed, sizeof seed, (const unsigned char *)PURPOSE, sizeof PURPOSE - 1, cx->site->secret,
					   sizeof cx->site->secret);
	crypto_sign_seed_keypair(ret->public, ret->secret, seed);
	sodium_memzero(seed, sizeof seed);
	return ST_OK;
}

static Str base64(Arena *a, const unsigned char *p, size_t n)
{
	size_t cap = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = arena_alloc(a, cap, 1);
	sodium_bin2base64(text, cap, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return str_from(text);
}

Status card_key(Ctx *cx, Str *ret_text)
{
	Pair pair;
	TRY(pair_of(cx, &pair));
	*ret_text = base64(cx->arena, pair.public, sizeof pair.public);
	sodium_memzero(pair.secret, sizeof pair.secret);
	return ST_OK;
}

Status card_sign(Ctx *cx, Str payload, Str *ret_card)
{
	Pair pair;
	unsigned char signature[crypto_sign_BYTES];
	TRY(pair_of(cx, &pair));
	crypto_sign_detached(signature, NULL, (const unsigned char *)payload.p, payload.n, pair.secret);
	sodium_memzero(pair.secret, sizeof pair.secret);
	Buf b = buf_init(cx->arena, payload.n + 256, CARD_MAX_BYTES);
	buf_z(&b, HEAD);
	buf_str(&b, payload);
	buf_z(&b, KEY);
	buf_str(&b, base64(cx->arena, pair.public, sizeof pair.public));
	buf_z(&b, SIGNATURE);
	buf_str(&b, base64(cx->arena, signature, sizeof signature));
	buf_z(&b, TAIL);
	TRY(buf_status(cx, &b));
	*ret_card = buf_view(&b);
	return ST_OK;
}

// What stands before and after the last occurrence of a mark. Quotes in texts are escaped, so a mark cannot stand in one.
static bool split(Str s, Str mark, Str *ret_before, Str *ret_after)
{
	for (size_t at = s.n >= mark.n ? s.n - mark.n + 1 : 0; at > 0; at--) {
		if (memcmp(s.p + at - 1, mark.p, mark.n) != 0) continue;
		*ret_before = str_sub(s, 0, at - 1);
		*ret_after = str_sub(s, at - 1 + mark.n, s.n);
		return true;
	}
	return false;
}

static bool bytes_of(Str text, unsigned char *to, size_t n)
{
	size_t got = 0;
	return sodium_base642bin(to, n, text.p, text.n, NULL, &got, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
		   got == n;
}

// Without the white space between the texts of JSON.
static Str in_one_line(Arena *a, Str card)
{
	Buf b = buf_init(a, card.n + 1, BUF_MAX_BYTES);
	bool in_text = false, escaped = false;
	for (size_t i = 0; i < card.n; i++) {
		char c = card.p[i];
		if (!in_text && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
		if (c == '"' && !escaped) in_text = !in_text;
		escaped = in_text && c == '\\' && !escaped;
		buf_char(&b, c);
	}
	return buf_view(&b);
}

static bool take_apart(Str card, Str *payload, Str *key, Str *signature)
{
	Str rest, head;
	if (card.n > CARD_MAX_BYTES || !str_starts(card, S(HEAD)) || !str_ends(card, S(TAIL))) return false;
	card = str_sub(card, sizeof HEAD - 1, card.n - (sizeof TAIL - 1));
	if (!split(card, S(SIGNATURE), &head, signature)) return false;
	rest = head;
	return split(rest, S(KEY), payload, key);
}

Status card_verify(Ctx *cx, Str card, CardVerdict *ret_verdict, Str *ret_payload)
{
	Pair pair;
	unsigned char key[crypto_sign_PUBLICKEYBYTES], signature[crypto_sign_BYTES];
	Str key_text, signature_text, before, after, date;
	Time expires = 0;
	*ret_verdict = CARD_UNREADABLE;
	*ret_payload = str_none();
	TRY(pair_of(cx, &pair));
	sodium_memzero(pair.secret, sizeof pair.secret);
	if (!take_apart(in_one_line(cx->arena, card), ret_payload, &key_text, &signature_text) ||
		!bytes_of(key_text, key, sizeof key) || !bytes_of(signature_text, signature, sizeof signature))
		return ST_OK;
	*ret_verdict = CARD_OTHER_KEY;
	if (sodium_memcmp(key, pair.public, sizeof key) != 0) return ST_OK;
	*ret_verdict = CARD_FALSE;
	if (crypto_sign_verify_detached(signature, (const unsigned char *)ret_payload->p, ret_payload->n, pair.public) != 0)
		return ST_OK;
	*ret_verdict = CARD_EXPIRED;
	if (!split(*ret_payload, S(EXPIRES), &before, &after)) return ST_OK;
	str_cut(after, '"', &date);
	if (time_parse_iso(date, &expires) && expires > cx->now_ms) *ret_verdict = CARD_GOOD;
	return ST_OK;
}
