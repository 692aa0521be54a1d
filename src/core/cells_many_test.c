// SPDX-License-Identifier: AGPL-3.0-or-later
// Cells of many members and rows a day, which have the long form: against sums over the plain list of what was added.
#include "core/cells.h"

#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMBERS 150000 // three chunks
#define AREAS 6
#define FIRST_DAY 18291 // 2020-01-30: a month ends two days later
#define DAYS 4
#define ROWS 24000
#define METRICS 2 // the second after days have begun again

typedef struct Row {
	int32_t day;
	uint32_t metric, set, member;
} Row;

static const uint32_t SETS[] = {0, 1, 1, 2, 1, 2, 5, 1, 2, 3, 4, 6, 1, 4}; // places of sets: how many areas, and which
static const uint32_t PLACES[] = {0, 1, 3, 6, 12};

typedef struct Story {
	Row rows[ROWS];
	char path[64];
	uint64_t seed;
} Story;

static uint32_t below(Story *s, uint32_t n)
{
	s->seed = s->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(s->seed >> 33) % n;
}

// Some members have hundreds of rows a day, the last of each chunk and the first of the next are among them, most have one.
static uint32_t who(Story *s)
{
	static const uint32_t BUSY[] = {1, 2, 65535, 65536, 65537, 131071, 131072, MEMBERS};
	return below(s, 5) ? 1 + below(s, MEMBERS) : BUSY[below(s, COUNTOF(BUSY))];
}

static void invent(Story *s, uint64_t seed)
{
	s->seed = seed;
	for (size_t i = 0; i < ROWS; i++) {
		size_t half = i % (ROWS / METRICS);
		s->rows[i] = (Row){.day = FIRST_DAY + (int32_t)(half * DAYS * METRICS / ROWS),
						   .metric = (uint32_t)(i / (ROWS / METRICS)),
						   .set = PLACES[below(s, COUNTOF(PLACES))],
						   .member = who(s)};
	}
}

