// SPDX-License-Identifier: AGPL-3.0-or-later
#include "search.h"

#define QUERY_MAX_BYTES 400

// Left out of queries that have other words; the index holds them, so that phrases work.
static const char *const STOP_WORDS[] = {
	"a",       "about",  "after", "all",  "also",  "am",    "an",   "and", "any",   "are",  "as",   "at",    "be",
	"because", "been",   "but",   "by",   "can",   "could", "d",    "did", "do",    "does", "for",  "from",  "had",
	"has",     "have",   "he",    "her",  "his",   "how",   "i",    "if",  "in",    "into", "is",   "it",    "its",
	"just",    "ll",     "m",     "me",   "my",    "no",    "not",  "of",  "on",    "or",   "our",  "re",    "s",
	"she",     "should", "so",    "some", "t",     "than",  "that", "the", "their", "them", "then", "there", "these",
	"they",    "this",   "to",    "up",   "us",    "ve",    "was",  "we",  "were",  "what", "when", "where", "which",
	"who",     "why",    "will",  "with", "would", "you",   "your"};

static bool is_stop_word(Str word)
{
	for (size_t i = 0; i < COUNTOF(STOP_WORDS); i++)
		if (str_eq_nocase(word, str_from(STOP_WORDS[i]))) return true;
	return false;
}

static bool same_term(const SearchTerm *a, const SearchTerm *b)
{
	if (a->n != b->n) return false;
	for (size_t i = 0; i < a->n; i++)
		if (!str_eq(a->stems[i], b->stems[i])) return false;
	return true;
}

static void add_term(SearchQuery *q, const SearchTerm *term)
{
	for (size_t i = 0; i < q->n; i++)
		if (same_term(&q->v[i], term)) return;
	if (term->n && q->n < SEARCH_TERMS_MAX) q->v[q->n++] = *term;
}

// Stop words are kept apart: they count only where there is nothing else.
static void read_part(Arena *a, const Stemmer *st, Str part, bool phrase, SearchQuery *q, SearchQuery *stops)
{
	StemCursor c = stem_cursor(st, part);
	StemToken token;
	SearchTerm term = {0};
	while (stem_next(&c, &token)) {
		if (!token.s.n || term.n == SEARCH_PHRASE_MAX) continue;
		term.words[term.n] = str_sub(part, token.from, token.to);
		term.stems[term.n++] = str_copy(a, token.s);
		if (phrase) continue;
		add_term(is_stop_word(term.words[0]) ? stops : q, &term);
		term = (SearchTerm){0};
	}
	add_term(q, &term);
}

SearchQuery search_query_parse(Arena *a, const Stemmer *st, Str text)
{
	SearchQuery q = {0}, stops = {0};
	text = utf8_cut(utf8_repair(a, str_sub(text, 0, QUERY_MAX_BYTES)), QUERY_MAX_BYTES);
	for (bool inside = false; text.n; inside = !inside) {
		Str part, rest = str_cut(text, '"', &part);
		bool closed = part.n < text.n;
		read_part(a, st, part, inside && closed, &q, &stops);
		text = rest;
	}
	return q.n ? q : stops;
}

static void write_quoted(Buf *b, Str s, char quote)
{
	buf_char(b, quote);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == quote || (quote == '\'' && s.p[i] == '\\')) buf_char(b, s.p[i]);
		buf_char(b, s.p[i]);
	}
	buf_char(b, quote);
}

// FTS5 stems what stands in quotes itself; PostgreSQL is given stems.
static void write_term(Buf *b, const SearchTerm *term, bool pg)
{
	if (pg) buf_char(b, '(');
	for (size_t i = 0; i < term->n; i++) {
		if (i) buf_str(b, pg ? S(" <-> ") : S(" + "));
		write_quoted(b, pg ? term->stems[i] : term->words[i], pg ? '\'' : '"');
	}
	if (pg) buf_char(b, ')');
}

static Buf match_buf(Arena *a) { return buf_init(a, 128, (size_t)16 << 10); }

Str search_term_match(Arena *a, const SearchTerm *term, bool pg)
{
	Buf b = match_buf(a);
	write_term(&b, term, pg);
	return buf_view(&b);
}

Str search_query_match(Arena *a, const SearchQuery *query, bool pg)
{
	Buf b = match_buf(a);
	for (size_t i = 0; i < query->n; i++) {
		if (i) buf_str(&b, pg ? S(" & ") : S(" AND "));
		write_term(&b, &query->v[i], pg);
	}
	return buf_view(&b);
}
