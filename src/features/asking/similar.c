// SPDX-License-Identifier: AGPL-3.0-or-later
#include "asking/terms.h"

#include "base/utf8.h"
#include "text/plain.h"
#include "text/similar.h"

#include <math.h>
#include <stdlib.h>

#define TERMS_TAKEN 24
#define DOCS_READ 300
#define TOPICS_READ 60
#define TITLE_BYTES 300
#define BODY_BYTES 800
#define TEXT_BYTES 4096 // of what is compared
#define EXCERPT_BYTES ((size_t)220)
#define ANSWER_SHARE 0.3
#define LENGTH_SHARE 0.4 // of a post's length that counts against it
#define LENGTH_MOST 4.0  // times the mean
#define DEADLINE_MS 1000
#define SHARE 1000
#define WEAKER_MOST 3      // times weaker than the best is left out
#define COVERED_LEAST 0.08 // of what all words are worth, for a post to be looked at

typedef struct Doc {
	Id doc;
	double points;
	uint32_t words;
} Doc;

typedef struct TopicPoints {
	Id id;
	double points;
	uint32_t score;
} TopicPoints;

typedef struct Finder {
	Ctx *cx;
	Db *db;
	const AskingQuestion *q;
	AskingTerms terms;
	Doc *docs;
	size_t docs_n;
	TopicPoints *topics;
	size_t topics_n;
} Finder;

static void read_question(Finder *f)
{
	AskingTermsReader r = asking_terms_begin(f->cx->arena, &f->terms);
	asking_terms_add(&r, utf8_cut(f->q->title, TITLE_BYTES), 2);
	asking_terms_drop(&r);
	asking_terms_add(&r, utf8_cut(f->q->body, BODY_BYTES), 1);
	asking_terms_done(&r);
}

static int by_doc(const void *a, const void *b)
{
	Id x = ((const Doc *)a)->doc, y = ((const Doc *)b)->doc;
	return (x < y) - (x > y);
}

static int by_points(const void *a, const void *b)
{
	const Doc *x = a, *y = b;
	if (x->points != y->points) return x->points > y->points ? -1 : 1;
	return by_doc(a, b);
}

// One word of several, or common ones only: that is chance.
static size_t drop_chance(Doc *v, size_t n, double points_least, uint32_t words_least)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (v[i].points >= points_least && v[i].words >= words_least) v[kept++] = v[i];
	return kept;
}

// A post has the sum of what its words are worth: the rarer, the more.
static Status find_docs(Finder *f)
{
	TRY(asking_terms_find(f->cx, f->db, &f->terms, INT64_MAX));
	size_t n = 0, kept = 0, chosen = size_min(f->terms.n, TERMS_TAKEN);
	Doc *v = ARENA_NEW(f->cx->arena, Doc, chosen * ASKING_DOCS_OF_TERM + 1);
	double whole = 0;
	for (size_t i = 0; i < chosen; i++) {
		Cursor c = cursor_of(f->terms.v[i].docs);
		whole += f->terms.v[i].worth;
		while (cursor_int(&c, 1, INT64_MAX, &v[n].doc)) {
			v[n].words = 1;
			v[n++].points = f->terms.v[i].worth;
			if (!cursor_take(&c, ',')) break;
		}
	}
	qsort(v, n, sizeof *v, by_doc);
	for (size_t i = 0; i < n; i++) {
		if (kept && v[kept - 1].doc == v[i].doc) v[kept - 1].points += v[i].points, v[kept - 1].words++;
		else v[kept++] = v[i];
	}
	kept = drop_chance(v, kept, whole * COVERED_LEAST, chosen >= 3 ? 2 : 1);
	qsort(v, kept, sizeof *v, by_points);
	f->docs = v;
	f->docs_n = size_min(kept, DOCS_READ);
	return ST_OK;
}

static TopicPoints *topic_of(Finder *f, Id id)
{
	for (size_t i = 0; i < f->topics_n; i++)
		if (f->topics[i].id == id) return &f->topics[i];
	f->topics[f->topics_n] = (TopicPoints){.id = id};
	return &f->topics[f->topics_n++];
}

static double points_of(const Finder *f, Id doc)
{
	for (size_t i = 0; i < f->docs_n; i++)
		if (f->docs[i].doc == doc) return f->docs[i].points;
	return 0;
}

static int by_topic_points(const void *a, const void *b)
{
	const TopicPoints *x = a, *y = b;
	if (x->points != y->points) return x->points > y->points ? -1 : 1;
	return (x->id < y->id) - (x->id > y->id);
}

// Long posts have many words by chance. Of a topic its opening counts whole, its answers three tenths each.
static Status find_topics(Finder *f)
{
	AskingPostsRows rows;
	Id ids[DOCS_READ];
	int64_t bytes = 1;
	for (size_t i = 0; i < f->docs_n; i++) ids[i] = f->docs[i].doc;
	TRY(asking_posts(f->cx, f->db,
					 &(AskingPostsArgs){.docs = ids_json(f->cx->arena, ids, f->docs_n),
										.visibility = (int64_t)actor_clearance(f->cx)},
					 &rows));
	f->topics = ARENA_NEW(f->cx->arena, TopicPoints, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) bytes += rows.v[i].text_n;
	double mean = (double)bytes / (double)size_max(rows.n, 1);
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.v[i].topic_id == f->q->except) continue;
		double longer = fmin((double)rows.v[i].text_n / mean, LENGTH_MOST);
		double points = points_of(f, rows.v[i].doc) / (1 - LENGTH_SHARE + LENGTH_SHARE * longer);
		TopicPoints *t = topic_of(f, rows.v[i].topic_id);
		t->points += rows.v[i].number == 0 ? points : points * ANSWER_SHARE;
	}
	qsort(f->topics, f->topics_n, sizeof *f->topics, by_topic_points);
	f->topics_n = size_min(f->topics_n, TOPICS_READ);
	return ST_OK;
}

