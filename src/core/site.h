// SPDX-License-Identifier: AGPL-3.0-or-later
// A site is one customer of the software: its store, its settings and the process-wide things work on it needs. An
// actor is who is doing it. Both hang on Ctx (cx->site, cx->actor). Rights are a bit set derived from the role.
#pragma once
#include "core/fact.h"

typedef enum Role { ROLE_MEMBER = 0, ROLE_HELPER = 1, ROLE_MODERATOR = 2, ROLE_MANAGER = 3, ROLE_ADMIN = 4 } Role;

typedef enum Affiliation {
	AFFILIATION_UNKNOWN = 0,
	AFFILIATION_CUSTOMER = 1,
	AFFILIATION_PROSPECT = 2,
	AFFILIATION_EMPLOYEE = 3,
	AFFILIATION_PARTNER = 4,
	AFFILIATION_SUPPLIER = 5,
} Affiliation;

typedef enum Right {
	RIGHT_READ = 1,      // everyone, guests too
	RIGHT_SIGNED_IN = 2, // any member
	RIGHT_WRITE = 4,     // ask, answer, comment, vote
	RIGHT_CURATE = 8,    // edit what others wrote, retag, move
	RIGHT_MODERATE = 16, // delete, close, see reports
	RIGHT_MANAGE = 32,   // spaces, members
	RIGHT_ADMIN = 64,    // settings, tokens of others, metrics
	// what ranks give (features/rules); whoever curates or moderates has them anyway
	RIGHT_MARK = 128,    // mark solutions for others
	RIGHT_RETAG = 256,   // change the tags of others' topics
	RIGHT_STEWARD = 512, // hide posts and close topics
} Right;

// The scores of reputation, in the order in which they are stored and shown: X(NAME, "name") of each, BETWEEN between them.
#define SCORES(X, BETWEEN)                                                                                             \
	X(CREDIBILITY, "credibility")                                                                                      \
	BETWEEN X(CONTRIBUTION, "contribution") BETWEEN X(ENGAGEMENT, "engagement") BETWEEN X(CONDUCT, "conduct") BETWEEN  \
	X(REACH, "reach")
#define SCORE_KIND(NAME, name) SCORE_##NAME,
#define SCORE_QUOTED(NAME, name) name
#define SCORES_LISTED(BETWEEN) SCORES(SCORE_QUOTED, BETWEEN) // a string literal: their names
typedef enum ScoreKind { SCORES(SCORE_KIND, ) SCORES_N } ScoreKind;
extern const char *const SCORE_NAMES[SCORES_N + 1]; // the last is NULL
Str score_name(ScoreKind s);                        // "credibility", …

// Who sees a space, and what an actor sees: all that is not above. The circle are the members of the superuser programme.
typedef enum Visibility { VISIBLE_PUBLIC = 0, VISIBLE_MEMBERS = 1, VISIBLE_CIRCLE = 2, VISIBLE_STAFF = 3 } Visibility;

// Where a member stands with the superuser programme; as stored in `member`.
typedef enum Circle { CIRCLE_NONE = 0, CIRCLE_IN = 1, CIRCLE_RESTING = 2, CIRCLE_INVITED = 3 } Circle;

// What a member's rank gives on top of their role.
typedef struct Grants {
	unsigned rights;   // of Right: everywhere
	unsigned in_areas; // of Right: where the topic is in one of `areas`, of which at least AREA_GRANT_KEPT were kept
	int votes_a_day;   // 0: as many as they like
	Str areas;         // lines as in member.areas; only if in_areas
} Grants;
#define AREA_GRANT_KEPT 5

typedef struct Actor {
	Id id; // 0: a guest
	Str handle;
	Role role;
	Affiliation affiliation;
	unsigned rights; // of Right; with what holds somewhere: for a certain topic the model asks `grants` too
	Grants grants;
	Circle circle;
	bool by_token; // through the API, with a personal token
	int attention; // what they said to being timed: a Agreed of core/consent.h
} Actor;

typedef struct SiteValue { // one setting as it is stored
	Str name, value;
} SiteValue;

typedef struct Site {
	Store *store;
	Str name;  // shown in the header
	Str url;   // canonical base, "https://community.example.com"; empty: derived from the Host header
	Str hosts; // further host names it is served under where there are several sites: lower case, separated by spaces
	bool demo;
	Str cells;               // where the sealed day cells lie (core/cells.h); absent where there is no data directory
	Str history;             // where the sealed history lies (reputation/history.h); absent as well
	const SiteValue *values; // all settings that were made, but the secret (core/setting.h)
	size_t values_n;
	struct Observer *observer;  // where GETs leave what was seen; may be NULL
	struct Memo *memo;          // what is made once in a process (core/memo.h); may be NULL
	unsigned char secret[32];   // keys CSRF tokens and browser marks; made at init, kept in the settings
	unsigned char mark_key[16]; // made of it, for the marks of pages (web/mark.h)
} Site;

unsigned role_rights(Role role);
Actor actor_guest(void);
void actor_grant(Actor *actor, const Grants *grants);
Actor actor_member(Id id, Str handle, Role role, Affiliation affiliation);
bool role_is_staff(Role role, Affiliation affiliation); // whom boards of members leave out
bool actor_can(const Ctx *cx, Right right);
Visibility actor_clearance(const Ctx *cx);
const char *affiliation_name(Affiliation a); // "customer", …
const char *role_name(Role r);
bool role_parse(Str s, Role *ret_role);
bool affiliation_parse(Str s, Affiliation *ret_affiliation);

// Reads name, url, hosts, demo flag and secret from the settings. The site and its strings live in cx->arena.
// site_read: what was committed when db began, without a store.
MUST_CHECK Status site_read(Ctx *cx, Db *db, Site *ret_site);
MUST_CHECK Status site_load(Ctx *cx, Store *store, Site *ret_site);
bool site_equal(const Site *a, const Site *b); // in what comes from the settings
Site *site_copy(Arena *a, const Site *site);   // with its texts
// Writes the first settings of a new site (a fresh secret among them); ST_CONFLICT if it has some.
MUST_CHECK Status site_init(Ctx *cx, Store *store, Str name, bool demo);
// Is this Host header (with or without a port) one of the site's: that of its url or one of its hosts?
bool site_has_host(const Site *site, Str host);
// A host name that both sites claim.
bool site_shares_host(const Site *a, const Site *b, Str *ret_host);
// "[::1]:8080" -> "[::1]", "Example.com:443" -> "Example.com"
Str host_without_port(Str host);
extern const Migration core_migrations[];
extern const size_t core_migrations_n;
