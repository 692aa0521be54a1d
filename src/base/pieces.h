// SPDX-License-Identifier: AGPL-3.0-or-later
// Work that falls into pieces which do not concern one another, done by several threads. The one that asks works along, and
// nothing outlives the call. Which thread gets which piece is chance, so nothing may depend on it: a piece writes to a place
// of its own, and what a worker needs (an arena, scratch) is by its number.
//
//   Status one(void *arg, size_t worker, size_t piece);
//   TRY(pieces_run(&(Pieces){.n = parts, .workers = pieces_workers(), .run = one, .arg = &all}));
//
// After a failure no piece is begun any more; the Status is that of the first worker, by number, that failed.
#pragma once
#include "base/status.h"

#define PIECES_WORKERS_MAX 8

typedef struct Pieces {
	size_t n, workers; // workers: 1 to PIECES_WORKERS_MAX; fewer if the system gives no threads
	Status (*run)(void *arg, size_t worker, size_t piece);
	void *arg;
} Pieces;
MUST_CHECK Status pieces_run(const Pieces *p);
size_t pieces_workers(void); // as many as there are processors
