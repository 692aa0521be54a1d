// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-daily fill SITE_DIR FACTS MEMBERS DAYS   an invented history into the tables of a fresh site (hearth init), by plain inserts
// bench-daily seal SITE_DIR FACTS MEMBERS DAYS   the same for sizes that no table holds here: the oldest facts are sealed at once, from the
//                                                same formulas; the tables have the newest thirty-fourth part, what it was done to,
//                                                and everybody, which is all that a pass reads of them
// bench-daily pass SITE_DIR DAYS                 the daily pass over everybody as the server does it: the journal read, scores, trust,
//                                               places and ranks computed, rows written; once on the last day, and on the two after
//
// The deeds of bench-cells (invent.h), in topics that have an author, two tags and a space, on posts that have one: a question and its
// answers a topic. CPU is of all threads of the process, the writer's included. Prints NAME=VALUE.
#include "invent.h"

#include "reputation/history.h"
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
#define TAIL_PART 34 // 33, and the pass seals anew

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
	const bool *wanted; // by row; NULL: all
} Part;

static Status put_some(Ctx *cx, Tx *tx, void *arg)
{
	const Part *p = arg;
	for (size_t i = p->from; i < p->n && i < p->from + STEP; i++) {
		Row row;
		if (p->wanted && !p->wanted[i]) continue;
		p->row(p->f, i, &row);
		TRY(tx_exec(cx, tx, p->q, &row, NULL));
	}
	return ST_OK;
}

static void put_parts(Bench *b, Store *store, Part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (; parts[i].from < parts[i].n; parts[i].from += STEP)
			must(b, store_write(&b->cx, store, put_some, &parts[i]));
}

static void fill(Bench *b, Store *store, const Fill *f)
{
	Part parts[] = {{f, &SPACE, space_row, 0, SPACES, NULL},
					{f, &MEMBER, member_row, 0, f->members, NULL},
					{f, &TOPIC, topic_row, 0, f->topics, NULL},
					{f, &POST, post_row, 0, f->posts, NULL},
					{f, &FACT, fact_row, 0, f->facts, NULL}};
	put_parts(b, store, parts, COUNTOF(parts));
	printf("facts=%zu\nmembers=%zu\nposts=%zu\n", f->facts, f->members, f->posts);
}

// --- most of it sealed at once --------------------------------------------------------------------------------------------

static RepFactEachRow as_read(const Fill *f, size_t i)
{
	Row r;
	fact_row(f, i, &r);
	return (RepFactEachRow){r.v[0], r.v[1], r.v[2], r.v[3], r.v[4], r.v[5], r.v[6], r.v[7]};
}

static size_t post_at(const RepFactEachRow *r)
{
	return r->subject_type == SUBJECT_TOPIC ? (size_t)(r->subject_id - topic(0)) * PER_TOPIC
											: (size_t)(r->subject_id - post(0));
}

static struct RepPlaces *old_places(Bench *b, const Fill *f, RepLog *log, size_t posts)
{
	struct RepPlaces *p = ARENA_NEW(b->cx.arena, struct RepPlaces, 1);
	p->places_n = posts;
	p->threads_n = (posts + PER_TOPIC - 1) / PER_TOPIC;
	p->place = ARENA_NEW(b->cx.arena, RepPlace, p->places_n + 1);
	p->thread = ARENA_NEW(b->cx.arena, RepThread, p->threads_n + 1);
	p->place_ids = ARENA_NEW(b->cx.arena, Id, p->places_n + 1);
	p->thread_ids = ARENA_NEW(b->cx.arena, Id, p->threads_n + 1);
	for (uint32_t i = 0; i < p->threads_n; i++) {
		Row r;
		char tags[64], space[32];
		topic_row(f, i, &r);
		snprintf(tags, sizeof tags, "tag-%d tag-%d", (int)r.v[4], (int)r.v[5]);
		snprintf(space, sizeof space, "space-%d", (int)(r.v[1] - 5 * BASE));
		p->thread_ids[i + 1] = r.v[0];
		p->thread[i + 1] = (RepThread){.asker = idmap_find(&log->member_of, r.v[3]), .opening = i * PER_TOPIC + 1};
		must(b, rep_log_areas(&b->cx, log, str_from(tags), str_from(space), &p->thread[i + 1].areas));
	}
	for (uint32_t i = 0; i < p->places_n; i++) {
		p->place_ids[i + 1] = post(i);
		p->place[i + 1] = (RepPlace){.owner = idmap_find(&log->member_of, author(f, i)),
									 .thread = i / PER_TOPIC + 1,
									 .flags = rep_post_flags(i % PER_TOPIC)};
	}
	return p;
}

