// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-text [MODEL] < LINES: how long one text takes by itself, all usual heads and its JSON. Prints one line: the CPU time
// in microseconds that half, and that 99 of 100 of the texts stay below, and the milliseconds from opening the model to
// the first answer.
// bench-text queries FILE < LINES: what listening queries (one a line) cost a text beside reading it. Prints microseconds of CPU a text,
// those of reading it, matches a text, and microseconds to add a query.
#include "text/analyse.h"
#include "text/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TEXTS_MAX 200000
#define LINE_BYTES 4096

static uint64_t cpu_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int by_time(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static Status add_queries(Ctx *cx, QuerySet *q, const char *path)
{
	static char line[LINE_BYTES];
	FILE *f = fopen(path, "r");
	if (!f) return ST_IO;
	Status st = ST_OK;
	while (st == ST_OK && fgets(line, sizeof line, f))
		st = queries_add(cx, q, S("q"), (Str){line, strcspn(line, "\n")});
	fclose(f);
	return st;
}

// ROUNDS times all lines, each read and asked; the median round.
#define ROUNDS 5
static int queries(Ctx *cx, const char *path)
{
	static char line[LINE_BYTES];
	static QueryMatch m[1 << 14];
	QuerySet *q = queries_new(cx->arena);
	TextScan *scan = text_scan_new(cx->arena);
	uint64_t start = cpu_ns(), asked[ROUNDS] = {0}, reading[ROUNDS] = {0}, matches = 0, n = 0;
	if (add_queries(cx, q, path) != ST_OK || !queries_n(q)) return 1;
	uint64_t adding = cpu_ns() - start;
	Str *v = ARENA_NEW(cx->arena, Str, TEXTS_MAX);
	while (n < TEXTS_MAX && fgets(line, sizeof line, stdin))
		v[n++] = str_copy(cx->arena, (Str){line, strcspn(line, "\n")});
	if (!n) return 1;
	for (size_t round = 0; round < ROUNDS; round++) {
		uint64_t from = cpu_ns();
		for (size_t i = 0; i < n; i++) text_scan(scan, v[i]);
		reading[round] = cpu_ns() - from;
		from = cpu_ns();
		for (size_t i = 0; i < n; i++) {
			text_scan(scan, v[i]);
			matches += queries_match(q, scan, &(QueryFields){0}, m, COUNTOF(m));
		}
		asked[round] = cpu_ns() - from;
	}
	qsort(asked, ROUNDS, sizeof *asked, by_time);
	qsort(reading, ROUNDS, sizeof *reading, by_time);
	double each = (double)n * 1e3, read = (double)reading[ROUNDS / 2] / each;
	printf("%.2f %.2f %.2f %.2f\n", (double)asked[ROUNDS / 2] / each - read, read, (double)matches / ROUNDS / (double)n,
		   (double)adding / 1e3 / (double)queries_n(q));
	return 0;
}

int main(int argc, char **argv)
{
	static char line[LINE_BYTES];
	Ctx cx = {.arena = arena_new((size_t)256 << 20)};
	Model model;
	uint64_t *v = calloc(TEXTS_MAX, sizeof *v), start = cpu_ns(), first = 0;
	size_t n = 0;
	if (argc > 2 && str_eq(str_from(argv[1]), S("queries"))) return queries(&cx, argv[2]);
	Status st = argc > 1 ? model_open_file(&cx, str_from(argv[1]), &model) : model_open_own(&cx, &model);
	if (st != ST_OK || !v) return 1;
	TextEngine *e = text_engine_new(cx.arena, &model);
	Buf out = buf_init(cx.arena, 1 << 16, 1 << 20);
	while (n < TEXTS_MAX && fgets(line, sizeof line, stdin)) {
		Analysis a;
		uint64_t from = cpu_ns();
		text_analyse(e, (Str){line, strcspn(line, "\n")}, str_none(), ANALYSE_USUAL, &a);
		out.n = 0;
		analysis_write(&out, &a);
		v[n++] = cpu_ns() - from;
		if (!first) first = cpu_ns() - start;
	}
	if (!n) return 1;
	qsort(v, n, sizeof *v, by_time);
	printf("%.1f %.1f %.2f\n", (double)v[n / 2] / 1e3, (double)v[n - n / 100 - 1] / 1e3, (double)first / 1e6);
	return 0;
}
