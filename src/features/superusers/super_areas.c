// SPDX-License-Identifier: AGPL-3.0-or-later
// Areas that hang on one person: who gives at least SUPER_SOLE_PERCENT of the accepted answers, and who could succeed.
#include "superusers_impl.h"

#include <stdlib.h>

typedef struct Entry {
	uint32_t area, member;
	int64_t n;
} Entry;

typedef struct Sums {
	Ctx *cx;
	IdMap at; // area and member -> entry
	Entry *v;
	size_t n, cap;
} Sums;

static Status on_cell(void *arg, uint32_t area, uint32_t member, int64_t n)
{
	Sums *s = arg;
	uint32_t *at = idmap_at(&s->at, (int64_t)((uint64_t)area << 32 | member));
	if (!at) return fail(s->cx, ST_TOO_LARGE, "the areas do not fit in memory");
	if (!*at) {
		if (s->n == s->cap) {
			size_t more = size_max(s->cap * 2, 1024);
			Entry *v = arena_grow(s->cx->arena, s->v, s->cap * sizeof *v, more * sizeof *v);
			if (!v) return fail(s->cx, ST_TOO_LARGE, "the areas do not fit in memory");
			s->v = v;
			s->cap = more;
		}
		s->v[s->n++] = (Entry){area, member, 0};
		*at = (uint32_t)s->n;
	}
	s->v[*at - 1].n += n;
	return ST_OK;
}

static int by_area(const void *a, const void *b)
{
	const Entry *x = a, *y = b;
	if (x->area != y->area) return x->area < y->area ? -1 : 1;
	if (x->n != y->n) return x->n > y->n ? -1 : 1;
	return (x->member > y->member) - (x->member < y->member);
}

static int most_first(const void *a, const void *b)
{
	const SuperArea *x = a, *y = b;
	if (x->of != y->of) return x->of > y->of ? -1 : 1;
	return str_cmp(x->area, y->area);
}

static SuperRow row_of(const SuperWork *w, const Entry *e)
{
	SuperRow r = super_row(w, e->member);
	r.accepted = e->n; // here
	return r;
}

// One area's entries, most first.
static void look_at(const SuperWork *w, const Entry *v, size_t n, Superusers *ret)
{
	int64_t of = 0;
	for (size_t i = 0; i < n; i++) of += i64_max(v[i].n, 0);
	if (of < SUPER_SOLE_MIN || v[0].n * 100 < of * SUPER_SOLE_PERCENT) return;
	SuperArea a = {
		.area = board_source_area_name(w->s, v[0].area), .accepted = v[0].n, .of = of, .who = row_of(w, &v[0])};
	size_t next = 0;
	for (size_t i = 1; i < n && next < COUNTOF(a.next); i++)
		if (v[i].n > 0 && super_counts(w, v[i].member)) a.next[next++] = row_of(w, &v[i]);
	ret->sole.v[ret->sole.n++] = a;
}

Status super_areas(SuperWork *w, Superusers *ret)
{
	Sums s = {.cx = w->cx, .at = idmap_init(w->cx->arena, 4096)};
	CellsWindow win = {.from = w->year.from, .until = w->year.until, .metric = BOARD_ACCEPTED_ASKER};
	TRY(board_each_area(w->s, &win, on_cell, &s));
	win.metric = BOARD_ACCEPTED_STAFF;
	TRY(board_each_area(w->s, &win, on_cell, &s));
	ret->sole.v = ARENA_NEW(w->cx->arena, SuperArea, board_source_areas(w->s) + 1);
	if (s.n) qsort(s.v, s.n, sizeof *s.v, by_area);
	for (size_t from = 0, to; from < s.n; from = to) {
		for (to = from; to < s.n && s.v[to].area == s.v[from].area;) to++;
		look_at(w, &s.v[from], to - from, ret);
	}
	if (ret->sole.n) qsort(ret->sole.v, ret->sole.n, sizeof *ret->sole.v, most_first);
	ret->sole.n = size_min(ret->sole.n, (size_t)2 * SUPER_LIST);
	return ST_OK;
}
