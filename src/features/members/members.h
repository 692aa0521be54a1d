// SPDX-License-Identifier: AGPL-3.0-or-later
// Members: who can write here, how they prove it, what is published about them. The rows belong to this feature;
// others use these functions. Passwords are argon2id (libsodium, 19 MiB, 2 passes): hashing is slow on purpose, so it is
// done before a Tx, never inside one, and two at a time in the whole process.
//
//   TRY(members_sign_up_prepare(cx, db, &form, &ready));        // worker: validates, hashes; field errors -> ST_INVALID
//   TRY(members_sign_up(cx, tx, &ready, &id));                  // writer: rows and the fact "joined"
#pragma once
#include "core/setting.h"
#include "members_sql.h"
#include "text/safe_html.h"

#define HANDLE_MIN_CHARS 3
#define HANDLE_MAX_CHARS 60
#define HANDLE_MAX_BYTES 120
#define PASSWORD_MIN_BYTES 10
#define PASSWORD_MAX_BYTES 256
#define EMAIL_MAX_BYTES 254
#define BOARD_PAGE_MEMBERS 30
#define TOKEN_TEXT_BYTES 43 // base64url of 32 random bytes

typedef struct MemberNew {
	Str handle;   // letters, digits, _ and -, UTF-8 letters allowed
	Str email;    // may be absent
	Str password; // in clear; absent for members who cannot sign in (imported, demo)
	Role role;
	Affiliation affiliation;
	Time joined_at;                                  // 0: now
	Str display_name, location, website, about_html; // about_html is sanitised already
	int64_t reputation;                              // published elsewhere (external), 0 otherwise
	Str origin_channel, origin_id, origin_url;
	// set by members_prepare
	Str handle_key, email_key, password_hash;
} MemberNew;

// The folded form that makes handles and addresses unique (NFKC case fold).
Str members_key(Arena *a, Str text);
// Checks and completes; field errors "handle", "email", "password" with their message keys.
MUST_CHECK Status members_prepare(Ctx *cx, MemberNew *member);
// ST_CONFLICT with a field error when handle or email is taken.
MUST_CHECK Status members_create(Ctx *cx, Tx *tx, const MemberNew *member, Id *ret_id);
// A free handle near the wanted one ("copperleaf", "copperleaf-2", …) for imports.
MUST_CHECK Status members_free_handle(Ctx *cx, Db *db, Str wanted, Str *ret_handle);

// Who is meant by a name or an address, before the password is looked at; absent: nobody.
typedef struct Credentials {
	Id id; // 0: nobody
	Str handle, password_hash;
	Role role;
	Affiliation affiliation;
} Credentials;
MUST_CHECK Status members_find_credentials(Ctx *cx, Db *db, Str handle_or_email, Credentials *ret);
// Slow (argon2id), and as slow for nobody.
MUST_CHECK Status members_verify(Ctx *cx, const Credentials *c, Str password, Actor *ret_actor, bool *ret_ok);
// Both. False for an unknown member too, in the same time. ret_actor's strings live in cx->arena.
MUST_CHECK Status members_check_password(Ctx *cx, Db *db, Str handle_or_email, Str password, Actor *ret_actor,
										 bool *ret_ok);
MUST_CHECK Status members_hash_password(Ctx *cx, Str password, Str *ret_hash);

typedef struct PasswordChange {
	Id member_id;
	Str hash;         // members_hash_password
	bool keep_tokens; // what programs may do in the member's name goes on
	int64_t tokens_n; // that were ended; set by members_change_password
} PasswordChange;
// A TxFn, arg a PasswordChange: ends all sessions of the member too, and writes it into the audit list.
MUST_CHECK Status members_change_password(Ctx *cx, Tx *tx, void *change);

