// SPDX-License-Identifier: AGPL-3.0-or-later
// /board/facts: what is behind a number, newest first, each leading to its post.
#include "boards/pages.h"
#include "boards_html.h"
#include "boards_sql.h"
#include "members/members.h"

#include "web/i18n.h"

#define FACTS_ROWS 50

typedef struct Behind { // which facts a measure counts
	int64_t kinds[3];
	bool received; // about the member's posts; else what the member did
	bool others;   // on other people's topics only
	bool kept;     // of those, solutions
	const char *note;
} Behind;

static const Behind BEHIND[BOARD_BY_N] = {
	[BOARD_BY_ACCEPTED] = {{FACT_ACCEPTED}, true, true, false, "boards.note_accepted"},
	[BOARD_BY_HELPED] = {{FACT_ACCEPTED, FACT_WORKED}, true, true, false, "boards.note_helped"},
	[BOARD_BY_CREDIBILITY] =
		{{FACT_ACCEPTED, FACT_VOTED_UP, FACT_VOTED_DOWN}, true, true, false, "boards.note_credibility"},
	[BOARD_BY_CONTENT] = {{FACT_TOPIC_POSTED, FACT_POSTED, FACT_COMMENTED}, false, false, false, NULL},
	[BOARD_BY_KUDOS] = {{FACT_VOTED_UP}, true, false, false, NULL},
	[BOARD_BY_KEPT] = {{FACT_POSTED}, false, true, true, "boards.note_kept"},
};

static void after_of(Str cursor, BoardAsked *ret)
{
	Cursor c = cursor_of(cursor);
	int64_t at;
	Id id;
	ret->before_at = INT64_MAX;
	ret->before_id = INT64_MAX;
	if (!cursor.n || !cursor_int(&c, INT64_MIN, INT64_MAX, &at) || !cursor_take(&c, '.') ||
		!id_parse(cursor_rest(&c), &id))
		return;
	ret->before_at = at;
	ret->before_id = id;
}

static Status asked_of(Ctx *cx, const Req *req, BoardAsked *ret)
{
	if (!board_question_of(cx, req, &ret->q)) return fail(cx, ST_NOT_FOUND, "these days make no window");
	ret->what = ret->q.by;
	board_by_parse(req_str(req, "what"), &ret->what);
	if (!id_parse(req_str(req, "member"), &ret->member)) return fail(cx, ST_NOT_FOUND, "no such member");
	ret->days = board_days(&ret->q.when, cx->now_ms);
	after_of(req_str(req, "after"), ret);
	return ST_OK;
}

static Str area_part(const BoardQuestion *q, char mark)
{
	return q->area.n && q->area.p[0] == mark ? str_sub(q->area, 1, q->area.n) : S("");
}

static Status read_rows(Ctx *cx, Db *db, const BoardAsked *a, BoardFactsDoneRows *ret)
{
	const Behind *b = &BEHIND[a->what];
	Time from = (Time)a->days.from * TIME_DAY_MS, until = (Time)a->days.until * TIME_DAY_MS;
	Str space = area_part(&a->q, '/'), tag = area_part(&a->q, '#');
	if (!b->received)
		return board_facts_done(cx, db,
								&(BoardFactsDoneArgs){.member_id = a->member,
													  .k1 = b->kinds[0],
													  .k2 = b->kinds[1],
													  .k3 = b->kinds[2],
													  .from = from,
													  .until = until,
													  .before_at = a->before_at,
													  .before_id = a->before_id,
													  .space = space,
													  .tag = tag,
													  .kept = b->kept,
													  .limit = FACTS_ROWS + 1},
								ret);
	_Static_assert(sizeof(BoardFactsReceivedRow) == sizeof(BoardFactsDoneRow), "both have the same columns");
	BoardFactsReceivedRows rows;
	TRY(board_facts_received(cx, db,
							 &(BoardFactsReceivedArgs){.member_id = a->member,
													   .k1 = b->kinds[0],
													   .k2 = b->kinds[1],
													   .k3 = b->kinds[2],
													   .from = from,
													   .until = until,
													   .before_at = a->before_at,
													   .before_id = a->before_id,
													   .space = space,
													   .tag = tag,
													   .others = b->others,
													   .limit = FACTS_ROWS + 1},
							 &rows));
	*ret = (BoardFactsDoneRows){.v = (void *)rows.v, .n = rows.n};
	return ST_OK;
}

static const char *what_key(int64_t kind)
{
	switch (kind) {
	case FACT_TOPIC_POSTED: return "boards.fact_topic";
	case FACT_POSTED: return "boards.fact_answer";
	case FACT_COMMENTED: return "boards.fact_comment";
	case FACT_ACCEPTED: return "boards.fact_accepted";
	case FACT_VOTED_UP: return "boards.fact_kudos";
	case FACT_VOTED_DOWN: return "boards.fact_down";
	case FACT_WORKED: return "boards.fact_worked";
	default: return "boards.fact_other";
	}
}

static FactView fact_view(Ctx *cx, const BoardFactsDoneRow *r)
{
	Buf b = buf_init(cx->arena, 32, 64);
	buf_format(&b, "/p/");
	buf_id(&b, r->post_id);
	return (FactView){.at_ms = r->at_ms,
					  .what = what_key(r->kind),
					  .title = r->title,
					  .url = buf_view(&b),
					  .who = r->who,
					  .solved = r->kind == FACT_ACCEPTED,
					  .out = r->out,
					  .said = r->kind == FACT_VOTED_UP || r->kind == FACT_WORKED};
}

