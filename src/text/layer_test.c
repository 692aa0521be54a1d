// SPDX-License-Identifier: AGPL-3.0-or-later
// Invented words as features: the base takes every text for class 0 or, seldom, for class 1.
#include "text/layer.h"

#include "test.h"

#define WORDS 12
#define CLASSES 3

typedef struct World {
	LayerExamples examples;
	uint64_t state;
} World;

static uint32_t next(World *w, uint32_t below)
{
	w->state = w->state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((w->state >> 33) % below);
}

static uint32_t word(uint32_t n) { return hash_end(hash_step(HASH_SEED, n)); }

// A text of common words; with `special` it also has the word that the base gets wrong.
static LayerExample *add(World *w, bool special)
{
	uint32_t features[WORDS];
	uint16_t *rows = ARENA_NEW(test_arena(), uint16_t, LAYER_FEATURES_MAX);
	for (int i = 0; i < WORDS; i++) features[i] = word(1 + next(w, 400));
	if (special) features[0] = word(7777);
	LayerExample *e = &w->examples.v[w->examples.n++];
	*e = (LayerExample){.rows = rows, .base = {HEAD_ONE * 6 / 10, HEAD_ONE * 3 / 10, HEAD_ONE / 10}};
	if (next(w, 5) == 0) {
		e->base[0] = HEAD_ONE * 3 / 10;
		e->base[1] = HEAD_ONE * 6 / 10;
	}
	e->rows_n = layer_rows(features, WORDS, rows, &e->key);
	e->label = (uint8_t)head_best(e->base, CLASSES);
	e->anchor = true;
	return e;
}

static World world(uint64_t seed) { return (World){{ARENA_NEW(test_arena(), LayerExample, 4000), 0, CLASSES}, seed}; }

// 160 texts with the word are class 2, whatever the base says; 480 others are as the base says.
static World planted(void)
{
	World w = world(42);
	for (int i = 0; i < 160; i++) {
		LayerExample *e = add(&w, true);
		e->anchor = false;
		e->label = 2;
	}
	for (int i = 0; i < 480; i++) add(&w, false);
	return w;
}

TEST(layer_learns_a_planted_error)
{
	World w = planted();
	Layer l;
	LayerReport r;
	layer_train(test_arena(), &w.examples, &l, &r);
	if (r.verdict != LAYER_USED)
		test_fail("%d: %lld, base %lld of %lld; %lld of %lld", (int)r.verdict, (long long)r.layer_right,
				  (long long)r.base_right, (long long)r.held, (long long)r.anchors_changed, (long long)r.anchors_held);
	assert_int_equal(r.corrections, 160);
	assert_true(r.held >= 20 && r.layer_right * 10 >= r.held * 9 && r.base_right == 0);
	assert_true(r.anchors_changed * LAYER_ANCHOR_PART <= r.anchors_held && r.anchors_held > 60);
	uint32_t p[CLASSES];
	LayerExample *fresh = add(&w, true);
	layer_judge(&l, fresh->rows, fresh->rows_n, fresh->base, p);
	assert_int_equal(head_best(p, CLASSES), 2);
}

TEST(layer_stays_off_for_random_corrections)
{
	for (uint64_t seed = 1; seed <= 12; seed++) {
		World w = world(seed);
		Layer l;
		LayerReport r;
		for (int i = 0; i < 200; i++) {
			LayerExample *e = add(&w, false);
			e->anchor = false;
			e->label = (uint8_t)next(&w, CLASSES);
		}
		for (int i = 0; i < 600; i++) add(&w, false);
		layer_train(test_arena(), &w.examples, &l, &r);
		if (r.verdict == LAYER_USED)
			test_fail("seed %llu: %lld, base %lld of %lld", (unsigned long long)seed, (long long)r.layer_right,
					  (long long)r.base_right, (long long)r.held);
	}
}

// Corrections that only ever say "the base is wrong", of texts that are like all others.
TEST(layer_does_not_unlearn_what_the_base_can)
{
	for (uint64_t seed = 1; seed <= 8; seed++) {
		World w = world(seed);
		Layer l;
		LayerReport r;
		for (int i = 0; i < 200; i++) {
			LayerExample *e = add(&w, false);
			e->anchor = false;
			e->label = 2;
		}
		for (int i = 0; i < 200; i++) add(&w, false);
		layer_train(test_arena(), &w.examples, &l, &r);
		assert_int_not_equal(r.verdict, LAYER_USED);
	}
}

TEST(layer_needs_some_corrections)
{
	World w = world(3);
	Layer l;
	LayerReport r;
	for (int i = 0; i < 6; i++) add(&w, true)->anchor = false;
	layer_train(test_arena(), &w.examples, &l, &r);
	assert_int_equal(r.verdict, LAYER_FEW);
}

TEST(layer_same_corrections_same_bytes)
{
	Buf b[2];
	for (int i = 0; i < 2; i++) {
		World w = planted();
		Layer l;
		LayerReport r;
		if (i) // in another order
			for (size_t k = 0; k < w.examples.n / 2; k++) {
				LayerExample swap = w.examples.v[k];
				w.examples.v[k] = w.examples.v[w.examples.n - 1 - k];
				w.examples.v[w.examples.n - 1 - k] = swap;
			}
		layer_train(test_arena(), &w.examples, &l, &r);
		b[i] = buf_init(test_arena(), 1024, (size_t)1 << 20);
		layer_write(&b[i], &l);
	}
	assert_true(b[0].n > 100);
	assert_true(str_eq(buf_view(&b[0]), buf_view(&b[1])));
	Layer again;
	assert_ok(test_ctx(), layer_read(test_ctx(), buf_view(&b[0]), &again));
	Buf c = buf_init(test_arena(), 1024, (size_t)1 << 20);
	layer_write(&c, &again);
	assert_true(str_eq(buf_view(&c), buf_view(&b[0])));
	assert_status(test_ctx(), layer_read(test_ctx(), str_sub(buf_view(&b[0]), 0, b[0].n - 1), &again), ST_INVALID);
	assert_status(test_ctx(), layer_read(test_ctx(), S("short"), &again), ST_INVALID);
}

TEST(layer_logarithm)
{
	assert_in_range(layer_ln(HEAD_ONE) + 4, 0, 8);
	assert_in_range(-layer_ln(HEAD_ONE / 2), 45420, 45432);
	assert_in_range(-layer_ln(HEAD_ONE * 3 / 4), 18845, 18862); // 0.28768
	assert_true(layer_ln(0) == layer_ln(1) && layer_ln(0) < -8 * HEAD_ONE);
}
