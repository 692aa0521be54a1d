// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/model_testkit.h"

#include "test.h"

typedef enum Verb { SPACE, TOPIC, POST, COMMENT, EDIT, VOTE, ACCEPT, MARK, DELETE, CLOSE, REPORT, GUEST_MARK } Verb;

typedef struct Deed {
	Verb verb;
	const SpaceNew *space;
	const TopicNew *topic;
	const PostNew *post;
	const CommentNew *comment;
	const PostEdit *edit;
	Id id, by;
	int value;
	Str text;
	// out
	Id made, opening;
	int64_t score;
	bool counted;
} Deed;

static Status create(Ctx *cx, Tx *tx, Deed *d)
{
	switch (d->verb) {
	case SPACE: return community_space_create(cx, tx, d->space, &d->made);
	case TOPIC: return community_topic_create(cx, tx, d->topic, &d->made, &d->opening);
	case POST: return community_post_create(cx, tx, d->post, &d->made);
	case COMMENT: return community_comment_create(cx, tx, d->comment, &d->made);
	case EDIT: return community_edit(cx, tx, d->edit);
	case VOTE:
	case ACCEPT:
	case MARK:
	case DELETE:
	case CLOSE:
	case REPORT:
	case GUEST_MARK: break;
	}
	return ST_INTERNAL;
}

static Status perform(Ctx *cx, Tx *tx, void *arg)
{
	Deed *d = arg;
	switch (d->verb) {
	case VOTE: return community_vote(cx, tx, d->id, d->value, d->by, 0, &d->score);
	case ACCEPT: return community_accept(cx, tx, d->id, d->value != 0, d->by, 0);
	case MARK: return community_mark(cx, tx, d->value / 2 ? MARK_WORKED : MARK_SAME, d->id, d->value % 2, d->by, 0);
	case DELETE: return community_delete(cx, tx, d->id, d->value != 0);
	case CLOSE: return community_close(cx, tx, d->id, d->value != 0);
	case REPORT: return community_report(cx, tx, d->id, (ReportWhy)d->value, d->text, &d->counted);
	case GUEST_MARK: return community_guest_mark(cx, tx, d->id, d->text, &d->counted);
	case SPACE:
	case TOPIC:
	case POST:
	case COMMENT:
	case EDIT: break;
	}
	return create(cx, tx, d);
}

static Status run(Town *t, Deed *d)
{
	d->by = t->cx->actor ? t->cx->actor->id : 0;
	fail_clear(t->cx);
	return store_write(t->cx, t->store, perform, d);
}

Status town_space(Town *t, const SpaceNew *space, Id *ret_id)
{
	Deed d = {.verb = SPACE, .space = space};
	Status st = run(t, &d);
	if (st == ST_OK) *ret_id = d.made;
	return st;
}

static Id author(const Town *t) { return t->cx->actor ? t->cx->actor->id : t->asker; }

Status town_topic(Town *t, TopicNew *topic, Id *ret_topic, Id *ret_opening)
{
	AUTO(Db) db = NULL;
	Deed d = {.verb = TOPIC, .topic = topic};
	fail_clear(t->cx);
	TRY(db_begin(t->cx, t->store, &db));
	TRY(community_topic_prepare(t->cx, db, topic));
	TRY(run(t, &d));
	*ret_topic = d.made;
	*ret_opening = d.opening;
	return ST_OK;
}

Status town_ask(Town *t, Str title, Str tags, Str body, Id *ret_topic, Id *ret_opening)
{
	TopicNew topic = {.space_id = t->space,
					  .author_id = author(t),
					  .affiliation = AFFILIATION_CUSTOMER,
					  .title = title,
					  .tags = tags,
					  .text.source = body};
	return town_topic(t, &topic, ret_topic, ret_opening);
}

Status town_post(Town *t, PostNew *post, Id *ret_post)
{
	AUTO(Db) db = NULL;
	Deed d = {.verb = POST, .post = post};
	fail_clear(t->cx);
	TRY(db_begin(t->cx, t->store, &db));
	TRY(community_post_prepare(t->cx, db, post));
	TRY(run(t, &d));
	*ret_post = d.made;
	return ST_OK;
}

Status town_answer(Town *t, Id topic, Str body, Id *ret_post)
{
	PostNew post = {.topic_id = topic, .author_id = author(t), .text.source = body};
	return town_post(t, &post, ret_post);
}

TownThread town_thread(Town *t, Actor *asking, Actor *answering, Str tags)
{
	TownThread made = {0};
	t->cx->actor = asking;
	assert_ok(t->cx, town_ask(t, S("Why does it do that?"), tags, S("It *whistles*."), &made.topic, &made.opening));
	t->cx->actor = answering;
	assert_ok(t->cx, town_answer(t, made.topic, S("Vinegar, then patience."), &made.answer));
	return made;
}

Status town_comment(Town *t, Id post, Str body, Id *ret_comment)
{
	AUTO(Db) db = NULL;
	CommentNew comment = {.post_id = post, .author_id = author(t), .text.source = body};
	Deed d = {.verb = COMMENT, .comment = &comment};
	fail_clear(t->cx);
	TRY(db_begin(t->cx, t->store, &db));
	TRY(community_comment_prepare(t->cx, db, &comment));
	TRY(run(t, &d));
	*ret_comment = d.made;
	return ST_OK;
}

