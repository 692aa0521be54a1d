// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs a fuzzer's entry point over files instead of generated input: the corpus and every crash ever found are tests
// with any compiler. Also tries the empty input and all one-byte inputs.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		return 1;
	}
	size_t cap = (size_t)1 << 20;
	uint8_t *data = malloc(cap);
	size_t n = data ? fread(data, 1, cap, f) : 0;
	fclose(f);
	// A block of the exact size, so that ASan sees a read past the end.
	uint8_t *exact = n ? realloc(data, n) : data;
	printf("# %s\n", path);
	fflush(stdout);
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	return 0;
}

int main(int argc, char **argv)
{
	int bad = 0;
	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	for (unsigned c = 0; c < 256; c++) {
		uint8_t *one = malloc(1);
		if (!one) return 1;
		*one = (uint8_t)c;
		LLVMFuzzerTestOneInput(one, 1);
		free(one);
	}
	for (int i = 1; i < argc; i++) bad |= replay(argv[i]);
	return bad;
}
