// SPDX-License-Identifier: AGPL-3.0-or-later
// /ask/who: who may know the answer to a topic, for who asked it and for who moderates there.
#include "asking/pages.h"
#include "asking/who.h"
#include "asking_html.h"

#include "web/i18n.h"
#include "web/web.h"

#define HOUR_MS (TIME_DAY_MS / 24)

static const char *soon_of(int64_t delay_ms)
{
	static const struct {
		Time within;
		const char *key;
	} SOON[] = {{HOUR_MS, "who.soon_hour"},
				{6 * HOUR_MS, "who.soon_hours"},
				{TIME_DAY_MS, "who.soon_day"},
				{3 * TIME_DAY_MS, "who.soon_days"},
				{7 * TIME_DAY_MS, "who.soon_week"}};
	if (!delay_ms) return NULL;
	for (size_t i = 0; i < COUNTOF(SOON); i++)
		if (delay_ms <= SOON[i].within) return SOON[i].key;
	return "who.soon_longer";
}

static Str why_url(Arena *a, Str handle, Str key)
{
	Buf b = buf_init(a, 64, 512);
	buf_str(&b, S("/m/"));
	buf_url_encoded(&b, handle);
	buf_str(&b, S("/why"));
	if (key.n) buf_str(&b, S("?area="));
	buf_url_encoded(&b, key);
	return buf_view(&b);
}

// What somebody has to show in the topic's own area; a space that not everybody sees is not named.
static WhoPersonView person(Arena *a, const WhoPerson *p, const WhoTopicRow *t)
{
	const WhoPeopleRow *m = &p->row;
	MemberArea in = {.name = m->area, .solved = m->solved_n, .kept = m->kept_n};
	if (members_area_in(m->areas, t->tags, t->visibility == VISIBLE_PUBLIC ? t->space : str_none(), &in) && in.is_space)
		in.name = t->space_title;
	return (WhoPersonView){.handle = m->handle,
						   .initials = avatar_initials(a, m->handle),
						   .hue = avatar_hue(m->handle),
						   .staff = role_is_staff((Role)m->role, (Affiliation)m->affiliation),
						   .why_url = why_url(a, m->handle, in.key),
						   .cred = {.handle = m->handle,
									.rank = m->rank_name,
									.level = m->rank_level,
									.area = in.name,
									.key = in.key,
									.given = m->given_n,
									.solved = in.solved,
									.kept = in.kept},
						   .area = p->area,
						   .area_solved_n = p->area_solved_n,
						   .like_n = p->like_n,
						   .like_solved_n = p->like_solved_n,
						   .helped_n = p->helped_n,
						   .soon = soon_of(p->delay_ms),
						   .answered_at = p->answered_at};
}

static Status look(Ctx *cx, Db *db, const WhoTopicRow *t, WhoView *v)
{
	WhoPeople people = {0};
	Status st = asking_who(cx, db, &(WhoArgs){.topic = t, .limit = WHO_SHOWN_MAX}, &people);
	v->late = st == ST_TIMEOUT;
	if (v->late) fail_clear(cx);
	else TRY(st);
	v->people.v = ARENA_NEW(cx->arena, WhoPersonView, people.n + 1);
	for (size_t i = 0; i < people.n; i++) v->people.v[v->people.n++] = person(cx->arena, &people.v[i], t);
	return ST_OK;
}

Status asking_who_page(Ctx *cx, const Req *req, Res *res)
{
	WhoTopicRow t;
	bool found;
	TRY(who_topic(cx, req->db, &(WhoTopicArgs){.id = req_id(req, "topic")}, &t, &found));
	if (!found || t.visibility > (int64_t)actor_clearance(cx)) return fail(cx, ST_NOT_FOUND, "no such topic");
	bool own = t.author_id == cx->actor->id;
	if (!own && !community_may(cx, RIGHT_STEWARD, t.tags, t.space))
		return fail(cx, ST_FORBIDDEN, "for who asked, and who moderates there");
	if (t.space_kind != SPACE_QUESTIONS) return fail(cx, ST_NOT_FOUND, "this topic asks nothing");
	WhoView *v = ARENA_NEW(cx->arena, WhoView, 1);
	shell_init(cx, req, &v->shell);
	v->shell.title = MESSAGE("who.title");
	v->shell.noindex = true;
	v->title = t.title;
	v->url = path_topic(cx->arena, t.id, t.slug);
	v->space = t.space;
	v->space_title = t.space_title;
	v->solved = t.solution_id != 0;
	v->own = own;
	TRY(look(cx, req->db, &t, v));
	res->no_store = true;
	html_asking_who(&res->body, v);
	return ST_OK;
}
