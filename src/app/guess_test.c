// SPDX-License-Identifier: AGPL-3.0-or-later
// Guessing a password from many addresses, through the real router: it becomes slow, and the member gets in all the same where
// they have been before. A name that nobody has looks no different.
#include "app/access_testkit.h"
#include "community/model_testkit.h"
#include "members/members.h"
#include "web/guess.h"

#include "test.h"

#define HOME "198.51.100.7"
#define RIGHT "a+long+password"
#define WRONG "not+the+password"

static struct {
	int next; // address that nobody used yet
} strangers;

typedef struct Answer {
	int status;
	Str body, device, retry_after;
} Answer;

static Str cookie_in(const HttpReply *reply, const char *name)
{
	Str prefix = str_format(test_arena(), "%s=", name), value;
	for (size_t i = 0; i < reply->headers_n; i++) {
		Str v = reply->headers[i].value;
		if (!str_eq(reply->headers[i].name, S("Set-Cookie")) || !str_starts(v, prefix)) continue;
		str_cut(str_sub(v, prefix.n, v.n), ';', &value);
		return str_copy(test_arena(), value);
	}
	return str_none();
}

static Answer send(World *w, const char *path, const char *peer, Str device, const char *name, const char *password)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	Asking q = {.as = &(Visitor){.name = "guest"},
				.method = HTTP_POST,
				.target = str_from(path),
				.body = str_format(a, "handle=%s&password=%s", name, password),
				.type = WORLD_URLENCODED,
				.origin = WORLD_ORIGIN,
				.device = device};
	// Without one given, an address that nobody else has.
	q.peer = peer ? str_from(peer) : str_format(a, "203.0.%d.%d", strangers.next / 250, strangers.next % 250 + 1);
	strangers.next++;
	const HttpReply *reply = world_ask(w, a, &q);
	return (Answer){.status = reply->status,
					.body = str_copy(test_arena(), reply->body),
					.device = cookie_in(reply, DEVICE_COOKIE),
					.retry_after = str_copy(test_arena(), world_header(reply, "Retry-After"))};
}

static Answer knock(World *w, const char *peer, Str device, const char *name, const char *password)
{
	return send(w, "/sign-in", peer, device, name, password);
}

static void open_limited(World *w)
{
	size_t n;
	const Feature *const *features = app_feature_list(&n);
	w->limits = true;
	world_open(w, features, n, 0);
}

// As many wrong passwords as there are tries, each from another address; then one more.
static Answer exhaust(World *w, const char *name)
{
	for (int i = 0; i < GUESS_TRIES; i++) assert_int_equal(knock(w, NULL, str_none(), name, WRONG).status, 422);
	return knock(w, NULL, str_none(), name, WRONG);
}

static void spread(World *w)
{
	open_limited(w);
	Answer joined = send(w, "/sign-up", HOME, str_none(), "robin", RIGHT);
	assert_int_equal(joined.status, 303);
	assert_int_equal(joined.device.n, 64);
	Answer other = send(w, "/sign-up", "198.51.100.8", str_none(), "wren", RIGHT);
	assert_int_equal(other.status, 303);

	Answer stopped = exhaust(w, "robin");
	int64_t wait = 0;
	assert_int_equal(stopped.status, 429);
	assert_true(str_int(stopped.retry_after, 1, 361, &wait));
	assert_true(str_find(stopped.body, S("Too many wrong passwords"), &(size_t){0}) &&
				str_find(stopped.body, S("value=\"robin\""), &(size_t){0}));
	// The right one tells nothing more, another's browser or a made-up one helps nobody, and neither does another way to write it.
	assert_int_equal(knock(w, NULL, str_none(), "robin", RIGHT).status, 429);
	assert_int_equal(knock(w, NULL, str_none(), "ROBIN", RIGHT).status, 429);
	assert_int_equal(knock(w, NULL, other.device, "robin", RIGHT).status, 429);
	assert_int_equal(knock(w, "198.51.100.8", str_none(), "robin", RIGHT).status, 429);
	char made_up[65];
	memset(made_up, 'a', 64);
	assert_int_equal(knock(w, NULL, (Str){made_up, 64}, "robin", RIGHT).status, 429);

	// The member gets in where they have been, and so does everybody else anywhere.
	assert_int_equal(knock(w, HOME, str_none(), "robin", RIGHT).status, 303);
	Answer known = knock(w, NULL, joined.device, "robin", RIGHT);
	assert_int_equal(known.status, 303);
	assert_false(known.device.n); // it has one
	assert_int_equal(knock(w, NULL, str_none(), "wren", RIGHT).status, 303);

	test_clock_set(w->t->cx->now_ms + wait * TIME_SECOND_MS); // as promised: one
	assert_int_equal(knock(w, NULL, str_none(), "robin", WRONG).status, 422);
	assert_int_equal(knock(w, NULL, str_none(), "robin", WRONG).status, 429);
}
TEST(guess_spread_over_addresses_is_slow_and_locks_nobody_out) { test_worlds(spread); }

static Str without(Str body, const char *name)
{
	Buf b = buf_init(test_arena(), body.n + 1, body.n + 1);
	size_t at;
	for (Str rest = body; rest.n; rest = str_sub(rest, at + strlen(name), rest.n)) {
		if (!str_find(rest, str_from(name), &at)) {
			buf_str(&b, rest);
			break;
		}
		buf_str(&b, str_sub(rest, 0, at));
	}
	return buf_view(&b);
}

static void nobody(World *w)
{
	open_limited(w);
	assert_int_equal(send(w, "/sign-up", HOME, str_none(), "robin", RIGHT).status, 303);
	Answer there = exhaust(w, "robin"), absent = exhaust(w, "nobody");
	assert_int_equal(there.status, 429);
	assert_int_equal(absent.status, 429);
	assert_true(str_eq(there.retry_after, absent.retry_after));
	assert_true(str_eq(without(there.body, "robin"), without(absent.body, "nobody")));
}
TEST(guess_of_a_name_nobody_has_answers_the_same) { test_worlds(nobody); }

// A browser that was there before has its own tries, not any number; right passwords cost nothing.
static void own_browser(World *w)
{
	open_limited(w);
	Str device = send(w, "/sign-up", HOME, str_none(), "robin", RIGHT).device;
	for (int i = 0; i < 3 * GUESS_TRIES; i++) assert_int_equal(knock(w, NULL, str_none(), "robin", RIGHT).status, 303);
	for (int i = 0; i < GUESS_TRIES; i++) assert_int_equal(knock(w, NULL, device, "robin", WRONG).status, 422);
	assert_int_equal(knock(w, NULL, device, "robin", RIGHT).status, 429);
	assert_int_equal(knock(w, NULL, str_none(), "robin", RIGHT).status, 303); // nobody else is kept out by that
	test_clock_set(w->t->cx->now_ms + GUESS_PERIOD_MS);
	assert_int_equal(knock(w, NULL, device, "robin", RIGHT).status, 303);
}
TEST(guess_in_ones_own_browser_is_counted_apart) { test_worlds(own_browser); }
