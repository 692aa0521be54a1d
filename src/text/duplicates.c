// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/duplicates.h"

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
#define ALL_MAX 16        // so few texts are all compared
#define NEWS_SLOTS 1024   // twice as many as a text has shingles

typedef struct DupText {
	uint32_t *shingles; // sorted, distinct
	uint32_t n;
	uint32_t seen; // by which text it was last looked at, + 1
} DupText;

typedef struct Scratch { // for the shingles of a text, and to sort them
	Arena *arena;
	uint32_t *v;
	size_t n;
} Scratch;

struct DupIndex {
	Scratch scratch;
	DupText *texts;
	uint32_t *heads; // of chains, + 1
	uint32_t *nexts; // texts × BANDS, + 1
	size_t n, max;
	uint32_t mask;
	uint32_t multipliers[MINIMA], shifts[MINIMA];
	uint32_t minima[MINIMA];
};

size_t dup_index_slots(size_t texts_max)
{
	if (texts_max <= ALL_MAX) return 0;
	size_t slots = 1024;
	while (slots < texts_max * BANDS / 2) slots *= 2;
	return slots;
}

DupIndex *dup_index_new(Arena *a, size_t texts_max)
{
	DupIndex *d = ARENA_NEW(a, DupIndex, 1);
	size_t slots = dup_index_slots(texts_max);
	d->scratch.arena = a;
	d->max = texts_max;
	d->texts = ARENA_NEW(a, DupText, texts_max + 1);
	if (!slots) return d;
	d->heads = ARENA_NEW(a, uint32_t, slots);
	d->nexts = ARENA_NEW(a, uint32_t, texts_max * BANDS + 1);
	d->mask = (uint32_t)slots - 1;
	for (uint32_t i = 0; i < MINIMA; i++) {
		d->multipliers[i] = hash_end(i * 2 + 1) | 1;
		d->shifts[i] = hash_end(~i);
	}
	return d;
}

static bool counts(const TextScan *scan, size_t i)
{
	const Token *t = &scan->tokens[i];
	bool retweet = i == 0 && t->kind == TOKEN_WORD && t->cps == 2 && scan->cps[t->cp] == 'r' &&
				   scan->cps[t->cp + 1] == 't';
	return (t->kind == TOKEN_WORD || t->kind == TOKEN_RUN || t->kind == TOKEN_NUMBER || t->kind == TOKEN_EMOJI) &&
		   !retweet;
}

// Room for the shingles of a text twice; where the second half begins.
static uint32_t *reserve(Scratch *s, const TextScan *scan)
{
	size_t n = 0;
	for (size_t i = 0; i < scan->tokens_n; i++) n += scan->tokens[i].cps + (size_t)1;
	if (2 * n > s->n) {
		s->n = size_max(2 * n, s->n * 2);
		s->v = ARENA_NEW(s->arena, uint32_t, s->n);
	}
	return s->v + s->n / 2;
}

// Hashes of every four characters of the words, one space between words.
static size_t shingles_of(uint32_t *out, const TextScan *scan)
{
	uint32_t c0 = ' ', c1 = ' ', c2 = ' ', c3 = ' ';
	size_t n = 0, chars = 0;
	for (size_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		if (!counts(scan, i)) continue;
		for (uint32_t k = 0; k <= t->cps; k++) {
			c0 = c1;
			c1 = c2;
			c2 = c3;
			c3 = k < t->cps ? scan->cps[t->cp + k] : ' ';
			if (++chars >= SHINGLE)
				out[n++] = hash_end(hash_step(hash_step(hash_step(hash_step(HASH_SEED, c0), c1), c2), c3));
		}
	}
	return n;
}

// A byte at a time from the lowest: four passes, so that what is sorted ends where it began.
static void sort(uint32_t *v, uint32_t *other, size_t n)
{
	for (unsigned shift = 0; shift < 32; shift += 8) {
		uint32_t at[257] = {0};
		for (size_t i = 0; i < n; i++) at[(v[i] >> shift & 255) + 1]++;
		for (size_t i = 1; i < 256; i++) at[i] += at[i - 1];
		for (size_t i = 0; i < n; i++) other[at[v[i] >> shift & 255]++] = v[i];
		uint32_t *swap = v;
		v = other;
		other = swap;
	}
}

