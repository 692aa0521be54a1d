// SPDX-License-Identifier: AGPL-3.0-or-later
// For tests of models: the same test on both engines. SQLite in memory always; PostgreSQL too, in a schema of its own,
// when HEARTH_TEST_PG holds the address of a server where schemas may be made.
//
//   static void something(Ctx *cx, Store *store) { … assert_int_equal(test_number(cx, store, "SELECT count(*) FROM post"), 1); }
//   TEST(something_holds) { test_stores(SETS, COUNTOF(SETS), something); }
#pragma once
#include "members/members.h"

typedef void (*StoreTest)(Ctx *cx, Store *store);
// core's and members' migrations come first by themselves.
void test_stores(const MigrationSet *more, size_t n, StoreTest run);
int64_t test_number(Ctx *cx, Store *store, const char *sql); // one row, one whole number
// A member without a password, of affiliation customer.
Id test_member(Ctx *cx, Store *store, Str handle);
