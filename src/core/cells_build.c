// SPDX-License-Identifier: AGPL-3.0-or-later
// Writing day cells. A day's keys are sorted and folded when the next day begins; a month is folded from its days' blocks,
// a year from its months', so memory holds one day in keys and one year in blocks, whatever the length of the history.
#include "core/cells_impl.h"
#include "core/cells_sort.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CELL_BYTES_MAX 32 // three varints
#define OUT_BYTES ((size_t)1 << 20)
#define START_ROWS 256

typedef struct Bytes {
	unsigned char *p;
	size_t n, cap;
} Bytes;

typedef struct Level { // the blocks of a period in the making: days of a month, months of a year
	Bytes bytes;
	CellsEntry *entries; // offsets into bytes
	size_t n, cap;
	int32_t period; // the month or year
} Level;

typedef struct CellsWork {
	Arena *arena;
	int fd;
	uint64_t at; // where the file ends
	crypto_hash_sha256_state hash;
	Bytes out, block, group;
	Level level[CELLS_TIERS - 1];
	CellsEntry *entries;
	size_t entries_n, entries_cap;
	uint64_t *spare;
	CellsCount *counts, *counts_spare;
	size_t spare_cap, counts_cap, counts_spare_cap;
} CellsWork;

// Room for n things in all.
static Status room(CellsBuilder *b, void **p, size_t *cap, size_t n, size_t size)
{
	if (n <= *cap) return ST_OK;
	size_t more = size_max(size_max(*cap * 2, START_ROWS), n);
	void *bigger = arena_grow(b->work->arena, *p, *cap * size, more * size);
	if (!bigger) return fail(b->cx, ST_TOO_LARGE, "the cells do not fit in memory");
	*p = bigger;
	*cap = more;
	return ST_OK;
}
#define ROOM(b, v, cap, n)                                                                                             \
	do {                                                                                                               \
		void *p_ = (v);                                                                                                \
		TRY(room((b), &p_, &(cap), (n), sizeof *(v)));                                                                 \
		(v) = p_;                                                                                                      \
	} while (0)

static unsigned bits_of(uint32_t n) { return n ? 32 - (unsigned)__builtin_clz(n) : 1; }

Status cells_builder_new(Ctx *cx, Arena *a, const CellsShape *shape, int fd, CellsBuilder **ret_builder)
{
	CellsBuilder *b = ARENA_NEW(a, CellsBuilder, 1);
	*b = (CellsBuilder){.cx = cx,
						.shape = *shape,
						.member_bits = bits_of(shape->members_n),
						.area_bits = bits_of(shape->areas_n),
						.work = ARENA_NEW(a, CellsWork, 1)};
	BUG_IF(shape->metrics_n > CELLS_METRICS_MAX);
	if (2 * b->member_bits + b->area_bits > 64)
		return fail(cx, ST_TOO_LARGE, "%u members in %u areas are more than a cell can name", shape->members_n,
					shape->areas_n);
	*b->work = (CellsWork){.arena = a, .fd = fd};
	crypto_hash_sha256_init(&b->work->hash);
	CellsWork *w = b->work;
	ROOM(b, w->out.p, w->out.cap, OUT_BYTES);
	w->at = sizeof(CellsHeader); // written at the end
	if (lseek(fd, sizeof(CellsHeader), SEEK_SET) != sizeof(CellsHeader))
		return fail(cx, ST_IO, "the file of cells cannot be written");
	*ret_builder = b;
	return ST_OK;
}

Status cells_keys_grow(CellsBuilder *b, CellsKeys *k, bool counts)
{
	size_t cap = k->cap;
	if (k->n == k->cap) ROOM(b, k->v, k->cap, k->n + 1);
	if (!counts && !k->counts) return ST_OK;
	size_t had = k->counts ? cap : 0;
	int64_t *more = arena_grow(b->work->arena, k->counts, had * sizeof *more, k->cap * sizeof *more);
	if (!more) return fail(b->cx, ST_TOO_LARGE, "the cells do not fit in memory");
	for (size_t i = 0; !k->counts && i < k->n; i++) more[i] = 1;
	k->counts = more;
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
	Bytes *out = &b->work->out;
	size_t n = out->n;
	out->n = 0;
	return write_all(b, out->p, n);
}

static Status out_put(CellsBuilder *b, const void *p, size_t n)
{
	CellsWork *w = b->work;
	crypto_hash_sha256_update(&w->hash, p, n);
	w->at += n;
	if (w->out.n + n > w->out.cap) TRY(out_flush(b));
	if (n > w->out.cap) return write_all(b, p, n);
	memcpy(w->out.p + w->out.n, p, n);
	w->out.n += n;
	return ST_OK;
}

static Status out_align(CellsBuilder *b)
{
	static const unsigned char ZEROS[8];
	return out_put(b, ZEROS, (8 - b->work->at % 8) % 8);
}

// --- a block ------------------------------------------------------------------------------------------------------------

typedef struct Encoder {
	CellsBuilder *b;
	bool paired;
	uint64_t area, area_before, member, cells;
	CellsEntry entry;
	bool open;
} Encoder;

