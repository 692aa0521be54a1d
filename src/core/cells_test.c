// SPDX-License-Identifier: AGPL-3.0-or-later
// Cells against sums over the plain list of what was added, for random histories and windows.
#include "core/cells.h"

#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMBERS 300
#define AREAS 5
#define METRICS 4
#define PAIRED 2   // this metric is
#define WEIGHTED 3 // this one has counts other than 1
#define DAYS 900
#define FIRST_DAY 18250 // 2019-12-20: two ends of a year and a leap day lie in it
#define ROWS 6000
#define HISTORIES 12

typedef struct Row {
	int32_t day;
	uint32_t metric, set, member, other;
	int64_t n;
} Row;

// Places of sets: how many areas, and which.
static const uint32_t SETS[] = {0, 1, 1, 1, 2, 1, 5, 2, 1, 3, 3, 5, 2, 4, 4, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5};
static const uint32_t PLACES[] = {0, 1, 3, 5, 7, 10, 14, 19};

static bool is_in(const Row *r, uint32_t area)
{
	const uint32_t *set = SETS + r->set;
	for (uint32_t i = 1; i <= set[0]; i++)
		if (set[i] == area) return true;
	return !area;
}

typedef struct Story {
	Row rows[ROWS];
	size_t n;
	char path[64];
	uint64_t seed;
} Story;

static uint32_t below(Story *s, uint32_t n)
{
	s->seed = s->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(s->seed >> 33) % n;
}

static void invent(Story *s, uint64_t seed, uint32_t rows_most)
{
	*s = (Story){.seed = seed * 977 + 5};
	s->n = 1 + below(s, rows_most);
	for (size_t i = 0; i < s->n; i++) {
		uint32_t metric = below(s, METRICS), rare = below(s, 4) ? 1 + below(s, 12) : 1 + below(s, MEMBERS);
		s->rows[i] = (Row){.day = FIRST_DAY + (int32_t)(i * DAYS / s->n),
						   .metric = metric,
						   .set = PLACES[below(s, COUNTOF(PLACES))],
						   .member = rare,
						   .other = metric == PAIRED ? 1 + below(s, MEMBERS) : 0,
						   .n = metric == WEIGHTED ? (int64_t)below(s, 30000) - 9000 : 1};
	}
}

