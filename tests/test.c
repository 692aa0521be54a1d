// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs the tests of one unit, one after the other, each as a cmocka group of its own so that its context is fresh.
//
//   test_base                 all        test_base --list        names only
//   test_base NAME…           those whose name contains one of the words
//   test_base --after NAME    those after NAME, which crashed (tools/run-tests.sh goes on from there)
//
// Protocol: `# run UNIT/NAME`, then whatever the test prints, then `ok UNIT/NAME`, `not ok UNIT/NAME` or
// `skip UNIT/NAME reason`. The exit code is 1 if a test failed.
#include "test.h"

#include <ftw.h>
#include <stdio.h>
#include <unistd.h>

#ifndef TEST_UNIT
#define TEST_UNIT "unit"
#endif

static struct {
	Ctx ctx;
	IdSource ids;
	Rng rng;
	uint64_t rng_state;
	Time now_ms;
	bool made;
	const char *skipped;
	char dir[64];
} t;

// splitmix64 (Steele, Lea, Flood 2014): any seed gives a good sequence.
static void rng_fill(void *self, void *p, size_t n)
{
	uint64_t *state = self;
	unsigned char *out = p;
	for (size_t i = 0; i < n; i++) {
		uint64_t z = (*state += 0x9e3779b97f4a7c15u);
		z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
		z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
		out[i] = (unsigned char)(z ^ (z >> 31));
	}
}

Ctx *test_ctx(void)
{
	if (!t.made) {
		t.made = true;
		t.ids = (IdSource){.node = 1};
		t.rng = (Rng){.fill = rng_fill, .self = &t.rng_state};
		t.ctx = (Ctx){.arena = arena_new(ARENA_CAP_BYTES), .now_ms = t.now_ms, .ids = &t.ids, .rng = &t.rng};
	}
	return &t.ctx;
}

Arena *test_arena(void) { return test_ctx()->arena; }

void test_clock_set(Time now_ms)
{
	t.now_ms = now_ms;
	t.ctx.now_ms = now_ms;
}

Time test_clock(void) { return test_ctx()->now_ms; }

void test_rng_seed(uint64_t seed) { t.rng_state = seed; }

const char *test_dir(void)
{
	if (!t.dir[0]) {
		const char *tmp = getenv("TMPDIR");
		snprintf(t.dir, sizeof t.dir, "%s/hearth-test-XXXXXX", tmp && strlen(tmp) < 32 ? tmp : "/tmp");
		if (!mkdtemp(t.dir)) fail_msg("cannot make %s", t.dir);
	}
	return t.dir;
}

const char *test_dump(void)
{
	static const char *const PLACES[] = {"../shared/data/stackexchange/quantumcomputing-2018-09",
										 "../../shared/data/stackexchange/quantumcomputing-2018-09",
										 "../../../shared/data/stackexchange/quantumcomputing-2018-09"};
	for (size_t i = 0; i < COUNTOF(PLACES); i++)
		if (access(PLACES[i], R_OK) == 0) return PLACES[i];
	return NULL;
}

void test_skip(const char *reason)
{
	t.skipped = reason;
	_skip(__FILE__, __LINE__);
	abort();
}

void test_check_ok(Ctx *cx, Status st, const char *expr, const char *file, int line)
{
	if (st == ST_OK) return;
	print_error("%s gave %s: %.*s\n", expr, status_name(st), STR(cx->fail_text));
	for (size_t i = 0; i < cx->field_errors_n; i++)
		print_error("  field %s: %s\n", cx->field_errors[i].field, cx->field_errors[i].key);
	_fail(file, line);
}

void test_check_str(Str got, const char *want, size_t want_n, const char *file, int line)
{
	if (got.n == want_n && (want_n == 0 || memcmp(got.p, want, want_n) == 0)) return;
	print_error("got  \"%.*s\" (%zu bytes)\nwant \"%s\" (%zu bytes)\n", STR(got), got.n, want, want_n);
	_fail(file, line);
}

static int remove_one(const char *path, UNUSED const struct stat *st, UNUSED int kind, UNUSED struct FTW *where)
{
	return remove(path);
}

static int setup(UNUSED void **state)
{
	t.rng_state = 1;
	t.now_ms = TEST_TIME;
	return 0;
}

static int teardown(UNUSED void **state)
{
	if (t.made) arena_free(t.ctx.arena);
	if (t.dir[0]) nftw(t.dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	t.dir[0] = 0;
	t.made = false;
	t.ctx = (Ctx){0};
	return 0;
}

static bool run(const TestCase *c)
{
	printf("# run " TEST_UNIT "/%s\n", c->name);
	fflush(stdout);
	t.skipped = NULL;
	const struct CMUnitTest one[] = {{c->name, c->run, setup, teardown, NULL}};
	int failed = _cmocka_run_group_tests(c->name, one, 1, NULL, NULL);
	fflush(stderr);
	if (t.skipped) printf("skip " TEST_UNIT "/%s %s\n", c->name, t.skipped);
	else printf("%s " TEST_UNIT "/%s\n", failed ? "not ok" : "ok", c->name);
	fflush(stdout);
	return failed == 0;
}

static bool wanted(const TestCase *c, int words_n, char **words)
{
	if (words_n == 0) return true;
	for (int i = 0; i < words_n; i++)
		if (strstr(c->name, words[i])) return true;
	return false;
}

int main(int argc, char **argv)
{
	bool list = argc == 2 && strcmp(argv[1], "--list") == 0;
	const char *after = argc == 3 && strcmp(argv[1], "--after") == 0 ? argv[2] : NULL;
	bool words = !list && !after;
	bool ok = true;
	for (const TestCase *c = TEST_CASES; c->name; c++) {
		if (after) {
			if (strcmp(c->name, after) == 0) after = NULL;
		} else if (list) {
			printf(TEST_UNIT "/%s %s\n", c->name, c->file);
		} else if (wanted(c, words ? argc - 1 : 0, argv + 1)) {
			ok &= run(c);
		}
	}
	return ok ? 0 : 1;
}
