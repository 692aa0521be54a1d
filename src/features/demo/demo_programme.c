// SPDX-License-Identifier: AGPL-3.0-or-later
// What the plan does not know of, since it depends on who came out first: the superuser programme, with somebody at each step,
// through its own functions; and two who do not play fair.
#include "demo/demo.h"
#include "demo_sql.h"
#include "programme/programme.h"

#include "text/plain.h"

#define FIRST_N 7
#define MANAGER "harbour_lights"
#define SERIES_DAYS_AGO 4
#define SERIES_VOTES 10

typedef enum Deed { PROPOSE, TERMS, SPACE, INVITE, ACCEPT, THANK, RENEW, REST, DECLINE, END, TOPIC, ANSWER } Deed;

typedef struct DemoStep {
	int days_ago;
	Deed deed;
	int who; // of the first on the board; -1: the manager
	int n;   // version of the terms, days
	const char *text;
} DemoStep;

static const DemoStep STEPS[] = {
	{240, TERMS, -1, 250,
	 "You help others here as you always did, and we say so where your name stands.\n\n- **You get** a room with the "
	 "people who "
	 "build Aldervale devices, early firmware, and one device a year to keep.\n- **You give** an eye on one space, and "
	 "a "
	 "word when something goes wrong there.\n- **You stop** whenever you like; a rest is no stop."},
	{239, SPACE, -1, 0, NULL},
	{238, TOPIC, -1, 0,
	 "Welcome, and what this room is for|Ask us what you would not ask in public, tell us what you hear. What "
	 "is said here stays here; what we can say in public, you may carry out."},
	{238, INVITE, 0, 0, "Half of what we know about Arc 6 logs we know from you."},
	{237, INVITE, 1, 0, "Your photographs of cupboards hang in our lab. Would you join us?"},
	{236, ACCEPT, 0, 1, NULL},
	{236, ACCEPT, 1, 1, NULL},
	{235, INVITE, 5, 0, "We would like to hear from you first, and not last."},
	{234, ACCEPT, 5, 1, NULL},
	{230, ANSWER, 0, 0, "Good. First question then: may we say that 3.2 is coming, or is that still yours?"},
	{140, INVITE, 2, 0, "You keep a space in order that nobody asked you to keep."},
	{138, ACCEPT, 2, 1, NULL},
	{100, THANK, 0, 0, "an Arc 6 of the first hundred, with the engineers' names inside the lid"},
	{60, INVITE, 4, 0, "You answer seldom and are right nearly every time. We noticed."},
	{58, DECLINE, 4, 0, "Thank you, but I would rather stay a guest."},
	{45, TERMS, -1, 300,
	 "You help others here as you always did, and we say so where your name stands.\n\n- **You get** a room with the "
	 "people who "
	 "build Aldervale devices, early firmware, and one device a year to keep.\n- **You give** an eye on one space, and "
	 "a "
	 "word when something goes wrong there.\n- **You stop** whenever you like; a rest is no stop, and keeps rank and "
	 "room.\n- "
	 "New: you may hand out two spare nodes a year to whoever needs one."},
	{44, ACCEPT, 0, 2, NULL},
	{40, END, 5, 0, "moved to a house without electricity, with our best wishes"},
	{30, RENEW, 0, 0, "another year, gladly"},
	{20, THANK, 1, 0, "a lens cloth, forty centimetres, for the cupboards"},
	{12, THANK, 0, 0, "two spare nodes, to give away"},
	{10, REST, 2, 45, "harvest"},
	{5, PROPOSE, 6, 0, "the kindest answers of the month"},
	{3, INVITE, 3, 0, "You have solved more in three weeks than we had open. Read the terms, and take your time."},
};

typedef struct Making {
	DemoFirstRows first;
	Actor manager;
	Id topic, space;
} Making;

static Status say(Ctx *cx, Tx *tx, Making *m, const DemoStep *s)
{
	Str body = str_from(s->text), title = S("");
	if (s->deed == TOPIC) body = str_cut(body, '|', &title);
	Id opening, post, author = s->who < 0 ? m->manager.id : m->first.v[s->who].id;
	Affiliation side = s->who < 0 ? AFFILIATION_EMPLOYEE : AFFILIATION_CUSTOMER;
	if (s->deed == TOPIC) {
		TopicNew t = {.space_id = m->space,
					  .author_id = author,
					  .affiliation = side,
					  .title = title,
					  .text.source = body,
					  .created_at = cx->now_ms};
		TRY(community_topic_prepare(cx, tx_db(tx), &t));
		return community_topic_create(cx, tx, &t, &m->topic, &opening);
	}
	PostNew p = {
		.topic_id = m->topic, .author_id = author, .affiliation = side, .text.source = body, .created_at = cx->now_ms};
	TRY(community_post_prepare(cx, tx_db(tx), &p));
	return community_post_create(cx, tx, &p, &post);
}

static Status make_terms(Ctx *cx, Tx *tx, const DemoStep *s)
{
	ProgrammeTerms terms = {.text.source = str_from(s->text), .days = s->n};
	TRY(community_text_prepare(cx, &terms.text));
	return programme_terms(cx, tx, &terms);
}

static Status make_space(Ctx *cx, Tx *tx, Making *m)
{
	ProgrammeSpaceRow row;
	SpaceFindBySlugRow space;
	bool found;
	TRY(programme_space_make(cx, tx));
	TRY(programme_space(cx, tx_db(tx), &row, &found));
	TRY(space_find_by_slug(cx, tx_db(tx), &(SpaceFindBySlugArgs){.slug = row.slug}, &space, &found));
	m->space = space.id;
	return ST_OK;
}

