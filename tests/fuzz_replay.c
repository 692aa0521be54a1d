// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs a fuzzer's entry point without libFuzzer, with any compiler: over files (the corpus, and every crash ever found),
// the empty input and all one-byte inputs; then, for FUZZ_REPLAY_MS, over random mutations of the files. That is blind, but
// it is a short run that needs no build of its own. The input at work is kept in the file FUZZ_INPUT, for when it crashes.
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define INPUT_MAX_BYTES ((size_t)1 << 20)
#define MUTANT_MAX_BYTES ((size_t)16 << 10)
#define FILES_MAX 512

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Input {
	uint8_t *p;
	size_t n;
} Input;

static uint8_t *kept; // mapped from FUZZ_INPUT: the length in eight bytes, then the input
static uint64_t state = 1;

static size_t pick(size_t n) // below n; splitmix64
{
	uint64_t z = (state += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return n ? (size_t)((z ^ (z >> 31)) % n) : 0;
}

// In a block of the exact size, so that ASan sees a read past the end.
static void run(const uint8_t *p, size_t n)
{
	uint8_t *exact = malloc(n ? n : 1);
	if (!exact) abort();
	if (n) memcpy(exact, p, n);
	if (kept && n <= INPUT_MAX_BYTES) {
		uint64_t size = n;
		memcpy(kept, &size, sizeof size);
		if (n) memcpy(kept + sizeof size, p, n);
	}
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
}

static Input file_read(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		exit(1);
	}
	Input in = {.p = malloc(INPUT_MAX_BYTES)};
	if (!in.p) abort();
	in.n = fread(in.p, 1, INPUT_MAX_BYTES, f);
	fclose(f);
	return in;
}

static void keep_input(void)
{
	const char *path = getenv("FUZZ_INPUT");
	if (!path) return;
	size_t bytes = INPUT_MAX_BYTES + sizeof(uint64_t);
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || ftruncate(fd, (off_t)bytes) != 0) return;
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (p != MAP_FAILED) kept = p;
}

// Replaces a stretch by bytes of another input, by noise, by a copy of itself, or by nothing.
static size_t mutate(uint8_t *p, size_t n, const Input *files, size_t files_n)
{
	uint8_t piece[64];
	size_t at = pick(n + 1), cut = pick(4) ? pick(9) : 0, add = pick(sizeof piece);
	if (cut > n - at) cut = n - at;
	const Input *other = &files[pick(files_n)];
	size_t kind = pick(4), from = pick(other->n);
	if (kind == 0) add = 0;
	if (kind == 1 && add > other->n - from) add = other->n - from;
	if (kind == 3 && add > n - at) add = n - at;
	for (size_t i = 0; i < add; i++)
		piece[i] = kind == 1 ? other->p[from + i] : kind == 3 ? p[at + i] : (uint8_t)pick(256);
	if (n - cut + add > MUTANT_MAX_BYTES) return n;
	memmove(p + at + add, p + at + cut, n - at - cut);
	memcpy(p + at, piece, add);
	return n - cut + add;
}

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void mutants(const Input *files, size_t files_n, int64_t ms)
{
	static uint8_t buf[MUTANT_MAX_BYTES];
	int64_t until = now_ms() + ms;
	long runs = 0;
	state = (uint64_t)time(NULL);
	printf("# seed %llu\n", (unsigned long long)state);
	fflush(stdout);
	while (files_n && now_ms() < until) {
		const Input *base = &files[pick(files_n)];
		size_t n = base->n < MUTANT_MAX_BYTES ? base->n : MUTANT_MAX_BYTES;
		memcpy(buf, base->p, n);
		for (size_t k = 1 + pick(4); k; k--) n = mutate(buf, n, files, files_n);
		run(buf, n);
		runs++;
	}
	printf("# %ld mutations\n", runs);
}

int main(int argc, char **argv)
{
	static Input files[FILES_MAX];
	size_t n = 0;
	const char *ms = getenv("FUZZ_REPLAY_MS");
	keep_input();
	run((const uint8_t *)"", 0);
	for (unsigned c = 0; c < 256; c++) {
		uint8_t one = (uint8_t)c;
		run(&one, 1);
	}
	for (int i = 1; i < argc && n < FILES_MAX; i++) {
		printf("# %s\n", argv[i]);
		fflush(stdout);
		files[n] = file_read(argv[i]);
		run(files[n].p, files[n].n);
		n++;
	}
	if (ms) mutants(files, n, strtol(ms, NULL, 10));
	for (size_t i = 0; i < n; i++) free(files[i].p);
	return 0;
}