// Sessions and personal tokens: the text goes to the person once, its BLAKE2b hash is stored.
MUST_CHECK Status members_session_create(Ctx *cx, Tx *tx, Id member_id, Str *ret_token);
MUST_CHECK Status members_session_find(Ctx *cx, Db *db, Str token, Actor *ret_actor, bool *ret_found);
MUST_CHECK Status members_session_delete(Ctx *cx, Tx *tx, Str token);
MUST_CHECK Status members_token_create(Ctx *cx, Tx *tx, Id member_id, Str label, Str *ret_token);
MUST_CHECK Status members_token_find(Ctx *cx, Db *db, Str token, Actor *ret_actor, bool *ret_found);

extern const Setting MEMBERS_SIGN_UP, MEMBERS_SESSION_DAYS;
extern const SettingTable members_settings;
Time members_session_life_ms(const Ctx *cx);

// Both are facts, and written into the audit list. ST_CONFLICT for the last administrator. Whom staff calls a customer is a verified
// one from then on (member.verified), until they are said to be something else: nothing that members do themselves comes here.
MUST_CHECK Status members_set_role(Ctx *cx, Tx *tx, Id member_id, Role role);
MUST_CHECK Status members_set_affiliation(Ctx *cx, Tx *tx, Id member_id, Affiliation affiliation);

// The board from (figure, id) on downwards; INT64_MAX for both: from the top.
MUST_CHECK Status members_by_reputation(Ctx *cx, Db *db, int64_t reputation, Id id, int64_t limit,
										MemberListBoardRows *ret_rows);
MUST_CHECK Status members_by_solutions(Ctx *cx, Db *db, int64_t solutions, Id id, int64_t limit,
									   MemberListBoardRows *ret_rows);
// By the places that reputation gave, behind (place, id); 0 for both: from the first.
MUST_CHECK Status members_by_place(Ctx *cx, Db *db, int64_t place, Id id, int64_t limit,
								   MemberListPlacesRows *ret_rows);

// What the profile says; nothing if absent.
MUST_CHECK Status members_set_about(Ctx *cx, Tx *tx, Id member_id, SafeHtml about);

// What reputation publishes about a member: shown beside the name by whoever joins `member`.
typedef struct MemberStanding {
	Id id;
	int64_t points;          // thousandths of the score that the rules rank by
	int64_t place, place_to; // as of the last pass; 0: not on the board
	Str rank;                // or absent
	int64_t level;           // of the rank, 1 to 5; 0: none
	Str area;                // tag of at least half of the solutions kept; or absent
	int64_t given;           // answers to others
	int64_t solved, kept;    // solutions in the area, or all if there is none; and those not taken back
	Grants grants;           // of the rank; without areas
	Str areas;               // lines of an area, its solutions and those kept; most kept first; or absent
} MemberStanding;
MUST_CHECK Status members_put_standing(Ctx *cx, Tx *tx, const MemberStanding *standing);

#define MEMBER_AREA_SPACE "s:" // before the slug of a space in `areas`, where tags stand as they are
typedef struct MemberArea {
	Str key, name; // as in an address, as people read it
	bool is_space;
	int64_t solved, kept;
} MemberArea;
bool members_area_next(Str *areas, MemberArea *ret_area);
// What a member has to show where a topic belongs: in the one of its tags (with spaces between) in which they kept most, or else
// in its space. False if nothing. Absent tags or space: not asked for.
bool members_area_in(Str areas, Str tags, Str space, MemberArea *ret_area);
int64_t members_area_kept(Str areas, Str tags, Str space); // the most kept in any of them

// Where a member stands with the superuser programme: what they may see from now on, and what their profile says.
typedef struct MemberCircle {
	Id id;
	Circle circle;
	Time since; // 0: never
	Str area;   // a tag or a space's title; or absent
} MemberCircle;
MUST_CHECK Status members_put_circle(Ctx *cx, Tx *tx, const MemberCircle *circle);

// A badge of the rules, once a member: a row and a fact, unless it is there. `id` is the badge's in the rules.
MUST_CHECK Status members_earn_badge(Ctx *cx, Tx *tx, Id member, Str id, Str name);

extern const Migration members_migrations[];
extern const size_t members_migrations_n;
