// SPDX-License-Identifier: AGPL-3.0-or-later
// Which named things a run has used: every route and every named query has to be used by some test (tools/coverage.sh).
// In debug builds, if HEARTH_TRACE names a file, the first use of each is one line there, "query NAME" or
// "route METHOD PATH"; many processes may append to it. Otherwise there is no Trace, and noting a use costs one comparison.
//
//   store->trace = trace_open();  …  trace_hit(store->trace, "query", q, q->name, "");  …  trace_close(store->trace);
// Threads: any. It never fails: what cannot be written is not.
#pragma once
#include "base/macros.h"

typedef struct Trace Trace;

Trace *trace_open(void); // NULL: nobody asked
void trace_close(Trace *t);
void trace_note(Trace *t, const char *kind, const void *key, const char *name, const char *more);

// key: an address that stands for the name while the program runs. The line is "KIND NAME MORE".
static inline void trace_hit(Trace *t, const char *kind, const void *key, const char *name, const char *more)
{
	if (__builtin_expect(t != NULL, 0)) trace_note(t, kind, key, name, more);
}
