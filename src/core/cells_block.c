// SPDX-License-Identifier: AGPL-3.0-or-later
// A block: a metric's rows of a day, sorted once by member, then dealt out: each area of a row's set gets its member, in a place of
// its own where the members' order is kept, and there they become cells.
#include "core/cells_work.h"

Block cells_block_begin(CellsBuilder *b, CellsTier tier, int32_t period, uint32_t metric)
{
	b->work->block.n = 0;
	return (Block){.b = b, .entry = {.tier = (uint16_t)tier, .period = period, .metric = (uint16_t)metric}};
}

Status cells_block_end(Block *k)
{
	CellsBuilder *b = k->b;
	CellsWork *w = b->work;
	if (!w->block.n) return ST_OK;
	if (w->block.n > UINT32_MAX) return fail(b->cx, ST_TOO_LARGE, "a block of cells is longer than 4 GiB");
	k->entry.bytes = (uint32_t)w->block.n;
	k->entry.offset = w->at;
	ROOM(b, w->entries, w->entries_cap, w->entries_n + 1);
	w->entries[w->entries_n++] = k->entry;
	return cells_put(b, w->block.p, w->block.n);
}

// --- a group --------------------------------------------------------------------------------------------------------------

// How long two numbers of a group's head are: left open for what it may have, and closed up if it is small.
static inline size_t head_width(size_t bytes) { return bytes < 64 ? 1 : bytes < 8192 ? 2 : 4; }

static inline void put_fixed(unsigned char *p, uint64_t v, size_t width)
{
	for (; width > 1; width--, v >>= 7) *p++ = (unsigned char)(v | 128);
	*p = (unsigned char)v;
}

Status cells_group_begin(Block *k, uint32_t area, size_t bytes_most, unsigned char **ret_p)
{
	CellsWork *w = k->b->work;
	ROOM(k->b, w->block.p, w->block.cap, w->block.n + bytes_most + HEAD_BYTES_MAX + SLACK_BYTES);
	k->head = varint_near(w->block.p + w->block.n, area - k->area_before);
	*ret_p = k->head + 2 * head_width(bytes_most);
	return ST_OK;
}

// Everywhere's cells go into the level above as well, which they will be folded into.
static Status keep_for_fold(Block *k, const CellsDone *g, const unsigned char *p, size_t bytes)
{
	CellsBuilder *b = k->b;
	k->entry.member_min = g->first;
	k->entry.member_max = g->last;
	if (k->entry.tier == CELLS_YEAR) return ST_OK;
	CellsLevel *l = &b->work->level[k->entry.tier];
	ROOM(b, l->bytes.p, l->bytes.cap, l->bytes.n + bytes + SLACK_BYTES);
	ROOM(b, l->groups, l->cap, l->n + 1);
	l->groups[l->n++] = (CellsGroup){l->bytes.n, bytes, g->cells, k->entry.metric, g->is_long};
	memcpy(l->bytes.p + l->bytes.n, p, bytes);
	l->bytes.n += bytes;
	return ST_OK;
}

Status cells_group_end(Block *k, const CellsDone *g)
{
	CellsWork *w = k->b->work;
	if (!g->cells) return ST_OK;
	unsigned char *head = k->head;
	size_t bytes = (size_t)(g->end - g->p), width = (size_t)(g->p - head) / 2;
	if (g->cells >= CELLS_LONG_CELLS_MAX || bytes >= 2 * (size_t)CELLS_LONG_CELLS_MAX)
		return fail(k->b->cx, ST_TOO_LARGE, "too many cells of one day, month or year");
	if (g->cells == 1 && !g->is_long) { // it says itself how long it is
		*head = 2;
		memmove(head + 1, g->p, bytes);
		w->block.n = (size_t)(head + 1 - w->block.p) + bytes;
	} else {
		size_t needs = bytes < 128 && g->cells < 64 ? 1 : width;
		put_fixed(head, (uint64_t)g->cells << 1 | g->is_long, needs);
		put_fixed(head + needs, bytes, needs);
		if (needs < width) memmove(head + 2 * needs, g->p, bytes);
		w->block.n = (size_t)(head + 2 * needs - w->block.p) + bytes;
	}
	k->area_before = g->area;
	k->entry.cells += g->cells;
	return g->area ? ST_OK : keep_for_fold(k, g, w->block.p + w->block.n - bytes, bytes);
}

