// SPDX-License-Identifier: AGPL-3.0-or-later
// From a query to hits. The index gives the newest SEARCH_CANDIDATES_MAX matches with their counts; no post is read for
// that. They are put in order by their words (BM25 as if all were equally long) or as they came (newest), and taken TIER
// posts at a time: these are read, ordered by the whole formula
//
//     BM25 x (0.75 + 0.25 x 2^(-age / 2 years)) x (1 + ln(1 + votes) / 4)
//
// (lengths relative to the mean of the tier) and appended, until enough topics are found. A topic is shown once, with its
// best post. Facets and hidden spaces need all candidates' posts and topics before the order is made. Ties go to the
// younger id, so both engines give the same list. What is deleted is not in the index.
#include "search.h"

#include "text/plain.h"

#include <math.h>
#include <stdlib.h>

#define TIER 200
#define SNIPPET_BYTES 240
#define LIMIT_MAX 100
#define HALF_LIFE_MS (730 * TIME_DAY_MS)
#define DEADLINE_MS 1000

typedef struct Search {
	Ctx *cx;
	Db *db;
	const SearchArgs *args;
	const Stemmer *stemmer;
	SearchQuery query;
	SpaceListRows spaces;
	SearchWeights weights;
	bool all_visible;
	int64_t posts_n;
	SearchFound found;
	SearchCandidate *v; // of what was found
	size_t n;
	uint32_t *order; // indexes of v
	size_t order_n;
	Id *seen;         // topics, open addressing
	size_t seen_mask; // of its slots, at least twice order_n
	SearchHit *hits;
	size_t hits_n, wanted;
} Search;

// Spaces: how many posts there are, and what this actor sees.
static Status look_around(Search *s)
{
	if (s->args->spaces) s->spaces = *s->args->spaces;
	else TRY(space_list(s->cx, s->db, &s->spaces));
	s->all_visible = true;
	for (size_t i = 0; i < s->spaces.n; i++) {
		s->posts_n += s->spaces.v[i].posts_n;
		s->all_visible &= sees(s->cx, s->spaces.v[i].visibility);
	}
	return ST_OK;
}

static bool space_visible(const Search *s, Id space_id)
{
	if (s->all_visible) return true;
	for (size_t i = 0; i < s->spaces.n; i++)
		if (s->spaces.v[i].id == space_id) return sees(s->cx, s->spaces.v[i].visibility);
	return false;
}

static Status find_candidates(Search *s)
{
	TRY(search_find(s->cx, s->db, &s->query, s->args->sort == SEARCH_RELEVANCE, &s->found));
	s->v = s->found.v;
	s->n = s->order_n = s->found.n;
	s->order = ARENA_NEW(s->cx->arena, uint32_t, s->n + 1);
	for (size_t i = 0; i < s->n; i++) s->order[i] = (uint32_t)i;
	return ST_OK;
}

static Status give_points(Search *s)
{
	if (s->query.n > 1) TRY(search_find_counts(s->cx, s->db, &s->query, &s->found));
	s->weights = search_weights(&s->query, s->found.in_posts, s->posts_n);
	for (size_t i = 0; i < s->n; i++) s->v[i].points = search_bm25(&s->weights, &s->v[i], 1);
	return ST_OK;
}

static int by_points(const void *a, const void *b, void *arg)
{
	const SearchCandidate *v = arg;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	if (v[x].points > v[y].points) return -1;
	if (v[x].points < v[y].points) return 1;
	return (x > y) - (x < y);
}

static SearchCandidate *candidate_of(const Search *s, Id doc)
{
	for (size_t lo = 0, hi = s->n; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;
		if (s->v[mid].doc == doc) return &s->v[mid];
		if (s->v[mid].doc > doc) lo = mid + 1;
		else hi = mid;
	}
	return NULL;
}

// Reads the posts of order[from..to), in the order of the table.
static Status load(Search *s, size_t from, size_t to)
{
	Id *docs = ARENA_NEW(s->cx->arena, Id, to - from + 1);
	bool *wanted = ARENA_NEW(s->cx->arena, bool, s->n + 1);
	size_t n = 0;
	for (size_t i = from; i < to; i++) wanted[s->order[i]] = !s->v[s->order[i]].post;
	for (size_t i = s->n; i-- > 0;)
		if (wanted[i]) docs[n++] = s->v[i].doc;
	if (!n) return ST_OK;
	SearchPostsRows rows;
	TRY(search_posts(s->cx, s->db, &(SearchPostsArgs){.docs = ids_json(s->cx->arena, docs, n)}, &rows));
	SearchPost *posts = ARENA_NEW(s->cx->arena, SearchPost, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const SearchPostsRow *r = &rows.v[i];
		SearchCandidate *c = candidate_of(s, r->doc);
		posts[i] = (SearchPost){r->id, r->topic_id, r->number, r->score, r->text_n, r->created_at};
		if (c) c->post = &posts[i];
	}
	return ST_OK;
}

