// SPDX-License-Identifier: AGPL-3.0-or-later
// Finds the route row of a method and path. Rows are indexed once by their first path segment; a literal segment wins
// over a field in braces. Used by web.c, and by what tells of the routes themselves.
#pragma once
#include "web/route.h"

typedef struct Router Router;

typedef enum MatchResult { MATCH_FOUND, MATCH_NONE, MATCH_METHOD } MatchResult;

Router *router_new(Arena *a, const Feature *const *features, size_t n);
// MATCH_METHOD: the path exists, but not for this method. Path arguments are decoded into req.
MatchResult router_match(const Router *r, Arena *a, HttpMethod method, Str path, Req *req);
// Has this path a row of that method?
bool router_takes(const Router *r, Arena *a, HttpMethod method, Str path);
size_t router_count(const Router *r);
const Route *router_at(const Router *r, size_t i);
size_t router_settings(const Router *r); // how many the features declare, in their order
const Setting *router_setting(const Router *r, size_t i);
