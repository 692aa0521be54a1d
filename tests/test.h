// SPDX-License-Identifier: AGPL-3.0-or-later
// The unit test kit, a thin layer over cmocka. Tests lie beside what they test, in *_test.c, and are discovered by
// name; there is one test binary for each floor and feature, which links only what that floor may use.
//
//   #include "test.h"
//   TEST(buf_stops_at_its_maximum)
//   {
//       Ctx *cx = test_ctx();                  // fresh for each test: arena, fixed clock, seeded ids and randomness
//       assert_int_equal(f(cx), ST_OK);        // or assert_ok(cx, f(cx)), which prints what went wrong
//       assert_str_equal(s, "text");           // Str against a literal
//   }
//
// SKIP("reason") ends a test that cannot run here; the house allows it only where a document says so.
// The time of a test is TEST_TIME until test_clock_set changes it. Nothing here is thread safe.
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// fail() is the program's own; a test fails by fail_msg("why %d", n).
#undef fail
#undef fail_msg
#undef skip
#define fail_msg(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))
#define test_fail fail_msg

#include "base/ctx.h"
#include "base/time.h"

#define TEST_TIME ((Time)1740830400000) // 2025-03-01T12:00:00Z

#define TEST(name)                                                                                                     \
	void test_##name(void **);                                                                                         \
	void test_##name(UNUSED void **test_state)

typedef struct TestCase {
	const char *name, *file;
	void (*run)(void **state);
} TestCase;
extern const TestCase TEST_CASES[]; // generated; ends with a NULL name

Ctx *test_ctx(void);              // the test's own context; the same one at each call
Arena *test_arena(void);          // its arena
void test_clock_set(Time now_ms); // moves the clock of test_ctx, also one already taken
Time test_clock(void);            // what it shows, for what takes a clock
void test_rng_seed(uint64_t seed);
const char *test_dir(void);  // a fresh empty folder, removed after the test
const char *test_dump(void); // the folder of the real community beside the checkout, or NULL
_Noreturn void test_skip(const char *reason);

#define SKIP(reason) test_skip(reason)

void test_check_ok(Ctx *cx, Status st, const char *expr, const char *file, int line);
void test_check_str(Str got, const char *want, size_t want_n, const char *file, int line);
#define assert_ok(cx, expr) test_check_ok((cx), (expr), #expr, __FILE__, __LINE__)
#define assert_status(cx, expr, want) assert_int_equal((expr), (want))
#define assert_str_equal(got, want) test_check_str((got), (want), strlen(want), __FILE__, __LINE__)
