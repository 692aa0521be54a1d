// SPDX-License-Identifier: AGPL-3.0-or-later
// Months from days, years from months: added up by member, everywhere alone, since an area's days are small and quickly skipped.
#include "core/cells_work.h"

// Adds the cells of members below `until`.
static void add_short(CellsWork *w, CellsCursor *c, uint64_t from, uint64_t until)
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

// Adds the cells of the chunk that begins with member `from`: as if all counts were 1, then what the others have more.
static void add_long(CellsWork *w, CellsLong *g, uint32_t from)
{
	if (!cells_long_chunk(g) || g->chunk != from) return;
	for (uint32_t i = g->at; i < g->until; i++) {
		uint32_t place = cells_low(g->lows, i);
		w->dense[place]++;
		w->marked[place / 64] |= (uint64_t)1 << place % 64;
	}
	for (; g->odd_at < g->until; cells_long_odd(g)) w->dense[cells_low(g->lows, g->odd_at)] += g->odd_n - 1;
	g->at = g->until;
}

static void put(CellsDone *g, uint32_t member, int64_t count)
{
	g->end = cell_put(g->end, g->last, member, count);
	if (!g->cells++) g->first = member;
	g->last = member;
}

// The same for 1 to 63, which most are, without a branch on which.
static inline void put_near(CellsDone *g, uint32_t member, uint32_t count)
{
	bool many = count != 1;
	unsigned char *p = varint_near(g->end, (uint64_t)(member - g->last) << 1 | many);
	*p = (unsigned char)(count << 1); // zigzag
	g->end = p + many;
	g->first = g->cells++ ? g->first : member;
	g->last = member;
}

// What was added of a chunk, which is nothing again afterwards.
static void put_sums(CellsWork *w, CellsDone *g, uint32_t from)
{
	for (uint32_t at = 0; at < DENSE_MEMBERS / 64; at++) {
		for (uint64_t bits = w->marked[at]; bits; bits &= bits - 1) {
			uint32_t place = at * 64 + (uint32_t)__builtin_ctzll(bits);
			int64_t sum = w->dense[place];
			w->dense[place] = 0;
			if (__builtin_expect((uint64_t)(sum - 1) < 63, 1)) put_near(g, from + place, (uint32_t)sum);
			else if (sum) put(g, from + place, sum);
		}
		w->marked[at] = 0;
	}
}

static Status cursors(CellsBuilder *b, const CellsLevel *l, uint32_t metric, size_t *ret_n)
{
	CellsWork *w = b->work;
	size_t n = 0;
	ROOM(b, w->cursors, w->cursors_cap, l->n);
	for (size_t i = 0; i < l->n; i++) {
		const CellsGroup *g = &l->groups[i];
		const unsigned char *p = l->bytes.p + g->offset;
		CellsCursor c = {p, p + g->bytes, .is_long = g->is_long};
		if (g->metric != metric) continue;
		if (g->is_long) BUG_IF(!cells_long_read(&c.many, p, p + g->bytes, g->cells));
		w->cursors[n++] = c;
	}
	*ret_n = n;
	return ST_OK;
}

// Chunk by chunk, whose sums stay in the processor's cache. Members are near each other by now and counts other than 1, so that the
// short form is half as long.
static Status fold_plain(CellsBuilder *b, const CellsLevel *l, Block *block, size_t cells)
{
	CellsWork *w = b->work;
	CellsDone g = {0};
	size_t n;
	TRY(cursors(b, l, block->entry.metric, &n));
	TRY(cells_group_begin(block, 0, size_min(cells, b->shape.members_n) * WIDE_BYTES_MAX, &g.p));
	g.end = g.p;
	for (uint32_t c = 0; c < b->chunks; c++) {
		uint32_t from = c << CELLS_CHUNK_BITS;
		for (size_t i = 0; i < n; i++)
			if (w->cursors[i].is_long) add_long(w, &w->cursors[i].many, from);
			else add_short(w, &w->cursors[i], from, (uint64_t)from + DENSE_MEMBERS);
		put_sums(w, &g, from);
	}
	return cells_group_end(block, &g);
}

static Status fold_paired(CellsBuilder *b, const CellsLevel *l, Block *block, size_t cells)
{
	CellsWides *k = &b->wides[block->entry.metric]; // between days nothing is in it
	size_t n = 0;
	ROOM(b, k->v, k->cap, cells);
	for (size_t i = 0; i < l->n; i++) {
		const CellsGroup *from = &l->groups[i];
		const unsigned char *p = l->bytes.p + from->offset, *end = p + from->bytes;
		uint64_t member = 0;
		while (from->metric == block->entry.metric && p < end) {
			uint64_t v = varint_own(&p);
			member += v >> 1;
			int64_t count = v & 1 ? unzigzag(varint_own(&p)) : 1;
			k->v[n++] = (CellsWide){.key = member << 32 | varint_own(&p), .n = count};
		}
	}
	BUG_IF(n != cells);
	return cells_put_pairs(block, k->v, n);
}

Status cells_fold(CellsBuilder *b, CellsTier from)
{
	CellsWork *w = b->work;
	CellsLevel *l = &w->level[from];
	for (uint32_t m = 0; m < b->shape.metrics_n; m++) {
		size_t cells = 0;
		for (size_t i = 0; i < l->n; i++) cells += l->groups[i].metric == m ? l->groups[i].cells : 0;
		if (!cells) continue;
		Block block = cells_block_begin(b, from + 1, l->period, m);
		if (b->shape.paired >> m & 1) TRY(fold_paired(b, l, &block, cells));
		else TRY(fold_plain(b, l, &block, cells));
		TRY(cells_block_end(&block));
	}
	l->n = l->bytes.n = 0;
	return ST_OK;
}
