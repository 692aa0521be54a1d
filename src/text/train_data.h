// SPDX-License-Identifier: AGPL-3.0-or-later
// Labelled texts: `label \t language \t text` a line, read whole into the arena.
#pragma once
#include "base/ctx.h"

typedef struct Sample {
	Str label, language, text;
	uint32_t class; // for whoever numbers the labels
	uint32_t set;
	float weight;
} Sample;

typedef struct Samples {
	Sample *v;
	size_t n;
	size_t left_out; // lines that are not empty, and not of this form
} Samples;

MUST_CHECK Status file_read(Ctx *cx, Str path, Str *ret_bytes);
MUST_CHECK Status samples_read(Ctx *cx, Str path, Samples *ret);
// Numbers the labels in order of first appearance; fails past `max` of them.
MUST_CHECK Status samples_number(Ctx *cx, Samples *s, Str *names, size_t max, size_t *ret_n);
// A fixed shuffle: the same order for the same seed and n.
void shuffle(uint32_t *order, size_t n, uint64_t seed);
static inline uint64_t random_next(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15ull);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}
