// SPDX-License-Identifier: AGPL-3.0-or-later
// Listening queries: what somebody wants to hear of. Thousands of them are asked of every post at once, so they are turned
// round: each query is filed under a word it cannot match without, and only those filed under a word of the post are tried.
//
//   word  pre*  "exact phrase"  "near words"~5  a NEAR/3 b  a AND b  a b  a OR b  NOT a  -a  (a OR b) c
//   author:name  lang:de  site:example.org  title:word
//
// AND binds stronger than OR; operators are capitals; words are compared folded, as tokens are.
//
//   QuerySet *q = queries_new(arena);
//   TRY(queries_add(cx, q, S("battery"), S("(battery OR akku) NEAR/4 (dead OR leer*) -lang:fr")));   // at once in force
//   size_t n = queries_match(q, scan, &fields, matches, COUNTOF(matches));
//
// A query is 4 KiB, 256 terms and 32 parentheses deep at most. A set belongs to one thread; it is never changed while it
// matches. Nothing is allocated in matching.
#pragma once
#include "base/ctx.h"
#include "text/token.h"

#define QUERY_MAX_BYTES 4096
#define QUERY_NODES_MAX 256
#define QUERY_DEPTH_MAX 32
#define QUERY_BECAUSE_MAX 6

typedef enum QueryField { FIELD_AUTHOR, FIELD_LANG, FIELD_SITE, FIELD_TITLE, FIELD_N } QueryField;

typedef struct QueryFields {
	Str v[FIELD_N]; // absent: str_none()
} QueryFields;

typedef struct QueryMatch {
	uint32_t query;                      // in order of adding
	uint32_t because[QUERY_BECAUSE_MAX]; // tokens of the scan that its words were found at
	size_t because_n;
} QueryMatch;

typedef struct QuerySet QuerySet;
QuerySet *queries_new(Arena *a);
// ST_INVALID with what is wrong and where, if the query cannot be read.
MUST_CHECK Status queries_add(Ctx *cx, QuerySet *q, Str name, Str text);
size_t queries_n(const QuerySet *q);
Str query_name(const QuerySet *q, uint32_t query);
size_t queries_match(QuerySet *q, const TextScan *scan, const QueryFields *fields, QueryMatch *ret, size_t max);
// "author", "lang"… to the field; false if there is none of that name.
bool query_field_parse(Str name, QueryField *ret);
