// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/shell.h"

#include <string.h>

#include "base/utf8.h"
#include "web/i18n.h"
#include "web_html.h"

#define SCORE_TEXTS(NAME, name) {S_INIT("score." name), S_INIT("score." name ".word")},
static const Str SCORE_MESSAGES[SCORES_N][2] = {SCORES(SCORE_TEXTS, )};

Str score_title(ScoreKind score) { return message_get(SCORE_MESSAGES[score][0]); }
Str score_word(ScoreKind score) { return message_get(SCORE_MESSAGES[score][1]); }

void shell_init(Ctx *cx, const Req *req, Shell *ret_shell)
{
	ScoreKind score = (ScoreKind)setting_word(cx->site, &SITE_SCORE);
	*ret_shell = (Shell){
		.site_name = cx->site->name,
		.licence = setting_str(cx->site, &SITE_LICENCE),
		.theme = req->theme,
		.csrf = web_csrf_token(cx, req),
		.next = http_method_reads(req->http->method) ? req->http->target : S("/"),
		.actor = cx->actor,
		.demo = cx->site->demo,
		.score = score_title(score),
		.score_word = score_word(score),
		.by_credibility = score == SCORE_CREDIBILITY,
		.nav = "",
		.as = cx->actor->id ? role_name(cx->actor->role) : "visitor",
		.wait_s = req->form_again ? req->retry_s : 0,
	};
	if (!cx->actor->id) return;
	ret_shell->initials = avatar_initials(cx->arena, cx->actor->handle);
	ret_shell->hue = avatar_hue(cx->actor->handle);
}

// The first character, and the one after a separator (or the second).
Str avatar_initials(Arena *a, Str handle)
{
	if (!handle.n) return S("?");
	const char *first = handle.p, *end = handle.p + handle.n, *second;
	utf8_next(&first, end);
	second = first;
	for (const char *p = first; p + 1 < end; p++) {
		if (*p != '_' && *p != '-' && *p != ' ' && *p != '.') continue;
		second = p + 1;
		break;
	}
	const char *second_end = second;
	utf8_next(&second_end, end);
	char both[8];
	size_t n = (size_t)(first - handle.p), m = (size_t)(second_end - second);
	memcpy(both, handle.p, n);
	memcpy(both + n, second, m);
	return str_lower(a, (Str){both, n + m});
}

int avatar_hue(Str handle) { return (int)(str_hash(handle) % 8) + 1; }

Str hours_text(Arena *a, int64_t seconds)
{
	if (seconds > 0 && seconds < 60) return MESSAGE("shell.under_a_minute");
	if (seconds < 3600) return str_format(a, "%lld min", (long long)(seconds / 60));
	int64_t tenths = (seconds + 180) / 360;
	Buf b = buf_init(a, 24, 64);
	if (tenths >= 1000) html_count_int(&b, tenths / 10);
	else buf_format(&b, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
	buf_z(&b, " h");
	return buf_view(&b);
}

Str form_error(const Ctx *cx, const char *field)
{
	for (size_t i = 0; i < cx->field_errors_n; i++)
		if (str_eq(str_from(cx->field_errors[i].field), str_from(field)))
			return message_get(str_from(cx->field_errors[i].key));
	return str_none();
}

static const char *error_title(Status st)
{
	if (st == ST_NOT_FOUND) return "error.not_found_title";
	if (st == ST_FORBIDDEN) return "error.forbidden_title";
	if (st == ST_LIMITED) return "error.limited_title";
	return status_retryable(st) ? "error.busy_title"
		   : st == ST_INTERNAL  ? "error.internal_title"
								: "error.invalid_title";
}

Status web_error_page(Ctx *cx, const Req *req, Res *res, Status st)
{
	ErrorView v = {.status = status_http(st), .title_key = error_title(st), .text_key = status_key(st)};
	shell_init(cx, req, &v.shell);
	v.shell.title = message_get(str_from(v.title_key));
	v.shell.noindex = true;
	if (st == ST_LIMITED || st == ST_CONFLICT) v.detail = cx->fail_text;
	v.typed = req->route && req->route->action;
	if (st == ST_FORBIDDEN && !v.typed) v.text_key = "error.forbidden_page";
	if (req->fragment) html_web_error_fragment(&res->body, &v);
	else html_web_error_page(&res->body, &v);
	return buf_status(cx, &res->body);
}

Json ld_begin(Buf *b, const char *type)
{
	Json j = json_init(b);
	json_obj(&j);
	json_key(&j, "@context");
	json_str(&j, S("https://schema.org"));
	json_key(&j, "@type");
	json_str(&j, str_from(type));
	return j;
}

int64_t cred_share(const Cred *c) { return c->solved > 0 ? c->kept * 100 / c->solved : 0; }
