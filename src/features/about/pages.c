// SPDX-License-Identifier: AGPL-3.0-or-later
#include "about/feature.h"
#include "about/view.h"
#include "about_html.h"
#include "community/community.h"
#include "members/members.h"
#include "web/i18n.h"

static const FormField ABOUT_FORM[] = {TEXT("body", 0, 65536, "about.long")};
static const FormField REPORT_FORM[] = {TEXT("note", 0, ABOUT_NOTE_MAX_BYTES, "error.value")};

static Status member_of(Ctx *cx, const Req *req, Db *db, MemberFindByHandleRow *ret)
{
	bool found;
	MemberFindByHandleArgs args = {.handle_key = members_key(cx->arena, req_str(req, "handle"))};
	TRY(member_find_by_handle(cx, db, &args, ret, &found));
	return found && !ret->deleted_at ? ST_OK : fail(cx, ST_NOT_FOUND, "no such member");
}

static Crumbs crumbs_to(Arena *a, const char *key, const char *url, Str more, Str more_url)
{
	Crumb *v = ARENA_NEW(a, Crumb, 2);
	v[0] = (Crumb){message_get_z(key), str_from(url)};
	v[1] = (Crumb){more, more_url};
	return (Crumbs){v, more.n ? 2 : 1};
}

static Str profile_path(Arena *a, Str handle) { return STR_CAT(a, S("/m/"), handle); }

// --- one's own ------------------------------------------------------------------------------------------------------------

static Status about_page(Ctx *cx, const Req *req, Res *res)
{
	AboutView *v = ARENA_NEW(cx->arena, AboutView, 1);
	MemberGetRow own;
	AboutFindRow typed = {0};
	bool found;
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("about.title");
	v->shell.noindex = true;
	TRY(member_get(cx, req->db, &(MemberGetArgs){.id = cx->actor->id}, &own));
	TRY(about_find(cx, req->db, &(AboutFindArgs){.member_id = cx->actor->id}, &typed, &found));
	v->handle = own.handle;
	v->crumbs = crumbs_to(cx->arena, "shell.settings", "/settings", str_none(), str_none());
	v->shown = own.about_html;
	v->imported = !found && own.about_html.s.n;
	v->body = req->route->action ? req_str(req, "body") : typed.source;
	v->body_error = form_error(cx, "body");
	html_about_own(&res->body, v);
	return ST_OK;
}

static Status own_prepare(Ctx *cx, Req *req)
{
	About *about = ARENA_NEW(cx->arena, About, 1);
	req->prepared = about;
	return about_prepare(cx, req_str(req, "body"), about);
}

static Status own_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(about_put_own(cx, tx, req->prepared));
	return res_redirect(res, profile_path(cx->arena, cx->actor->handle));
}

// --- reports --------------------------------------------------------------------------------------------------------------

static Status report_page(Ctx *cx, const Req *req, Res *res)
{
	AboutView *v = ARENA_NEW(cx->arena, AboutView, 1);
	MemberFindByHandleRow m;
	ReportFindOpenRow open;
	TRY(member_of(cx, req, req->db, &m));
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("about.report_title");
	v->shell.noindex = true;
	v->handle = m.handle;
	v->crumbs = crumbs_to(cx->arena, "shell.members", "/members", m.handle, profile_path(cx->arena, m.handle));
	v->shown = m.about_html;
	if (req->route->action) v->note = req_str(req, "note");
	v->note_error = form_error(cx, "note");
	ReportFindOpenArgs own = {.subject_type = SUBJECT_MEMBER, .subject_id = m.id, .reporter_id = cx->actor->id};
	TRY(report_find_open(cx, req->db, &own, &open, &v->reported));
	html_about_report(&res->body, v);
	return ST_OK;
}

// A second press leads to the same page, which says that the first has arrived.
static Status report_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	MemberFindByHandleRow m;
	bool is_new;
	TRY(member_of(cx, req, tx_db(tx), &m));
	TRY(community_report_profile(cx, tx, m.id, req_str(req, "note"), &is_new));
	return res_redirect(res, STR_CAT(cx->arena, profile_path(cx->arena, m.handle), S("/report")));
}

static Status clear_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	MemberFindByHandleRow m;
	TRY(member_of(cx, req, tx_db(tx), &m));
	TRY(about_clear(cx, tx, m.id));
	return res_redirect(res, profile_path(cx->arena, m.handle));
}

// clang-format off
static const Route ROUTES[] = {
	READ("/settings/about", RIGHT_SIGNED_IN, about_page, .doc = "What your profile says about you"),
	READ("/m/{handle}/report", RIGHT_SIGNED_IN, report_page, .doc = "Report a profile"),
	WRITE("/settings/about", RIGHT_WRITE, own_prepare, own_action, .failed = about_page, .form = FORM(ABOUT_FORM),
		.limit = LIMIT_WRITE, .doc = "Change what your profile says about you"),
	WRITE("/m/{handle}/report", RIGHT_WRITE, NULL, report_action, .failed = report_page, .form = FORM(REPORT_FORM),
		.limit = LIMIT_WRITE, .doc = "Report a profile"),
	WRITE("/m/{handle}/about/clear", RIGHT_MODERATE, NULL, clear_action, .limit = LIMIT_WRITE, .doc = "Clear what a profile says"),
};
// clang-format on

Feature about_feature(void)
{
	return (Feature){.name = "about",
					 .migrations = about_migrations,
					 .migrations_n = &about_migrations_n,
					 .routes = ROUTES,
					 .routes_n = COUNTOF(ROUTES)};
}
