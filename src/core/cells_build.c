// SPDX-License-Identifier: AGPL-3.0-or-later
// Writing day cells. A day's rows become blocks when the next day begins; a month is folded from its days' blocks, a year from
// its months', so memory holds one day in rows and one year in blocks, whatever the length of the history.
#include "core/cells_work.h"

#include <stdlib.h>
#include <unistd.h>

#define OUT_BYTES ((size_t)1 << 20)
#define DIRECT_BYTES ((size_t)1 << 17) // from here on a copy costs more than a call
#define START_ROWS 256

// What is new is not zeroed.
Status cells_room(CellsBuilder *b, void **p, size_t *cap, size_t n, size_t size)
{
	size_t more = size_max(size_max(*cap * 2, START_ROWS), n);
	void *bigger = arena_grow_raw(b->work->arena, *p, *cap * size, more * size);
	if (!bigger) return fail(b->cx, ST_TOO_LARGE, "the cells do not fit in memory");
	*p = bigger;
	*cap = more;
	return ST_OK;
}
static unsigned bits_of(uint32_t n) { return n ? 32 - (unsigned)__builtin_clz(n) : 1; }

// Sets as cells_block.c deals rows out by them.
static void quad_put(CellsBuilder *b, const uint32_t *set, CellsQuad *q)
{
	uint32_t none = b->shape.areas_n + 1, left = set[0];
	for (const uint32_t *area = set + 1;; q++) {
		bool more = left > COUNTOF(q->area);
		uint32_t n = more ? COUNTOF(q->area) - 1 : left;
		for (uint32_t i = 0; i < COUNTOF(q->area); i++) q->area[i] = i < n ? area[i] : none + i;
		if (!more) return;
		q->area[COUNTOF(q->area) - 1] = none + COUNTOF(q->area);
		area += n;
		left -= n;
	}
}

static Status quads_new(CellsBuilder *b, const CellsSets *sets)
{
	CellsWork *w = b->work;
	size_t slots = sets->n / 2 + 2;
	w->quads = arena_try_alloc(w->arena, slots * sizeof *w->quads, 16);
	w->sets_count = arena_try_alloc(w->arena, slots * sizeof *w->sets_count, _Alignof(uint32_t));
	w->sets_n = (uint32_t)slots;
	if (!w->quads || !w->sets_count) return fail(b->cx, ST_TOO_LARGE, "the sets of areas do not fit in memory");
	quad_put(b, &(uint32_t){0}, w->quads);
	for (size_t at = 1; at < sets->n; at += sets->v[at] + 1) quad_put(b, sets->v + at, w->quads + (at + 1) / 2);
	return ST_OK;
}

Status cells_builder_new(Ctx *cx, Arena *a, const CellsShape *shape, const CellsSets *sets, int fd,
						 CellsBuilder **ret_builder)
{
	CellsBuilder *b = ARENA_NEW(a, CellsBuilder, 1);
	*b = (CellsBuilder){.cx = cx,
						.shape = *shape,
						.member_bits = bits_of(shape->members_n),
						.chunks = (shape->members_n >> CELLS_CHUNK_BITS) + 1,
						.work = ARENA_NEW(a, CellsWork, 1)};
	BUG_IF(shape->metrics_n > CELLS_METRICS_MAX);
	CellsWork *w = b->work;
	w->arena = a;
	w->fd = fd;
	w->mark = cells_mark_init();
	size_t areas = (size_t)shape->areas_n + CELLS_NO_AREAS + 1;
	w->areas_n = areas;
	w->count = arena_try_alloc(a, areas * sizeof *w->count, _Alignof(uint32_t));
	w->ends = arena_try_alloc(a, areas * sizeof *w->ends, _Alignof(uint32_t));
	w->areas = arena_try_alloc(a, (areas / 64 + 1) * sizeof *w->areas, _Alignof(uint64_t));
	w->touched = arena_try_alloc(a, areas * sizeof *w->touched, _Alignof(uint32_t));
	w->chunk = arena_try_alloc(a, b->chunks * sizeof *w->chunk, _Alignof(uint32_t));
	w->all_cuts = arena_try_alloc(a, (b->chunks + 1) * sizeof *w->all_cuts, _Alignof(uint32_t));
	w->few = arena_try_alloc(a, (LONG_LEAST_MAX + 1) * sizeof *w->few, _Alignof(uint32_t));
	b->keys = arena_try_alloc(a, (size_t)shape->metrics_n * b->chunks * sizeof *b->keys, _Alignof(CellsKeys));
	if (!w->count || !w->ends || !w->areas || !w->touched || !w->few)
		return fail(cx, ST_TOO_LARGE, "%u areas do not fit in memory", shape->areas_n);
	if (!w->chunk || !w->all_cuts || !b->keys)
		return fail(cx, ST_TOO_LARGE, "%u members do not fit in memory", shape->members_n);
	TRY(quads_new(b, sets));
	ROOM(b, w->out.p, w->out.cap, OUT_BYTES);
	w->at = sizeof(CellsHeader); // written at the end
	if (lseek(fd, sizeof(CellsHeader), SEEK_SET) != sizeof(CellsHeader))
		return fail(cx, ST_IO, "the file of cells cannot be written");
	*ret_builder = b;
	return ST_OK;
}

Status cells_keys_grow(CellsBuilder *b, CellsKeys *k)
{
	ROOM(b, k->v, k->cap, k->n + 1);
	return ST_OK;
}