static void seal(Ctx *cx, Story *s, bool backwards)
{
	static int files;
	snprintf(s->path, sizeof s->path, "/tmp/hearth-cells-%ld-%d", (long)getpid(), files++);
	int fd = open(s->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	CellsShape shape = {.metrics_n = METRICS, .paired = 1 << PAIRED, .members_n = MEMBERS, .areas_n = AREAS};
	CellsBuilder *b = NULL;
	assert_ok(cx, cells_builder_new(cx, cx->arena, &shape, &(CellsSets){SETS, COUNTOF(SETS)}, fd, &b));
	for (size_t from = 0, to; from < s->n; from = to) { // a day's cells in any order
		for (to = from; to < s->n && s->rows[to].day == s->rows[from].day;) to++;
		for (size_t i = from; i < to; i++) {
			const Row *r = &s->rows[backwards ? from + to - 1 - i : i];
			assert_ok(cx, cells_add(b, r->day, r->metric, r->set, r->member, r->other, r->n));
		}
	}
	Id ids[MEMBERS];
	uint8_t traits[MEMBERS];
	Str areas[AREAS];
	for (int i = 0; i < MEMBERS; i++) ids[i] = 1000 + i * 3, traits[i] = (uint8_t)(i % 7);
	for (int i = 0; i < AREAS; i++) areas[i] = str_format(cx->arena, "area-%d", i + 1);
	assert_ok(cx, cells_builder_finish(b, &(CellsAbout){ids, traits, areas, {42, 7}}));
	close(fd);
}

static int64_t *brute(Ctx *cx, const Story *s, const CellsWindow *w)
{
	int64_t *sums = ARENA_NEW(cx->arena, int64_t, MEMBERS + 1);
	for (size_t i = 0; i < s->n; i++) {
		const Row *r = &s->rows[i];
		if (r->day >= w->from && r->day < w->until && r->metric == w->metric && is_in(r, w->area))
			sums[r->member] += r->n;
	}
	return sums;
}

static int64_t *summed(Ctx *cx, const Cells *c, const CellsWindow *w)
{
	int64_t *sums = ARENA_NEW(cx->arena, int64_t, MEMBERS + 1);
	cells_sum(c, w, sums);
	return sums;
}

static void assert_sums(const int64_t *a, const int64_t *b) { assert_memory_equal(a, b, (MEMBERS + 1) * sizeof *a); }

typedef struct Seen {
	const Story *s;
	const CellsWindow *w;
	int64_t pairs[MEMBERS + 1][MEMBERS + 1];
} Seen;

static Status on_cell(void *arg, uint32_t member, uint32_t other, int64_t n)
{
	Seen *seen = arg;
	seen->pairs[member][other] += n;
	return ST_OK;
}

static void check_pairs(Ctx *cx, const Story *s, const Cells *c, CellsWindow w)
{
	w.metric = PAIRED;
	Seen *is = ARENA_NEW(cx->arena, Seen, 1), *should = ARENA_NEW(cx->arena, Seen, 1);
	assert_ok(cx, cells_each(c, &w, on_cell, is));
	for (size_t i = 0; i < s->n; i++) {
		const Row *r = &s->rows[i];
		if (r->metric == PAIRED && is_in(r, w.area) && r->day >= w.from && r->day < w.until)
			should->pairs[r->member][r->other] += r->n;
	}
	assert_memory_equal(is->pairs, should->pairs, sizeof is->pairs);
}

static void check_window(Ctx *cx, Story *s, const Cells *c)
{
	int32_t from = FIRST_DAY - 20 + (int32_t)below(s, DAYS + 40);
	CellsWindow w = {.from = from,
					 .until = from + (int32_t)below(s, DAYS),
					 .metric = below(s, METRICS),
					 .area = below(s, AREAS + 1)};
	const int64_t *should = brute(cx, s, &w);
	assert_sums(summed(cx, c, &w), should);
	CellsWindow days = w;
	days.days_only = true;
	assert_sums(summed(cx, c, &days), should);
	uint32_t members[MEMBERS], n = 0;
	int64_t picked[MEMBERS] = {0};
	for (uint32_t m = 1 + below(s, 9); m <= MEMBERS; m += 1 + below(s, 40)) members[n++] = m;
	cells_pick(c, &w, members, n, picked);
	for (uint32_t i = 0; i < n; i++) assert_int_equal(picked[i], should[members[i]]);
	// Two parts of a window add up to it.
	CellsWindow early = w, late = w;
	early.until = late.from = w.from + (int32_t)below(s, (uint32_t)(w.until - w.from) + 1);
	int64_t *parts = summed(cx, c, &early);
	cells_sum(c, &late, parts);
	assert_sums(parts, should);
}

typedef struct Areas {
	int64_t n[AREAS + 1][MEMBERS + 1];
} Areas;

static Status on_area(void *arg, uint32_t area, uint32_t member, int64_t n)
{
	((Areas *)arg)->n[area][member] += n;
	return ST_OK;
}

static void check_areas(Ctx *cx, Story *s, const Cells *c)
{
	Areas *areas = ARENA_NEW(cx->arena, Areas, 1);
	CellsWindow w = {.from = FIRST_DAY + 40, .until = FIRST_DAY + 500, .metric = 1};
	assert_ok(cx, cells_each_area(c, &w, on_area, areas));
	for (w.area = 1; w.area <= AREAS; w.area++) assert_sums(areas->n[w.area], brute(cx, s, &w));
}

// A quarter is its months, this year against last year is what the days say.
static void check_calendar(Ctx *cx, const Story *s, const Cells *c)
{
	for (int32_t month = 2020 * 12; month + 3 <= 2022 * 12; month += 3) {
		CellsWindow q = {.from = cells_month_day(month), .until = cells_month_day(month + 3), .metric = 1};
		int64_t *months = ARENA_NEW(cx->arena, int64_t, MEMBERS + 1);
		for (int k = 0; k < 3; k++)
			cells_sum(c,
					  &(CellsWindow){
						  .from = cells_month_day(month + k), .until = cells_month_day(month + k + 1), .metric = 1},
					  months);
		assert_sums(summed(cx, c, &q), months);
		CellsWindow before = {.from = cells_month_day(month - 12), .until = cells_month_day(month - 9), .metric = 1};
		assert_sums(summed(cx, c, &before), brute(cx, s, &before));
	}
}

static size_t file_bytes(Ctx *cx, const char *path, char **ret)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	*ret = arena_alloc(cx->arena, (size_t)st.st_size, 1);
	assert_int_equal(read(fd, *ret, (size_t)st.st_size), st.st_size);
	close(fd);
	return (size_t)st.st_size;
}

