// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/demo.h"
#include "demo_sql.h"
#include "members/members.h"
#include "web/web.h"

static const FormField LOOK_FORM[] = {LINE("as", 1, 20, "error.value"), LINE("next", 0, 2000, "error.value")};

static Str next_of(const Req *req) { return req_str(req, "next").n ? req_str(req, "next") : S("/"); }

static Status look_as_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	if (req->session_token.p) TRY(members_session_delete(cx, tx, req->session_token));
	Role role;
	if (!role_parse(req_str(req, "as"), &role)) { // a visitor
		res_cookie(cx, res, S(SESSION_COOKIE), S(""), 0, true);
		return res_redirect(res, next_of(req));
	}
	LookAsFindRow m;
	bool found;
	TRY(look_as_find(cx, tx_db(tx), &(LookAsFindArgs){.role = role}, &m, &found));
	if (!found) return fail(cx, ST_NOT_FOUND, "nobody has this role in the demo");
	Str token;
	TRY(members_session_create(cx, tx, m.id, &token));
	res_cookie(cx, res, S(SESSION_COOKIE), token, members_session_life_ms(cx), true);
	return res_redirect(res, next_of(req));
}

// clang-format off
static const Route ROUTES[] = {
	WRITE("/demo/look-as", RIGHT_READ, NULL, look_as_action, .form = FORM(LOOK_FORM), .flags = ROUTE_GUEST_FORM | ROUTE_DEMO,
		.limit = LIMIT_WRITE, .doc = "On demo sites: sign in as someone of a role"),
};
// clang-format on

Feature demo_feature(void) { return (Feature){.name = "demo", .routes = ROUTES, .routes_n = COUNTOF(ROUTES)}; }
