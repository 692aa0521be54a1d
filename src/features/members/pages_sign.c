// SPDX-License-Identifier: AGPL-3.0-or-later
// Signing in, up and out. Besides the limit by address, which the route's row has, wrong passwords are counted by whom they
// are tried on, so that guessing spread over many addresses is slow (web/guess.h). Nobody is locked out by a stranger's
// tries: a browser that was signed in to the account before (it has a cookie that only the site can make) and a network that
// was, lately, have a count of their own. Of a name that nobody has all goes the same way, with the same words.
#include "members/pages.h"
#include "members/view.h"
#include "members_html.h"

#include "web/guess.h"
#include "web/i18n.h"
#include "web/limit.h"

#include <sodium.h>
#include <string.h>

#define DEVICE_LIFE_MS (365 * TIME_DAY_MS)
#define DEVICE_RANDOM_BYTES 16
#define DEVICE_MAC_BYTES 16
#define DEVICE_BYTES (DEVICE_RANDOM_BYTES + DEVICE_MAC_BYTES)
#define DEVICE_CHARS ((size_t)2 * DEVICE_BYTES) // in hexadecimal

Str sign_in_next(const Req *req)
{
	Str next = req_str(req, "next");
	return next.n ? next : S("/");
}

// --- browsers that were here before -------------------------------------------------------------------------------------

static void device_mac(const Site *site, Id member_id, const unsigned char *random, unsigned char *ret_mac)
{
	unsigned char text[6 + sizeof member_id + DEVICE_RANDOM_BYTES] = "device";
	memcpy(text + 6, &member_id, sizeof member_id);
	memcpy(text + 6 + sizeof member_id, random, DEVICE_RANDOM_BYTES);
	crypto_generichash(ret_mac, DEVICE_MAC_BYTES, text, sizeof text, site->secret, sizeof site->secret);
}

static Str device_make(Ctx *cx, Id member_id)
{
	unsigned char raw[DEVICE_BYTES];
	char *hex = arena_alloc(cx->arena, DEVICE_CHARS + 1, 1);
	cx->rng->fill(cx->rng->self, raw, DEVICE_RANDOM_BYTES);
	device_mac(cx->site, member_id, raw, raw + DEVICE_RANDOM_BYTES);
	sodium_bin2hex(hex, DEVICE_CHARS + 1, raw, sizeof raw);
	return (Str){hex, DEVICE_CHARS};
}

static bool device_is_of(const Site *site, Id member_id, Str cookie)
{
	unsigned char raw[DEVICE_BYTES], mac[DEVICE_MAC_BYTES];
	size_t n = 0;
	if (cookie.n != DEVICE_CHARS || sodium_hex2bin(raw, sizeof raw, cookie.p, cookie.n, NULL, &n, NULL) != 0)
		return false;
	device_mac(site, member_id, raw, mac);
	return n == sizeof raw && sodium_memcmp(raw + DEVICE_RANDOM_BYTES, mac, sizeof mac) == 0;
}

static uint64_t network_key(Ctx *cx, const Req *req, Id member_id)
{
	return guess_key(cx->site, GUESS_NETWORK, member_id, limits_client(cx->arena, req->client));
}

// What a try at this name from here counts against.
static uint64_t tally_key(Ctx *cx, const Req *req, Id member_id, Str name)
{
	Str device = req_cookie(req, S(DEVICE_COOKIE));
	uint64_t network = network_key(cx, req, member_id);
	bool known_device = device_is_of(cx->site, member_id, device),
		 known_network = guess_network_known(req->guesses, network, cx->now_ms);
	if (member_id && known_device) return guess_key(cx->site, GUESS_BROWSER, member_id, device);
	if (member_id && known_network) return network;
	return guess_key(cx->site, GUESS_NAME, 0, members_key(cx->arena, name));
}

// Tries are taken before the password is looked at, so that many at once are counted too, and given back if it was right.
static Status check_limited(Ctx *cx, Req *req, Actor *actor, bool *ret_ok)
{
	Credentials c;
	Str name = req_str(req, "handle"), password = req_str(req, "password");
	TRY(members_find_credentials(cx, req->db, name, &c));
	if (!req->guesses) return members_verify(cx, &c, password, actor, ret_ok);
	uint64_t key = tally_key(cx, req, c.id, name);
	if (!guess_take(req->guesses, key, cx->now_ms, &req->retry_s)) {
		field_error(cx, "handle", "members.guessed");
		return fail(cx, ST_LIMITED, "too many wrong passwords for one name");
	}
	TRY(members_verify(cx, &c, password, actor, ret_ok));
	if (*ret_ok) guess_give_back(req->guesses, key, cx->now_ms);
	return ST_OK;
}

