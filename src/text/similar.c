// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/similar.h"

#include <stdlib.h>
#include <string.h>

#define TERMS_MAX 2048 // of one text
#define K1 307         // 1.2, of 256
#define B 154          // 0.6, of 256
#define WEIGHT_WORD 256
#define WEIGHT_PAIR 96
#define WEIGHT_GRAM 80
#define TOPIC_WEIGHT 12 // bits of evidence that a shared topic is worth
#define GRAM 4

typedef struct Posting {
	uint32_t term, text;
} Posting;

typedef struct SimilarText {
	uint32_t terms;
	struct {
		const char *name; // of the best topic; topics are the same where the pointers are
		uint32_t p;
	} topics[TOPICS_MAX];
} SimilarText;

struct SimilarIndex {
	Arena *arena;
	TextScan *scan; // without an engine
	SimilarText *texts;
	size_t n, max;
	Posting *postings;
	size_t postings_n, postings_cap;
	uint32_t *scores, *touched;
	uint64_t terms_all;
	uint32_t terms[TERMS_MAX];
	uint32_t weights[TERMS_MAX];
};

SimilarIndex *similar_new(Arena *a, size_t texts_max)
{
	SimilarIndex *x = ARENA_NEW(a, SimilarIndex, 1);
	x->arena = a;
	x->max = texts_max;
	x->texts = ARENA_NEW(a, SimilarText, texts_max + 1);
	x->scores = ARENA_NEW(a, uint32_t, texts_max + 1);
	x->touched = ARENA_NEW(a, uint32_t, texts_max + 1);
	return x;
}

SimilarIndex *similar_new_plain(Arena *a, size_t texts_max, TextScan *scan)
{
	SimilarIndex *x = similar_new(a, texts_max);
	x->scan = scan;
	return x;
}

static size_t put(SimilarIndex *x, size_t n, uint32_t term, uint32_t weight)
{
	if (n == TERMS_MAX) return n;
	x->terms[n] = term;
	x->weights[n] = weight;
	return n + 1;
}

static size_t put_grams(SimilarIndex *x, size_t n, const TextScan *scan, const Token *t)
{
	for (uint32_t i = 0; i + GRAM <= t->cps + 2u; i++) {
		uint32_t h = HASH_SEED ^ GRAM;
		for (uint32_t k = i; k < i + GRAM; k++)
			h = hash_step(h, k == 0 ? '<' : k == t->cps + 1u ? '>' : scan->cps[t->cp + k - 1]);
		n = put(x, n, hash_end(h), WEIGHT_GRAM);
	}
	return n;
}

static size_t terms_of(SimilarIndex *x, const TextScan *scan)
{
	size_t n = 0;
	uint32_t last = 0;
	for (size_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		if (t->kind == TOKEN_PUNCT || t->kind == TOKEN_URL || t->kind == TOKEN_MENTION) continue;
		n = put(x, n, t->hash, WEIGHT_WORD);
		if (last) n = put(x, n, hash_pair(last, t->hash), WEIGHT_PAIR);
		last = t->hash;
		if (t->kind == TOKEN_WORD) n = put_grams(x, n, scan, t);
		for (uint32_t k = 0; t->kind == TOKEN_RUN && k + 2 <= t->cps; k++)
			n = put(x, n, hash_pair(scan->cps[t->cp + k], scan->cps[t->cp + k + 1]), WEIGHT_WORD);
	}
	return n;
}

static void topics_of(TextEngine *e, Str text, SimilarText *ret)
{
	Analysis a;
	text_analyse(e, text, S("en"), ANALYSE_TOPIC, &a);
	for (size_t i = 0; i < a.topics_n; i++) {
		ret->topics[i].name = a.topics[i].name.p;
		ret->topics[i].p = a.topics[i].p;
	}
}

static const TextScan *read_text(SimilarIndex *x, TextEngine *e, Str text, SimilarText *ret)
{
	if (e) topics_of(e, text, ret);
	else text_scan(x->scan, text);
	return e ? e->work->scan : x->scan;
}

