// SPDX-License-Identifier: AGPL-3.0-or-later
// Old addresses of an imported community: on its old host (`import … --redirects HOST`) they answer 301, elsewhere 404.
#include "members/members.h"
#include "stackexchange/feature.h"

#define CHANNEL "stackexchange"

const Setting REDIRECTS_HOST = {"redirects.host", SETTING_HOSTS, 0, 20, "", "names"};
static const Setting *const SETTINGS[] = {&REDIRECTS_HOST};

static Status check_host(Ctx *cx, const Req *req)
{
	if (hosts_have(setting_str(cx->site, &REDIRECTS_HOST), req->http->host)) return ST_OK;
	return fail(cx, ST_NOT_FOUND, "there is nothing at this address");
}

static bool all_digits(Str s)
{
	int64_t n;
	return str_int(s, 1, INT64_MAX, &n);
}

static Status old_post(Ctx *cx, const Req *req, Res *res)
{
	TRY(check_host(cx, req));
	Str old = req_str(req, "old");
	if (!all_digits(old)) return fail(cx, ST_NOT_FOUND, "there is nothing at this address");
	return res_redirect_status(res, 301, str_format(cx->arena, "/origin/" CHANNEL "/%.*s", STR(old)));
}

static Status old_answer(Ctx *cx, const Req *req, Res *res)
{
	TRY(check_host(cx, req));
	Str old = req_str(req, "answer");
	if (!all_digits(old)) return old_post(cx, req, res);
	return res_redirect_status(res, 301, str_format(cx->arena, "/origin/" CHANNEL "/%.*s", STR(old)));
}

static Status old_member(Ctx *cx, const Req *req, Res *res)
{
	TRY(check_host(cx, req));
	MemberFindByOriginRow found_row;
	bool found;
	TRY(member_find_by_origin(cx, req->db,
							  &(MemberFindByOriginArgs){.origin_channel = S(CHANNEL), .origin_id = req_str(req, "old")},
							  &found_row, &found));
	if (!found) return fail(cx, ST_NOT_FOUND, "no such member was imported");
	MemberGetRow m;
	TRY(member_get(cx, req->db, &(MemberGetArgs){.id = found_row.id}, &m));
	if (m.deleted_at) return fail(cx, ST_NOT_FOUND, "this member is no more");
	return res_redirect_status(res, 301, str_format(cx->arena, "/m/%.*s", STR(m.handle)));
}

// clang-format off
static const Route ROUTES[] = {
	READ("/questions/{old}", RIGHT_READ, old_post, .doc = "An old address of an imported question"),
	READ("/questions/{old}/{slug}", RIGHT_READ, old_post, .doc = "An old address of an imported question"),
	READ("/questions/{old}/{slug}/{answer}", RIGHT_READ, old_answer, .doc = "An old address of an imported answer"),
	READ("/q/{old}", RIGHT_READ, old_post, .doc = "An old short address"),
	READ("/q/{old}/{user}", RIGHT_READ, old_post, .doc = "An old short address"),
	READ("/a/{old}", RIGHT_READ, old_post, .doc = "An old short address of an answer"),
	READ("/a/{old}/{user}", RIGHT_READ, old_post, .doc = "An old short address of an answer"),
	READ("/users/{old}", RIGHT_READ, old_member, .doc = "An old address of a member"),
	READ("/users/{old}/{name}", RIGHT_READ, old_member, .doc = "An old address of a member"),
};
// clang-format on

Feature stackexchange_feature(void)
{
	return (Feature){.name = "stackexchange",
					 .routes = ROUTES,
					 .routes_n = COUNTOF(ROUTES),
					 .settings = {SETTINGS, COUNTOF(SETTINGS)}};
}
