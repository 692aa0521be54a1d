// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the parts of a query stand. Lists of spans are in order and without those that lie within another one, so that two
// are brought together in one pass: of what is close to a span, the first and the last reach farthest.
#include "text/query_impl.h"

#include <string.h>

static void push(QuerySet *q, uint32_t from, uint32_t to)
{
	if (q->spans_n < SPANS_MAX) q->spans[q->spans_n++] = (Span){from, to};
}

static Spans since(const QuerySet *q, size_t from) { return (Spans){q->spans + from, q->spans_n - from}; }

// What was pushed since `from` is given up for what stands at `v`.
static Spans settle(QuerySet *q, size_t from, Spans v)
{
	memmove(q->spans + from, v.v, v.n * sizeof *v.v);
	q->spans_n = from + v.n;
	return since(q, from);
}

// Of two lists in order; pushed.
static Spans unite(QuerySet *q, Spans a, Spans b)
{
	size_t from = q->spans_n, i = 0, k = 0;
	while (i < a.n || k < b.n) {
		bool first = k == b.n ||
					 (i < a.n && (a.v[i].from < b.v[k].from || (a.v[i].from == b.v[k].from && a.v[i].to >= b.v[k].to)));
		Span s = first ? a.v[i++] : b.v[k++];
		if (q->spans_n == from || s.to > q->spans[q->spans_n - 1].to) push(q, s.from, s.to);
	}
	return since(q, from);
}

static uint32_t first_link(const QuerySet *q, uint32_t hash)
{
	const Position *p = query_position(q, hash);
	return p ? p->first : 0;
}

static Spans of_term(QuerySet *q, const QueryNode *n)
{
	size_t from = q->spans_n;
	for (uint32_t at = first_link(q, n->hash); at; at = q->links[at - 1].next)
		if (q->links[at - 1].place != NO_PLACE) push(q, q->links[at - 1].place, q->links[at - 1].place);
	return since(q, from);
}

// Words one after another: each looks on from where it was last found.
static Spans of_words(QuerySet *q, const QueryNode *nodes, const QueryNode *n)
{
	uint32_t at[QUERY_NODES_MAX], words = (uint32_t)(n->right - n->left);
	size_t from = q->spans_n;
	at[0] = first_link(q, nodes[n->left].hash);
	for (uint32_t k = 1; k < words; k++) at[k] = first_link(q, nodes[n->left + k].hash);
	for (; at[0]; at[0] = q->links[at[0] - 1].next) {
		uint32_t place = q->links[at[0] - 1].place, k = 1;
		for (; k < words; k++) {
			while (at[k] && q->links[at[k] - 1].place < place + k) at[k] = q->links[at[k] - 1].next;
			if (!at[k]) return since(q, from);
			if (q->links[at[k] - 1].place != place + k) break;
		}
		if (k == words) push(q, place, place + words - 1);
	}
	return since(q, from);
}

// The words of a phrase, each once, with how often it is wanted.
typedef struct Wanted {
	uint32_t hashes[QUERY_NODES_MAX], times[QUERY_NODES_MAX], at[QUERY_NODES_MAX];
	uint32_t n;
} Wanted;

static void want(Wanted *w, uint32_t hash)
{
	uint32_t i = 0;
	while (i < w->n && w->hashes[i] != hash) i++;
	if (i == w->n) {
		w->hashes[w->n] = hash;
		w->times[w->n++] = 0;
	}
	w->times[i]++;
}

// Every place of any of them, in order; `to` is which one.
static Spans places(QuerySet *q, Wanted *w)
{
	size_t from = q->spans_n;
	for (uint32_t i = 0; i < w->n; i++) w->at[i] = first_link(q, w->hashes[i]);
	for (;;) {
		uint32_t best = w->n;
		for (uint32_t i = 0; i < w->n; i++)
			if (w->at[i] && (best == w->n || q->links[w->at[i] - 1].place < q->links[w->at[best] - 1].place)) best = i;
		if (best == w->n) return since(q, from);
		push(q, q->links[w->at[best] - 1].place, best);
		w->at[best] = q->links[w->at[best] - 1].next;
	}
}

// All words within so many places, in any order: a window slides over their places.
static Spans of_loose(QuerySet *q, const QueryNode *nodes, const QueryNode *n)
{
	Wanted w; // of its arrays only what is wanted is set
	uint32_t width = (uint32_t)(n->right - n->left) - 1 + n->distance, lacking;
	size_t from = q->spans_n, k = 0;
	w.n = 0;
	for (uint16_t i = n->left; i < n->right; i++) want(&w, nodes[i].hash);
	Spans all = places(q, &w);
	lacking = w.n;
	for (uint32_t i = 0; i < w.n; i++) w.at[i] = 0; // from here on: how many are in the window
	size_t found = q->spans_n;
	for (size_t i = 0; i < all.n; i++) {
		for (; k < all.n && all.v[k].from - all.v[i].from <= width; k++)
			if (++w.at[all.v[k].to] == w.times[all.v[k].to]) lacking--;
		uint32_t last = all.v[k - 1].from;
		if (!lacking && (q->spans_n == found || last > q->spans[q->spans_n - 1].to)) push(q, all.v[i].from, last);
		if (w.at[all.v[i].to]-- == w.times[all.v[i].to]) lacking++;
	}
	return settle(q, from, since(q, found));
}

static Span joined(Span a, Span b) { return (Span){a.from < b.from ? a.from : b.from, a.to > b.to ? a.to : b.to}; }

// Each span of the left with the first, or the last, of the right that is so close to it.
static Spans with(QuerySet *q, Spans left, Spans right, uint32_t distance, bool last)
{
	size_t from = q->spans_n, lo = 0, hi = 0;
	for (size_t i = 0; i < left.n; i++) {
		Span s = left.v[i];
		while (lo < right.n && (uint64_t)right.v[lo].to + distance < s.from) lo++;
		while (hi < right.n && right.v[hi].from <= (uint64_t)s.to + distance) hi++;
		if (lo >= hi) continue;
		s = joined(s, right.v[last ? hi - 1 : lo]);
		if (q->spans_n == from || s.to > q->spans[q->spans_n - 1].to) push(q, s.from, s.to);
	}
	return since(q, from);
}

static Spans of_near(QuerySet *q, const QueryNode *nodes, const QueryNode *n)
{
	size_t from = q->spans_n;
	Spans left = query_spans(q, nodes, n->left), right = {.n = 0};
	if (left.n) right = query_spans(q, nodes, n->right);
	Spans first = with(q, left, right, n->distance, false), last = with(q, left, right, n->distance, true);
	return settle(q, from, unite(q, first, last));
}

Spans query_spans(QuerySet *q, const QueryNode *nodes, uint16_t at)
{
	const QueryNode *n = &nodes[at];
	size_t from = q->spans_n;
	if (n->kind == NODE_TERM || n->kind == NODE_FIELD) return of_term(q, n);
	if (n->kind == NODE_PHRASE) return n->distance ? of_loose(q, nodes, n) : of_words(q, nodes, n);
	if (n->kind == NODE_NEAR) return of_near(q, nodes, n);
	if (n->kind == NODE_NOT) return since(q, from);
	Spans left = query_spans(q, nodes, n->left), right = query_spans(q, nodes, n->right);
	if (n->kind == NODE_AND && (!left.n || !right.n)) {
		q->spans_n = from;
		return since(q, from);
	}
	return settle(q, from, unite(q, left, right));
}
