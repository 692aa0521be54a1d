// SPDX-License-Identifier: AGPL-3.0-or-later
// /s/SLUG/insight: what is being said in a space, added up; and the texts behind each number.
#include "insight/pages.h"
#include "insight_html.h"

#include "community/community.h"
#include "trends/trends.h"
#include "web/chart.h"
#include "web/csv.h"
#include "web/i18n.h"

#define BUCKETS_MAX 400
#define THREADS_SHOWN 6
#define THREADS_READ ((int64_t)120) // of both sorts together
#define THREADS_LOOKED_AT 3000      // the newest texts that surely are one or the other
#define LANGUAGES_SHOWN 8
#define PHRASES_SHOWN 25
#define BOX ((ChartBox){720, 160, 0})
#define SPARK ((ChartBox){96, 28, 2})

typedef struct Buckets {
	Time start[BUCKETS_MAX + 1];
	int64_t n[SENTIMENT_N][BUCKETS_MAX];
	size_t used;
} Buckets;

// --- steps of the chart -----------------------------------------------------------------------------------------------------

static Time month_start(Time t, int months_on)
{
	Civil c = time_civil(t);
	int month = c.month - 1 + months_on;
	return time_from_civil(&(Civil){.year = c.year + month / 12, .month = month % 12 + 1, .day = 1});
}

static void make_steps(const Window *w, Time first, Buckets *b)
{
	Time t = w->from ? w->from : month_start(first, 0);
	while (t < w->until && b->used < BUCKETS_MAX) {
		b->start[b->used++] = t;
		t = w->step ? t + w->step : month_start(t, 1);
	}
	b->start[b->used] = w->until;
}

static void add_up(const InsightDaysRows *rows, const Window *w, Buckets *b)
{
	make_steps(w, rows->n ? rows->v[0].day : w->until - TIME_DAY_MS, b);
	size_t at = 0;
	for (size_t i = 0; i < rows->n; i++) {
		while (at + 1 < b->used && rows->v[i].day >= b->start[at + 1]) at++;
		if (rows->v[i].tone < SENTIMENT_N) b->n[rows->v[i].tone][at] += rows->v[i].n;
	}
}

static Asked asked_for(const Window *w, const char *tone)
{
	return (Asked){.window = *w, .tone = tone ? str_from(tone) : str_none()};
}

static const char *const TONES[SENTIMENT_N] = {"neg", "neu", "pos"};

static Num tone_num(Arena *a, Str slug, const Window *w, int tone, int64_t n)
{
	Asked q = asked_for(w, TONES[tone]);
	return (Num){.label = message_get_z(tone_key(tone)), .url = asked_url(a, slug, &q, false), .n = n};
}

static void fill_buckets(Arena *a, Str slug, const Window *w, const Buckets *b, SpaceView *v)
{
	v->buckets = (BucketViews){ARENA_NEW(a, BucketView, b->used + 1), 0};
	for (size_t i = b->used; i-- > 0;) { // the newest first
		if (!(b->n[0][i] + b->n[1][i] + b->n[2][i])) continue;
		Window own = {.period = "days", .from = b->start[i], .until = b->start[i + 1]};
		BucketView *to = &v->buckets.v[v->buckets.n++];
		to->when = w->step == TIME_DAY_MS ? window_day(a, own.from) : window_words(a, &own);
		to->neg = tone_num(a, slug, &own, SENTIMENT_NEG, b->n[SENTIMENT_NEG][i]);
		to->neu = tone_num(a, slug, &own, SENTIMENT_NEU, b->n[SENTIMENT_NEU][i]);
		to->pos = tone_num(a, slug, &own, SENTIMENT_POS, b->n[SENTIMENT_POS][i]);
	}
}

