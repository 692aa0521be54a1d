// SPDX-License-Identifier: AGPL-3.0-or-later
// hearth text duplicates|match|similar: filters that look for something in each line. One JSON object a line, in order.
#include "app/app.h"

#include "app/lines.h"
#include "base/json.h"
#include "base/utf8.h"
#include "text/analyse.h"
#include "text/duplicates.h"
#include "text/query.h"
#include "text/similar.h"
#include "text/train_data.h"
#include "trends/trends.h"

#include <stdlib.h>
#include <unistd.h>

#define OUT_BYTES ((size_t)1 << 20)
#define OUT_FULL (OUT_BYTES / 2)
#define DUPLICATE_LINES_MAX ((size_t)500000)
#define MATCHES_MAX 4096
#define STORED_POSTS_MOST 50000 // of a larger site some topics are read, and the rest estimated

// Of a text over the limit the beginning is read, and it is said.
static void put_cut(Json *j, Str text)
{
	if (text.n <= TEXT_MAX_BYTES) return;
	json_key(j, "cut");
	json_bool(j, true);
}

static void put_duplicates(Buf *b, int64_t line, Str text, const DupMatch *m, size_t n)
{
	Json j = json_init(b);
	json_obj(&j);
	json_key(&j, "line");
	json_int(&j, line);
	json_key(&j, "duplicates");
	json_arr(&j);
	for (size_t i = 0; i < n; i++) {
		json_obj(&j);
		json_key(&j, "line");
		json_int(&j, (int64_t)m[i].text + 1);
		json_key(&j, "percent");
		json_int(&j, (int64_t)m[i].similarity * 100 / 65536);
		json_end(&j);
	}
	json_end(&j);
	put_cut(&j, text);
	json_end(&j);
	buf_char(b, '\n');
}

Status verb_text_duplicates(App *app)
{
	Lines in = lines_open(app->cx.arena, STDIN_FILENO);
	Buf out = buf_init(app->cx.arena, OUT_BYTES, OUT_BYTES);
	TextScan *scan = text_scan_new(app->cx.arena);
	DupIndex *d = dup_index_new(app->cx.arena, DUPLICATE_LINES_MAX);
	DupMatch m[DUP_MATCHES_MAX];
	int64_t line = 0;
	for (Str text; lines_next(&in, &text);) {
		if (++line > (int64_t)DUPLICATE_LINES_MAX) return fail(&app->cx, ST_TOO_LARGE, "more than 500000 lines");
		text_scan(scan, text);
		put_duplicates(&out, line, text, m, dup_index_add(d, scan, m, COUNTOF(m)));
		if (out.n >= OUT_FULL || !lines_at_hand(&in)) TRY(out_flush(&app->cx, &out));
	}
	TRY(out_flush(&app->cx, &out));
	return in.failed ? fail(&app->cx, ST_IO, "the input cannot be read") : ST_OK;
}

// `name TAB query`, or a query alone, which is then called by its line.
static Status read_queries(App *app, QuerySet *q)
{
	Ctx *cx = &app->cx;
	Str bytes, line, name;
	int64_t n = 0;
	TRY(file_read(cx, app->options.queries, &bytes));
	while (bytes.n) {
		bytes = str_cut(bytes, '\n', &line);
		line = str_trim(line);
		n++;
		bool note = str_eq(line, S("#")) || str_starts(line, S("# ")); // "#word" is a query
		if (!line.n || note) continue;
		Str query = str_cut(line, '\t', &name);
		if (!query.p) {
			query = line;
			name = str_format(cx->arena, "%lld", (long long)n);
		}
		Status st = queries_add(cx, q, utf8_repair(cx->arena, name), query);
		if (st != ST_OK) {
			Str why = str_copy(cx->arena, cx->fail_text);
			return fail(cx, st, "%.*s, line %lld: %.*s", STR(app->options.queries), (long long)n, STR(why));
		}
	}
	return ST_OK;
}

// "author=ada TAB lang=de TAB the text": fields stand before the text.
static Str cut_fields(Str line, QueryFields *ret)
{
	*ret = (QueryFields){0};
	for (;;) {
		Str head, name, rest = str_cut(line, '\t', &head), value = str_cut(head, '=', &name);
		QueryField f;
		if (!rest.p || !value.p || !query_field_parse(name, &f)) return line;
		ret->v[f] = value;
		line = rest;
	}
}

static int by_query(const void *a, const void *b)
{
	const QueryMatch *x = a, *y = b;
	return (x->query > y->query) - (x->query < y->query);
}

static void put_matches(Buf *b, const QuerySet *q, Str text, const TextScan *scan, const QueryMatch *m, size_t n)
{
	Json j = json_init(b);
	json_obj(&j);
	json_key(&j, "matches");
	json_arr(&j);
	for (size_t i = 0; i < n; i++) {
		json_obj(&j);
		json_key(&j, "query");
		json_str(&j, query_name(q, m[i].query));
		json_key(&j, "because");
		json_arr(&j);
		for (size_t k = 0; k < m[i].because_n; k++) {
			const Token *t = &scan->tokens[m[i].because[k]];
			json_str(&j, str_sub(scan->text, t->at, t->end));
		}
		json_end(&j);
		json_end(&j);
	}
	json_end(&j);
	put_cut(&j, text);
	json_end(&j);
	buf_char(b, '\n');
}

