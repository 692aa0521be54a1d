// SPDX-License-Identifier: AGPL-3.0-or-later
// From the best terms of a period to phrases for people: whose words belong together, each matter once, as it is written.
#include "text/phrases_impl.h"

#include "base/utf8.h"

#include <string.h>

#define CANDIDATES_MAX ((size_t)96)
#define SURFACES_MAX 8 // posts whose spelling is looked at
#define SURFACE_MAX_BYTES ((size_t)160)
#define WITHIN_PERCENT 60 // of the shorter phrase's posts: the longer one says it better
#define SAME_PERCENT 70   // of the rarer phrase's posts: one matter

typedef struct Candidate {
	const Burst *b;
	uint64_t parts[GRAM_RUN];
	size_t parts_n;
	uint32_t at, end; // in its first post
	bool out;
} Candidate;

static uint32_t posts_of(const Burst *b) { return b->until - b->from; }

static size_t event_at(const PhraseWork *w, uint64_t term, uint32_t post)
{
	size_t lo = 0, hi = w->events_n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		const PhraseEvent *e = &w->events[mid];
		if (e->term < term || (e->term == term && e->post < post)) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}

// Where the term first stands in the post, as units; their number, 0 if it does not.
static size_t find_term(PhraseWork *w, uint32_t post, uint64_t term, size_t *ret_from)
{
	units_read(w->units, work_post(w, post)->text);
	for (size_t i = 0; i < w->units->n; i++)
		for (size_t n = 1; n <= GRAM_RUN; n++)
			if (units_term(w->units, i, n) == term) {
				*ret_from = i;
				return n;
			}
	return 0;
}

static bool has_digit(Str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9') return true;
	return false;
}

// A letter or a number alone says nothing.
static bool tells(const Units *u, size_t from, size_t n)
{
	const Unit *v = u->v + from;
	Str text = str_sub(u->scan->text, v->at, v->end);
	bool letters = false;
	for (size_t i = 0; i < n; i++) letters |= v[i].letters;
	if (n > 1 || !letters) return letters;
	return !v->run && v->letters_n >= (has_digit(text) || text.n > v->letters_n ? 2 : 3);
}

static bool split_holds(const PhraseWork *w, const Burst *b, uint64_t a, uint64_t c)
{
	const PhraseSpan *s = &w->spans[b->span];
	if (!a || !c) return true;
	size_t in_a = event_at(w, a, s->until) - event_at(w, a, 0);
	size_t in_c = event_at(w, c, s->until) - event_at(w, c, 0);
	return npmi_holds(b->until - b->first, in_a, in_c, s->before + s->counted);
}

// Between its first word and the rest, and between the last and what is before: neither may be a coincidence.
static bool belongs_together(const PhraseWork *w, const Burst *b, size_t from, size_t n)
{
	const Units *u = w->units;
	if (n == 1) return true;
	uint64_t first = units_term(u, from, 1), rest = units_term(u, from + 1, n - 1);
	uint64_t head = units_term(u, from, n - 1), last = units_term(u, from + n - 1, 1);
	if (!rest && !head) return split_holds(w, b, first, last); // "proof of work"
	return split_holds(w, b, first, rest) && split_holds(w, b, head, last);
}

static bool candidate(PhraseWork *w, const Burst *b, Candidate *ret)
{
	size_t from, n = find_term(w, w->events[b->from].post, w->events[b->from].term, &from);
	if (!n || !tells(w->units, from, n) || !belongs_together(w, b, from, n)) return false;
	*ret = (Candidate){.b = b, .parts_n = n, .at = w->units->v[from].at, .end = w->units->v[from + n - 1].end};
	for (size_t i = 0; i < n; i++) ret->parts[i] = w->units->v[from + i].hash;
	return true;
}

static bool within(const Candidate *a, const Candidate *b)
{
	for (size_t i = 0; i + a->parts_n <= b->parts_n; i++)
		if (!memcmp(a->parts, b->parts + i, a->parts_n * sizeof *a->parts)) return true;
	return false;
}

// Of "annealing" and "quantum annealing" only one: the longer if it is most of the shorter.
static void collapse(Candidate *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n && !v[i].out; k++) {
			Candidate *a = &v[i], *b = &v[k];
			if (b->out || a->parts_n >= b->parts_n || !within(a, b)) continue;
			bool longer = posts_of(b->b) * 100 >= posts_of(a->b) * WITHIN_PERCENT;
			(longer ? a : b)->out = true;
		}
}

