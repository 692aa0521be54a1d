// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/router.h"

#include "base/utf8.h"
#include "web/web.h"

#define BUCKETS 64
#define SEGMENTS_MAX 8

typedef struct Segment {
	Str literal; // absent: a field
	Str name;
	bool is_id;
} Segment;

typedef struct Row {
	const Route *route;
	Segment segments[SEGMENTS_MAX];
	size_t n;
	struct Row *next; // in the bucket
} Row;

struct Router {
	Row *rows;
	size_t n;
	Row *buckets[BUCKETS];
	Row *anywhere; // rows that begin with a field
	const Setting **settings;
	size_t settings_n;
};

static size_t split(Str path, Str out[static SEGMENTS_MAX])
{
	size_t n = 0;
	Str rest = str_sub(path, 1, path.n);
	while (n < SEGMENTS_MAX) {
		Str head, tail = str_cut(rest, '/', &head);
		out[n++] = head;
		if (!tail.p) return n;
		rest = tail;
	}
	return SEGMENTS_MAX + 1;
}

static Segment segment_parse(Str text)
{
	if (!str_starts(text, S("{"))) return (Segment){.literal = text};
	Str name, type = str_cut(str_sub(text, 1, text.n - 1), ':', &name);
	return (Segment){.name = name, .is_id = str_eq(type, S("id"))};
}

static void router_add(Router *r, const Route *route)
{
	Row *row = &r->rows[r->n++];
	Str parts[SEGMENTS_MAX];
	row->route = route;
	row->n = split(str_from(route->path), parts);
	BUG_IF(row->n > SEGMENTS_MAX);
	for (size_t i = 0; i < row->n; i++) row->segments[i] = segment_parse(parts[i]);
	Row **slot = row->segments[0].literal.p ? &r->buckets[str_hash(row->segments[0].literal) % BUCKETS] : &r->anywhere;
	while (*slot) slot = &(*slot)->next; // rows keep their order
	*slot = row;
}

Router *router_new(Arena *a, const Feature *const *features, size_t n)
{
	size_t total = 0, settings = 0;
	for (size_t i = 0; i < n; i++) total += features[i]->routes_n, settings += features[i]->settings.n;
	Router *r = ARENA_NEW(a, Router, 1);
	r->rows = ARENA_NEW(a, Row, total);
	r->settings = ARENA_NEW(a, const Setting *, settings);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < features[i]->settings.n; k++) r->settings[r->settings_n++] = features[i]->settings.v[k];
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < features[i]->routes_n; k++) router_add(r, &features[i]->routes[k]);
	return r;
}

size_t router_count(const Router *r) { return r->n; }
const Route *router_at(const Router *r, size_t i) { return r->rows[i].route; }
size_t router_settings(const Router *r) { return r->settings_n; }
const Setting *router_setting(const Router *r, size_t i) { return r->settings[i]; }

static bool row_matches(const Row *row, Arena *a, const Str *parts, size_t n, Req *req)
{
	if (row->n != n) return false;
	for (size_t i = 0; i < n; i++)
		if (row->segments[i].literal.p && !str_eq(row->segments[i].literal, parts[i])) return false;
	req->path_n = 0;
	for (size_t i = 0; i < n; i++) {
		const Segment *s = &row->segments[i];
		if (s->literal.p) continue;
		Str value = url_decode(a, parts[i], false);
		if (!value.p || !value.n || !utf8_valid(value)) return false;
		Id id = 0;
		if (s->is_id && !id_parse(value, &id)) return false;
		BUG_IF(req->path_n == ROUTE_PATH_ARGS_MAX);
		req->path_names[req->path_n] = s->name;
		req->path_values[req->path_n] = value;
		req->path_ids[req->path_n++] = id;
	}
	return true;
}

// How many segments are literal: /s/new beats /s/{slug}.
static size_t row_literals(const Row *row)
{
	size_t n = 0;
	for (size_t i = 0; i < row->n; i++) n += row->segments[i].literal.p != NULL;
	return n;
}

static const Row *best_in(const Row *row, Arena *a, HttpMethod method, const Str *parts, size_t n, bool *path_known)
{
	const Row *best = NULL;
	Req scratch;
	for (; row; row = row->next) {
		if (!row_matches(row, a, parts, n, &scratch)) continue;
		*path_known = true;
		if (row->route->method != method) continue;
		if (!best || row_literals(row) > row_literals(best)) best = row;
	}
	return best;
}

bool router_takes(const Router *r, Arena *a, HttpMethod method, Str path)
{
	Str parts[SEGMENTS_MAX];
	size_t n = split(path, parts);
	bool known = false;
	if (n > SEGMENTS_MAX) return false;
	return best_in(r->buckets[str_hash(parts[0]) % BUCKETS], a, method, parts, n, &known) ||
		   best_in(r->anywhere, a, method, parts, n, &known);
}

MatchResult router_match(const Router *r, Arena *a, HttpMethod method, Str path, Req *req)
{
	if (method == HTTP_HEAD) method = HTTP_GET;
	Str parts[SEGMENTS_MAX];
	size_t n = split(path, parts);
	if (n > SEGMENTS_MAX) return MATCH_NONE;
	bool known = false;
	const Row *row = best_in(r->buckets[str_hash(parts[0]) % BUCKETS], a, method, parts, n, &known);
	if (!row) row = best_in(r->anywhere, a, method, parts, n, &known);
	if (!row) return known ? MATCH_METHOD : MATCH_NONE;
	req->route = row->route;
	req->route_index = (size_t)(row - r->rows);
	req->router = r;
	BUG_IF(!row_matches(row, a, parts, n, req));
	return MATCH_FOUND;
}