static void fill_chart(Arena *a, const Window *w, const Buckets *b, SpaceView *v)
{
	int64_t *below = ARENA_NEW(a, int64_t, b->used + 1), *share = ARENA_NEW(a, int64_t, b->used + 1), most = 1;
	for (size_t i = 0; i < b->used; i++) {
		int64_t all = b->n[0][i] + b->n[1][i] + b->n[2][i];
		most = i64_max(most, all);
		share[i] = all ? b->n[SENTIMENT_NEG][i] * 1000 / all : i ? share[i - 1] : 0;
	}
	v->top = chart_top(most);
	v->middle_n = v->top / 2;
	for (int tone = 0; tone < SENTIMENT_N; tone++) {
		v->chart[tone] = chart_bars(a, b->n[tone], below, b->used, v->top, BOX);
		for (size_t i = 0; i < b->used; i++) below[i] += b->n[tone][i];
	}
	v->line = chart_line(a, share, b->used, 1000, SPARK);
	v->first = window_day(a, b->start[0]);
	v->middle = window_day(a, b->start[b->used / 2]);
	v->last = window_day(a, w->until - 1);
	v->bucket = w->step == TIME_DAY_MS ? MESSAGE("insight.day")
				: w->step              ? MESSAGE("insight.week")
									   : MESSAGE("insight.month");
}

// --- kinds and languages ------------------------------------------------------------------------------------------------------

static void add_kind(Arena *a, Str slug, const Window *w, size_t kind, int64_t n, int64_t of, SpaceView *v)
{
	Asked q = {.window = *w, .kind = str_from(KINDS[kind])};
	v->kinds.v[v->kinds.n++] = (Num){
		.label = kind_words(a, q.kind), .url = asked_url(a, slug, &q, false), .n = n, .share = percent_of(a, n, of)};
}

static void fill_kinds(Arena *a, Str slug, const Window *w, const InsightKindsRows *rows, SpaceView *v)
{
	int64_t sums[KINDS_N] = {0}, comments = 0;
	v->n = 0;
	for (size_t i = 0; i < rows->n; i++) {
		const InsightKindsRow *r = &rows->v[i];
		const int64_t of[KINDS_N] = {r->question, r->complaint, r->praise, r->idea,     r->purchase,
									 r->churn,    r->thanks,    r->urgent, r->offensive};
		for (size_t k = 0; k < KINDS_N; k++) sums[k] += of[k];
		v->n += r->n;
		comments += r->comments;
	}
	v->kinds.v = ARENA_NEW(a, Num, KINDS_N);
	for (size_t k = 0; k < KINDS_N; k++) add_kind(a, slug, w, k, sums[k], v->n, v);
	v->languages = (Nums){ARENA_NEW(a, Num, rows->n + 1), 0};
	for (size_t i = 0; i < rows->n && i < LANGUAGES_SHOWN; i++) {
		unsigned number = (unsigned)rows->v[i].lang;
		Asked q = {.window = *w, .language = reading_language_code(number)};
		v->languages.v[v->languages.n++] = (Num){.label = language_words(a, number),
												 .url = asked_url(a, slug, &q, false),
												 .n = rows->v[i].n,
												 .share = percent_of(a, rows->v[i].n, v->n)};
	}
	Asked all = asked_for(w, NULL), only = {.window = *w, .what = S("comments")};
	v->all = (Num){.url = asked_url(a, slug, &all, false), .n = v->n};
	v->comments = (Num){.url = asked_url(a, slug, &only, false), .n = comments};
}

static void fill_tones(Arena *a, Str slug, const Window *w, const Buckets *b, SpaceView *v)
{
	v->tones = (Nums){ARENA_NEW(a, Num, SENTIMENT_N), SENTIMENT_N};
	for (int tone = 0; tone < SENTIMENT_N; tone++) {
		int64_t n = 0;
		for (size_t i = 0; i < b->used; i++) n += b->n[tone][i];
		v->tones.v[tone] = tone_num(a, slug, w, tone, n);
		v->tones.v[tone].share = percent_of(a, n, v->n);
	}
}

static void fill_threads(Arena *a, Str slug, const Window *w, const InsightThreadsRows *rows, SpaceView *v)
{
	v->negative = (Nums){ARENA_NEW(a, Num, THREADS_SHOWN), 0};
	v->positive = (Nums){ARENA_NEW(a, Num, THREADS_SHOWN), 0};
	for (size_t i = 0; i < rows->n; i++) {
		const InsightThreadsRow *r = &rows->v[i];
		Nums *to = r->tone == SENTIMENT_NEG ? &v->negative : &v->positive;
		Asked q = asked_for(w, TONES[r->tone == SENTIMENT_NEG ? SENTIMENT_NEG : SENTIMENT_POS]);
		q.topic = r->id;
		if (to->n < THREADS_SHOWN)
			to->v[to->n++] = (Num){.label = r->title, .url = asked_url(a, slug, &q, false), .n = r->n};
	}
}