static Status out_begin(CellsBuilder *b, size_t odd_most, CellsOut *ret)
{
	CellsWork *w = b->work;
	ROOM(b, w->odd, w->odd_cap, odd_most);
	*ret = (CellsOut){.chunk = w->chunk, .odd = w->odd};
	return ST_OK;
}

static unsigned char *out_end(CellsOut *o)
{
	unsigned char *p = o->lows + 2 * (size_t)o->cells;
	for (uint32_t c = 0, n = 0; n < o->cells; n += o->chunk[c++]) p = varint_near(p, o->chunk[c]);
	for (uint32_t i = 0, last = 0; i < o->odd_n; last = o->odd[i++].at) {
		p = varint_near(p, o->odd[i].at - last);
		p = varint_near(p, zigzag(o->odd[i].n));
	}
	return p;
}

// The same as cells_group_begin and cells_group_end for an area's few cells, so short that one byte says how long they are.
#define SHORT_BYTES 63
static inline Status short_begin(Block *k, CellsDone *g)
{
	CellsWork *w = k->b->work;
	ROOM(k->b, w->block.p, w->block.cap, w->block.n + SHORT_BYTES + HEAD_BYTES_MAX + SLACK_BYTES);
	k->head = varint_near(w->block.p + w->block.n, g->area - k->area_before);
	g->p = k->head + 2;
	return ST_OK;
}

static inline void short_end(Block *k, const CellsDone *g)
{
	unsigned char *head = k->head, *end = g->end;
	if (!g->cells) return;
	head[0] = (unsigned char)(g->cells << 1);
	head[1] = (unsigned char)(end - g->p);
	if (g->cells == 1) { // it says itself how long it is
		memmove(head + 1, g->p, SLACK_BYTES);
		end--;
	}
	k->b->work->block.n = (size_t)(end - k->b->work->block.p);
	k->area_before = g->area;
	k->entry.cells += g->cells;
}

// An area's only row, the commonest of a small community.
static inline Status put_single(Block *k, uint32_t area, const CellsCount *v, bool paired)
{
	CellsWork *w = k->b->work;
	ROOM(k->b, w->block.p, w->block.cap, w->block.n + HEAD_BYTES_MAX + WIDE_BYTES_MAX + SLACK_BYTES);
	unsigned char *p = varint_near(w->block.p + w->block.n, area - k->area_before);
	*p++ = 2; // a cell, in the short form
	p = cell_put(p, 0, (uint32_t)(v->key >> 32), v->n);
	if (paired) p = varint_near(p, (uint32_t)v->key);
	w->block.n = (size_t)(p - w->block.p);
	k->area_before = area;
	k->entry.cells++;
	return ST_OK;
}

// --- sets of areas --------------------------------------------------------------------------------------------------------

// Sets are kept four areas at a time, filled up with a number that is no area's, so that dealing out takes the same steps for
// all but long ones. A place of a set and the next are two apart at least: half the place tells its first four.

#define MORE_OF(b) ((b)->shape.areas_n + CELLS_NO_AREAS)

static inline uint32_t slot_of(uint32_t set) { return (set + 1) / 2; }

static inline void count_area(uint32_t *count, uint64_t *areas, uint32_t area, uint32_t rows)
{
	count[area] += rows;
	areas[area / 64] |= (uint64_t)1 << area % 64;
}

