// SPDX-License-Identifier: AGPL-3.0-or-later
// A block: a metric's rows of a day, sorted once by member, then dealt out: each area of a row's set gets its cell written at
// once, into a place of its own, and keeps the members' order. Months and years are added up by member.
#include "core/cells_work.h"

typedef struct Block {
	CellsBuilder *b;
	CellsEntry entry;
	uint32_t area_before;
} Block;

static Block block_begin(CellsBuilder *b, CellsTier tier, int32_t period, uint32_t metric)
{
	b->work->block.n = 0;
	return (Block){.b = b, .entry = {.tier = (uint16_t)tier, .period = period, .metric = (uint16_t)metric}};
}

// A group of cells is done: into the block, and everywhere's into the level above that it will be folded into.
static Status group_put(Block *k, uint32_t area, uint32_t cells, const unsigned char *bytes, size_t n)
{
	CellsBuilder *b = k->b;
	CellsWork *w = b->work;
	if (!cells) return ST_OK;
	ROOM(b, w->block.p, w->block.cap, w->block.n + n + HEAD_BYTES_MAX + SLACK_BYTES);
	unsigned char *p = w->block.p + w->block.n;
	p = varint_near(p, area - k->area_before);
	p = varint_near(p, cells);
	p = varint_near(p, n);
	memcpy(p, bytes, n);
	w->block.n = (size_t)(p - w->block.p) + n;
	k->area_before = area;
	k->entry.cells += cells;
	if (area || k->entry.tier == CELLS_YEAR) return ST_OK;
	CellsLevel *l = &w->level[k->entry.tier];
	ROOM(b, l->bytes.p, l->bytes.cap, l->bytes.n + n + SLACK_BYTES);
	ROOM(b, l->groups, l->cap, l->n + 1);
	l->groups[l->n++] = (CellsGroup){l->bytes.n, n, cells, k->entry.metric};
	memcpy(l->bytes.p + l->bytes.n, bytes, n);
	l->bytes.n += n;
	return ST_OK;
}

static Status block_end(Block *k)
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

// A cell after that of member `last`. A count of 1 is not written.
static inline unsigned char *cell_put(unsigned char *p, uint32_t last, uint32_t member, int64_t count)
{
	if (__builtin_expect(count == 1, 1)) return varint_near(p, (uint64_t)(member - last) << 1);
	p = varint_near(p, (uint64_t)(member - last) << 1 | 1);
	return varint_near(p, zigzag(count));
}

typedef struct Group { // being written to work->group
	unsigned char *p;
	uint32_t cells, first, last; // members
} Group;

static Status group_end(Block *k, uint32_t area, const Group *g)
{
	CellsWork *w = k->b->work;
	if (!area) k->entry.member_min = g->first, k->entry.member_max = g->last;
	return group_put(k, area, g->cells, w->group.p, (size_t)(g->p - w->group.p));
}

// --- a day ----------------------------------------------------------------------------------------------------------------

// Sets are kept four areas at a time, filled up with a number that is no area's, so that dealing out takes the same steps for
// all but long ones. A place of a set and the next are two apart at least: half the place tells its first four.

#define MORE_OF(b) ((b)->shape.areas_n + CELLS_NO_AREAS)

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

Status cells_quads_new(CellsBuilder *b, const CellsSets *sets)
{
	CellsWork *w = b->work;
	size_t slots = sets->n / 2 + 2;
	w->quads = arena_try_alloc(w->arena, slots * sizeof *w->quads, 16);
	w->sets_count = arena_try_alloc(w->arena, slots * sizeof *w->sets_count, _Alignof(uint32_t));
	w->sets_touched = arena_try_alloc(w->arena, slots * sizeof *w->sets_touched, _Alignof(uint32_t));
	w->sets_n = (uint32_t)slots;
	if (!w->quads || !w->sets_count || !w->sets_touched)
		return fail(b->cx, ST_TOO_LARGE, "the sets of areas do not fit in memory");
	quad_put(b, &(uint32_t){0}, w->quads);
	for (size_t at = 1; at < sets->n; at += sets->v[at] + 1) quad_put(b, sets->v + at, w->quads + (at + 1) / 2);
	return ST_OK;
}

static inline uint32_t set_of(const uint64_t *keys, const CellsWide *wide, size_t i)
{
	return ((wide ? wide[i].set : (uint32_t)keys[i]) + 1) / 2;
}

typedef struct Rows { // a metric's of a day, by member and other
	const uint64_t *keys;
	const CellsWide *wide; // or NULL: keys
	size_t n;
	bool paired;
} Rows;

