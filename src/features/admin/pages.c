// SPDX-License-Identifier: AGPL-3.0-or-later
// The page of settings: read from the store and not from the site at hand, which takes changes over half a second later.
#include "admin/pages.h"
#include "admin/view.h"
#include "admin_html.h"
#include "web/i18n.h"
#include "web/router.h"

#define KEY_MAX_BYTES 128
#define TEXT_MAX_BYTES 1024

Str admin_group(const Setting *s)
{
	Str group;
	str_cut(str_from(s->name), '.', &group);
	return group;
}

Str admin_group_of_path(const char *path)
{
	Str all = str_from(path), prefix = S(ADMIN_PATH "/");
	return str_starts(all, prefix) ? str_sub(all, prefix.n, all.n) : str_none();
}

bool admin_by_command(const Setting *s) { return s->type == SETTING_URL || s->type == SETTING_HOSTS; }

// --- drawing ------------------------------------------------------------------------------------------------------------

static Str text_of(Ctx *cx, const char *before, Str name, const char *after)
{
	return message_get(STR_CAT(cx->arena, str_from(before), name, str_from(after)));
}

static Str filled(Ctx *cx, const char *key, Str a, Str b, Str unit)
{
	Buf out = buf_init(cx->arena, 128, TEXT_MAX_BYTES);
	message_fill(&out, MESSAGE(key), 3, (MessageArg[]){{S("min"), a}, {S("max"), b}, {S("unit"), unit}});
	return buf_view(&out);
}

static Str number(Ctx *cx, int64_t n) { return str_format(cx->arena, "%lld", (long long)n); }

static Str unit_of(Ctx *cx, const Setting *s)
{
	return s->unit[0] ? text_of(cx, "settings.unit.", str_from(s->unit), "") : S("");
}

static Str takes_of(Ctx *cx, const Setting *s)
{
	switch (s->type) {
	case SETTING_TEXT:
		return filled(cx, s->min ? "settings.takes_text" : "settings.takes_text_or_none", number(cx, s->min),
					  number(cx, s->max), S(""));
	case SETTING_INT:
		return str_trim(filled(cx, "settings.takes_number", number(cx, s->min), number(cx, s->max), unit_of(cx, s)));
	case SETTING_FLAG:
	case SETTING_WORD:
	case SETTING_URL:
	case SETTING_HOSTS: break;
	}
	return S("");
}

static Str misfit_of(Ctx *cx, const Setting *s, Str takes)
{
	Str more = s->type == SETTING_TEXT ? STR_CAT(cx->arena, takes, S(" "), MESSAGE("settings.takes_letters")) : takes;
	return str_trim(filled(cx, "settings.misfit", S(""), more, S("")));
}

static void add_option(SettingField *f, Str value, Str label)
{
	f->options.v[f->options.n++] = (SettingOption){value, label, str_eq(value, f->value)};
}

static void options_of(Ctx *cx, const Setting *s, SettingField *f)
{
	Str words = s->type == SETTING_WORD ? str_from(s->unit) : S("on off");
	if (s->type != SETTING_WORD && s->type != SETTING_FLAG) return;
	f->options.v = ARENA_NEW(cx->arena, SettingOption, words.n);
	for (Str rest = words; rest.p && rest.n;) {
		Str one;
		rest = str_cut(rest, ' ', &one);
		Str label = s->type == SETTING_FLAG ? text_of(cx, "settings.", one, "")
											: text_of(cx, "setting.", STR_CAT(cx->arena, f->name, S("."), one), "");
		add_option(f, one, label);
	}
}

// "members.sign_up" -> "members-sign_up": as in HTML's ids and addresses within a page.
static Str id_of(Arena *a, Str name)
{
	Str group, rest = str_cut(name, '.', &group);
	return STR_CAT(a, group, S("-"), rest);
}

static bool is_typed(const Req *req, const Setting *s)
{
	for (size_t i = 0; i < req->route->form.n; i++)
		if (req->route->action && str_eq(str_from(req->route->form.v[i].name), str_from(s->name)))
			return req_given(req, s->name);
	return false;
}