// The first n facts, as they would have been read from tables.
static void seal_old(Bench *b, const Fill *f, size_t n)
{
	RepLog *log = rep_log_new(b->cx.arena);
	uint32_t number;
	log->first_known = true;
	for (size_t i = 0; i < f->members; i++)
		must(b, rep_log_member(&b->cx, log, &(RepMember){.id = member(i)}, &number));
	log->places = old_places(b, f, log, (n + PER_POST - 1) / PER_POST);
	log->objects_n = log->places->places_n;
	log->threads_n = log->places->threads_n;
	log->facts = arena_try_alloc_raw(b->cx.arena, n * sizeof *log->facts, _Alignof(RepFact));
	if (!log->facts) exit(1);
	for (size_t i = 0; i < n; i++) {
		RepFactEachRow r = as_read(f, i);
		uint32_t at = (uint32_t)post_at(&r);
		bool of_topic = r.subject_type == SUBJECT_TOPIC;
		log->facts[i] = rep_fact_of(log, log->places, &r, of_topic ? 0 : at + 1, of_topic ? at / PER_TOPIC + 1 : 0);
	}
	log->facts_n = n;
	must(b, rep_log_order_areas(&b->cx, log));
	rep_log_seal(log);
	must(b, rep_history_write(&b->cx, log, log->facts[n - 1].id, b->site.history));
}

// What facts were done to from the n-th on, and those before it that they need: topics and their first posts.
static void fill_newest(Bench *b, Store *store, const Fill *f, size_t n)
{
	bool *posts = ARENA_NEW(b->cx.arena, bool, f->posts + PER_TOPIC), *topics = ARENA_NEW(b->cx.arena, bool, f->topics);
	size_t wanted = 0;
	for (size_t i = n; i < f->facts; i++) {
		RepFactEachRow r = as_read(f, i);
		size_t at = post_at(&r), of = at / PER_TOPIC;
		posts[at] = topics[of] = posts[of * PER_TOPIC] = true;
	}
	for (size_t i = 0; i < f->posts; i++) wanted += posts[i];
	Part parts[] = {{f, &SPACE, space_row, 0, SPACES, NULL},
					{f, &MEMBER, member_row, 0, f->members, NULL},
					{f, &TOPIC, topic_row, 0, f->topics, topics},
					{f, &POST, post_row, 0, f->posts, posts},
					{f, &FACT, fact_row, n - 1, f->facts, NULL}}; // with the newest sealed one
	put_parts(b, store, parts, COUNTOF(parts));
	printf("facts=%zu\nmembers=%zu\nsealed=%zu\nposts_in_tables=%zu\n", f->facts, f->members, n, wanted);
}

static void seal(Bench *b, Store *store, const Fill *f)
{
	size_t n = f->facts - f->facts / TAIL_PART;
	fill_newest(b, store, f, n);
	seal_old(b, f, n);
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
	bool seals = argc == 6 && strcmp(argv[1], "seal") == 0;
	bool fills = argc == 6 && (seals || strcmp(argv[1], "fill") == 0) && str_int(str_from(argv[3]), 100, 1000000000, &facts) &&
				 str_int(str_from(argv[4]), 10, 10000000, &members);
	bool passes = argc == 4 && strcmp(argv[1], "pass") == 0;
	if ((!fills && !passes) || !str_int(str_from(argv[argc - 1]), 1, 10000, &f.days)) {
		fprintf(stderr, "bench-daily fill|seal SITE_DIR FACTS MEMBERS DAYS | pass SITE_DIR DAYS\n");
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
	f.posts = f.facts / PER_POST;
	f.topics = f.posts / PER_TOPIC + 1;
	if (seals) seal(b, store, &f);
	else if (fills) fill(b, store, &f);
	else pass(b, store, f.days);
	store_close(store);
	bench_free(b);
	return 0;
}
