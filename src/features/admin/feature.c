// SPDX-License-Identifier: AGPL-3.0-or-later
#include "admin/feature.h"

#include "admin/pages.h"

#include <string.h>

#define VALUE_MAX_BYTES 4000 // of what is typed; what fits is the setting's to say

static Route *group_route(AdminRoutes *r, Str group)
{
	for (size_t i = 1; i < r->n; i++)
		if (str_eq(admin_group_of_path(r->v[i].path), group)) return &r->v[i];
	BUG_IF(r->n > ADMIN_GROUPS_MAX);
	size_t at = r->n - 1;
	Str prefix = S(ADMIN_PATH "/");
	BUG_IF(prefix.n + group.n >= ADMIN_PATH_MAX);
	memcpy(r->paths[at], prefix.p, prefix.n);
	memcpy(r->paths[at] + prefix.n, group.p, group.n);
	r->v[r->n] = (Route)WRITE(r->paths[at], RIGHT_ADMIN, admin_prepare, admin_action, .failed = admin_page,
							  .form = {r->fields[at], 0}, .limit = LIMIT_WRITE,
							  .doc = "Change settings of the community");
	return &r->v[r->n++];
}

static void add_setting(AdminRoutes *r, const Setting *s)
{
	if (admin_by_command(s)) return;
	Route *route = group_route(r, admin_group(s));
	BUG_IF(route->form.n == ROUTE_FIELDS_MAX);
	r->fields[route - r->v - 1][route->form.n++] = (FormField)LINE(s->name, 0, VALUE_MAX_BYTES, "error.value");
}

Feature admin_feature(AdminRoutes *routes, const Feature *features, size_t n)
{
	static const FormField SAVED_FORM[] = {LINE("saved", 0, 40, "error.value")};
	routes->n = 1;
	routes->v[0] = (Route)READ(ADMIN_PATH, RIGHT_ADMIN, admin_page, .form = FORM(SAVED_FORM),
							   .doc = "Settings of the community");
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < features[i].settings.n; k++) add_setting(routes, features[i].settings.v[k]);
	return (Feature){.name = "admin", .routes = routes->v, .routes_n = routes->n};
}
