// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth setting list|get|set and hearth audit: what an operator may change of a site, and who changed what.
#include "app/app.h"

#include "base/json.h"
#include "members/members.h"
#include "web/i18n.h"

#define AUDIT_ROWS_MAX 1000
#define LINE_BYTES ((size_t)16 << 10)
#define REPORT_BYTES ((size_t)4 << 20)

static const Setting *setting_declared(const App *app, Str name)
{
	for (size_t i = 0; i < app->features_n; i++)
		for (size_t k = 0; k < app->features[i].settings.n; k++)
			if (str_eq(name, str_from(app->features[i].settings.v[k]->name))) return app->features[i].settings.v[k];
	return NULL;
}

static Status setting_named(App *app, const Setting **ret_setting)
{
	if (!app->options.words_n) return fail(&app->cx, ST_INVALID, "the name of the setting is missing");
	Str name = app->options.words[0];
	*ret_setting = setting_declared(app, name);
	if (*ret_setting) return ST_OK;
	return fail(&app->cx, ST_NOT_FOUND, "there is no setting %.*s (hearth setting list names them)", STR(name));
}

static void list_one(App *app, Json *j, const Setting *s)
{
	Str value = setting_str(app->cx.site, s);
	Buf takes = buf_init(app->cx.arena, 128, 512);
	setting_describe(&takes, s);
	Str help = message_get(str_format(app->cx.arena, "setting.%s.help", s->name));
	if (!app->options.json) {
		app_say("%s = %.*s\n    %.*s It takes %.*s (default: %s)", s->name, STR(value), STR(help),
				STR(buf_view(&takes)), s->standard[0] ? s->standard : "empty");
		return;
	}
	const struct {
		const char *key;
		Str text;
	} members[] = {{"name", str_from(s->name)},
				   {"value", value},
				   {"default", str_from(s->standard)},
				   {"takes", buf_view(&takes)},
				   {"description", help}};
	json_obj(j);
	for (size_t i = 0; i < COUNTOF(members); i++) {
		json_key(j, members[i].key);
		json_str(j, members[i].text);
	}
	json_end(j);
}

Status verb_setting_list(App *app)
{
	TRY(app_open(app, true));
	Buf b = buf_init(app->cx.arena, LINE_BYTES, REPORT_BYTES);
	Json j = json_init(&b);
	json_arr(&j);
	for (size_t i = 0; i < app->features_n; i++)
		for (size_t k = 0; k < app->features[i].settings.n; k++) list_one(app, &j, app->features[i].settings.v[k]);
	json_end(&j);
	if (app->options.json) app_say("%.*s", STR(buf_view(&b)));
	return ST_OK;
}

Status verb_setting_get(App *app)
{
	const Setting *s = NULL;
	TRY(setting_named(app, &s));
	TRY(app_open(app, true));
	app_say("%.*s", STR(setting_str(&app->site, s)));
	return ST_OK;
}

Status app_check_hosts(App *app, const Site *wanted)
{
	Str names[WEB_SITES_MAX], host, own = app->options.site.n ? app->options.site : S("main");
	size_t n = 0;
	if (app_sites(app, names, &n) != ST_OK) n = 0; // none yet
	for (size_t i = 0; i < n; i++) {
		if (str_eq(names[i], own)) continue;
		Store *store = NULL;
		Site other;
		TRY(app_store_open(app, names[i], true, &store));
		Status st = site_load(&app->cx, store, &other);
		store_close(store);
		if (st == ST_OK && site_shares_host(wanted, &other, &host))
			return fail(&app->cx, ST_CONFLICT, "the site %.*s has the host name %.*s already", STR(names[i]),
						STR(host));
	}
	fail_clear(&app->cx);
	return ST_OK;
}

Status verb_setting_set(App *app)
{
	SettingChange change = {0};
	TRY(setting_named(app, &change.setting));
	if (app->options.words_n < 2) return fail(&app->cx, ST_INVALID, "the value is missing ('' for an empty one)");
	TRY(setting_parse(&app->cx, change.setting, app->options.words[1], &change.value));
	TRY(app_open(app, true));
	Site wanted = {.url = app->site.url, .hosts = app->site.hosts};
	if (change.setting == &SITE_URL) wanted.url = change.value;
	if (change.setting == &SITE_HOSTS) wanted.hosts = change.value;
	if (change.setting == &SITE_URL || change.setting == &SITE_HOSTS) TRY(app_check_hosts(app, &wanted));
	return store_write(&app->cx, app->store, setting_change, &change);
}

static void audit_line(App *app, const MemberListAuditRow *r)
{
	Buf b = buf_init(app->cx.arena, 256, LINE_BYTES);
	time_format_iso(&b, r->at_ms);
	buf_format(&b, "  %-16.*s %-12.*s ", STR(r->actor.p ? r->actor : S("(command line)")), STR(r->action));
	if (r->subject.p) buf_str(&b, r->subject);
	else if (r->subject_id) buf_id(&b, r->subject_id);
	if (r->detail.p) buf_format(&b, "%s%.*s", r->subject_id ? ": " : "", STR(r->detail));
	app_say("%.*s", STR(buf_view(&b)));
}

static void audit_json(App *app, const MemberListAuditRow *r)
{
	Buf b = buf_init(app->cx.arena, 256, LINE_BYTES);
	Json j = json_init(&b);
	json_obj(&j);
	json_key(&j, "at");
	json_time(&j, r->at_ms);
	json_key(&j, "action");
	json_str(&j, r->action);
	json_key(&j, "actor");
	json_str(&j, r->actor);
	json_key(&j, "subject");
	json_str(&j, r->subject);
	json_key(&j, "subject_id");
	if (r->subject_id) json_id(&j, r->subject_id);
	else json_none(&j);
	json_key(&j, "detail");
	json_str(&j, r->detail);
	json_end(&j);
	app_say("%.*s", STR(buf_view(&b)));
}

Status verb_audit(App *app)
{
	TRY(app_open(app, true));
	AUTO(Db) db = NULL;
	TRY(db_begin(&app->cx, app->store, &db));
	MemberListAuditRows rows;
	TRY(member_list_audit(&app->cx, db, &(MemberListAuditArgs){.limit = AUDIT_ROWS_MAX}, &rows));
	for (size_t i = rows.n; i-- > 0;) { // the newest is the last line
		if (app->options.json) audit_json(app, &rows.v[i]);
		else audit_line(app, &rows.v[i]);
	}
	return ST_OK;
}
