// SPDX-License-Identifier: AGPL-3.0-or-later
// What is shown of a member follows a deed at once, on both engines, and is in the end what a replay gives: also where two
// processes do it at the same time.
#include "community/model_testkit.h"
#include "standing/standing_testkit.h"

#include "test.h"

#include <pthread.h>

#define ROUNDS 8
#define DEEDS 8
#define VOTERS 12
#define POSTS 6

static int64_t of_member(Town *t, const char *column, Id member)
{
	return town_number(t, str_z(test_arena(), str_format(test_arena(), "SELECT %s AS n FROM member WHERE id = %lld",
														 column, (long long)member)));
}

static int64_t cursor(Town *t)
{
	return town_number(t, "SELECT COALESCE(max(last_id), 0) AS n FROM fact_reader WHERE name = 'standing'");
}

// A topic of the asker with an answer by a stranger, read and settled.
static Id settled_answer(Town *t)
{
	Id post = town_thread(t, &t->asking, &t->strange, S("kettle")).answer;
	town_settle(t);
	t->cx->now_ms += TIME_SECOND_MS;
	return post;
}

static void shown_at_once(Town *t)
{
	Fresh *fresh = ARENA_NEW(test_arena(), Fresh, 1);
	Id post = settled_answer(t);
	int64_t points = of_member(t, "standing", t->stranger), at = cursor(t);
	bool waits = store_engine(t->store) == DB_POSTGRES;
	t->cx->actor = &t->moderating;
	assert_ok(t->cx, town_vote(t, post, 1));
	town_tick(t, fresh);
	int64_t with_kudo = of_member(t, "standing", t->stranger);
	assert_true(with_kudo > points);
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_accept(t, post, true));
	town_tick(t, fresh);
	assert_true(of_member(t, "standing", t->stranger) > with_kudo);
	assert_int_equal(of_member(t, "kept_n", t->stranger), 1);
	t->cx->actor = &t->asking; // and back again
	assert_ok(t->cx, town_accept(t, post, false));
	town_tick(t, fresh);
	assert_int_equal(of_member(t, "standing", t->stranger), with_kudo);
	t->cx->actor = &t->moderating;
	assert_ok(t->cx, town_vote(t, post, 0));
	town_tick(t, fresh);
	assert_int_equal(of_member(t, "standing", t->stranger), points);
	if (waits) assert_int_equal(cursor(t), at); // nothing of it has settled
	town_check_replayed(t);
	assert_ok(t->cx, town_vote(t, post, 1));
	assert_ok(t->cx, town_delete(t, post, true));
	town_tick(t, fresh);
	assert_true(of_member(t, "standing", t->stranger) < points);
	town_check_replayed(t);
	int64_t before = of_member(t, "standing", t->stranger), ranks = town_ranks_unexplained(t);
	town_settle(t);
	assert_int_equal(of_member(t, "standing", t->stranger), before);
	assert_int_equal(town_ranks_unexplained(t), ranks);
	assert_int_equal(cursor(t), town_number(t, "SELECT max(id) AS n FROM fact"));
	town_check_replayed(t);
}
TEST(what_is_shown_follows_a_deed_at_once) { test_standings(shown_at_once); }