// How many rows there are of each set, in work->sets_count; which those are, in work->sets_touched.
static uint32_t count_sets(CellsBuilder *b, const Rows *r)
{
	CellsWork *w = b->work;
	uint32_t *count = w->sets_count, sets_n = 0;
	if (r->n < w->sets_n / 4) { // few rows: which ones they touch is noted at once
		for (size_t i = 0; i < r->n; i++) {
			uint32_t slot = set_of(r->keys, r->wide, i);
			if (!count[slot]++) w->sets_touched[sets_n++] = slot;
		}
		return sets_n;
	}
	for (size_t i = 0; i < r->n; i++) count[set_of(r->keys, r->wide, i)]++;
	for (uint32_t slot = 0; slot < w->sets_n; slot++)
		if (count[slot]) w->sets_touched[sets_n++] = slot;
	return sets_n;
}

// How many rows there are of each area, in work->count; which those are, in order, in work->touched.
static void count_areas(CellsBuilder *b, const Rows *r)
{
	CellsWork *w = b->work;
	const uint32_t more = MORE_OF(b);
	BUG_IF(!r->keys && !r->wide);
	uint32_t sets_n = count_sets(b, r);
	w->count[0] = (uint32_t)r->n;
	w->touched[0] = 0; // everywhere
	w->touched_n = 1;
	for (size_t i = 0; i < sets_n; i++) {
		uint32_t slot = w->sets_touched[i], rows = w->sets_count[slot];
		w->sets_count[slot] = 0;
		for (const CellsQuad *q = &w->quads[slot];; q++) {
			for (size_t k = 0; k < COUNTOF(q->area); k++) {
				if (!w->count[q->area[k]]) w->touched[w->touched_n++] = q->area[k];
				w->count[q->area[k]] += rows;
			}
			if (q->area[COUNTOF(q->area) - 1] != more) break;
		}
	}
	uint64_t *in_order = cells_sort_keys(w->touched, w->touched_spare, w->touched_n, 0, b->area_bits);
	if (in_order != w->touched) w->touched_spare = w->touched;
	w->touched = in_order;
}

static inline void tally_add(CellsWork *w, uint32_t area, int64_t count, uint32_t *n)
{
	CellsTally *t = &w->tallies[area];
	if (!t->rows++) w->tallied[(*n)++] = area;
	t->sum += count;
}

// Rows of the same: each area's are added up first. Whose sum is nothing has no cell.
static void deal_many(CellsBuilder *b, const Rows *r, size_t from, size_t to)
{
	CellsWork *w = b->work;
	uint32_t n = 0, member = (uint32_t)(r->wide[from].key >> 32);
	for (size_t i = from; i < to; i++) {
		tally_add(w, 0, r->wide[i].n, &n);
		for (const CellsQuad *q = &w->quads[set_of(NULL, r->wide, i)];; q++) {
			for (size_t k = 0; k < COUNTOF(q->area); k++) tally_add(w, q->area[k], r->wide[i].n, &n);
			if (q->area[COUNTOF(q->area) - 1] != MORE_OF(b)) break;
		}
	}
	for (uint32_t i = 0; i < n; i++) {
		CellsTally *t = &w->tallies[w->tallied[i]];
		CellsLane *lane = &w->lanes[w->tallied[i]];
		lane->less += t->rows - (t->sum != 0);
		if (t->sum) {
			unsigned char *p = cell_put(w->dealt.p + lane->at, lane->last, member, t->sum);
			if (r->paired) p = varint_near(p, (uint32_t)r->wide[from].key);
			lane->at = (uint32_t)(p - w->dealt.p);
			lane->last = member;
		}
		*t = (CellsTally){0};
	}
}

// Rows that are members only are dealt out as such first: work->spread has everywhere's, then those of each area in `touched`.
static Status spread(CellsBuilder *b, const Rows *r)
{
	CellsWork *w = b->work;
	uint32_t *restrict at = w->ends, *restrict to;
	const CellsQuad *quads = w->quads;
	const uint32_t more = MORE_OF(b);
	size_t end = 0;
	for (size_t i = 0; i < w->touched_n; i++) {
		at[w->touched[i]] = (uint32_t)end;
		end += w->count[w->touched[i]];
	}
	if (end > UINT32_MAX) return fail(b->cx, ST_TOO_LARGE, "more cells on one day than can be counted");
	ROOM(b, w->spread, w->spread_cap, end + 1);
	to = w->spread;
	to[end] = 0;
	for (size_t i = 0; i < r->n; i++) {
		uint32_t member = (uint32_t)(r->keys[i] >> 32);
		to[i] = member;
		for (const CellsQuad *q = &quads[set_of(r->keys, NULL, i)];; q++) {
			to[at[q->area[0]]++] = member;
			to[at[q->area[1]]++] = member;
			to[at[q->area[2]]++] = member;
			to[at[q->area[3]]++] = member;
			if (__builtin_expect(q->area[3] != more, 1)) break;
		}
	}
	return ST_OK;
}

