// SPDX-License-Identifier: AGPL-3.0-or-later
// For tests of the superuser programme: one step of somebody's career, in a transaction of its own.
//
//   assert_ok(t->cx, STEP(t, INVITE, .member = t->helper));
#pragma once
#include "programme/programme.h"

typedef struct Town Town; // community/model_testkit.h

typedef enum Deed { TERMS, SPACE, PROPOSE, INVITE, ACCEPT, DECLINE, RENEW, THANK, REST, RETURN, END } Deed;
typedef struct Do {
	Deed deed;
	Id member;
	int64_t n;
	Str text;
} Do;

Status programme_step(Town *t, Do d);
#define STEP(t, ...) programme_step(t, (Do){__VA_ARGS__})
