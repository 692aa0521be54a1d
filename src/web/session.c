// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/web_impl.h"

#include <sodium.h>
#include <string.h>

#define BROWSER_TEXT_BYTES 32
#define BROWSER_HASH_BYTES 32

Str cookie_value(const HttpJob *job, Str name)
{
	Str all = http_header(job, S("Cookie"));
	while (all.p && all.n) {
		Str pair, rest = str_cut(all, ';', &pair), key, value = str_cut(str_trim(pair), '=', &key);
		all = rest;
		if (str_eq(key, name)) return value;
	}
	return str_none();
}

Str req_cookie(const Req *req, Str name) { return cookie_value(req->http, name); }

static Status identify_with(Work *w, Status (*find)(Ctx *, Db *, Str, Actor *, bool *), Str token, bool *ret_found)
{
	*ret_found = false;
	return find ? find(&w->cx, w->req.db, token, &w->actor, ret_found) : ST_OK;
}

Status session_identify(Work *w)
{
	w->actor = actor_guest();
	bool found = false;
	Str bearer = http_header(w->job, S("Authorization"));
	if (w->req.route->flags & ROUTE_API && bearer.p) {
		if (!str_eq_nocase(str_sub(bearer, 0, 7), S("Bearer "))) // the scheme's case is of no account, RFC 9110
			return fail(&w->cx, ST_UNAUTHENTICATED, "only Bearer tokens are accepted");
		TRY(identify_with(w, w->web->config.token_find, str_trim(str_sub(bearer, 7, bearer.n)), &found));
		if (!found) return fail(&w->cx, ST_UNAUTHENTICATED, "this token is not known");
		w->actor.by_token = true;
		return ST_OK;
	}
	Str token = cookie_value(w->job, S(SESSION_COOKIE));
	if (!token.p || !token.n) return ST_OK;
	TRY(identify_with(w, w->web->config.session_find, token, &found));
	if (found) w->req.session_token = token;
	else w->actor = actor_guest();
	return ST_OK;
}

#define CSRF_MAC_BYTES 16

static void csrf_mac(const Site *site, Str session_token, unsigned char out[static CSRF_MAC_BYTES])
{
	crypto_generichash(out, CSRF_MAC_BYTES, (const unsigned char *)session_token.p, session_token.n, site->secret,
					   sizeof site->secret);
}

Str web_csrf_token(Ctx *cx, const Req *req)
{
	if (!req->session_token.p) return S("");
	unsigned char both[2 * CSRF_MAC_BYTES], mac[CSRF_MAC_BYTES];
	csrf_mac(cx->site, req->session_token, mac);
	cx->rng->fill(cx->rng->self, both, CSRF_MAC_BYTES);
	for (size_t i = 0; i < CSRF_MAC_BYTES; i++) both[CSRF_MAC_BYTES + i] = both[i] ^ mac[i];
	char *hex = arena_alloc(cx->arena, sizeof both * 2 + 1, 1);
	sodium_bin2hex(hex, sizeof both * 2 + 1, both, sizeof both);
	return (Str){hex, sizeof both * 2};
}

static bool csrf_matches(const Site *site, Str session_token, Str token)
{
	unsigned char both[2 * CSRF_MAC_BYTES], mac[CSRF_MAC_BYTES];
	size_t n = 0;
	if (token.n != sizeof both * 2 || sodium_hex2bin(both, sizeof both, token.p, token.n, NULL, &n, NULL) != 0)
		return false;
	csrf_mac(site, session_token, mac);
	for (size_t i = 0; i < CSRF_MAC_BYTES; i++) both[i] ^= both[CSRF_MAC_BYTES + i];
	return n == sizeof both && sodium_memcmp(both, mac, CSRF_MAC_BYTES) == 0;
}

// "https://example.com:8443" -> "example.com:8443"
static Str origin_host(Str origin)
{
	size_t at;
	return str_find(origin, S("://"), &at) ? str_sub(origin, at + 3, origin.n) : str_none();
}

static Status guard_origin(Work *w, bool *ret_sent)
{
	Str site = http_header(w->job, S("Sec-Fetch-Site")), origin = http_header(w->job, S("Origin"));
	if (site.p && !str_eq(site, S("same-origin")) && !str_eq(site, S("none")))
		return fail(&w->cx, ST_FORBIDDEN, "a form of another site (Sec-Fetch-Site: %.*s)", STR(str_sub(site, 0, 20)));
	if (origin.p && !str_eq_nocase(origin_host(origin), w->job->host))
		return fail(&w->cx, ST_FORBIDDEN, "a form of another site (Origin)");
	*ret_sent = site.p || origin.p;
	return ST_OK;
}

Status session_guard_note(Work *w)
{
	bool sent = false;
	TRY(guard_origin(w, &sent));
	return sent ? ST_OK : fail(&w->cx, ST_FORBIDDEN, "neither Origin nor Sec-Fetch-Site was sent");
}

Status session_guard_form(Work *w)
{
	bool sent = false;
	if (w->actor.by_token) return ST_OK; // nothing a browser adds by itself
	// Without a session there is no token: a browser has to say where the form comes from.
	if (!w->actor.id) return session_guard_note(w);
	TRY(guard_origin(w, &sent));
	Str token = w->csrf.p ? w->csrf : http_header(w->job, S("X-CSRF-Token"));
	if (!token.p || !csrf_matches(w->cx.site, w->req.session_token, token))
		return fail(&w->cx, ST_FORBIDDEN, "the form's token is missing or stale");
	return ST_OK;
}

Str res_browser_hash(Ctx *cx, const Req *req, Res *res)
{
	Str browser = req->browser;
	if (browser.n != BROWSER_TEXT_BYTES) {
		unsigned char raw[BROWSER_TEXT_BYTES / 2];
		char *hex = arena_alloc(cx->arena, BROWSER_TEXT_BYTES + 1, 1);
		cx->rng->fill(cx->rng->self, raw, sizeof raw);
		sodium_bin2hex(hex, BROWSER_TEXT_BYTES + 1, raw, sizeof raw);
		browser = (Str){hex, BROWSER_TEXT_BYTES};
		res_cookie(cx, res, S(BROWSER_COOKIE), browser, 365 * TIME_DAY_MS, true);
	}
	char *hash = arena_alloc(cx->arena, BROWSER_HASH_BYTES, 1);
	crypto_generichash((unsigned char *)hash, BROWSER_HASH_BYTES, (const unsigned char *)browser.p, browser.n,
					   cx->site->secret, sizeof cx->site->secret);
	return (Str){hash, BROWSER_HASH_BYTES};
}
