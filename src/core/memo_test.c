// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/memo.h"

#include "test.h"

typedef struct Making {
	int made;
	bool fails;
} Making;

static Status make(Ctx *cx, const void *arg, const void **ret_made)
{
	Making *m = *(Making *const *)arg;
	if (m->fails) return fail(cx, ST_INVALID, "line 3 is wrong");
	int *n = ARENA_NEW(cx->arena, int, 1);
	*n = ++m->made;
	*ret_made = n;
	return ST_OK;
}

static int get(Ctx *cx, Memo *memo, uint64_t key, Making *m)
{
	const void *made = NULL;
	assert_ok(cx, memo_get(cx, memo, key, make, &m, &made));
	return *(const int *)made;
}

TEST(memo_makes_once_what_its_key_says)
{
	Ctx *cx = test_ctx();
	Making m = {0};
	Making *arg = &m;
	const void *made = NULL;
	Memo *memo = memo_new(test_arena());
	assert_int_equal(get(cx, memo, 7, &m), 1);
	assert_int_equal(get(cx, memo, 8, &m), 2);
	assert_int_equal(get(cx, memo, 7, &m), 1);
	m.fails = true; // what failed is not kept, and says why
	assert_int_equal(memo_get(cx, memo, 9, make, &arg, &made), ST_INVALID);
	assert_str_equal(cx->fail_text, "line 3 is wrong");
	fail_clear(cx);
	m.fails = false;
	assert_int_equal(get(cx, memo, 9, &m), 3);
	for (uint64_t k = 100; k < 200; k++) get(cx, memo, k, &m);
	int n = m.made; // full: what is kept is still found, what is new is made each time
	assert_int_equal(get(cx, memo, 7, &m), 1);
	assert_int_equal(get(cx, memo, 199, &m), n + 1);
	assert_int_equal(get(cx, memo, 199, &m), n + 2);
	assert_int_equal(get(cx, NULL, 7, &m), n + 3);
	memo_done(memo);
}
