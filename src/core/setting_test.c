// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/setting.h"

#include "core/store_testkit.h"
#include "core_sql.h"
#include "test.h"

static const Setting DAYS = {"probe.days", SETTING_INT, 1, 400, "30", "days"};
static const Setting OPEN = {"probe.open", SETTING_FLAG, 0, 0, "on", ""};
static const Setting HUE = {"probe.hue", SETTING_WORD, 0, 0, "ask", "off ask on"};
static const Setting FEW = {"probe.hosts", SETTING_HOSTS, 0, 2, "", "names"};

static void fits(const Setting *s, const char *value, const char *stored)
{
	Ctx *cx = test_ctx();
	Str got = str_none();
	if (setting_parse(cx, s, str_from(value), &got) != ST_OK) fail_msg("%s: \"%s\" does not fit", s->name, value);
	assert_str_equal(got, stored);
}

static void misfits(const Setting *s, const char *value)
{
	Ctx *cx = test_ctx();
	Str got = S("untouched");
	if (setting_parse(cx, s, str_from(value), &got) != ST_INVALID) fail_msg("%s: \"%s\" fits", s->name, value);
	size_t at;
	assert_true(str_find(cx->fail_text, str_from(s->name), &at) && str_find(cx->fail_text, S("it takes"), &at));
	assert_str_equal(got, "untouched");
}

TEST(setting_values_are_checked_by_their_row)
{
	fits(&DAYS, " 7 ", "7");
	misfits(&DAYS, "0");
	misfits(&DAYS, "401");
	misfits(&DAYS, "a week");
	misfits(&DAYS, "");
	fits(&OPEN, "Yes", "on");
	fits(&OPEN, "0", "off");
	misfits(&OPEN, "maybe");
	fits(&HUE, " Ask ", "ask");
	misfits(&HUE, "perhaps");
	misfits(&HUE, "");
	misfits(&HUE, "off ask");
	fits(&SITE_NAME, "Caf\xc3\xa9 <b>", "Caf\xc3\xa9 <b>");
	misfits(&SITE_NAME, "");
	misfits(&SITE_NAME, "two\nlines");
	misfits(&SITE_NAME, "\xff");
	fits(&SITE_URL, "HTTPS://Town.Example:8443/", "https://town.example:8443");
	fits(&SITE_URL, "http://[::1]:80", "http://[::1]:80");
	fits(&SITE_URL, "", "");
	misfits(&SITE_URL, "town.example");
	misfits(&SITE_URL, "ftp://town.example");
	misfits(&SITE_URL, "https://town.example/path");
	misfits(&SITE_URL, "https://town.example:0");
	misfits(&SITE_URL, "https://town.example:");
	misfits(&SITE_URL, "https://a\"b");
	misfits(&SITE_URL, "https://");
	fits(&FEW, " B.example  a.EXAMPLE b.example ", "b.example a.example");
	fits(&FEW, "[2001:db8::1]", "[2001:db8::1]");
	fits(&FEW, "", "");
	misfits(&FEW, "a.example b.example c.example");
	misfits(&FEW, "a.example:80");
	misfits(&FEW, "a_b");
	misfits(&FEW, "<b>");
}

static Status put(Ctx *cx, Tx *tx, void *arg) { return setting_put(cx, tx, arg); }

static Site *load(Ctx *cx, Store *store)
{
	Site *site = ARENA_NEW(cx->arena, Site, 1);
	assert_ok(cx, site_load(cx, store, site));
	return site;
}

static void change(Ctx *cx, Store *store, const Setting *s, const char *value)
{
	assert_ok(cx, store_write(cx, store, setting_change, &(SettingChange){.setting = s, .value = str_from(value)}));
}

static void changed(Ctx *cx, Store *store)
{
	assert_int_equal(setting_int(NULL, &DAYS), 30);
	assert_true(setting_flag(NULL, &OPEN));
	assert_ok(cx, site_init(cx, store, S("Town"), false));
	Site *before = load(cx, store);
	assert_int_equal(setting_int(before, &DAYS), 30);
	change(cx, store, &DAYS, "7");
	change(cx, store, &OPEN, "off");
	change(cx, store, &SITE_HOSTS, "forum.example");
	Site *after = load(cx, store);
	assert_int_equal(setting_int(after, &DAYS), 7);
	assert_false(setting_flag(after, &OPEN));
	assert_true(site_has_host(after, S("forum.example")));
	assert_false(site_equal(before, after));
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM audit"), 3);
	change(cx, store, &DAYS, "7"); // nothing new
	assert_int_equal(test_number(cx, store, "SELECT count(*) FROM audit"), 3);
	assert_true(site_equal(after, load(cx, store)));
	// What another program stored and we cannot read is as if it were not there.
	assert_ok(cx, store_write(cx, store, put, &(SettingPutArgs){.name = S("probe.days"), .value = S("many")}));
	assert_ok(cx, store_write(cx, store, put, &(SettingPutArgs){.name = S("probe.open"), .value = S("perhaps")}));
	assert_int_equal(setting_int(load(cx, store), &DAYS), 30);
	assert_true(setting_flag(load(cx, store), &OPEN));
	for (size_t i = 0; i < after->values_n; i++) assert_false(str_eq(after->values[i].name, S("site.secret")));
}
TEST(setting_changes_are_stored_and_audited) { test_stores(NULL, 0, changed); }
