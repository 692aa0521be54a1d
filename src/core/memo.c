// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/memo.h"

#include <pthread.h>

struct Memo {
	pthread_mutex_t lock;
	Arena *arena; // of what is kept
	size_t n;
	struct {
		uint64_t key;
		const void *made;
	} kept[MEMO_MAX];
};

Memo *memo_new(Arena *a)
{
	Memo *m = ARENA_NEW(a, Memo, 1);
	pthread_mutex_init(&m->lock, NULL);
	m->arena = arena_new(MEMO_BYTES);
	return m;
}

void memo_done(Memo *m)
{
	arena_free(m->arena);
	pthread_mutex_destroy(&m->lock);
}

static Status get_locked(Ctx *cx, Memo *m, uint64_t key, MemoMake make, const void *arg, const void **ret_made)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->kept[i].key == key) {
			*ret_made = m->kept[i].made;
			return ST_OK;
		}
	if (m->n == MEMO_MAX) return make(cx, arg, ret_made);
	Ctx own = *cx;
	own.arena = m->arena;
	Status st = make(&own, arg, ret_made);
	if (st != ST_OK) return fail(cx, st, "%.*s", STR(own.fail_text));
	m->kept[m->n].key = key;
	m->kept[m->n++].made = *ret_made;
	return ST_OK;
}

Status memo_get(Ctx *cx, Memo *m, uint64_t key, MemoMake make, const void *arg, const void **ret_made)
{
	if (!m) return make(cx, arg, ret_made);
	pthread_mutex_lock(&m->lock);
	Status st = get_locked(cx, m, key, make, arg, ret_made);
	pthread_mutex_unlock(&m->lock);
	return st;
}
