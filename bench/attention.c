// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-attention SITE_DIR TOPIC_PATHS BATCHES MESSAGES VIEWS: what it costs to add up what pages' clocks sent. Each batch is what comes
// together in the thirty seconds between two foldings: MESSAGES members, each with VIEWS topics of their own, who read customers
// and the staff and wrote to a customer. With BATCHES 0: what a clock adds to a page, topic pages with one and without one in turns,
// through the router. Prints NAME=VALUE; CPU of folding is of all threads, the writer's with it.
#include "attention/attention.h"
#include "attention/feature.h"
#include "community/feature.h"
#include "members/feature.h"
#include "web/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MEMBERS 20000
#define TOPICS 5000
#define RECORDS 3 // of a page
#define VIEWS_MAX 6
#define CLOCK_PAGES 3000

typedef struct Bench {
	Ctx cx;
	Store *store;
	Id members[MEMBERS], topics[TOPICS];
	Str paths[TOPICS];
	size_t members_n, pages_n;
} Bench;

static void must(Bench *b, Status st)
{
	if (st == ST_OK) return;
	fprintf(stderr, "bench-attention: %.*s\n", STR(b->cx.fail_text));
	exit(1);
}

static Status agree(Ctx *cx, Tx *tx, void *arg)
{
	const Bench *b = arg;
	for (size_t i = 0; i < b->members_n; i++)
		TRY(member_set_attention(cx, tx, &(MemberSetAttentionArgs){.id = b->members[i], .attention = AGREED_YES}));
	return ST_OK;
}

static void load_members(Bench *b)
{
	AUTO(Db) db = NULL;
	MemberListBoardRows rows;
	int64_t figure = INT64_MAX;
	Id id = INT64_MAX;
	must(b, db_begin(&b->cx, b->store, &db));
	while (b->members_n < MEMBERS) {
		must(b, members_by_reputation(&b->cx, db, figure, id, 1000, &rows));
		for (size_t i = 0; i < rows.n && b->members_n < MEMBERS; i++) b->members[b->members_n++] = rows.v[i].id;
		if (rows.n < 1000) return;
		figure = rows.v[rows.n - 1].reputation;
		id = rows.v[rows.n - 1].id;
	}
}

static void load_pages(Bench *b, const char *paths)
{
	char line[1024];
	FILE *f = fopen(paths, "r");
	if (!f) exit(1);
	while (b->pages_n < TOPICS && fgets(line, sizeof line, f)) {
		Str id, rest = str_cut(str_sub(str_from(line), 3, strlen(line)), '/', &id);
		(void)rest;
		if (!id_parse(id, &b->topics[b->pages_n])) continue;
		b->paths[b->pages_n++] = str_copy(b->cx.arena, str_trim(str_from(line)));
	}
	fclose(f);
}

static double cpu_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

// The members of a batch are all different; the next batch has the next ones, who read for a minute each.
static size_t make(const Bench *b, size_t batch, size_t messages, size_t views, Observation *v)
{
	size_t n = 0;
	for (size_t i = 0; i < messages * views; i++) {
		size_t k = batch * messages * views + i;
		Observation o = {.at_ms = b->cx.now_ms, .kind = OBSERVE_READ, .value = 20};
		o.page_id = b->topics[k * 7919 % b->pages_n];
		o.actor_id = b->members[k / views % b->members_n];
		o.page_at = b->cx.now_ms - (Time)views * TIME_MINUTE_MS;
		for (int side = SIDE_CUSTOMER; side <= SIDE_EMPLOYEE; side++) {
			o.subject_id = side;
			v[n++] = o;
		}
		o.kind = OBSERVE_WROTE;
		o.subject_id = SIDE_CUSTOMER;
		v[n++] = o;
	}
	return n;
}

static void open_store(Bench *b, const char *dir)
{
	Str url = str_format(b->cx.arena, "%s/sites/main.db", dir);
	must(b, store_open(&b->cx, &(StoreConfig){.url = url, .readers = 2}, &b->store));
}

// Members agreed long ago: what that wrote is not in the way of what is measured.
static void agree_before(Bench *b, const char *dir)
{
	must(b, store_write(&b->cx, b->store, agree, b));
	store_close(b->store);
	open_store(b, dir);
}

