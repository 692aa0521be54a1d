// SPDX-License-Identifier: AGPL-3.0-or-later
// The page of settings, made of the tables of all features: for administrators only, checked, audited, read back at once.
#include "app/access_testkit.h"
#include "community/model_testkit.h"
#include "web/i18n.h"

#include "members/members.h"

#include "test.h"

#include <stdio.h>

static const Router *router_of(void)
{
	size_t n;
	const Feature *const *features = app_feature_list(&n);
	return router_new(test_arena(), features, n);
}

static bool is_told(Str key)
{
	bool told = !str_eq(message_get(key), key) && message_get(key).n > 0;
	if (!told) print_message("# no text for %.*s\n", STR(key));
	return told;
}

static bool words_are_told(const Setting *s)
{
	bool told = true;
	Arena *a = test_arena();
	for (Str rest = s->type == SETTING_WORD ? str_from(s->unit) : S(""); rest.p && rest.n;) {
		Str word;
		rest = str_cut(rest, ' ', &word);
		told &= is_told(str_format(a, "setting.%s.%.*s", s->name, STR(word)));
	}
	if (s->type == SETTING_INT && s->unit[0]) told &= is_told(str_format(a, "settings.unit.%s", s->unit));
	return told;
}

TEST(settings_have_titles_and_help)
{
	const Router *r = router_of();
	Arena *a = test_arena();
	bool told = true;
	for (size_t i = 0; i < router_settings(r); i++) {
		const Setting *s = router_setting(r, i);
		Str group;
		str_cut(str_from(s->name), '.', &group);
		told &= is_told(str_format(a, "setting.%s", s->name)) && is_told(str_format(a, "setting.%s.help", s->name)) &&
				is_told(str_format(a, "settings.group.%.*s", STR(group))) && words_are_told(s);
	}
	assert_true(told && router_settings(r) > 10);
}

static void open_site(World *w)
{
	size_t n;
	const Feature *const *features = app_feature_list(&n);
	world_open(w, features, n, 0);
}

static Str page_as(World *w, Who who, const char *target, int want)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	const HttpReply *reply = world_ask(w, a, &(Asking){.as = &w->who[who], .target = str_from(target)});
	assert_int_equal(reply->status, want);
	return str_copy(test_arena(), reply->body);
}

static Str post_as(World *w, Who who, const char *target, const char *body, int want)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	const HttpReply *reply = world_ask(w, a,
									   &(Asking){.as = &w->who[who],
												 .method = HTTP_POST,
												 .target = str_from(target),
												 .body = str_from(body),
												 .type = WORLD_URLENCODED,
												 .origin = WORLD_ORIGIN,
												 .csrf = world_csrf(w, &w->who[who])});
	assert_int_equal(reply->status, want);
	return str_copy(test_arena(), reply->body);
}

static bool has(Str body, const char *words) { return str_find(body, str_from(words), &(size_t){0}); }

static Site *stored(World *w)
{
	Site *site = ARENA_NEW(test_arena(), Site, 1);
	assert_ok(w->t->cx, site_load(w->t->cx, w->t->store, site));
	return site;
}

static void shown(World *w)
{
	open_site(w);
	const Router *r = router_of();
	Str body = page_as(w, WHO_ADMIN, "/admin/settings", 200);
	for (size_t i = 0; i < router_settings(r); i++) {
		const Setting *s = router_setting(r, i);
		if (!has(body, s->name)) fail_msg("%s is not on the page", s->name);
		bool by_command = s->type == SETTING_URL || s->type == SETTING_HOSTS;
		Str field = str_format(test_arena(), "name=\"%s\"", s->name);
		assert_true(str_find(body, field, &(size_t){0}) == !by_command);
	}
	char hex[2 * sizeof w->site->secret + 1];
	for (size_t i = 0; i < sizeof w->site->secret; i++) snprintf(hex + 2 * i, 3, "%02x", w->site->secret[i]);
	assert_false(has(body, hex) || has(body, "site.secret"));
	page_as(w, WHO_MANAGER, "/admin/settings", 403);
	page_as(w, WHO_MEMBER, "/admin/settings", 403);
	page_as(w, WHO_GUEST, "/admin/settings", 303);
	post_as(w, WHO_MANAGER, "/admin/settings/members", "members.sign_up=off", 403);
}
TEST(settings_are_shown_to_administrators) { test_worlds(shown); }

static void changed(World *w)
{
	open_site(w);
	post_as(w, WHO_ADMIN, "/admin/settings/members", "members.session_days=7&members.sign_up=on", 303);
	Site *now = stored(w);
	assert_true(str_eq(setting_str(now, &MEMBERS_SESSION_DAYS), S("7")) && setting_flag(now, &MEMBERS_SIGN_UP));
	assert_true(has(page_as(w, WHO_ADMIN, "/admin/settings?saved=members", 200), "value=\"7\""));
	assert_int_equal(town_number(w->t, "SELECT count(*) AS n FROM audit WHERE action = 'setting'"), 1); // what changed
	assert_int_equal(
		town_number(w->t, "SELECT count(*) AS n FROM audit WHERE detail = 'members.session_days: \"30\" -> \"7\"'"), 1);
	post_as(w, WHO_ADMIN, "/admin/settings/site", "site.name=Caf%C3%A9+%3Cb%3E&site.licence=CC+BY-SA+4.0", 303);
	now = stored(w);
	assert_str_equal(now->name, "Caf\xc3\xa9 <b>");
	assert_true(has(page_as(w, WHO_ADMIN, "/admin/settings", 200), "value=\"Caf\xc3\xa9 &lt;b&gt;\""));
	// Addresses have no field here, and what was not sent stays.
	post_as(w, WHO_ADMIN, "/admin/settings/site", "site.url=https%3A%2F%2Fevil.example", 303);
	now = stored(w);
	assert_false(now->url.n);
	assert_str_equal(setting_str(now, &SITE_LICENCE), "CC BY-SA 4.0");
	// The site that is served takes it over as a process does, and then it stands on every page.
	web_site_set(w->web, now);
	assert_true(has(page_as(w, WHO_GUEST, "/", 200), "CC BY-SA 4.0."));
}
TEST(settings_are_changed_and_audited) { test_worlds(changed); }

static void misfits(World *w)
{
	open_site(w);
	Str body = post_as(w, WHO_ADMIN, "/admin/settings/members", "members.session_days=a+week&members.sign_up=off", 422);
	assert_true(has(body, "value=\"a week\"") && has(body, "<option value=\"off\" selected>")); // as typed
	assert_true(has(body, "href=\"#members-session_days\"") && has(body, "id=\"members-session_days-error\"") &&
				has(body, "A whole number from 1 to 400 days."));
	body = post_as(w, WHO_ADMIN, "/admin/settings/site", "site.name=", 422);
	assert_true(has(body, "id=\"site-name-error\"") && has(body, "1 to 100 letters. In one line"));
	post_as(w, WHO_ADMIN, "/admin/settings/attention", "attention.consent=perhaps", 422);
	assert_int_equal(town_number(w->t, "SELECT count(*) AS n FROM audit WHERE action = 'setting'"), 0);
	assert_true(setting_flag(stored(w), &MEMBERS_SIGN_UP));
}
TEST(settings_that_do_not_fit_change_nothing) { test_worlds(misfits); }
