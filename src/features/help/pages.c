// SPDX-License-Identifier: AGPL-3.0-or-later
#include "help/feature.h"
#include "help/view.h"
#include "help_html.h"
#include "web/form.h"
#include "web/i18n.h"
#include "web/router.h"

#include <string.h>

static const struct {
	unsigned rights;
	const char *title_key;
} GROUPS[] = {
	{RIGHT_READ, "help.everyone"},
	{RIGHT_SIGNED_IN | RIGHT_WRITE, "help.members"},
	{RIGHT_CURATE | RIGHT_MODERATE, "help.moderators"},
	{RIGHT_MANAGE, "help.managers"},
	{RIGHT_ADMIN, "help.admins"},
};

// A page a person opens by its address alone: not a file for programs, and nothing to fill in first.
static bool is_page(const Route *r)
{
	if (!r->page || r->flags & (ROUTE_API | ROUTE_DEMO) || strpbrk(r->path, "{.")) return false;
	for (size_t i = 0; i < r->form.n; i++)
		if (form_requires(&r->form.v[i])) return false;
	return true;
}

static void add(HelpRows *to, const Route *r)
{
	to->v[to->n++] = (HelpRow){.path = str_from(r->path),
							   .doc = str_from(r->doc),
							   .method = r->method == HTTP_GET ? "GET" : "POST",
							   .token = r->right != RIGHT_READ};
}

static Status help_page(Ctx *cx, const Req *req, Res *res)
{
	HelpView *v = ARENA_NEW(cx->arena, HelpView, 1);
	size_t n = router_count(req->router);
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("help.title");
	v->signed_in = cx->actor->id != 0;
	v->groups = (HelpGroups){ARENA_NEW(cx->arena, HelpGroup, COUNTOF(GROUPS)), COUNTOF(GROUPS)};
	v->api.v = ARENA_NEW(cx->arena, HelpRow, n);
	for (size_t g = 0; g < COUNTOF(GROUPS); g++)
		v->groups.v[g] = (HelpGroup){GROUPS[g].title_key, {ARENA_NEW(cx->arena, HelpRow, n), 0}};
	for (size_t i = 0; i < n; i++) {
		const Route *r = router_at(req->router, i);
		if (r->flags & ROUTE_API) add(&v->api, r);
		if (r == req->route || !is_page(r) || !(cx->actor->rights & r->right)) continue;
		if (v->signed_in && str_starts(str_from(r->path), S("/sign-"))) continue;
		for (size_t g = 0; g < COUNTOF(GROUPS); g++)
			if (r->right & GROUPS[g].rights) add(&v->groups.v[g].pages, r);
	}
	html_help_help(&res->body, v);
	return ST_OK;
}

// clang-format off
static const Route ROUTES[] = {
	READ("/help", RIGHT_READ, help_page, .flags = ROUTE_CACHED, .doc = "Help"),
};
// clang-format on

Feature help_feature(void) { return (Feature){.name = "help", .routes = ROUTES, .routes_n = COUNTOF(ROUTES)}; }