Status similar_add(Ctx *cx, SimilarIndex *x, TextEngine *e, Str text)
{
	if (x->n == x->max) return fail(cx, ST_TOO_LARGE, "more than %zu texts", x->max);
	SimilarText *t = &x->texts[x->n];
	size_t n = terms_of(x, read_text(x, e, text, t));
	if (x->postings_n + n > x->postings_cap) {
		size_t cap = size_max(x->postings_cap * 2, x->postings_n + n + 4096);
		Posting *p = arena_grow(x->arena, x->postings, x->postings_cap * sizeof *p, cap * sizeof *p);
		if (!p) return fail(cx, ST_TOO_LARGE, "the texts are too long together");
		x->postings = p;
		x->postings_cap = cap;
	}
	for (size_t i = 0; i < n; i++) x->postings[x->postings_n++] = (Posting){x->terms[i], (uint32_t)x->n};
	t->terms = (uint32_t)n;
	x->terms_all += n;
	x->n++;
	return ST_OK;
}

static int by_term(const void *a, const void *b)
{
	const Posting *x = a, *y = b;
	if (x->term != y->term) return x->term < y->term ? -1 : 1;
	return (x->text > y->text) - (x->text < y->text);
}

void similar_ready(SimilarIndex *x) { qsort(x->postings, x->postings_n, sizeof *x->postings, by_term); }

// Of v, 256 = 1: the whole part from the highest bit, the fraction by the bits below it.
static uint32_t log2_q8(uint64_t v)
{
	uint32_t whole = 63 - (uint32_t)__builtin_clzll(v | 1);
	uint64_t fraction = whole >= 8 ? v >> (whole - 8) : v << (8 - whole);
	return whole * 256 + (uint32_t)(fraction & 255);
}

static size_t first_of(const SimilarIndex *x, uint32_t term)
{
	size_t lo = 0, hi = x->postings_n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (x->postings[mid].term < term) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}

// Adds one term's share to every text that has it; returns how many are touched now.
static size_t score_term(SimilarIndex *x, uint32_t term, uint32_t weight, size_t touched)
{
	size_t from = first_of(x, term), to = from, texts = 0;
	for (; to < x->postings_n && x->postings[to].term == term; to++)
		texts += to == from || x->postings[to].text != x->postings[to - 1].text;
	if (!texts || (texts > 1000 && texts > x->n / 3)) return touched; // in every third text: says nothing
	uint64_t mean = x->terms_all / x->n + 1;
	uint32_t idf = log2_q8((x->n * 2 + 2) * 256 / (texts * 2 + 1)) - 8 * 256;
	for (size_t i = from; i < to;) {
		uint32_t text = x->postings[i].text;
		uint64_t tf = 0;
		for (; i < to && x->postings[i].text == text; i++) tf += 256;
		uint64_t norm = K1 * (256 - B + (uint64_t)B * x->texts[text].terms / mean) / 256;
		uint64_t share = (uint64_t)idf * weight / 256 * tf * (256 + K1) / 256 / (tf + norm);
		if (!x->scores[text]) x->touched[touched++] = text;
		x->scores[text] += (uint32_t)share + 1;
	}
	return touched;
}

static uint32_t topic_score(const SimilarText *a, const SimilarText *b)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < TOPICS_MAX; i++)
		if (a->topics[i].name && a->topics[i].name == b->topics[i].name)
			sum += (uint64_t)a->topics[i].p * b->topics[i].p / HEAD_ONE;
	return (uint32_t)(sum * TOPIC_WEIGHT * 256 / HEAD_ONE);
}

static size_t keep(SimilarHit *ret, size_t n, size_t max, SimilarHit hit)
{
	size_t at = n;
	while (at > 0 && (ret[at - 1].score < hit.score || (ret[at - 1].score == hit.score && ret[at - 1].text > hit.text)))
		at--;
	if (at == max) return n;
	if (n < max) n++;
	memmove(ret + at + 1, ret + at, (n - 1 - at) * sizeof *ret);
	ret[at] = hit;
	return n;
}

size_t similar_find(SimilarIndex *x, TextEngine *e, Str question, SimilarHit *ret, size_t max)
{
	SimilarText asked = {0};
	size_t touched = 0, n = 0;
	if (!x->n) return 0;
	size_t terms = terms_of(x, read_text(x, e, question, &asked));
	for (size_t i = 0; i < terms; i++) touched = score_term(x, x->terms[i], x->weights[i], touched);
	for (size_t i = 0; i < touched; i++) {
		uint32_t text = x->touched[i];
		uint32_t score = x->scores[text] + topic_score(&asked, &x->texts[text]);
		n = keep(ret, n, max, (SimilarHit){text, score});
		x->scores[text] = 0;
	}
	return n;
}