static uint32_t shared(const PhraseWork *w, const Burst *a, const Burst *b)
{
	uint32_t i = a->from, k = b->from, n = 0;
	while (i < a->until && k < b->until) {
		uint32_t x = w->events[i].post, y = w->events[k].post;
		n += x == y;
		i += x <= y;
		k += y <= x;
	}
	return n;
}

static bool same_matter(const PhraseWork *w, const Candidate *a, const Candidate *b)
{
	uint32_t rarer = posts_of(a->b) < posts_of(b->b) ? posts_of(a->b) : posts_of(b->b);
	return shared(w, a->b, b->b) * 100 >= rarer * SAME_PERCENT;
}

// Line breaks and tabs between words are spaces.
static Str one_line(Arena *a, Str s)
{
	Buf b = buf_init(a, SURFACE_MAX_BYTES, SURFACE_MAX_BYTES * 4);
	s = utf8_repair(a, utf8_cut(s, SURFACE_MAX_BYTES));
	for (size_t i = 0; i < s.n; i++) {
		bool space = (unsigned char)s.p[i] <= ' ';
		if (!space) buf_char(&b, s.p[i]);
		else if (b.n && b.p[b.n - 1] != ' ') buf_char(&b, ' ');
	}
	return buf_view(&b);
}

// As most of its first posts write it; what was first if as many do.
static Str surface(Ctx *cx, PhraseWork *w, const Candidate *c)
{
	Str seen[SURFACES_MAX];
	uint32_t times[SURFACES_MAX] = {0};
	size_t n = 0, best = 0;
	const Burst *b = c->b;
	for (uint32_t i = b->from; i < b->until && i < b->from + SURFACES_MAX; i++) {
		size_t from, units = find_term(w, w->events[i].post, w->events[i].term, &from), k = 0;
		if (!units) continue;
		Str s = str_sub(w->units->scan->text, w->units->v[from].at, w->units->v[from + units - 1].end);
		while (k < n && !str_eq(seen[k], s)) k++;
		if (k == n) seen[n++] = s;
		times[k]++;
	}
	for (size_t k = 1; k < n; k++)
		if (times[k] > times[best]) best = k;
	return n ? one_line(cx->arena, seen[best]) : str_none();
}

static void examples(const PhraseWork *w, const Burst *b, RisingPhrase *p)
{
	int64_t authors[PHRASE_EXAMPLES_MAX];
	for (uint32_t i = b->from; i < b->until && p->examples_n < PHRASE_EXAMPLES_MAX; i++) {
		const PhrasePost *post = work_post(w, w->events[i].post);
		uint32_t k = 0;
		while (k < p->examples_n && authors[k] != post->author) k++;
		if (k < p->examples_n) continue;
		authors[k] = post->author;
		p->examples[p->examples_n++] = w->order[w->events[i].post];
	}
}

static RisingPhrase phrase_of(Ctx *cx, PhraseWork *w, const Candidate *c)
{
	const Burst *b = c->b;
	RisingPhrase p = {.text = surface(cx, w, c),
					  .posts = posts_of(b),
					  .authors = b->authors,
					  .before = b->from - b->first,
					  .expected_centi = b->mu_centi,
					  .z_centi = b->z_centi,
					  .g2_centi = b->g2_centi};
	examples(w, b, &p);
	return p;
}

Status phrases_label(Ctx *cx, PhraseWork *w, const Burst *v, size_t n, PhrasePeriod *ret)
{
	Candidate c[CANDIDATES_MAX];
	const Candidate *kept[PHRASES_TOP_MAX];
	size_t c_n = 0, kept_n = 0, top = size_min(w->q->top, PHRASES_TOP_MAX);
	for (size_t i = 0; i < n && i < CANDIDATES_MAX * 2 && c_n < CANDIDATES_MAX; i++)
		c_n += candidate(w, &v[i], &c[c_n]);
	collapse(c, c_n);
	for (size_t i = 0; i < c_n && kept_n < top; i++) {
		size_t k = 0;
		if (c[i].out) continue;
		while (k < kept_n && !same_matter(w, kept[k], &c[i])) k++;
		if (k == kept_n) kept[kept_n++] = &c[i];
	}
	ret->v = ARENA_NEW(cx->arena, RisingPhrase, kept_n);
	for (size_t i = 0; i < kept_n; i++) ret->v[ret->n++] = phrase_of(cx, w, kept[i]);
	return ST_OK;
}
