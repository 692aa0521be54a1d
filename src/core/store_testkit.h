// SPDX-License-Identifier: AGPL-3.0-or-later
// For tests that need a site's store: the same test on both engines. SQLite in memory always; PostgreSQL too, in a schema
// of its own, when HEARTH_TEST_PG holds the address of a server where schemas may be made.
//
//   static void something(Ctx *cx, Store *store) { … test_number(cx, store, "SELECT count(*) FROM post") … }
//   TEST(something_holds) { test_stores(sets, n, something); }
#pragma once
#include "core/site.h"

typedef void (*StoreTest)(Ctx *cx, Store *store);
// core's migrations come first by themselves.
void test_stores(const MigrationSet *more, size_t n, StoreTest run);
int64_t test_number(Ctx *cx, Store *store, const char *sql); // one row, one whole number