static void newcomer(Town *t)
{
	Fresh *fresh = ARENA_NEW(test_arena(), Fresh, 1);
	Id post = settled_answer(t), topic, opening;
	t->cx->actor = &t->moderating;
	assert_ok(t->cx, town_vote(t, post, 1));
	Actor fresh_face = town_join(t, S("newcomer"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	t->cx->actor = &fresh_face;
	assert_ok(t->cx, town_ask(t, S("And mine?"), S("kettle"), S("It hums."), &topic, &opening));
	assert_int_equal(of_member(t, "COALESCE(place, 0)", fresh_face.id), 0);
	town_tick(t, fresh);
	assert_true(of_member(t, "COALESCE(place, 0)", fresh_face.id) > 0); // who is new has a place at once as well
	town_check_replayed(t);
	town_settle(t);
	town_check_replayed(t);
}
TEST(who_is_new_has_a_place_at_once) { test_standings(newcomer); }

static void waits_for_a_pass(Town *t)
{
	Fresh *fresh = ARENA_NEW(test_arena(), Fresh, 1);
	Id topic, opening;
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_ask(t, S("Why does it do that?"), S("kettle"), S("It *whistles*."), &topic, &opening));
	town_tick(t, fresh);
	if (store_engine(t->store) == DB_POSTGRES) assert_int_equal(town_number(t, "SELECT count(*) FROM standing"), 0);
	town_settle(t);
	assert_true(town_number(t, "SELECT count(*) FROM standing") > 0);
	town_check_replayed(t);
}
TEST(what_takes_a_pass_waits_until_it_has_settled) { test_standings(waits_for_a_pass); }

// --- what another process does between computing and writing ---------------------------------------------------------------

static Reading *computed(Town *t)
{
	Fresh *fresh = ARENA_NEW(test_arena(), Fresh, 1);
	FactBatch batch;
	Reading *r;
	assert_ok(t->cx, fresh_look(t->cx, t->store, fresh, &batch));
	assert_true(batch.n > 0);
	assert_ok(t->cx, standing_fresh_compute(t->cx, t->store, &batch, &r));
	return r;
}

static void knows_less(Town *t)
{
	if (store_engine(t->store) != DB_POSTGRES) return; // nothing is fresh there
	Id post = settled_answer(t);
	t->cx->actor = &t->moderating;
	assert_ok(t->cx, town_vote(t, post, 1));
	Reading *old = computed(t);
	t->cx->actor = &t->helping;
	assert_ok(t->cx, town_vote(t, post, 1));
	assert_ok(t->cx, standing_fresh_write(t->cx, t->store, computed(t)));
	int64_t points = of_member(t, "standing", t->stranger);
	assert_int_equal(standing_fresh_write(t->cx, t->store, old), ST_CONFLICT);
	assert_int_equal(of_member(t, "standing", t->stranger), points);
	town_check_replayed(t);
}
TEST(who_knows_less_does_not_write_over_who_knows_more) { test_standings(knows_less); }

// The kudo is gone again, and all of it is read: nothing tells that from before, but the cursor.
static void too_late(Town *t)
{
	if (store_engine(t->store) != DB_POSTGRES) return;
	Id post = settled_answer(t);
	int64_t points = of_member(t, "standing", t->stranger);
	t->cx->actor = &t->moderating;
	assert_ok(t->cx, town_vote(t, post, 1));
	Reading *old = computed(t);
	assert_ok(t->cx, town_vote(t, post, 0));
	town_settle(t);
	assert_int_equal(of_member(t, "standing", t->stranger), points);
	assert_int_equal(standing_fresh_write(t->cx, t->store, old), ST_CONFLICT);
	assert_int_equal(of_member(t, "standing", t->stranger), points);
	town_check_replayed(t);
}
TEST(what_was_computed_before_the_cursor_moved_is_not_written) { test_standings(too_late); }

// --- two processes ----------------------------------------------------------------------------------------------------------

typedef struct Process {
	Town town; // with a context of its own
	Ctx cx;
	IdSource own;
	size_t number;
	Fresh fresh;
	uint64_t seed;
	Actor *voters;
	const Id *posts;
	pthread_barrier_t *together;
	size_t deeds;
	Status worst;
} Process;

static size_t below(uint64_t *state, size_t n)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (size_t)(*state * UINT64_C(2685821657736338717) >> 33) % n;
}

static Status tick(Process *p)
{
	static const FactReader READER = {.name = STANDING_READER, .read = standing_read};
	FactBatch batch;
	size_t n;
	TRY(fresh_look(&p->cx, p->town.store, &p->fresh, &batch));
	Status st = batch.n ? standing_read_fresh(&p->cx, p->town.store, &batch) : ST_OK;
	if (st == ST_OK && batch.n) fresh_done(&p->fresh);
	if (st == ST_OK && below(&p->seed, 4) == 0) st = standing_pass(&p->cx, p->town.store);
	if (st != ST_OK && st != ST_CONFLICT) return st;
	return readers_run(&p->cx, p->town.store, &READER, 1, &n);
}