static int fold(Bench *b, size_t batches, size_t messages, size_t views)
{
	Arena *a = arena_new(ARENA_CAP_BYTES);
	Observation *v = calloc(messages * views * RECORDS, sizeof *v);
	double total = 0;
	if (!v) return 1;
	for (size_t i = 0; i < batches; i++) {
		arena_reset(a);
		b->cx.now_ms += 30 * TIME_SECOND_MS;
		size_t n = make(b, i, messages, views, v);
		Ctx cx = b->cx;
		cx.arena = a;
		double from = cpu_ms();
		must(b, attention_fold(&cx, b->store, v, n));
		total += cpu_ms() - from;
	}
	printf("messages=%zu\nbatches=%zu\nfold_us_each=%.2f\n", messages, batches, total * 1e3 / (double)(messages * batches));
	return 0;
}

// --- what a clock adds to a page -------------------------------------------------------------------------------------------

static Status reader(Ctx *cx, Db *db, Str token, Actor *ret_actor, bool *ret_found)
{
	(void)cx, (void)db, (void)token;
	*ret_actor = actor_member(1, S("reader"), ROLE_MEMBER, AFFILIATION_CUSTOMER);
	ret_actor->attention = AGREED_YES;
	*ret_found = true;
	return ST_OK;
}

static Status nobody(Ctx *cx, Db *db, Str token, Actor *ret_actor, bool *ret_found)
{
	(void)cx, (void)db, (void)token, (void)ret_actor;
	*ret_found = false;
	return ST_OK;
}

// Microseconds of drawing a topic's page; with DNT: 1 it has no clock.
static double page_us(Web *web, Arena *a, Str target, bool timed, size_t *bytes)
{
	HttpHeader headers[] = {{S("Cookie"), S(SESSION_COOKIE "=reader")}, {timed ? S("DNX") : S("DNT"), S("1")}};
	arena_reset(a);
	HttpJob job = {.method = HTTP_GET, .target = target, .path = target, .headers = headers, .headers_n = 2, .body_fd = -1};
	job.host = S("town.example");
	job.peer = S("192.0.2.1");
	job.arena = a;
	int64_t from = time_thread_cpu_ns();
	web_run(web, &job);
	int64_t took = time_thread_cpu_ns() - from;
	size_t at;
	if (job.reply.status != 200 || str_find(job.reply.body, S("data-mark"), &at) != timed) exit(1);
	*bytes += job.reply.body.n;
	return (double)took / 1e3;
}

static int by_size(const void *x, const void *y)
{
	double p = *(const double *)x, q = *(const double *)y;
	return (p > q) - (p < q);
}

// Each page is drawn with and without; the median of the differences, since what disturbs a page is much more than the clock.
static int clock_of(Bench *b)
{
	static double more[CLOCK_PAGES];
	size_t with = 0, without = 0;
	Arena *a = arena_new(ARENA_CAP_BYTES);
	CommunityRoutes routes;
	const Feature features[] = {members_feature(), community_feature(&routes), attention_feature()}, *list[COUNTOF(features)];
	for (size_t i = 0; i < COUNTOF(features); i++) list[i] = &features[i];
	Site site;
	Web *web;
	must(b, site_load(&b->cx, b->store, &site));
	must(b, web_open(&b->cx,
					 &(WebConfig){.site = &site, .features = list, .features_n = COUNTOF(list), .session_find = reader, .token_find = nobody, .ids = b->cx.ids},
					 &web));
	for (size_t i = 0; i < CLOCK_PAGES + 20; i++) {
		Str t = b->paths[i * 7919 % b->pages_n];
		double one = page_us(web, a, t, false, &without) * 0; // brings it into memory
		bool first = i & 1;
		double x = page_us(web, a, t, first, first ? &with : &without);
		double y = page_us(web, a, t, !first, first ? &without : &with);
		if (i >= 20) more[i - 20] = one + (first ? x - y : y - x);
	}
	qsort(more, CLOCK_PAGES, sizeof *more, by_size);
	printf("clock_us=%.2f\nclock_us_from=%.2f\nclock_us_to=%.2f\n", more[CLOCK_PAGES / 2], more[CLOCK_PAGES / 4], more[CLOCK_PAGES * 3 / 4]);
	web_close(web);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 6) return 2;
	static IdSource ids;
	Bench *b = calloc(1, sizeof *b);
	size_t batches = strtoul(argv[3], NULL, 10), messages = strtoul(argv[4], NULL, 10), views = strtoul(argv[5], NULL, 10);
	if (!b || views < 1 || views > VIEWS_MAX) return 1;
	b->cx = (Ctx){.arena = arena_new(ARENA_CAP_BYTES), .now_ms = time_now(), .ids = &ids, .rng = &RNG_SYSTEM};
	open_store(b, argv[1]);
	load_members(b);
	load_pages(b, argv[2]);
	if (batches) agree_before(b, argv[1]);
	int rc = batches ? fold(b, batches, messages, views) : clock_of(b);
	store_close(b->store);
	return rc;
}
