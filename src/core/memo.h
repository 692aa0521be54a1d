// SPDX-License-Identifier: AGPL-3.0-or-later
// A memo: what is made of a text and never changes afterwards is made once in a process, such as the rules in force, which
// a page would else read anew from their file each time. The key says all that it depends on, so nothing is ever out of date.
// MEMO_MAX things are kept at most, until the site is closed; what comes after them is made for the caller alone.
//
//   TRY(memo_get(cx, memo, str_hash(text), make, &text, &made));
//
// Any thread; one makes while the others wait. Without a memo (NULL: tests, commands) it is made in cx->arena.
#pragma once
#include "base/ctx.h"

#define MEMO_MAX 32
#define MEMO_BYTES ((size_t)16 << 20)

typedef struct Memo Memo;
typedef Status (*MemoMake)(Ctx *cx, const void *arg, const void **ret_made); // everything in cx->arena

Memo *memo_new(Arena *a);
void memo_done(Memo *m);
MUST_CHECK Status memo_get(Ctx *cx, Memo *m, uint64_t key, MemoMake make, const void *arg, const void **ret_made);
