// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/app.h"

Status verb_import_stackexchange(App *app)
{
	if (app->options.words_n < 1) return fail(&app->cx, ST_INVALID, "the folder of the dump is missing");
	TRY(app_open(app, true));
	return fail(&app->cx, ST_UNSUPPORTED, "not yet");
}
