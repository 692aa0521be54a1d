// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/app.h"

#include "members/members.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READERS 6
#define MMAP_BYTES ((int64_t)1 << 30)
#define READER_CACHE_KIB 512
#define LINE_MAX_BYTES ((size_t)64 << 10)

void app_say(const char *fmt, ...)
{
	AUTO(Arena) a = arena_new(LINE_MAX_BYTES * 4);
	char *line = arena_alloc(a, LINE_MAX_BYTES, 1);
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(line, LINE_MAX_BYTES - 1, fmt, ap);
	va_end(ap);
	size_t len = n < 0 ? 0 : size_min((size_t)n, LINE_MAX_BYTES - 2);
	line[len++] = '\n';
	ssize_t done = write(STDOUT_FILENO, line, len);
	(void)done;
}

static Status make_dir(Ctx *cx, Str path)
{
	if (mkdir(str_z(cx->arena, path), 0750) == 0 || errno == EEXIST) return ST_OK;
	return fail(cx, ST_IO, "%.*s: %s", STR(path), strerror(errno));
}

// DIR/sites/NAME.db, or a schema of the same name in PostgreSQL.
static Status store_url(App *app, bool must_exist, StoreConfig *config)
{
	const Options *o = &app->options;
	Str site = o->site.n ? o->site : S("main");
	for (size_t i = 0; i < site.n; i++) {
		char c = site.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return fail(&app->cx, ST_INVALID, "--site: small letters, digits and _ only");
	}
	if (o->db.n) {
		config->url = o->db;
		config->schema = str_format(app->cx.arena, "hearth_%.*s", STR(site));
		return ST_OK;
	}
	if (!o->data.n) return fail(&app->cx, ST_INVALID, "say where the data is: --data DIR (or --db postgres://…)");
	Str sites = str_format(app->cx.arena, "%.*s/sites", STR(o->data));
	config->url = str_format(app->cx.arena, "%.*s/%.*s.db", STR(sites), STR(site));
	if (must_exist) {
		if (access(str_z(app->cx.arena, config->url), R_OK) == 0) return ST_OK;
		return fail(&app->cx, ST_NOT_FOUND, "no site in %.*s: run `hearth init` first", STR(o->data));
	}
	TRY(make_dir(&app->cx, o->data));
	return make_dir(&app->cx, sites);
}

Status app_open(App *app, bool load)
{
	StoreConfig config = {.readers = READERS, .mmap_bytes = MMAP_BYTES, .cache_kib = READER_CACHE_KIB};
	if (app->options.workers) config.readers = (int)app->options.workers + 2;
	TRY(store_url(app, load, &config));
	TRY(store_open(&app->cx, &config, &app->store));
	MigrationSet sets[APP_FEATURES];
	size_t n = 0;
	for (size_t i = 0; i < app->features_n; i++)
		if (app->features[i].migrations_n)
			sets[n++] = (MigrationSet){.v = app->features[i].migrations, .n = *app->features[i].migrations_n};
	TRY(store_migrate(&app->cx, app->store, sets, n));
	if (!load) return ST_OK;
	TRY(site_load(&app->cx, app->store, &app->site));
	app->cx.site = &app->site;
	return ST_OK;
}

void app_close(App *app)
{
	if (app->store) store_close(app->store);
	app->store = NULL;
}

Str app_password(Ctx *cx)
{
	static const char ALPHABET[] = "0123456789abcdefghjkmnpqrstvwxyz";
	unsigned char raw[24];
	cx->rng->fill(cx->rng->self, raw, sizeof raw);
	char *p = arena_alloc(cx->arena, sizeof raw, 1);
	for (size_t i = 0; i < sizeof raw; i++) p[i] = ALPHABET[raw[i] & 31];
	return (Str){p, sizeof raw};
}

static Status create_admin(Ctx *cx, Tx *tx, void *arg)
{
	Id id;
	return members_create(cx, tx, arg, &id);
}

Status app_init_site(App *app, Str name, Str admin_email, bool demo, Str *ret_password)
{
	Ctx *cx = &app->cx;
	MemberNew admin = {.handle = S("admin"),
					   .email = admin_email,
					   .password = app_password(cx),
					   .role = ROLE_ADMIN,
					   .affiliation = AFFILIATION_EMPLOYEE};
	TRY(members_prepare(cx, &admin));
	TRY(site_init(cx, app->store, name.n ? name : S("Hearth"), demo));
	TRY(store_write(cx, app->store, create_admin, &admin));
	*ret_password = admin.password;
	return ST_OK;
}
