// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

// Zeroing happens when bytes are handed out: a block is reused after reset without being cleared as a whole.
typedef struct Block {
	struct Block *prev;
	size_t cap, used;
	_Alignas(16) unsigned char bytes[];
} Block;

struct Arena {
	Block *last;
	size_t total, cap; // bytes in blocks
};

// A large block is asked for in pages of two megabytes, where there are any: what is in it is walked as a whole, or jumped
// about in, and either way waits less for addresses to be found.
#define HUGE_BYTES ((size_t)2 << 20)

static void ask_for_huge_pages(Block *b)
{
	uintptr_t from = ((uintptr_t)b + HUGE_BYTES - 1) & ~(HUGE_BYTES - 1),
			  to = ((uintptr_t)b->bytes + b->cap) & ~(HUGE_BYTES - 1);
	if (from < to) (void)madvise((void *)from, to - from, MADV_HUGEPAGE); // that there are none is no error
}

static Block *block_new(size_t cap, Block *prev)
{
	Block *b = malloc(sizeof *b + cap);
	if (!b) return NULL;
	*b = (Block){.prev = prev, .cap = cap};
	if (cap >= 2 * HUGE_BYTES) ask_for_huge_pages(b);
	ASAN_POISON_MEMORY_REGION(b->bytes, cap);
	return b;
}

static void block_free(Block *b)
{
	ASAN_UNPOISON_MEMORY_REGION(b->bytes, b->cap);
	free(b);
}

Arena *arena_new(size_t cap_bytes)
{
	Arena *a = calloc(1, sizeof *a);
	BUG_IF(!a);
	a->cap = cap_bytes;
	return a;
}

void arena_free(Arena *a)
{
	if (!a) return;
	for (Block *b = a->last, *prev; b; b = prev) {
		prev = b->prev;
		block_free(b);
	}
	free(a);
}

void arena_reset(Arena *a)
{
	while (a->last && a->last->prev) {
		Block *prev = a->last->prev;
		block_free(a->last);
		a->last = prev;
	}
	a->total = 0;
	if (!a->last) return;
	if (a->last->cap > ARENA_BLOCK_BYTES) { // an oversized first block is not worth keeping
		block_free(a->last);
		a->last = NULL;
		return;
	}
	a->last->used = 0;
	a->total = a->last->cap;
	ASAN_POISON_MEMORY_REGION(a->last->bytes, a->last->cap);
}

size_t arena_used_bytes(const Arena *a)
{
	size_t used = 0;
	for (const Block *b = a->last; b; b = b->prev) used += b->used;
	return used;
}

static void *take(Arena *a, size_t bytes, size_t align)
{
	BUG_IF(align > 16 || (align & (align - 1)));
	if (bytes > a->cap) return NULL;
	Block *b = a->last;
	size_t at = b ? (b->used + align - 1) & ~(align - 1) : 0;
	if (!b || at > b->cap || b->cap - at < bytes) {
		// Blocks double with the arena, so that a large result takes a logarithmic number of them.
		size_t cap = size_max(size_max(bytes, ARENA_BLOCK_BYTES), size_min(a->total, (size_t)1 << 20));
		if (a->total + cap > a->cap) cap = size_max(bytes, 16);
		if (a->total + cap > a->cap) return NULL;
		Block *fresh = block_new(cap, b);
		if (!fresh) return NULL;
		a->last = b = fresh;
		a->total += cap;
		at = 0;
	}
	b->used = at + bytes;
	ASAN_UNPOISON_MEMORY_REGION(b->bytes + at, bytes);
	return b->bytes + at;
}

void *arena_try_alloc(Arena *a, size_t bytes, size_t align)
{
	void *p = take(a, bytes, align);
	return p ? memset(p, 0, bytes) : NULL;
}

void *arena_try_alloc_raw(Arena *a, size_t bytes, size_t align) { return take(a, bytes, align); }

void *arena_alloc(Arena *a, size_t bytes, size_t align)
{
	void *p = arena_try_alloc(a, bytes, align);
	BUG_IF(!p);
	return p;
}

void *arena_alloc_n(Arena *a, size_t n, size_t size, size_t align)
{
	size_t bytes;
	BUG_IF(__builtin_mul_overflow(n, size, &bytes));
	return arena_alloc(a, bytes, align);
}

void *arena_grow_raw(Arena *a, void *old, size_t old_bytes, size_t new_bytes)
{
	BUG_IF(new_bytes < old_bytes);
	Block *b = a->last;
	if (old && b && b->used >= old_bytes && (unsigned char *)old == b->bytes + (b->used - old_bytes) &&
		b->cap - (b->used - old_bytes) >= new_bytes) {
		ASAN_UNPOISON_MEMORY_REGION(old, new_bytes);
		b->used += new_bytes - old_bytes;
		return old;
	}
	void *p = take(a, new_bytes, 16);
	if (p && old && old_bytes) memcpy(p, old, old_bytes);
	return p;
}

void *arena_grow(Arena *a, void *old, size_t old_bytes, size_t new_bytes)
{
	unsigned char *p = arena_grow_raw(a, old, old_bytes, new_bytes);
	if (p) memset(p + old_bytes, 0, new_bytes - old_bytes);
	return p;
}

ArenaMark arena_mark(const Arena *a)
{
	return (ArenaMark){.block = a->last, .used = a->last ? a->last->used : 0, .total = a->total};
}

void arena_rewind(Arena *a, ArenaMark mark)
{
	while (a->last && a->last != mark.block) {
		Block *prev = a->last->prev;
		block_free(a->last);
		a->last = prev;
	}
	a->total = mark.total;
	if (!a->last) return;
	a->last->used = mark.used;
	ASAN_POISON_MEMORY_REGION(a->last->bytes + mark.used, a->last->cap - mark.used);
}