TEST(cells_equal_sums_over_facts)
{
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		AUTO(Arena) a = arena_new(ARENA_CAP_BYTES * 4);
		Ctx cx = *test_ctx();
		cx.arena = a;
		Story *s = ARENA_NEW(a, Story, 1);
		invent(s, seed, ROWS);
		seal(&cx, s, false);
		AUTO(Cells) c = NULL;
		assert_ok(&cx, cells_open(&cx, str_from(s->path), &c));
		assert_ok(&cx, cells_check(&cx, c));
		for (int i = 0; i < 60; i++) check_window(&cx, s, c);
		check_pairs(&cx, s, c, (CellsWindow){.from = FIRST_DAY + 100, .until = FIRST_DAY + 700, .area = 2});
		check_calendar(&cx, s, c);
		check_areas(&cx, s, c);
		assert_int_equal(c->stamp[0], 42);
		assert_int_equal(cells_member(c, 1000), 1);
		assert_int_equal(cells_member(c, 1000 + 3 * (MEMBERS - 1)), MEMBERS);
		assert_int_equal(cells_member(c, 1001), 0);
		assert_str_equal(cells_area(c, 5), "area-5");
		unlink(s->path);
	}
}

#define FEW_ROWS 900
#define FEW_HISTORIES 60

static size_t histories(void)
{
	const char *text = getenv("HEARTH_HISTORIES"); // ten thousand in `make quality`
	int64_t n = FEW_HISTORIES;
	if (text) str_int(str_from(text), 1, 1000000, &n);
	return (size_t)n;
}

typedef struct Met { // who met whom
	bool whom[MEMBERS + 1][MEMBERS + 1];
	int64_t n[MEMBERS + 1];
} Met;

static Status on_met(void *arg, uint32_t member, uint32_t other, int64_t n)
{
	Met *m = arg;
	m->n[member] += n > 0 && !m->whom[member][other];
	m->whom[member][other] |= n > 0;
	return ST_OK;
}

// Different people of two windows that overlap, counted together: no sketch, so nobody is counted twice or missed.
static void check_union(Ctx *cx, Story *s, const Cells *c)
{
	Met *is = ARENA_NEW(cx->arena, Met, 1), *should = ARENA_NEW(cx->arena, Met, 1);
	int32_t from = FIRST_DAY + (int32_t)below(s, DAYS), half = (int32_t)below(s, 200);
	CellsWindow w[2] = {{.from = from, .until = from + 2 * half, .metric = PAIRED},
						{.from = from + half, .until = from + 3 * half, .metric = PAIRED}};
	w[0].area = w[1].area = below(s, AREAS + 1);
	for (int i = 0; i < 2; i++) assert_ok(cx, cells_each(c, &w[i], on_met, is));
	for (size_t i = 0; i < s->n; i++) {
		const Row *r = &s->rows[i];
		if (r->metric == PAIRED && is_in(r, w[0].area) && r->day >= from && r->day < from + 3 * half)
			assert_ok(cx, on_met(should, r->member, r->other, r->n));
	}
	assert_memory_equal(is->n, should->n, sizeof is->n);
}

