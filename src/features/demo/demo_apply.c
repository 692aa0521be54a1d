// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/community.h"
#include "demo/demo.h"
#include "demo/demo_attention.h"
#include "demo/demo_plan.h"
#include "demo/demo_voices.h"
#include "demo_sql.h"
#include "trends/trends.h"

#include <stdlib.h>

#define TRENDS_WORK_NS INT64_C(5000000000) // CPU time; the demo is small

#define EVENTS_PER_TX 400
// Now and then somebody finds that the solution was none after all: one in so many, and nothing of the last weeks.
#define TAKE_BACK_EACH 13
#define TAKE_BACK_AFTER_MS (2 * TIME_DAY_MS)
#define TAKE_BACK_BEFORE_MS (21 * TIME_DAY_MS)

typedef enum EventKind {
	EVENT_TOPIC,
	EVENT_POST,
	EVENT_COMMENT,
	EVENT_EDIT,
	EVENT_VOTE,
	EVENT_ACCEPT,
	EVENT_TAKE_BACK
} EventKind;

typedef struct Event {
	Time at;
	EventKind kind;
	size_t i; // in its table of the plan
} Event;

typedef struct Apply {
	Ctx *cx;
	DemoPlan plan;
	Id *spaces, *members, *topics, *openings, *posts;
	Event *events;
	size_t events_n, from, to; // [from, to): the present Tx
} Apply;

static int event_cmp(const void *a, const void *b)
{
	const Event *x = a, *y = b;
	if (x->at != y->at) return x->at < y->at ? -1 : 1;
	if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
	return x->i < y->i ? -1 : x->i > y->i;
}

static void add_event(Apply *a, Time at, EventKind kind, size_t i)
{
	a->events[a->events_n++] = (Event){.at = at, .kind = kind, .i = i};
}

static void list_events(Apply *a)
{
	const DemoPlan *p = &a->plan;
	a->events = ARENA_NEW(a->cx->arena, Event, p->topics_n + 3 * p->posts_n + p->comments_n + p->edits_n + p->votes_n);
	for (size_t i = 0; i < p->topics_n; i++) add_event(a, p->topics[i].created_at, EVENT_TOPIC, i);
	for (size_t i = 0; i < p->posts_n; i++) {
		add_event(a, p->posts[i].created_at, EVENT_POST, i);
		if (!p->posts[i].accepted) continue;
		Time at = p->posts[i].accepted_at;
		add_event(a, at, EVENT_ACCEPT, i);
		if (i % TAKE_BACK_EACH == 0 && at < a->cx->now_ms - TAKE_BACK_BEFORE_MS)
			add_event(a, at + TAKE_BACK_AFTER_MS, EVENT_TAKE_BACK, i);
	}
	for (size_t i = 0; i < p->comments_n; i++) add_event(a, p->comments[i].created_at, EVENT_COMMENT, i);
	for (size_t i = 0; i < p->edits_n; i++) add_event(a, p->edits[i].created_at, EVENT_EDIT, i);
	for (size_t i = 0; i < p->votes_n; i++) add_event(a, p->votes[i].created_at, EVENT_VOTE, i);
	qsort(a->events, a->events_n, sizeof *a->events, event_cmp);
}

static Affiliation affiliation_of(const Apply *a, int32_t member)
{
	Affiliation affiliation = AFFILIATION_CUSTOMER;
	affiliation_parse(a->plan.members[member].affiliation, &affiliation);
	return affiliation;
}

// --- people and spaces --------------------------------------------------------------------------------------------------

static Status apply_member(Ctx *cx, Tx *tx, Apply *a, size_t i)
{
	const DemoMember *d = &a->plan.members[i];
	MemberNew m = {.handle = d->handle, .affiliation = affiliation_of(a, (int32_t)i), .joined_at = d->joined_at};
	TextNew about = {.source = d->about};
	if (!role_parse(d->role, &m.role)) m.role = ROLE_MEMBER;
	if (d->about.n) {
		TRY(community_text_prepare(cx, &about));
		m.about_html = about.html.s;
	}
	TRY(members_prepare(cx, &m));
	return members_create(cx, tx, &m, &a->members[i]);
}

static Status apply_space(Ctx *cx, Tx *tx, Apply *a, size_t i)
{
	const DemoSpace *d = &a->plan.spaces[i];
	SpaceNew s = {
		.slug = d->slug,
		.title = d->title,
		.description = d->description,
		.parent_id = d->parent >= 0 ? a->spaces[d->parent] : 0,
		.position = (int)i,
		.kind = str_eq(d->style, S("question")) ? SPACE_QUESTIONS : SPACE_DISCUSSION,
		.style = str_eq(d->style, S("announcement")) ? STYLE_ONE_WAY : STYLE_TRANSPARENT,
		.created_at = cx->now_ms - DEMO_SPAN_MS,
	};
	if (!persona_parse(d->persona, &s.persona)) s.persona = PERSONA_SUPPORT;
	return community_space_create(cx, tx, &s, &a->spaces[i]);
}

static Status apply_people(Ctx *cx, Tx *tx, void *arg)
{
	Apply *a = arg;
	for (size_t i = 0; i < a->plan.members_n; i++) TRY(apply_member(cx, tx, a, i));
	for (size_t i = 0; i < a->plan.spaces_n; i++) TRY(apply_space(cx, tx, a, i));
	return ST_OK;
}

