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
