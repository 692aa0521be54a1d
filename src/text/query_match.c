// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks the queries of a text: first which are worth asking, by their words; then those, by the places of the words.
#include "text/query_impl.h"

#include <string.h>

#define SPANS_MAX 32 // places of one part of a query that are followed

typedef struct Span {
	uint32_t from, to; // places, inclusive
} Span;

typedef struct Spans {
	Span v[SPANS_MAX];
	size_t n;
} Spans;

typedef struct Asking {
	QuerySet *q;
	const QueryNode *nodes;
	QueryMatch *match;
} Asking;

static void consider(QuerySet *q, uint32_t hash)
{
	if (!bloom_has(q, hash)) return;
	for (uint32_t at = q->heads[hash & (ANCHOR_SLOTS - 1)]; at; at = q->anchors[at - 1].next) {
		const Anchor *a = &q->anchors[at - 1];
		if (a->hash != hash || q->queries[a->query].seen == q->text) continue;
		q->queries[a->query].seen = q->text;
		q->candidates[q->candidates_n++] = a->query;
	}
}

// Takes every hash under which a token may be asked for.
typedef void (*TakeFn)(QuerySet *q, uint32_t hash);

static void prefixes(QuerySet *q, const TextScan *scan, const Token *t, TakeFn take)
{
	uint32_t h = HASH_SEED, n = t->cps < 24 ? t->cps : 24;
	for (uint32_t k = 0; k < n; k++) {
		h = hash_step(h, scan->cps[t->cp + k]);
		if (q->prefix_lengths >> (k + 1) & 1) take(q, hash_end(h) ^ PREFIX_SALT);
	}
}

static void put(QuerySet *q, uint32_t hash, uint32_t place)
{
	uint32_t i = hash & (POSITION_SLOTS - 1);
	if (q->links_n == LINKS_MAX) return;
	while (q->positions[i].stamp == q->text && q->positions[i].hash != hash) i = (i + 1) & (POSITION_SLOTS - 1);
	Position *p = &q->positions[i];
	q->links[q->links_n] = (Link){.place = place};
	uint32_t link = ++q->links_n;
	if (p->stamp != q->text) *p = (Position){.hash = hash, .stamp = q->text, .first = link};
	else q->links[p->last - 1].next = link;
	p->last = link;
}

static void put_place(QuerySet *q, uint32_t hash) { put(q, hash, q->places_n); }
static void put_field(QuerySet *q, uint32_t hash) { put(q, hash, NO_PLACE); }

static const Position *position(const QuerySet *q, uint32_t hash)
{
	for (uint32_t i = hash & (POSITION_SLOTS - 1); q->positions[i].stamp == q->text; i = (i + 1) & (POSITION_SLOTS - 1))
		if (q->positions[i].hash == hash) return &q->positions[i];
	return NULL;
}

// All hashes of the text; `places` counts words on the way.
static void walk(QuerySet *q, const TextScan *scan, TakeFn take)
{
	q->places_n = 0;
	for (uint32_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		if (t->kind == TOKEN_PUNCT || t->kind == TOKEN_URL || t->kind == TOKEN_EMOTICON) continue;
		for (uint32_t k = 0; k < (t->kind == TOKEN_RUN ? t->cps : 1u) && q->places_n < TEXT_MAX_BYTES / 2; k++) {
			uint32_t h = t->hash;
			if (t->kind == TOKEN_MENTION) h = folded_hash(str_sub(scan->text, t->at, t->end));
			if (t->kind == TOKEN_RUN) h = hash_end(hash_step(HASH_SEED, scan->cps[t->cp + k]));
			q->places[q->places_n] = i;
			take(q, h);
			if (q->prefix_lengths && t->kind == TOKEN_WORD) prefixes(q, scan, t, take);
			q->places_n++;
		}
	}
}

static void walk_fields(QuerySet *q, const QueryFields *fields, TakeFn take)
{
	for (int f = 0; f < FIELD_TITLE; f++)
		if (fields->v[f].n) take(q, field_hash((QueryField)f, folded_hash(fields->v[f])));
	for (Str rest = fields->v[FIELD_TITLE], w; rest.n;) {
		rest = str_cut(rest, ' ', &w);
		if (w.n) take(q, field_hash(FIELD_TITLE, token_hash_of(w)));
	}
}

static void put_span(Spans *s, uint32_t from, uint32_t to)
{
	if (s->n < SPANS_MAX) s->v[s->n++] = (Span){from, to};
}

static void term_spans(const Asking *a, const QueryNode *n, Spans *ret)
{
	const Position *p = position(a->q, n->hash);
	for (uint32_t at = p ? p->first : 0; at && ret->n < SPANS_MAX; at = a->q->links[at - 1].next)
		put_span(ret, a->q->links[at - 1].place, a->q->links[at - 1].place);
}

static bool stands_at(const Asking *a, const QueryNode *term, uint32_t place)
{
	const Position *p = position(a->q, term->hash);
	for (uint32_t at = p ? p->first : 0; at; at = a->q->links[at - 1].next)
		if (a->q->links[at - 1].place >= place) return a->q->links[at - 1].place == place;
	return false;
}

// Words one after another.
static void exact_spans(const Asking *a, const QueryNode *n, Spans *ret)
{
	Spans first = {.n = 0};
	uint32_t words = (uint32_t)(n->right - n->left);
	term_spans(a, &a->nodes[n->left], &first);
	for (size_t i = 0; i < first.n; i++) {
		uint32_t k = 1;
		while (k < words && stands_at(a, &a->nodes[n->left + k], first.v[i].from + k)) k++;
		if (k == words) put_span(ret, first.v[i].from, first.v[i].from + words - 1);
	}
}

