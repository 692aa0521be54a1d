// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-cells made FACTS MEMBERS DAYS FILE   an invented history in memory, sealed into FILE, then boards over it
// bench-cells boards FACTS MEMBERS DAYS FILE   boards over a FILE that was made before
// bench-cells journal SITE.db FILE           the history of a site, from its tables to sealed cells
//
// The invented history: deeds of members with a share of u^3 (the first hundredth does a fifth of all), in topics of one of
// 8 spaces with one to three of 500 tags; 4 % questions, 12 % answers, 14 % comments, 58 % votes, 4 % acceptances, edits.
// A board is everything the page shows: all columns, courses and the places of the time before. Prints NAME=VALUE.
#include "boards/boards.h"
#include "community/community.h"
#include "members/members.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ARENA_BYTES ((size_t)1 << 40)
#define FIRST_DAY 19000
#define SETS 4000
#define TAGS 500
#define SPACES 8
#define ROUNDS 9
#define SEALS 5

typedef struct Bench {
	Ctx cx;
	Site site;
	RepLog log;
	uint64_t seed;
	uint32_t members, sets[SETS];
	int32_t days;
	double ms;
} Bench;

static uint64_t next(Bench *b)
{
	b->seed ^= b->seed << 13;
	b->seed ^= b->seed >> 7;
	b->seed ^= b->seed << 17;
	return b->seed;
}

static uint32_t below(Bench *b, uint32_t n) { return (uint32_t)((next(b) >> 32) * n >> 32); }

static uint32_t skewed(Bench *b, uint32_t n)
{
	double u = (double)(next(b) >> 11) / (double)((uint64_t)1 << 53);
	return (uint32_t)(u * u * u * n);
}

static void must(Bench *b, Status st)
{
	if (st == ST_OK) return;
	fprintf(stderr, "bench-cells: %.*s\n", STR(b->cx.fail_text));
	exit(1);
}

static double now_ms(void) { return (double)time_mono_ns() / 1e6; }

static void invent_areas(Bench *b, RepLog *log)
{
	for (size_t i = 0; i < SETS; i++) {
		Buf tags = buf_init(b->cx.arena, 64, 128);
		for (uint32_t k = 0, n = 1 + below(b, 3); k < n; k++) buf_format(&tags, "tag-%u ", skewed(b, TAGS));
		must(b, rep_log_areas(&b->cx, log, buf_view(&tags), str_format(b->cx.arena, "space-%u", below(b, SPACES)),
							  &b->sets[i]));
	}
}

static RepFact invent_fact(Bench *b, size_t i, size_t n)
{
	static const uint8_t KINDS[] = {FACT_TOPIC_POSTED, FACT_POSTED,   FACT_COMMENTED, FACT_VOTED_UP,
									FACT_VOTED_DOWN,   FACT_ACCEPTED, FACT_EDITED};
	static const uint8_t SHARES[] = {4, 12, 14, 55, 3, 4, 8};
	uint32_t roll = below(b, 100), kind = 0;
	while (kind + 1 < COUNTOF(KINDS) && roll >= SHARES[kind]) roll -= SHARES[kind++];
	uint32_t asker = 1 + skewed(b, b->members), other = 1 + skewed(b, b->members);
	RepFact f = {.at_ms = (Time)FIRST_DAY * TIME_DAY_MS + (Time)((i128)i * b->days * TIME_DAY_MS / (i128)n),
				 .id = (Id)i + 1,
				 .kind = KINDS[kind],
				 .actor = other,
				 .owner = 1 + skewed(b, b->members),
				 .asker = asker,
				 .object = 1 + below(b, (uint32_t)(n / 4 + 1)),
				 .thread = 1 + below(b, (uint32_t)(n / 16 + 1)),
				 .areas = b->sets[skewed(b, SETS)],
				 .flags = REP_ANSWER};
	if (f.kind == FACT_ACCEPTED) f.actor = asker;
	return f;
}