static void put_hits(Buf *b, const QuerySet *q, const HitsAnswer *a, size_t i)
{
	const QueryHits *h = &a->v[i];
	Json j = json_init(b);
	json_obj(&j);
	json_key(&j, "query");
	json_str(&j, query_name(q, (uint32_t)i));
	json_key(&j, "texts");
	json_int(&j, a->texts);
	json_key(&j, "hits");
	json_int(&j, h->hits);
	json_key(&j, "estimate");
	json_int(&j, h->estimate);
	json_key(&j, "low");
	json_int(&j, h->low);
	json_key(&j, "high");
	json_int(&j, h->high);
	json_key(&j, "examples");
	json_arr(&j);
	for (size_t k = 0; k < h->examples_n; k++) json_id(&j, h->examples[k]);
	json_end(&j);
	json_end(&j);
	buf_char(b, '\n');
}

// What the queries would have found on a site, one line a query.
static Status match_stored(App *app, QuerySet *q)
{
	Ctx *cx = &app->cx;
	Model model;
	HitsAnswer a;
	HitsQuestion what = {.queries = q, .posts_most = STORED_POSTS_MOST};
	AUTO(Db) db = NULL;
	TRY(model_open_own(cx, &model));
	TRY(text_site_open(app, &db, &what.space_id));
	what.engine = text_engine_new(cx->arena, &model);
	TRY(trends_hits(cx, db, &what, &a));
	Buf out = buf_init(cx->arena, OUT_BYTES, OUT_BYTES * 64);
	for (size_t i = 0; i < queries_n(q); i++) put_hits(&out, q, &a, i);
	return out_flush(cx, &out);
}

Status verb_text_match(App *app)
{
	if (!app->options.queries.n) return fail(&app->cx, ST_INVALID, "--queries FILE is missing");
	QuerySet *q = queries_new(app->cx.arena);
	TRY(read_queries(app, q));
	if (app->options.data.n || app->options.db.n) return match_stored(app, q);
	Lines in = lines_open(app->cx.arena, STDIN_FILENO);
	Buf out = buf_init(app->cx.arena, OUT_BYTES, OUT_BYTES * 4);
	TextScan *scan = text_scan_new(app->cx.arena);
	QueryMatch *m = ARENA_NEW(app->cx.arena, QueryMatch, MATCHES_MAX);
	QueryFields fields;
	for (Str line; lines_next(&in, &line);) {
		Str text = cut_fields(line, &fields);
		text_scan(scan, text);
		size_t n = queries_match(q, scan, &fields, m, MATCHES_MAX);
		qsort(m, n, sizeof *m, by_query);
		put_matches(&out, q, text, scan, m, n);
		if (out.n >= OUT_FULL || !lines_at_hand(&in)) TRY(out_flush(&app->cx, &out));
	}
	TRY(out_flush(&app->cx, &out));
	return in.failed ? fail(&app->cx, ST_IO, "the input cannot be read") : ST_OK;
}

#define SIMILAR_MAX 10
#define CORPUS_MAX ((size_t)1000000)

typedef struct Corpus {
	Str *ids;
	SimilarIndex *index;
} Corpus;

// `id TAB text`, or a text alone, which is then called by its line.
static Status read_corpus(App *app, TextEngine *e, Corpus *ret)
{
	Ctx *cx = &app->cx;
	Str bytes, line, id;
	size_t n = 1;
	TRY(file_read(cx, app->options.corpus, &bytes));
	for (size_t i = 0; i < bytes.n; i++) n += bytes.p[i] == '\n';
	if (n > CORPUS_MAX) return fail(cx, ST_TOO_LARGE, "more than a million lines");
	ret->ids = ARENA_NEW(cx->arena, Str, n);
	ret->index = similar_new(cx->arena, n);
	for (size_t i = 0; bytes.n; i++) {
		bytes = str_cut(bytes, '\n', &line);
		Str text = str_cut(line, '\t', &id);
		if (!text.p) {
			text = line;
			id = str_format(cx->arena, "%zu", i + 1);
		}
		ret->ids[i] = utf8_repair(cx->arena, id);
		TRY(similar_add(cx, ret->index, e, text));
	}
	similar_ready(ret->index);
	return ST_OK;
}

static void put_similar(Buf *b, const Corpus *c, Str asked, const SimilarHit *hits, size_t n)
{
	Json j = json_init(b);
	json_obj(&j);
	json_key(&j, "similar");
	json_arr(&j);
	for (size_t i = 0; i < n; i++) {
		json_obj(&j);
		json_key(&j, "id");
		json_str(&j, c->ids[hits[i].text]);
		json_key(&j, "score");
		json_int(&j, hits[i].score);
		json_end(&j);
	}
	json_end(&j);
	put_cut(&j, asked);
	json_end(&j);
	buf_char(b, '\n');
}

Status verb_text_similar(App *app)
{
	const Options *o = &app->options;
	Model model;
	Corpus corpus = {0};
	if (!o->corpus.n) return fail(&app->cx, ST_INVALID, "--corpus FILE is missing");
	TRY(o->model.n ? model_open_file(&app->cx, o->model, &model) : model_open_own(&app->cx, &model));
	TextEngine *e = text_engine_new(app->cx.arena, &model);
	TRY(read_corpus(app, e, &corpus));
	Lines in = lines_open(app->cx.arena, STDIN_FILENO);
	Buf out = buf_init(app->cx.arena, OUT_BYTES, OUT_BYTES);
	SimilarHit hits[SIMILAR_MAX];
	for (Str line; lines_next(&in, &line);) {
		put_similar(&out, &corpus, line, hits, similar_choose(corpus.index, e, line, hits, COUNTOF(hits)));
		if (out.n >= OUT_FULL || !lines_at_hand(&in)) TRY(out_flush(&app->cx, &out));
	}
	TRY(out_flush(&app->cx, &out));
	return in.failed ? fail(&app->cx, ST_IO, "the input cannot be read") : ST_OK;
}