static bool passes(const Search *s, const SearchFacetsRow *row)
{
	const SearchArgs *a = s->args;
	if (!space_visible(s, row->space_id)) return false;
	if (a->space_id && row->space_id != a->space_id) return false;
	if (a->author_id && row->author_id != a->author_id) return false;
	if (a->solved >= 0 && (row->solution_id != 0) != (a->solved != 0)) return false;
	return !a->tag.p || str_has_word(row->tags, a->tag);
}

static Status filter(Search *s)
{
	const SearchArgs *a = s->args;
	if (s->all_visible && !a->space_id && !a->author_id && !a->tag.p && a->solved < 0) return ST_OK;
	Id *docs = ARENA_NEW(s->cx->arena, Id, s->n + 1);
	for (size_t i = 0; i < s->n; i++) docs[i] = s->v[i].doc;
	SearchFacetsRows rows;
	TRY(search_facets(s->cx, s->db, &(SearchFacetsArgs){.docs = ids_json(s->cx->arena, docs, s->n)}, &rows));
	SearchPost *posts = ARENA_NEW(s->cx->arena, SearchPost, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const SearchFacetsRow *r = &rows.v[i];
		SearchCandidate *c = candidate_of(s, r->doc);
		posts[i] = (SearchPost){r->id, r->topic_id, r->number, r->score, r->text_n, r->created_at};
		if (c && passes(s, r)) c->post = &posts[i];
	}
	s->order_n = 0;
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].post) s->order[s->order_n++] = (uint32_t)i;
	return ST_OK;
}

typedef struct Ranked {
	double rank;
	const SearchPost *post;
} Ranked;

static int by_rank(const void *a, const void *b)
{
	const Ranked *x = a, *y = b;
	if (x->rank != y->rank) return x->rank > y->rank ? -1 : 1;
	return (x->post->id < y->post->id) - (x->post->id > y->post->id);
}

static double rank_of(const Search *s, const SearchCandidate *c, double mean_length)
{
	const SearchPost *p = c->post;
	if (s->args->sort == SEARCH_NEWEST) return (double)p->created_at;
	double age = (double)i64_max(s->cx->now_ms - p->created_at, 0) / (double)HALF_LIFE_MS;
	double words = search_bm25(&s->weights, c, (double)p->text_n / mean_length);
	return words * (0.75 + 0.25 * exp2(-age)) * (1 + log1p((double)i64_max(p->score, 0)) / 4);
}

static bool seen_before(Search *s, Id topic_id)
{
	size_t at = (size_t)((uint64_t)topic_id * 0x9e3779b97f4a7c15u >> 32) & s->seen_mask;
	for (; s->seen[at]; at = (at + 1) & s->seen_mask)
		if (s->seen[at] == topic_id) return true;
	s->seen[at] = topic_id;
	return false;
}

static double mean_length(const Search *s, size_t from, size_t to)
{
	int64_t sum = 0, n = 0;
	for (size_t i = from; i < to; i++) {
		const SearchPost *p = s->v[s->order[i]].post;
		if (p) sum += p->text_n, n++;
	}
	return sum ? (double)sum / (double)n : 1;
}

static Status take_tier(Search *s, size_t from, size_t to)
{
	TRY(load(s, from, to));
	Ranked *r = ARENA_NEW(s->cx->arena, Ranked, to - from);
	size_t n = 0;
	double mean = mean_length(s, from, to);
	for (size_t i = from; i < to; i++) {
		const SearchCandidate *c = &s->v[s->order[i]];
		if (c->post) r[n++] = (Ranked){.rank = rank_of(s, c, mean), .post = c->post};
	}
	qsort(r, n, sizeof *r, by_rank);
	for (size_t i = 0; i < n && s->hits_n < s->wanted; i++) {
		const SearchPost *p = r[i].post;
		if (seen_before(s, p->topic_id)) continue;
		s->hits[s->hits_n++] = (SearchHit){.post_id = p->id,
										   .topic_id = p->topic_id,
										   .number = p->number,
										   .created_at = p->created_at,
										   .score = p->score};
	}
	return ST_OK;
}