static void invent(Bench *b, size_t n)
{
	RepLog *log = rep_log_new(b->cx.arena);
	invent_areas(b, log);
	log->members = ARENA_NEW(b->cx.arena, RepMember, (size_t)b->members + 1);
	log->members_n = b->members;
	for (uint32_t m = 1; m <= b->members; m++)
		log->members[m] = (RepMember){.id = m, .affiliation = AFFILIATION_CUSTOMER};
	log->facts = ARENA_NEW(b->cx.arena, RepFact, n);
	log->facts_n = n;
	for (size_t i = 0; i < n; i++) log->facts[i] = invent_fact(b, i, n);
	log->objects_n = n / 4 + 2;
	log->threads_n = n / 16 + 2;
	b->log = *log;
}

static void tell_file(Bench *b, const char *path)
{
	AUTO(Cells) c = NULL;
	must(b, cells_open(&b->cx, str_from(path), &c));
	uint64_t bytes[CELLS_TIERS] = {0};
	for (size_t i = 0; i < c->entries_n; i++) bytes[c->entries[i].tier] += c->entries[i].bytes;
	static const char *const NAMES[] = {"day", "month", "year"};
	for (int t = 0; t < CELLS_TIERS; t++)
		printf("%s_cells=%llu\n%s_bytes_each=%.3f\n", NAMES[t], (unsigned long long)c->cells_n[t], NAMES[t],
			   c->cells_n[t] ? (double)bytes[t] / (double)c->cells_n[t] : 0);
	printf("file_bytes=%zu\n", c->bytes);
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void board(Bench *b, Db *db, const char *name, const BoardQuestion *q)
{
	double ms[ROUNDS], cpu[ROUNDS];
	size_t members = 0;
	for (int i = 0; i < ROUNDS; i++) {
		AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
		Ctx cx = b->cx;
		cx.arena = a;
		double from = now_ms(), cpu_from = (double)time_thread_cpu_ns() / 1e6;
		AUTO(BoardSource) src = NULL;
		BoardAnswer answer;
		Status st = board_source_open(&cx, db, &src);
		if (st == ST_OK) st = board_answer(&cx, db, src, q, &answer);
		ms[i] = now_ms() - from;
		cpu[i] = (double)time_thread_cpu_ns() / 1e6 - cpu_from;
		b->cx.fail_text = cx.fail_text;
		must(b, st);
		members = answer.members;
	}
	qsort(ms, ROUNDS, sizeof *ms, by_value);
	qsort(cpu, ROUNDS, sizeof *cpu, by_value);
	printf("board_%s_cpu_ms=%.1f\nboard_%s_ms=%.1f\nboard_%s_members=%zu\n", name, cpu[ROUNDS / 2], name,
		   ms[ROUNDS / 2], name, members);
}

static void boards(Bench *b)
{
	Store *store = NULL;
	Db *db = NULL;
	const MigrationSet sets[] = {{core_migrations, core_migrations_n},
								 {members_migrations, members_migrations_n},
								 {community_migrations, community_migrations_n}};
	must(b, store_open(&b->cx, &(StoreConfig){.url = S(":memory:"), .readers = 1}, &store));
	must(b, store_migrate(&b->cx, store, sets, COUNTOF(sets)));
	must(b, db_begin(&b->cx, store, &db));
	b->cx.now_ms = ((Time)FIRST_DAY + b->days) * TIME_DAY_MS - 1;
	BoardQuestion q = {
		.by = BOARD_BY_ACCEPTED, .when = {.period = BOARD_91_DAYS}, .people = BOARD_CUSTOMERS, .role = -1, .rows = 25};
	board(b, db, "91", &q);
	q.when.compare = BOARD_ALONE;
	board(b, db, "91_alone", &q);
	q.by = BOARD_BY_CONTENT;
	board(b, db, "91_content_alone", &q);
	q.area = S("#tag-3");
	board(b, db, "91_tag", &q);
	q.area = str_none();
	q.by = BOARD_BY_HELPED;
	board(b, db, "91_helped", &q);
	q.by = BOARD_BY_ACCEPTED;
	q.when = (BoardWhen){.period = BOARD_365_DAYS};
	board(b, db, "365", &q);
	q.when.compare = BOARD_ALONE;
	board(b, db, "365_alone", &q);
	db_end(db);
	store_close(store);
}

// Into a file of its own each time, with an arena of its own as the job has it.
static double seal_once(Bench *b, size_t facts, const char *path)
{
	AUTO(Arena) a = arena_new(ARENA_BYTES);
	Ctx cx = b->cx;
	cx.arena = a;
	BoardSeal seal = {.log = &b->log, .cursor = (Id)facts};
	seal.fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int64_t cpu = time_thread_cpu_ns();
	Status st = board_seal(&cx, &seal);
	double cpu_s = (double)(time_thread_cpu_ns() - cpu) / 1e9;
	close(seal.fd);
	b->cx.fail_text = cx.fail_text;
	must(b, st);
	return cpu_s;
}

static void made(Bench *b, size_t facts, const char *path)
{
	double cpu_s[SEALS];
	invent(b, facts);
	for (int i = 0; i < SEALS; i++) cpu_s[i] = seal_once(b, facts, path);
	qsort(cpu_s, SEALS, sizeof *cpu_s, by_value);
	printf("facts=%zu\nmembers=%u\nseal_cpu_s=%.2f\nseal_cpu_s_from=%.2f\nseal_cpu_s_to=%.2f\nfacts_per_cpu_s=%.0f\n",
		   facts, b->members, cpu_s[SEALS / 2], cpu_s[0], cpu_s[SEALS - 1], (double)facts / cpu_s[SEALS / 2]);
	tell_file(b, path);
	boards(b);
}

static void journal(Bench *b, const char *db, const char *path)
{
	Store *store = NULL;
	must(b,
		 store_open(&b->cx, &(StoreConfig){.url = str_from(db), .readers = 1, .mmap_bytes = (int64_t)1 << 33}, &store));
	for (int i = 0; i < 3; i++) {
		int64_t cpu = time_thread_cpu_ns();
		must(b, board_seal_store(&b->cx, store, str_from(path)));
		b->ms = (double)(time_thread_cpu_ns() - cpu) / 1e6;
	}
	AUTO(Cells) c = NULL;
	must(b, cells_open(&b->cx, str_from(path), &c));
	int64_t facts = c->stamp[BOARD_STAMP_FACTS];
	printf("journal_facts=%lld\njournal_cpu_s=%.2f\njournal_facts_per_cpu_s=%.0f\n", (long long)facts, b->ms / 1e3,
		   (double)facts * 1e3 / b->ms);
	tell_file(b, path);
	store_close(store);
}

int main(int argc, char **argv)
{
	int64_t facts = 0, members = 0, days = 0;
	IdSource ids = {0};
	Bench *b = calloc(1, sizeof *b);
	if (!b) return 1;
	b->seed = 88172645463325252;
	b->cx = (Ctx){
		.arena = arena_new(ARENA_BYTES), .now_ms = time_now(), .ids = &ids, .rng = &RNG_SYSTEM, .site = &b->site};
	bool journaled = argc == 4 && strcmp(argv[1], "journal") == 0;
	bool invented = argc == 6 && (strcmp(argv[1], "made") == 0 || strcmp(argv[1], "boards") == 0) &&
					str_int(str_from(argv[2]), 1, 1000000000, &facts) &&
					str_int(str_from(argv[3]), 1, 10000000, &members) && str_int(str_from(argv[4]), 1, 10000, &days);
	if (!journaled && !invented) {
		fprintf(stderr, "bench-cells made|boards FACTS MEMBERS DAYS FILE | journal SITE.db FILE\n");
		return 2;
	}
	b->members = (uint32_t)members;
	b->days = (int32_t)days;
	if (invented) b->site.cells = str_from(argv[5]);
	if (invented && argv[1][0] == 'm') made(b, (size_t)facts, argv[5]);
	else if (invented) boards(b);
	else journal(b, argv[2], argv[3]);
	arena_free(b->cx.arena);
	free(b);
	return 0;
}
