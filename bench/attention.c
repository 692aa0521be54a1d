// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-attention SITE_DIR TOPIC_PATHS BATCHES BEACONS: what it costs to add up what pages' clocks sent. Each batch is what comes
// together in the fifteen seconds between two foldings: BEACONS members, each with a topic of their own, who read customers and
// the staff and wrote to a customer. Prints NAME=VALUE; CPU is of all threads, the writer's with it.
#include "attention/attention.h"
#include "boards/boards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MEMBERS 20000
#define TOPICS 5000
#define RECORDS 3 // of a message

typedef struct Bench {
	Ctx cx;
	Store *store;
	Id members[MEMBERS], topics[TOPICS];
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
		if (id_parse(id, &b->topics[b->pages_n])) b->pages_n++;
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
static size_t make(const Bench *b, size_t batch, size_t beacons, Observation *v)
{
	size_t n = 0;
	for (size_t i = 0; i < beacons; i++) {
		size_t k = batch * beacons + i;
		Observation o = {.at_ms = b->cx.now_ms, .kind = OBSERVE_READ, .value = 20};
		o.page_id = b->topics[k * 7919 % b->pages_n];
		o.actor_id = b->members[k % b->members_n];
		o.page_at = b->cx.now_ms - TIME_MINUTE_MS;
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

int main(int argc, char **argv)
{
	if (argc != 5) return 2;
	static IdSource ids;
	Bench *b = calloc(1, sizeof *b);
	size_t batches = strtoul(argv[3], NULL, 10), beacons = strtoul(argv[4], NULL, 10), n = 0;
	Arena *a = arena_new(ARENA_CAP_BYTES);
	if (!b) return 1;
	b->cx = (Ctx){.arena = arena_new(ARENA_CAP_BYTES), .now_ms = time_now(), .ids = &ids, .rng = &RNG_SYSTEM};
	Str url = str_format(b->cx.arena, "%s/sites/main.db", argv[1]);
	must(b, store_open(&b->cx, &(StoreConfig){.url = url, .readers = 2, .mmap_bytes = (int64_t)1 << 30}, &b->store));
	load_members(b);
	load_pages(b, argv[2]);
	must(b, store_write(&b->cx, b->store, agree, b));
	Observation *v = calloc(beacons * RECORDS, sizeof *v);
	double total = 0;
	for (size_t i = 0; v && i < batches; i++) {
		arena_reset(a);
		b->cx.now_ms += 15 * TIME_SECOND_MS;
		n = make(b, i, beacons, v);
		Ctx cx = b->cx;
		cx.arena = a;
		double from = cpu_ms();
		must(b, attention_fold(&cx, b->store, v, n));
		total += cpu_ms() - from;
	}
	printf("beacons=%zu\nbatches=%zu\nfold_us_each=%.2f\n", beacons, batches, total * 1e3 / (double)(beacons * batches));
	store_close(b->store);
	return 0;
}
