// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"

#include "demo/demo_text.h"

static DemoPlan built(Ctx *cx, uint64_t seed)
{
	DemoPlan plan;
	assert_int_equal(demo_plan_build(cx, seed, TEST_TIME, &plan), ST_OK);
	return plan;
}

static void claim(DemoSay *say, Str text)
{
	if (!demo_say_claim(say, text)) test_fail("a sentence occurs twice: %.*s", STR(text));
}

TEST(demo_plan_is_large_enough)
{
	DemoPlan p = built(test_ctx(), 7);
	assert_true(p.patterns_n >= 60);
	assert_true(p.topics_n >= 300);
	assert_true(p.members_n >= 80);
	assert_true(p.posts_n > p.topics_n);
}

TEST(demo_plan_has_no_sentence_twice)
{
	DemoPlan p = built(test_ctx(), 7);
	DemoSay say;
	demo_say_init(&say, test_ctx()->arena, 1);
	for (size_t i = 0; i < p.topics_n; i++) {
		claim(&say, p.topics[i].title);
		claim(&say, p.topics[i].body);
	}
	for (size_t i = 0; i < p.posts_n; i++) claim(&say, p.posts[i].body);
	for (size_t i = 0; i < p.comments_n; i++) claim(&say, p.comments[i].text);
	for (size_t i = 0; i < p.edits_n; i++) claim(&say, p.edits[i].added);
}

TEST(demo_plan_times_are_in_order)
{
	DemoPlan p = built(test_ctx(), 7);
	Time newest = 0;
	for (size_t i = 0; i < p.topics_n; i++) {
		assert_true(p.topics[i].created_at >= p.members[p.topics[i].author].joined_at);
		assert_true(p.topics[i].created_at >= TEST_TIME - DEMO_SPAN_MS - 2 * TIME_DAY_MS);
		assert_true(p.topics[i].created_at < TEST_TIME);
		if (i) assert_true(p.topics[i - 1].created_at <= p.topics[i].created_at);
	}
	for (size_t i = 0; i < p.posts_n; i++) {
		const DemoPost *o = &p.posts[i];
		Time before = p.topics[o->topic].created_at;
		if (i && o[-1].topic == o->topic) before = o[-1].created_at;
		assert_true(o->created_at > before && o->created_at < TEST_TIME);
		assert_true(o->created_at >= p.members[o->author].joined_at);
		assert_true(o->accepted == (o->accepted_at > 0));
		if (o->accepted) assert_true(o->accepted_at > o->created_at && o->accepted_at < TEST_TIME);
		if (o->created_at > newest) newest = o->created_at;
	}
	assert_true(newest > TEST_TIME - 6 * TIME_HOUR_MS);
}

TEST(demo_plan_indices_are_valid)
{
	DemoPlan p = built(test_ctx(), 7);
	for (size_t i = 0; i < p.spaces_n; i++) assert_true(p.spaces[i].parent < (int32_t)i);
	for (size_t i = 0; i < p.topics_n; i++) {
		assert_in_range(p.topics[i].space, 0, p.spaces_n - 1);
		assert_in_range(p.topics[i].author, 0, p.members_n - 1);
	}
	for (size_t i = 0; i < p.comments_n; i++) {
		const DemoComment *c = &p.comments[i];
		assert_in_range(c->topic, 0, p.topics_n - 1);
		assert_in_range(c->author, 0, p.members_n - 1);
		if (c->post >= 0) assert_int_equal(p.posts[c->post].topic, c->topic);
		Time about = c->post < 0 ? p.topics[c->topic].created_at : p.posts[c->post].created_at;
		assert_true(c->created_at > about && c->created_at < TEST_TIME);
	}
	for (size_t i = 0; i < p.votes_n; i++) {
		const DemoVote *v = &p.votes[i];
		assert_true(v->value == 1 || v->value == -1);
		assert_in_range(v->voter, 0, p.members_n - 1);
		int32_t author = v->post < 0 ? p.topics[v->topic].author : p.posts[v->post].author;
		Time about = v->post < 0 ? p.topics[v->topic].created_at : p.posts[v->post].created_at;
		assert_int_not_equal(author, v->voter);
		assert_true(v->created_at > about && v->created_at < TEST_TIME);
	}
	for (size_t i = 0; i < p.edits_n; i++) {
		assert_in_range(p.edits[i].post, 0, p.posts_n - 1);
		assert_true(p.edits[i].created_at > p.posts[p.edits[i].post].created_at);
	}
}

TEST(demo_plan_accepts_one_answer_at_most)
{
	DemoPlan p = built(test_ctx(), 7);
	int32_t last = -1;
	for (size_t i = 0; i < p.posts_n; i++) {
		if (!p.posts[i].accepted) continue;
		assert_true(p.posts[i].topic > last);
		last = p.posts[i].topic;
	}
}

TEST(demo_plan_votes_once_for_each_post)
{
	DemoPlan p = built(test_ctx(), 7);
	for (size_t i = 0; i < p.votes_n; i++)
		for (size_t k = i; k-- > 0 && p.votes[k].topic == p.votes[i].topic && p.votes[k].post == p.votes[i].post;)
			assert_int_not_equal(p.votes[k].voter, p.votes[i].voter);
}

static uint64_t mix(uint64_t h, uint64_t v) { return (h ^ v) * 0x100000001b3u; }

static uint64_t digest(const DemoPlan *p)
{
	uint64_t h = 1;
	for (size_t i = 0; i < p->members_n; i++) h = mix(h, (uint64_t)p->members[i].joined_at);
	for (size_t i = 0; i < p->topics_n; i++)
		h = mix(mix(h, str_hash(p->topics[i].title)), str_hash(p->topics[i].body) + (uint64_t)p->topics[i].created_at);
	for (size_t i = 0; i < p->posts_n; i++)
		h = mix(mix(h, str_hash(p->posts[i].body)), (uint64_t)(p->posts[i].created_at + p->posts[i].author));
	for (size_t i = 0; i < p->comments_n; i++)
		h = mix(mix(h, str_hash(p->comments[i].text)), (uint64_t)p->comments[i].created_at);
	for (size_t i = 0; i < p->votes_n; i++)
		h = mix(mix(h, (uint64_t)p->votes[i].voter), (uint64_t)p->votes[i].created_at);
	for (size_t i = 0; i < p->edits_n; i++) h = mix(h, str_hash(p->edits[i].body));
	return h;
}

TEST(demo_plan_same_seed_gives_the_same_plan)
{
	DemoPlan a = built(test_ctx(), 7), b = built(test_ctx(), 7), c = built(test_ctx(), 8);
	assert_true(digest(&a) == digest(&b));
	assert_true(digest(&a) != digest(&c));
}