static SettingField field_of(Ctx *cx, const Req *req, const Site *site, const Setting *s)
{
	Str name = str_from(s->name);
	SettingField f = {.name = name,
					  .id = id_of(cx->arena, name),
					  .title = text_of(cx, "setting.", name, ""),
					  .help = text_of(cx, "setting.", name, ".help"),
					  .takes = takes_of(cx, s),
					  .value = is_typed(req, s) ? req_str(req, s->name) : setting_str(site, s),
					  .number = s->type == SETTING_INT,
					  .by_command = admin_by_command(s),
					  .max = s->max};
	if (form_error(cx, s->name).n) f.error = misfit_of(cx, s, f.takes);
	options_of(cx, s, &f);
	return f;
}

static SettingGroup *group_at(Ctx *cx, const Req *req, AdminView *v, Str key, size_t most)
{
	for (size_t i = 0; i < v->groups.n; i++)
		if (str_eq(v->groups.v[i].key, key)) return &v->groups.v[i];
	SettingGroup *g = &v->groups.v[v->groups.n++];
	*g = (SettingGroup){.key = key,
						.title = text_of(cx, "settings.group.", key, ""),
						.action = STR_CAT(cx->arena, S(ADMIN_PATH "/"), key),
						.fields.v = ARENA_NEW(cx->arena, SettingField, most),
						.saved = !req->route->action && str_eq(req_str(req, "saved"), key)};
	return g;
}

Status admin_page(Ctx *cx, const Req *req, Res *res)
{
	AdminView *v = ARENA_NEW(cx->arena, AdminView, 1);
	size_t n = router_settings(req->router);
	Site now;
	TRY(site_read(cx, req->db, &now));
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("settings.title");
	v->shell.noindex = true;
	res->no_store = true;
	v->groups.v = ARENA_NEW(cx->arena, SettingGroup, n);
	for (size_t i = 0; i < n; i++) {
		const Setting *s = router_setting(req->router, i);
		SettingGroup *g = group_at(cx, req, v, admin_group(s), n);
		SettingField f = field_of(cx, req, &now, s);
		g->has_form |= !f.by_command;
		v->errors_n += f.error.n > 0;
		g->fields.v[g->fields.n++] = f;
	}
	html_admin_settings(&res->body, v);
	return ST_OK;
}

// --- changing -----------------------------------------------------------------------------------------------------------

typedef struct Changes {
	SettingChange v[ROUTE_FIELDS_MAX];
	size_t n;
} Changes;

static const Setting *setting_of(const Req *req, const char *name)
{
	for (size_t i = 0; i < router_settings(req->router); i++)
		if (str_eq(str_from(router_setting(req->router, i)->name), str_from(name)))
			return router_setting(req->router, i);
	return NULL;
}

// All that does not fit is said at once; what was not sent stays as it is.
Status admin_prepare(Ctx *cx, Req *req)
{
	Changes *c = ARENA_NEW(cx->arena, Changes, 1);
	const Form *form = &req->route->form;
	for (size_t i = 0; i < form->n; i++) {
		SettingChange change = {.setting = setting_of(req, form->v[i].name)};
		BUG_IF(!change.setting);
		if (!req_given(req, form->v[i].name)) continue;
		if (setting_parse(cx, change.setting, req_str(req, form->v[i].name), &change.value) != ST_OK)
			field_error(cx, form->v[i].name, "error.value");
		c->v[c->n++] = change;
	}
	if (cx->field_errors_n) return fail(cx, ST_INVALID, "some settings do not fit");
	req->prepared = c;
	return ST_OK;
}

Status admin_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	Changes *c = req->prepared;
	for (size_t i = 0; i < c->n; i++) TRY(setting_change(cx, tx, &c->v[i]));
	Str group = admin_group_of_path(req->route->path);
	return res_redirect(res, STR_CAT(cx->arena, S(ADMIN_PATH "?saved="), group, S("#"), group));
}