// Nothing in here may end the test: that is for the thread that began it.
static void *process(void *arg)
{
	Process *p = arg;
	for (int round = 0; round < ROUNDS; round++) {
		pthread_barrier_wait(p->together); // what one wrote in a round has settled for both in the next
		for (int i = 0; i < DEEDS; i++) {
			AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
			Actor voter = p->voters[below(&p->seed, VOTERS / 2) * 2 + p->number];
			p->cx.arena = a;
			p->cx.actor = &voter;
			Status st = town_vote(&p->town, p->posts[below(&p->seed, POSTS)], below(&p->seed, 4) != 0);
			p->deeds += st == ST_OK;
			p->cx.actor = NULL;
			fail_clear(&p->cx);
			st = tick(p);
			if (st != ST_OK && st != ST_BUSY) p->worst = st;
			p->cx.now_ms += 10;
		}
		p->cx.now_ms += 2 * FACT_SETTLE_MS;
		pthread_barrier_wait(p->together);
	}
	return NULL;
}

// On PostgreSQL each makes ids of its own by a clock of its own; what SQLite serves is one process.
static void start(Process *p, const Town *t, size_t number)
{
	bool apart = store_engine(t->store) == DB_POSTGRES;
	p->town = *t;
	p->cx = *t->cx;
	p->own.node = (int)number + 1;
	p->cx.ids = apart ? &p->own : t->cx->ids;
	p->cx.now_ms += apart ? (Time)number * 2 * TIME_SECOND_MS : 0;
	p->cx.rng = &RNG_SYSTEM;
	p->town.cx = &p->cx;
	p->number = number;
	p->seed = 88172645463325252u + number;
}

static void answers(Town *t, Actor *voters, Id posts[static POSTS])
{
	for (size_t i = 0; i < POSTS; i++) {
		Id topic, opening;
		Actor author = town_join(t, str_format(test_arena(), "author%zu", i), ROLE_MEMBER, AFFILIATION_CUSTOMER);
		t->cx->actor = &t->asking;
		assert_ok(t->cx, town_ask(t, str_format(test_arena(), "Why does it do that, number %zu?", i), S("kettle"),
								  S("So."), &topic, &opening));
		t->cx->actor = &author;
		assert_ok(t->cx, town_answer(t, topic, S("Vinegar, then patience."), &posts[i]));
	}
	for (size_t i = 0; i < VOTERS; i++) { // everybody has a standing
		t->cx->actor = &voters[i];
		assert_ok(t->cx, town_vote(t, posts[i % POSTS], 1));
	}
	town_settle(t);
}

static void run_together(Town *t, Process p[static 2], Actor *voters, const Id *posts)
{
	pthread_t threads[2];
	pthread_barrier_t together;
	pthread_barrier_init(&together, NULL, 2);
	for (size_t i = 0; i < 2; i++) {
		start(&p[i], t, i);
		p[i].voters = voters;
		p[i].posts = posts;
		p[i].together = &together;
		assert_int_equal(pthread_create(&threads[i], NULL, process, &p[i]), 0);
	}
	for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&together);
	t->cx->now_ms = p[1].cx.now_ms;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(p[i].worst, ST_OK);
		assert_true(p[i].deeds > 0);
	}
}

static void two_processes(Town *t)
{
	static const char *const CHANGES = "SELECT count(*) AS n FROM fact WHERE kind = 32";
	Process *p = ARENA_NEW(test_arena(), Process, 2);
	Actor voters[VOTERS];
	Id posts[POSTS];
	for (size_t i = 0; i < VOTERS; i++)
		voters[i] = town_join(t, str_format(test_arena(), "voter%zu", i), ROLE_MODERATOR, AFFILIATION_EMPLOYEE);
	answers(t, voters, posts);
	int64_t unexplained = town_ranks_unexplained(t), changes = town_number(t, CHANGES);
	run_together(t, p, voters, posts);
	town_settle(t);
	assert_int_equal(cursor(t), town_number(t, "SELECT max(id) AS n FROM fact"));
	assert_true(town_number(t, CHANGES) > changes);
	assert_int_equal(town_ranks_unexplained(t), unexplained); // a rank is another once
	town_check_replayed(t);
	town_check_counts(t);
	assert_ok(t->cx, standing_pass(t->cx, t->store));
	town_check_replayed(t);
}
TEST(two_processes_count_everything_once) { test_standings(two_processes); }
