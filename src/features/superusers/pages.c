// SPDX-License-Identifier: AGPL-3.0-or-later
// /board/superusers: the lists, each with its evidence.
#include "superusers/feature.h"
#include "superusers/view.h"
#include "superusers_html.h"

#include "web/i18n.h"

static Str number(Arena *a, int64_t n)
{
	Buf b = buf_init(a, 24, 48);
	html_count_int(&b, n);
	return buf_view(&b);
}

static Str percent(Arena *a, int64_t thousandths)
{
	return str_format(a, "%lld.%lld %%", (long long)(thousandths / 10), (long long)(thousandths % 10));
}

static Str evidence(Arena *a, const SuperRow *r, Str area, BoardBy what)
{
	BoardQuestion q = {
		.by = what, .when = {.period = BOARD_365_DAYS}, .area = area, .people = BOARD_CUSTOMERS, .role = -1};
	return board_facts_url(a, &q, r->id, what);
}

static Str said(Arena *a, const char *key, size_t n, const MessageArg *args)
{
	Buf b = buf_init(a, 96, 512);
	message_fill(&b, message_get_z(key), n, args);
	return buf_view(&b);
}

// What a list says of a member, besides the acceptances that every list shows.
static Str why(Arena *a, SuperKind kind, const SuperRow *r, Str score)
{
	MessageArg args[] = {
		{S("score"), score},
		{S("credit"), number(a, r->credit / 1000)},
		{S("slope"), str_format(a, "%lld.%lld", (long long)(r->slope / 1000), (long long)(r->slope % 1000 / 100))},
		{S("low"), str_format(a, "%lld %%", (long long)(r->share.low / 10))},
		{S("kept"), number(a, r->kept)},
		{S("of"), number(a, r->kept_of)},
		{S("recent"), number(a, r->recent)},
		{S("usual"), number(a, r->usual)}};
	static const char *const KEYS[SUPER_KINDS] = {[SUPER_ESTABLISHED] = "super.why_established",
												  [SUPER_RISING] = "super.why_rising",
												  [SUPER_QUIET] = "super.why_quiet",
												  [SUPER_AT_RISK] = "super.why_at_risk"};
	return said(a, KEYS[kind], COUNTOF(args), args);
}

static PersonView person(Arena *a, const SuperRow *r, Str area)
{
	return (PersonView){.id = r->id,
						.handle = r->handle,
						.initials = avatar_initials(a, r->handle),
						.hue = avatar_hue(r->handle),
						.accepted = r->accepted,
						.accepted_url = evidence(a, r, area, BOARD_BY_ACCEPTED),
						.share_url = evidence(a, r, area, BOARD_BY_KEPT),
						.content_url = evidence(a, r, area, BOARD_BY_CONTENT)};
}

static PeopleView people(Arena *a, SuperKind kind, const SuperRows *rows, Str score)
{
	PeopleView v = {ARENA_NEW(a, PersonView, rows->n + 1), rows->n};
	for (size_t i = 0; i < rows->n; i++) {
		v.v[i] = person(a, &rows->v[i], str_none());
		v.v[i].why = why(a, kind, &rows->v[i], score);
		v.v[i].why_url = kind == SUPER_QUIET     ? v.v[i].share_url
						 : kind == SUPER_AT_RISK ? v.v[i].content_url
												 : v.v[i].accepted_url;
	}
	return v;
}

static void fill_areas(Arena *a, const Superusers *s, SuperView *v)
{
	v->areas = (AreasView){ARENA_NEW(a, AreaView, s->sole.n + 1), 0};
	for (size_t i = 0; i < s->sole.n; i++) {
		const SuperArea *from = &s->sole.v[i];
		if (!from->who.handle.n) continue;
		AreaView *to = &v->areas.v[v->areas.n++];
		*to = (AreaView){
			.name = from->area, .who = person(a, &from->who, from->area), .accepted = from->accepted, .of = from->of};
		BoardQuestion q = {
			.when = {.period = BOARD_365_DAYS}, .area = from->area, .people = BOARD_EVERYBODY, .role = -1};
		to->url = str_format(a, "/board?%.*s", STR(board_query(a, &q, BOARD_BY_N, 0)));
		to->next = (PeopleView){ARENA_NEW(a, PersonView, COUNTOF(from->next)), 0};
		for (size_t k = 0; k < COUNTOF(from->next); k++)
			if (from->next[k].handle.n) to->next.v[to->next.n++] = person(a, &from->next[k], from->area);
	}
}

static void fill_split(Arena *a, const BoardSplit *s, SuperView *v)
{
	v->contributors = s->contributors;
	v->top10 = percent(a, s->top10);
	v->top1 = percent(a, s->top1);
	v->next9 = percent(a, s->next9);
	v->rest = percent(a, s->contributors ? 1000 - s->top1 - s->next9 : 0);
	v->gini = str_format(a, "%lld.%03lld", (long long)(s->gini / 1000), (long long)(s->gini % 1000));
	v->half = s->half;
	v->absence = s->absence_factor;
	v->answerers = s->answerers;
}

static Status super_page(Ctx *cx, const Req *req, Res *res)
{
	SuperView *v = ARENA_NEW(cx->arena, SuperView, 1);
	SuperNow now;
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("super.title");
	v->shell.nav = "boards";
	v->shell.noindex = true;
	AUTO(SuperNow) end = &now;
	(void)end;
	TRY(superusers_now(cx, req->db, &now));
	const Superusers *s = &now.s;
	v->counting = now.counting;
	const SuperRows *lists[SUPER_KINDS] = {&s->established, &s->rising, &s->quiet, &s->at_risk};
	for (int i = 0; i < SUPER_KINDS; i++) v->lists[i] = people(cx->arena, (SuperKind)i, lists[i], v->shell.score_word);
	v->window = board_days_words(cx->arena, s->days);
	v->active = s->active;
	fill_areas(cx->arena, s, v);
	fill_split(cx->arena, &s->split, v);
	html_superusers_superusers(&res->body, v);
	return ST_OK;
}

// clang-format off
static const Route ROUTES[] = {
	READ("/board/superusers", RIGHT_MANAGE, super_page, .flags = ROUTE_NOINDEX, .doc = "Superusers: established, rising, quiet and leaving"),
};
// clang-format on

Feature superusers_feature(void)
{
	return (Feature){.name = "superusers", .routes = ROUTES, .routes_n = COUNTOF(ROUTES)};
}
