// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-asking SITE.db: of the questions of an imported community that somebody linked to another one, how often is that one
// among the first that are suggested to who asks? Printed as a table for bench/RESULTS.md (bench/README.md says more).
#include "asking/asking.h"
#include "text/plain.h"

#include <stdio.h>
#include <stdlib.h>

#define LIST_MAX 10
#define TOPICS_MAX 20000
#define BODY_BYTES 4000

typedef struct Score {
	size_t pairs, in5, in10;
} Score;

typedef struct Bench {
	Ctx *cx;
	Db *db;
	Score score[2][3]; // title alone, title and text; all, older than the question, marked as duplicates
	int64_t *cost_ns[2];
	size_t asked;
	uint32_t statements_most;
} Bench;

static void must(Ctx *cx, Status st)
{
	if (st == ST_OK) return;
	fprintf(stderr, "bench-asking: %.*s\n", STR(cx->fail_text));
	exit(1);
}

static void count(Score *s, const SimilarTopics *t, Id other)
{
	size_t place = 0, at = SIZE_MAX;
	uint32_t score = 0;
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].row.id == other) score = t->v[i].score, at = i;
	// The list shows solved ones first; the place that counts is that of the score.
	for (size_t i = 0; at != SIZE_MAX && i < t->n; i++) place += t->v[i].score > score;
	s->pairs++;
	s->in5 += at != SIZE_MAX && place < 5;
	s->in10 += at != SIZE_MAX && place < LIST_MAX;
}

static void ask(Bench *b, const TopicGetRow *t, Str body, int with_body, const TopicLinkListRows *links)
{
	SimilarTopics found;
	int64_t from = time_thread_cpu_ns();
	uint32_t statements = b->cx->queries;
	Status st;
	do st = asking_similar(b->cx, b->db, &(AskingQuestion){.title = t->title, .body = body, .except = t->id, .limit = LIST_MAX}, &found);
	while (st == ST_TIMEOUT); // the machine does something else
	must(b->cx, st);
	b->cost_ns[with_body][b->asked] = time_thread_cpu_ns() - from;
	statements = b->cx->queries - statements;
	if (statements > b->statements_most) b->statements_most = statements;
	for (size_t i = 0; i < links->n; i++) {
		const TopicLinkListRow *l = &links->v[i];
		TopicGetRow other;
		if (l->kind >= 100) continue; // linked from there
		must(b->cx, topic_get(b->cx, b->db, &(TopicGetArgs){.id = l->id}, &other));
		count(&b->score[with_body][0], &found, l->id);
		if (other.created_at < t->created_at) count(&b->score[with_body][1], &found, l->id);
		if (l->kind == LINK_DUPLICATE) count(&b->score[with_body][2], &found, l->id);
	}
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void print(const Bench *b)
{
	static const char *const WHAT[] = {"title alone", "title and text"}, *const WHOM[] = {"all links", "to older questions", "marked as duplicates"};
	printf("| question | linked to | pairs | in the first 5 | in the first 10 |\n| --- | --- | --- | --- | --- |\n");
	for (int i = 0; i < 2; i++)
		for (int k = 0; k < 3; k++) {
			const Score *s = &b->score[i][k];
			double n = s->pairs ? (double)s->pairs : 1;
			printf("| %s | %s | %zu | **%.3f** | %.3f |\n", WHAT[i], WHOM[k], s->pairs, (double)s->in5 / n, (double)s->in10 / n);
		}
	printf("\n%zu questions asked.", b->asked);
	for (int i = 0; i < 2; i++) {
		qsort(b->cost_ns[i], b->asked, sizeof(int64_t), by_number);
		printf(" CPU for the %s: %.1f ms in the middle, %.1f ms at 95 %%.", WHAT[i], (double)b->cost_ns[i][b->asked / 2] / 1e6,
			   (double)b->cost_ns[i][b->asked * 95 / 100] / 1e6);
	}
	printf(" At most %u statements.\n", b->statements_most);
}

static void look_at(Bench *b, Id id)
{
	Ctx *cx = b->cx;
	TopicGetRow t;
	PostGetRow opening;
	TopicLinkListRows links;
	must(cx, topic_get(cx, b->db, &(TopicGetArgs){.id = id}, &t));
	must(cx, topic_link_list(cx, b->db, &(TopicLinkListArgs){.topic_id = id, .clearance = VISIBLE_STAFF}, &links));
	bool asks = false;
	for (size_t k = 0; k < links.n; k++) asks |= links.v[k].kind < 100;
	if (!asks) return;
	must(cx, post_get(cx, b->db, &(PostGetArgs){.id = t.opening_id}, &opening));
	ask(b, &t, str_none(), 0, &links);
	ask(b, &t, html_plain(cx->arena, opening.body.s, BODY_BYTES), 1, &links);
	b->asked++;
}

int main(int argc, char **argv)
{
	AUTO(Arena) whole = arena_new((size_t)1 << 30);
	AUTO(Arena) arena = arena_new((size_t)1 << 30);
	IdSource ids = {0};
	Ctx cx = {.arena = whole, .now_ms = time_now(), .ids = &ids, .rng = &RNG_SYSTEM};
	Store *store;
	if (argc != 2) return 2;
	must(&cx, store_open(&cx, &(StoreConfig){.url = str_from(argv[1]), .readers = 1}, &store));
	Bench b = {.cx = &cx};
	for (int i = 0; i < 2; i++) b.cost_ns[i] = ARENA_NEW(whole, int64_t, TOPICS_MAX);
	AUTO(Db) db = NULL;
	must(&cx, db_begin(&cx, store, &db));
	b.db = db;
	cx.arena = arena;
	for (Id after = 0; b.asked < TOPICS_MAX;) {
		SitemapPageRow next;
		arena_reset(arena);
		must(&cx, sitemap_page(&cx, db, &(SitemapPageArgs){.after = after, .limit = 1}, &next));
		if (!next.n) break;
		after = next.id;
		look_at(&b, after);
	}
	print(&b);
	return 0;
}