static void seal(Ctx *cx, Story *s)
{
	static int files;
	snprintf(s->path, sizeof s->path, "/tmp/hearth-cells-many-%ld-%d", (long)getpid(), files++);
	int fd = open(s->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	CellsShape shape = {.metrics_n = METRICS, .members_n = MEMBERS, .areas_n = AREAS};
	CellsBuilder *b = NULL;
	assert_ok(cx, cells_builder_new(cx, cx->arena, &shape, &(CellsSets){SETS, COUNTOF(SETS)}, fd, &b));
	for (size_t i = 0; i < ROWS; i++) {
		const Row *r = &s->rows[i];
		if (i && r->metric != r[-1].metric) assert_ok(cx, cells_builder_again(b));
		assert_ok(cx, cells_add(b, r->day, r->metric, r->set, r->member, 0, 1));
	}
	Id *ids = ARENA_NEW(cx->arena, Id, MEMBERS);
	uint8_t *traits = ARENA_NEW(cx->arena, uint8_t, MEMBERS);
	Str areas[AREAS];
	for (int i = 0; i < MEMBERS; i++) ids[i] = 1000 + i;
	for (int i = 0; i < AREAS; i++) areas[i] = str_format(cx->arena, "area-%d", i + 1);
	assert_ok(cx, cells_builder_finish(b, &(CellsAbout){ids, traits, areas, {0}}));
	close(fd);
}

static int64_t *sums_new(Ctx *cx) { return ARENA_NEW(cx->arena, int64_t, MEMBERS + 1); }

static int64_t *brute(Ctx *cx, const Story *s, const CellsWindow *w)
{
	int64_t *sums = sums_new(cx);
	for (size_t i = 0; i < ROWS; i++) {
		const Row *r = &s->rows[i];
		bool in = !w->area;
		for (uint32_t k = 1; k <= SETS[r->set]; k++) in |= SETS[r->set + k] == w->area;
		if (in && r->metric == w->metric && r->day >= w->from && r->day < w->until) sums[r->member]++;
	}
	return sums;
}

static Status on_cell(void *arg, uint32_t member, uint32_t other, int64_t n)
{
	assert_int_equal(other, 0);
	((int64_t *)arg)[member] += n;
	return ST_OK;
}

typedef struct AreaSums {
	uint32_t area;
	int64_t *sums;
} AreaSums;

static Status on_area(void *arg, uint32_t area, uint32_t member, int64_t n)
{
	const AreaSums *a = arg;
	if (area == a->area) a->sums[member] += n;
	return ST_OK;
}

static void check(Ctx *cx, Story *s, const Cells *c, const CellsWindow *w)
{
	const int64_t *should = brute(cx, s, w);
	int64_t *sums = sums_new(cx), *each = sums_new(cx), *area = sums_new(cx);
	cells_sum(c, w, sums);
	assert_memory_equal(sums, should, (MEMBERS + 1) * sizeof *sums);
	assert_ok(cx, cells_each(c, w, on_cell, each));
	assert_memory_equal(each, should, (MEMBERS + 1) * sizeof *sums);
	if (w->area) {
		assert_ok(cx, cells_each_area(c, w, on_area, &(AreaSums){w->area, area}));
		assert_memory_equal(area, should, (MEMBERS + 1) * sizeof *sums);
	}
	uint32_t *members = ARENA_NEW(cx->arena, uint32_t, MEMBERS), n = 0;
	for (uint32_t m = 1 + below(s, 2); m <= MEMBERS; m += 1 + below(s, 300)) {
		members[n++] = m;
		if (m > 65000 && m < 65535) members[n++] = m = 65535; // one with many
	}
	int64_t *picked = ARENA_NEW(cx->arena, int64_t, n);
	cells_pick(c, w, members, n, picked);
	for (uint32_t i = 0; i < n; i++) assert_int_equal(picked[i], should[members[i]]);
}

TEST(cells_of_many_members_equal_sums_over_facts)
{
	AUTO(Arena) a = arena_new((size_t)1 << 30);
	Ctx cx = *test_ctx();
	cx.arena = a;
	Story *s = ARENA_NEW(a, Story, 1);
	invent(s, 7);
	seal(&cx, s);
	AUTO(Cells) c = NULL;
	assert_ok(&cx, cells_open(&cx, str_from(s->path), &c));
	unlink(s->path);
	assert_ok(&cx, cells_check(&cx, c));
	for (uint32_t metric = 0; metric < METRICS; metric++)
		for (uint32_t area = 0; area <= AREAS; area++) {
			ArenaMark mark = arena_mark(a);
			CellsWindow w = {.from = FIRST_DAY - 60, .until = FIRST_DAY + 60, .metric = metric, .area = area};
			check(&cx, s, c, &w);
			w.days_only = true;
			check(&cx, s, c, &w);
			w.from = FIRST_DAY + (int32_t)below(s, DAYS);
			w.until = w.from + 1;
			check(&cx, s, c, &w);
			arena_rewind(a, mark);
		}
}

static void read_damaged(Ctx *cx, Story *s)
{
	AUTO(Arena) a = arena_new((size_t)1 << 24);
	Ctx own = *cx;
	own.arena = a;
	AUTO(Cells) c = NULL;
	assert_ok(cx, cells_open(&own, str_from(s->path), &c));
	assert_int_not_equal(cells_check(&own, c), ST_OK);
	CellsWindow w = {.from = FIRST_DAY, .until = FIRST_DAY + DAYS, .area = below(s, AREAS + 1), .days_only = true};
	int64_t *sums = sums_new(&own);
	cells_sum(c, &w, sums);
	cells_pick(c, &w, (const uint32_t[]){5, 65536, 131071}, 3, sums);
	assert_ok(&own, cells_each(c, &w, on_cell, sums));
}

// Whatever stands in a file, reading stays within it.
TEST(cells_of_many_members_damaged_are_read_within_bounds)
{
	AUTO(Arena) a = arena_new((size_t)1 << 30);
	Ctx cx = *test_ctx();
	cx.arena = a;
	Story *s = ARENA_NEW(a, Story, 1);
	invent(s, 8);
	seal(&cx, s);
	int fd = open(s->path, O_RDWR | O_CLOEXEC);
	struct stat st;
	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	uint32_t blocks = (uint32_t)st.st_size - MEMBERS * 9 - 2000; // in front of them stand the cells
	for (int i = 0; i < 150; i++) {
		off_t at = 120 + (off_t)below(s, blocks - 200);
		unsigned char was;
		assert_int_equal(pread(fd, &was, 1, at), 1);
		assert_int_equal(pwrite(fd, &(unsigned char){was ^ (unsigned char)(1 << below(s, 8))}, 1, at), 1);
		read_damaged(&cx, s);
		assert_int_equal(pwrite(fd, &was, 1, at), 1);
	}
	close(fd);
	unlink(s->path);
}
