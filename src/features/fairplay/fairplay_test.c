// SPDX-License-Identifier: AGPL-3.0-or-later
// What is found is what was planted; standings kept while it is found are those of a replay; looking again finds nothing new.
#include "boards/boards.h"
#include "community/model_testkit.h"
#include "fairplay/model.h"
#include "standing/standing.h"

#include "test.h"

static const MigrationSet MORE[] = {{attention_migrations, 1}, {reputation_migrations, 8}};

#define LONG_ANSWER                                                                                                    \
	"Turn the kettle off, fill it with one part of white vinegar and two parts of water, wait half an hour, then "     \
	"rinse it three times before you boil the first water for tea."
#define SAME_ANSWER                                                                                                    \
	"Turn the kettle off, fill it with one part of white vinegar and two parts of water, wait half an hour, then "     \
	"rinse it three times before you boil any water for tea."
#define OTHER_ANSWER "The spout of that series was recalled; write to the maker, and they will send you another one."

static void settle(Town *t)
{
	if (store_engine(t->store) == DB_POSTGRES) t->cx->now_ms += 2 * FACT_SETTLE_MS;
	t->cx->actor = NULL;
	assert_ok(t->cx, fairplay_catch_up(t->cx, t->store));
	if (store_engine(t->store) == DB_POSTGRES) t->cx->now_ms += 2 * FACT_SETTLE_MS;
	assert_ok(t->cx, standing_catch_up(t->cx, t->store));
}

static void count_wrong(void *arg, const char *what, int64_t differing)
{
	(void)what;
	*(int64_t *)arg += differing;
}

static void assert_replayed(Town *t)
{
	AUTO(Db) db = NULL;
	int64_t wrong = 0;
	assert_ok(t->cx, db_begin(t->cx, t->store, &db));
	assert_ok(t->cx, fairplay_recheck(t->cx, db, count_wrong, &wrong));
	assert_ok(t->cx, standing_recheck(t->cx, db, count_wrong, &wrong));
	assert_int_equal(wrong, 0);
}

static int64_t score(Town *t, const char *name, Id member)
{
	return town_number(
		t, str_z(test_arena(), str_format(test_arena(), "SELECT %s AS n FROM standing WHERE member_id = %lld", name,
										  (long long)member)));
}

// What is kept of the thing in one piece with the facts (reputation, thing_pack.c) does not hide what changes.
static void repeats_of_packed(Town *t, Id first, Id second)
{
	t->cx->now_ms += TIME_DAY_MS;
	assert_ok(t->cx, rep_pack(t->cx, t->store, t->stranger, 1));
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM thing_pack"), 1);
	for (int own = 1; own >= 0; own--) {
		t->cx->actor = &t->strange;
		assert_ok(t->cx,
				  town_edit(t, &(PostEdit){.post_id = second, .text.source = own ? S(OTHER_ANSWER) : S(SAME_ANSWER)}));
		settle(t);
		assert_int_equal(town_number(t, "SELECT count(*) AS n FROM repeated"), !own);
		assert_replayed(t);
	}
	for (int gone = 1; gone >= 0; gone--) {
		t->cx->actor = &t->moderating;
		assert_ok(t->cx, town_delete(t, first, gone));
		settle(t);
		assert_int_equal(town_number(t, "SELECT count(*) AS n FROM repeated"), !gone);
		assert_replayed(t);
	}
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM thing_pack"), 1);
}

