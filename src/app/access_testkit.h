// SPDX-License-Identifier: AGPL-3.0-or-later
// For the tests of who gets in where (access_test.c, secrecy_test.c, object_test.c): everybody who may come to a site, and
// requests as each of them. A route is asked for by its row: what stands in its braces and its fields comes from a list of
// values by name, so a new route is asked for by itself, and one with a new name fails until the list has it.
#pragma once
#include "app/app_testkit.h"
#include "web/router.h"
#include "web/web_testkit.h"

typedef enum Who {
	WHO_GUEST,
	WHO_NEWCOMER,  // signed up a moment ago
	WHO_MEMBER,    // ordinary
	WHO_ASKER,     // ordinary too: whose things the others are after
	WHO_SUPERUSER, // of the circle
	WHO_RESTING,   // of the circle, at rest
	WHO_HELPER,
	WHO_STEWARD,  // of other areas: a rank gives the rights of a moderator in them
	WHO_EMPLOYEE, // without a role
	WHO_MODERATOR,
	WHO_MANAGER,
	WHO_ADMIN,
	WHO_TOKEN,         // personal token of WHO_MEMBER
	WHO_MANAGER_TOKEN, // and of WHO_MANAGER
	WHO_GONE,          // session of a member deleted since
	WHO_GONE_TOKEN,
	WHO_EXPIRED, // a session that is over
	WHO_N
} Who;

typedef struct Visitor {
	const char *name;
	Id member;
	Str session, token; // absent: has none
} Visitor;

typedef struct World {
	Town *t;
	Web *web;
	Site *site;
	bool limits; // of rate; set before world_open
	Visitor who[WHO_N];
} World;

typedef void (*WorldTest)(World *w);
void test_worlds(WorldTest run); // on both engines, with the tables of all features and nothing written
// The site behind these features; closed after the test.
void world_open(World *w, const Feature *const *features, size_t n, size_t page_cache_bytes);
void world_run_sql(World *w, const char *sql);
void world_give_steward(World *w); // their rank's grants, which a pass over everybody takes away
const Feature *const *app_feature_list(size_t *ret_n);

typedef struct Asking {
	const Visitor *as;
	HttpMethod method;
	Str target, body;
	const char *type;   // Content-Type; NULL: none
	const char *origin; // NULL: none
	const char *fetch_site;
	Str csrf;   // as X-CSRF-Token
	Str device; // as the cookie of a browser that signed in before
	Str peer;   // address; absent: 192.0.2.1
	bool fast;  // first as on a loop, where cached pages are answered
} Asking;
const HttpReply *world_ask(World *w, Arena *a, const Asking *q);
Str world_header(const HttpReply *reply, const char *name);
Str world_csrf(World *w, const Visitor *as); // the token of a form that was served to them

#define WORLD_URLENCODED "application/x-www-form-urlencoded"
#define WORLD_JSON "application/json"
#define WORLD_ORIGIN "http://town.example"
