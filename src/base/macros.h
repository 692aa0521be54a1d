// SPDX-License-Identifier: AGPL-3.0-or-later
// Small language helpers used on every floor. Nothing here allocates or fails.
//
// AUTO(Type) x = ...;   runs type_cleanup(&x) when x leaves its scope; a type opts in by defining
//                       `static inline void Type##_auto(Type **p)`.
// TRY(expr)             returns the Status of expr from the calling function unless it is ST_OK.
// BUG_IF(cond)          aborts with file and line: a broken invariant, never bad input.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// For products of two 64-bit numbers.
__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define UNUSED __attribute__((unused))
#define AUTO(T) __attribute__((cleanup(T##_auto))) T *
#define COUNTOF(a) (sizeof(a) / sizeof((a)[0]))
#define TRY(expr)                                                                                                      \
	do {                                                                                                               \
		Status try_st_ = (expr);                                                                                       \
		if (try_st_ != ST_OK) return try_st_;                                                                          \
	} while (0)

_Noreturn void bug_abort(const char *file, int line, const char *what);
#define BUG_IF(cond)                                                                                                   \
	do {                                                                                                               \
		if (__builtin_expect(!!(cond), 0)) bug_abort(__FILE__, __LINE__, #cond);                                       \
	} while (0)

static inline size_t size_min(size_t a, size_t b) { return a < b ? a : b; }
static inline size_t size_max(size_t a, size_t b) { return a > b ? a : b; }
static inline int64_t i64_min(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t i64_max(int64_t a, int64_t b) { return a > b ? a : b; }
