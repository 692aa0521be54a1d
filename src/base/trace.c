// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/trace.h"

#ifdef HEARTH_DEBUG

#include "base/str.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#define SLOTS 2048 // a power of two
#define PROBES 32

struct Trace {
	Arena *arena;
	int fd;
	_Atomic(const void *) seen[SLOTS]; // a set of keys; what finds no place is written again
};

Trace *trace_open(void)
{
	const char *file = getenv("HEARTH_TRACE");
	int fd = file && *file ? open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644) : -1;
	if (fd < 0) return NULL;
	Arena *a = arena_new(sizeof(Trace) * 2);
	Trace *t = ARENA_NEW(a, Trace, 1);
	t->arena = a;
	t->fd = fd;
	return t;
}

void trace_close(Trace *t)
{
	if (!t) return;
	close(t->fd);
	arena_free(t->arena);
}

static bool is_new(Trace *t, const void *key)
{
	size_t at = (size_t)(((uintptr_t)key >> 4) * 0x9e3779b97f4a7c15u >> 32);
	for (size_t i = 0; i < PROBES; i++) {
		_Atomic(const void *) *slot = &t->seen[(at + i) % SLOTS];
		const void *there = NULL;
		if (atomic_compare_exchange_strong(slot, &there, key)) return true;
		if (there == key) return false;
	}
	return true;
}

void trace_note(Trace *t, const char *kind, const void *key, const char *name, const char *more)
{
	if (!is_new(t, key)) return;
	AUTO(Arena) a = arena_new(ARENA_BLOCK_BYTES);
	Str line = str_format(a, "%s %s%s%s\n", kind, name, *more ? " " : "", more);
	ssize_t done = write(t->fd, line.p, line.n); // one write, so that lines of processes do not mix
	(void)done;
}

#else

Trace *trace_open(void) { return NULL; }

void trace_close(Trace *t) { (void)t; }

void trace_note(Trace *t, const char *kind, const void *key, const char *name, const char *more)
{
	(void)t, (void)kind, (void)key, (void)name, (void)more;
}

#endif