static void fill_phrases(Arena *a, Str slug, const TrendListRows *rows, SpaceView *v)
{
	v->phrases = (PhraseViews){ARENA_NEW(a, PhraseView, rows->n + 1), rows->n};
	for (size_t i = 0; i < rows->n; i++) {
		const TrendListRow *r = &rows->v[i];
		Nums examples = {ARENA_NEW(a, Num, PHRASE_EXAMPLES_MAX), 0};
		for (Str rest = r->examples, id; rest.n && examples.n < PHRASE_EXAMPLES_MAX; examples.n++) {
			rest = str_cut(rest, ' ', &id);
			examples.v[examples.n] = (Num){.url = str_format(a, "/p/%.*s", STR(id)), .n = (int64_t)examples.n + 1};
		}
		Buf url = buf_init(a, 128, 1024);
		buf_format(&url, "/search?sort=newest&space=%.*s&q=%%22", STR(slug));
		buf_url_encoded(&url, r->phrase);
		buf_str(&url, S("%22"));
		v->phrases.v[i] = (PhraseView){
			r->phrase,
			window_day(a, r->week_ms),
			str_format(a, "%lld.%lld", (long long)r->expected_centi / 100, (long long)r->expected_centi / 10 % 10),
			buf_view(&url),
			r->posts,
			r->authors,
			examples};
	}
}

// --- the page -----------------------------------------------------------------------------------------------------------------

static const FormField SPACE_FORM[] = {WINDOW_FIELDS};

static Status space_page(Ctx *cx, const Req *req, Res *res)
{
	SpaceView *v = ARENA_NEW(cx->arena, SpaceView, 1);
	Buckets *b = ARENA_NEW(cx->arena, Buckets, 1);
	InsightSpaceRow s;
	InsightDaysRows days;
	InsightKindsRows kinds;
	InsightThreadsRows threads;
	Arena *a = cx->arena;
	Window w = window_of(cx, req);
	TRY(insight_space_get(cx, req, &s));
	TRY(insight_days(cx, req->db, &(InsightDaysArgs){.space_id = s.id, .from = w.from, .until = w.until}, &days));
	TRY(insight_kinds(cx, req->db, &(InsightKindsArgs){.space_id = s.id, .from = w.from, .until = w.until}, &kinds));
	TRY(insight_threads(
		cx, req->db,
		&(InsightThreadsArgs){
			.space_id = s.id, .from = w.from, .until = w.until, .most = THREADS_LOOKED_AT, .limit = THREADS_READ},
		&threads));
	TrendListRows phrases;
	TRY(trend_list(
		cx, req->db,
		&(TrendListArgs){.space_id = s.id, .from = w.from - 6 * TIME_DAY_MS, .until = w.until, .limit = PHRASES_SHOWN},
		&phrases));
	shell_init(cx, req, &v->shell);
	v->shell.title = str_format(a, "%.*s: %.*s", STR(MESSAGE("insight.title")), STR(s.title));
	v->shell.nav = "insight";
	v->shell.noindex = true;
	v->title = s.title;
	v->url = str_format(a, "/s/%.*s", STR(s.slug));
	v->window = window_words(a, &w);
	v->periods = window_periods(a, &w);
	v->bad_days = w.bad;
	v->from = window_date(a, w.from ? w.from : w.until - 91 * TIME_DAY_MS);
	v->until = window_date(a, w.until - 1);
	v->csv_url = str_format(a, "/s/%.*s/insight.csv?%.*s", STR(s.slug), STR(window_query(a, &w)));
	v->all_url = str_format(a, "/s/%.*s/insight?period=all", STR(s.slug));
	v->progress = (ProgressView){.waiting = !s.finished_at, .done = s.done_n, .total = i64_max(s.total_n, s.done_n)};
	add_up(&days, &w, b);
	fill_kinds(a, s.slug, &w, &kinds, v);
	fill_tones(a, s.slug, &w, b, v);
	fill_buckets(a, s.slug, &w, b, v);
	fill_chart(a, &w, b, v);
	fill_threads(a, s.slug, &w, &threads, v);
	fill_phrases(a, s.slug, &phrases, v);
	html_insight_space(&res->body, v);
	return ST_OK;
}

