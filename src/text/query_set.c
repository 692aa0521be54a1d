// SPDX-License-Identifier: AGPL-3.0-or-later
// Files queries under words they cannot match without.
#include "text/query_impl.h"

#include <string.h>

typedef struct Anchors {
	uint32_t v[ANCHORS_MAX];
	size_t n;
	uint32_t cost; // lower: fewer texts have one of them
} Anchors;

QuerySet *queries_new(Arena *a)
{
	QuerySet *q = ARENA_NEW(a, QuerySet, 1);
	q->arena = a;
	q->heads = ARENA_NEW(a, uint32_t, ANCHOR_SLOTS);
	q->bloom = ARENA_NEW(a, uint64_t, BLOOM_BITS / 64);
	q->asked = ARENA_NEW(a, uint64_t, BLOOM_BITS / 64);
	q->spans = ARENA_NEW(a, Span, SPANS_MAX);
	q->positions = ARENA_NEW(a, Position, POSITION_SLOTS);
	q->stands = ARENA_NEW(a, Stand, LINKS_MAX);
	q->links = ARENA_NEW(a, Link, LINKS_MAX);
	q->scan = text_scan_new(a);
	q->places = ARENA_NEW(a, uint32_t, TEXT_MAX_BYTES + 2);
	return q;
}

size_t queries_n(const QuerySet *q) { return q->n; }
Str query_name(const QuerySet *q, uint32_t query) { return q->queries[query].name; }

static uint32_t term_cost(const QueryNode *n)
{
	uint32_t length = n->length > 12 ? 12 : n->length;
	return 16 - length + (n->prefix ? 4 : 0); // longer words are rarer, prefixes match more
}

static bool one(uint32_t hash, uint32_t cost, Anchors *ret)
{
	*ret = (Anchors){.v = {hash}, .n = 1, .cost = cost};
	return true;
}

#define NO_WORD ((Anchors){.cost = UINT32_MAX})

// The rarest of n words, and of what was found before; not the one of the hash *but, if any is left out.
static bool rarer(const QueryNode *words, uint16_t n, const uint32_t *but, Anchors *found)
{
	for (uint16_t i = 0; i < n; i++) {
		bool out = but && words[i].hash == *but;
		if (!out && term_cost(&words[i]) < found->cost) one(words[i].hash, term_cost(&words[i]), found);
	}
	return found->n > 0;
}

static bool of_phrase(const QueryNode *nodes, const QueryNode *phrase, const uint32_t *but, Anchors *found)
{
	return rarer(nodes + phrase->left, (uint16_t)(phrase->right - phrase->left), but, found);
}

// A set of words of which one at least is in every text that the node matches; false if there is no such set. The tree is
// at most as deep as the parser allows, NOT and the operators' chains included: recursion is bounded by the node count.
static bool anchors_of(const QueryNode *nodes, uint16_t at, Anchors *ret)
{
	const QueryNode *n = &nodes[at];
	Anchors a, b;
	if (n->kind == NODE_TERM || n->kind == NODE_FIELD) return one(n->hash, term_cost(n), ret);
	if (n->kind == NODE_NOT) return false;
	if (n->kind == NODE_PHRASE) {
		*ret = NO_WORD;
		return of_phrase(nodes, n, NULL, ret);
	}
	bool left = anchors_of(nodes, n->left, &a), right = anchors_of(nodes, n->right, &b);
	if (n->kind == NODE_OR) {
		if (!left || !right || a.n + b.n > ANCHORS_MAX) return false;
		memcpy(a.v + a.n, b.v, b.n * sizeof *b.v);
		a.n += b.n;
		a.cost += b.cost;
		*ret = a;
		return true;
	}
	if (!left && !right) return false;
	*ret = !right || (left && a.cost <= b.cost) ? a : b;
	return true;
}

