// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/app.h"

#include "members/members.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOOPS 2
#define WORKERS 4
#define READERS_BESIDE 2 // the background's, and one to spare
#define READER_CACHE_KIB 512
#define SCHEMA_PREFIX "hearth_"
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

static bool is_site_name(Str site)
{
	for (size_t i = 0; i < site.n; i++) {
		char c = site.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
	}
	return site.n > 0;
}

static Status sites_dir(App *app, Str *ret_dir)
{
	const Options *o = &app->options;
	if (!o->data.n) return fail(&app->cx, ST_INVALID, "say where the data is: --data DIR (or --db postgres://…)");
	*ret_dir = str_format(app->cx.arena, "%.*s/sites", STR(o->data));
	return ST_OK;
}

// Keeps the names sorted; false if there is no room.
static bool name_insert(Str names[static WEB_SITES_MAX], size_t *n, Str name)
{
	if (*n == WEB_SITES_MAX) return false;
	size_t at = (*n)++;
	for (; at && str_cmp(names[at - 1], name) > 0; at--) names[at] = names[at - 1];
	names[at] = name;
	return true;
}

static Status sites_of_dir(App *app, Str ret_names[static WEB_SITES_MAX], size_t *ret_n)
{
	Str dir = {0};
	size_t n = 0;
	bool room = true;
	TRY(sites_dir(app, &dir));
	DIR *d = opendir(str_z(app->cx.arena, dir));
	for (struct dirent *e; d && room && (e = readdir(d));) {
		Str file = str_from(e->d_name), name = str_sub(file, 0, file.n - size_min(file.n, 3));
		if (str_ends(file, S(".db")) && is_site_name(name))
			room = name_insert(ret_names, &n, str_copy(app->cx.arena, name));
	}
	if (d) closedir(d);
	if (!room) return fail(&app->cx, ST_TOO_LARGE, "more than %d sites in %.*s", WEB_SITES_MAX, STR(dir));
	if (!n) return fail(&app->cx, ST_NOT_FOUND, "no site in %.*s: run `hearth init` first", STR(app->options.data));
	*ret_n = n;
	return ST_OK;
}

// DIR/sites/NAME.db, or a schema of the same name in PostgreSQL.
static Status store_url(App *app, Str site, bool must_exist, StoreConfig *config)
{
	const Options *o = &app->options;
	if (!is_site_name(site)) return fail(&app->cx, ST_INVALID, "--site: small letters, digits and _ only");
	if (o->db.n) {
		config->url = o->db;
		config->schema = str_format(app->cx.arena, SCHEMA_PREFIX "%.*s", STR(site));
		return ST_OK;
	}
	Str sites = {0};
	TRY(sites_dir(app, &sites));
	config->url = str_format(app->cx.arena, "%.*s/%.*s.db", STR(sites), STR(site));
	if (must_exist) {
		if (access(str_z(app->cx.arena, config->url), R_OK) == 0) return ST_OK;
		Str names[WEB_SITES_MAX];
		size_t n;
		TRY(sites_of_dir(app, names, &n)); // there is none at all
		return fail(&app->cx, ST_NOT_FOUND, "no site %.*s in %.*s; there is %.*s%s (--site)", STR(site), STR(o->data),
					STR(names[0]), n > 1 ? " and others" : "");
	}
	TRY(make_dir(&app->cx, o->data));
	return make_dir(&app->cx, sites);
}

int app_loops(const Options *o) { return o->loops ? (int)o->loops : LOOPS; }
int app_workers(const Options *o) { return o->workers ? (int)o->workers : WORKERS; }

void app_sealed_paths(const Options *o, Arena *a, Str name, Site *site)
{
	if (!o->data.n) return;
	Str stem = str_format(a, "%.*s/sites/%.*s", STR(o->data), STR(name.n ? name : S("main")));
	site->cells = str_format(a, "%.*s.cells", STR(stem));
	site->history = str_format(a, "%.*s.history", STR(stem));
}

static Status migrate(App *app, Store *store)
{
	MigrationSet sets[APP_FEATURES];
	size_t n = 0;
	for (size_t i = 0; i < app->features_n; i++)
		if (app->features[i].migrations_n)
			sets[n++] = (MigrationSet){.v = app->features[i].migrations, .n = *app->features[i].migrations_n};
	return store_migrate(&app->cx, store, sets, n);
}

Status app_store_open(App *app, Str site, bool must_exist, Store **ret_store)
{
	StoreConfig config = {.readers = app_loops(&app->options) + app_workers(&app->options) + READERS_BESIDE,
						  .cache_kib = READER_CACHE_KIB};
	TRY(store_url(app, site, must_exist, &config));
	Store *store = NULL;
	TRY(store_open(&app->cx, &config, &store));
	Status st = migrate(app, store);
	if (st == ST_OK) *ret_store = store;
	else store_close(store);
	return st;
}

Status app_open(App *app, bool load)
{
	TRY(app_store_open(app, app->options.site.n ? app->options.site : S("main"), load, &app->store));
	if (!load) return ST_OK;
	TRY(site_load(&app->cx, app->store, &app->site));
	app_sealed_paths(&app->options, app->cx.arena, app->options.site, &app->site);
	app->cx.site = &app->site;
	return ST_OK;
}

static Status sites_of_database(App *app, Str ret_names[static WEB_SITES_MAX], size_t *ret_n)
{
	Store *store = NULL;
	TRY(store_open(&app->cx, &(StoreConfig){.url = app->options.db, .readers = 1}, &store));
	Status st = store_schemas(&app->cx, store, S(SCHEMA_PREFIX), ret_names, WEB_SITES_MAX, ret_n);
	store_close(store);
	TRY(st);
	if (!*ret_n) return fail(&app->cx, ST_NOT_FOUND, "no site in this database: run `hearth init` first");
	for (size_t i = 0; i < *ret_n; i++) ret_names[i] = str_sub(ret_names[i], sizeof SCHEMA_PREFIX - 1, ret_names[i].n);
	return ST_OK;
}

Status app_sites(App *app, Str ret_names[static WEB_SITES_MAX], size_t *ret_n)
{
	return app->options.db.n ? sites_of_database(app, ret_names, ret_n) : sites_of_dir(app, ret_names, ret_n);
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