// Rows more in each area of a set.
static inline void count_areas(CellsBuilder *b, uint32_t slot, uint32_t rows)
{
	const CellsWork *w = b->work;
	uint32_t *restrict count = w->count;
	uint64_t *restrict areas = w->areas;
	for (const CellsQuad *q = &w->quads[slot];; q++) {
		count_area(count, areas, q->area[0], rows);
		count_area(count, areas, q->area[1], rows);
		count_area(count, areas, q->area[2], rows);
		count_area(count, areas, q->area[3], rows);
		if (__builtin_expect(q->area[3] != MORE_OF(b), 1)) return;
	}
}

static void count_set(CellsBuilder *b, uint32_t slot)
{
	uint32_t rows = b->work->sets_count[slot];
	if (!rows) return;
	b->work->sets_count[slot] = 0;
	count_areas(b, slot, rows);
}

// Gives each area that has rows its place among what will be spread, in order, behind so many of everywhere's.
static Status places(CellsBuilder *b, size_t everywhere, size_t *ret_end)
{
	CellsWork *w = b->work;
	size_t end = everywhere;
	w->touched_n = 0;
	for (uint32_t word = 0; word <= MORE_OF(b) / 64; word++) {
		for (uint64_t bits = w->areas[word]; bits; bits &= bits - 1) {
			uint32_t area = word * 64 + (uint32_t)__builtin_ctzll(bits);
			w->touched[w->touched_n++] = area;
			w->ends[area] = (uint32_t)end;
			end += w->count[area];
		}
		w->areas[word] = 0;
	}
	if (end > UINT32_MAX) return fail(b->cx, ST_TOO_LARGE, "more cells on one day than can be counted");
	*ret_end = end;
	return ST_OK;
}

// --- rows that are a member and count 1 -----------------------------------------------------------------------------------

#define FEW 24 // below this, sorting by insertion is faster than counting digits

static void sort_few(CellsWork *w, CellsKeys *k)
{
	uint64_t *v = k->v;
	for (size_t i = 0; i < k->n; i++) {
		uint64_t x = v[i];
		size_t at = i;
		for (; at && v[at - 1] >> 32 > x >> 32; at--) v[at] = v[at - 1];
		v[at] = x;
		w->sets_count[slot_of((uint32_t)x)]++;
	}
}

// By member, and how many there are of each set. Two passes, so that they end where they were.
static void sort_keys(CellsWork *w, CellsKeys *k, unsigned bits)
{
	const unsigned low = 32, high = low + (bits + 1) / 2, above = bits / 2;
	const uint64_t mask_low = ((uint64_t)1 << (high - low)) - 1, mask_high = ((uint64_t)1 << above) - 1;
	uint32_t by_low[1 << CELLS_CHUNK_BITS / 2] = {0}, by_high[1 << CELLS_CHUNK_BITS / 2] = {0}, *count = w->sets_count;
	uint64_t *v = k->v, *spare = w->spare;
	const size_t n = k->n;
	for (size_t i = 0; i < n; i++) {
		by_low[v[i] >> low & mask_low]++;
		by_high[v[i] >> high & mask_high]++;
		count[slot_of((uint32_t)v[i])]++;
	}
	for (uint32_t i = 0, sum = 0, all = 0; i <= mask_low; i++) {
		uint32_t here = by_low[i], there = by_high[i & mask_high];
		by_low[i] = sum;
		sum += here;
		if (i > mask_high) continue;
		by_high[i] = all;
		all += there;
	}
	for (size_t i = 0; i < n; i++) spare[by_low[v[i] >> low & mask_low]++] = v[i];
	for (size_t i = 0; i < n; i++) v[by_high[spare[i] >> high & mask_high]++] = spare[i];
}

