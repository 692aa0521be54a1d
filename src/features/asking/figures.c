// SPDX-License-Identifier: AGPL-3.0-or-later
// /asking, for managers: of those who were shown something before they asked, what became of them.
#include "asking/pages.h"
#include "asking_html.h"

#include "web/i18n.h"

#define TOPICS_SHOWN 30
#define DAYS_USUAL 28

static const struct {
	int64_t days;
	const char *key;
} PERIODS[] = {{7, "asking.days_7"}, {28, "asking.days_28"}, {91, "asking.days_91"}, {365, "asking.days_365"}};

static int64_t days_of(const Req *req)
{
	int64_t days = DAYS_USUAL, asked;
	for (size_t i = 0; i < COUNTOF(PERIODS); i++)
		if (str_int(req_str(req, "days"), 1, INT32_MAX, &asked) && asked == PERIODS[i].days) days = asked;
	return days;
}

static void fill_periods(Ctx *cx, int64_t days, FiguresView *v)
{
	v->periods = (PeriodViews){.v = ARENA_NEW(cx->arena, PeriodView, COUNTOF(PERIODS)), .n = COUNTOF(PERIODS)};
	for (size_t i = 0; i < COUNTOF(PERIODS); i++)
		v->periods.v[i] = (PeriodView){.key = PERIODS[i].key,
									   .url = str_format(cx->arena, "/asking?days=%lld", (long long)PERIODS[i].days),
									   .current = PERIODS[i].days == days};
}

static Status fill_figures(Ctx *cx, Db *db, Time from, FiguresView *v)
{
	AskingFiguresRow row;
	TRY(asking_figures(cx, db, &(AskingFiguresArgs){.from = from, .until = cx->now_ms + 1}, &row));
	v->shown = row.shown;
	v->opened = row.opened;
	v->solved = row.solved;
	v->asked = row.asked;
	v->left = row.left;
	v->unshown = row.unshown;
	return ST_OK;
}

static Status fill_topics(Ctx *cx, Db *db, Time from, FiguresView *v)
{
	AskingTopicsRows rows;
	TRY(asking_topics(cx, db, &(AskingTopicsArgs){.from = from, .until = cx->now_ms + 1, .limit = TOPICS_SHOWN},
					  &rows));
	v->topics = (AskedTopicViews){.v = ARENA_NEW(cx->arena, AskedTopicView, rows.n + 1), .n = rows.n};
	for (size_t i = 0; i < rows.n; i++)
		v->topics.v[i] = (AskedTopicView){.title = rows.v[i].title,
										  .url = path_topic(cx->arena, rows.v[i].id, rows.v[i].slug),
										  .shown = rows.v[i].shown,
										  .opened = rows.v[i].opened,
										  .solved = rows.v[i].solved,
										  .is_solved = rows.v[i].solution_id != 0};
	return ST_OK;
}

static Status fill_posted(Ctx *cx, Db *db, Time from, FiguresView *v)
{
	AskingPostedRows rows;
	TRY(asking_posted(cx, db, &(AskingPostedArgs){.from = from, .until = cx->now_ms + 1, .limit = TOPICS_SHOWN},
					  &rows));
	v->posted = (AskedTopicViews){.v = ARENA_NEW(cx->arena, AskedTopicView, rows.n + 1), .n = rows.n};
	for (size_t i = 0; i < rows.n; i++)
		v->posted.v[i] = (AskedTopicView){.title = rows.v[i].title,
										  .url = path_topic(cx->arena, rows.v[i].id, rows.v[i].slug),
										  .answers_n = rows.v[i].answers_n,
										  .is_solved = rows.v[i].solution_id != 0,
										  .at_ms = rows.v[i].at_ms};
	return ST_OK;
}

Status asking_figures_page(Ctx *cx, const Req *req, Res *res)
{
	FiguresView *v = ARENA_NEW(cx->arena, FiguresView, 1);
	int64_t days = days_of(req);
	Time from = cx->now_ms - days * TIME_DAY_MS;
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("asking.figures");
	v->shell.nav = "boards";
	v->shell.noindex = true;
	fill_periods(cx, days, v);
	TRY(fill_figures(cx, req->db, from, v));
	TRY(fill_topics(cx, req->db, from, v));
	TRY(fill_posted(cx, req->db, from, v));
	html_asking_figures(&res->body, v);
	return ST_OK;
}
