// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/setting.h"

#include "base/utf8.h"
#include "core/consent.h"
#include "core/job.h"
#include "core_sql.h"

#define URL_MAX_BYTES 300
#define HOST_MAX_BYTES 255

const Setting SITE_NAME = {"site.name", SETTING_TEXT, 1, 100, "Hearth", "bytes"};
const Setting SITE_DESCRIPTION = {"site.description", SETTING_TEXT, 0, 300, "", "bytes"};
const Setting SITE_LICENCE = {"site.licence", SETTING_TEXT, 0, 200, "", "bytes"};
const Setting SITE_URL = {"site.url", SETTING_URL, 0, URL_MAX_BYTES, "", ""};
const Setting SITE_HOSTS = {"site.hosts", SETTING_HOSTS, 0, 20, "", "names"};
const Setting SITE_SCORE = {"reputation.score", SETTING_WORD, 0, 0, "credibility", SCORES_LISTED(" ")};
static const Setting *const CORE[] = {&SITE_NAME,  &SITE_DESCRIPTION,  &SITE_LICENCE,        &SITE_URL,
									  &SITE_HOSTS, &ATTENTION_CONSENT, &ATTENTION_EMPLOYEES, &ATTENTION_TOPICS};
const SettingTable core_settings = {CORE, COUNTOF(CORE)};

void setting_describe(Buf *b, const Setting *s)
{
	switch (s->type) {
	case SETTING_TEXT: buf_format(b, "a line of %lld to %lld %s", (long long)s->min, (long long)s->max, s->unit); break;
	case SETTING_INT:
		buf_format(b, "%lld to %lld%s%s", (long long)s->min, (long long)s->max, s->unit[0] ? " " : "", s->unit);
		break;
	case SETTING_FLAG: buf_str(b, S("on or off")); break;
	case SETTING_WORD: buf_format(b, "one of: %s", s->unit); break;
	case SETTING_URL: buf_str(b, S("http(s)://HOST[:PORT] without a path, or empty")); break;
	case SETTING_HOSTS:
		buf_format(b, "host names without port, separated by spaces, at most %lld, or empty", (long long)s->max);
		break;
	}
}

static bool one_line(Str s)
{
	if (!utf8_valid(s)) return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f) return false;
	return true;
}

static bool host_char(char c, bool in_brackets)
{
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return true;
	return in_brackets ? c == ':' : c == '-' || c == '.';
}

// A name as it stands in a Host header: letters, digits, '-', '.', or an address in brackets.
static bool host_ok(Str host)
{
	bool brackets = host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']';
	Str inside = brackets ? str_sub(host, 1, host.n - 1) : host;
	if (!inside.n || host.n > HOST_MAX_BYTES || inside.p[0] == '-' || inside.p[0] == '.') return false;
	for (size_t i = 0; i < inside.n; i++)
		if (!host_char(inside.p[i], brackets)) return false;
	return true;
}

static bool url_parse(Arena *a, Str value, Str *ret_value)
{
	value = str_lower(a, value);
	if (str_ends(value, S("/"))) value = str_sub(value, 0, value.n - 1);
	Str rest = str_starts(value, S("https://")) ? str_sub(value, 8, value.n) : str_none();
	if (str_starts(value, S("http://"))) rest = str_sub(value, 7, value.n);
	Str host = host_without_port(rest);
	int64_t port;
	bool port_ok = host.n == rest.n || (host.n < rest.n && rest.p[host.n] == ':' &&
										str_int(str_sub(rest, host.n + 1, rest.n), 1, 65535, &port));
	*ret_value = value;
	return value.n <= URL_MAX_BYTES && host_ok(host) && port_ok;
}

static bool hosts_parse(Arena *a, Str value, int64_t max, Str *ret_value)
{
	Buf b = buf_init(a, 64, 16384);
	int64_t n = 0;
	for (Str rest = str_lower(a, value); rest.p && rest.n;) {
		Str one;
		rest = str_cut(rest, ' ', &one);
		if (!one.n || hosts_have(buf_view(&b), one)) continue;
		if (!host_ok(one) || ++n > max) return false;
		if (b.n) buf_char(&b, ' ');
		buf_str(&b, one);
	}
	*ret_value = buf_view(&b);
	return true;
}