// A row to each area of a set. One text for all kinds of rows.
#define SPREAD(quads, slot, more, to, at, row)                                                                         \
	for (const CellsQuad *q = &(quads)[slot];; q++) {                                                                  \
		(to)[(at)[q->area[0]]++] = (row);                                                                              \
		(to)[(at)[q->area[1]]++] = (row);                                                                              \
		(to)[(at)[q->area[2]]++] = (row);                                                                              \
		(to)[(at)[q->area[3]]++] = (row);                                                                              \
		if (__builtin_expect(q->area[3] != (more), 1)) break;                                                          \
	}

// Deals few rows out: to each area its members.
static Status spread_few(CellsBuilder *b, const CellsKeys *keys, size_t end)
{
	CellsWork *w = b->work;
	uint32_t *restrict at = w->ends, *restrict to, all = 0;
	uint16_t *restrict lows = w->lows;
	const CellsQuad *quads = w->quads;
	const uint32_t more = MORE_OF(b);
	ROOM(b, w->spread, w->spread_cap, end + 1);
	to = w->spread;
	to[end] = 0;
	for (uint32_t c = 0; c < b->chunks; c++) {
		const uint64_t *v = keys[c].v;
		for (size_t i = 0, n = keys[c].n; i < n; i++) {
			uint32_t member = (uint32_t)(v[i] >> 32);
			lows[all++] = (uint16_t)member;
			SPREAD(quads, slot_of((uint32_t)v[i]), more, to, at, member);
		}
		w->all_cuts[c + 1] = all;
	}
	return ST_OK;
}

// Deals many rows out, chunk by chunk: to each area the members' numbers in their chunk, and where every chunk ends.
static void spread_many(CellsBuilder *b, const CellsKeys *keys)
{
	CellsWork *w = b->work;
	uint32_t *restrict at = w->ends, all = 0;
	uint16_t *restrict to = w->lows;
	const CellsQuad *quads = w->quads;
	const uint32_t more = MORE_OF(b);
	memcpy(w->cuts, at, w->areas_n * sizeof *at);
	for (uint32_t c = 0; c < b->chunks; c++) {
		const uint64_t *v = keys[c].v;
		for (size_t i = 0, n = keys[c].n; i < n; i++) {
			uint16_t low = (uint16_t)(v[i] >> 32);
			to[all++] = low;
			SPREAD(quads, slot_of((uint32_t)v[i]), more, to, at, low);
		}
		w->all_cuts[c + 1] = all;
		memcpy(w->cuts + (c + 1) * w->areas_n, at, w->areas_n * sizeof *at);
	}
}

// Each row is written as if its member had no more; if there are more, the next is written over it. No branch depends on how
// many a member has, which nobody can foresee either. One row behind the last is read.
static inline void put_short(CellsDone *g, const uint32_t *members, size_t n)
{
	uint32_t last = 0, cells = 0, rows = 1;
	unsigned char *p = g->p;
	for (size_t i = 0; i < n; i++) {
		uint32_t member = members[i];
		bool ends = (i + 1 == n) | (members[i + 1] != member), many = rows > 1;
		unsigned char *q = varint_near(p, (uint64_t)(member - last) << 1 | many);
		*q = (unsigned char)(rows << 1); // zigzag
		q += many;
		if (__builtin_expect(rows >= 64, 0)) q = varint_near(q - 1, zigzag(rows));
		p = ends ? q : p;
		last = ends ? member : last;
		rows = ends ? 1 : rows + 1;
		cells += ends;
	}
	g->end = p;
	g->cells = cells;
}

#define VECTOR 8
typedef uint16_t Lows __attribute__((vector_size(2 * VECTOR)));
typedef uint64_t LowsWide __attribute__((vector_size(2 * VECTOR)));

// Are the next rows all of others than the row behind them?
static inline bool all_differ(const uint16_t *v, Lows *ret)
{
	Lows next;
	memcpy(ret, v, sizeof next);
	memcpy(&next, v + 1, sizeof next);
	LowsWide same = (LowsWide)(*ret == next);
	return !(same[0] | same[1]);
}