Status town_edit(Town *t, PostEdit *edit)
{
	AUTO(Db) db = NULL;
	Deed d = {.verb = EDIT, .edit = edit};
	fail_clear(t->cx);
	edit->editor_id = author(t);
	TRY(db_begin(t->cx, t->store, &db));
	TRY(community_edit_prepare(t->cx, db, edit));
	return run(t, &d);
}

Status town_vote(Town *t, Id post, int value) { return run(t, &(Deed){.verb = VOTE, .id = post, .value = value}); }
Status town_accept(Town *t, Id post, bool accepted)
{
	return run(t, &(Deed){.verb = ACCEPT, .id = post, .value = accepted});
}
Status town_mark(Town *t, MarkKind kind, Id subject, bool on)
{
	return run(t, &(Deed){.verb = MARK, .id = subject, .value = 2 * (int)kind + on});
}
Status town_delete(Town *t, Id post, bool deleted)
{
	return run(t, &(Deed){.verb = DELETE, .id = post, .value = deleted});
}
Status town_close(Town *t, Id topic, bool closed)
{
	return run(t, &(Deed){.verb = CLOSE, .id = topic, .value = closed});
}
Status town_report(Town *t, Id post, ReportWhy why, Str note)
{
	return run(t, &(Deed){.verb = REPORT, .id = post, .value = (int)why, .text = note});
}

Status town_guest_mark(Town *t, Id topic, Str browser, bool *ret_counted)
{
	Deed d = {.verb = GUEST_MARK, .id = topic, .text = browser};
	TRY(run(t, &d));
	*ret_counted = d.counted;
	return ST_OK;
}

int64_t town_number(Town *t, const char *sql) { return test_number(t->cx, t->store, sql); }

static void expect_none(void *arg, const char *what, int64_t differing)
{
	(void)arg;
	if (differing) fail_msg("counters differ: %s, %lld", what, (long long)differing);
}

void town_check_counts(Town *t)
{
	Db *db;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, community_recount(t->cx, db, expect_none, NULL));
	db_end(db);
}

static TownTest running; // the test at work

typedef struct Joining {
	MemberNew member;
	Id id;
} Joining;

static Status join(Ctx *cx, Tx *tx, void *arg)
{
	Joining *j = arg;
	return members_create(cx, tx, &j->member, &j->id);
}

Actor town_join(Town *t, Str handle, Role role, Affiliation side)
{
	Joining j = {.member = {.handle = handle, .role = role, .affiliation = side}};
	assert_ok(t->cx, members_prepare(t->cx, &j.member));
	assert_ok(t->cx, store_write(t->cx, t->store, join, &j));
	return actor_member(j.id, handle, role, side);
}

typedef struct SignIn {
	Id member;
	Role role;
	Str token;
} SignIn;

static Status sign_in(Ctx *cx, Tx *tx, void *arg)
{
	SignIn *s = arg;
	TRY(members_set_role(cx, tx, s->member, s->role));
	return members_session_create(cx, tx, s->member, &s->token);
}

Str town_session(Town *t, Id member, Role role)
{
	SignIn s = {.member = member, .role = role};
	assert_ok(t->cx, store_write(t->cx, t->store, sign_in, &s));
	return s.token;
}

static void with_town(Ctx *cx, Store *store)
{
	Town t = {.cx = cx, .store = store};
	t.asker = town_join(&t, S("asker"), ROLE_MEMBER, AFFILIATION_CUSTOMER).id;
	t.helper = town_join(&t, S("helper"), ROLE_MEMBER, AFFILIATION_CUSTOMER).id;
	t.stranger = town_join(&t, S("stranger"), ROLE_MEMBER, AFFILIATION_CUSTOMER).id;
	t.asking = actor_member(t.asker, S("asker"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	t.helping = actor_member(t.helper, S("helper"), ROLE_HELPER, AFFILIATION_EMPLOYEE);
	t.moderating = actor_member(t.helper, S("helper"), ROLE_MODERATOR, AFFILIATION_EMPLOYEE);
	t.strange = actor_member(t.stranger, S("stranger"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	t.guest = actor_guest();
	assert_ok(
		cx, town_space(&t, &(SpaceNew){.slug = S("help"), .title = S("Help"), .style = STYLE_COLLABORATIVE}, &t.space));
	running(&t);
	town_check_counts(&t);
}

#define SETS_MAX 12

void test_towns_with(const MigrationSet *more, size_t n, TownTest run_one)
{
	MigrationSet sets[SETS_MAX] = {{members_migrations, members_migrations_n},
								   {community_migrations, community_migrations_n}};
	assert_true(n + 2 <= SETS_MAX);
	for (size_t i = 0; i < n; i++) sets[i + 2] = more[i];
	running = run_one;
	test_stores(sets, n + 2, with_town);
}

void test_towns(TownTest run_one) { test_towns_with(NULL, 0, run_one); }