static Status space_csv(Ctx *cx, const Req *req, Res *res)
{
	InsightSpaceRow s;
	InsightDaysRows days;
	Window w = window_of(cx, req);
	TRY(insight_space_get(cx, req, &s));
	TRY(insight_days(cx, req->db, &(InsightDaysArgs){.space_id = s.id, .from = w.from, .until = w.until}, &days));
	res->content_type = S("text/csv; charset=utf-8");
	buf_str(&res->body, S("day,sentiment,texts\r\n"));
	for (size_t i = 0; i < days.n; i++)
		buf_format(&res->body, "%.*s,%s,%lld\r\n", STR(window_date(cx->arena, days.v[i].day)),
				   TONES[days.v[i].tone < SENTIMENT_N ? days.v[i].tone : 1], (long long)days.v[i].n);
	return ST_OK;
}

// --- the texts behind a number ------------------------------------------------------------------------------------------------

static const FormField LIST_FORM[] = {WINDOW_FIELDS,
									  LINE("tone", 0, 10, "error.value"),
									  LINE("kind", 0, 12, "error.value"),
									  LINE("lang", 0, 8, "error.value"),
									  LINE("what", 0, 10, "error.value"),
									  LINE("topic", 0, 20, "error.value"),
									  LINE("after", 0, 60, "error.value")};

static void want_kind(Str kind, Asked *q)
{
	for (size_t i = 0; i < KINDS_N; i++) {
		if (!str_eq(kind, str_from(KINDS[i]))) continue;
		q->kind = kind;
		if (str_eq(kind, S("urgent"))) reading_want_urgent(&q->mask);
		else if (str_eq(kind, S("offensive"))) reading_want_offensive(&q->mask);
		else reading_want_intent(&q->mask, i < INTENT_SPAM ? (Intent)i : INTENT_THANKS);
	}
}

static Asked asked_of(Ctx *cx, const Req *req)
{
	Asked q = {.window = window_of(cx, req)};
	Str tone = req_str(req, "tone"), language = req_str(req, "lang"), what = req_str(req, "what");
	for (int t = 0; t < SENTIMENT_N; t++)
		if (str_eq(tone, str_from(TONES[t]))) {
			q.tone = tone;
			reading_want_sentiment(&q.mask, t);
		}
	want_kind(req_str(req, "kind"), &q);
	if (reading_language_number(language) || str_eq(language, S("und"))) {
		q.language = language;
		reading_want_language(&q.mask, language);
	}
	if (str_eq(what, S("comments")) || str_eq(what, S("posts"))) {
		q.what = what;
		reading_want_comment(&q.mask, what.p[0] == 'c');
	}
	if (!id_parse(req_str(req, "topic"), &q.topic)) q.topic = 0;
	return q;
}

static Status read_list(Ctx *cx, Db *db, Id space, const Asked *q, Str after, bool bodies, size_t rows,
						InsightListRows *ret)
{
	InsightListArgs args = {.space_id = space,
							.from = q->window.from,
							.at = q->window.until,
							.id = 0,
							.mask = q->mask.mask,
							.want = q->mask.want,
							.topic = q->topic,
							.bodies = bodies,
							.limit = (int64_t)rows};
	Cursor c = cursor_of(after);
	int64_t at;
	Id id;
	if (after.n && cursor_int(&c, 0, args.at, &at) && cursor_take(&c, '.') && id_parse(cursor_rest(&c), &id)) {
		args.at = at;
		args.id = id;
	}
	return insight_list(cx, db, &args, ret);
}