static bool flag_parse(Str value, bool *ret_on)
{
	static const Str ON[] = {S_INIT("on"), S_INIT("yes"), S_INIT("true"), S_INIT("1")};
	static const Str OFF[] = {S_INIT("off"), S_INIT("no"), S_INIT("false"), S_INIT("0")};
	for (size_t i = 0; i < COUNTOF(ON); i++) {
		*ret_on = str_eq_nocase(value, ON[i]);
		if (*ret_on || str_eq_nocase(value, OFF[i])) return true;
	}
	return false;
}

// Which of the words it is; -1: none.
static int word_number(const Setting *s, Str value)
{
	int n = 0;
	for (Str rest = str_from(s->unit); rest.p && rest.n; n++) {
		Str one;
		rest = str_cut(rest, ' ', &one);
		if (str_eq_nocase(one, value)) return n;
	}
	return -1;
}

static bool value_parse(Arena *a, const Setting *s, Str value, Str *ret_value)
{
	int64_t n;
	bool on = false;
	*ret_value = value;
	if (!one_line(value)) return false;
	switch (s->type) {
	case SETTING_TEXT: return (int64_t)value.n >= s->min && (int64_t)value.n <= s->max;
	case SETTING_INT: return str_int(value, s->min, s->max, &n);
	case SETTING_FLAG:
		if (!flag_parse(value, &on)) return false;
		*ret_value = on ? S("on") : S("off");
		return true;
	case SETTING_WORD: *ret_value = str_lower(a, value); return word_number(s, value) >= 0;
	case SETTING_URL: return !value.n || url_parse(a, value, ret_value);
	case SETTING_HOSTS: return hosts_parse(a, value, s->max, ret_value);
	}
	return false;
}

Status setting_parse(Ctx *cx, const Setting *s, Str value, Str *ret_value)
{
	Str parsed;
	if (value_parse(cx->arena, s, str_trim(value), &parsed)) {
		*ret_value = parsed;
		return ST_OK;
	}
	Buf b = buf_init(cx->arena, 128, 512);
	setting_describe(&b, s);
	return fail(cx, ST_INVALID, "%s: \"%.*s\" does not fit; it takes %.*s", s->name, STR(str_sub(value, 0, 80)),
				STR(buf_view(&b)));
}

Str setting_str(const Site *site, const Setting *s)
{
	for (size_t i = 0; site && i < site->values_n; i++)
		if (str_eq(site->values[i].name, str_from(s->name))) return site->values[i].value;
	return str_from(s->standard);
}

int64_t setting_int(const Site *site, const Setting *s)
{
	int64_t n = 0;
	if (!str_int(setting_str(site, s), s->min, s->max, &n)) BUG_IF(!str_int(str_from(s->standard), s->min, s->max, &n));
	return n;
}

bool setting_flag(const Site *site, const Setting *s)
{
	bool on = false;
	if (!flag_parse(setting_str(site, s), &on)) BUG_IF(!flag_parse(str_from(s->standard), &on));
	return on;
}

int setting_word(const Site *site, const Setting *s)
{
	int n = word_number(s, setting_str(site, s));
	if (n < 0) n = word_number(s, str_from(s->standard));
	BUG_IF(n < 0);
	return n;
}

bool hosts_have(Str hosts, Str host)
{
	host = host_without_port(host);
	for (Str rest = hosts; rest.p && rest.n;) {
		Str one;
		rest = str_cut(rest, ' ', &one);
		if (one.n && str_eq_nocase(one, host)) return true;
	}
	return false;
}

Status setting_follow(Ctx *cx, Tx *tx, const Setting *s, Str value, Str *ret_before)
{
	Str name = str_from(s->name);
	SettingFindRow old = {0};
	bool found;
	TRY(setting_find(cx, tx_db(tx), &(SettingFindArgs){.name = name}, &old, &found));
	*ret_before = found ? old.value : str_from(s->standard);
	return str_eq(*ret_before, value) ? ST_OK : setting_put(cx, tx, &(SettingPutArgs){.name = name, .value = value});
}

Status setting_change(Ctx *cx, Tx *tx, void *change)
{
	const SettingChange *c = change;
	Str old;
	TRY(setting_follow(cx, tx, c->setting, c->value, &old));
	if (str_eq(old, c->value)) return ST_OK;
	return audit(cx, tx, S("setting"), 0,
				 str_format(cx->arena, "%s: \"%.*s\" -> \"%.*s\"", c->setting->name, STR(old), STR(c->value)));
}
