// SPDX-License-Identifier: AGPL-3.0-or-later
// /board/fairplay: what was found, and letting votes count again.
#include "fairplay/model.h"
#include "fairplay/view.h"
#include "fairplay_html.h"

#include "web/i18n.h"

#define ROWS 25

static const FormField FORM_OF[] = {LINE("series", 0, 60, "error.value"), IDENT("before", 0, "error.value")};

static Status series_rows(Ctx *cx, const Req *req, FairplayView *v)
{
	SeriesListArgs args = {.before_at = INT64_MAX, .before_id = INT64_MAX, .limit = ROWS + 1};
	Cursor c = cursor_of(req_str(req, "series"));
	int64_t at;
	Id id;
	if (req_str(req, "series").n && cursor_int(&c, 0, INT64_MAX, &at) && cursor_take(&c, '.') &&
		id_parse(cursor_rest(&c), &id))
		args.before_at = at, args.before_id = id;
	SeriesListRows rows;
	TRY(series_list(cx, req->db, &args, &rows));
	v->series = (SeriesRows){ARENA_NEW(cx->arena, SeriesRow, rows.n + 1), size_min(rows.n, ROWS)};
	for (size_t i = 0; i < v->series.n; i++) {
		const SeriesListRow *r = &rows.v[i];
		v->series.v[i] = (SeriesRow){.id = r->id,
									 .voter = r->voter,
									 .author = r->author,
									 .back_by = r->back_by,
									 .first_at = r->first_at,
									 .last_at = r->last_at,
									 .back_at = r->back_at,
									 .out_n = r->out_n,
									 .back = r->back_at != 0};
	}
	if (rows.n <= ROWS) return ST_OK;
	Buf b = buf_init(cx->arena, 64, 100);
	buf_format(&b, "/board/fairplay?series=%lld.", (long long)rows.v[ROWS - 1].found_at);
	buf_id(&b, rows.v[ROWS - 1].id);
	v->series_more = buf_view(&b);
	return ST_OK;
}

static Status repeat_rows(Ctx *cx, const Req *req, FairplayView *v)
{
	RepeatedListRows rows;
	Id before = req_id(req, "before");
	TRY(repeated_list(cx, req->db, &(RepeatedListArgs){.before = before ? before : INT64_MAX, .limit = ROWS + 1},
					  &rows));
	v->repeats = (RepeatRows){ARENA_NEW(cx->arena, RepeatRow, rows.n + 1), size_min(rows.n, ROWS)};
	for (size_t i = 0; i < v->repeats.n; i++) {
		const RepeatedListRow *r = &rows.v[i];
		v->repeats.v[i] = (RepeatRow){.post_id = r->post_id,
									  .of_id = r->of_id,
									  .title = r->title,
									  .author = r->author,
									  .at = r->created_at,
									  .percent = (r->similarity + 5) / 10};
	}
	if (rows.n <= ROWS) return ST_OK;
	Buf b = buf_init(cx->arena, 64, 100);
	buf_z(&b, "/board/fairplay?before=");
	buf_id(&b, rows.v[ROWS - 1].post_id);
	v->repeats_more = buf_view(&b);
	return ST_OK;
}

static Status fairplay_page(Ctx *cx, const Req *req, Res *res)
{
	FairplayView *v = ARENA_NEW(cx->arena, FairplayView, 1);
	FairCountsRow counts;
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("fairplay.title");
	v->shell.nav = "boards";
	v->shell.noindex = true;
	TRY(series_rows(cx, req, v));
	TRY(repeat_rows(cx, req, v));
	TRY(fair_counts(cx, req->db, &counts));
	v->repeated_n = counts.repeated_n;
	v->series_n = counts.series_n;
	v->out_n = counts.out_n;
	html_fairplay_fairplay(&res->body, v);
	return ST_OK;
}

static Status restore_action(Ctx *cx, Tx *tx, const Req *req, Res *res)
{
	TRY(fairplay_restore(cx, tx, req_id(req, "series")));
	return res_redirect(res, S("/board/fairplay"));
}

// clang-format off
const Route fairplay_routes[] = {
	READ("/board/fairplay", RIGHT_MANAGE, fairplay_page, .form = FORM(FORM_OF), .flags = ROUTE_NOINDEX, .doc = "Series of votes and repeated answers"),
	WRITE("/board/fairplay/{series:id}/restore", RIGHT_MANAGE, NULL, restore_action, .doc = "Let the votes of a series count again"),
};
// clang-format on
const size_t fairplay_routes_n = COUNTOF(fairplay_routes);