static void check_history(uint64_t seed, bool unions)
{
	AUTO(Arena) a = arena_new(ARENA_CAP_BYTES);
	Ctx cx = *test_ctx();
	cx.arena = a;
	Story *s = ARENA_NEW(a, Story, 1);
	invent(s, seed + 1000, FEW_ROWS);
	seal(&cx, s, false);
	AUTO(Cells) c = NULL;
	assert_ok(&cx, cells_open(&cx, str_from(s->path), &c));
	unlink(s->path);
	for (int i = 0; i < 8; i++) {
		if (unions) check_union(&cx, s, c);
		else check_window(&cx, s, c);
	}
	if (!unions) check_calendar(&cx, s, c);
}

TEST(p12_windows_add_up_and_a_quarter_is_its_months)
{
	for (size_t i = 0; i < histories(); i++) check_history(i, false);
}

TEST(p14_different_people_of_joined_windows_are_exact)
{
	for (size_t i = 0; i < histories(); i++) check_history(i, true);
}

TEST(cells_are_the_same_bytes_in_any_order)
{
	Ctx *cx = test_ctx();
	Story *s = ARENA_NEW(cx->arena, Story, 1);
	invent(s, 77, ROWS);
	char *one, *two;
	seal(cx, s, false);
	size_t n = file_bytes(cx, s->path, &one);
	unlink(s->path);
	seal(cx, s, true);
	assert_int_equal(file_bytes(cx, s->path, &two), n);
	assert_memory_equal(one, two, n);
	unlink(s->path);
}

// A file that was cut or changed is refused, or read within its bounds; its hash tells.
TEST(cells_of_a_damaged_file_are_refused)
{
	Ctx *cx = test_ctx();
	Story *s = ARENA_NEW(cx->arena, Story, 1);
	invent(s, 5, ROWS);
	seal(cx, s, false);
	char *p;
	size_t n = file_bytes(cx, s->path, &p);
	for (int i = 0; i < 300; i++) {
		size_t keep = i % 3 ? n : below(s, (uint32_t)n);
		int fd = open(s->path, O_RDWR | O_TRUNC | O_CLOEXEC);
		size_t at = below(s, (uint32_t)n);
		char was = p[at];
		p[at] = (char)(was ^ (1 << below(s, 8)));
		assert_int_equal(write(fd, p, keep), keep);
		p[at] = was;
		close(fd);
		AUTO(Cells) c = NULL;
		fail_clear(cx);
		if (cells_open(cx, str_from(s->path), &c) != ST_OK) continue;
		assert_int_not_equal(cells_check(cx, c), ST_OK);
		for (uint32_t m = 0; m < METRICS; m++)
			summed(cx, c, &(CellsWindow){.from = FIRST_DAY, .until = FIRST_DAY + DAYS, .metric = m});
	}
	unlink(s->path);
}

TEST(cells_of_nothing_are_nothing)
{
	Ctx *cx = test_ctx();
	Story *s = ARENA_NEW(cx->arena, Story, 1);
	seal(cx, s, false);
	AUTO(Cells) c = NULL;
	assert_ok(cx, cells_open(cx, str_from(s->path), &c));
	assert_ok(cx, cells_check(cx, c));
	const int64_t *sums = summed(cx, c, &(CellsWindow){.from = 0, .until = 30000});
	for (int i = 0; i <= MEMBERS; i++) assert_int_equal(sums[i], 0);
	assert_int_equal(cells_open(cx, S("/tmp/hearth-cells-none"), &c), ST_NOT_FOUND);
	unlink(s->path);
}