static void next_page(Ctx *cx, const BoardAsked *a, const BoardFactsDoneRow *last, FactsView *v)
{
	Buf b = buf_init(cx->arena, 200, 1200);
	buf_str(&b, board_facts_url(cx->arena, &a->q, a->member, a->what));
	buf_format(&b, "&after=%lld.", (long long)last->at_ms);
	buf_id(&b, last->id);
	v->more_url = buf_view(&b);
}

// --- time -----------------------------------------------------------------------------------------------------------------

static Str some_time(Arena *a, int64_t seconds) { return seconds ? hours_text(a, seconds) : str_none(); }

static TimeDay time_day(Arena *a, const BoardAsked *asked, const AttentionDaysRow *r)
{
	AttentionSums s = attention_in(r->areas, asked->q.area);
	TimeDay d = {.at_ms = (Time)r->day * TIME_DAY_MS};
	int64_t reading = -s.read[SIDE_OWN], writing = 0; // one's own words are not read by it
	for (int i = 0; i < SIDES; i++) {
		d.read[i] = some_time(a, s.read[i]);
		d.wrote[i] = some_time(a, s.wrote[i]);
		reading += s.read[i];
		writing += s.wrote[i];
	}
	int64_t talking = s.read[SIDE_CUSTOMER] + s.wrote[SIDE_CUSTOMER];
	d.counted = hours_text(a, asked->what == BOARD_BY_TIME   ? talking
							  : asked->what == BOARD_BY_READ ? reading
															 : writing);
	return d;
}

// Days with the whole split, newest first; not the topics, which nobody keeps.
static Status times_page(Ctx *cx, const Req *req, Res *res, const BoardAsked *a)
{
	TimeView *v = ARENA_NEW(cx->arena, TimeView, 1);
	MemberGetRow m;
	AttentionDaysRows rows;
	int64_t before = a->before_at == INT64_MAX ? a->days.until : a->before_at / TIME_DAY_MS;
	TRY(member_get(cx, req->db, &(MemberGetArgs){.id = a->member}, &m));
	if (role_is_staff((Role)m.role, (Affiliation)m.affiliation))
		return fail(cx, ST_NOT_FOUND, "the time of the staff has no names");
	TRY(attention_days(cx, req->db,
					   &(AttentionDaysArgs){.member_id = a->member,
											.from = a->days.from,
											.until = i64_min(before, a->days.until),
											.limit = FACTS_ROWS + 1},
					   &rows));
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("boards.facts_title");
	v->shell.nav = "boards";
	v->shell.noindex = true;
	v->handle = m.handle;
	v->what = board_by_key(a->what);
	v->note = a->what == BOARD_BY_TIME   ? "boards.note_time"
			  : a->what == BOARD_BY_READ ? "boards.note_reading"
										 : "boards.note_writing";
	v->window = board_days_words(cx->arena, a->days);
	v->area = a->q.area;
	v->back_url = str_format(cx->arena, "/board?%.*s", STR(board_query(cx->arena, &a->q, BOARD_BY_N, 0)));
	size_t n = size_min(rows.n, FACTS_ROWS);
	v->rows = (TimeDays){ARENA_NEW(cx->arena, TimeDay, n + 1), n};
	for (size_t i = 0; i < n; i++) v->rows.v[i] = time_day(cx->arena, a, &rows.v[i]);
	if (rows.n > n)
		v->more_url = str_format(cx->arena, "%.*s&after=%lld.1",
								 STR(board_facts_url(cx->arena, &a->q, a->member, a->what)),
								 (long long)v->rows.v[n - 1].at_ms);
	html_boards_times(&res->body, v);
	return ST_OK;
}

Status board_facts_page(Ctx *cx, const Req *req, Res *res)
{
	BoardAsked a = {0};
	TRY(asked_of(cx, req, &a));
	if (a.what == BOARD_BY_WAS_READ) return board_reads_page(cx, req, res, &a);
	if (board_by_is_timed(a.what)) return times_page(cx, req, res, &a);
	FactsView *v = ARENA_NEW(cx->arena, FactsView, 1);
	MemberGetRow member;
	BoardFactsDoneRows rows;
	TRY(member_get(cx, req->db, &(MemberGetArgs){.id = a.member}, &member));
	TRY(read_rows(cx, req->db, &a, &rows));
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("boards.facts_title");
	v->shell.nav = "boards";
	v->shell.noindex = true;
	v->handle = member.handle;
	v->what = board_by_key(a.what);
	v->window = board_days_words(cx->arena, a.days);
	v->area = a.q.area;
	v->note = BEHIND[a.what].note ? message_get_z(BEHIND[a.what].note) : str_none();
	v->back_url = str_format(cx->arena, "/board?%.*s", STR(board_query(cx->arena, &a.q, BOARD_BY_N, 0)));
	size_t n = size_min(rows.n, FACTS_ROWS);
	v->rows = (FactViews){ARENA_NEW(cx->arena, FactView, n + 1), n};
	for (size_t i = 0; i < n; i++) v->rows.v[i] = fact_view(cx, &rows.v[i]);
	if (rows.n > n) next_page(cx, &a, &rows.v[n - 1], v);
	html_boards_facts(&res->body, v);
	return ST_OK;
}
