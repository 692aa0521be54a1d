// SPDX-License-Identifier: AGPL-3.0-or-later
// bench-text [MODEL] < LINES: how long one text takes by itself, all usual heads and its JSON. Prints one line: the CPU time
// in microseconds that half, and that 99 of 100 of the texts stay below, and the milliseconds from opening the model to
// the first answer.
#include "text/analyse.h"

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

int main(int argc, char **argv)
{
	static char line[LINE_BYTES];
	Ctx cx = {.arena = arena_new((size_t)256 << 20)};
	Model model;
	uint64_t *v = calloc(TEXTS_MAX, sizeof *v), start = cpu_ns(), first = 0;
	size_t n = 0;
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
