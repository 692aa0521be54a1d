// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/mark.h"

#include "core/consent.h"

#include <sodium.h>
#include <string.h>

#define MAC_BYTES 16

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

static void mac_of(const Ctx *cx, const Mark *m, unsigned char out[static MAC_BYTES])
{
	const int64_t what[] = {m->member, m->subject, m->served_at};
	crypto_generichash_state st;
	crypto_generichash_init(&st, cx->site->secret, sizeof cx->site->secret, MAC_BYTES);
	crypto_generichash_update(&st, (const unsigned char *)"mark", 4);
	crypto_generichash_update(&st, (const unsigned char *)what, sizeof what);
	crypto_generichash_update(&st, (const unsigned char *)m->sides.p, m->sides.n);
	crypto_generichash_final(&st, out, MAC_BYTES);
}

Str mark_make(Ctx *cx, const Req *req, Id subject, Str sides)
{
	if (!may_be_timed(cx, req)) return str_none();
	Mark m = {cx->actor->id, subject, cx->now_ms, str_sub(sides, 0, size_min(sides.n, MARK_SIDES_MAX))};
	unsigned char mac[MAC_BYTES];
	char hex[2 * MAC_BYTES + 1];
	Buf b = buf_init(cx->arena, MARK_TEXT_MAX, MARK_TEXT_MAX);
	mac_of(cx, &m, mac);
	sodium_bin2hex(hex, sizeof hex, mac, sizeof mac);
	buf_id(&b, m.member);
	buf_char(&b, '.');
	buf_id(&b, m.subject);
	buf_char(&b, '.');
	buf_id(&b, m.served_at);
	buf_char(&b, '.');
	buf_str(&b, m.sides);
	buf_char(&b, '.');
	buf_mem(&b, hex, 2 * MAC_BYTES);
	return buf_view(&b);
}

bool mark_parse(const Ctx *cx, Str text, Mark *ret_mark)
{
	Mark m = {0};
	Str member, subject, served;
	Str hex = str_cut(str_cut(str_cut(str_cut(text, '.', &member), '.', &subject), '.', &served), '.', &m.sides);
	unsigned char mac[MAC_BYTES], sent[MAC_BYTES];
	size_t n = 0;
	if (!str_eq(subject, S("0")) && !id_parse(subject, &m.subject)) return false;
	if (!id_parse(member, &m.member) || !id_parse(served, &m.served_at) || hex.n != 2 * MAC_BYTES ||
		sodium_hex2bin(sent, sizeof sent, hex.p, hex.n, NULL, &n, NULL) != 0 || n != sizeof sent)
		return false;
	mac_of(cx, &m, mac);
	if (sodium_memcmp(mac, sent, sizeof mac) != 0) return false;
	*ret_mark = m;
	return true;
}

bool mark_is_good(const Ctx *cx, const Mark *m)
{
	return m->served_at <= cx->now_ms && cx->now_ms - m->served_at <= MARK_LIFE_MS;
}