// Each row is written as if its member had no more; if there are more, the next is written over it. No branch depends on how
// many a member has, which nobody can foresee either. One row behind the last is read.
static void put_members(Group *g, const uint32_t *members, size_t n)
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
	*g = (Group){p, cells, members[0], last};
}

static Status encode_plain(CellsBuilder *b, uint32_t metric, CellsKeys *k)
{
	CellsWork *w = b->work;
	ROOM(b, w->spare, w->spare_cap, k->n);
	Rows rows = {.keys = cells_sort_keys(k->v, w->spare, k->n, 32, b->member_bits), .n = k->n};
	count_areas(b, &rows);
	TRY(spread(b, &rows));
	ROOM(b, w->group.p, w->group.cap, k->n * ROW_BYTES_MAX + SLACK_BYTES);
	Block block = block_begin(b, CELLS_DAY, b->day, metric);
	const uint32_t *members = w->spread;
	for (size_t i = 0; i < w->touched_n; i++) {
		uint32_t area = (uint32_t)w->touched[i], n = w->count[area];
		Group g = {.p = w->group.p};
		w->count[area] = 0;
		if (area > b->shape.areas_n) continue;
		put_members(&g, members, n);
		TRY(group_end(&block, area, &g));
		members += n;
	}
	return block_end(&block);
}

static void deal_wide(CellsBuilder *b, const Rows *r)
{
	for (size_t i = 0, next; i < r->n; i = next) {
		next = i + 1;
		while (next < r->n && r->wide[next].key == r->wide[i].key) next++;
		deal_many(b, r, i, next);
	}
}

static size_t bytes_most(size_t rows) { return rows * WIDE_BYTES_MAX + SLACK_BYTES; }

// Each area gets as many bytes as its rows can take.
static Status lanes_begin(CellsBuilder *b, const Rows *r)
{
	CellsWork *w = b->work;
	size_t total = 0;
	count_areas(b, r);
	for (size_t i = 0; i < w->touched_n; i++) {
		uint32_t area = (uint32_t)w->touched[i];
		w->lanes[area] = (CellsLane){.at = (uint32_t)total};
		total += bytes_most(w->count[area]);
		if (total > UINT32_MAX) return fail(b->cx, ST_TOO_LARGE, "more cells on one day than can be counted");
	}
	ROOM(b, w->dealt.p, w->dealt.cap, total);
	return ST_OK;
}

static Status lanes_end(CellsBuilder *b, const Rows *r, uint32_t metric)
{
	CellsWork *w = b->work;
	Block block = block_begin(b, CELLS_DAY, b->day, metric);
	size_t from = 0;
	block.entry.member_min = (uint32_t)(r->wide[0].key >> 32);
	block.entry.member_max = (uint32_t)(r->wide[r->n - 1].key >> 32);
	for (size_t i = 0; i < w->touched_n; i++) {
		uint32_t area = (uint32_t)w->touched[i], rows = w->count[area];
		const CellsLane *lane = &w->lanes[area];
		w->count[area] = 0;
		if (area <= b->shape.areas_n)
			TRY(group_put(&block, area, rows - lane->less, w->dealt.p + from, lane->at - from));
		from += bytes_most(rows);
	}
	return block_end(&block);
}

static const CellsWide *sorted(CellsBuilder *b, CellsWide *v, CellsWide *spare, size_t n, bool paired)
{
	CellsWide *by_other = paired ? cells_sort_wide(v, spare, n, 0, b->member_bits) : v;
	return cells_sort_wide(by_other, by_other == v ? spare : v, n, 32, b->member_bits);
}

static Status encode_wide(CellsBuilder *b, uint32_t metric, CellsKeys *k)
{
	CellsWork *w = b->work;
	bool paired = b->shape.paired >> metric & 1;
	ROOM(b, k->wide, k->wide_cap, k->wide_n + k->n);
	for (size_t i = 0; i < k->n; i++)
		k->wide[k->wide_n++] = (CellsWide){.key = k->v[i] >> 32 << 32, .n = 1, .set = (uint32_t)k->v[i]};
	ROOM(b, w->wide_spare, w->wide_spare_cap, k->wide_n);
	Rows rows = {.wide = sorted(b, k->wide, w->wide_spare, k->wide_n, paired), .n = k->wide_n, .paired = paired};
	TRY(lanes_begin(b, &rows));
	deal_wide(b, &rows);
	return lanes_end(b, &rows, metric);
}

Status cells_encode_day(CellsBuilder *b, uint32_t metric)
{
	CellsKeys *k = &b->keys[metric];
	Status st = k->wide_n ? encode_wide(b, metric, k) : k->n ? encode_plain(b, metric, k) : ST_OK;
	k->n = k->wide_n = 0;
	return st;
}

// --- months from days, years from months; everywhere alone, since an area's days are small and quickly skipped -------------

