// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/duplicates.h"

#include <stdlib.h>
#include <string.h>

#define BANDS ((size_t)24)
#define BAND_ROWS 4
#define MINIMA (BANDS * BAND_ROWS)
#define SHINGLE 4
#define SHINGLES_MAX 512 // of a text: those with the smallest hashes
#define SHINGLES_SHORT 14
#define ALIKE (65536 * 56 / 100)
#define ALIKE_SHORT (65536 * 80 / 100)
#define CANDIDATES_MAX 48 // compared for one text
#define CHAIN_MAX 24      // looked at in one band

typedef struct DupText {
	uint32_t *shingles; // sorted, distinct
	uint32_t n;
	uint32_t seen; // by which text it was last looked at, + 1
} DupText;

struct DupIndex {
	Arena *arena;
	DupText *texts;
	uint32_t *heads; // of chains, + 1
	uint32_t *nexts; // texts × BANDS, + 1
	size_t n, max;
	uint32_t mask;
	uint32_t multipliers[MINIMA], shifts[MINIMA];
	uint32_t minima[MINIMA];
	uint32_t scratch[TEXT_MAX_BYTES * 2 + SHINGLE];
};

DupIndex *dup_index_new(Arena *a, size_t texts_max)
{
	DupIndex *d = ARENA_NEW(a, DupIndex, 1);
	size_t slots = 1024;
	while (slots < texts_max * BANDS / 2) slots *= 2;
	d->arena = a;
	d->max = texts_max;
	d->texts = ARENA_NEW(a, DupText, texts_max + 1);
	d->heads = ARENA_NEW(a, uint32_t, slots);
	d->nexts = ARENA_NEW(a, uint32_t, texts_max * BANDS + 1);
	d->mask = (uint32_t)slots - 1;
	for (uint32_t i = 0; i < MINIMA; i++) {
		d->multipliers[i] = hash_end(i * 2 + 1) | 1;
		d->shifts[i] = hash_end(~i);
	}
	return d;
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static bool counts(const TextScan *scan, size_t i)
{
	const Token *t = &scan->tokens[i];
	bool retweet = i == 0 && t->kind == TOKEN_WORD && t->cps == 2 && scan->cps[t->cp] == 'r' &&
				   scan->cps[t->cp + 1] == 't';
	return (t->kind == TOKEN_WORD || t->kind == TOKEN_RUN || t->kind == TOKEN_NUMBER || t->kind == TOKEN_EMOJI) &&
		   !retweet;
}

// Hashes of every four characters of the words, one space between words.
static size_t shingles_of(uint32_t *out, const TextScan *scan)
{
	uint32_t last[SHINGLE] = {' ', ' ', ' ', ' '};
	size_t n = 0, chars = 0;
	for (size_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		if (!counts(scan, i)) continue;
		for (uint32_t k = 0; k <= t->cps; k++) {
			memmove(last, last + 1, sizeof last - sizeof *last);
			last[SHINGLE - 1] = k < t->cps ? scan->cps[t->cp + k] : ' ';
			if (++chars < SHINGLE) continue;
			uint32_t h = HASH_SEED;
			for (size_t c = 0; c < SHINGLE; c++) h = hash_step(h, last[c]);
			out[n++] = hash_end(h);
		}
	}
	return n;
}

static size_t distinct(uint32_t *v, size_t n)
{
	size_t kept = 0;
	qsort(v, n, sizeof *v, by_value);
	for (size_t i = 0; i < n; i++)
		if (!kept || v[kept - 1] != v[i]) v[kept++] = v[i];
	return kept < SHINGLES_MAX ? kept : SHINGLES_MAX;
}

// Jaccard of two sets, or of their smallest parts where they are long.
static uint32_t similarity(const DupText *a, const DupText *b)
{
	size_t i = 0, k = 0, both = 0, all = 0;
	while ((i < a->n || k < b->n) && all < SHINGLES_MAX) {
		if (k == b->n || (i < a->n && a->shingles[i] < b->shingles[k])) i++;
		else if (i == a->n || b->shingles[k] < a->shingles[i]) k++;
		else {
			both++;
			i++;
			k++;
		}
		all++;
	}
	return all ? (uint32_t)(both * 65536 / all) : 0;
}

static void sign(DupIndex *d, const DupText *t)
{
	memset(d->minima, 0xff, sizeof d->minima);
	for (uint32_t i = 0; i < t->n; i++)
		for (size_t k = 0; k < MINIMA; k++) {
			uint32_t h = (t->shingles[i] + d->shifts[k]) * d->multipliers[k];
			d->minima[k] = h < d->minima[k] ? h : d->minima[k];
		}
}

static uint32_t slot_of(const DupIndex *d, uint32_t band)
{
	uint32_t h = HASH_SEED + band;
	const uint32_t *minima = d->minima + (size_t)band * BAND_ROWS;
	for (size_t k = 0; k < BAND_ROWS; k++) h = hash_step(h, minima[k]);
	return hash_end(h) & d->mask;
}

static size_t keep_best(DupMatch *ret, size_t n, size_t max, DupMatch m)
{
	size_t at = n;
	while (at > 0 && ret[at - 1].similarity < m.similarity) at--;
	if (at == max) return n;
	if (n < max) n++;
	for (size_t i = n - 1; i > at; i--) ret[i] = ret[i - 1];
	ret[at] = m;
	return n;
}

static bool alike(const DupText *a, const DupText *b, uint32_t similar)
{
	bool is_short = a->n < SHINGLES_SHORT || b->n < SHINGLES_SHORT;
	return similar >= (is_short ? ALIKE_SHORT : ALIKE);
}

static size_t look(DupIndex *d, const DupText *t, uint32_t band, size_t *compared, DupMatch *ret, size_t n, size_t max)
{
	uint32_t at = d->heads[slot_of(d, band)];
	for (size_t steps = 0; at && steps < CHAIN_MAX && *compared < CANDIDATES_MAX; steps++) {
		DupText *other = &d->texts[at - 1];
		if (other->seen != d->n + 1) {
			other->seen = (uint32_t)d->n + 1;
			(*compared)++;
			uint32_t similar = similarity(t, other);
			if (alike(t, other, similar)) n = keep_best(ret, n, max, (DupMatch){at - 1, similar});
		}
		at = d->nexts[(size_t)(at - 1) * BANDS + band];
	}
	return n;
}

size_t dup_index_add(DupIndex *d, const TextScan *scan, DupMatch *ret, size_t max)
{
	size_t found = 0, compared = 0;
	if (d->n == d->max) return 0;
	DupText *t = &d->texts[d->n];
	t->n = (uint32_t)distinct(d->scratch, shingles_of(d->scratch, scan));
	if (t->n) {
		t->shingles = ARENA_NEW(d->arena, uint32_t, t->n);
		memcpy(t->shingles, d->scratch, t->n * sizeof *t->shingles);
		sign(d, t);
		for (uint32_t b = 0; b < BANDS; b++) found = look(d, t, b, &compared, ret, found, max);
		for (uint32_t b = 0; b < BANDS; b++) {
			uint32_t *head = &d->heads[slot_of(d, b)];
			d->nexts[d->n * BANDS + b] = *head;
			*head = (uint32_t)d->n + 1;
		}
	}
	d->n++;
	return found;
}
