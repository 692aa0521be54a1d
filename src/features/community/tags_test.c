// SPDX-License-Identifier: AGPL-3.0-or-later
// Who sees a tag: whoever sees a space where it is in use; as topics come and go, and for what was there before tags knew it.
#include "community/model_testkit.h"

#include "test.h"

static const size_t BEFORE = 6; // migrations until then

static int64_t seen_by(Town *t, const char *tag)
{
	return town_number(
		t, str_z(test_arena(), str_format(test_arena(), "SELECT visibility AS n FROM tag WHERE name = '%s'", tag)));
}

static void ask(Town *t, Id space, const char *tags, Id *ret_topic, Id *ret_opening)
{
	TopicNew topic = {.space_id = space,
					  .author_id = t->asker,
					  .title = S("What is this kettle for?"),
					  .tags = str_from(tags),
					  .text.source = S("Tea.")};
	assert_ok(t->cx, town_topic(t, &topic, ret_topic, ret_opening));
}

static void closed_and_opened(Town *t)
{
	Id staff, members, topic, secret, shared, open;
	assert_ok(t->cx,
			  town_space(t, &(SpaceNew){.slug = S("desk"), .title = S("Desk"), .visibility = VISIBLE_STAFF}, &staff));
	assert_ok(t->cx, town_space(t, &(SpaceNew){.slug = S("hall"), .title = S("Hall"), .visibility = VISIBLE_MEMBERS},
								&members));
	ask(t, staff, "merger kettle", &topic, &secret);
	assert_int_equal(seen_by(t, "merger"), VISIBLE_STAFF);
	ask(t, members, "merger", &topic, &shared);
	assert_int_equal(seen_by(t, "merger"), VISIBLE_MEMBERS);
	ask(t, t->space, "kettle", &topic, &open);
	assert_int_equal(seen_by(t, "kettle"), VISIBLE_PUBLIC);
	// The only topic that showed it goes and comes back; in between a closed one takes it up.
	t->cx->actor = &t->moderating;
	assert_ok(t->cx, town_delete(t, secret, true));
	assert_ok(t->cx, town_delete(t, shared, true));
	assert_ok(t->cx, town_delete(t, secret, false));
	assert_int_equal(seen_by(t, "merger"), VISIBLE_STAFF);
	assert_ok(t->cx, town_delete(t, shared, false));
	assert_int_equal(seen_by(t, "merger"), VISIBLE_MEMBERS);
	// So does an edit.
	PostEdit edit = {
		.post_id = open, .title = S("What is this kettle for?"), .tags = S("merger"), .text.source = S("Tea.")};
	assert_ok(t->cx, town_edit(t, &edit));
	assert_int_equal(seen_by(t, "merger"), VISIBLE_PUBLIC);
	t->cx->actor = NULL;
	town_check_counts(t);
}
TEST(tags_are_seen_by_whom_sees_a_space_where_they_are) { test_towns(closed_and_opened); }

// Of a member's areas as many as are shown, in their order, without those of closed spaces; what is no tag hides nothing.
static void areas_that_may_be_seen(Town *t)
{
	Id staff, topic, opening;
	assert_ok(t->cx,
			  town_space(t, &(SpaceNew){.slug = S("desk"), .title = S("Desk"), .visibility = VISIBLE_STAFF}, &staff));
	ask(t, staff, "merger layoffs", &topic, &opening);
	ask(t, t->space, "kettle toaster lamp", &topic, &opening);
	static const struct {
		Visibility clearance;
		int64_t numbers[6];
		size_t n;
	} CASES[] = {{VISIBLE_PUBLIC, {1, 3, 4, 5}, 4}, {VISIBLE_STAFF, {0, 1, 2, 3, 4, 5}, 6}};
	for (size_t i = 0; i < COUNTOF(CASES); i++) {
		AUTO(Db) db = NULL;
		ProfileMoreRows rows;
		assert_ok(t->cx, db_begin(t->cx, t->store, &db));
		assert_ok(t->cx,
				  profile_more(t->cx, db,
							   &(ProfileMoreArgs){
								   .member_id = t->asker,
								   .names = S("[\"merger\",\"kettle\",\"layoffs\",\"gone\",\"toaster\",\"lamp\"]"),
								   .clearance = CASES[i].clearance},
							   &rows));
		assert_int_equal(rows.n, CASES[i].n);
		for (size_t k = 0; k < rows.n; k++) {
			assert_int_equal(rows.v[k].kind, 1);
			assert_int_equal(rows.v[k].value, CASES[i].numbers[k]);
		}
	}
}
TEST(tags_of_a_profile_are_those_that_may_be_seen) { test_towns(areas_that_may_be_seen); }

