// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as a view, with the golden catalogue, and as a catalogue: tmplc says what is wrong or writes C. The program
// is taken as one file here, since it ends at the first error and gives no memory back: `exit` returns to the fuzzer, and
// what was taken for one input is given back.
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fuzz_vasprintf(char **ret, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
static void *fuzz_realloc(void *old, size_t bytes);
static void *fuzz_calloc(size_t n, size_t size);
static void fuzz_free(void *p);
static char *fuzz_strndup(const char *s, size_t n);
static void fuzz_exit(int code) __attribute__((noreturn));
#define main tmplc_main
#define calloc fuzz_calloc
#define malloc(n) fuzz_realloc(NULL, (n))
#define realloc fuzz_realloc
#define free fuzz_free
#define exit fuzz_exit
#define strndup fuzz_strndup
#define strdup(s) fuzz_strndup((s), SIZE_MAX)
#define vasprintf fuzz_vasprintf
#include <stdio.h>
static FILE *fuzz_null; // where the messages go
#undef stderr
#define stderr fuzz_null
#include "main.c"
#include "markup.c"
#define args_parse message_args_parse // main.c has one of that name
#include "messages.c"
#undef args_parse
#include "parse.c"
#include "text.c"
#undef calloc
#undef malloc
#undef realloc
#undef free
#undef exit
#undef strndup
#undef strdup
#undef vasprintf

#include <sys/mman.h>
#include <unistd.h>

#define INPUT_MAX_BYTES ((size_t)16 << 10)

// Before each allocation stands its place in the list of those that live.
typedef struct Taken {
	struct Taken *prev, *next;
	size_t bytes, unused; // keeps what follows aligned
} Taken;

static struct {
	Taken live; // a ring
	jmp_buf end;
} fuzz;

static void *fuzz_realloc(void *old, size_t bytes)
{
	Taken *t = malloc(sizeof *t + bytes);
	if (!t) abort();
	if (!fuzz.live.next) fuzz.live.next = fuzz.live.prev = &fuzz.live;
	*t = (Taken){.prev = &fuzz.live, .next = fuzz.live.next, .bytes = bytes};
	t->next->prev = t;
	fuzz.live.next = t;
	if (old) {
		size_t had = ((Taken *)old - 1)->bytes;
		memcpy(t + 1, old, had < bytes ? had : bytes);
		fuzz_free(old);
	}
	return t + 1;
}

static void *fuzz_calloc(size_t n, size_t size)
{
	void *p = fuzz_realloc(NULL, n * size);
	return memset(p, 0, n * size);
}

static void fuzz_free(void *p)
{
	if (!p) return;
	Taken *t = (Taken *)p - 1;
	t->prev->next = t->next;
	t->next->prev = t->prev;
	free(t);
}

static char *fuzz_strndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *copy = fuzz_calloc(1, len + 1);
	return memcpy(copy, s, len);
}

static int fuzz_vasprintf(char **ret, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	*ret = n < 0 ? NULL : fuzz_realloc(NULL, (size_t)n + 1);
	return n < 0 ? n : vsnprintf(*ret, (size_t)n + 1, fmt, ap);
}

static void fuzz_exit(int code)
{
	(void)code;
	longjmp(fuzz.end, 1);
}

static void as_view(const char *path)
{
	Compiler c = {.name = "fuzz"};
	Args a = {.name = "fuzz", .out_h = "/dev/null", .out_c = "/dev/null"};
	catalogue_read(&c.messages, TMPLC_CATALOGUE);
	compile_file(&c, path);
	write_templates(&a, &c);
}

static void as_catalogue(const char *path)
{
	Catalogue messages = {0};
	Out table = {0};
	catalogue_read(&messages, path);
	catalogue_emit(&messages, &table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0"; } // what is read once stays

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	static char path[40];
	if (size > INPUT_MAX_BYTES) return 0;
	if (fd < 0) {
		fuzz_null = fopen("/dev/null", "w");
		fd = memfd_create("view.html", MFD_CLOEXEC);
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		if (fd < 0 || !fuzz_null) abort();
	}
	if (ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size) abort();
	if (!setjmp(fuzz.end)) as_view(path);
	if (!setjmp(fuzz.end)) as_catalogue(path);
	while (fuzz.live.next && fuzz.live.next != &fuzz.live) fuzz_free(fuzz.live.next + 1);
	return 0;
}
