// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks the index. On SQLite words are looked up in the tables of FTS5, which is many times faster than FTS5 for frequent
// ones (db/fts_lists.h); phrases, lists longer than FTS_PAGES_MAX and whatever does not read as expected are its own
// matter. On PostgreSQL a statement finds and counts.
#include "search.h"

#include "base/json.h"
#include "db/fts_lists.h"

typedef struct Lists {
	Ctx *cx;
	const SearchQuery *query;
	int64_t segments[FTS_SEGMENTS_MAX]; // oldest first
	size_t segments_n;
	SearchPagesRows rows;
	Str *blocks; // of the rows
	FtsBytes bytes;
	FtsList v[SEARCH_TERMS_MAX];
} Lists;

static Status find_pages(Lists *l, Db *db)
{
	Buf b = buf_init(l->cx->arena, 256, (size_t)8 << 10);
	Json j = json_init(&b);
	json_arr(&j);
	for (size_t i = 0; i < l->query->n; i++) json_str(&j, l->query->v[i].stems[0]);
	json_end(&j);
	TRY(buf_status(l->cx, &b));
	return search_pages(
		l->cx, db, &(SearchPagesArgs){.words = buf_view(&b), .version = FTS_VERSION, .limit = FTS_PAGES_MAX}, &l->rows);
}

// Adds what a segment has of a word; its pages are rows that follow each other without a gap.
static bool add_list(Lists *l, size_t word, int64_t segment, size_t *used)
{
	const SearchPagesRow *r = l->rows.v;
	size_t from = 0, n = 0;
	while (from < l->rows.n && (r[from].word != (int64_t)word || r[from].segment != segment)) from++;
	for (; from + n < l->rows.n && r[from + n].word == (int64_t)word && r[from + n].segment == segment; n++)
		if (r[from + n].id != r[from].id + (int64_t)n) return false;
	*used += n;
	return n && fts_list_add(l->cx->arena, l->query->v[word].stems[0], l->blocks + from, n, r[from].ends, &l->bytes,
							 &l->v[word]);
}

static bool read_lists(Lists *l)
{
	size_t bytes = 0, used = 0;
	l->blocks = ARENA_NEW(l->cx->arena, Str, l->rows.n);
	for (size_t i = 0; i < l->rows.n; i++) {
		l->blocks[i] = l->rows.v[i].block;
		bytes += l->blocks[i].n;
	}
	l->bytes = fts_bytes(l->cx->arena, bytes);
	for (size_t w = 0; l->bytes.p && w < l->query->n; w++) {
		for (size_t s = 0; s < l->segments_n; s++)
			if (!add_list(l, w, l->segments[s], &used)) return false;
		fts_list_finish(&l->bytes, &l->v[w]);
	}
	return l->bytes.p && used == l->rows.n;
}

static void meet(const Lists *l, bool counts, SearchFound *found)
{
	size_t words = l->query->n;
	FtsEntry *at = ARENA_NEW(l->cx->arena, FtsEntry, size_min(l->v[0].n, SEARCH_CANDIDATES_MAX) * words + 1);
	found->n = fts_lists_meet(l->v, words, at, SEARCH_CANDIDATES_MAX);
	found->v = ARENA_NEW(l->cx->arena, SearchCandidate, found->n + 1);
	found->counted = true;
	for (size_t w = 0; w < words; w++) found->in_posts[w] = (int64_t)size_min(l->v[w].n, SEARCH_CANDIDATES_MAX);
	for (size_t i = 0; i < found->n; i++) {
		SearchCandidate *c = &found->v[i];
		c->doc = at[i * words].doc;
		for (size_t w = 0; counts && w < words; w++) {
			uint32_t n[2];
			fts_entry_count(&l->bytes, at[i * words + w], n);
			c->tf[w] = search_tf(n[0], n[1]);
		}
	}
}

// *ret_done stays false where FTS5 has to be asked.
static Status find_in_tables(Ctx *cx, Db *db, const SearchQuery *query, bool counts, SearchFound *found, bool *ret_done)
{
	Lists l = {.cx = cx, .query = query};
	if (db_engine(db) != DB_SQLITE || db_writable(db) || search_has_phrase(query)) return ST_OK;
	TRY(find_pages(&l, db));
	if (!l.rows.n || !fts_segments_read(l.rows.v[0].structure, l.segments, &l.segments_n) || !read_lists(&l))
		return ST_OK;
	meet(&l, counts, found);
	return *ret_done = true, ST_OK;
}

static Status find_by_statement(Ctx *cx, Db *db, const SearchQuery *query, bool counts, SearchFound *found)
{
	bool pg = db_engine(db) == DB_POSTGRES;
	SearchCandidatesArgs args = {.match = search_query_match(cx->arena, query, pg),
								 .limit = SEARCH_CANDIDATES_MAX,
								 .whole = search_has_phrase(query)};
	Str *const words[SEARCH_TERMS_MAX] = {&args.t1, &args.t2, &args.t3, &args.t4,
										  &args.t5, &args.t6, &args.t7, &args.t8};
	for (size_t i = 0; pg && !args.whole && i < query->n; i++)
		*words[i] = search_term_match(cx->arena, &query->v[i], true);
	SearchCandidatesRows rows;
	TRY(search_candidates(cx, db, &args, &rows));
	found->v = ARENA_NEW(cx->arena, SearchCandidate, rows.n + 1);
	found->n = rows.n;
	SearchRanks ranks = search_ranks();
	for (size_t i = 0; i < rows.n; i++) {
		found->v[i].doc = rows.v[i].doc;
		if (counts) TRY(search_counts_read(cx, query, rows.v[i].tf, pg ? &ranks : NULL, &found->v[i]));
	}
	return ST_OK;
}

Status search_find(Ctx *cx, Db *db, const SearchQuery *query, bool counts, SearchFound *ret_found)
{
	bool done = false;
	*ret_found = (SearchFound){0};
	TRY(find_in_tables(cx, db, query, counts, ret_found, &done));
	return done ? ST_OK : find_by_statement(cx, db, query, counts, ret_found);
}

Status search_find_counts(Ctx *cx, Db *db, const SearchQuery *query, SearchFound *found)
{
	if (found->counted) return ST_OK;
	SearchTermsRows rows;
	Buf b = buf_init(cx->arena, 256, (size_t)32 << 10);
	Json j = json_init(&b);
	json_arr(&j);
	for (size_t i = 0; i < query->n; i++)
		json_str(&j, search_term_match(cx->arena, &query->v[i], db_engine(db) == DB_POSTGRES));
	json_end(&j);
	TRY(buf_status(cx, &b));
	TRY(search_terms(cx, db, &(SearchTermsArgs){.matches = buf_view(&b), .limit = SEARCH_CANDIDATES_MAX}, &rows));
	for (size_t i = 0; i < rows.n && i < query->n; i++) found->in_posts[i] = rows.v[i].n;
	return found->counted = true, ST_OK;
}