// --- events -------------------------------------------------------------------------------------------------------------
// Preparing (Markdown) is done inside the Tx here, which serving never does: nobody waits for this writer yet, and what
// is prepared refers to what the same Tx has just made.

static Status apply_topic(Ctx *cx, Tx *tx, Apply *a, size_t i)
{
	const DemoTopic *d = &a->plan.topics[i];
	TopicNew t = {
		.space_id = a->spaces[d->space],
		.author_id = a->members[d->author],
		.affiliation = affiliation_of(a, d->author),
		.title = d->title,
		.tags = d->tags,
		.text = {.source = d->body},
		.created_at = d->created_at,
		.views = d->views,
	};
	TRY(community_topic_prepare(cx, tx_db(tx), &t));
	return community_topic_create(cx, tx, &t, &a->topics[i], &a->openings[i]);
}

static Status apply_post(Ctx *cx, Tx *tx, Apply *a, size_t i)
{
	const DemoPost *d = &a->plan.posts[i];
	PostNew p = {
		.topic_id = a->topics[d->topic],
		.author_id = a->members[d->author],
		.affiliation = affiliation_of(a, d->author),
		.text = {.source = d->body},
		.created_at = d->created_at,
	};
	TRY(community_post_prepare(cx, tx_db(tx), &p));
	return community_post_create(cx, tx, &p, &a->posts[i]);
}

static Id post_of(const Apply *a, int32_t topic, int32_t post)
{
	return post >= 0 ? a->posts[post] : a->openings[topic];
}

static Status apply_comment(Ctx *cx, Tx *tx, Apply *a, size_t i)
{
	const DemoComment *d = &a->plan.comments[i];
	CommentNew c = {
		.post_id = post_of(a, d->topic, d->post),
		.author_id = a->members[d->author],
		.affiliation = affiliation_of(a, d->author),
		.text = {.source = d->text},
		.created_at = d->created_at,
	};
	Id id;
	TRY(community_comment_prepare(cx, tx_db(tx), &c));
	return community_comment_create(cx, tx, &c, &id);
}

static Status apply_edit(Ctx *cx, Tx *tx, Apply *a, size_t i)
{
	const DemoEdit *d = &a->plan.edits[i];
	int32_t author = d->post >= 0 ? a->plan.posts[d->post].author : a->plan.topics[d->topic].author;
	PostEdit e = {
		.post_id = post_of(a, d->topic, d->post),
		.text = {.source = d->body},
		.reason = d->reason,
		.at_ms = d->created_at,
		.editor_id = a->members[author],
	};
	TRY(community_edit_prepare(cx, tx_db(tx), &e));
	return community_edit(cx, tx, &e);
}

static Status apply_vote(Ctx *cx, Tx *tx, Apply *a, size_t i)
{
	const DemoVote *d = &a->plan.votes[i];
	int64_t score;
	return community_vote(cx, tx, post_of(a, d->topic, d->post), d->value, a->members[d->voter], d->created_at, &score);
}

static Status apply_accept(Ctx *cx, Tx *tx, Apply *a, size_t i)
{
	const DemoPost *d = &a->plan.posts[i];
	return community_accept(cx, tx, a->posts[i], true, a->members[a->plan.topics[d->topic].author], d->accepted_at);
}

static Status apply_take_back(Ctx *cx, Tx *tx, Apply *a, size_t i)
{
	const DemoPost *d = &a->plan.posts[i];
	return community_accept(cx, tx, a->posts[i], false, a->members[a->plan.topics[d->topic].author],
							d->accepted_at + TAKE_BACK_AFTER_MS);
}

static Status apply_events(Ctx *cx, Tx *tx, void *arg)
{
	static Status (*const APPLY[])(Ctx *, Tx *, Apply *, size_t) = {
		apply_topic, apply_post, apply_comment, apply_edit, apply_vote, apply_accept, apply_take_back};
	Apply *a = arg;
	for (size_t i = a->from; i < a->to; i++) TRY(APPLY[a->events[i].kind](cx, tx, a, a->events[i].i));
	return ST_OK;
}

Status demo_apply(Ctx *cx, Store *store, uint64_t seed)
{
	Apply a = {.cx = cx};
	TRY(demo_plan_build(cx, seed, cx->now_ms, &a.plan));
	a.spaces = ARENA_NEW(cx->arena, Id, a.plan.spaces_n);
	a.members = ARENA_NEW(cx->arena, Id, a.plan.members_n);
	a.topics = ARENA_NEW(cx->arena, Id, a.plan.topics_n);
	a.openings = ARENA_NEW(cx->arena, Id, a.plan.topics_n);
	a.posts = ARENA_NEW(cx->arena, Id, a.plan.posts_n);
	list_events(&a);
	TRY(store_write(cx, store, apply_people, &a));
	for (a.from = 0; a.from < a.events_n; a.from = a.to) {
		a.to = size_min(a.from + EVENTS_PER_TX, a.events_n);
		ArenaMark mark = arena_mark(cx->arena);
		TRY(store_write(cx, store, apply_events, &a));
		arena_rewind(cx->arena, mark);
	}
	TRY(store_write(cx, store, demo_voices, &(DemoVoices){&a.plan, a.spaces, a.members}));
	TRY(demo_attention(cx, store, &a.plan, &(DemoIds){a.members, a.topics}));
	bool more;
	return trends_update(cx, store, TRENDS_WORK_NS, &more);
}
