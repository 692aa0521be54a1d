// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/phrases.h"

#include "text/duplicates.h"
#include "text/phrases_impl.h"

#include <stdlib.h>

#define WORK_CAP_BYTES ((size_t)2 << 30)
#define SKETCH_BITS_MIN 16
#define SKETCH_BITS_MAX 24
#define TIMES_MAX ((Time)1 << 52)   // either way from 1970
#define MONDAY_MS (3 * TIME_DAY_MS) // 1970 began on a Thursday

typedef struct Stamp {
	Time at_ms;
	uint32_t post;
} Stamp;

static int by_time(const void *a, const void *b)
{
	const Stamp *x = a, *y = b;
	if (x->at_ms != y->at_ms) return x->at_ms < y->at_ms ? -1 : 1;
	return (x->post > y->post) - (x->post < y->post);
}

static Time period_ms(PhraseBy by) { return by == PHRASES_BY_DAY ? TIME_DAY_MS : 7 * TIME_DAY_MS; }

static int32_t period_of(PhraseBy by, Time t)
{
	Time ms = period_ms(by), at = by == PHRASES_BY_WEEK ? t + MONDAY_MS : t;
	return (int32_t)(at / ms - (at % ms < 0));
}

static Time period_begins(PhraseBy by, int32_t number)
{
	return (Time)number * period_ms(by) - (by == PHRASES_BY_WEEK ? MONDAY_MS : 0);
}

static void sort_posts(PhraseWork *w)
{
	size_t n = w->q->n;
	Stamp *s = ARENA_NEW(w->arena, Stamp, n);
	w->order = ARENA_NEW(w->arena, uint32_t, n);
	for (size_t i = 0; i < n; i++) s[i] = (Stamp){w->q->posts[i].at_ms, (uint32_t)i};
	qsort(s, n, sizeof *s, by_time);
	for (size_t i = 0; i < n; i++) w->order[i] = s[i].post;
}

static void make_spans(PhraseWork *w)
{
	w->spans = ARENA_NEW(w->arena, PhraseSpan, w->q->n);
	for (uint32_t i = 0; i < w->q->n; i++) {
		int32_t number = period_of(w->q->by, work_post(w, i)->at_ms);
		PhraseSpan *s = w->spans_n ? &w->spans[w->spans_n - 1] : NULL;
		if (!s || s->number != number) {
			s = &w->spans[w->spans_n];
			*s = (PhraseSpan){.number = number, .from = i};
			w->spans_n++;
		}
		s->until = i + 1;
	}
}

uint32_t span_of(const PhraseWork *w, uint32_t post)
{
	size_t lo = 0, hi = w->spans_n;
	while (hi - lo > 1) {
		size_t mid = (lo + hi) / 2;
		if (w->spans[mid].from <= post) lo = mid;
		else hi = mid;
	}
	return (uint32_t)lo;
}

// A copy is nearly the same as another post of the day or week before it.
static void find_copies(PhraseWork *w)
{
	DupIndex *d = dup_index_new(w->arena, w->q->n);
	DupMatch m[DUP_MATCHES_MAX];
	w->copy = ARENA_NEW(w->arena, bool, w->q->n);
	for (uint32_t i = 0; i < w->q->n; i++) {
		text_scan(w->units->scan, work_post(w, i)->text);
		size_t n = dup_index_add(d, w->units->scan, m, COUNTOF(m));
		Time since = work_post(w, i)->at_ms - period_ms(w->q->by);
		for (size_t k = 0; k < n; k++) w->copy[i] |= work_post(w, m[k].text)->at_ms > since;
	}
	for (size_t s = 0; s < w->spans_n; s++) {
		PhraseSpan *span = &w->spans[s];
		for (uint32_t i = span->from; i < span->until; i++) span->counted += !w->copy[i];
		if (s + 1 < w->spans_n) w->spans[s + 1].before = span->before + span->counted;
	}
}

// How often each term may occur at most, by its hash: what is rare can be no burst and needs no memory of its own.
typedef struct Sketch {
	uint8_t *counts;
	uint32_t shift;
} Sketch;

static Sketch sketch_make(PhraseWork *w)
{
	size_t bytes = 0;
	uint32_t bits = SKETCH_BITS_MIN;
	for (size_t i = 0; i < w->q->n; i++) bytes += w->q->posts[i].text.n;
	while (bits < SKETCH_BITS_MAX && (size_t)1 << bits < bytes * 2) bits++;
	Sketch s = {ARENA_NEW(w->arena, uint8_t, (size_t)1 << bits), 64 - bits};
	for (uint32_t i = 0; i < w->q->n; i++) {
		if (w->copy[i]) continue;
		units_read(w->units, work_post(w, i)->text);
		units_terms(w->units);
		for (size_t k = 0; k < w->units->terms_n; k++) {
			uint8_t *c = &s.counts[w->units->terms[k] >> s.shift];
			if (*c < BURST_POSTS_MIN) (*c)++;
		}
	}
	return s;
}

