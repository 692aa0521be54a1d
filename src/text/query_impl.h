// SPDX-License-Identifier: AGPL-3.0-or-later
// Between query.c (reading queries), query_set.c (filing them) and query_match.c (asking them).
#pragma once
#include "text/query.h"

typedef enum NodeKind { NODE_TERM, NODE_PHRASE, NODE_FIELD, NODE_NEAR, NODE_AND, NODE_OR, NODE_NOT } NodeKind;

typedef struct QueryNode {
	uint8_t kind, length; // length: letters of a term
	bool prefix, title;
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
#define MET_BITS 512u

typedef struct Anchor {
	uint32_t hash, query; // of the set's queries
	uint32_t next;        // in anchors, + 1
	uint32_t other;       // another hash that every match has; 0: none is known
} Anchor;

#define LINKS_MAX ((uint32_t)98304) // fewer than POSITION_SLOTS, so that a search ends
#define NO_PLACE UINT32_MAX
#define TITLE_PLACE ((uint32_t)1 << 24) // words of the title stand behind all of the text

typedef struct Position {              // where a hash stands in the text that is being asked
	uint32_t hash, stamp, first, last; // links, + 1
} Position;

typedef struct Link {
	uint32_t place, next; // next + 1
} Link;

typedef struct Stand { // a hash that some query asks for, and where it stands
	uint32_t hash, place;
} Stand;

typedef struct Span {
	uint32_t from, to; // places, inclusive
} Span;

// Where a part of a query stands in a text: in order, and none within another one, which could not be closer to anything.
typedef struct Spans {
	Span *v; // of the set's spans
	size_t n;
} Spans;
#define SPANS_MAX ((size_t)TEXT_MAX_BYTES * 4) // lists of a text of one-letter words, eight deep

struct QuerySet {
	Arena *arena;
	TextScan *scan; // for reading queries
	Query *queries;
	size_t n, cap;
	Anchor *anchors; // chains
	size_t anchors_n, anchors_cap;
	uint32_t *heads;  // by hash, + 1
	uint64_t *bloom;  // of all anchors
	uint64_t *asked;  // of all terms: of others no place is kept
	bool titles;      // some query asks for a title
	uint32_t *always; // queries without an anchor
	size_t always_n, always_cap;
	uint32_t prefix_lengths; // bits of lengths that some query has a prefix of
	uint32_t text;           // stamp of the text being asked
	Position *positions;
	uint32_t positions_mask; // of as many as the text needs, so that a short one stays in the cache
	Stand *stands;           // in order of the text
	uint32_t stands_n;
	uint64_t met[MET_BITS / 64]; // of the hashes that stand in the text
	Link *links;
	uint32_t links_n;
	uint32_t *places; // by place: its token
	uint32_t places_n;
	uint32_t *candidates; // queries to try on the text
	size_t candidates_n;
	Span *spans; // a stack
	size_t spans_n;
};

#define PREFIX_SALT 0x3c6ef372u
#define FIELD_SALT 0x1f83d9abu
static inline uint32_t field_hash(QueryField f, uint32_t value) { return hash_pair(FIELD_SALT + (uint32_t)f, value); }
uint32_t folded_hash(Str value); // of a field's value, whole
static inline bool bloom_has(const uint64_t *bloom, uint32_t h)
{
	uint32_t bit = h & (BLOOM_BITS - 1);
	return bloom[bit >> 6] >> (bit & 63) & 1;
}
static inline bool was_met(const uint64_t *met, uint32_t h) { return met[h >> 23 >> 6] >> (h >> 23 & 63) & 1; }
static inline void bloom_put(uint64_t *bloom, uint32_t h)
{
	uint32_t bit = h & (BLOOM_BITS - 1);
	bloom[bit >> 6] |= (uint64_t)1 << (bit & 63);
}

// query_places.c: notes in q->stands where the words of a text, and of what is said about it, stand that some query asks for.
void query_walk(QuerySet *q, const TextScan *scan, const QueryFields *fields);
void query_keep_places(QuerySet *q);                              // by their hash, for query_position
const Position *query_position(const QuerySet *q, uint32_t hash); // NULL: it is not in the text
// query_spans.c: where what can be pointed at stands (terms, phrases, NEAR and what they are made of). Pushed on the stack
// q->spans: who calls sets spans_n back. All in one pass over the places, however often a word is in the text.
Spans query_spans(QuerySet *q, const QueryNode *nodes, uint16_t at);

// Reads a query into nodes; the root's index.
MUST_CHECK Status query_parse(Ctx *cx, TextScan *scan, Str text, QueryNode *nodes, uint16_t *ret_n, uint16_t *ret_root);
