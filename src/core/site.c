// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/setting.h"
#include "core_sql.h"

#include <sodium.h>
#include <string.h>

static const char *const ROLE_NAMES[] = {"member", "helper", "moderator", "manager", "admin"};
static const char *const AFFILIATION_NAMES[] = {"unknown", "customer", "prospect", "employee", "partner", "supplier"};
#define SCORE_LISTED(NAME, name) name,
const char *const SCORE_NAMES[] = {SCORES(SCORE_LISTED, ) NULL};

unsigned role_rights(Role role)
{
	unsigned rights = RIGHT_READ | RIGHT_SIGNED_IN | RIGHT_WRITE;
	if (role >= ROLE_HELPER) rights |= RIGHT_CURATE | RIGHT_MARK | RIGHT_RETAG;
	if (role >= ROLE_MODERATOR) rights |= RIGHT_MODERATE | RIGHT_STEWARD;
	if (role >= ROLE_MANAGER) rights |= RIGHT_MANAGE;
	if (role >= ROLE_ADMIN) rights |= RIGHT_ADMIN;
	return rights;
}

Actor actor_guest(void) { return (Actor){.rights = RIGHT_READ}; }

Actor actor_member(Id id, Str handle, Role role, Affiliation affiliation)
{
	return (Actor){.id = id, .handle = handle, .role = role, .affiliation = affiliation, .rights = role_rights(role)};
}

void actor_grant(Actor *actor, const Grants *grants)
{
	actor->grants = *grants;
	actor->grants.in_areas &= ~(actor->rights | grants->rights); // what holds everywhere
	actor->rights |= grants->rights | grants->in_areas;
	if (role_is_staff(actor->role, actor->affiliation)) actor->grants.votes_a_day = 0;
}

bool role_is_staff(Role role, Affiliation affiliation)
{
	return role >= ROLE_MODERATOR || affiliation == AFFILIATION_EMPLOYEE;
}

bool actor_can(const Ctx *cx, Right right) { return cx->actor && (cx->actor->rights & right) != 0; }

Visibility actor_clearance(const Ctx *cx)
{
	if (!cx->actor || !cx->actor->id) return VISIBLE_PUBLIC;
	if (role_is_staff(cx->actor->role, cx->actor->affiliation)) return VISIBLE_STAFF;
	bool inside = cx->actor->circle == CIRCLE_IN || cx->actor->circle == CIRCLE_RESTING;
	return inside ? VISIBLE_CIRCLE : VISIBLE_MEMBERS;
}

Str score_name(ScoreKind s) { return s < SCORES_N ? str_from(SCORE_NAMES[s]) : str_none(); }
const char *affiliation_name(Affiliation a) { return AFFILIATION_NAMES[a]; }
const char *role_name(Role r) { return ROLE_NAMES[r]; }

bool role_parse(Str s, Role *ret_role)
{
	for (size_t i = 0; i < COUNTOF(ROLE_NAMES); i++) {
		if (!str_eq(s, str_from(ROLE_NAMES[i]))) continue;
		*ret_role = (Role)i;
		return true;
	}
	return false;
}

bool affiliation_parse(Str s, Affiliation *ret_affiliation)
{
	for (size_t i = 0; i < COUNTOF(AFFILIATION_NAMES); i++) {
		if (!str_eq(s, str_from(AFFILIATION_NAMES[i]))) continue;
		*ret_affiliation = (Affiliation)i;
		return true;
	}
	return false;
}

Status site_read(Ctx *cx, Db *db, Site *ret_site)
{
	Site site = {.name = S("Hearth")};
	SettingListRows rows;
	TRY(setting_list(cx, db, &rows));
	bool secret = false;
	size_t secret_n = 0;
	SiteValue *values = ARENA_NEW(cx->arena, SiteValue, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		Str name = rows.v[i].name, value = rows.v[i].value;
		if (str_eq(name, S("site.name"))) site.name = value;
		if (str_eq(name, S("site.url"))) site.url = value;
		if (str_eq(name, S("site.hosts"))) site.hosts = value;
		if (str_eq(name, S("site.demo"))) site.demo = str_eq(value, S("1"));
		if (str_eq(name, S("site.secret")))
			secret = sodium_hex2bin(site.secret, sizeof site.secret, value.p, value.n, NULL, &secret_n, NULL) == 0 &&
					 secret_n == sizeof site.secret;
		else values[site.values_n++] = (SiteValue){name, value};
	}
	site.values = values;
	if (!secret) return fail(cx, ST_NOT_FOUND, "no site here yet: run `hearth init` first");
	crypto_generichash(site.mark_key, sizeof site.mark_key, (const unsigned char *)"mark", 4, site.secret,
					   sizeof site.secret);
	*ret_site = site;
	return ST_OK;
}

