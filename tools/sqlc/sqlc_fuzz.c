// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as a queries.sql against the golden migrations: sqlc says what is wrong with them or writes C; it never reads
// past its input, and never ends by a signal. The tool gives no memory back, so that of one input is given back here.
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

static int fuzz_vasprintf(char **ret, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
static void *fuzz_calloc(size_t n, size_t size);
static void fuzz_exit(int code) __attribute__((noreturn));
#define main sqlc_main
#define calloc fuzz_calloc
#define vasprintf fuzz_vasprintf
#define exit fuzz_exit
#include <stdio.h>
static FILE *fuzz_null; // where the messages go
#undef stderr
#define stderr fuzz_null
#include "main.c"
#undef calloc
#undef vasprintf
#undef exit

#include <sys/mman.h>
#include <unistd.h>

#define INPUT_MAX_BYTES ((size_t)16 << 10)

static struct {
	void **taken; // since the input began
	size_t n, cap;
	bool tracking;
	jmp_buf end;
} fuzz;

static void *fuzz_calloc(size_t n, size_t size)
{
	void *p = calloc(n, size);
	if (!fuzz.tracking || !p) return p;
	if (fuzz.n == fuzz.cap) {
		fuzz.cap = fuzz.cap ? fuzz.cap * 2 : 1024;
		fuzz.taken = realloc(fuzz.taken, fuzz.cap * sizeof *fuzz.taken);
		if (!fuzz.taken) abort();
	}
	return fuzz.taken[fuzz.n++] = p;
}

static int fuzz_vasprintf(char **ret, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	*ret = n < 0 ? NULL : fuzz_calloc((size_t)n + 1, 1);
	return n < 0 ? n : vsnprintf(*ret, (size_t)n + 1, fmt, ap);
}

static void fuzz_exit(int code)
{
	if (code == 71) abort(); // out of memory: the input is far too small for that
	longjmp(fuzz.end, 1);
}

static void compile(const Schema *schema, const char *path)
{
	Queries qs = {0};
	queries_parse(&qs, path);
	for (size_t i = 0; i < qs.n; i++) query_check(schema, path, &qs.v[i]);
	if (errors_n) return;
	if (!emit_header(&qs, "fuzz", "/dev/null") || !emit_code(&qs, "fuzz", "/dev/null")) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0"; } // what is read once stays

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Schema *schema;
	static const char *const DIRS[] = {SQLC_MIGRATIONS};
	static int fd = -1;
	static char path[40];
	if (size > INPUT_MAX_BYTES) return 0;
	if (!schema) {
		fuzz_null = fopen("/dev/null", "w");
		schema = schema_load(DIRS, 1);
		fd = memfd_create("queries.sql", MFD_CLOEXEC);
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		if (errors_n || fd < 0 || !fuzz_null) abort();
	}
	if (ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size) abort();
	errors_n = 0;
	fuzz.tracking = true;
	if (!setjmp(fuzz.end)) compile(schema, path);
	fuzz.tracking = false;
	while (fuzz.n) free(fuzz.taken[--fuzz.n]);
	return 0;
}
