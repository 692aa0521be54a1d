// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading day cells.
#include "core/cells_long.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int32_t cells_month_of(int32_t day)
{
	Civil c = time_civil((Time)day * TIME_DAY_MS);
	return (int32_t)(c.year * 12 + c.month - 1);
}

int32_t cells_month_day(int32_t month)
{
	Civil c = {.year = month / 12, .month = month % 12 + 1, .day = 1};
	return (int32_t)(time_from_civil(&c) / TIME_DAY_MS);
}

static Status damaged(Ctx *cx, Str path) { return fail(cx, ST_IO, "%.*s is not a sealed file of cells", STR(path)); }

// The frame only: everything that reading relies on lies inside the file.
static bool frame_fits(Cells *c)
{
	if (c->bytes < sizeof(CellsHeader) + CELLS_MARK_BYTES) return false;
	CellsHeader h;
	memcpy(&h, c->p, sizeof h);
	size_t end = c->bytes - CELLS_MARK_BYTES;
	if (memcmp(h.magic, CELLS_MAGIC, sizeof h.magic) != 0 || h.bytes != c->bytes) return false;
	if (h.entries_at > end || h.entries_n > (end - h.entries_at) / sizeof(CellsEntry) || h.entries_at % 8) return false;
	size_t at = h.entries_at + h.entries_n * sizeof(CellsEntry);
	size_t fixed = (size_t)h.shape.members_n * (sizeof(Id) + 1);
	if (fixed > end - at) return false;
	c->shape = h.shape;
	c->entries = (const CellsEntry *)(const void *)(c->p + h.entries_at);
	c->entries_n = h.entries_n;
	c->ids = (const Id *)(const void *)(c->p + at);
	c->traits = c->p + at + (size_t)h.shape.members_n * sizeof(Id);
	at = (at + fixed + 3) / 4 * 4;
	if ((size_t)h.shape.areas_n * 4 + 4 > end - at) return false;
	c->name_ends = (const uint32_t *)(const void *)(c->p + at);
	at += (size_t)h.shape.areas_n * 4 + 4;
	c->names = (const char *)c->p + at;
	if (c->name_ends[h.shape.areas_n] > end - at || h.shape.metrics_n > CELLS_METRICS_MAX) return false;
	memcpy(c->stamp, h.stamp, sizeof c->stamp);
	for (size_t i = 0; i < c->entries_n; i++) {
		const CellsEntry *e = &c->entries[i];
		if (e->offset > h.entries_at || e->bytes > h.entries_at - e->offset || e->tier >= CELLS_TIERS) return false;
		c->cells_n[e->tier] += e->cells;
	}
	return true;
}

Status cells_open(Ctx *cx, Str path, Cells **ret_cells)
{
	int fd = open(str_z(cx->arena, path), O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0) return fail(cx, ST_NOT_FOUND, "%.*s cannot be read", STR(path));
	void *p = MAP_FAILED;
	if (fstat(fd, &st) == 0 && st.st_size > 0) p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED) return damaged(cx, path);
	Cells *c = ARENA_NEW(cx->arena, Cells, 1);
	*c = (Cells){.p = p, .bytes = (size_t)st.st_size, .written_at = (Time)st.st_mtim.tv_sec * 1000};
	if (!frame_fits(c)) {
		cells_close(c);
		return damaged(cx, path);
	}
	*ret_cells = c;
	return ST_OK;
}

void cells_close(Cells *c)
{
	union {
		const void *in;
		void *out;
	} p = {.in = c->p};
	munmap(p.out, c->bytes);
}

Status cells_check(Ctx *cx, const Cells *c)
{
	unsigned char mark[CELLS_MARK_BYTES];
	size_t n = c->bytes - sizeof mark;
	CellsMark state = cells_mark_init(); // the header was written last
	cells_mark_update(&state, c->p + sizeof(CellsHeader), n - sizeof(CellsHeader));
	cells_mark_update(&state, c->p, sizeof(CellsHeader));
	cells_mark_final(&state, mark);
	if (memcmp(mark, c->p + n, sizeof mark) == 0) return ST_OK;
	return fail(cx, ST_INTERNAL, "the sealed cells are damaged: their mark differs");
}

uint32_t cells_member(const Cells *c, Id id)
{
	uint32_t lo = 0, hi = c->shape.members_n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (c->ids[mid] < id) lo = mid + 1;
		else hi = mid;
	}
	return lo < c->shape.members_n && c->ids[lo] == id ? lo + 1 : 0;
}

Str cells_area(const Cells *c, uint32_t area)
{
	if (!area || area > c->shape.areas_n) return str_none();
	uint32_t from = c->name_ends[area - 1], to = c->name_ends[area];
	return from <= to && to <= c->name_ends[c->shape.areas_n] ? (Str){c->names + from, to - from} : str_none();
}

static void add_span(CellsSpan *v, size_t *n, CellsTier tier, int32_t from, int32_t until)
{
	if (from < until) v[(*n)++] = (CellsSpan){tier, from, until};
}

