// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth board: the page /board for scripts, a table with a header line.
#include "app/app.h"

#include "app/lines.h"
#include "boards/boards.h"

#define PART_ROWS 20000 // of the output at once
#define OUT_MAX_BYTES ((size_t)64 << 20)

static Status day_of(Ctx *cx, Str text, int32_t *ret_day)
{
	Time t;
	if (text.n != 10 || !time_parse_iso(str_format(cx->arena, "%.*sT00:00:00", STR(text)), &t))
		return fail(cx, ST_INVALID, "a date like 2026-11-30 is wanted, not \"%.*s\"", STR(text));
	*ret_day = rep_day(t);
	return ST_OK;
}

// "this-quarter", "91d", … or FIRST..LAST, both days included.
static Status window_of(Ctx *cx, Str text, BoardWhen *ret)
{
	size_t at;
	if (!text.n || board_period_parse(text, &ret->period)) return ST_OK;
	if (!str_find(text, S(".."), &at))
		return fail(cx, ST_INVALID,
					"--window: this-, last-week, -month, -quarter, -year, 7d, 28d, 91d, 365d or FIRST..LAST");
	TRY(day_of(cx, str_sub(text, 0, at), &ret->own.from));
	TRY(day_of(cx, str_sub(text, at + 2, text.n), &ret->own.until));
	ret->own.until++;
	ret->period = BOARD_FROM_TO;
	return ret->own.from < ret->own.until ? ST_OK : fail(cx, ST_INVALID, "--window ends before it begins");
}

static Status question_of(App *app, BoardQuestion *q)
{
	Ctx *cx = &app->cx;
	const Options *o = &app->options;
	*q = (BoardQuestion){
		.people = BOARD_CUSTOMERS, .role = -1, .rows = PART_ROWS, .area = o->area, .when.period = BOARD_THIS_QUARTER};
	Role role;
	if (o->by.n && !board_by_parse(o->by, &q->by))
		return fail(cx, ST_INVALID,
					"--by: accepted, helped, credibility, content, kudos, kept, time, reading, writing or read");
	if (o->among.n && !board_people_parse(o->among, &q->people))
		return fail(cx, ST_INVALID, "--among: everybody, customers, employees or partners");
	if (o->compare.n && !board_compare_parse(o->compare, &q->when.compare))
		return fail(cx, ST_INVALID, "--compare: before, year or nothing");
	if (o->role.n && !role_parse(o->role, &role))
		return fail(cx, ST_INVALID, "--role: member, helper, moderator, manager or admin");
	if (o->role.n) q->role = (int)role;
	if (o->area.n && o->area.p[0] != '#' && o->area.p[0] != '/')
		return fail(cx, ST_INVALID, "--area: a tag like #radar or a space like /routers");
	return window_of(cx, o->window, &q->when);
}

static void row(Buf *b, const BoardRow *r, bool compared)
{
	buf_format(b, "%u\t%u\t", r->place, r->place_to);
	buf_id(b, r->id);
	buf_format(b, "\t%.*s\t%lld\t", STR(r->handle), (long long)r->main.value);
	if (r->main.known) buf_format(b, "%lld\t%lld", (long long)r->main.low, (long long)r->main.high);
	else buf_char(b, '\t');
	buf_char(b, '\t');
	if (compared && r->place_before) buf_format(b, "%lld\t%u", (long long)r->before, r->place_before);
	else buf_char(b, '\t');
	const int64_t rest[] = {r->content, r->accepted, r->accepted_staff, r->kudos,
							r->kept,    r->kept_of,  r->helped,         r->credit};
	for (size_t i = 0; i < COUNTOF(rest); i++) buf_format(b, "\t%lld", (long long)rest[i]);
	const int64_t times[] = {r->read, r->wrote, r->with_customers, r->was_read}; // what was not measured is empty
	for (size_t i = 0; i < COUNTOF(times); i++) buf_format(b, times[i] ? "\t%lld" : "\t", (long long)times[i]);
	buf_char(b, '\n');
}

static Status not_measured(Ctx *cx, const BoardAnswer *a)
{
	if (a->begins == INT32_MAX)
		return fail(cx, ST_UNSUPPORTED, "time was never measured here (hearth setting get attention.consent)");
	return fail(cx, ST_UNSUPPORTED, "time was not measured before %.*s",
				STR(board_days_words(cx->arena, (BoardDays){a->begins, a->begins + 1})));
}

static void head(Buf *b, BoardBy by)
{
	buf_format(b,
			   "place\tplace_to\tmember_id\thandle\t%s\tlow\thigh\tbefore\tplace_before\tcontent\taccepted\taccepted_"
			   "by_staff\t"
			   "kudos\tkept\tanswers_to_others\tpeople_helped\tcredibility_thousandths\tseconds_reading\tseconds_"
			   "writing\tseconds_with_customers\tseconds_read_by_others\n",
			   by == BOARD_BY_KEPT ? "kept_thousandths" : board_by_name(by)); // "kept" is the number of them
}

static Status write_part(Ctx *cx, Db *db, BoardSource *src, const BoardQuestion *q, bool *ret_more)
{
	BoardAnswer a;
	Status st = board_answer(cx, db, src, q, &a);
	if (st == ST_UNSUPPORTED) return not_measured(cx, &a);
	TRY(st);
	Buf b = buf_init(cx->arena, 4096, OUT_MAX_BYTES);
	if (!q->skip) head(&b, q->by);
	for (size_t i = 0; i < a.n; i++) row(&b, &a.v[i], a.compared);
	*ret_more = a.more;
	return out_flush(cx, &b);
}

// However many members there are: each part of them is counted from the same snapshot, and forgotten when it is written.
static Status write_parts(App *app, BoardQuestion *q)
{
	AUTO(Arena) room = arena_new(BOARD_ARENA_BYTES);
	AUTO(Arena) part = arena_new(BOARD_ARENA_BYTES);
	AUTO(Db) db = NULL;
	AUTO(BoardSource) src = NULL;
	Ctx own = app->cx;
	bool more = true;
	own.arena = room;
	Status st = db_begin(&own, app->store, &db);
	if (st == ST_OK) st = board_source_open(&own, db, &src);
	for (; st == ST_OK && more; q->skip += q->rows) {
		arena_reset(part);
		own.arena = part;
		st = write_part(&own, db, src, q, &more);
	}
	return st == ST_OK ? ST_OK : fail(&app->cx, st, "%.*s", STR(own.fail_text));
}

// Shares and credibility are in thousandths; time in seconds. The cells are sealed first: a command may take its time.
Status verb_board(App *app)
{
	Ctx *cx = &app->cx;
	BoardQuestion q;
	int32_t as_of = 0;
	TRY(question_of(app, &q));
	TRY(app_open(app, true));
	if (app->site.cells.n) TRY(board_seal_store(cx, app->store, app->site.cells));
	if (app->options.as_of.p) {
		TRY(day_of(cx, app->options.as_of, &as_of));
		cx->now_ms = ((Time)as_of + 1) * TIME_DAY_MS - 1;
	}
	return write_parts(app, &q);
}