Status cells_wides_grow(CellsBuilder *b, CellsWides *k)
{
	ROOM(b, k->v, k->cap, k->n + 1);
	return ST_OK;
}

static Status write_all(CellsBuilder *b, const unsigned char *p, size_t n)
{
	for (size_t at = 0; at < n;) {
		ssize_t done = write(b->work->fd, p + at, n - at);
		if (done <= 0) return fail(b->cx, ST_IO, "the file of cells cannot be written");
		at += (size_t)done;
	}
	return ST_OK;
}

static Status out_flush(CellsBuilder *b)
{
	CellsBytes *out = &b->work->out;
	size_t n = out->n;
	out->n = 0;
	return write_all(b, out->p, n);
}

Status cells_put(CellsBuilder *b, const void *p, size_t n)
{
	CellsWork *w = b->work;
	cells_mark_update(&w->mark, p, n);
	w->at += n;
	if (w->out.n + n > w->out.cap || n > DIRECT_BYTES) TRY(out_flush(b));
	if (n > DIRECT_BYTES) return write_all(b, p, n);
	memcpy(w->out.p + w->out.n, p, n);
	w->out.n += n;
	return ST_OK;
}

static Status out_align(CellsBuilder *b)
{
	static const unsigned char ZEROS[8];
	return cells_put(b, ZEROS, (8 - b->work->at % 8) % 8);
}

static Status end_periods(CellsBuilder *b, int32_t month)
{
	CellsLevel *months = &b->work->level[CELLS_DAY], *years = &b->work->level[CELLS_MONTH];
	if (months->period != month) {
		years->period = months->period / 12;
		TRY(cells_fold(b, CELLS_DAY));
		if (years->period != month / 12) TRY(cells_fold(b, CELLS_MONTH));
	}
	months->period = month;
	return ST_OK;
}

Status cells_flush_day(CellsBuilder *b, int32_t day)
{
	if (b->begun && day == b->day) return ST_OK;
	if (b->begun && day < b->day) return fail(b->cx, ST_INVALID, "cells of day %d after those of %d", day, b->day);
	if (!b->begun) b->work->level[CELLS_DAY].period = cells_month_of(day);
	for (uint32_t m = 0; b->begun && m < b->shape.metrics_n; m++) TRY(cells_encode_day(b, m));
	TRY(end_periods(b, cells_month_of(day)));
	b->begun = true;
	b->day = day;
	return ST_OK;
}

// --- the end of the file ------------------------------------------------------------------------------------------------

static int by_place(const void *x, const void *y)
{
	const CellsEntry *a = x, *b = y;
	if (a->tier != b->tier) return a->tier < b->tier ? -1 : 1;
	if (a->metric != b->metric) return a->metric < b->metric ? -1 : 1;
	return (a->period > b->period) - (a->period < b->period);
}

static Status put_names(CellsBuilder *b, const CellsAbout *about)
{
	uint32_t end = 0, n = b->shape.areas_n;
	static const unsigned char ZEROS[4];
	TRY(cells_put(b, ZEROS, (4 - b->work->at % 4) % 4));
	TRY(cells_put(b, &end, sizeof end));
	for (uint32_t i = 0; i < n; i++) {
		end += (uint32_t)about->areas[i].n;
		TRY(cells_put(b, &end, sizeof end));
	}
	for (uint32_t i = 0; i < n; i++) TRY(cells_put(b, about->areas[i].p, about->areas[i].n));
	return ST_OK;
}

Status cells_builder_again(CellsBuilder *b)
{
	CellsWork *w = b->work;
	if (!b->begun) return ST_OK;
	for (uint32_t m = 0; m < b->shape.metrics_n; m++) TRY(cells_encode_day(b, m));
	w->level[CELLS_MONTH].period = w->level[CELLS_DAY].period / 12;
	TRY(cells_fold(b, CELLS_DAY));
	TRY(cells_fold(b, CELLS_MONTH));
	b->begun = false;
	return ST_OK;
}

Status cells_builder_finish(CellsBuilder *b, const CellsAbout *about)
{
	CellsWork *w = b->work;
	TRY(cells_builder_again(b));
	TRY(out_align(b));
	CellsHeader h = {.magic = CELLS_MAGIC, .entries_at = w->at, .entries_n = w->entries_n, .shape = b->shape};
	memcpy(h.stamp, about->stamp, sizeof h.stamp);
	if (w->entries_n) qsort(w->entries, w->entries_n, sizeof *w->entries, by_place);
	if (w->entries_n) TRY(cells_put(b, w->entries, w->entries_n * sizeof *w->entries));
	if (b->shape.members_n) TRY(cells_put(b, about->ids, b->shape.members_n * sizeof *about->ids));
	if (b->shape.members_n) TRY(cells_put(b, about->traits, b->shape.members_n));
	TRY(put_names(b, about));
	h.bytes = w->at + CELLS_MARK_BYTES;
	unsigned char mark[CELLS_MARK_BYTES];
	cells_mark_update(&w->mark, &h, sizeof h);
	cells_mark_final(&w->mark, mark);
	TRY(out_flush(b));
	TRY(write_all(b, mark, sizeof mark));
	if (pwrite(w->fd, &h, sizeof h, 0) != sizeof h || fsync(w->fd) != 0)
		return fail(b->cx, ST_IO, "the file of cells cannot be written");
	return ST_OK;
}