size_t cells_spans(const CellsWindow *w, CellsSpan ret[static CELLS_SPANS_MAX])
{
	size_t n = 0;
	if (w->from >= w->until) return 0;
	int32_t first = cells_month_of(w->from), last = cells_month_of(w->until); // whole months [first, last)
	if (cells_month_day(first) < w->from) first++;
	if (w->days_only || w->area || first >= last) {
		add_span(ret, &n, CELLS_DAY, w->from, w->until);
		return n;
	}
	int32_t year = (first + 11) / 12, years_end = last / 12;
	add_span(ret, &n, CELLS_DAY, w->from, cells_month_day(first));
	if (year < years_end) {
		add_span(ret, &n, CELLS_MONTH, first, year * 12);
		add_span(ret, &n, CELLS_YEAR, year, years_end);
		add_span(ret, &n, CELLS_MONTH, years_end * 12, last);
	} else add_span(ret, &n, CELLS_MONTH, first, last);
	add_span(ret, &n, CELLS_DAY, cells_month_day(last), w->until);
	return n;
}

// The first entry that is not before (tier, metric, period).
static size_t entry_at(const Cells *c, CellsTier tier, uint32_t metric, int32_t period)
{
	size_t lo = 0, hi = c->entries_n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const CellsEntry *e = &c->entries[mid];
		bool before = e->tier != tier ? e->tier < tier : e->metric != metric ? e->metric < metric : e->period < period;
		if (before) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}

typedef struct Group { // the cells of one area in one block
	const unsigned char *p, *end;
	uint32_t area, cells;
	bool is_long;
} Group;

static void skip_cell(const unsigned char **p, const unsigned char *end, bool paired)
{
	if (varint_get(p, end) & 1) varint_get(p, end);
	if (paired) varint_get(p, end);
}

// The next group of a block; false at its end, or where it does not fit.
static bool group_next(const unsigned char **p, const unsigned char *end, bool paired, Group *g)
{
	if (*p >= end) return false;
	g->area += (uint32_t)varint_get(p, end);
	uint64_t cells = varint_get(p, end);
	g->is_long = cells & 1;
	if (cells / 2 >= CELLS_LONG_CELLS_MAX) return false;
	g->cells = (uint32_t)(cells / 2);
	if (cells == 2) {
		g->p = *p;
		skip_cell(p, end, paired);
		g->end = *p;
		return true;
	}
	uint64_t bytes = varint_get(p, end);
	if (bytes > (uint64_t)(end - *p)) return false;
	g->p = *p;
	g->end = *p += bytes;
	return true;
}

static bool group_of(const Cells *c, const CellsEntry *e, uint32_t wanted, Group *ret)
{
	const unsigned char *p = c->p + e->offset, *end = p + e->bytes;
	bool paired = c->shape.paired >> e->metric & 1;
	*ret = (Group){0};
	while (group_next(&p, end, paired, ret))
		if (ret->area >= wanted) return ret->area == wanted;
	return false;
}

// A chunk after the other: as if all counts were 1, and then what the others have more.
static void long_sum(const Group *group, uint32_t members_n, int64_t *sums)
{
	CellsLong g;
	if (!cells_long_read(&g, group->p, group->end, group->cells)) return;
	for (; cells_long_chunk(&g) && g.chunk <= members_n; g.at = g.until) {
		uint32_t most = members_n - g.chunk;
		int64_t *of = sums + g.chunk;
		for (uint32_t i = g.at; i < g.until; i++) {
			uint32_t low = cells_low(g.lows, i);
			if (low <= most) of[low]++;
		}
		for (; g.odd_at >= g.at && g.odd_at < g.until; cells_long_odd(&g)) {
			uint32_t low = cells_low(g.lows, g.odd_at);
			if (low <= most) of[low] += g.odd_n - 1;
		}
	}
}

static void group_sum(const Group *g, uint32_t members_n, bool paired, int64_t *sums)
{
	const unsigned char *p = g->p;
	uint64_t member = 0;
	if (g->is_long) {
		long_sum(g, members_n, sums);
		return;
	}
	while (p < g->end) {
		uint64_t v = varint_get(&p, g->end);
		member += v >> 1;
		int64_t n = v & 1 ? zigzag_get(&p, g->end) : 1;
		if (paired) varint_get(&p, g->end);
		if (member <= members_n) sums[member] += n;
	}
}

// Where the number is among those of a chunk, or where the first greater one is.
static uint32_t low_at(const CellsLong *g, uint32_t low)
{
	uint32_t lo = g->at, hi = g->until;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (cells_low(g->lows, mid) < low) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}

static void long_pick(const Group *group, const uint32_t *members, size_t n, int64_t *sums)
{
	CellsLong g;
	if (!cells_long_read(&g, group->p, group->end, group->cells)) return;
	for (size_t i = 0; cells_long_chunk(&g); g.at = g.until) {
		for (; i < n && members[i] < g.chunk; i++) {}
		for (; i < n && members[i] - g.chunk < UINT32_C(1) << CELLS_CHUNK_BITS; i++) {
			g.at = low_at(&g, members[i] - g.chunk);
			if (g.at == g.until || cells_low(g.lows, g.at) != members[i] - g.chunk) continue;
			while (g.odd_at < g.at) cells_long_odd(&g);
			sums[i] += g.odd_at == g.at ? g.odd_n : 1;
		}
		if (i == n) return;
	}
}