static Str post_url(Arena *a, Id post, Id subject, bool comment)
{
	Buf b = buf_init(a, 48, 64);
	buf_str(&b, S("/p/"));
	buf_id(&b, post);
	if (comment) {
		buf_str(&b, S("#c-"));
		buf_id(&b, subject);
	}
	return buf_view(&b);
}

static TextView text_view(Arena *a, const InsightListRow *r)
{
	bool comment = reading_of_comment(r->bits);
	return (TextView){.id = r->subject_id,
					  .at_ms = r->at_ms,
					  .title = r->title,
					  .url = post_url(a, r->post_id, r->subject_id, comment),
					  .author = r->author,
					  .excerpt = excerpt_of(a, r->body),
					  .language = language_words(a, reading_language(r->bits)),
					  .tone = message_get_z(tone_key(reading_sentiment(r->bits))),
					  .comment = comment,
					  .corrected = reading_corrected(r->bits),
					  .sure = reading_sure(r->bits),
					  .tone_class = reading_sentiment(r->bits)};
}

static void add_option(Options *o, Str value, Str text, Str chosen)
{
	o->v[o->n++] = (Option){value, text, str_eq(value, chosen) || (!value.n && !chosen.n)};
}

static Options tone_options(Arena *a, Str chosen)
{
	Options o = {ARENA_NEW(a, Option, SENTIMENT_N + 1), 0};
	add_option(&o, S(""), MESSAGE("insight.any"), chosen);
	for (int t = 0; t < SENTIMENT_N; t++) add_option(&o, str_from(TONES[t]), message_get_z(tone_key(t)), chosen);
	return o;
}

static Options kind_options(Arena *a, Str chosen)
{
	Options o = {ARENA_NEW(a, Option, KINDS_N + 1), 0};
	add_option(&o, S(""), MESSAGE("insight.any"), chosen);
	for (size_t i = 0; i < KINDS_N; i++) add_option(&o, str_from(KINDS[i]), kind_words(a, str_from(KINDS[i])), chosen);
	return o;
}

static Options language_options(Arena *a, Str chosen)
{
	Options o = {ARENA_NEW(a, Option, READING_LANGUAGES_MAX + 1), 0};
	add_option(&o, S(""), MESSAGE("insight.any"), chosen);
	for (unsigned n = 0; n < READING_LANGUAGES_MAX; n++) {
		if (n && !reading_language_number(reading_language_code(n))) break;
		add_option(&o, reading_language_code(n), language_words(a, n), chosen);
	}
	return o;
}

static void fill_filters(Arena *a, const Asked *q, ListView *v)
{
	v->tones = tone_options(a, q->tone);
	v->kinds = kind_options(a, q->kind);
	v->languages = language_options(a, q->language);
	v->periods = window_periods(a, &q->window);
	v->whats = (Options){ARENA_NEW(a, Option, 3), 0};
	add_option(&v->whats, S(""), MESSAGE("insight.any"), q->what);
	add_option(&v->whats, S("posts"), MESSAGE("insight.only_posts"), q->what);
	add_option(&v->whats, S("comments"), MESSAGE("insight.only_comments"), q->what);
	v->from = window_date(a, q->window.from ? q->window.from : q->window.until - 91 * TIME_DAY_MS);
	v->until = window_date(a, q->window.until - 1);
	v->days = str_eq(str_from(q->window.period), S("days"));
}

static Str next_url(Arena *a, Str slug, const Asked *q, const InsightListRow *last)
{
	Buf b = buf_init(a, 200, 1200);
	buf_str(&b, asked_url(a, slug, q, false));
	buf_format(&b, "&after=%lld.", (long long)last->at_ms);
	buf_id(&b, last->subject_id);
	return buf_view(&b);
}

