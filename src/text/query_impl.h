// SPDX-License-Identifier: AGPL-3.0-or-later
// Between query.c (reading queries), query_set.c (filing them) and query_match.c (asking them).
#pragma once
#include "text/query.h"

typedef enum NodeKind { NODE_TERM, NODE_PHRASE, NODE_FIELD, NODE_NEAR, NODE_AND, NODE_OR, NODE_NOT } NodeKind;

typedef struct QueryNode {
	uint8_t kind, length; // length: letters of a term
	uint16_t left, right; // of the query's nodes; a phrase: its terms are left .. right
	uint32_t hash;        // of a term, a prefix or a field's value
	uint32_t distance;    // slop, NEAR/x
} QueryNode;

typedef struct Query {
	Str name;
	const QueryNode *nodes;
	uint16_t root, nodes_n;
	uint32_t seen; // the text it was last tried on
} Query;

#define ANCHORS_MAX 64 // a query needs one of so many words at most; else it is tried on every text
#define ANCHOR_SLOTS ((uint32_t)1 << 16)
#define BLOOM_BITS ((uint32_t)1 << 17)
#define POSITION_SLOTS ((uint32_t)1 << 17)

typedef struct Anchor {
	uint32_t hash, query; // query + 1; 0: empty
	uint32_t next;        // in anchors, + 1
} Anchor;

#define LINKS_MAX ((uint32_t)98304) // fewer than POSITION_SLOTS, so that a search ends
#define NO_PLACE UINT32_MAX

typedef struct Position {              // where a hash stands in the text that is being asked
	uint32_t hash, stamp, first, last; // links, + 1
} Position;

typedef struct Link {
	uint32_t place, next; // next + 1
} Link;

struct QuerySet {
	Arena *arena;
	TextScan *scan; // for reading queries
	Query *queries;
	size_t n, cap;
	Anchor *anchors; // chains
	size_t anchors_n, anchors_cap;
	uint32_t *heads;  // by hash, + 1
	uint64_t *bloom;  // of all anchors
	uint32_t *always; // queries without an anchor
	size_t always_n, always_cap;
	uint32_t prefix_lengths; // bits of lengths that some query has a prefix of
	uint32_t text;           // stamp of the text being asked
	Position *positions;
	Link *links;
	uint32_t links_n;
	uint32_t *places; // by place: its token
	uint32_t places_n;
	uint32_t *candidates; // queries to try on the text
	size_t candidates_n;
};

#define PREFIX_SALT 0x3c6ef372u
#define FIELD_SALT 0x1f83d9abu
static inline uint32_t field_hash(QueryField f, uint32_t value) { return hash_pair(FIELD_SALT + (uint32_t)f, value); }
uint32_t folded_hash(Str value); // of a field's value, whole
static inline bool bloom_has(const QuerySet *q, uint32_t h)
{
	uint32_t bit = h & (BLOOM_BITS - 1);
	return q->bloom[bit >> 6] >> (bit & 63) & 1;
}

// Reads a query into nodes; the root's index.
MUST_CHECK Status query_parse(Ctx *cx, TextScan *scan, Str text, QueryNode *nodes, uint16_t *ret_n, uint16_t *ret_root);
