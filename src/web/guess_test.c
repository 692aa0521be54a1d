// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/guess.h"

#include "test.h"

#include <stdio.h>

static Site site(void) { return (Site){.secret = {1, 2, 3}}; }

static uint64_t name_key(const char *name)
{
	Site s = site();
	return guess_key(&s, GUESS_NAME, 0, str_from(name));
}

static int tries(Guesses *g, uint64_t key, Time now, int n)
{
	int wait, let = 0;
	for (int i = 0; i < n; i++) let += guess_take(g, key, now, &wait);
	return let;
}

TEST(guesses_come_back_with_time)
{
	Guesses *g = guesses_new(test_arena());
	uint64_t ada = name_key("ada"), ben = name_key("ben");
	int wait = 0;
	assert_int_equal(tries(g, ada, TEST_TIME, 50), GUESS_TRIES);
	assert_false(guess_take(g, ada, TEST_TIME, &wait));
	assert_in_range(wait, 1, GUESS_PERIOD_MS / TIME_SECOND_MS / GUESS_TRIES + 1);
	assert_false(guess_take(g, ada, TEST_TIME + (wait - 2) * TIME_SECOND_MS, &wait));
	assert_true(guess_take(g, ada, TEST_TIME + 361 * TIME_SECOND_MS, &wait)); // 3600 / 10, and rounding
	assert_int_equal(tries(g, ben, TEST_TIME, 50), GUESS_TRIES);
	assert_int_equal(tries(g, ben, TEST_TIME + TIME_HOUR_MS, 50), GUESS_TRIES);
	guess_give_back(g, ben, TEST_TIME + TIME_HOUR_MS);
	assert_int_equal(tries(g, ben, TEST_TIME + TIME_HOUR_MS, 50), 1);
	for (int i = 0; i < 30; i++) guess_give_back(g, ben, TEST_TIME + TIME_HOUR_MS);
	assert_int_equal(tries(g, ben, TEST_TIME + TIME_HOUR_MS, 50), GUESS_TRIES); // never more
	guesses_done(g);
}

TEST(guesses_keys_are_apart)
{
	Site s = site(), other = {.secret = {9}};
	uint64_t key = guess_key(&s, GUESS_NAME, 0, S("ada"));
	assert_true(key == guess_key(&s, GUESS_NAME, 0, S("ada")));
	assert_true(key != guess_key(&s, GUESS_BROWSER, 0, S("ada")) && key != guess_key(&s, GUESS_NAME, 7, S("ada")) &&
				key != guess_key(&s, GUESS_NAME, 0, S("adb")) && key != guess_key(&other, GUESS_NAME, 0, S("ada")));
}

// Ten times more names than there is room for, each tried once: the name under attack is still remembered.
TEST(guesses_survive_a_flood_of_names)
{
	AUTO(Arena) a = arena_new(1 << 20); // and memory does not grow
	Guesses *g = guesses_new(a);
	size_t before = arena_used_bytes(a);
	uint64_t ada = name_key("ada");
	int wait;
	assert_int_equal(tries(g, ada, TEST_TIME, 50), GUESS_TRIES);
	for (size_t i = 0; i < 10 * GUESS_TALLIES; i++) {
		char name[32];
		snprintf(name, sizeof name, "name-%zu", i);
		assert_true(guess_take(g, name_key(name), TEST_TIME, &wait));
	}
	assert_int_equal(tries(g, ada, TEST_TIME, 50), 0);
	assert_int_equal(arena_used_bytes(a), before);
	guesses_done(g);
}

TEST(guesses_know_networks_for_a_while)
{
	Guesses *g = guesses_new(test_arena());
	Site s = site();
	uint64_t home = guess_key(&s, GUESS_NETWORK, 7, S("192.0.2.7")),
			 office = guess_key(&s, GUESS_NETWORK, 7, S("192.0.2.8"));
	assert_false(guess_network_known(g, home, TEST_TIME));
	guess_network_note(g, home, TEST_TIME);
	assert_true(guess_network_known(g, home, TEST_TIME + GUESS_NETWORK_MS - 1));
	assert_false(guess_network_known(g, home, TEST_TIME + GUESS_NETWORK_MS));
	assert_false(guess_network_known(g, office, TEST_TIME));
	guess_network_note(g, home, TEST_TIME + TIME_DAY_MS); // again
	assert_true(guess_network_known(g, home, TEST_TIME + GUESS_NETWORK_MS));
	for (size_t i = 0; i < 10 * GUESS_NETWORKS; i++)
		guess_network_note(g, guess_key(&s, GUESS_NETWORK, (Id)(100 + i), S("x")), TEST_TIME + 2 * TIME_DAY_MS);
	assert_false(guess_network_known(g, home, TEST_TIME + 2 * TIME_DAY_MS)); // the oldest goes
	guesses_done(g);
}