static int by_score(const void *a, const void *b)
{
	const TopicPoints *x = a, *y = b;
	if (x->score != y->score) return x->score > y->score ? -1 : 1;
	return by_topic_points(a, b);
}

static Str compared_text(Arena *a, Str title, Str body)
{
	return str_format(a, "%.*s\n%.*s\n%.*s", STR(title), STR(title), STR(utf8_cut(body, BODY_BYTES)));
}

// Half the index's points, half the texts' likeness, each as a share of the best.
static Status compare(Finder *f)
{
	Ctx *cx = f->cx;
	AskingTextsRows rows;
	Id ids[TOPICS_READ];
	SimilarHit hits[TOPICS_READ];
	for (size_t i = 0; i < f->topics_n; i++) ids[i] = f->topics[i].id;
	TRY(asking_texts(cx, f->db, &(AskingTextsArgs){.ids = ids_json(cx->arena, ids, f->topics_n)}, &rows));
	AUTO(Arena) room = arena_new(ARENA_CAP_BYTES);
	SimilarIndex *x = similar_new_plain(room, TOPICS_READ, text_scan_small(room, TEXT_BYTES));
	for (size_t i = 0; i < rows.n; i++) {
		Str body = html_plain(room, rows.v[i].body, BODY_BYTES);
		TRY(similar_add(cx, x, NULL, compared_text(room, rows.v[i].title, body)));
	}
	similar_ready(x);
	size_t n = similar_find(x, NULL, compared_text(room, f->q->title, f->q->body), hits, TOPICS_READ);
	double best = f->topics_n ? f->topics[0].points : 1;
	for (size_t i = 0; i < f->topics_n; i++) {
		TopicPoints *t = &f->topics[i];
		t->score = (uint32_t)(t->points / best * SHARE);
		for (size_t k = 0; k < n; k++)
			if (rows.v[hits[k].text].id == t->id)
				t->score += (uint32_t)((uint64_t)hits[k].score * SHARE / hits[0].score);
	}
	qsort(f->topics, f->topics_n, sizeof *f->topics, by_score);
	return ST_OK;
}

static Str excerpt_of(Arena *a, Str html)
{
	Str text = html_plain(a, html, EXCERPT_BYTES), whole = html_plain(a, html, EXCERPT_BYTES * 2);
	return whole.n > text.n ? str_format(a, "%.*s …", STR(text)) : text;
}

// Solved ones first, the others after them, each in their order.
static Status show(Finder *f, SimilarTopics *ret)
{
	Ctx *cx = f->cx;
	AskingShownRows rows;
	Id ids[ASKING_LIMIT_MAX];
	size_t wanted = size_min(size_min(f->q->limit, COUNTOF(ids)), f->topics_n);
	while (f->topics[wanted - 1].score < f->topics[0].score / WEAKER_MOST)
		wanted--; // it is not to stand first if solved
	for (size_t i = 0; i < wanted; i++) ids[i] = f->topics[i].id;
	TRY(asking_shown(cx, f->db, &(AskingShownArgs){.ids = ids_json(cx->arena, ids, wanted)}, &rows));
	SimilarTopics t = {.v = ARENA_NEW(cx->arena, SimilarTopic, rows.n + 1)};
	for (int solved = 1; solved >= 0; solved--)
		for (size_t i = 0; i < wanted; i++)
			for (size_t k = 0; k < rows.n; k++) {
				const AskingShownRow *r = &rows.v[k];
				if (r->id != ids[i] || (r->body.p != NULL) != (solved != 0)) continue;
				t.v[t.n] = (SimilarTopic){.row = *r, .score = f->topics[i].score};
				if (r->body.p) t.v[t.n].excerpt = excerpt_of(cx->arena, r->body);
				t.n++;
			}
	*ret = t;
	return ST_OK;
}

static Status find(Finder *f, SimilarTopics *ret)
{
	read_question(f);
	if (!f->terms.n) return ST_OK;
	TRY(find_docs(f));
	if (!f->docs_n) return ST_OK;
	TRY(find_topics(f));
	if (!f->topics_n) return ST_OK;
	TRY(compare(f));
	return show(f, ret);
}

Status asking_similar(Ctx *cx, Db *db, const AskingQuestion *q, SimilarTopics *ret)
{
	Finder *f = ARENA_NEW(cx->arena, Finder, 1);
	*f = (Finder){.cx = cx, .db = db, .q = q};
	*ret = (SimilarTopics){0};
	if (q->title.n < ASKING_TITLE_MIN) return ST_OK;
	db_deadline(db, DEADLINE_MS);
	Status st = find(f, ret);
	db_deadline(db, 0);
	return st;
}