// A chunk's rows: most members have one, and several such cells are copied at once.
static void put_chunk(CellsOut *o, const uint16_t *v, size_t n)
{
	uint32_t rows = 1, before = o->cells, cells = before, odd = o->odd_n;
	unsigned char *lows = o->lows;
	Lows some;
	for (size_t i = 0; i < n;) {
		if (rows == 1 && i + VECTOR < n && all_differ(v + i, &some)) {
			memcpy(lows + 2 * (size_t)cells, &some, sizeof some);
			cells += VECTOR;
			i += VECTOR;
			continue;
		}
		for (size_t stop = size_min(i + VECTOR, n); i < stop; i++) {
			bool ends = (i + 1 == n) | (v[i + 1] != v[i]);
			memcpy(lows + 2 * (size_t)cells, &v[i], sizeof v[i]);
			o->odd[odd] = (CellsOdd){cells, rows};
			odd += ends & (rows > 1);
			cells += ends;
			rows = ends ? 1 : rows + 1;
		}
	}
	o->cells = cells;
	o->odd_n = odd;
	o->chunk[o->chunks++] = cells - before;
}

// An area's rows, of which chunk c has lows[cuts[c * step] .. cuts[(c + 1) * step]).
typedef struct Cut {
	uint32_t area;
	const uint32_t *cuts;
	size_t step, n;
} Cut;

static Status put_long(Block *k, const Cut *cut, CellsDone *g)
{
	CellsBuilder *b = k->b;
	CellsOut out;
	TRY(out_begin(b, cut->n / 2 + 1, &out));
	out.lows = g->p;
	for (uint32_t c = 0; c < b->chunks; c++) {
		uint32_t from = cut->cuts[c * cut->step], to = cut->cuts[(c + 1) * cut->step];
		put_chunk(&out, b->work->lows + from, to - from);
	}
	g->end = out_end(&out);
	g->cells = out.cells;
	return ST_OK;
}

static Status put_cut(Block *k, const Cut *cut)
{
	CellsBuilder *b = k->b;
	CellsWork *w = b->work;
	CellsDone g = {.area = cut->area, .is_long = cut->n >= cells_long_least(b)};
	TRY(cells_group_begin(k, g.area, cut->n * ROW_BYTES_MAX + (g.is_long ? b->chunks * CHUNK_BYTES_MAX : 0), &g.p));
	if (g.is_long) TRY(put_long(k, cut, &g));
	else {
		size_t n = 0;
		for (uint32_t c = 0; c < b->chunks; c++)
			for (uint32_t i = cut->cuts[c * cut->step], to = cut->cuts[(c + 1) * cut->step]; i < to; i++)
				w->few[n++] = c << CELLS_CHUNK_BITS | w->lows[i];
		put_short(&g, w->few, n);
	}
	return cells_group_end(k, &g);
}

static Status put_everywhere(Block *k, const CellsKeys *keys, size_t n)
{
	uint32_t first = 0, last = k->b->chunks - 1;
	TRY(put_cut(k, &(Cut){.cuts = k->b->work->all_cuts, .step = 1, .n = n}));
	while (!keys[first].n) first++;
	while (!keys[last].n) last--;
	k->entry.member_min = (uint32_t)(keys[first].v[0] >> 32);
	k->entry.member_max = (uint32_t)(keys[last].v[keys[last].n - 1] >> 32);
	return ST_OK;
}

static Status put_few(Block *k, uint32_t area, const uint32_t *members, size_t n)
{
	CellsDone g = {.area = area};
	if (n == 1) return put_single(k, area, &(CellsCount){(uint64_t)members[0] << 32, 1}, false);
	if (n > SHORT_BYTES / ROW_BYTES_MAX) {
		TRY(cells_group_begin(k, area, n * ROW_BYTES_MAX, &g.p));
		put_short(&g, members, n);
		return cells_group_end(k, &g);
	}
	TRY(short_begin(k, &g));
	put_short(&g, members, n);
	short_end(k, &g);
	return ST_OK;
}