// The text's shingles, in s->v; how many.
static uint32_t read_shingles(Scratch *s, const TextScan *scan)
{
	uint32_t *other = reserve(s, scan), *v = s->v;
	size_t n = shingles_of(v, scan), kept = 0;
	sort(v, other, n);
	for (size_t i = 0; i < n; i++)
		if (!kept || v[kept - 1] != v[i]) v[kept++] = v[i];
	return (uint32_t)size_min(kept, SHINGLES_MAX);
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

static size_t compare(const DupIndex *d, const DupText *t, uint32_t at, DupMatch *ret, size_t n, size_t max)
{
	const DupText *other = &d->texts[at];
	uint32_t similar = similarity(t, other);
	return alike(t, other, similar) ? keep_best(ret, n, max, (DupMatch){at, similar}) : n;
}

static size_t look(DupIndex *d, const DupText *t, uint32_t band, size_t *compared, DupMatch *ret, size_t n, size_t max)
{
	uint32_t at = d->heads[slot_of(d, band)];
	for (size_t steps = 0; at && steps < CHAIN_MAX && *compared < CANDIDATES_MAX; steps++) {
		DupText *other = &d->texts[at - 1];
		if (other->seen != d->n + 1) {
			other->seen = (uint32_t)d->n + 1;
			(*compared)++;
			n = compare(d, t, at - 1, ret, n, max);
		}
		at = d->nexts[(size_t)(at - 1) * BANDS + band];
	}
	return n;
}

static size_t look_in_bands(DupIndex *d, const DupText *t, DupMatch *ret, size_t max)
{
	size_t found = 0, compared = 0;
	sign(d, t);
	for (uint32_t b = 0; b < BANDS; b++) found = look(d, t, b, &compared, ret, found, max);
	for (uint32_t b = 0; b < BANDS; b++) {
		uint32_t *head = &d->heads[slot_of(d, b)];
		d->nexts[d->n * BANDS + b] = *head;
		*head = (uint32_t)d->n + 1;
	}
	return found;
}

static size_t look_at_all(const DupIndex *d, const DupText *t, DupMatch *ret, size_t max)
{
	size_t found = 0;
	for (uint32_t i = 0; i < d->n; i++)
		if (d->texts[i].n) found = compare(d, t, i, ret, found, max);
	return found;
}

size_t dup_index_add(DupIndex *d, const TextScan *scan, DupMatch *ret, size_t max)
{
	size_t found = 0;
	if (d->n == d->max) return 0;
	DupText *t = &d->texts[d->n];
	t->n = read_shingles(&d->scratch, scan);
	if (t->n) {
		t->shingles = ARENA_NEW(d->scratch.arena, uint32_t, t->n);
		memcpy(t->shingles, d->scratch.v, t->n * sizeof *t->shingles);
		found = d->max <= ALL_MAX ? look_at_all(d, t, ret, max) : look_in_bands(d, t, ret, max);
	}
	d->n++;
	return found;
}

// --- few new texts ------------------------------------------------------------------------------------------------------------

typedef struct NewsSlot {
	uint32_t shingle;
	uint32_t seen; // in which earlier text last, + 1; 0: the slot is free
} NewsSlot;

struct DupNews {
	Scratch scratch;
	uint32_t earlier_n;
	size_t n;
	struct {
		uint32_t n;
		NewsSlot slots[NEWS_SLOTS]; // open addressing
	} texts[DUP_NEWS_MAX];
};

DupNews *dup_news_new(Arena *a)
{
	DupNews *d = ARENA_NEW(a, DupNews, 1);
	d->scratch.arena = a;
	return d;
}

static NewsSlot *news_slot(NewsSlot *slots, uint32_t shingle)
{
	uint32_t at = shingle & (NEWS_SLOTS - 1);
	while (slots[at].seen && slots[at].shingle != shingle) at = (at + 1) & (NEWS_SLOTS - 1);
	return &slots[at];
}

void dup_news_add(DupNews *d, const TextScan *scan)
{
	BUG_IF(d->n == DUP_NEWS_MAX);
	uint32_t n = read_shingles(&d->scratch, scan);
	NewsSlot *slots = d->texts[d->n].slots;
	for (uint32_t i = 0; i < n; i++) *news_slot(slots, d->scratch.v[i]) = (NewsSlot){d->scratch.v[i], 1};
	d->texts[d->n++].n = n;
}

// Of what is compared of two texts at least all that was kept of either is counted, and both have no more of it than this finds.
bool dup_news_like(DupNews *d, const TextScan *earlier)
{
	reserve(&d->scratch, earlier);
	size_t n = shingles_of(d->scratch.v, earlier);
	uint32_t now = ++d->earlier_n + 1;
	for (size_t k = 0; k < d->n; k++) {
		size_t both = 0, kept = d->texts[k].n;
		for (size_t i = 0; i < n; i++) {
			NewsSlot *slot = news_slot(d->texts[k].slots, d->scratch.v[i]);
			if (!slot->seen || slot->seen == now) continue;
			slot->seen = now;
			both++;
		}
		if (kept && both * 65536 / kept >= (kept < SHINGLES_SHORT ? ALIKE_SHORT : ALIKE)) return true;
	}
	return false;
}
