// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/mark.h"

#include "core/consent.h"

#include <sodium.h>
#include <stddef.h>
#include <string.h>

bool mark_refused(const Req *req)
{
	return str_eq(http_header(req->http, S("DNT")), S("1")) || str_eq(http_header(req->http, S("Sec-GPC")), S("1"));
}

static bool may_be_timed(const Ctx *cx, const Req *req)
{
	const Actor *a = cx->actor;
	return a->id && !a->by_token && !mark_refused(req) &&
		   consent_given(cx->site, (Agreed)a->attention, role_is_staff(a->role, a->affiliation));
}

typedef struct Signed { // what is signed, in the same bytes on every machine of a site
	int64_t member, subject, served_at;
	char sides[MARK_SIDES_MAX];
} Signed;

static void mac_of(const Ctx *cx, const Mark *m, char out[static MARK_MAC_CHARS])
{
	Signed s = {.member = m->member, .subject = m->subject, .served_at = m->served_at};
	unsigned char mac[crypto_shorthash_BYTES];
	_Static_assert(crypto_shorthash_KEYBYTES == sizeof cx->site->mark_key, "a key of the hash");
	_Static_assert(2 * sizeof mac == MARK_MAC_CHARS, "as hexadecimal digits");
	if (m->sides.n) memcpy(s.sides, m->sides.p, size_min(m->sides.n, sizeof s.sides));
	crypto_shorthash(mac, (const unsigned char *)&s, offsetof(Signed, sides) + m->sides.n, cx->site->mark_key);
	for (size_t i = 0; i < sizeof mac; i++) {
		out[2 * i] = "0123456789abcdef"[mac[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[mac[i] & 15];
	}
}

Str mark_make(Ctx *cx, const Req *req, Id subject, Str sides)
{
	if (!may_be_timed(cx, req)) return str_none();
	Mark m = {cx->actor->id, subject, cx->now_ms, str_sub(sides, 0, size_min(sides.n, MARK_SIDES_MAX))};
	char mac[MARK_MAC_CHARS];
	Buf b = buf_init(cx->arena, MARK_TEXT_MAX, MARK_TEXT_MAX);
	mac_of(cx, &m, mac);
	buf_id(&b, m.member);
	buf_char(&b, '.');
	buf_id(&b, m.subject);
	buf_char(&b, '.');
	buf_id(&b, m.served_at);
	buf_char(&b, '.');
	buf_str(&b, m.sides);
	buf_char(&b, '.');
	buf_mem(&b, mac, sizeof mac);
	return buf_view(&b);
}

bool mark_parse(const Ctx *cx, Str text, Mark *ret_mark)
{
	Mark m = {0};
	Str member, subject, served;
	Str sent = str_cut(str_cut(str_cut(str_cut(text, '.', &member), '.', &subject), '.', &served), '.', &m.sides);
	char mac[MARK_MAC_CHARS];
	if (!str_eq(subject, S("0")) && !id_parse(subject, &m.subject)) return false;
	if (!id_parse(member, &m.member) || !id_parse(served, &m.served_at) || sent.n != sizeof mac ||
		m.sides.n > MARK_SIDES_MAX)
		return false;
	mac_of(cx, &m, mac);
	if (sodium_memcmp(mac, sent.p, sizeof mac) != 0) return false;
	*ret_mark = m;
	return true;
}

bool mark_is_good(const Ctx *cx, const Mark *m)
{
	return m->served_at <= cx->now_ms && cx->now_ms - m->served_at <= MARK_LIFE_MS;
}
