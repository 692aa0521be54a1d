// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/phrases.h"

#include "test.h"
#include "text/phrases_impl.h"

#define POSTS_MAX 4000
#define DAY_OF_BURST 10
#define DAYS 14
#define POSTS_A_DAY 20
#define MONDAY ((Time)1740960000000) // 2025-03-03

typedef struct World {
	PhrasePost posts[POSTS_MAX];
	size_t n;
	uint64_t seed;
} World;

static uint32_t roll(World *w, uint32_t n)
{
	w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(w->seed >> 33) % n;
}

// One of 600 words of five letters that mean nothing.
static void put_word(Buf *b, uint32_t word)
{
	for (size_t i = 0; i < 5; i++, word /= 4) buf_char(b, "bdkmaeiogprt"[i % 2 * 4 + word % 4]);
	buf_char(b, ' ');
}

static Str chatter(World *w, Str with)
{
	Buf b = buf_init(test_arena(), 128, 512);
	uint32_t before = roll(w, 8);
	for (uint32_t i = 0; i < 12; i++) {
		if (i == before && with.n) {
			buf_str(&b, with);
			buf_char(&b, ' ');
		}
		put_word(&b, roll(w, 600));
	}
	return buf_view(&b);
}

static void post(World *w, int day, int64_t author, Str text)
{
	Time at = MONDAY + day * TIME_DAY_MS + (Time)roll(w, 86400) * 1000;
	w->posts[w->n] = (PhrasePost){.at_ms = at, .author = author, .text = text, .id = (Id)w->n + 1};
	w->n++;
}

static World *world(void)
{
	World *w = ARENA_NEW(test_arena(), World, 1);
	w->seed = 7;
	for (int day = 0; day < DAYS; day++)
		for (int i = 0; i < POSTS_A_DAY; i++) post(w, day, 100 + roll(w, 15), chatter(w, str_none()));
	return w;
}

static PhraseAnswer ask(const World *w, PhraseBy by)
{
	PhraseAnswer a = {0};
	Ctx *cx = test_ctx();
	assert_ok(cx, phrases_emerging(cx, &(PhraseQuestion){.posts = w->posts, .n = w->n, .by = by, .top = 5}, &a));
	return a;
}

static const RisingPhrase *find(const PhraseAnswer *a, Time from, const char *text)
{
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < a->v[i].n; k++)
			if (a->v[i].from_ms == from && str_eq(a->v[i].v[k].text, str_from(text))) return &a->v[i].v[k];
	return NULL;
}

static size_t phrases_n(const PhraseAnswer *a)
{
	size_t n = 0;
	for (size_t i = 0; i < a->n; i++) n += a->v[i].n;
	return n;
}

static const Time BURST_DAY = MONDAY + DAY_OF_BURST * TIME_DAY_MS;

TEST(phrases_chatter_is_no_news)
{
	PhraseAnswer a = ask(world(), PHRASES_BY_DAY);
	assert_int_equal(a.n, DAYS);
	assert_int_equal(phrases_n(&a), 0);
}

TEST(phrases_twelve_posts_by_five_are_found_the_same_day)
{
	World *w = world();
	for (int i = 0; i < 12; i++) post(w, DAY_OF_BURST, 1 + i % 5, chatter(w, S("purple screen")));
	PhraseAnswer a = ask(w, PHRASES_BY_DAY);
	const RisingPhrase *p = find(&a, BURST_DAY, "purple screen");
	assert_non_null(p);
	assert_int_equal(phrases_n(&a), 1); // not "purple" and "screen" beside it
	assert_int_equal(p->posts, 12);
	assert_int_equal(p->authors, 5);
	assert_int_equal(p->before, 0);
	assert_int_equal(p->z_centi, 1200); // (12 - 0) / sqrt(0 + 0 + 1)
	assert_int_equal(p->examples_n, 3);
	for (uint32_t i = 0; i < 3; i++)
		for (uint32_t k = 0; k < i; k++)
			assert_int_not_equal(w->posts[p->examples[i]].author, w->posts[p->examples[k]].author);
}

TEST(phrases_twelve_posts_by_one_are_not)
{
	World *w = world();
	for (int i = 0; i < 12; i++) post(w, DAY_OF_BURST, 1, chatter(w, S("purple screen")));
	PhraseAnswer a = ask(w, PHRASES_BY_DAY);
	assert_int_equal(phrases_n(&a), 0);
	for (int i = 0; i < 2; i++) post(w, DAY_OF_BURST, 0, chatter(w, S("purple screen"))); // nobody known is one author
	a = ask(w, PHRASES_BY_DAY);
	assert_int_equal(phrases_n(&a), 0);
}

