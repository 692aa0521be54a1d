// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/features.h"

#include <string.h>

#define NEGATED 0x51ed270bu
#define LANGUAGE_SALT 0x2545f491u

Features *features_new(Arena *a)
{
	Features *f = ARENA_NEW(a, Features, 1);
	f->v = arena_grow_raw(a, NULL, 0, FEATURES_MAX * sizeof *f->v);
	BUG_IF(!f->v);
	f->language = ARENA_NEW(a, uint32_t, LANGUAGE_FEATURES_MAX + FEATURES_LANGUAGE_WORD_MAX);
	return f;
}

static inline void ask_ahead(const Ahead *a, uint32_t h)
{
	if (a->rows) __builtin_prefetch(a->rows + (size_t)(h >> a->shift) * a->bytes);
}

static inline void put(Features *f, uint32_t h)
{
	if (f->n >= FEATURES_MAX) return;
	f->v[f->n++] = h;
	ask_ahead(&f->ahead, h);
}

#define PADDED ((size_t)TOKEN_CPS + 2)

// The word's characters with a boundary at either end; how many.
static inline uint32_t padded(const TextScan *scan, const Token *t, uint32_t *ret)
{
	uint32_t n = t->cps;
	ret[0] = '<';
	memcpy(ret + 1, scan->cps + t->cp, n * sizeof *ret);
	ret[n + 1] = '>';
	return n + 2;
}

size_t features_grams(const TextScan *scan, const Token *t, const Ahead *ahead, uint32_t *ret)
{
	uint32_t cps[PADDED], h, *out = ret;
	const Ahead to = *ahead;
	if (t->kind != TOKEN_WORD || t->cps < 1) return 0;
	uint32_t n = padded(scan, t, cps);
	for (uint32_t i = 0; i + 3 <= n; i++) {
		h = hash_step(hash_step(hash_step(HASH_SEED, cps[i]), cps[i + 1]), cps[i + 2]);
		for (uint32_t k = i + 3;; k++) {
			*out = hash_end(h ^ 0x27d4eb2fu);
			ask_ahead(&to, *out++);
			if (k >= n || k > i + 4) break;
			h = hash_step(h, cps[k]);
		}
	}
	return (size_t)(out - ret);
}

// Scripts without spaces: every character, pair, three and four of them counts as a word.
static void run_words(Features *f, const TextScan *scan, const Token *t)
{
	const uint32_t *cps = scan->cps + t->cp;
	for (uint32_t i = 0; i < t->cps; i++) {
		uint32_t h = HASH_SEED;
		for (uint32_t k = i; k < t->cps && k < i + 4; k++) {
			h = hash_step(h, cps[k]);
			put(f, hash_end(h));
		}
	}
}

static bool ends_clause(const Token *t, const TextScan *scan)
{
	if (t->kind != TOKEN_PUNCT) return false;
	uint32_t c = scan->cps[t->cp];
	return c == '.' || c == ',' || c == '!' || c == '?' || c == ';' || c == ':';
}

void features_around(Features *f, const TextScan *scan, const uint8_t *marks, bool words)
{
	f->n = 0;
	uint32_t last = hash_end(HASH_SEED), negated = 0;
	for (size_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		if (t->kind == TOKEN_RUN) run_words(f, scan, t);
		else if (words || t->kind != TOKEN_WORD) put(f, t->hash);
		put(f, hash_pair(last, t->hash));
		last = t->hash;
		if (negated && t->kind == TOKEN_WORD) {
			put(f, t->hash ^ NEGATED);
			negated--;
		}
		if (ends_clause(t, scan)) negated = 0;
		if (marks && marks[i]) negated = NEGATION_WINDOW;
	}
	put(f, hash_pair(last, hash_end(HASH_SEED)));
	f->words_n = f->n;
}

void features_of(Features *f, const TextScan *scan, const uint8_t *marks)
{
	features_around(f, scan, marks, true);
	for (size_t i = 0; i < scan->tokens_n && f->n + FEATURES_WORD_MAX <= FEATURES_MAX; i++)
		f->n += features_grams(scan, &scan->tokens[i], &f->ahead, f->v + f->n);
}

// A row of a language head may lie in two lines of the cache.
static inline void ask_both(const Ahead *a, uint32_t h)
{
	if (!a->rows) return;
	const uint8_t *row = a->rows + (size_t)(h >> a->shift) * a->bytes;
	__builtin_prefetch(row);
	__builtin_prefetch(row + a->bytes - 1);
}

// Runs of one to five; a boundary alone says nothing.
static size_t language_grams(const TextScan *scan, const Token *t, const Ahead *ahead, uint32_t *ret)
{
	uint32_t cps[PADDED], *out = ret;
	const Ahead rows = *ahead;
	bool bounded = t->kind == TOKEN_WORD;
	uint32_t n = padded(scan, t, cps), from = bounded ? 0 : 1, to = bounded ? n : n - 1;
	for (uint32_t i = from; i < to; i++) {
		uint32_t h = HASH_SEED ^ LANGUAGE_SALT, end = i + 5 < to ? i + 5 : to;
		bool boundary = i == 0 || i == n - 1;
		for (uint32_t k = i; k < end; k++) {
			h = hash_step(h, cps[k]);
			if (k == i && boundary) continue;
			*out = hash_end(h);
			ask_both(&rows, *out++);
		}
	}
	return (size_t)(out - ret);
}

static bool tells_language(const Token *t)
{
	return (t->kind == TOKEN_WORD && !(t->flags & TOKEN_DIGITS)) || t->kind == TOKEN_RUN;
}

size_t features_language_word(const TextScan *scan, const Token *t, const Ahead *ahead, uint32_t *ret)
{
	if (!tells_language(t)) return 0;
	bool word = t->kind == TOKEN_WORD;
	if (word) ask_both(ahead, ret[0] = t->hash ^ LANGUAGE_SALT);
	return word + language_grams(scan, t, ahead, ret + word);
}

// Whole words, up to LANGUAGE_WORDS_MAX of them, before what is in them.
void features_language(Features *f, const TextScan *scan, size_t most)
{
	BUG_IF(most > LANGUAGE_FEATURES_MAX);
	f->language_n = 0;
	for (size_t i = 0; i < scan->tokens_n && f->language_n < LANGUAGE_WORDS_MAX; i++) {
		const Token *t = &scan->tokens[i];
		if (t->kind == TOKEN_WORD && tells_language(t)) f->language[f->language_n++] = t->hash ^ LANGUAGE_SALT;
	}
	for (size_t i = 0; i < scan->tokens_n && f->language_n < most; i++) {
		const Token *t = &scan->tokens[i];
		if (tells_language(t))
			f->language_n += language_grams(scan, t, &f->language_ahead, f->language + f->language_n);
	}
}
