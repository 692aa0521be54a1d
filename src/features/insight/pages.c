// SPDX-License-Identifier: AGPL-3.0-or-later
#include "insight/pages.h"

#include "text/plain.h"
#include "web/i18n.h"

#define DATE_BYTES 10
#define EXCERPT_BYTES 240

// --- days -------------------------------------------------------------------------------------------------------------------

static const struct {
	const char *name, *key;
	int days; // 0: all
} PERIODS[] = {{"28d", "insight.period_28", 28},
			   {"91d", "insight.period_91", 91},
			   {"365d", "insight.period_365", 365},
			   {"all", "insight.period_all", 0}};
#define OWN_DAYS "days"
#define STANDARD 1

static Time today_end(const Ctx *cx) { return cx->now_ms - cx->now_ms % TIME_DAY_MS + TIME_DAY_MS; }

static bool day_of(Str text, Time *ret)
{
	char whole[DATE_BYTES + 9];
	if (text.n != DATE_BYTES) return false;
	__builtin_memcpy(whole, text.p, DATE_BYTES);
	__builtin_memcpy(whole + DATE_BYTES, "T00:00:00", 9);
	return time_parse_iso((Str){whole, sizeof whole}, ret);
}

static Time step_for(Time span)
{
	if (span <= 35 * TIME_DAY_MS) return TIME_DAY_MS;
	return span <= 400 * TIME_DAY_MS ? 7 * TIME_DAY_MS : 0;
}

Window window_of(const Ctx *cx, const Req *req)
{
	Str period = req_str(req, "period");
	size_t at = STANDARD;
	Window w = {.until = today_end(cx)};
	if (str_eq(period, S(OWN_DAYS))) {
		Time to;
		w.bad = !day_of(req_str(req, "from"), &w.from) || !day_of(req_str(req, "to"), &to) || to < w.from;
		if (!w.bad) {
			w.until = to + TIME_DAY_MS;
			w.period = OWN_DAYS;
			w.step = step_for(w.until - w.from);
			return w;
		}
	}
	for (size_t i = 0; i < COUNTOF(PERIODS); i++)
		if (str_eq(period, str_from(PERIODS[i].name))) at = i;
	w.period = PERIODS[at].name;
	w.from = PERIODS[at].days ? w.until - PERIODS[at].days * TIME_DAY_MS : 0;
	w.step = PERIODS[at].days ? step_for(w.until - w.from) : 0;
	return w;
}

Options window_periods(Arena *a, const Window *w)
{
	Options o = {ARENA_NEW(a, Option, COUNTOF(PERIODS) + 1), 0};
	for (size_t i = 0; i < COUNTOF(PERIODS); i++)
		o.v[o.n++] = (Option){str_from(PERIODS[i].name), message_get_z(PERIODS[i].key),
							  str_eq(str_from(w->period), str_from(PERIODS[i].name))};
	o.v[o.n++] = (Option){S(OWN_DAYS), MESSAGE("insight.period_days"), str_eq(str_from(w->period), S(OWN_DAYS))};
	return o;
}

Str window_date(Arena *a, Time t)
{
	Civil c = time_civil(t);
	return str_format(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

Str window_day(Arena *a, Time t)
{
	Buf b = buf_init(a, 16, 32);
	html_text_date(&b, t);
	return buf_view(&b);
}

Str window_words(Arena *a, const Window *w)
{
	Buf b = buf_init(a, 64, 128);
	if (!w->from) return MESSAGE("insight.all_days");
	html_text_date(&b, w->from);
	buf_str(&b, S(" – "));
	html_text_date(&b, w->until - 1);
	return buf_view(&b);
}

Str window_query(Arena *a, const Window *w)
{
	if (!str_eq(str_from(w->period), S(OWN_DAYS))) return str_format(a, "period=%s", w->period);
	return str_format(a, "period=" OWN_DAYS "&from=%.*s&to=%.*s", STR(window_date(a, w->from)),
					  STR(window_date(a, w->until - 1)));
}

// --- what is read, in words -------------------------------------------------------------------------------------------------

const char *const KINDS[] = {"question", "complaint", "praise", "idea",     "purchase",
							 "churn",    "thanks",    "urgent", "offensive"};

Str kind_words(Arena *a, Str kind) { return message_get(str_format(a, "insight.kind_%.*s", STR(kind))); }

Str language_words(Arena *a, unsigned number)
{
	Str code = reading_language_code(number);
	return message_get(str_format(a, "language.%.*s", STR(code)));
}

const char *tone_key(int sentiment)
{
	static const char *const KEYS[] = {"tone.neg", "tone.neu", "tone.pos", "tone.neu"};
	return KEYS[sentiment & 3];
}

Str percent_of(Arena *a, int64_t n, int64_t of)
{
	if (!of) return S("–");
	int64_t tenths = (n * 1000 + of / 2) / of;
	return tenths < 100 ? str_format(a, "%lld.%lld %%", (long long)(tenths / 10), (long long)(tenths % 10))
						: str_format(a, "%lld %%", (long long)((tenths + 5) / 10));
}

ProgressView progress_view(const InsightProgress *p)
{
	return (ProgressView){.waiting = !p->finished, .done = p->done, .total = p->total};
}

Str excerpt_of(Arena *a, Str html)
{
	Str plain = html_plain(a, html, EXCERPT_BYTES);
	return plain.n + 4 > EXCERPT_BYTES ? str_format(a, "%.*s …", STR(plain)) : plain;
}

// --- addresses --------------------------------------------------------------------------------------------------------------

static void put(Buf *b, const char *key, Str value)
{
	if (!value.n) return;
	buf_format(b, "&%s=", key);
	html_urlpart_str(b, value);
}

Str asked_url(Arena *a, Str slug, const Asked *q, bool csv)
{
	Buf b = buf_init(a, 128, 1024);
	buf_format(&b, "/s/%.*s/insight/posts%s?%.*s", STR(slug), csv ? ".csv" : "", STR(window_query(a, &q->window)));
	put(&b, "tone", q->tone);
	put(&b, "kind", q->kind);
	put(&b, "lang", q->language);
	put(&b, "what", q->what);
	if (q->topic) {
		buf_str(&b, S("&topic="));
		buf_id(&b, q->topic);
	}
	return buf_view(&b);
}

Status insight_space_get(Ctx *cx, const Req *req, InsightSpaceRow *ret)
{
	bool found;
	TRY(insight_space(cx, req->db, &(InsightSpaceArgs){.slug = req_str(req, "slug")}, ret, &found));
	return found ? ST_OK : fail(cx, ST_NOT_FOUND, "there is no such space");
}
