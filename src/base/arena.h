// SPDX-License-Identifier: AGPL-3.0-or-later
// An arena owns every byte of one request, job, command or test. Memory comes zeroed, is never freed one by
// one, and has a cap: passing it aborts only when the caller did not ask (arena_alloc), so anything sized by
// outside data uses arena_try_alloc and reports ST_TOO_LARGE.
//
//   Arena *a = arena_new(ARENA_CAP_BYTES);
//   Row *rows = ARENA_NEW(a, Row, n);
//   arena_free(a);
//
// arena_mark/arena_rewind give back what was taken since the mark (loops over outside data).
// An arena is used by one thread at a time; it may be handed from thread to thread.
#pragma once
#include "base/macros.h"

#define ARENA_CAP_BYTES ((size_t)64 << 20)
#define ARENA_BLOCK_BYTES ((size_t)16 << 10)

typedef struct Arena Arena;
typedef struct ArenaMark {
	void *block;
	size_t used, total;
} ArenaMark;

Arena *arena_new(size_t cap_bytes);
void arena_free(Arena *a);
// Empties the arena but keeps its first block for the next user.
void arena_reset(Arena *a);
size_t arena_used_bytes(const Arena *a);

void *arena_alloc(Arena *a, size_t bytes, size_t align);         // zeroed; aborts past the cap
void *arena_try_alloc(Arena *a, size_t bytes, size_t align);     // zeroed; NULL past the cap
void *arena_try_alloc_raw(Arena *a, size_t bytes, size_t align); // the same, not zeroed: for what is written at once
// Grows the most recent allocation in place when it can, else copies. New bytes are zeroed. NULL past the cap.
void *arena_grow(Arena *a, void *old, size_t old_bytes, size_t new_bytes);
// The same without zeroing what is new: for buffers, which show only what was written.
void *arena_grow_raw(Arena *a, void *old, size_t old_bytes, size_t new_bytes);
ArenaMark arena_mark(const Arena *a);
void arena_rewind(Arena *a, ArenaMark mark);

#define ARENA_NEW(a, T, n) ((T *)arena_alloc_n((a), (n), sizeof(T), _Alignof(T)))
void *arena_alloc_n(Arena *a, size_t n, size_t size, size_t align);

static inline void Arena_auto(Arena **p)
{
	if (*p) arena_free(*p);
}
