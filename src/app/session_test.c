// SPDX-License-Identifier: AGPL-3.0-or-later
// Sessions from sign-up to the new password, through the real router: a session is made by the site and never taken from a
// cookie, and whoever changes their password is signed out everywhere else.
#include "app/access_testkit.h"
#include "community/model_testkit.h"
#include "members/members.h"

#include "test.h"

#define PLANTED "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" // of the right length

static void open_site(World *w)
{
	size_t n;
	const Feature *const *features = app_feature_list(&n);
	world_open(w, features, n, 0);
}

// The session that a reply begins, or none.
static Str session_in(const HttpReply *reply)
{
	Str cookie = world_header(reply, "Set-Cookie"), value, rest;
	if (!str_starts(cookie, S(SESSION_COOKIE "="))) return str_none();
	rest = str_cut(str_sub(cookie, sizeof SESSION_COOKIE, cookie.n), ';', &value);
	assert_true(str_find(rest, S("HttpOnly"), &(size_t){0}) && str_find(rest, S("SameSite=Lax"), &(size_t){0}));
	return str_copy(test_arena(), value);
}

static Str send_form(World *w, const Visitor *as, const char *path, const char *body, int want)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	Asking q = {.as = as,
				.method = HTTP_POST,
				.target = str_from(path),
				.body = str_from(body),
				.type = WORLD_URLENCODED,
				.origin = WORLD_ORIGIN};
	if (as->session.n) q.csrf = world_csrf(w, as);
	const HttpReply *reply = world_ask(w, a, &q);
	assert_int_equal(reply->status, want);
	return session_in(reply);
}

static bool is_signed_in(World *w, Str session)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	return world_ask(w, a, &(Asking){.as = &(Visitor){.session = session}, .target = S("/settings")})->status == 200;
}

// What the API says to a token.
static int token_status(World *w, Str token)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	return world_ask(w, a, &(Asking){.as = &(Visitor){.token = token}, .target = S("/api/v1/topics")})->status;
}

static Status make_token(Ctx *cx, Tx *tx, void *arg)
{
	Visitor *v = arg;
	return members_token_create(cx, tx, v->member, S("bridge"), &v->token);
}

static Visitor with_token(World *w, Who who)
{
	Visitor v = {.name = "own", .member = w->who[who].member};
	assert_ok(w->t->cx, store_write(w->t->cx, w->t->store, make_token, &v));
	return v;
}

static void give_password(World *w, Id member, const char *password, bool keep_tokens)
{
	PasswordChange change = {.member_id = member, .keep_tokens = keep_tokens};
	assert_ok(w->t->cx, members_hash_password(w->t->cx, str_from(password), &change.hash));
	assert_ok(w->t->cx, store_write(w->t->cx, w->t->store, members_change_password, &change));
}

static bool shows(World *w, Str session, const char *target, const char *words)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	const HttpReply *reply = world_ask(w, a,
									   &(Asking){.as = &(Visitor){.session = session}, .target = str_from(target)});
	size_t at;
	return str_find(reply->body, str_from(words), &at);
}

// The box is ticked where there is something to end; unticked, programs go on.
static void tokens(World *w)
{
	open_site(w);
	Visitor me = {.name = "me", .session = w->who[WHO_MEMBER].session}, mine = with_token(w, WHO_MEMBER),
			other = with_token(w, WHO_HELPER);
	give_password(w, mine.member, "a long password", true); // by command, which ends the session
	assert_int_equal(token_status(w, mine.token), 200);
	assert_false(is_signed_in(w, me.session));
	Str name = str_format(test_arena(), "handle=%.*s&password=a+long+password", STR(S("stranger")));
	me.session = send_form(w, &(Visitor){.name = "guest"}, "/sign-in", str_z(test_arena(), name), 303);
	assert_true(shows(w, me.session, "/settings", "Also end my 2 personal tokens") &&
				shows(w, me.session, "/settings", "name=\"tokens\" value=\"1\" checked"));

	me.session = send_form(w, &me, "/settings/password", "current=a+long+password&password=another+password", 303);
	assert_int_equal(token_status(w, mine.token), 200);
	me.session = send_form(w, &me, "/settings/password", "current=another+password&password=a+third+password&tokens=1",
						   303);
	assert_int_equal(token_status(w, mine.token), 401);
	assert_int_equal(token_status(w, w->who[WHO_TOKEN].token), 401);
	assert_int_equal(token_status(w, other.token), 200);
	assert_true(shows(w, me.session, "/settings?done=tokens", "your tokens are no longer accepted"));
	assert_false(shows(w, me.session, "/settings", "Also end my"));

	give_password(w, other.member, "a long password", false);
	assert_int_equal(token_status(w, other.token), 401);
	assert_int_equal(town_number(w->t, "SELECT count(*) AS n FROM audit WHERE action = 'password'"), 4);
	assert_int_equal(town_number(w->t, "SELECT count(*) AS n FROM audit WHERE detail = 'a new one, 2 tokens ended'"),
					 1);
}
TEST(session_tokens_end_with_the_password_unless_they_are_kept) { test_worlds(tokens); }

static void sessions(World *w)
{
	open_site(w);
	Visitor planted = {.name = "planted", .session = S(PLANTED)}, guest = {.name = "guest"};
	Str first = send_form(w, &planted, "/sign-up", "handle=robin&password=a+long+password", 303);
	assert_int_equal(first.n, TOKEN_TEXT_BYTES);
	assert_true(!str_eq(first, S(PLANTED)) && is_signed_in(w, first) && !is_signed_in(w, S(PLANTED)));
	Str second = send_form(w, &planted, "/sign-in", "handle=Robin&password=a+long+password", 303);
	Str third = send_form(w, &guest, "/sign-in", "handle=robin&password=a+long+password", 303);
	assert_true(is_signed_in(w, second) && is_signed_in(w, third) && !str_eq(second, third));
	assert_false(send_form(w, &guest, "/sign-in", "handle=robin&password=a+long+passwore", 422).n);

	Visitor me = {.name = "me", .session = first};
	send_form(w, &me, "/settings/password", "current=not+the+password&password=another+password", 422);
	assert_true(is_signed_in(w, first) && is_signed_in(w, second) && is_signed_in(w, third));
	Str fresh = send_form(w, &me, "/settings/password", "current=a+long+password&password=another+password", 303);
	assert_true(is_signed_in(w, fresh));
	assert_false(is_signed_in(w, first) || is_signed_in(w, second) || is_signed_in(w, third));
	assert_false(send_form(w, &guest, "/sign-in", "handle=robin&password=a+long+password", 422).n);

	Visitor again = {.name = "again", .session = fresh};
	Str other = send_form(w, &guest, "/sign-in", "handle=robin&password=another+password", 303);
	send_form(w, &again, "/sign-out", "", 303);
	assert_true(!is_signed_in(w, fresh) && is_signed_in(w, other));
}
TEST(session_is_the_sites_own_and_ends_with_the_password) { test_worlds(sessions); }
