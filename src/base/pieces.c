// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/pieces.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

typedef struct Shared {
	const Pieces *pieces;
	atomic_size_t next;
	atomic_bool failed;
} Shared;

typedef struct Worker {
	Shared *shared;
	size_t number;
	Status status;
	pthread_t thread;
	bool started;
} Worker;

static void *work(void *arg)
{
	Worker *w = arg;
	Shared *s = w->shared;
	while (!atomic_load(&s->failed)) {
		size_t piece = atomic_fetch_add(&s->next, 1);
		if (piece >= s->pieces->n) break;
		w->status = s->pieces->run(s->pieces->arg, w->number, piece);
		if (w->status == ST_OK) continue;
		atomic_store(&s->failed, true);
		break;
	}
	return NULL;
}

Status pieces_run(const Pieces *p)
{
	BUG_IF(!p->workers || p->workers > PIECES_WORKERS_MAX);
	Shared shared = {.pieces = p};
	Worker workers[PIECES_WORKERS_MAX];
	size_t n = size_max(1, size_min(p->workers, p->n));
	for (size_t i = 0; i < n; i++) {
		workers[i] = (Worker){.shared = &shared, .number = i, .status = ST_OK};
		if (i) workers[i].started = !pthread_create(&workers[i].thread, NULL, work, &workers[i]);
	}
	work(&workers[0]);
	Status st = workers[0].status;
	for (size_t i = 1; i < n; i++) {
		if (workers[i].started) pthread_join(workers[i].thread, NULL);
		if (st == ST_OK) st = workers[i].status;
	}
	return st;
}

size_t pieces_workers(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	return n < 1 ? 1 : size_min((size_t)n, PIECES_WORKERS_MAX);
}