static Status take_hits(Search *s)
{
	s->wanted = size_min(s->args->skip + size_min(s->args->limit, LIMIT_MAX), s->order_n);
	s->hits = ARENA_NEW(s->cx->arena, SearchHit, s->wanted + 1);
	while (s->seen_mask < s->order_n * 2) s->seen_mask = s->seen_mask * 2 + 1;
	s->seen = ARENA_NEW(s->cx->arena, Id, s->seen_mask + 1);
	if (s->args->sort == SEARCH_RELEVANCE) qsort_r(s->order, s->order_n, sizeof *s->order, by_points, s->v);
	for (size_t from = 0; from < s->order_n && s->hits_n < s->wanted; from += TIER)
		TRY(take_tier(s, from, size_min(from + TIER, s->order_n)));
	return ST_OK;
}

// A plain word whose first two letters begin no stem of the query cannot match: Snowball's English changes ends only, and
// of the first two a y (dying, die). This spares nearly all words of a text from being stemmed.
static bool may_match(const Search *s, Str word)
{
	for (size_t i = 0; i < word.n; i++)
		if ((unsigned char)word.p[i] >= 0x80) return true;
	char first = word.n ? word.p[0] | 32 : 0, second = word.n > 1 ? word.p[1] | 32 : 'y'; // letters and digits
	for (size_t i = 0; i < s->query.n; i++)
		for (const Str *stem = s->query.v[i].stems; stem < s->query.v[i].stems + s->query.v[i].n; stem++)
			if (stem->p[0] == first && (stem->n == 1 || second == 'y' || stem->p[1] == second)) return true;
	return false;
}

static bool word_matches(void *arg, Str word)
{
	const Search *s = arg;
	if (!may_match(s, word)) return false;
	StemCursor c = stem_cursor(s->stemmer, word);
	StemToken token;
	while (stem_next(&c, &token))
		for (size_t i = 0; i < s->query.n; i++)
			for (size_t k = 0; k < s->query.v[i].n; k++)
				if (str_eq(s->query.v[i].stems[k], token.s)) return true;
	return false;
}

static void fill_hit(Search *s, SearchHit *hit, const SearchShownRow *row)
{
	Str text = html_plain(s->cx->arena, row->body_html, SEARCH_TEXT_MAX_BYTES);
	hit->title = row->title;
	hit->slug = row->slug;
	hit->tags = row->tags;
	hit->space_slug = row->space_slug;
	hit->space_title = row->space_title;
	hit->author = row->author.p ? row->author : row->author_name;
	hit->handle = row->author;
	hit->area = row->area;
	hit->areas = row->areas;
	hit->given_n = row->given_n;
	hit->solved_n = row->solved_n;
	hit->kept_n = row->kept_n;
	hit->answers_n = row->answers_n;
	hit->solved = row->solution_id != 0;
	hit->snippet = snippet_make(
		s->cx->arena, &(SnippetSpec){.text = text, .max_bytes = SNIPPET_BYTES, .match = word_matches, .arg = s});
}

static Status show_hits(Search *s, SearchHit *hits, size_t n)
{
	Id *ids = ARENA_NEW(s->cx->arena, Id, n + 1);
	if (!n) return ST_OK;
	for (size_t i = 0; i < n; i++) ids[i] = hits[i].post_id;
	SearchShownRows rows;
	TRY(search_shown(s->cx, s->db, &(SearchShownArgs){.ids = ids_json(s->cx->arena, ids, n)}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		for (size_t k = 0; k < n; k++)
			if (hits[k].post_id == rows.v[i].id) fill_hit(s, &hits[k], &rows.v[i]);
	return ST_OK;
}

static Status run(Search *s, SearchHits *ret_hits)
{
	s->query = search_query_parse(s->cx->arena, s->stemmer, s->args->text);
	if (!s->query.n) return *ret_hits = (SearchHits){0}, ST_OK;
	TRY(look_around(s));
	TRY(find_candidates(s));
	TRY(filter(s));
	if (s->args->sort == SEARCH_RELEVANCE && s->n) TRY(give_points(s));
	TRY(take_hits(s));
	size_t skip = size_min(s->args->skip, s->hits_n);
	TRY(show_hits(s, s->hits + skip, s->hits_n - skip));
	bool all = s->hits_n < s->args->skip + size_min(s->args->limit, LIMIT_MAX); // so each post was looked at
	*ret_hits = (SearchHits){.v = s->hits + skip,
							 .n = s->hits_n - skip,
							 .total = all ? s->hits_n : s->order_n,
							 .total_topics = all,
							 .total_capped = s->n == SEARCH_CANDIDATES_MAX};
	return ST_OK;
}

Status community_search(Ctx *cx, Db *db, const SearchArgs *args, SearchHits *ret_hits)
{
	Stemmer st = stemmer_init(S("english"));
	Search s = {.cx = cx, .db = db, .args = args, .stemmer = &st};
	db_deadline(db, DEADLINE_MS);
	Status status = run(&s, ret_hits);
	db_deadline(db, 0);
	stemmer_done(&st);
	return status;
}