// The rarest word but this one that every match has.
static void rarest(const QueryNode *nodes, uint16_t at, const uint32_t *but, Anchors *found)
{
	const QueryNode *n = &nodes[at];
	if (n->kind == NODE_TERM || n->kind == NODE_FIELD) rarer(n, 1, but, found);
	if (n->kind == NODE_PHRASE) of_phrase(nodes, n, but, found);
	if (n->kind != NODE_AND && n->kind != NODE_NEAR) return;
	rarest(nodes, n->left, but, found);
	rarest(nodes, n->right, but, found);
}

static Status grow(Ctx *cx, Arena *arena, void **p, size_t *cap, size_t size)
{
	size_t more = *cap ? *cap * 2 : 256;
	void *fresh = arena_grow(arena, *p, *cap * size, more * size);
	if (!fresh) return fail(cx, ST_TOO_LARGE, "too many queries");
	*p = fresh;
	*cap = more;
	return ST_OK;
}

static Status file_under(Ctx *cx, QuerySet *q, const Query *made, uint32_t hash)
{
	Anchors other = NO_WORD;
	rarest(made->nodes, made->root, &hash, &other);
	if (q->anchors_n == q->anchors_cap) {
		void *p = q->anchors;
		TRY(grow(cx, q->arena, &p, &q->anchors_cap, sizeof *q->anchors));
		q->anchors = p;
	}
	uint32_t *head = &q->heads[hash & (ANCHOR_SLOTS - 1)];
	q->anchors[q->anchors_n] = (Anchor){.hash = hash, .query = (uint32_t)q->n, .next = *head, .other = other.v[0]};
	*head = (uint32_t)++q->anchors_n;
	bloom_put(q->bloom, hash);
	return ST_OK;
}

static Status file_always(Ctx *cx, QuerySet *q, uint32_t query)
{
	if (q->always_n == q->always_cap) {
		void *p = q->always;
		TRY(grow(cx, q->arena, &p, &q->always_cap, sizeof *q->always));
		q->always = p;
	}
	q->always[q->always_n++] = query;
	return ST_OK;
}

static Status make_room(Ctx *cx, QuerySet *q)
{
	if (q->n < q->cap) return ST_OK;
	void *p = q->queries;
	TRY(grow(cx, q->arena, &p, &q->cap, sizeof *q->queries));
	q->queries = p;
	q->candidates = arena_try_alloc(q->arena, q->cap * sizeof *q->candidates, 16);
	return q->candidates ? ST_OK : fail(cx, ST_TOO_LARGE, "too many queries");
}

// What has to be looked at in texts because of this query.
static void note_terms(QuerySet *q, const QueryNode *nodes, uint16_t n)
{
	for (uint16_t i = 0; i < n; i++) {
		if (nodes[i].kind != NODE_TERM && nodes[i].kind != NODE_FIELD) continue;
		bloom_put(q->asked, nodes[i].hash);
		if (nodes[i].prefix) q->prefix_lengths |= (uint32_t)1 << nodes[i].length;
		if (nodes[i].title) q->titles = true;
	}
}

Status queries_add(Ctx *cx, QuerySet *q, Str name, Str text)
{
	QueryNode nodes[QUERY_NODES_MAX];
	Anchors a;
	Query made = {.name = str_copy(q->arena, name)};
	TRY(query_parse(cx, q->scan, text, nodes, &made.nodes_n, &made.root));
	TRY(make_room(cx, q));
	QueryNode *kept = ARENA_NEW(q->arena, QueryNode, made.nodes_n);
	memcpy(kept, nodes, made.nodes_n * sizeof *kept);
	made.nodes = kept;
	note_terms(q, kept, made.nodes_n);
	if (anchors_of(kept, made.root, &a)) {
		for (size_t i = 0; i < a.n; i++) TRY(file_under(cx, q, &made, a.v[i]));
	} else {
		TRY(file_always(cx, q, (uint32_t)q->n));
	}
	q->queries[q->n++] = made;
	return ST_OK;
}
