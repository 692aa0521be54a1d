// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/features.h"

#define NEGATED 0x51ed270bu
#define LANGUAGE_SALT 0x2545f491u

Features *features_new(Arena *a)
{
	Features *f = ARENA_NEW(a, Features, 1);
	f->v = ARENA_NEW(a, uint32_t, FEATURES_MAX);
	f->language = ARENA_NEW(a, uint32_t, LANGUAGE_FEATURES_MAX + TOKEN_CPS * 5);
	return f;
}

static inline void put(Features *f, uint32_t h)
{
	if (f->n < FEATURES_MAX) f->v[f->n++] = h;
}

// The character at i of the word with a boundary at either end.
static inline uint32_t padded(const uint32_t *cps, uint32_t n, uint32_t i)
{
	return i == 0 ? '<' : i == n + 1 ? '>' : cps[i - 1];
}

static void grams(Features *f, const TextScan *scan, const Token *t)
{
	const uint32_t *cps = scan->cps + t->cp;
	uint32_t n = t->cps, first = 3, last = 5;
	if (t->kind == TOKEN_RUN || n < 1) return;
	for (uint32_t i = 0; i + first <= n + 2; i++) {
		uint32_t h = HASH_SEED, end = i + last < n + 2 ? i + last : n + 2;
		for (uint32_t k = i; k < end; k++) {
			h = hash_step(h, padded(cps, n, k));
			if (k - i + 1 >= first) put(f, hash_end(h ^ 0x27d4eb2fu));
		}
	}
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

void features_of(Features *f, const TextScan *scan, const uint8_t *marks)
{
	f->n = 0;
	uint32_t last = hash_end(HASH_SEED), negated = 0;
	for (size_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		if (t->kind == TOKEN_RUN) run_words(f, scan, t);
		else put(f, t->hash);
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
	for (size_t i = 0; i < scan->tokens_n; i++)
		if (scan->tokens[i].kind == TOKEN_WORD) grams(f, scan, &scan->tokens[i]);
}

static void language_grams(Features *f, const TextScan *scan, const Token *t)
{
	const uint32_t *cps = scan->cps + t->cp;
	uint32_t n = t->cps;
	bool bounded = t->kind == TOKEN_WORD;
	uint32_t from = bounded ? 0 : 1, to = bounded ? n + 2 : n + 1;
	for (uint32_t i = from; i < to; i++) {
		uint32_t h = HASH_SEED ^ LANGUAGE_SALT, end = i + 5 < to ? i + 5 : to;
		for (uint32_t k = i; k < end; k++) {
			h = hash_step(h, padded(cps, n, k));
			if (k == i && (k == 0 || k == n + 1)) continue; // a boundary alone says nothing
			f->language[f->language_n++] = hash_end(h);
		}
	}
	if (bounded) f->language[f->language_n++] = t->hash ^ LANGUAGE_SALT;
}

uint32_t features_language(Features *f, const TextScan *scan, uint32_t from, uint32_t to, size_t most)
{
	uint32_t i = from;
	BUG_IF(most > LANGUAGE_FEATURES_MAX);
	f->language_n = 0;
	for (; i < to && f->language_n < most; i++) {
		const Token *t = &scan->tokens[i];
		bool word = (t->kind == TOKEN_WORD && !(t->flags & TOKEN_DIGITS)) || t->kind == TOKEN_RUN;
		if (word) language_grams(f, scan, t);
	}
	return i;
}