static Status list_page(Ctx *cx, const Req *req, Res *res)
{
	ListView *v = ARENA_NEW(cx->arena, ListView, 1);
	InsightSpaceRow s;
	InsightListRows rows;
	Arena *a = cx->arena;
	Asked q = asked_of(cx, req);
	TRY(insight_space_get(cx, req, &s));
	TRY(read_list(cx, req->db, s.id, &q, req_str(req, "after"), true, INSIGHT_ROWS + 1, &rows));
	v->n = -1;
	if (!q.topic) {
		InsightListCountRow count;
		InsightListCountArgs args = {
			.space_id = s.id, .from = q.window.from, .until = q.window.until, .mask = q.mask.mask, .want = q.mask.want};
		TRY(insight_list_count(cx, req->db, &args, &count));
		v->n = count.n;
	}
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("insight.list_title");
	v->shell.nav = "insight";
	v->shell.noindex = true;
	v->space = s.title;
	v->window = window_words(a, &q.window);
	v->back_url = str_format(a, "/s/%.*s/insight?%.*s", STR(s.slug), STR(window_query(a, &q.window)));
	v->csv_url = asked_url(a, s.slug, &q, true);
	fill_filters(a, &q, v);
	size_t n = size_min(rows.n, INSIGHT_ROWS);
	v->rows = (TextViews){ARENA_NEW(a, TextView, n + 1), n};
	for (size_t i = 0; i < n; i++) v->rows.v[i] = text_view(a, &rows.v[i]);
	if (rows.n > n) v->more_url = next_url(a, s.slug, &q, &rows.v[n - 1]);
	html_insight_list(&res->body, v);
	return ST_OK;
}

static void csv_row(Arena *a, Buf *b, Str base, const InsightListRow *r)
{
	time_format_iso(b, r->at_ms);
	buf_char(b, ',');
	csv_text(b, str_format(a, "%.*s%.*s", STR(base),
						   STR(post_url(a, r->post_id, r->subject_id, reading_of_comment(r->bits)))));
	buf_char(b, ',');
	csv_text(b, r->title);
	buf_char(b, ',');
	csv_text(b, r->author);
	int hundredths = reading_polarity(r->bits) * 100 / 127, size = hundredths < 0 ? -hundredths : hundredths;
	buf_format(b, ",%.*s,%s,%s,%s%d.%02d,", STR(reading_language_code(reading_language(r->bits))),
			   TONES[reading_sentiment(r->bits) % SENTIMENT_N], reading_sure(r->bits) ? "yes" : "no",
			   hundredths < 0 ? "-" : "", size / 100, size % 100);
	csv_text(b, r->words);
	buf_str(b, S("\r\n"));
}

static Status list_csv(Ctx *cx, const Req *req, Res *res)
{
	InsightSpaceRow s;
	InsightListRows rows;
	Asked q = asked_of(cx, req);
	AUTO(Arena) room = arena_new(ARENA_CAP_BYTES);
	Ctx own = *cx;
	own.arena = room;
	TRY(insight_space_get(cx, req, &s));
	Status st = read_list(&own, req->db, s.id, &q, str_none(), false, INSIGHT_CSV_ROWS, &rows);
	cx->queries = own.queries + 1;
	if (st != ST_OK) return fail(cx, st, "%.*s", STR(own.fail_text));
	Str base = web_base_url(cx, req);
	res->content_type = S("text/csv; charset=utf-8");
	buf_str(&res->body, S("at,url,topic,author,language,sentiment,sure,polarity,words\r\n"));
	for (size_t i = 0; i < rows.n; i++) csv_row(room, &res->body, base, &rows.v[i]);
	return ST_OK;
}

// clang-format off
const Route insight_space_routes[] = {
	READ("/s/{slug}/insight", RIGHT_MANAGE, space_page, .form = FORM(SPACE_FORM), .flags = ROUTE_NOINDEX, .doc = "What is being said in a space"),
	READ("/s/{slug}/insight.csv", RIGHT_MANAGE, space_csv, .form = FORM(SPACE_FORM), .flags = ROUTE_NOINDEX, .doc = "The same by day, for programs"),
	READ("/s/{slug}/insight/posts", RIGHT_MANAGE, list_page, .form = FORM(LIST_FORM), .flags = ROUTE_NOINDEX, .doc = "The posts behind a number of it"),
	READ("/s/{slug}/insight/posts.csv", RIGHT_MANAGE, list_csv, .form = FORM(LIST_FORM), .flags = ROUTE_NOINDEX, .doc = "These posts, for programs"),
};
// clang-format on
const size_t insight_space_routes_n = COUNTOF(insight_space_routes);
