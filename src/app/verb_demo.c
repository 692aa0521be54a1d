// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/app.h"

#include "demo/demo.h"

#define DEMO_SEED 7

Status verb_demo(App *app)
{
	TRY(app_open(app, false));
	Status st = site_load(&app->cx, app->store, &app->site);
	if (st == ST_NOT_FOUND) {
		Str password;
		TRY(app_init_site(app, S("Aldervale Community"), str_none(), true, &password));
		TRY(demo_apply(&app->cx, app->store, DEMO_SEED));
		app_say("administrator: admin\none-time password: %.*s", STR(password));
		st = site_load(&app->cx, app->store, &app->site);
	}
	TRY(st);
	app->cx.site = &app->site;
	return verb_serve(app);
}
