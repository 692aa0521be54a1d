// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks the queries of a text: first which are worth asking, by their words; then those, by the places of the words.
#include "text/query_impl.h"

typedef struct Asking {
	QuerySet *q;
	const QueryNode *nodes;
	QueryMatch *match;
} Asking;

static void consider(QuerySet *q, uint32_t hash)
{
	if (!bloom_has(q->bloom, hash)) return;
	for (uint32_t at = q->heads[hash & (ANCHOR_SLOTS - 1)]; at; at = q->anchors[at - 1].next) {
		const Anchor *a = &q->anchors[at - 1];
		if (a->hash != hash || (a->other && !was_met(q->met, a->other))) continue;
		if (q->queries[a->query].seen == q->text) continue;
		q->queries[a->query].seen = q->text;
		q->candidates[q->candidates_n++] = a->query;
	}
}

static void explain_word(const Asking *a, const QueryNode *term, Span within)
{
	QueryMatch *m = a->match;
	const Position *p = query_position(a->q, term->hash);
	for (uint32_t at = p ? p->first : 0; at; at = a->q->links[at - 1].next) {
		uint32_t place = a->q->links[at - 1].place;
		if (place < within.from || place > within.to || place >= a->q->places_n) continue;
		size_t known = 0;
		while (known < m->because_n && m->because[known] != a->q->places[place]) known++;
		if (known == m->because_n && m->because_n < QUERY_BECAUSE_MAX) m->because[m->because_n++] = a->q->places[place];
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

static bool stands(const Asking *a, uint16_t at)
{
	const QueryNode *n = &a->nodes[at];
	if (n->kind == NODE_TERM || n->kind == NODE_FIELD) {
		const Position *p = query_position(a->q, n->hash);
		if (!p) return false;
		uint32_t place = a->q->links[p->first - 1].place;
		explain(a, n, (Span){place, place});
		return true;
	}
	Spans s = query_spans(a->q, a->nodes, at);
	if (s.n) explain(a, n, s.v[0]);
	a->q->spans_n = 0;
	return s.n > 0;
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
	return stands(a, at);
}

size_t queries_match(QuerySet *q, const TextScan *scan, const QueryFields *fields, QueryMatch *ret, size_t max)
{
	size_t n = 0;
	q->text++;
	q->candidates_n = 0;
	query_walk(q, scan, fields);
	for (uint32_t i = 0; i < q->stands_n; i++) consider(q, q->stands[i].hash);
	for (size_t i = 0; i < q->always_n; i++) q->candidates[q->candidates_n++] = q->always[i];
	if (!q->candidates_n) return 0;
	query_keep_places(q);
	for (size_t i = 0; i < q->candidates_n && n < max; i++) {
		const Query *query = &q->queries[q->candidates[i]];
		ret[n] = (QueryMatch){.query = q->candidates[i]};
		Asking a = {q, query->nodes, &ret[n]};
		if (holds(&a, query->root)) n++;
	}
	return n;
}
