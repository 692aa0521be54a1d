// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-daily fill SITE_DIR FACTS MEMBERS DAYS   an invented history into the tables of a fresh site (hearth init), by plain inserts
// bench-daily pass SITE_DIR DAYS                 the daily pass over everybody as the server does it: the journal read, scores, trust,
//                                               places and ranks computed, rows written; once on the last day, and on the two after
//
// The deeds of bench-cells (invent.h), in topics that have an author, two tags and a space, on posts that have one: a question and its
// answers a topic. CPU is of all threads of the process, the writer's included. Prints NAME=VALUE.
#include "invent.h"

#include "standing/standing.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define BASE ((Id)1 << 40) // ids here, so that none of a fresh site is met
#define TAGS 500
#define SPACES 8
#define STEP 50000  // rows in a transaction
#define PER_POST 4  // facts
#define PER_TOPIC 4 // posts
#define PASSES 3

typedef struct Row {
	int64_t v[8];
} Row;
#define AT(i)                                                                                                          \
	{                                                                                                                  \
		.name = "v", .type = DB_INT, .offset = (i) * sizeof(int64_t)                                                   \
	}
static const DbField VALUES[] = {AT(0), AT(1), AT(2), AT(3), AT(4), AT(5), AT(6), AT(7)};
#define INSERT(text, n)                                                                                                \
	{                                                                                                                  \
		.name = "fill", .lite = text, .pg = text, .params = VALUES, .params_n = (n), .writes = true                    \
	}
static const DbQuery SPACE = INSERT(
	"INSERT INTO space (id, slug, title, position, kind, persona, style, visibility, topics_n, posts_n, created_at) "
	"VALUES (?1, 'space-' || ?2, 'space', ?2, 0, 0, 0, 0, 0, 0, 0)",
	2);
static const DbQuery MEMBER = INSERT(
	"INSERT INTO member (id, handle, handle_key, role, affiliation, joined_at, reputation, topics_n, answers_n, "
	"comments_n, "
	"solutions_n, kudos_n) VALUES (?1, 'm' || ?1, 'm' || ?1, 0, ?2, ?3, 0, 0, 0, 0, 0, 0)",
	3);
static const DbQuery TOPIC = INSERT(
	"INSERT INTO topic (id, space_id, opening_id, author_id, title, slug, tags, created_at, bumped_at, posts_n, "
	"answers_n, "
	"score, views, same_n, helped_guests_n, style, affiliation) "
	"VALUES (?1, ?2, ?3, ?4, 't', 't', 'tag-' || ?5 || ' tag-' || ?6, ?7, ?7, 4, 3, 0, 0, 0, 0, 0, 1)",
	7);
static const DbQuery POST = INSERT("INSERT INTO post (id, topic_id, number, author_id, created_at, score, comments_n, "
								   "revisions_n, style, affiliation, text_n, "
								   "body_html) VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0, 0, 1, 1, 'x')",
								   5);