// --- sign in ----------------------------------------------------------------------------------------------------------

static Status sign_in_draw(Ctx *cx, const Req *req, Res *res, SignView *v)
{
	v->next = sign_in_next(req);
	v->closed = !setting_flag(cx->site, &MEMBERS_SIGN_UP);
	shell_init(cx, req, &v->shell);
	v->shell.title = message_get(S("members.sign_in"));
	v->shell.noindex = true;
	html_members_sign_in(&res->body, v);
	return ST_OK;
}

Status sign_in_page(Ctx *cx, const Req *req, Res *res)
{
	SignView v = {0};
	res->no_store = true;
	return sign_in_draw(cx, req, res, &v);
}

Status sign_in_failed(Ctx *cx, const Req *req, Res *res)
{
	SignView v = {.handle = req_str(req, "handle"), .wait_min = (req->retry_s + 59) / 60};
	v.refused = !v.wait_min;
	return sign_in_draw(cx, req, res, &v);
}

Status sign_in_prepare(Ctx *cx, Req *req)
{
	Actor *actor = ARENA_NEW(cx->arena, Actor, 1);
	bool ok = false;
	TRY(check_limited(cx, req, actor, &ok));
	if (!ok) {
		field_error(cx, "handle", "members.refused");
		return fail(cx, ST_INVALID, "wrong name or password");
	}
	req->prepared = actor;
	return ST_OK;
}

Status sign_in_begin(Ctx *cx, Tx *tx, const Req *req, Res *res, Id member_id, Str next)
{
	Str token;
	TRY(members_session_create(cx, tx, member_id, &token));
	res_cookie(cx, res, S(SESSION_COOKIE), token, members_session_life_ms(cx), true);
	if (!device_is_of(cx->site, member_id, req_cookie(req, S(DEVICE_COOKIE))))
		res_cookie(cx, res, S(DEVICE_COOKIE), device_make(cx, member_id), DEVICE_LIFE_MS, true);
	if (req->guesses) guess_network_note(req->guesses, network_key(cx, req, member_id), cx->now_ms);
	return res_redirect(res, next);
}

Status sign_in_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	const Actor *actor = req->prepared;
	return sign_in_begin(cx, tx, req, res, actor->id, sign_in_next(req));
}

Status sign_out_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(members_session_delete(cx, tx, req->session_token));
	res_cookie(cx, res, S(SESSION_COOKIE), S(""), 0, true);
	return res_redirect(res, S("/"));
}

// --- sign up ----------------------------------------------------------------------------------------------------------

Status sign_up_page(Ctx *cx, const Req *req, Res *res)
{
	SignView v = {.next = sign_in_next(req), .closed = !setting_flag(cx->site, &MEMBERS_SIGN_UP)};
	shell_init(cx, req, &v.shell);
	v.shell.title = message_get(S("members.sign_up"));
	v.shell.noindex = true;
	res->no_store = true;
	if (req->route->action) {
		v.handle = req_str(req, "handle");
		v.email = req_str(req, "email");
		v.handle_error = form_error(cx, "handle");
		v.email_error = form_error(cx, "email");
		v.password_error = form_error(cx, "password");
	}
	html_members_sign_up(&res->body, &v);
	return ST_OK;
}

Status sign_up_prepare(Ctx *cx, Req *req)
{
	if (!setting_flag(cx->site, &MEMBERS_SIGN_UP)) return fail(cx, ST_FORBIDDEN, "this site makes no accounts for now");
	MemberNew *m = ARENA_NEW(cx->arena, MemberNew, 1);
	*m = (MemberNew){
		.handle = req_str(req, "handle"), .password = req_str(req, "password"), .affiliation = AFFILIATION_CUSTOMER};
	if (req_str(req, "email").n) m->email = req_str(req, "email");
	req->prepared = m;
	return members_prepare(cx, m);
}

Status sign_up_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	Id id;
	TRY(members_create(cx, tx, req->prepared, &id));
	return sign_in_begin(cx, tx, req, res, id, sign_in_next(req));
}