static Status group_end(Encoder *e)
{
	CellsWork *w = e->b->work;
	if (!e->open || !e->cells) return ST_OK;
	ROOM(e->b, w->block.p, w->block.cap, w->block.n + w->group.n + CELL_BYTES_MAX);
	unsigned char *p = w->block.p + w->block.n, *q = p;
	q += varint_put(q, e->area - e->area_before);
	q += varint_put(q, e->cells);
	q += varint_put(q, w->group.n);
	memcpy(q, w->group.p, w->group.n);
	w->block.n += (size_t)(q - p) + w->group.n;
	e->entry.cells += (uint32_t)e->cells;
	e->area_before = e->area;
	return ST_OK;
}

static Status cell_put(Encoder *e, uint64_t key, int64_t count)
{
	CellsBuilder *b = e->b;
	CellsWork *w = b->work;
	if (!count) return ST_OK;
	uint64_t mask = ((uint64_t)1 << b->member_bits) - 1, other = e->paired ? key & mask : 0;
	if (e->paired) key >>= b->member_bits;
	uint64_t area = key >> b->member_bits, member = key & mask;
	if (!e->open || area != e->area) {
		TRY(group_end(e));
		e->area = area, e->member = 0, e->cells = 0, e->open = true;
		w->group.n = 0;
	}
	ROOM(b, w->group.p, w->group.cap, w->group.n + CELL_BYTES_MAX);
	unsigned char *p = w->group.p + w->group.n, *q = p;
	q += varint_put(q, (member - e->member) << 1 | (count != 1));
	if (count != 1) q += varint_put(q, zigzag(count));
	if (e->paired) q += varint_put(q, other);
	w->group.n += (size_t)(q - p);
	e->member = member;
	e->cells++;
	CellsEntry *entry = &e->entry;
	if (!entry->member_max || member < entry->member_min) entry->member_min = (uint32_t)member;
	if (member > entry->member_max) entry->member_max = (uint32_t)member;
	return ST_OK;
}

// The block is in work->block: to the file, the directory, and to the level above that it will be folded into.
static Status block_end(Encoder *e)
{
	CellsBuilder *b = e->b;
	CellsWork *w = b->work;
	TRY(group_end(e));
	if (!w->block.n) return ST_OK;
	if (w->block.n > UINT32_MAX) return fail(b->cx, ST_TOO_LARGE, "a block of cells is longer than 4 GiB");
	e->entry.bytes = (uint32_t)w->block.n;
	e->entry.offset = w->at;
	ROOM(b, w->entries, w->entries_cap, w->entries_n + 1);
	w->entries[w->entries_n++] = e->entry;
	if (e->entry.tier < CELLS_YEAR) {
		Level *l = &w->level[e->entry.tier];
		ROOM(b, l->bytes.p, l->bytes.cap, l->bytes.n + w->block.n);
		ROOM(b, l->entries, l->cap, l->n + 1);
		l->entries[l->n] = e->entry;
		l->entries[l->n++].offset = l->bytes.n;
		memcpy(l->bytes.p + l->bytes.n, w->block.p, w->block.n);
		l->bytes.n += w->block.n;
	}
	return out_put(b, w->block.p, w->block.n);
}

static Encoder encoder(CellsBuilder *b, CellsTier tier, int32_t period, uint32_t metric)
{
	b->work->block.n = b->work->group.n = 0;
	return (Encoder){.b = b,
					 .paired = b->shape.paired >> metric & 1,
					 .entry = {.tier = (uint16_t)tier, .period = period, .metric = (uint16_t)metric}};
}

static unsigned key_bits(const CellsBuilder *b, uint32_t metric)
{
	return b->area_bits + b->member_bits * (b->shape.paired >> metric & 1 ? 2 : 1);
}

static Status encode_counts(CellsBuilder *b, Encoder *e, CellsCount *v, size_t n)
{
	CellsWork *w = b->work;
	ROOM(b, w->counts_spare, w->counts_spare_cap, n);
	v = cells_sort_counts(v, w->counts_spare, n, key_bits(b, e->entry.metric));
	for (size_t i = 0; i < n;) {
		int64_t sum = 0;
		size_t k = i;
		for (; k < n && v[k].key == v[i].key; k++) sum += v[k].n;
		TRY(cell_put(e, v[i].key, sum));
		i = k;
	}
	return block_end(e);
}

static Status encode_day(CellsBuilder *b, uint32_t metric)
{
	CellsWork *w = b->work;
	CellsKeys *k = &b->keys[metric];
	size_t n = k->n;
	if (!n) return ST_OK;
	k->n = 0;
	Encoder e = encoder(b, CELLS_DAY, b->day, metric);
	if (k->counts) {
		ROOM(b, w->counts, w->counts_cap, n);
		for (size_t i = 0; i < n; i++) w->counts[i] = (CellsCount){k->v[i], k->counts[i]};
		return encode_counts(b, &e, w->counts, n);
	}
	ROOM(b, w->spare, w->spare_cap, n);
	const uint64_t *v = cells_sort_keys(k->v, w->spare, n, key_bits(b, metric));
	for (size_t i = 0; i < n;) {
		size_t same = i + 1;
		while (same < n && v[same] == v[i]) same++;
		TRY(cell_put(&e, v[i], (int64_t)(same - i)));
		i = same;
	}
	return block_end(&e);
}

