// SPDX-License-Identifier: AGPL-3.0-or-later
// What people read, shared reading by reading and added up at once: the same seconds to the same authors.
#include "attention/attention.h"

#include "test.h"

#define TOPICS 6
#define PEOPLE 12
#define READINGS 4000
#define DAYS 4

static size_t below(uint64_t *state, size_t n)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (size_t)(*state >> 33) % n;
}

typedef struct Sums {
	int64_t v[TOPICS + 1][DAYS][PEOPLE + 1], all;
} Sums;

static Status on_share(void *arg, const AttentionShare *s)
{
	Sums *sums = arg;
	sums->v[s->topic->id][s->of->day][s->author] += s->seconds;
	sums->all += s->seconds;
	return ST_OK;
}

TEST(attention_added_up_is_attention_shared)
{
	Ctx *cx = test_ctx();
	uint64_t state = 88172645463325252u;
	AttentionReadTopic topics[TOPICS + 1] = {0};
	AttentionReadAuthor authors[TOPICS * PEOPLE];
	AttentionReading v[READINGS];
	AttentionReads r = {.topics = topics, .topics_n = TOPICS, .authors = authors, .v = v, .n = READINGS};
	for (uint32_t t = 1; t <= TOPICS; t++) {
		topics[t].id = t;
		for (Id who = 1; who < t * 2; who++) { // the last topics have the most, and each some who come later
			authors[r.authors_n++] = (AttentionReadAuthor){.member = who, .day = (int32_t)below(&state, DAYS)};
			if (topics[t].last) authors[topics[t].last - 1].next = (uint32_t)r.authors_n;
			else topics[t].first = (uint32_t)r.authors_n;
			topics[t].last = (uint32_t)r.authors_n;
		}
	}
	for (size_t i = 0; i < READINGS; i++)
		v[i] = (AttentionReading){.reader = (Id)below(&state, 4 * PEOPLE) + 1,
								  .seconds = (int64_t)below(&state, 90) + 1,
								  .day = (int32_t)below(&state, DAYS),
								  .topic = (uint32_t)below(&state, TOPICS) + 1};
	Sums *one = ARENA_NEW(test_arena(), Sums, 1), *all = ARENA_NEW(test_arena(), Sums, 1);
	size_t at = 0;
	assert_ok(cx, attention_reads_share(&r, &at, INT32_MAX, on_share, one));
	assert_ok(cx, attention_reads_sum(cx, &r, on_share, all));
	assert_true(one->all > READINGS);
	assert_memory_equal(one, all, sizeof *one);
}

TEST(attention_topics_are_found_among_other_words)
{
	Str rest = S("*:a9 #c++:a7 /routers:a5 +1k:a4b2 #a+b:c3 +2:e9 +2z:c1 +");
	Id topic;
	int64_t seconds, all = 0;
	size_t n = 0;
	for (; attention_topic_next(&rest, &topic, &seconds); n++) all += seconds;
	assert_int_equal(n, 2); // one of three was not read, and the last is no topic
	assert_int_equal(all, 7);
}
