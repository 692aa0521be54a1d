// SPDX-License-Identifier: AGPL-3.0-or-later
// /board: the question as a sentence, its answer as a table, the same as CSV.
#include "boards/pages.h"
#include "boards_html.h"
#include "boards_sql.h"

#include "web/i18n.h"

#define CSV_ROWS 20000 // in one file, some 2 MB; its last line says where the next begins
#define SKIP_MAX 100000000
#define LAST_DAYS 91 // offered where nothing was done
#define DATE_BYTES 10

// clang-format off
#define QUESTION_FIELDS \
	LINE("by", 0, 20, "error.value"), LINE("period", 0, 20, "error.value"), LINE("in", 0, 90, "error.value"), \
	LINE("among", 0, 20, "error.value"), LINE("against", 0, 20, "error.value"), LINE("role", 0, 20, "error.value"), \
	LINE("from", 0, 20, "error.value"), LINE("to", 0, 20, "error.value"), LINE("was", 0, 20, "error.value"), \
	LINE("show", 0, 20, "error.value")
static const FormField BOARD_FORM[] = {QUESTION_FIELDS, INTEGER("skip", 0, SKIP_MAX, "error.value")};
static const FormField CSV_FORM[] = {QUESTION_FIELDS, INTEGER("skip", 0, SKIP_MAX, "error.value"), INTEGER("rows", 1, CSV_ROWS, "error.value")};
static const FormField FACTS_FORM[] = {QUESTION_FIELDS, LINE("member", 1, 40, "error.value"), LINE("what", 0, 20, "error.value"),
	LINE("after", 0, 60, "error.value")};
// clang-format on

static bool day_of(Ctx *cx, Str text, int32_t *ret_day)
{
	Time t;
	if (text.n != DATE_BYTES || !time_parse_iso(str_format(cx->arena, "%.*sT00:00:00", STR(text)), &t)) return false;
	*ret_day = rep_day(t);
	return true;
}

// Days that were typed count, unless other words for days were chosen than the form came with.
static bool days_are_typed(const Req *req)
{
	bool typed = req_str(req, "from").n && req_str(req, "to").n;
	return typed && str_eq(req_str(req, "period"), req_str(req, "was"));
}

bool board_question_of(Ctx *cx, const Req *req, BoardQuestion *ret)
{
	BoardQuestion q = {.by = BOARD_BY_ACCEPTED,
					   .when = {.period = BOARD_THIS_QUARTER},
					   .people = BOARD_CUSTOMERS,
					   .role = -1,
					   .rows = BOARD_ROWS};
	Role role;
	board_by_parse(req_str(req, "by"), &q.by);
	board_period_parse(req_str(req, "period"), &q.when.period);
	board_people_parse(req_str(req, "among"), &q.people);
	board_compare_parse(req_str(req, "against"), &q.when.compare);
	board_show_parse(req_str(req, "show"), &q.show);
	if (role_parse(req_str(req, "role"), &role)) q.role = (int)role;
	Str in = req_str(req, "in");
	if (in.n > 1 && (in.p[0] == '#' || in.p[0] == '/')) q.area = in;
	bool sound = true;
	if (days_are_typed(req)) q.when.period = BOARD_FROM_TO;
	if (q.when.period == BOARD_FROM_TO) {
		BoardDays d = {0};
		sound = day_of(cx, req_str(req, "from"), &d.from) && day_of(cx, req_str(req, "to"), &d.until) &&
				d.from <= d.until;
		d.until++;
		q.when.own = d;
		if (!sound) q.when.period = BOARD_THIS_QUARTER;
	}
	*ret = q;
	return sound;
}

static void put_part(Buf *b, const char *key, Str value)
{
	if (b->n) buf_char(b, '&');
	buf_z(b, key);
	buf_char(b, '=');
	html_urlpart_str(b, value);
}