TEST(phrases_copies_count_once)
{
	World *w = world();
	Str text = chatter(w, S("purple screen"));
	for (int i = 0; i < 12; i++)
		post(w, DAY_OF_BURST, 1 + i % 5, str_format(test_arena(), "RT @you%d: %.*s http://t.co/%d", i, STR(text), i));
	PhraseAnswer a = ask(w, PHRASES_BY_DAY);
	assert_int_equal(phrases_n(&a), 0);
	assert_int_equal(a.v[DAY_OF_BURST].copies, 11);
	assert_int_equal(a.v[DAY_OF_BURST].posts, POSTS_A_DAY + 1);
	for (int i = 0; i < 7; i++) post(w, DAY_OF_BURST, 1 + i % 5, chatter(w, S("purple screen")));
	a = ask(w, PHRASES_BY_DAY);
	const RisingPhrase *p = find(&a, BURST_DAY, "purple screen");
	assert_non_null(p);
	assert_int_equal(p->posts, 8); // the copies are one of them
}

TEST(phrases_what_is_always_said_has_not_emerged)
{
	World *w = world();
	for (int day = 0; day < DAYS; day++)
		for (int i = 0; i < 12; i++) post(w, day, 1 + i % 5, chatter(w, S("purple screen")));
	PhraseAnswer a = ask(w, PHRASES_BY_DAY);
	assert_int_equal(phrases_n(&a), 0);
}

// A busy day has more of everything: z alone would take that for news.
TEST(phrases_a_busy_day_is_no_news)
{
	World *w = world();
	for (int day = 0; day < DAYS; day++)
		for (int i = 0; i < (day == DAY_OF_BURST ? 30 : 1); i++) post(w, day, i, chatter(w, S("purple screen")));
	for (int i = 0; i < POSTS_A_DAY * 29; i++) post(w, DAY_OF_BURST, 100 + i % 15, chatter(w, str_none()));
	PhraseAnswer a = ask(w, PHRASES_BY_DAY);
	assert_null(find(&a, BURST_DAY, "purple screen"));
}

TEST(phrases_stop_words_and_spelling)
{
	World *w = world();
	static const char *const SAYS[] = {"the Flux Drives are", "my flux drive is", "a flux drive of", "flux drive"};
	for (int i = 0; i < 12; i++)
		post(w, DAY_OF_BURST, 1 + i % 5, chatter(w, str_format(test_arena(), "; %s ;", SAYS[i % 4])));
	PhraseAnswer a = ask(w, PHRASES_BY_DAY);
	const RisingPhrase *p = find(&a, BURST_DAY, "flux drive");
	assert_non_null(p);
	assert_int_equal(p->posts, 12);
	assert_int_equal(phrases_n(&a), 1);
}

TEST(phrases_in_scripts_without_spaces_and_others)
{
	World *w = world();
	static const char *const SAYS[] = {"我的路由器坏了", "路由器坏", "新路由器坏掉", "这个路由器坏了"};
	for (int i = 0; i < 12; i++) post(w, DAY_OF_BURST, 1 + i % 5, chatter(w, str_from(SAYS[i % 4])));
	for (int i = 0; i < 12; i++) post(w, DAY_OF_BURST, 1 + i % 5, chatter(w, S("и фиолетовый экран в")));
	for (int i = 0; i < 12; i++) post(w, DAY_OF_BURST, 1 + i % 5, chatter(w, S("firmware 4.2.1")));
	PhraseAnswer a = ask(w, PHRASES_BY_DAY);
	assert_non_null(find(&a, BURST_DAY, "路由器坏"));
	assert_non_null(find(&a, BURST_DAY, "фиолетовый экран"));
	assert_non_null(find(&a, BURST_DAY, "firmware 4.2.1"));
	assert_int_equal(phrases_n(&a), 3);
}

TEST(phrases_weeks_begin_on_monday)
{
	World *w = ARENA_NEW(test_arena(), World, 1);
	w->seed = 9;
	for (int day = 0; day < 28; day++)
		for (int i = 0; i < 6; i++) post(w, day, 100 + roll(w, 15), chatter(w, str_none()));
	for (int i = 0; i < 12; i++) post(w, 14 + i % 7, 1 + i % 5, chatter(w, S("purple screen")));
	PhraseAnswer a = ask(w, PHRASES_BY_WEEK);
	assert_int_equal(a.n, 4);
	assert_int_equal(a.v[0].from_ms, MONDAY);
	assert_non_null(find(&a, MONDAY + 14 * TIME_DAY_MS, "purple screen"));
}