static Status take(Ctx *cx, Tx *tx, Making *m, const DemoStep *s)
{
	const DemoFirstRow *who = &m->first.v[s->who < 0 ? 0 : s->who];
	Actor member = actor_member(who->id, who->handle, ROLE_MEMBER, AFFILIATION_CUSTOMER);
	bool own = s->deed == ACCEPT || s->deed == DECLINE || s->deed == REST;
	Str text = s->text ? str_from(s->text) : S("");
	cx->actor = own ? &member : &m->manager;
	switch (s->deed) {
	case TERMS: return make_terms(cx, tx, s);
	case SPACE: return make_space(cx, tx, m);
	case PROPOSE: return programme_propose(cx, tx, who->id, programme_area_of(who->areas, str_none()), text);
	case INVITE: return programme_invite(cx, tx, who->id, programme_area_of(who->areas, str_none()), text);
	case ACCEPT: return programme_accept(cx, tx, who->id, s->n);
	case THANK: return programme_thank(cx, tx, who->id, text);
	case RENEW: return programme_renew(cx, tx, who->id, text);
	case REST: return programme_rest(cx, tx, who->id, s->n, text);
	case DECLINE: return programme_decline(cx, tx, who->id, text);
	case END: return programme_end(cx, tx, who->id, text);
	case TOPIC:
	case ANSWER: break;
	}
	cx->actor = NULL;
	return say(cx, tx, m, s);
}

static Status manager_of(Ctx *cx, Db *db, Actor *ret)
{
	MemberFindByHandleRow row;
	bool found;
	TRY(member_find_by_handle(cx, db, &(MemberFindByHandleArgs){.handle_key = members_key(cx->arena, S(MANAGER))}, &row,
							  &found));
	if (!found) return fail(cx, ST_NOT_FOUND, "the demo has no manager");
	*ret = actor_member(row.id, row.handle, (Role)row.role, (Affiliation)row.affiliation);
	return ST_OK;
}

static Status all_steps(Ctx *cx, Tx *tx, void *arg)
{
	(void)arg;
	Making m = {0};
	Time now = cx->now_ms;
	Actor *before = cx->actor;
	TRY(manager_of(cx, tx_db(tx), &m.manager));
	TRY(demo_first(cx, tx_db(tx), &(DemoFirstArgs){.limit = FIRST_N}, &m.first));
	if (m.first.n < FIRST_N) return fail(cx, ST_NOT_FOUND, "the demo has too few members on its board");
	for (size_t i = 0; i < COUNTOF(STEPS); i++) {
		cx->now_ms = now - STEPS[i].days_ago * TIME_DAY_MS;
		Status st = take(cx, tx, &m, &STEPS[i]);
		cx->now_ms = now;
		cx->actor = before;
		TRY(st);
	}
	return ST_OK;
}

Status demo_programme(Ctx *cx, Store *store)
{
	TRY(store_write(cx, store, all_steps, NULL));
	return programme_look_around(cx, store);
}

// --- two who do not play fair ------------------------------------------------------------------------------------------------

static Status find_member(Ctx *cx, Db *db, const char *handle, Id *ret)
{
	MemberFindByHandleRow row;
	bool found;
	Str key = members_key(cx->arena, str_from(handle));
	TRY(member_find_by_handle(cx, db, &(MemberFindByHandleArgs){.handle_key = key}, &row, &found));
	*ret = found ? row.id : 0;
	return ST_OK;
}

static Status say_again(Ctx *cx, Tx *tx, Id who)
{
	DemoSolvedRows solved;
	Id post;
	TRY(demo_solved(cx, tx_db(tx), &(DemoSolvedArgs){.limit = 1}, &solved));
	if (!solved.n || solved.v[0].author_id == who) return ST_OK;
	Str text = str_format(cx->arena, "%.*s Worked here.",
						  STR(html_plain(cx->arena, solved.v[0].body_html, BODY_MAX_BYTES)));
	PostNew p = {.topic_id = solved.v[0].topic_id,
				 .author_id = who,
				 .affiliation = AFFILIATION_CUSTOMER,
				 .text.source = text,
				 .created_at = solved.v[0].created_at + TIME_DAY_MS};
	TRY(community_post_prepare(cx, tx_db(tx), &p));
	return community_post_create(cx, tx, &p, &post);
}

static Status unfair(Ctx *cx, Tx *tx, void *arg)
{
	(void)arg;
	Id voter, author, echo;
	DemoVotedRows posts;
	int64_t score;
	TRY(find_member(cx, tx_db(tx), "pan_of_bread", &echo));
	TRY(find_member(cx, tx_db(tx), "plum_jam_jar", &voter));
	TRY(find_member(cx, tx_db(tx), "tin_can_telephone", &author));
	if (!echo || !voter || !author) return ST_OK;
	TRY(say_again(cx, tx, echo));
	TRY(demo_voted(cx, tx_db(tx), &(DemoVotedArgs){.author = author, .voter = voter, .limit = SERIES_VOTES}, &posts));
	Time at = cx->now_ms - SERIES_DAYS_AGO * TIME_DAY_MS;
	for (size_t i = 0; i < posts.n; i++)
		TRY(community_vote(cx, tx, posts.v[i].id, 1, voter, at + (Time)i * 4 * TIME_MINUTE_MS, &score));
	return ST_OK;
}

Status demo_unfair(Ctx *cx, Store *store) { return store_write(cx, store, unfair, NULL); }