Status site_load(Ctx *cx, Store *store, Site *ret_site)
{
	AUTO(Db) db = NULL;
	TRY(db_begin(cx, store, &db));
	TRY(site_read(cx, db, ret_site));
	ret_site->store = store;
	return ST_OK;
}

Str host_without_port(Str host)
{
	size_t at;
	if (str_starts(host, S("[")) && str_find_char(host, ']', &at)) return str_sub(host, 0, at + 1);
	Str name, port = str_cut(host, ':', &name);
	(void)port;
	return name;
}

// "https://example.com:8443/path" -> "example.com"
static Str host_of_url(Str url)
{
	size_t at;
	if (!str_find(url, S("://"), &at)) return str_none();
	Str host, path = str_cut(str_sub(url, at + 3, url.n), '/', &host);
	(void)path;
	return host_without_port(host);
}

bool site_has_host(const Site *site, Str host)
{
	host = host_without_port(host);
	return host.n && (str_eq_nocase(host_of_url(site->url), host) || hosts_have(site->hosts, host));
}

bool site_shares_host(const Site *a, const Site *b, Str *ret_host)
{
	*ret_host = host_of_url(a->url);
	if (site_has_host(b, *ret_host)) return true;
	for (Str rest = a->hosts; rest.p && rest.n;) {
		rest = str_cut(rest, ' ', ret_host);
		if (site_has_host(b, *ret_host)) return true;
	}
	return false;
}

bool site_equal(const Site *a, const Site *b)
{
	bool equal = a->values_n == b->values_n && sodium_memcmp(a->secret, b->secret, sizeof a->secret) == 0;
	for (size_t i = 0; equal && i < a->values_n; i++) // sorted by name
		equal = str_eq(a->values[i].name, b->values[i].name) && str_eq(a->values[i].value, b->values[i].value);
	return equal && str_eq(a->name, b->name) && str_eq(a->url, b->url) && str_eq(a->hosts, b->hosts);
}

Site *site_copy(Arena *a, const Site *site)
{
	Site *copy = ARENA_NEW(a, Site, 1);
	SiteValue *values = ARENA_NEW(a, SiteValue, site->values_n);
	for (size_t i = 0; i < site->values_n; i++)
		values[i] = (SiteValue){str_copy(a, site->values[i].name), str_copy(a, site->values[i].value)};
	*copy = *site;
	copy->values = values;
	copy->name = str_copy(a, site->name);
	copy->url = str_copy(a, site->url);
	copy->hosts = str_copy(a, site->hosts);
	return copy;
}

typedef struct InitArgs {
	Str name;
	bool demo;
} InitArgs;

static Status put(Ctx *cx, Tx *tx, Str name, Str value)
{
	return setting_put(cx, tx, &(SettingPutArgs){.name = name, .value = value});
}

static Status init_tx(Ctx *cx, Tx *tx, void *arg)
{
	const InitArgs *in = arg;
	SettingFindRow row;
	bool found;
	TRY(setting_find(cx, tx_db(tx), &(SettingFindArgs){.name = S("site.secret")}, &row, &found));
	if (found) return fail(cx, ST_CONFLICT, "there is a site here already");
	unsigned char secret[32];
	char hex[65];
	cx->rng->fill(cx->rng->self, secret, sizeof secret);
	sodium_bin2hex(hex, sizeof hex, secret, sizeof secret);
	TRY(put(cx, tx, S("site.secret"), str_from(hex)));
	TRY(put(cx, tx, S("site.name"), in->name));
	return in->demo ? put(cx, tx, S("site.demo"), S("1")) : ST_OK;
}

Status site_init(Ctx *cx, Store *store, Str name, bool demo)
{
	return store_write(cx, store, init_tx, &(InitArgs){.name = name, .demo = demo});
}