static void repeats(Town *t)
{
	Id topic, opening, first, second;
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_ask(t, S("Why does my kettle whistle?"), S("kettle"), S("It *whistles*."), &topic, &opening));
	Actor early = town_join(t, S("early"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	t->cx->actor = &early;
	assert_ok(t->cx, town_answer(t, topic, S(LONG_ANSWER), &first));
	t->cx->actor = &t->strange;
	assert_ok(t->cx, town_answer(t, topic, S(SAME_ANSWER), &second));
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_accept(t, second, true));
	settle(t);
	assert_replayed(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM post WHERE repeats_id IS NOT NULL"),
					 1); // said on the page
	int64_t quarter = score(t, "credibility", t->stranger);
	assert_int_equal(quarter, 3750 + 150); // and 0.15 for having answered
	int64_t given = score(t, "contribution", t->stranger);
	assert_int_equal(given, 2500 + 500);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM fact WHERE kind = 48"), 1);

	t->cx->actor = &t->strange; // in their own words after all
	assert_ok(t->cx, town_edit(t, &(PostEdit){.post_id = second, .text.source = S(OTHER_ANSWER)}));
	settle(t);
	assert_replayed(t);
	assert_int_equal(score(t, "credibility", t->stranger), 15000 + 750);
	assert_true(quarter * 4 <= score(t, "credibility", t->stranger));
	assert_int_equal(score(t, "contribution", t->stranger), given * 4);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM fact WHERE kind = 49"), 1);

	assert_ok(t->cx, (t->cx->actor = &t->strange,
					  town_edit(t, &(PostEdit){.post_id = second, .text.source = S(SAME_ANSWER)})));
	t->cx->actor = &t->moderating; // what the first one said is gone: nothing is repeated
	assert_ok(t->cx, town_delete(t, first, true));
	settle(t);
	assert_replayed(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM repeated"), 0);
	assert_ok(t->cx, (t->cx->actor = &t->moderating, town_delete(t, first, false)));
	settle(t);
	assert_replayed(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM repeated"), 1);
	assert_int_equal(score(t, "credibility", t->stranger), quarter);
	repeats_of_packed(t, first, second);
}
TEST(an_answer_that_repeats_another_earns_a_quarter) { test_towns_with(MORE, COUNTOF(MORE), repeats); }

// One after another, some at once, until so many stand there that not all are compared with all: what is found on the way is
// what is found when all are compared anew.
static void one_by_one(Town *t)
{
	Id topic, opening, post;
	size_t repeated = 0;
	t->cx->actor = &t->asking;
	assert_ok(t->cx, town_ask(t, S("Why does my kettle whistle?"), S("kettle"), S("It *whistles*."), &topic, &opening));
	for (int i = 0; i < 40; i++) {
		t->cx->actor = i % 2 ? &t->strange : &t->asking;
		bool again = i == 9 || i == 14 || i == 22 || i == 31;
		Str own = str_format(test_arena(), "Mine is of %d and %s %c%c%c it, %d times.", 1900 + i * 7,
							 i % 3 ? "sang" : "hissed", 'a' + i % 26, 'b' + i * 5 % 24, 'a' + i * 11 % 26, i * i);
		assert_ok(t->cx, town_answer(t, topic, again ? S("The lid was what whistled, in the end.") : own, &post));
		if (i == 5)
			assert_ok(t->cx, town_edit(t, &(PostEdit){.post_id = post,
													  .text.source = S("The lid was what whistled in the end!")}));
		repeated += again;
		if (i % 5 == 3 || (i > 12 && i < 20)) continue;
		settle(t);
		assert_replayed(t);
		assert_in_range(town_number(t, "SELECT count(*) AS n FROM repeated WHERE similarity > 990"), repeated, 40);
	}
}
TEST(answers_are_compared_as_they_come) { test_towns_with(MORE, COUNTOF(MORE), one_by_one); }

static const char ASIDE[] = "SELECT CAST(COALESCE(sum(set_aside_n), 0) AS BIGINT) AS n FROM post";

// --- series -----------------------------------------------------------------------------------------------------------------

#define WRITERS 6
#define VOTERS 12
#define POSTS_EACH 14

typedef struct Square {
	Town *t;
	Actor writers[WRITERS], voters[VOTERS];
	Id posts[WRITERS][POSTS_EACH];
} Square;

static void fill(Square *s)
{
	Id topic, opening;
	Town *t = s->t;
	for (size_t w = 0; w < WRITERS; w++)
		s->writers[w] = town_join(t, str_format(test_arena(), "writer%zu", w), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	for (size_t v = 0; v < VOTERS; v++)
		s->voters[v] = town_join(t, str_format(test_arena(), "voter%zu", v), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	for (size_t k = 0; k < POSTS_EACH; k++) {
		t->cx->actor = &t->asking;
		Str title = str_format(test_arena(), "What about number %zu, then?", k);
		assert_ok(t->cx, town_ask(t, title, S("kettle"), S("It *whistles*."), &topic, &opening));
		for (size_t w = 0; w < WRITERS; w++) {
			t->cx->actor = &s->writers[w];
			Str text = str_format(test_arena(), "Writer %zu says this of %zu.", w, k);
			assert_ok(t->cx, town_answer(t, topic, text, &s->posts[w][k]));
		}
	}
}

static void vote(Square *s, size_t voter, size_t writer, size_t post, int value)
{
	s->t->cx->actor = &s->voters[voter];
	s->t->cx->now_ms += TIME_MINUTE_MS;
	assert_ok(s->t->cx, town_vote(s->t, s->posts[writer][post], value));
}

static void find(Square *s)
{
	if (store_engine(s->t->store) == DB_POSTGRES) s->t->cx->now_ms += 2 * FACT_SETTLE_MS;
	s->t->cx->actor = NULL;
	assert_ok(s->t->cx, fairplay_series(s->t->cx, s->t->store));
}

static int64_t out_between(Square *s, size_t voter, size_t writer)
{
	return town_number(
		s->t, str_z(test_arena(), str_format(test_arena(),
											 "SELECT CAST(COALESCE(sum(out_n), 0) AS BIGINT) AS n FROM vote_series "
											 "WHERE voter_id = %lld AND author_id = %lld AND back_at IS NULL",
											 (long long)s->voters[voter].id, (long long)s->writers[writer].id)));
}

// Helpful votes of a writer as boards count them: the cells, and what the journal has past them.
static int64_t kudos(Square *s, size_t writer)
{
	Ctx *cx = s->t->cx;
	AUTO(Db) db = NULL;
	assert_ok(cx, db_begin(cx, s->t->store, &db));
	AUTO(BoardSource) source = NULL;
	assert_ok(cx, board_source_open(cx, db, &source));
	int64_t n = 0;
	CellsWindow all = {.metric = BOARD_KUDOS, .from = 0, .until = INT32_MAX};
	for (uint32_t m = 1; m <= board_source_members(source); m++)
		if (board_source_id(source, m) == s->writers[writer].id) board_pick(source, &all, &m, 1, &n);
	return n;
}

static void seal(Square *s)
{
	if (store_engine(s->t->store) == DB_POSTGRES) s->t->cx->now_ms += 2 * FACT_SETTLE_MS;
	assert_ok(s->t->cx, board_seal_store(s->t->cx, s->t->store, s->t->cx->site->cells));
}

static Status restore(Ctx *cx, Tx *tx, void *arg) { return fairplay_restore(cx, tx, *(const Id *)arg); }

// Everybody votes for everybody, a few each day; two serial voters are planted among them.
static void planted(Town *t)
{
	Square *s = ARENA_NEW(test_arena(), Square, 1);
	s->t = t;
	fill(s);
	for (size_t day = 0; day < 3; day++) {
		for (size_t v = 0; v < VOTERS - 2; v++)
			for (size_t w = 0; w < WRITERS; w++)
				for (size_t k = 0; k < 3; k++) vote(s, v, w, day * 3 + k, k == 2 ? -1 : 1);
		t->cx->now_ms += TIME_DAY_MS;
	}
	Site site = {.cells = str_format(test_arena(), "%s/fair-%d.cells", test_dir(), (int)store_engine(t->store))};
	t->cx->site = &site;
	for (size_t k = 0; k < POSTS_EACH; k++) vote(s, VOTERS - 2, 1, k, 1);
	int64_t all = kudos(s, 1);
	seal(s);
	assert_int_equal(kudos(s, 1), all);
	for (size_t k = 0; k < 9; k++) vote(s, VOTERS - 1, 2, k, -1);
	vote(s, VOTERS - 1, 2, 8, 0); // one taken back, as if never given
	find(s);
	settle(t);
	assert_replayed(t);
	assert_int_equal(out_between(s, VOTERS - 2, 1), POSTS_EACH - 6);
	assert_int_equal(out_between(s, VOTERS - 1, 2), 9 - 6);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM vote_series"), 2); // and nobody else
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM fact WHERE kind = 50"), POSTS_EACH - 6 + 9 - 6);
	assert_int_equal(kudos(s, 1), all - (POSTS_EACH - 6));
	assert_int_equal(town_number(t, ASIDE), POSTS_EACH - 6 + 9 - 6); // and the posts say so
	seal(s);
	assert_int_equal(kudos(s, 1), all - (POSTS_EACH - 6));
	int64_t held = score(t, "contribution", s->writers[1].id);

	vote(s, VOTERS - 2, 1, 13, 0); // again, in the hope of better luck
	vote(s, VOTERS - 2, 1, 13, 1);
	find(s);
	assert_int_equal(out_between(s, VOTERS - 2, 1), POSTS_EACH - 6 + 1);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM vote_series"), 2);
	find(s);
	settle(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM fact WHERE kind = 50"), POSTS_EACH - 6 + 9 - 6 + 1);

	Id id = town_number(
		t, str_z(test_arena(), str_format(test_arena(), "SELECT id AS n FROM vote_series WHERE voter_id = %lld",
										  (long long)s->voters[VOTERS - 2].id)));
	t->cx->actor = &t->moderating;
	assert_ok(t->cx, store_write(t->cx, t->store, restore, &id));
	assert_int_equal(store_write(t->cx, t->store, restore, &id), ST_CONFLICT);
	fail_clear(t->cx);
	find(s); // judged is judged
	settle(t);
	assert_replayed(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM fact WHERE kind = 51"), POSTS_EACH - 6 + 1);
	assert_int_equal(out_between(s, VOTERS - 2, 1), 0);
	assert_int_equal(town_number(t, ASIDE), 9 - 6);
	assert_true(score(t, "contribution", s->writers[1].id) > held);
	assert_int_equal(kudos(s, 1), all);
	seal(s);
	assert_int_equal(kudos(s, 1), all);
	t->cx->site = NULL;
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM audit WHERE action = 'fairplay.restored'"), 1);
}
TEST(planted_series_of_votes_are_found_and_nothing_else) { test_towns_with(MORE, COUNTOF(MORE), planted); }

static void slow_friends(Town *t)
{
	Square *s = ARENA_NEW(test_arena(), Square, 1);
	s->t = t;
	fill(s);
	for (size_t k = 0; k < POSTS_EACH; k++) { // the same votes, five hours apart, looked at in between
		vote(s, 0, 1, k, 1);
		t->cx->now_ms += 5 * TIME_HOUR_MS;
		if (k % 3 == 0) find(s);
	}
	find(s);
	settle(t);
	assert_replayed(t);
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM vote_out"), 0);
}
TEST(friends_who_take_their_time_are_no_series) { test_towns_with(MORE, COUNTOF(MORE), slow_friends); }

// --- the pass finds what the reader found --------------------------------------------------------------------------------------

static const char *const SAID[] = {LONG_ANSWER, SAME_ANSWER, OTHER_ANSWER, "Yes.", "yes", "Have a look at the manual."};

static void same_again(Town *t)
{
	uint64_t seed = 7;
	Id topics[4], opening, posts[60];
	size_t n = 0;
	for (size_t i = 0; i < COUNTOF(topics); i++)
		assert_ok(t->cx,
				  (t->cx->actor = &t->asking, town_ask(t, str_format(test_arena(), "Which kettle is number %zu?", i),
													   S("kettle"), S("It *whistles*."), &topics[i], &opening)));
	for (size_t step = 0; step < 90; step++) {
		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
		uint64_t r = seed >> 33;
		Str text = str_from(SAID[r % COUNTOF(SAID)]);
		t->cx->now_ms += TIME_SECOND_MS;
		t->cx->actor = r % 3 ? &t->strange : &t->moderating;
		Status st = ST_OK;
		if (r % 5 < 2 || !n)
			st = town_answer(t, topics[r / 7 % 4], text, &posts[n]), n += st == ST_OK && n + 1 < COUNTOF(posts);
		else if (r % 5 == 2) st = town_edit(t, &(PostEdit){.post_id = posts[r / 11 % n], .text.source = text});
		else t->cx->actor = &t->moderating, st = town_delete(t, posts[r / 13 % n], r % 2);
		(void)st;
		fail_clear(t->cx);
		if (step % 8 == 0) settle(t);
	}
	settle(t);
	assert_replayed(t);
	int64_t facts = town_number(t, "SELECT count(*) AS n FROM fact");
	assert_true(town_number(t, "SELECT count(*) AS n FROM repeated") > 0);
	assert_ok(t->cx, fairplay_pass(t->cx, t->store));
	assert_int_equal(town_number(t, "SELECT count(*) AS n FROM fact"), facts);
}
TEST(looking_again_finds_the_same_and_writes_nothing) { test_towns_with(MORE, COUNTOF(MORE), same_again); }
