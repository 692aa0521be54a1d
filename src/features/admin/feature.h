// SPDX-License-Identifier: AGPL-3.0-or-later
// Administration in the browser: the settings that the features declare (core/setting.h), on one page made of their tables.
// A setting that is added to a table is on the page with its texts from the catalogue: "setting.NAME", "setting.NAME.help", of
// each word "setting.NAME.WORD", of its group "settings.group.PREFIX". Addresses (SETTING_URL, SETTING_HOSTS) are shown and
// changed by command only: a wrong one would make the site unreachable for whoever could mend it here.
#pragma once
#include "web/route.h"

#define ADMIN_GROUPS_MAX 12
#define ADMIN_PATH_MAX 64

// A group of settings has a form and a route of its own, built of the tables; the caller's.
typedef struct AdminRoutes {
	Route v[1 + ADMIN_GROUPS_MAX];
	size_t n;
	FormField fields[ADMIN_GROUPS_MAX][ROUTE_FIELDS_MAX];
	char paths[ADMIN_GROUPS_MAX][ADMIN_PATH_MAX];
} AdminRoutes;

// All features that have settings, without this one.
Feature admin_feature(AdminRoutes *routes, const Feature *features, size_t n);