static bool close_by(Span a, Span b, uint32_t distance)
{
	uint32_t gap = a.from > b.to ? a.from - b.to : b.from > a.to ? b.from - a.to : 0;
	return gap <= distance;
}

static Span joined(Span a, Span b) { return (Span){a.from < b.from ? a.from : b.from, a.to > b.to ? a.to : b.to}; }

static void near_spans(const Spans *left, const Spans *right, uint32_t distance, Spans *ret)
{
	for (size_t i = 0; i < left->n; i++)
		for (size_t k = 0; k < right->n; k++)
			if (close_by(left->v[i], right->v[k], distance)) {
				Span s = joined(left->v[i], right->v[k]);
				put_span(ret, s.from, s.to);
			}
}

// All words within so many places, in any order.
static void loose_spans(const Asking *a, const QueryNode *n, Spans *ret)
{
	uint32_t width = (uint32_t)(n->right - n->left) - 1 + n->distance;
	Spans all = {.n = 0};
	term_spans(a, &a->nodes[n->left], &all);
	for (uint16_t k = (uint16_t)(n->left + 1); k < n->right && all.n; k++) {
		Spans one = {.n = 0}, both = {.n = 0};
		term_spans(a, &a->nodes[k], &one);
		near_spans(&all, &one, width, &both);
		all.n = 0;
		for (size_t i = 0; i < both.n; i++)
			if (both.v[i].to - both.v[i].from <= width) put_span(&all, both.v[i].from, both.v[i].to);
	}
	*ret = all;
}

static void explain_word(const Asking *a, const QueryNode *term, Span within)
{
	QueryMatch *m = a->match;
	Spans s = {.n = 0};
	term_spans(a, term, &s);
	for (size_t i = 0; i < s.n; i++) {
		uint32_t place = s.v[i].from;
		if (place < within.from || place > within.to || place >= a->q->places_n) continue;
		size_t known = 0;
		while (known < m->because_n && m->because[known] != a->q->places[place]) known++;
		if (known < m->because_n || m->because_n == QUERY_BECAUSE_MAX) return;
		m->because[m->because_n++] = a->q->places[place];
		return;
	}
}

// Every word of a phrase or of a NEAR, where it was found first.
static void explain(const Asking *a, const QueryNode *n, Span found)
{
	switch ((NodeKind)n->kind) {
	case NODE_TERM: explain_word(a, n, found); break;
	case NODE_PHRASE:
		for (uint16_t k = n->left; k < n->right; k++) explain_word(a, &a->nodes[k], found);
		break;
	case NODE_NEAR:
	case NODE_AND:
	case NODE_OR:
		explain(a, &a->nodes[n->left], found);
		explain(a, &a->nodes[n->right], found);
		break;
	case NODE_FIELD:
	case NODE_NOT: break;
	}
}

static bool holds(const Asking *a, uint16_t at);

// Places of a part of NEAR: what can be pointed at.
static void spans_of(const Asking *a, uint16_t at, Spans *ret)
{
	const QueryNode *n = &a->nodes[at];
	Spans left = {.n = 0}, right = {.n = 0};
	switch ((NodeKind)n->kind) {
	case NODE_TERM:
	case NODE_FIELD: term_spans(a, n, ret); break;
	case NODE_PHRASE:
		if (n->distance) loose_spans(a, n, ret);
		else exact_spans(a, n, ret);
		break;
	case NODE_NEAR:
		spans_of(a, n->left, &left);
		if (left.n) spans_of(a, n->right, &right);
		near_spans(&left, &right, n->distance, ret);
		break;
	case NODE_AND:
	case NODE_OR:
		spans_of(a, n->left, &left);
		spans_of(a, n->right, &right);
		if (n->kind == NODE_AND && (!left.n || !right.n)) break;
		*ret = left;
		for (size_t i = 0; i < right.n; i++) put_span(ret, right.v[i].from, right.v[i].to);
		break;
	case NODE_NOT: break;
	}
}

static bool holds(const Asking *a, uint16_t at)
{
	const QueryNode *n = &a->nodes[at];
	if (n->kind == NODE_AND) return holds(a, n->left) && holds(a, n->right);
	if (n->kind == NODE_OR) return holds(a, n->left) || holds(a, n->right);
	if (n->kind == NODE_NOT) {
		QueryMatch unused = {0};
		Asking quiet = {a->q, a->nodes, &unused};
		return !holds(&quiet, n->left);
	}
	Spans s = {.n = 0};
	spans_of(a, at, &s);
	if (s.n) explain(a, n, s.v[0]);
	return s.n > 0;
}

size_t queries_match(QuerySet *q, const TextScan *scan, const QueryFields *fields, QueryMatch *ret, size_t max)
{
	size_t n = 0;
	q->text++;
	q->candidates_n = 0;
	q->links_n = 0;
	walk(q, scan, consider);
	walk_fields(q, fields, consider);
	for (size_t i = 0; i < q->always_n; i++) q->candidates[q->candidates_n++] = q->always[i];
	if (!q->candidates_n) return 0;
	walk(q, scan, put_place);
	walk_fields(q, fields, put_field);
	for (size_t i = 0; i < q->candidates_n && n < max; i++) {
		const Query *query = &q->queries[q->candidates[i]];
		ret[n] = (QueryMatch){.query = q->candidates[i]};
		Asking a = {q, query->nodes, &ret[n]};
		if (holds(&a, query->root)) n++;
	}
	return n;
}