static void group_pick(const Group *g, bool paired, const uint32_t *members, size_t n, int64_t *sums)
{
	const unsigned char *p = g->p;
	uint64_t member = 0;
	size_t at = 0;
	if (g->is_long) {
		long_pick(g, members, n, sums);
		return;
	}
	while (p < g->end) {
		uint64_t v = varint_get(&p, g->end);
		member += v >> 1;
		int64_t count = v & 1 ? zigzag_get(&p, g->end) : 1;
		if (paired) varint_get(&p, g->end);
		if (member < members[at]) continue;
		while (members[at] < member)
			if (++at == n) return;
		if (members[at] == member) sums[at] += count;
	}
}

typedef struct CellWalk { // through a group of either form
	CellsLong many;
	const unsigned char *p, *end;
	uint64_t member;
	uint32_t other, members_n;
	int64_t n;
	bool is_long, paired;
} CellWalk;

static CellWalk walk_of(const Cells *c, const Group *g, bool paired)
{
	CellWalk w = {.p = g->p, .end = g->end, .members_n = c->shape.members_n, .is_long = g->is_long, .paired = paired};
	if (g->is_long && !cells_long_read(&w.many, g->p, g->end, g->cells)) w.many = (CellsLong){0};
	return w;
}

static bool walk_next(CellWalk *w)
{
	uint32_t member;
	do {
		if (w->is_long) {
			if (!cells_long_next(&w->many, &member, &w->n)) return false;
			w->member = member;
			continue;
		}
		if (w->p >= w->end) return false;
		uint64_t v = varint_get(&w->p, w->end);
		w->member += v >> 1;
		w->n = v & 1 ? zigzag_get(&w->p, w->end) : 1;
		w->other = w->paired ? (uint32_t)varint_get(&w->p, w->end) : 0;
	} while (w->member > w->members_n);
	return true;
}

// Calls its block for each group of the window.
#define FOR_GROUPS(c, w, e, g)                                                                                         \
	CellsSpan spans_[CELLS_SPANS_MAX];                                                                                 \
	size_t spans_n_ = cells_spans((w), spans_);                                                                        \
	Group g;                                                                                                           \
	for (size_t s_ = 0; s_ < spans_n_; s_++)                                                                           \
		for (const CellsEntry *e = (c)->entries + entry_at((c), spans_[s_].tier, (w)->metric, spans_[s_].from);        \
			 e < (c)->entries + (c)->entries_n && e->tier == spans_[s_].tier && e->metric == (w)->metric &&            \
			 e->period < spans_[s_].until;                                                                             \
			 e++)                                                                                                      \
			if (group_of((c), e, (w)->area, &g))

static bool is_paired(const Cells *c, const CellsWindow *w) { return c->shape.paired >> w->metric & 1; }

void cells_sum(const Cells *c, const CellsWindow *w, int64_t *sums)
{
	FOR_GROUPS(c, w, e, g) group_sum(&g, c->shape.members_n, is_paired(c, w), sums);
}

void cells_pick(const Cells *c, const CellsWindow *w, const uint32_t *members, size_t n, int64_t *sums)
{
	if (!n) return;
	FOR_GROUPS(c, w, e, g)
	if (e->member_max >= members[0] && e->member_min <= members[n - 1])
		group_pick(&g, is_paired(c, w), members, n, sums);
}

size_t cells_count(const Cells *c, const CellsWindow *w)
{
	size_t n = 0;
	FOR_GROUPS(c, w, e, g) n += g.cells;
	return n;
}

Status cells_each(const Cells *c, const CellsWindow *w, CellsFn fn, void *arg)
{
	FOR_GROUPS(c, w, e, g)
	{
		CellWalk at = walk_of(c, &g, is_paired(c, w));
		while (walk_next(&at)) TRY(fn(arg, (uint32_t)at.member, at.other, at.n));
	}
	return ST_OK;
}

Status cells_each_area(const Cells *c, const CellsWindow *w, CellsAreaFn fn, void *arg)
{
	bool paired = is_paired(c, w);
	for (const CellsEntry *e = c->entries + entry_at(c, CELLS_DAY, w->metric, w->from);
		 e < c->entries + c->entries_n && e->tier == CELLS_DAY && e->metric == w->metric && e->period < w->until; e++) {
		const unsigned char *p = c->p + e->offset, *end = p + e->bytes;
		for (Group g = {0}; group_next(&p, end, paired, &g);) {
			if (!g.area || g.area > c->shape.areas_n) continue;
			CellWalk at = walk_of(c, &g, paired);
			while (walk_next(&at)) TRY(fn(arg, g.area, (uint32_t)at.member, at.n));
		}
	}
	return ST_OK;
}
