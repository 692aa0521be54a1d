// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-cells made FACTS MEMBERS DAYS FILE   an invented history in memory, sealed into FILE, then boards over it
// bench-cells boards FACTS MEMBERS DAYS FILE   boards over a FILE that was made before
// bench-cells journal SITE.db FILE           the history of a site, from its tables to sealed cells
//
// A board is everything the page shows: all columns, courses and the places of the time before. Prints NAME=VALUE.
#include "invent.h"

#include "boards/boards.h"
#include "reputation/history.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define ARENA_BYTES ((size_t)1 << 40)
#define ROUNDS 9
#define SEALS 5

static double now_ms(void) { return (double)time_mono_ns() / 1e6; }

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
	printf("board_%s_cpu_ms=%.1f\nboard_%s_ms=%.1f\nboard_%s_members=%zu\n", name, median(cpu, ROUNDS), name, median(ms, ROUNDS), name,
		   members);
}

static void boards(Bench *b)
{
	Store *store = NULL;
	Db *db = NULL;
	const MigrationSet sets[] = {{core_migrations, core_migrations_n},
								 {members_migrations, members_migrations_n},
								 {community_migrations, community_migrations_n},
								 {attention_migrations, attention_migrations_n},
								 {reputation_migrations, reputation_migrations_n}};
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
	for (int i = 0; i < SEALS; i++) cpu_s[i] = seal_once(b, facts, path);
	median(cpu_s, SEALS);
	printf("facts=%zu\nmembers=%u\nseal_cpu_s=%.2f\nseal_cpu_s_from=%.2f\nseal_cpu_s_to=%.2f\nfacts_per_cpu_s=%.0f\n",
		   facts, b->members, cpu_s[SEALS / 2], cpu_s[0], cpu_s[SEALS - 1], (double)facts / cpu_s[SEALS / 2]);
	tell_file(b, path);
	boards(b);
}

static double process_cpu_s(void)
{
	struct timespec t;
	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) != 0) exit(1);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// CPU of all threads, and until it was done.
static void seal_store(Bench *b, Store *store, const char *name, const char *path)
{
	double cpu[SEALS], wall[SEALS];
	for (int i = 0; i < SEALS; i++) {
		double cpu_from = process_cpu_s(), from = now_ms();
		must(b, board_seal_store(&b->cx, store, str_from(path)));
		cpu[i] = process_cpu_s() - cpu_from;
		wall[i] = (now_ms() - from) / 1e3;
	}
	AUTO(Cells) c = NULL;
	must(b, cells_open(&b->cx, str_from(path), &c));
	double facts = (double)c->stamp[BOARD_STAMP_FACTS], cpu_s = median(cpu, SEALS), wall_s = median(wall, SEALS);
	printf("%s_facts=%.0f\n%s_cpu_s=%.2f\n%s_facts_per_cpu_s=%.0f\n%s_wall_s=%.2f\n%s_facts_per_s=%.0f\n", name,
		   facts, name, cpu_s, name, facts / cpu_s, name, wall_s, name, facts / wall_s);
}

// As the pass leaves it: the newest facts, a thirty-second part, came since.
static size_t seal_history(Bench *b, Store *store)
{
	AUTO(Arena) a = arena_new(ARENA_BYTES);
	AUTO(Db) db = NULL;
	Ctx cx = b->cx;
	RepLog *log;
	cx.arena = a;
	must(b, db_begin(&cx, store, &db));
	must(b, rep_log_load(&cx, db, &(RepScope){.places = true}, &log));
	Id *ids = ARENA_NEW(a, Id, log->facts_n);
	for (size_t i = 0; i < log->facts_n; i++) ids[i] = log->facts[i].id;
	qsort(ids, log->facts_n, sizeof *ids, id_order);
	size_t tail = log->facts_n / 32;
	must(b, rep_history_write(&cx, log, ids[log->facts_n - tail - 1], b->site.history));
	return tail;
}

static void journal(Bench *b, const char *db, const char *path)
{
	Store *store = NULL;
	must(b,
		 store_open(&b->cx, &(StoreConfig){.url = str_from(db), .readers = 1}, &store));
	seal_store(b, store, "journal", path);
	tell_file(b, path);
	b->site.history = str_format(b->cx.arena, "%s.history", path);
	printf("sealed_tail=%zu\n", seal_history(b, store));
	seal_store(b, store, "sealed", path);
	unlink(str_z(b->cx.arena, b->site.history));
	store_close(store);
}

int main(int argc, char **argv)
{
	int64_t facts = 0, members = 0, days = 0;
	bool journaled = argc == 4 && strcmp(argv[1], "journal") == 0;
	bool invented = argc == 6 && (strcmp(argv[1], "made") == 0 || strcmp(argv[1], "boards") == 0) && str_int(str_from(argv[2]), 1, 1000000000, &facts) &&
					str_int(str_from(argv[3]), 1, 10000000, &members) && str_int(str_from(argv[4]), 1, 10000, &days);
	if (!journaled && !invented) {
		fprintf(stderr, "bench-cells made|boards FACTS MEMBERS DAYS FILE | journal SITE.db FILE\n");
		return 2;
	}
	Bench *b = bench_new();
	if (invented) b->site.cells = str_from(argv[5]);
	if (invented && argv[1][0] == 'm') {
		invent(b, (size_t)facts, (uint32_t)members, (int32_t)days);
		made(b, (size_t)facts, argv[5]);
	} else if (invented) {
		b->days = (int32_t)days;
		boards(b);
	} else journal(b, argv[2], argv[3]);
	bench_free(b);
	return 0;
}