TEST(phrases_the_order_of_posts_does_not_matter)
{
	World *w = world();
	for (int i = 0; i < 12; i++) post(w, DAY_OF_BURST, 1 + i % 5, chatter(w, S("purple screen")));
	PhraseAnswer a = ask(w, PHRASES_BY_DAY);
	for (size_t i = w->n - 1; i > 0; i--) {
		size_t k = roll(w, (uint32_t)i + 1);
		PhrasePost t = w->posts[i];
		w->posts[i] = w->posts[k];
		w->posts[k] = t;
	}
	PhraseAnswer b = ask(w, PHRASES_BY_DAY);
	const RisingPhrase *x = find(&a, BURST_DAY, "purple screen"), *y = find(&b, BURST_DAY, "purple screen");
	assert_non_null(x);
	assert_non_null(y);
	assert_int_equal(x->g2_centi, y->g2_centi);
	assert_int_equal(x->posts, y->posts);
	assert_int_equal(phrases_n(&b), phrases_n(&a));
}

TEST(phrases_of_a_span_have_all_before_as_background)
{
	World *w = world();
	Ctx *cx = test_ctx();
	PhraseAnswer a;
	for (int i = 0; i < 12; i++) post(w, DAY_OF_BURST, 1 + i % 5, chatter(w, S("purple screen")));
	PhraseQuestion q = {.posts = w->posts, .n = w->n, .top = 5, .from_ms = BURST_DAY, .until_ms = BURST_DAY + 1};
	assert_ok(cx, phrases_emerging(cx, &q, &a));
	assert_int_equal(a.n, 1);
	assert_int_equal(a.v[0].n, 1);
	q.n = 0;
	assert_ok(cx, phrases_emerging(cx, &q, &a));
	assert_int_equal(a.n, 0);
	q.n = PHRASES_POSTS_MAX + 1;
	assert_status(cx, phrases_emerging(cx, &q, &a), ST_TOO_LARGE);
	q = (PhraseQuestion){.posts = &(PhrasePost){.at_ms = INT64_MAX, .text = S("x")}, .n = 1, .top = 5};
	assert_status(cx, phrases_emerging(cx, &q, &a), ST_INVALID);
}

// The integers against numbers worked out by hand and by the formulas in floating point.
TEST(phrases_arithmetic)
{
	assert_int_equal(log2_q32(1), 0);
	assert_int_equal(log2_q32(8), (uint64_t)3 << 32);
	assert_true(llabs((long long)log2_q32(10) - 14267572527ll) <= 1); // 3.321928094887
	assert_int_equal(g2_centi(1, 10, 1, 10), 0);
	assert_int_equal(g2_centi(1, 10, 5, 10), 0);
	assert_true(llabs((long long)g2_centi(12, 32, 0, 200) - 5211) <= 1);
	assert_true(llabs((long long)g2_centi(7, 30, 11, 500) - 1883) <= 1);
	assert_true(npmi_holds(10, 10, 10, 1000));
	assert_false(npmi_holds(10, 100, 100, 1000));
	Ewma e = {0};
	for (int64_t i = 0; i < 4; i++) ewma_step(&e, 8, i, PHRASES_BY_DAY);
	assert_int_equal(e.mu, 8 * 65536);
	assert_int_equal(e.var, 0);
	assert_int_equal(ewma_z_centi(&e, 20), 400); // 12 / sqrt(8 + 0 + 1)
	assert_int_equal(ewma_z_centi(&e, 8), 0);
	ewma_idle(&e, 4, (int64_t)1 << 40, PHRASES_BY_DAY); // ends by itself
	assert_int_equal(e.mu, 0);
	assert_int_equal(e.var, 0);
}

// What the time must not grow with the square of: one word again and again, one author, one text, a flood of one phrase.
TEST(phrases_hostile_texts)
{
	World *w = ARENA_NEW(test_arena(), World, 1);
	Buf b = buf_init(test_arena(), 70000, 140000);
	w->seed = 3;
	while (b.n < 66000) buf_z(&b, "a ");
	for (int day = 0; day < 5; day++) {
		post(w, day, 1, buf_view(&b));
		post(w, day, 2, S("\xff\xfe\x80 \xf0\x9f quiet \xe2\x80 quiet"));
		post(w, day, 3, S(""));
		post(w, day, 4, (Str){"nul\0nul\0\0", 9});
	}
	for (uint32_t i = 0; i < 300; i++) {
		Buf t = buf_init(test_arena(), 512, 1024);
		for (uint32_t k = 0; k < 60; k++) buf_char(&t, (char)roll(w, 256));
		post(w, 3, i, buf_view(&t));
		post(w, 4, i, chatter(w, S("\xf0\x9f\x92\xa9\xcc\x81\xcc\x81\xcc\x81 zebra\xcc\x81\xcc\x81 stripes")));
	}
	PhraseAnswer a = ask(w, PHRASES_BY_DAY);
	assert_int_equal(a.n, 5);
	assert_true(phrases_n(&a) >= 1);
}