// Adds the cells of members below `until`.
static void add_up(CellsWork *w, CellsCursor *c, uint64_t from, uint64_t until)
{
	const unsigned char *p = c->p;
	uint64_t member = c->member;
	while (p < c->end) {
		const unsigned char *q = p;
		uint64_t v = varint_own(&q), next = member + (v >> 1), place = next - from;
		if (next >= until) break;
		p = q;
		member = next;
		if (v & 1) w->dense[place] += unzigzag(varint_own(&p));
		else w->dense[place]++;
		w->marked[place / 64] |= (uint64_t)1 << place % 64;
	}
	c->p = p;
	c->member = member;
}

static inline void put(Group *g, uint32_t member, int64_t count)
{
	g->p = cell_put(g->p, g->last, member, count);
	if (!g->cells++) g->first = member;
	g->last = member;
}

static void put_sums(CellsWork *w, Group *g, uint32_t from)
{
	for (uint32_t at = 0; at < DENSE_MEMBERS / 64; at++) {
		for (uint64_t bits = w->marked[at]; bits; bits &= bits - 1) {
			uint32_t place = at * 64 + (uint32_t)__builtin_ctzll(bits);
			if (w->dense[place]) put(g, from + place, w->dense[place]);
			w->dense[place] = 0;
		}
		w->marked[at] = 0;
	}
}

// By some thousand members after the other, whose sums stay in the processor's cache.
static Status fold_plain(CellsBuilder *b, const CellsLevel *l, Block *block, size_t cells)
{
	CellsWork *w = b->work;
	size_t n = 0;
	ROOM(b, w->cursors, w->cursors_cap, l->n);
	ROOM(b, w->group.p, w->group.cap, size_min(cells, b->shape.members_n) * WIDE_BYTES_MAX + SLACK_BYTES);
	for (size_t i = 0; i < l->n; i++) {
		const unsigned char *p = l->bytes.p + l->groups[i].offset;
		if (l->groups[i].metric == block->entry.metric) w->cursors[n++] = (CellsCursor){p, p + l->groups[i].bytes, 0};
	}
	Group g = {.p = w->group.p};
	for (uint64_t from = 0; from <= b->shape.members_n; from += DENSE_MEMBERS) {
		for (size_t i = 0; i < n; i++) add_up(w, &w->cursors[i], from, from + DENSE_MEMBERS);
		put_sums(w, &g, (uint32_t)from);
	}
	return group_end(block, 0, &g);
}

static Status fold_paired(CellsBuilder *b, const CellsLevel *l, Block *block, size_t cells)
{
	CellsWork *w = b->work;
	CellsKeys *k = &b->keys[block->entry.metric]; // between days nothing is in it
	size_t n = 0;
	ROOM(b, k->wide, k->wide_cap, cells);
	ROOM(b, w->wide_spare, w->wide_spare_cap, cells);
	ROOM(b, w->group.p, w->group.cap, cells * WIDE_BYTES_MAX + SLACK_BYTES);
	for (size_t i = 0; i < l->n; i++) {
		const CellsGroup *from = &l->groups[i];
		const unsigned char *p = l->bytes.p + from->offset, *end = p + from->bytes;
		uint64_t member = 0;
		while (from->metric == block->entry.metric && p < end) {
			uint64_t v = varint_own(&p);
			member += v >> 1;
			int64_t count = v & 1 ? unzigzag(varint_own(&p)) : 1;
			k->wide[n++] = (CellsWide){.key = member << 32 | varint_own(&p), .n = count};
		}
	}
	BUG_IF(n != cells);
	const CellsWide *v = sorted(b, k->wide, w->wide_spare, n, true);
	Group g = {.p = w->group.p};
	for (size_t i = 0, same; i < n; i = same) {
		int64_t sum = 0;
		for (same = i; same < n && v[same].key == v[i].key; same++) sum += v[same].n;
		if (!sum) continue;
		put(&g, (uint32_t)(v[i].key >> 32), sum);
		g.p = varint_near(g.p, (uint32_t)v[i].key);
	}
	return group_end(block, 0, &g);
}

Status cells_fold(CellsBuilder *b, CellsTier from)
{
	CellsWork *w = b->work;
	CellsLevel *l = &w->level[from];
	for (uint32_t m = 0; m < b->shape.metrics_n; m++) {
		size_t cells = 0;
		for (size_t i = 0; i < l->n; i++) cells += l->groups[i].metric == m ? l->groups[i].cells : 0;
		if (!cells) continue;
		Block block = block_begin(b, from + 1, l->period, m);
		if (b->shape.paired >> m & 1) TRY(fold_paired(b, l, &block, cells));
		else TRY(fold_plain(b, l, &block, cells));
		TRY(block_end(&block));
	}
	l->n = l->bytes.n = 0;
	return ST_OK;
}