static Status run(Ctx *cx, Tx *tx, void *sql)
{
	DbQuery *q = ARENA_NEW(test_arena(), DbQuery, 1);
	*q = (DbQuery){.name = "sql", .lite = sql, .pg = sql, .writes = true};
	return tx_exec(cx, tx, q, NULL, NULL);
}

// # is the number, $ the other value.
static void insert(Ctx *cx, Store *store, const char *sql, int n, const char *other)
{
	Buf b = buf_init(test_arena(), 256, 1024);
	for (const char *p = sql; *p; p++) {
		if (*p == '#') buf_int(&b, n);
		else if (*p == '$') buf_z(&b, other);
		else buf_char(&b, *p);
	}
	assert_ok(cx, store_write(cx, store, run, str_z(test_arena(), buf_view(&b))));
}

// A space, a topic in it, and a tag of that topic, all with one number; the member has the tag for an area.
static void put(Ctx *cx, Store *store, int n, const char *visibility, const char *deleted)
{
	insert(cx, store,
		   "INSERT INTO space (id, slug, title, position, kind, persona, style, visibility, topics_n, posts_n, "
		   "created_at) "
		   "VALUES (#, 's#', 'S', 0, 0, 1, 1, $, 1, 1, 1)",
		   n, visibility);
	insert(cx, store,
		   "INSERT INTO topic (id, space_id, opening_id, title, slug, tags, created_at, bumped_at, posts_n, answers_n, "
		   "score, "
		   "views, same_n, helped_guests_n, style, affiliation, deleted_at) "
		   "VALUES (#, #, 0, 'T', 't', '', 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, $)",
		   n, deleted);
	insert(cx, store, "INSERT INTO tag (id, name, topics_n) VALUES (#, 'tag#', 1)", n, "");
	insert(cx, store, "INSERT INTO topic_tag (tag_id, topic_id) VALUES (#, #)", n, "");
	insert(cx, store,
		   "INSERT INTO member (id, handle, handle_key, role, affiliation, joined_at, reputation, topics_n, answers_n, "
		   "comments_n, solutions_n, kudos_n, area) VALUES (#, 'm#', 'm#', 0, 0, 1, 0, 0, 0, 0, 0, 0, 'tag#')",
		   n, "");
}

static void grown(Ctx *cx, Store *store)
{
	const MigrationSet all[] = {{core_migrations, core_migrations_n},
								{members_migrations, members_migrations_n},
								{community_migrations, community_migrations_n}};
	put(cx, store, 1, "0", "NULL");
	put(cx, store, 2, "1", "NULL");
	put(cx, store, 3, "3", "NULL");
	put(cx, store, 4, "0", "5");
	insert(cx, store, "INSERT INTO topic_tag (tag_id, topic_id) VALUES (#, 2)", 3, "");
	assert_ok(cx, store_migrate(cx, store, all, COUNTOF(all)));
	assert_int_equal(test_number(cx, store, "SELECT visibility AS n FROM tag WHERE id = 1"), VISIBLE_PUBLIC);
	assert_int_equal(test_number(cx, store, "SELECT visibility AS n FROM tag WHERE id = 2"), VISIBLE_MEMBERS);
	assert_int_equal(test_number(cx, store, "SELECT visibility AS n FROM tag WHERE id = 3"), VISIBLE_MEMBERS);
	assert_int_equal(test_number(cx, store, "SELECT visibility AS n FROM tag WHERE id = 4"), VISIBLE_STAFF);
	assert_int_equal(test_number(cx, store, "SELECT count(*) AS n FROM member WHERE area IS NOT NULL"), 1);
	assert_int_equal(test_number(cx, store, "SELECT id AS n FROM member WHERE area IS NOT NULL"), 1);
}
TEST(tags_of_before_are_seen_by_whom_sees_their_spaces)
{
	const MigrationSet before[] = {{members_migrations, members_migrations_n}, {community_migrations, BEFORE}};
	test_stores(before, COUNTOF(before), grown);
}