static const DbQuery FACT = INSERT(
	"INSERT INTO fact (id, at_ms, kind, actor_id, subject_type, subject_id, target_id, value) "
	"VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	8);

typedef struct Fill {
	size_t facts, members, topics, posts;
	int64_t days;
	uint64_t seed;
} Fill;

static uint64_t mixed(uint64_t v) // splitmix64
{
	v += UINT64_C(0x9e3779b97f4a7c15);
	v = (v ^ v >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	v = (v ^ v >> 27) * UINT64_C(0x94d049bb133111eb);
	return v ^ v >> 31;
}

static size_t some(uint64_t of, uint64_t salt, size_t n) { return (size_t)((mixed(of * 16 + salt) >> 32) * n >> 32); }

static size_t skewed(uint64_t of, uint64_t salt, size_t n) // a share of u^3, as invent.c has it
{
	double u = (double)(mixed(of * 16 + salt) >> 11) / (double)((uint64_t)1 << 53);
	return (size_t)(u * u * u * (double)n);
}

static Time time_of(const Fill *f, size_t i, size_t n)
{
	return (Time)FIRST_DAY * TIME_DAY_MS + (Time)((i128)i * f->days * TIME_DAY_MS / (i128)n);
}

static Id member(size_t i) { return BASE + (Id)i; }
static Id topic(size_t i) { return 2 * BASE + (Id)i; }
static Id post(size_t i) { return 3 * BASE + (Id)i; }
static Id author(const Fill *f, size_t at) { return member(skewed(at, 1, f->members)); }

static void space_row(const Fill *f, size_t i, Row *ret)
{
	(void)f;
	*ret = (Row){{5 * BASE + (Id)i, (int64_t)i}};
}

static void member_row(const Fill *f, size_t i, Row *ret)
{
	*ret = (Row){{member(i), i % 200 ? AFFILIATION_CUSTOMER : AFFILIATION_EMPLOYEE, time_of(f, 0, 1)}};
}

static void topic_row(const Fill *f, size_t i, Row *ret)
{
	int64_t tag = (int64_t)skewed(i, 2, TAGS), other = (int64_t)skewed(i, 3, TAGS);
	*ret = (Row){{topic(i), 5 * BASE + (Id)some(i, 4, SPACES), post(i * PER_TOPIC), author(f, i * PER_TOPIC), tag,
				  other, time_of(f, i, f->topics)}};
}

static void post_row(const Fill *f, size_t i, Row *ret)
{
	*ret = (Row){{post(i), topic(i / PER_TOPIC), (int64_t)(i % PER_TOPIC), author(f, i), time_of(f, i, f->posts)}};
}

// Each post is written once; of three more facts most are votes on some post of before.
static void fact_row(const Fill *f, size_t i, Row *ret)
{
	size_t at = i / PER_POST, roll = some(i, 5, 100);
	bool written = i % PER_POST == 0, opening = at % PER_TOPIC == 0;
	if (!written) at -= skewed(i, 6, at + 1);
	opening = at % PER_TOPIC == 0;
	int64_t kind = roll < 85 ? FACT_VOTED_UP : roll < 89 ? FACT_VOTED_DOWN : FACT_EDITED;
	Id by = member(skewed(i, 7, f->members));
	if (!written && roll >= 94 && !opening) {
		kind = FACT_ACCEPTED;
		by = author(f, at - at % PER_TOPIC);
	}
	if (written) {
		kind = opening ? FACT_TOPIC_POSTED : FACT_POSTED;
		by = author(f, at);
	}
	bool of_topic = kind == FACT_TOPIC_POSTED;
	*ret = (Row){{4 * BASE + (Id)i, time_of(f, i, f->facts), kind, by, of_topic ? SUBJECT_TOPIC : SUBJECT_POST,
				  of_topic ? topic(at / PER_TOPIC) : post(at), author(f, at), 0}};
}

typedef struct Part {
	const Fill *f;
	const DbQuery *q;
	void (*row)(const Fill *f, size_t i, Row *ret);
	size_t from, n;
} Part;

static Status put_some(Ctx *cx, Tx *tx, void *arg)
{
	const Part *p = arg;
	for (size_t i = p->from; i < p->n && i < p->from + STEP; i++) {
		Row row;
		p->row(p->f, i, &row);
		TRY(tx_exec(cx, tx, p->q, &row, NULL));
	}
	return ST_OK;
}

static void fill(Bench *b, Store *store, Fill *f)
{
	f->posts = f->facts / PER_POST;
	f->topics = f->posts / PER_TOPIC + 1;
	Part parts[] = {{f, &SPACE, space_row, 0, SPACES},
					{f, &MEMBER, member_row, 0, f->members},
					{f, &TOPIC, topic_row, 0, f->topics},
					{f, &POST, post_row, 0, f->posts},
					{f, &FACT, fact_row, 0, f->facts}};
	for (size_t i = 0; i < COUNTOF(parts); i++)
		for (; parts[i].from < parts[i].n; parts[i].from += STEP)
			must(b, store_write(&b->cx, store, put_some, &parts[i]));
	printf("facts=%zu\nmembers=%zu\nposts=%zu\n", f->facts, f->members, f->posts);
}

static double cpu_s(void)
{
	struct rusage use;
	if (getrusage(RUSAGE_SELF, &use) != 0) exit(1);
	return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
		   (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

static void pass(Bench *b, Store *store, int64_t days)
{
	for (int i = 0; i < PASSES; i++) {
		b->cx.now_ms = ((Time)FIRST_DAY + days + i) * TIME_DAY_MS - 1;
		double cpu = cpu_s(), from = (double)time_mono_ns() / 1e9;
		must(b, standing_pass(&b->cx, store));
		printf("pass_%d_cpu_s=%.2f\npass_%d_wall_s=%.2f\n", i + 1, cpu_s() - cpu, i + 1,
			   (double)time_mono_ns() / 1e9 - from);
	}
	struct rusage use;
	if (getrusage(RUSAGE_SELF, &use) == 0) printf("memory_mib=%ld\n", use.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
	Fill f = {0};
	int64_t facts = 0, members = 0;
	bool fills = argc == 6 && strcmp(argv[1], "fill") == 0 && str_int(str_from(argv[3]), 100, 1000000000, &facts) &&
				 str_int(str_from(argv[4]), 10, 10000000, &members);
	bool passes = argc == 4 && strcmp(argv[1], "pass") == 0;
	if ((!fills && !passes) || !str_int(str_from(argv[argc - 1]), 1, 10000, &f.days)) {
		fprintf(stderr, "bench-daily fill SITE_DIR FACTS MEMBERS DAYS | pass SITE_DIR DAYS\n");
		return 2;
	}
	Bench *b = bench_new();
	Store *store = NULL;
	Str url = str_format(b->cx.arena, "%s/sites/main.db", argv[2]);
	must(b, store_open(&b->cx,
					   &(StoreConfig){
						   .url = url, .readers = 2, .cache_kib = fills ? 1 << 20 : 0},
					   &store));
	b->site.history = str_format(b->cx.arena, "%s/sites/main.history", argv[2]);
	f.facts = (size_t)facts;
	f.members = (size_t)members;
	if (fills) fill(b, store, &f);
	else pass(b, store, f.days);
	store_close(store);
	bench_free(b);
	return 0;
}