// Each area of `touched`, whose rows lie one behind the other.
static Status put_areas(Block *k, bool many)
{
	CellsWork *w = k->b->work;
	const uint32_t *members = w->spread;
	for (size_t i = 0; i < w->touched_n; i++) {
		uint32_t area = w->touched[i], rows = w->count[area];
		w->count[area] = 0;
		if (area > k->b->shape.areas_n) continue;
		if (many) TRY(put_cut(k, &(Cut){area, w->cuts + area, w->areas_n, rows}));
		else TRY(put_few(k, area, members, rows));
		members += rows;
	}
	return ST_OK;
}

static Status sort_rows(CellsBuilder *b, CellsKeys *keys, size_t n)
{
	CellsWork *w = b->work;
	for (uint32_t c = 0; c < b->chunks; c++) {
		if (!keys[c].n) continue;
		ROOM(b, w->spare, w->spare_cap, keys[c].n);
		if (keys[c].n <= FEW) sort_few(w, &keys[c]);
		else sort_keys(w, &keys[c], b->chunks > 1 ? CELLS_CHUNK_BITS : b->member_bits);
	}
	if (n < w->sets_n / 4)
		for (uint32_t c = 0; c < b->chunks; c++)
			for (size_t i = 0; i < keys[c].n; i++) count_set(b, slot_of((uint32_t)keys[c].v[i]));
	else
		for (uint32_t slot = 0; slot < w->sets_n; slot++) count_set(b, slot);
	return ST_OK;
}

static Status encode_plain(CellsBuilder *b, uint32_t metric, size_t n)
{
	CellsWork *w = b->work;
	CellsKeys *keys = &b->keys[(size_t)metric * b->chunks];
	// Enough that cutting each area into chunks is little beside?
	bool many = n >= w->areas_n * size_max(b->chunks, 8) / 8;
	size_t end = 0;
	TRY(sort_rows(b, keys, n));
	TRY(places(b, many ? n : 0, &end));
	ROOM(b, w->lows, w->lows_cap, (many ? end : n) + (size_t)2 * VECTOR);
	if (many) ROOM(b, w->cuts, w->cuts_cap, (b->chunks + 1) * w->areas_n);
	if (many) spread_many(b, keys);
	else TRY(spread_few(b, keys, end));
	Block block = cells_block_begin(b, CELLS_DAY, b->day, metric);
	TRY(put_everywhere(&block, keys, n));
	TRY(put_areas(&block, many));
	return cells_block_end(&block);
}

// --- rows with more to them -----------------------------------------------------------------------------------------------

static Status spread_wide(CellsBuilder *b, const CellsWide *v, size_t n, size_t end)
{
	CellsWork *w = b->work;
	ROOM(b, w->counts, w->counts_cap, end);
	uint32_t *restrict at = w->ends;
	CellsCount *restrict to = w->counts;
	const CellsQuad *quads = w->quads;
	const uint32_t more = MORE_OF(b);
	for (size_t i = 0; i < n; i++) {
		CellsCount count = {v[i].key, v[i].n};
		to[i] = count;
		SPREAD(quads, slot_of(v[i].set), more, to, at, count);
	}
	return ST_OK;
}

// Rows of the same are added up; whose sum is nothing has no cell.
static inline void put_sums(CellsDone *g, const CellsCount *v, size_t n, bool paired)
{
	unsigned char *p = g->p;
	uint32_t last = 0;
	for (size_t i = 0; i < n;) {
		uint64_t key = v[i].key;
		int64_t sum = v[i++].n;
		for (; i < n && v[i].key == key; i++) sum += v[i].n;
		if (!sum) continue;
		p = cell_put(p, last, (uint32_t)(key >> 32), sum);
		if (paired) p = varint_near(p, (uint32_t)key);
		last = (uint32_t)(key >> 32);
		g->cells++;
	}
	g->end = p;
	g->last = last;
}

