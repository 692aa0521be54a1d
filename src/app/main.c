// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/app.h"

#include "web/i18n.h"

#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

static void tell_failure(const Ctx *cx, Status st)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	for (size_t i = 0; i < cx->field_errors_n; i++) {
		Str why = message_get(str_from(cx->field_errors[i].key));
		Str detail = str_format(a, "hearth: %s: %.*s\n", cx->field_errors[i].field, STR(why));
		ssize_t told = write(STDERR_FILENO, detail.p, detail.n);
		(void)told;
	}
	Str line = str_format(a, "hearth: %.*s\n", STR(cx->fail_text.n ? cx->fail_text : str_from(status_name(st))));
	ssize_t done = write(STDERR_FILENO, line.p, line.n);
	(void)done;
}

int main(int argc, char **argv)
{
	// A full disk and a lost client are errors of calls, not of the process.
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	if (sodium_init() < 0) return status_exit_code(ST_INTERNAL);
	AUTO(Arena) arena = arena_new(APP_ARENA_BYTES);
	App *app = ARENA_NEW(arena, App, 1);
	app->cx = (Ctx){.arena = arena, .now_ms = time_now(), .ids = &app->ids, .rng = &RNG_SYSTEM};
	const Verb *verb = NULL;
	// Several processes may write to one database: each takes a node number of its own by chance (1 in 1,024 to meet).
	uint16_t node;
	rng_system_fill(NULL, &node, sizeof node);
	app->ids.node = node & 1023;
	Status st = options_parse(&app->cx, argc, argv, &app->options, &verb);
	if (st == ST_OK && verb) {
		app_features(app);
		st = verb->run(app);
		app_close(app);
	}
	if (st != ST_OK) tell_failure(&app->cx, st);
	return status_exit_code(st);
}