// Everywhere alone is folded: an area's blocks of days are small and quickly skipped.
// --- months from days, years from months --------------------------------------------------------------------------------

// Cells of the block's first area, if that is everywhere; ret may be NULL to count them.
static size_t decode(const CellsBuilder *b, const unsigned char *p, const unsigned char *end, bool paired,
					 CellsCount *ret)
{
	uint64_t area = varint_get(&p, end), cells = varint_get(&p, end), member = 0;
	if (area) return 0;
	varint_get(&p, end);
	for (size_t i = 0; ret && i < cells; i++) {
		uint64_t v = varint_get(&p, end);
		member += v >> 1;
		int64_t count = v & 1 ? zigzag_get(&p, end) : 1;
		ret[i] = (CellsCount){paired ? member << b->member_bits | varint_get(&p, end) : member, count};
	}
	return (size_t)cells;
}

static Status fold(CellsBuilder *b, CellsTier from)
{
	CellsWork *w = b->work;
	Level *l = &w->level[from];
	for (uint32_t m = 0; m < b->shape.metrics_n; m++) {
		size_t n = 0, at = 0;
		for (int pass = 0; pass < 2; pass++) {
			if (pass) ROOM(b, w->counts, w->counts_cap, n);
			for (size_t i = 0; i < l->n; i++) {
				const CellsEntry *e = &l->entries[i];
				const unsigned char *p = l->bytes.p + e->offset, *end = p + e->bytes;
				if (e->metric != m) continue;
				if (pass) at += decode(b, p, end, b->shape.paired >> m & 1, w->counts + at);
				else n += decode(b, p, end, false, NULL);
			}
		}
		if (!n) continue;
		BUG_IF(at != n);
		Encoder e = encoder(b, from + 1, l->period, m);
		TRY(encode_counts(b, &e, w->counts, n));
	}
	l->n = l->bytes.n = 0;
	return ST_OK;
}

static Status end_periods(CellsBuilder *b, int32_t month)
{
	Level *months = &b->work->level[CELLS_DAY], *years = &b->work->level[CELLS_MONTH];
	if (months->period != month) {
		years->period = months->period / 12;
		TRY(fold(b, CELLS_DAY));
		if (years->period != month / 12) TRY(fold(b, CELLS_MONTH));
	}
	months->period = month;
	return ST_OK;
}

Status cells_flush_day(CellsBuilder *b, int32_t day)
{
	if (b->begun && day < b->day) return fail(b->cx, ST_INVALID, "cells of day %d after those of %d", day, b->day);
	if (!b->begun) b->work->level[CELLS_DAY].period = cells_month_of(day);
	for (uint32_t m = 0; b->begun && m < b->shape.metrics_n; m++) TRY(encode_day(b, m));
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
	TRY(out_put(b, ZEROS, (4 - b->work->at % 4) % 4));
	TRY(out_put(b, &end, sizeof end));
	for (uint32_t i = 0; i < n; i++) {
		end += (uint32_t)about->areas[i].n;
		TRY(out_put(b, &end, sizeof end));
	}
	for (uint32_t i = 0; i < n; i++) TRY(out_put(b, about->areas[i].p, about->areas[i].n));
	return ST_OK;
}

Status cells_builder_finish(CellsBuilder *b, const CellsAbout *about)
{
	CellsWork *w = b->work;
	if (b->begun) {
		for (uint32_t m = 0; m < b->shape.metrics_n; m++) TRY(encode_day(b, m));
		w->level[CELLS_MONTH].period = w->level[CELLS_DAY].period / 12;
		TRY(fold(b, CELLS_DAY));
		TRY(fold(b, CELLS_MONTH));
	}
	TRY(out_align(b));
	CellsHeader h = {.magic = CELLS_MAGIC, .entries_at = w->at, .entries_n = w->entries_n, .shape = b->shape};
	memcpy(h.stamp, about->stamp, sizeof h.stamp);
	if (w->entries_n) qsort(w->entries, w->entries_n, sizeof *w->entries, by_place);
	if (w->entries_n) TRY(out_put(b, w->entries, w->entries_n * sizeof *w->entries));
	if (b->shape.members_n) TRY(out_put(b, about->ids, b->shape.members_n * sizeof *about->ids));
	if (b->shape.members_n) TRY(out_put(b, about->traits, b->shape.members_n));
	TRY(put_names(b, about));
	h.bytes = w->at + CELLS_HASH_BYTES;
	unsigned char hash[CELLS_HASH_BYTES];
	crypto_hash_sha256_update(&w->hash, (const unsigned char *)&h, sizeof h);
	crypto_hash_sha256_final(&w->hash, hash);
	TRY(out_flush(b));
	TRY(write_all(b, hash, sizeof hash));
	if (pwrite(w->fd, &h, sizeof h, 0) != sizeof h || fsync(w->fd) != 0)
		return fail(b->cx, ST_IO, "the file of cells cannot be written");
	return ST_OK;
}