static Status put_counts(Block *k, uint32_t area, const CellsCount *v, size_t n, bool paired)
{
	CellsDone g = {.area = area, .first = (uint32_t)(v[0].key >> 32)};
	if (area && n == 1 && v->n) return put_single(k, area, v, paired);
	if (area && n <= SHORT_BYTES / WIDE_BYTES_MAX) {
		TRY(short_begin(k, &g));
		put_sums(&g, v, n, paired);
		short_end(k, &g);
		return ST_OK;
	}
	TRY(cells_group_begin(k, area, n * WIDE_BYTES_MAX, &g.p));
	put_sums(&g, v, n, paired);
	return cells_group_end(k, &g);
}

static bool in_order(const CellsWide *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (v[i].key < v[i - 1].key) return false;
	return true;
}

// By member, and by other if there are any.
static const CellsWide *sorted(CellsBuilder *b, CellsWide *v, CellsWide *spare, size_t n, bool paired)
{
	if (in_order(v, n)) return v;
	CellsWide *by_other = paired ? cells_sort_wide(v, spare, n, 0, b->member_bits) : v;
	return cells_sort_wide(by_other, by_other == v ? spare : v, n, 32, b->member_bits);
}

Status cells_put_pairs(Block *k, CellsWide *v, size_t n)
{
	CellsBuilder *b = k->b;
	CellsWork *w = b->work;
	ROOM(b, w->wide_spare, w->wide_spare_cap, n);
	ROOM(b, w->counts, w->counts_cap, n);
	const CellsWide *by_key = sorted(b, v, w->wide_spare, n, true);
	for (size_t i = 0; i < n; i++) w->counts[i] = (CellsCount){by_key[i].key, by_key[i].n};
	return put_counts(k, 0, w->counts, n, true);
}

static Status encode_wide(CellsBuilder *b, uint32_t metric, size_t plain_n)
{
	CellsWork *w = b->work;
	CellsWides *k = &b->wides[metric];
	bool paired = b->shape.paired >> metric & 1;
	size_t n = k->n, end = 0;
	ROOM(b, k->v, k->cap, n + plain_n);
	for (const CellsKeys *c = &b->keys[(size_t)metric * b->chunks]; n < k->n + plain_n; c++)
		for (size_t i = 0; i < c->n; i++)
			k->v[n++] = (CellsWide){.key = c->v[i] >> 32 << 32, .n = 1, .set = (uint32_t)c->v[i]};
	ROOM(b, w->wide_spare, w->wide_spare_cap, n);
	const CellsWide *v = sorted(b, k->v, w->wide_spare, n, paired);
	for (size_t i = 0; i < n; i++) count_areas(b, slot_of(v[i].set), 1);
	TRY(places(b, n, &end));
	TRY(spread_wide(b, v, n, end));
	Block block = cells_block_begin(b, CELLS_DAY, b->day, metric);
	const CellsCount *from = w->counts;
	TRY(put_counts(&block, 0, from, n, paired));
	from += n;
	for (size_t i = 0; i < w->touched_n; i++) {
		uint32_t area = w->touched[i], rows = w->count[area];
		w->count[area] = 0;
		if (area <= b->shape.areas_n) TRY(put_counts(&block, area, from, rows, paired));
		from += rows;
	}
	return cells_block_end(&block);
}

Status cells_encode_day(CellsBuilder *b, uint32_t metric)
{
	CellsKeys *keys = &b->keys[(size_t)metric * b->chunks];
	size_t n = 0;
	for (uint32_t c = 0; c < b->chunks; c++) n += keys[c].n;
	if (b->wides[metric].n) TRY(encode_wide(b, metric, n));
	else if (n) TRY(encode_plain(b, metric, n));
	for (uint32_t c = 0; c < b->chunks; c++) keys[c].n = 0;
	b->wides[metric].n = 0;
	return ST_OK;
}
