// SPDX-License-Identifier: AGPL-3.0-or-later
// /tag/NAME/insight: what is liked and disliked about a product, computed from the newest posts under its tag.
#include "community/community.h"
#include "opinions/feature.h"
#include "opinions/terms.h"
#include "opinions/view.h"
#include "opinions_html.h"
#include "opinions_sql.h"
#include "text/said.h"

#include "web/i18n.h"

#define POSTS_LOOKED_AT 400
#define TERMS_SHOWN 8
#define ROOM_BYTES ((size_t)96 << 20) // for the engine and the texts

static SaidView example(Arena *a, const OpinionPostsRow *r, Str said)
{
	Buf url = buf_init(a, 24, 48);
	buf_str(&url, S("/p/"));
	buf_id(&url, r->id);
	return (SaidView){.said = str_copy(a, said), .url = buf_view(&url)};
}

static TermViews views_of(Arena *a, const TermList *list, int side, const OpinionPostsRows *posts)
{
	TermViews v = {ARENA_NEW(a, TermView, list->n + 1), list->n};
	for (size_t i = 0; i < list->n; i++) {
		const Term *k = list->v[i];
		SaidViews examples = {ARENA_NEW(a, SaidView, TERM_EXAMPLES), k->examples_n[side]};
		SaidViews reasons = {ARENA_NEW(a, SaidView, TERM_EXAMPLES), k->reasons_n[side]};
		for (size_t e = 0; e < examples.n; e++)
			examples.v[e] = example(a, &posts->v[k->examples[side][e] - 1], k->said[side][e]);
		for (size_t e = 0; e < reasons.n; e++)
			reasons.v[e] = example(a, &posts->v[k->reason_in[side][e] - 1], k->reasons[side][e]);
		v.v[i] = (TermView){.words = str_copy(a, k->words),
							.pos = k->posts[SENTIMENT_POS],
							.neg = k->posts[SENTIMENT_NEG],
							.examples = examples,
							.reasons = reasons};
	}
	return v;
}

static Status count_terms(Ctx *room, Ctx *cx, Db *db, Id tag, TagView *v)
{
	OpinionPostsRows posts;
	Model model;
	TRY(opinion_posts(room, db, &(OpinionPostsArgs){.tag_id = tag, .limit = POSTS_LOOKED_AT}, &posts));
	TRY(model_open_own(room, &model));
	TermCounter *t = terms_new(room->arena, text_engine_new(room->arena, &model));
	for (size_t i = 0; i < posts.n; i++) {
		const OpinionPostsRow *r = &posts.v[i];
		terms_add(t, (uint32_t)i + 1, text_said(room->arena, r->number == 0 ? r->title : str_none(), r->body_html));
	}
	TermList liked = terms_best(t, SENTIMENT_POS, TERMS_SHOWN), disliked;
	v->posts = (int64_t)posts.n;
	v->capped = posts.n == POSTS_LOOKED_AT;
	v->pos = terms_posts(t, SENTIMENT_POS);
	v->neg = terms_posts(t, SENTIMENT_NEG);
	v->liked = views_of(cx->arena, &liked, SENTIMENT_POS, &posts);
	disliked = terms_best(t, SENTIMENT_NEG, TERMS_SHOWN);
	v->disliked = views_of(cx->arena, &disliked, SENTIMENT_NEG, &posts);
	return ST_OK;
}

static Status tag_page(Ctx *cx, const Req *req, Res *res)
{
	TagView *v = ARENA_NEW(cx->arena, TagView, 1);
	TagFindRow tag;
	bool found;
	TRY(tag_find(cx, req->db, &(TagFindArgs){.name = req_str(req, "name")}, &tag, &found));
	if (!found) return fail(cx, ST_NOT_FOUND, "there is no such tag");
	AUTO(Arena) room = arena_new(ROOM_BYTES);
	Ctx own = *cx;
	own.arena = room;
	Status st = count_terms(&own, cx, req->db, tag.id, v);
	cx->queries = own.queries;
	if (st != ST_OK) return fail(cx, st, "%.*s", STR(own.fail_text));
	shell_init(cx, req, &v->shell);
	v->shell.title = str_format(cx->arena, "%.*s: %.*s", STR(MESSAGE("opinions.tag_title")), STR(tag.name));
	v->shell.nav = "insight";
	v->shell.noindex = true;
	v->tag = tag.name;
	html_opinions_tag(&res->body, v);
	return ST_OK;
}

// clang-format off
static const Route ROUTES[] = {
	READ("/tag/{name}/insight", RIGHT_MANAGE, tag_page, .flags = ROUTE_NOINDEX, .doc = "What is liked and disliked about a product"),
};
// clang-format on

Feature opinions_feature(void) { return (Feature){.name = "opinions", .routes = ROUTES, .routes_n = COUNTOF(ROUTES)}; }