static int by_hash(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

// The terms of a post that are not rare, each once.
static size_t terms_of(PhraseWork *w, const Sketch *s, uint32_t post)
{
	Units *u = w->units;
	size_t n = 0, kept = 0;
	units_read(u, work_post(w, post)->text);
	units_terms(u);
	for (size_t i = 0; i < u->terms_n; i++)
		if (s->counts[u->terms[i] >> s->shift] >= BURST_POSTS_MIN) u->terms[n++] = u->terms[i];
	qsort(u->terms, n, sizeof *u->terms, by_hash);
	for (size_t i = 0; i < n; i++)
		if (!kept || u->terms[kept - 1] != u->terms[i]) u->terms[kept++] = u->terms[i];
	return kept;
}

static int by_term(const void *a, const void *b)
{
	const PhraseEvent *x = a, *y = b;
	if (x->term != y->term) return x->term < y->term ? -1 : 1;
	return (x->post > y->post) - (x->post < y->post);
}

// Read twice, so that the one large table is as large as it has to be.
static Status collect(Ctx *cx, PhraseWork *w)
{
	Sketch s = sketch_make(w);
	size_t n = 0;
	for (uint32_t i = 0; i < w->q->n; i++)
		if (!w->copy[i]) n += terms_of(w, &s, i);
	w->events = arena_try_alloc(w->arena, (n + 1) * sizeof *w->events, _Alignof(PhraseEvent));
	if (!w->events || n > UINT32_MAX / 2) return fail(cx, ST_TOO_LARGE, "the posts are too long together");
	for (uint32_t i = 0; i < w->q->n; i++) {
		size_t terms = w->copy[i] ? 0 : terms_of(w, &s, i);
		for (size_t k = 0; k < terms; k++) w->events[w->events_n++] = (PhraseEvent){w->units->terms[k], i};
	}
	qsort(w->events, w->events_n, sizeof *w->events, by_term);
	return ST_OK;
}

// By period, the most telling first.
static int by_rank(const void *a, const void *b)
{
	const Burst *x = a, *y = b;
	if (x->span != y->span) return x->span < y->span ? -1 : 1;
	if (x->g2_centi != y->g2_centi) return x->g2_centi > y->g2_centi ? -1 : 1;
	if (x->z_centi != y->z_centi) return x->z_centi > y->z_centi ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from); // by term
}

static Status answer(Ctx *cx, PhraseWork *w, PhraseAnswer *ret)
{
	const PhraseQuestion *q = w->q;
	Bursts *b = &w->bursts;
	PhraseAnswer a = {.v = ARENA_NEW(cx->arena, PhrasePeriod, w->spans_n)};
	if (b->n) qsort(b->v, b->n, sizeof *b->v, by_rank);
	for (size_t s = 0, from = 0, until; s < w->spans_n; s++, from = until) {
		const PhraseSpan *span = &w->spans[s];
		Time begins = period_begins(q->by, span->number);
		for (until = from; until < b->n && b->v[until].span == s;) until++;
		if (q->until_ms && (begins < q->from_ms || begins >= q->until_ms)) continue;
		PhrasePeriod *p = &a.v[a.n++];
		*p = (PhrasePeriod){
			.from_ms = begins, .posts = span->counted, .copies = span->until - span->from - span->counted};
		TRY(phrases_label(cx, w, b->v + from, until - from, p));
	}
	*ret = a;
	return ST_OK;
}

Status phrases_emerging(Ctx *cx, const PhraseQuestion *q, PhraseAnswer *ret_answer)
{
	if (q->n > PHRASES_POSTS_MAX) return fail(cx, ST_TOO_LARGE, "more than %zu posts", PHRASES_POSTS_MAX);
	for (size_t i = 0; i < q->n; i++)
		if (q->posts[i].at_ms > TIMES_MAX || q->posts[i].at_ms < -TIMES_MAX)
			return fail(cx, ST_INVALID, "a time is out of range");
	if (!q->n) {
		*ret_answer = (PhraseAnswer){0};
		return ST_OK;
	}
	AUTO(Arena) arena = arena_new(WORK_CAP_BYTES);
	PhraseWork w = {.arena = arena, .q = q, .units = units_new(arena), .bursts.arena = arena};
	w.authors = ARENA_NEW(arena, int64_t, q->n);
	sort_posts(&w);
	make_spans(&w);
	find_copies(&w);
	TRY(collect(cx, &w));
	TRY(bursts_find(cx, &w));
	return answer(cx, &w, ret_answer);
}
