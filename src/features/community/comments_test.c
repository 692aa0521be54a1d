// SPDX-License-Identifier: AGPL-3.0-or-later
// Comments as a page of a topic reads them.
#include "community/model_testkit.h"

#include "test.h"

// By post, and of each the oldest first, though they were not entered so: SQLite is not asked to order them.
static void in_order(Town *t)
{
	enum { EACH = 3, MOST = 5 };
	static const int64_t ENTERED[EACH] = {9000, 1000, 5000}, SHOWN[EACH] = {1000, 5000, 9000};
	Time from = t->cx->now_ms;
	Id topic, posts[2];
	assert_ok(t->cx, town_ask(t, S("How do I descale a kettle?"), S(""), S("It is white inside."), &topic, &posts[0]));
	assert_ok(t->cx, town_answer(t, topic, S("With vinegar."), &posts[1]));
	for (size_t i = 0; i < 2 * EACH; i++) {
		t->cx->now_ms = from + ENTERED[i / 2];
		assert_ok(t->cx, town_comment(t, posts[i % 2], S("Which vinegar?"), &(Id){0}));
	}
	AUTO(Db) db = NULL;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	CommentListPostsRows rows;
	CommentListPostsArgs args = {.posts = ids_json(t->cx->arena, posts, COUNTOF(posts)), .limit = 2 * EACH + 1};
	assert_ok(t->cx, comment_list_posts(t->cx, db, &args, &rows));
	assert_int_equal(rows.n, 2 * EACH);
	for (size_t i = 0; i < rows.n; i++) {
		assert_int_equal(rows.v[i].post_id, posts[i / EACH]);
		assert_int_equal(rows.v[i].created_at, from + SHOWN[i % EACH]);
	}
	args.limit = MOST;
	assert_ok(t->cx, comment_list_posts(t->cx, db, &args, &rows));
	assert_int_equal(rows.n, MOST);
	assert_int_equal(rows.v[MOST - 1].created_at, from + SHOWN[1]);
}
TEST(comments_come_by_post_and_time) { test_towns(in_order); }