static Str date_text(Arena *a, int32_t day)
{
	Civil c = time_civil((Time)day * TIME_DAY_MS);
	return str_format(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

Str board_query(Arena *a, const BoardQuestion *q, BoardBy by, size_t skip)
{
	Buf b = buf_init(a, 128, 1024);
	put_part(&b, "by", str_from(board_by_name(by == BOARD_BY_N ? q->by : by)));
	put_part(&b, "period", str_from(board_period_name(q->when.period)));
	if (q->area.n) put_part(&b, "in", q->area);
	put_part(&b, "among", str_from(board_people_name(q->people)));
	put_part(&b, "against", str_from(board_compare_name(q->when.compare)));
	if (q->role >= 0) put_part(&b, "role", str_from(role_name((Role)q->role)));
	if (q->when.period == BOARD_FROM_TO) {
		put_part(&b, "from", date_text(a, q->when.own.from));
		put_part(&b, "to", date_text(a, q->when.own.until - 1));
	}
	if (q->show != BOARD_SHOW_USUAL) put_part(&b, "show", str_from(board_show_name(q->show)));
	if (skip) buf_format(&b, "&skip=%zu", skip);
	return buf_view(&b);
}

Str board_facts_url(Arena *a, const BoardQuestion *q, Id member, BoardBy what)
{
	Buf b = buf_init(a, 160, 1200);
	buf_format(&b, "/board/facts?what=%s&member=", board_by_name(what));
	buf_id(&b, member);
	buf_char(&b, '&');
	buf_str(&b, board_query(a, q, BOARD_BY_N, 0));
	return buf_view(&b);
}

Str board_days_words(Arena *a, BoardDays d)
{
	Buf b = buf_init(a, 64, 128);
	html_text_date(&b, (Time)d.from * TIME_DAY_MS);
	if (d.until - d.from > 1) {
		buf_z(&b, " – ");
		html_text_date(&b, ((Time)d.until - 1) * TIME_DAY_MS);
	}
	return buf_view(&b);
}

// --- the sentence ---------------------------------------------------------------------------------------------------------

typedef struct ByKeys { // the messages of a measure; that of the sentence is boards.by.NAME
	const char *column, *about;
} ByKeys;
// clang-format off
static const ByKeys KEYS[BOARD_BY_N] = {
	[BOARD_BY_ACCEPTED] =    {"boards.accepted",    "boards.about_accepted"},
	[BOARD_BY_HELPED] =      {"boards.helped",      "boards.about_helped"},
	[BOARD_BY_CREDIBILITY] = {"boards.credibility", "boards.about_credibility"},
	[BOARD_BY_CONTENT] =     {"boards.content",     "boards.about_content"},
	[BOARD_BY_KUDOS] =       {"boards.kudos",       "boards.about_kudos"},
	[BOARD_BY_KEPT] =        {"boards.kept",        "boards.about_kept"},
	[BOARD_BY_TIME] =        {"boards.time",        "boards.about_time"},
	[BOARD_BY_READ] =        {"boards.reading",     "boards.about_reading"},
	[BOARD_BY_WROTE] =       {"boards.writing",     "boards.about_writing"},
	[BOARD_BY_WAS_READ] =    {"boards.was_read",    "boards.about_read"},
};
// clang-format on

const char *board_by_key(BoardBy by) { return KEYS[by].column; }

typedef const char *(*NameFn)(int v);
static const char *by_name(int v) { return board_by_name((BoardBy)v); }
static const char *period_name(int v) { return board_period_name((BoardPeriod)v); }
static const char *people_name(int v) { return board_people_name((BoardPeople)v); }
static const char *compare_name(int v) { return board_compare_name((BoardCompare)v); }
static const char *show_name(int v) { return board_show_name((BoardShow)v); }

// The words of an enum; their texts are under `key.NAME`.
static Choices choices(Ctx *cx, int n, int chosen, NameFn name, const char *key)
{
	Choices c = {ARENA_NEW(cx->arena, Choice, (size_t)n), (size_t)n};
	for (int i = 0; i < n; i++)
		c.v[i] = (Choice){str_from(name(i)), message_get(str_format(cx->arena, "%s.%s", key, name(i))), i == chosen};
	return c;
}

static Choices role_choices(Ctx *cx, int role)
{
	Choices c = {ARENA_NEW(cx->arena, Choice, ROLE_ADMIN + 2), ROLE_ADMIN + 2};
	c.v[0] = (Choice){S(""), MESSAGE("boards.any_role"), role < 0};
	for (int r = ROLE_MEMBER; r <= ROLE_ADMIN; r++)
		c.v[r + 1] = (Choice){str_from(role_name((Role)r)),
							  message_get(str_format(cx->arena, "boards.role.%s", role_name((Role)r))), role == r};
	return c;
}

static void area_choices(Ctx *cx, const BoardPlaces *places, const BoardQuestion *q, BoardView *v)
{
	v->spaces.v = ARENA_NEW(cx->arena, Choice, places->n + 1);
	v->tags.v = ARENA_NEW(cx->arena, Choice, places->n + 1);
	bool known = !q->area.n;
	for (size_t i = 0; i < places->n; i++) {
		const BoardPlace *p = &places->v[i];
		Choice c = {p->name, p->title, str_eq(p->name, q->area)};
		if (p->is_tag) v->tags.v[v->tags.n++] = c;
		else v->spaces.v[v->spaces.n++] = c;
		known |= c.chosen;
	}
	if (!known) v->tags.v[v->tags.n++] = (Choice){q->area, q->area, true};
}

static void fill_sentence(Ctx *cx, const BoardPlaces *places, const BoardQuestion *q, BoardView *v)
{
	BoardDays days = board_days(&q->when, cx->now_ms);
	v->by = choices(cx, BOARD_BY_N, (int)q->by, by_name, "boards.by");
	v->periods = choices(cx, BOARD_PERIODS_N, (int)q->when.period, period_name, "boards.period");
	v->people = choices(cx, BOARD_PEOPLE_N, (int)q->people, people_name, "boards.people");
	v->compares = choices(cx, BOARD_COMPARES_N, (int)q->when.compare, compare_name, "boards.compare");
	v->shows = choices(cx, BOARD_SHOWS_N, (int)q->show, show_name, "boards.show");
	v->roles = role_choices(cx, q->role);
	v->period = str_from(board_period_name(q->when.period));
	if (q->when.period == BOARD_FROM_TO) {
		v->from = date_text(cx->arena, days.from);
		v->until = date_text(cx->arena, days.until - 1);
	}
	v->details = q->role >= 0 || q->when.period == BOARD_FROM_TO || v->bad_days;
	v->asked = KEYS[q->by].about;
	v->column = KEYS[q->by].column;
	v->window = board_days_words(cx->arena, days);
	v->compared = q->when.compare != BOARD_ALONE;
	if (v->compared) v->window_before = board_days_words(cx->arena, board_days_before(&q->when, days));
	for (int i = 0; i < BOARD_BY_N; i++)
		v->by_urls[i] = str_format(cx->arena, "/board?%.*s", STR(board_query(cx->arena, q, (BoardBy)i, 0)));
	v->csv_url = str_format(cx->arena, "/board.csv?%.*s", STR(board_query(cx->arena, q, BOARD_BY_N, 0)));
	area_choices(cx, places, q, v);
}

// --- pages ----------------------------------------------------------------------------------------------------------------

// Everybody's sums are in an arena of their own, which the caller frees: a million members have more than a page may.
static Status answer(Ctx *cx, Arena *room, const Req *req, const BoardQuestion *q, BoardAnswer *ret, BoardView *v)
{
	Ctx own = *cx;
	own.arena = room;
	AUTO(BoardSource) src = NULL;
	Status st = board_source_open(&own, req->db, &src);
	if (st == ST_OK) st = board_answer(&own, req->db, src, q, ret);
	cx->queries = own.queries;
	if (st != ST_OK) return fail(cx, st, "%.*s", STR(own.fail_text));
	Time sealed;
	if (v && board_source_sealed(src, &sealed)) {
		Buf b = buf_init(cx->arena, 64, 128);
		html_text_time(&b, sealed);
		v->sealed = buf_view(&b);
	}
	return ST_OK;
}

// Where nothing was done on the days asked for, those before somebody last wrote: of an archive, or a quiet place.
static Status last_days(Ctx *cx, const Req *req, const BoardQuestion *q, BoardView *v)
{
	BoardLastWrittenRow last;
	bool found;
	v->widest = q->when.period == BOARD_365_DAYS && q->people == BOARD_EVERYBODY && !q->area.n && q->role < 0;
	if (v->rows.n || v->unmeasured || v->counting || v->blank) return ST_OK;
	TRY(board_last_written(cx, req->db, &last, &found));
	int32_t today = rep_day(cx->now_ms), until = found ? rep_day(last.bumped_at) + 1 : today;
	if (until > today - LAST_DAYS) return ST_OK;
	BoardQuestion then = {.by = q->by, .people = BOARD_EVERYBODY, .role = -1};
	then.when = (BoardWhen){.period = BOARD_FROM_TO, .compare = q->when.compare, .own = {until - LAST_DAYS, until}};
	v->last_url = str_format(cx->arena, "/board?%.*s", STR(board_query(cx->arena, &then, BOARD_BY_N, 0)));
	v->last_days = board_days_words(cx->arena, then.when.own);
	return ST_OK;
}

static Status board_page(Ctx *cx, const Req *req, Res *res)
{
	BoardView *v = ARENA_NEW(cx->arena, BoardView, 1);
	BoardQuestion q;
	BoardAnswer a = {0};
	v->bad_days = !board_question_of(cx, req, &q);
	v->bad_text = MESSAGE("boards.bad_days");
	q.skip = (size_t)req_int(req, "skip");
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("boards.title");
	v->shell.nav = "boards";
	v->shell.noindex = true;
	AUTO(Arena) room = arena_new(BOARD_ARENA_BYTES);
	Status st = answer(cx, room, req, &q, &a, v);
	v->unmeasured = st == ST_UNSUPPORTED;
	if (v->unmeasured && a.begins != INT32_MAX)
		v->begins = board_days_words(cx->arena, (BoardDays){a.begins, a.begins + 1});
	v->counting = st == ST_TOO_LARGE;
	if (!v->unmeasured && !v->counting) TRY(st);
	fail_clear(cx);
	if (st != ST_OK) TRY(board_places(cx, req->db, &a.places));
	fill_sentence(cx, &a.places, &q, v);
	board_rows_fill(cx, &q, &a, v);
	if (a.more)
		v->more_url = str_format(cx->arena, "/board?%.*s",
								 STR(board_query(cx->arena, &q, BOARD_BY_N, q.skip + BOARD_ROWS)));
	if (q.skip) v->first_url = v->by_urls[q.by];
	v->widest_url = str_format(cx->arena, "/board?by=%s&period=365d&among=everybody", board_by_name(q.by));
	if (v->bad_days) v->from = req_str(req, "from"), v->until = req_str(req, "to");
	v->blank = a.begins == INT32_MAX;
	TRY(last_days(cx, req, &q, v));
	html_boards_board(&res->body, v);
	return ST_OK;
}

static Status csv_page(Ctx *cx, const Req *req, Res *res)
{
	BoardQuestion q;
	BoardAnswer a = {0};
	if (!board_question_of(cx, req, &q)) return fail(cx, ST_BAD_REQUEST, "these days make no window");
	q.rows = req_given(req, "rows") ? (size_t)req_int(req, "rows") : CSV_ROWS;
	q.skip = (size_t)req_int(req, "skip");
	AUTO(Arena) room = arena_new(BOARD_ARENA_BYTES);
	TRY(answer(cx, room, req, &q, &a, NULL));
	res->content_type = S("text/csv; charset=utf-8");
	TRY(board_csv(cx, &q, &a, &res->body));
	if (a.more) board_csv_more(&res->body, &q, board_query(cx->arena, &q, BOARD_BY_N, q.skip + q.rows));
	return buf_status(cx, &res->body);
}

// clang-format off
const Route boards_routes[] = {
	READ("/board", RIGHT_MANAGE, board_page, .form = FORM(BOARD_FORM), .flags = ROUTE_NOINDEX, .doc = "Who did most, over any days, anywhere, among whom"),
	READ("/board.csv", RIGHT_MANAGE, csv_page, .form = FORM(CSV_FORM), .flags = ROUTE_NOINDEX, .doc = "The same as a table for programs"),
	READ("/board/facts", RIGHT_MANAGE, board_facts_page, .form = FORM(FACTS_FORM), .flags = ROUTE_NOINDEX, .doc = "The facts behind a number of a board"),
};
// clang-format on
const size_t boards_routes_n = COUNTOF(boards_routes);
