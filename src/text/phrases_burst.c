// SPDX-License-Identifier: AGPL-3.0-or-later
// The arithmetic of bursts, in integers.
#include "text/phrases_impl.h"

#include <stdlib.h>

#define ONE 65536
#define MEMORY_DAYS 8  // an EWMA of 1/8
#define MEMORY_WEEKS 4 // and of 1/4
#define PERIODS_MIN 2  // before the first that can tell of anything
#define Z_MIN_CENTI 400
#define G2_MIN_CENTI 1513 // one in ten thousand by chance: thousands of words are looked at
#define LN2_Q32 2977044472u

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

// The mean of the periods so far until there are as many as it remembers.
static int64_t memory(int64_t ahead, PhraseBy by)
{
	return i64_min(ahead + 1, by == PHRASES_BY_DAY ? MEMORY_DAYS : MEMORY_WEEKS);
}

void ewma_step(Ewma *e, int64_t x, int64_t ahead, PhraseBy by)
{
	int64_t m = memory(ahead, by), d = x * ONE - e->mu;
	i128 spread = (i128)d * d / ONE / m;
	e->mu += floor_div(d, m);
	e->var = (int64_t)(((i128)e->var + spread) * (m - 1) / m);
}

void ewma_idle(Ewma *e, int64_t from, int64_t until, PhraseBy by)
{
	for (int64_t ahead = from; ahead < until && (e->mu || e->var); ahead++) ewma_step(e, 0, ahead, by);
}

static int64_t root(u128 v)
{
	uint64_t r = 0;
	for (uint64_t bit = (uint64_t)1 << 62; bit; bit >>= 1)
		if ((u128)(r | bit) * (r | bit) <= v) r |= bit;
	return (int64_t)r;
}

int64_t ewma_z_centi(const Ewma *e, int64_t x)
{
	int64_t d = x * ONE - e->mu;
	if (d <= 0) return 0;
	return root((u128)d * (u128)d * 10000 / ((u128)(e->mu + e->var + ONE) * ONE));
}

uint64_t log2_q32(uint64_t v)
{
	uint32_t whole = 63 - (uint32_t)__builtin_clzll(v | 1);
	uint64_t m = v << (63 - whole), ret = whole;
	for (int i = 0; i < 32; i++) {
		u128 square = ((u128)m * m) >> 63;
		bool bit = (square >> 64) != 0;
		m = (uint64_t)(bit ? square >> 1 : square);
		ret = ret << 1 | bit;
	}
	return ret;
}

static i128 x_log_x(uint64_t v) { return v ? (i128)v * log2_q32(v) : 0; }

int64_t g2_centi(uint64_t a, uint64_t n, uint64_t b, uint64_t m)
{
	if ((u128)a * m <= (u128)b * n) return 0;
	i128 sum = x_log_x(a) + x_log_x(n - a) + x_log_x(b) + x_log_x(m - b) + x_log_x(n + m);
	sum -= x_log_x(a + b) + x_log_x(n + m - a - b) + x_log_x(n) + x_log_x(m);
	return sum > 0 ? (int64_t)((sum * 200 * LN2_Q32) >> 64) : 0;
}

bool npmi_holds(uint64_t both, uint64_t a, uint64_t b, uint64_t n)
{
	if (!both || !a || !b) return false;
	int64_t top = (int64_t)(log2_q32(both) + log2_q32(n)) - (int64_t)(log2_q32(a) + log2_q32(b));
	int64_t bottom = (int64_t)log2_q32(n) - (int64_t)log2_q32(both);
	return top * 10 >= bottom * 3;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static uint32_t authors_of(PhraseWork *w, uint32_t from, uint32_t until)
{
	uint32_t n = until - from, different = 0;
	for (uint32_t i = 0; i < n; i++) w->authors[i] = work_post(w, w->events[from + i].post)->author;
	qsort(w->authors, n, sizeof *w->authors, by_number);
	for (uint32_t i = 0; i < n; i++) different += !i || w->authors[i] != w->authors[i - 1];
	return different;
}

static Status put_burst(Ctx *cx, Bursts *b, const Burst *burst)
{
	if (b->n == b->cap) {
		size_t cap = b->cap * 2 + 1024;
		Burst *v = arena_grow(b->arena, b->v, b->cap * sizeof *v, cap * sizeof *v);
		if (!v) return fail(cx, ST_TOO_LARGE, "there are too many phrases");
		b->v = v;
		b->cap = cap;
	}
	b->v[b->n++] = *burst;
	return ST_OK;
}

// The events from..until are the term's in one span, those from first on all its earlier ones.
static Status look(Ctx *cx, PhraseWork *w, const Ewma *e, Burst b)
{
	const PhraseSpan *s = &w->spans[b.span];
	if (b.until - b.from < BURST_POSTS_MIN || s->number - w->spans[0].number < PERIODS_MIN) return ST_OK;
	b.z_centi = ewma_z_centi(e, b.until - b.from);
	if (b.z_centi < Z_MIN_CENTI) return ST_OK;
	b.g2_centi = g2_centi(b.until - b.from, s->counted, b.from - b.first, s->before);
	if (b.g2_centi < G2_MIN_CENTI) return ST_OK;
	b.authors = authors_of(w, b.from, b.until);
	if (b.authors < BURST_AUTHORS_MIN) return ST_OK;
	b.mu_centi = e->mu * 100 / ONE;
	return put_burst(cx, &w->bursts, &b);
}

// All of one term, period after period.
static Status follow(Ctx *cx, PhraseWork *w, uint32_t first, uint32_t end)
{
	Ewma e = {0};
	int64_t seen = 0; // periods since the beginning
	for (uint32_t from = first, until; from < end; from = until) {
		uint32_t span = span_of(w, w->events[from].post);
		int64_t ahead = w->spans[span].number - w->spans[0].number;
		for (until = from + 1; until < end && w->events[until].post < w->spans[span].until;) until++;
		ewma_idle(&e, seen, ahead, w->q->by);
		TRY(look(cx, w, &e, (Burst){.span = span, .from = from, .until = until, .first = first}));
		ewma_step(&e, until - from, ahead, w->q->by);
		seen = ahead + 1;
	}
	return ST_OK;
}

Status bursts_find(Ctx *cx, PhraseWork *w)
{
	for (size_t i = 0, end; i < w->events_n; i = end) {
		for (end = i + 1; end < w->events_n && w->events[end].term == w->events[i].term;) end++;
		if (end - i >= BURST_POSTS_MIN) TRY(follow(cx, w, (uint32_t)i, (uint32_t)end));
	}
	return ST_OK;
}
