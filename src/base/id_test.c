// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test.h"

#include <pthread.h>

TEST(id_rises_whatever_the_clock_does)
{
	IdSource s = {.node = 5};
	static const Time steps[] = {0, 0, 1, 0, -5000, 3, -TIME_DAY_MS, 0, 7, -1};
	Time now = TEST_TIME;
	Id last = 0;
	for (int i = 0; i < 50000; i++) {
		now += steps[i % (int)COUNTOF(steps)];
		Id id = id_next(&s, now);
		assert_true(id > last);
		assert_int_equal(id_node(id), 5);
		last = id;
	}
}

TEST(id_borrows_from_the_next_millisecond)
{
	IdSource s = {0};
	Id last = 0;
	for (int i = 0; i < 10000; i++) { // 4096 fit
		Id id = id_next(&s, TEST_TIME);
		assert_true(id > last);
		last = id;
	}
	assert_int_equal(id_time(last), TEST_TIME + 2);
	IdSource early = {0};
	assert_true(id_next(&early, 0) > 0); // before the epoch, and still no "no id"
	assert_true(id_next(&early, ID_EPOCH_MS - 1) > 0);
}

TEST(id_floor_is_below_what_was_made_since)
{
	IdSource s = {0};
	Id last = id_next(&s, TEST_TIME - 1), first = id_next(&s, TEST_TIME);
	assert_true(last < id_floor(TEST_TIME) && id_floor(TEST_TIME) <= first);
	assert_int_equal(id_floor(ID_EPOCH_MS - 5), 0);
}

TEST(id_holds_its_time)
{
	IdSource s = {.node = 1023};
	assert_int_equal(id_time(id_next(&s, TEST_TIME)), TEST_TIME);
	assert_int_equal(id_time(id_next(&s, ID_EPOCH_MS + 1)), TEST_TIME); // never back
}

#define THREADS 4
#define EACH 5000

typedef struct Run {
	IdSource *source;
	Id ids[EACH];
} Run;

static void *make_ids(void *arg)
{
	Run *r = arg;
	for (int i = 0; i < EACH; i++) r->ids[i] = id_next(r->source, TEST_TIME + i % 7);
	return NULL;
}

TEST(id_is_unique_among_threads)
{
	IdSource source = {.node = 3};
	Run *runs = ARENA_NEW(test_arena(), Run, THREADS);
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++) {
		runs[i].source = &source;
		assert_int_equal(pthread_create(&threads[i], NULL, make_ids, &runs[i]), 0);
	}
	Id *all = ARENA_NEW(test_arena(), Id, THREADS * EACH);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		for (int k = 0; k < EACH; k++) {
			if (k) assert_true(runs[i].ids[k] > runs[i].ids[k - 1]);
			all[i * EACH + k] = runs[i].ids[k];
		}
	}
	qsort(all, THREADS * EACH, sizeof *all, id_order);
	for (int i = 1; i < THREADS * EACH; i++) assert_true(all[i] > all[i - 1]);
}

TEST(id_text_round_trip)
{
	char text[ID_TEXT_MAX];
	for (int i = 0; i < 50000; i++) {
		Id id, back = 0;
		test_ctx()->rng->fill(test_ctx()->rng->self, &id, sizeof id);
		id = (id & INT64_MAX) >> i % 62 | 1;
		Str s = {text, id_format(id, text)};
		assert_true(id_parse(s, &back) && back == id);
		for (size_t k = 0; k < s.n; k++)
			if (text[k] >= 'a') text[k] = (char)(text[k] - 32);
		assert_true(id_parse(s, &back) && back == id);
	}
	assert_int_equal(id_format(INT64_MAX, text), ID_TEXT_MAX);
	assert_int_equal(id_format(1, text), 1);
}

TEST(id_parse_refuses)
{
	static const char *const bad[] = {"",
									  "0",
									  "0000000000000",
									  "8000000000000",
									  "zzzzzzzzzzzzz",
									  "00000000000001",
									  "u",
									  "i",
									  "l",
									  "o",
									  "a b",
									  "-1",
									  "1_",
									  "1\xc3\xa9",
									  " 1",
									  "1 ",
									  "{",
									  "[",
									  "@"};
	for (size_t i = 0; i < COUNTOF(bad); i++) {
		Id id = 42;
		if (id_parse(str_from(bad[i]), &id) || id != 42) fail_msg("\"%s\" was taken", bad[i]);
	}
	Id id = 42;
	assert_false(id_parse(S("a\0b"), &id) || id_parse(str_none(), &id));
	assert_true(id_parse(S("7zzzzzzzzzzzz"), &id) && id == INT64_MAX);
}
