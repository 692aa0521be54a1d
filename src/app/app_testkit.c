// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/app_testkit.h"

#include "community/model_testkit.h"
#include "members/members.h"
#include "web/shell.h"

#include "test.h"

Web *town_web(Town *t)
{
	App *app = ARENA_NEW(test_arena(), App, 1);
	Site *site = ARENA_NEW(test_arena(), Site, 1);
	Web *web = NULL;
	app_features(app);
	assert_ok(t->cx, site_init(t->cx, t->store, S("Town"), false));
	assert_ok(t->cx, site_load(t->cx, t->store, site));
	WebConfig config = {.site = site,
						.features = app->feature_list,
						.features_n = app->features_n,
						.session_find = members_session_find,
						.token_find = members_token_find,
						.ids = t->cx->ids,
						.error_page = web_error_page,
						.clock = test_clock};
	assert_ok(t->cx, web_open(t->cx, &config, &web));
	return web;
}
