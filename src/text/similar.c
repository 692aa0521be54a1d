// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/similar.h"

#include "text/topic.h"

#include <stdlib.h>
#include <string.h>

#define TERMS_MAX 2048  // of one text
#define K1 307          // 1.2, of 256
#define B 154           // 0.6, of 256
#define TOPIC_WEIGHT 40 // bits of evidence that the same topic is worth
#define GRAM 4
#define CANDIDATES 100 // the best by themselves, of which others are chosen
#define COMMON_LEAST 1000
#define USUAL_LEAST ((size_t)512) // beside topics, a word of a short list is worth what it is in one so long

// What a term is; its two lowest bits say so, so that a word is never taken for a run of letters.
typedef enum TermKind { TERM_WORD, TERM_PAIR, TERM_GRAM } TermKind;
static const uint32_t WEIGHTS[4] = {[TERM_WORD] = 256, [TERM_PAIR] = 96, [TERM_GRAM] = 80};

typedef struct Posting {
	uint32_t term, text;
} Posting;

typedef struct SimilarText {
	uint32_t terms;
	TopicShare topics[TOPIC_SHARES_MAX];
	size_t topics_n;
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

static size_t put(SimilarIndex *x, size_t n, uint32_t term, TermKind kind)
{
	if (n == TERMS_MAX) return n;
	x->terms[n] = (term & ~3u) | kind;
	return n + 1;
}

static size_t put_grams(SimilarIndex *x, size_t n, const TextScan *scan, const Token *t)
{
	for (uint32_t i = 0; i + GRAM <= t->cps + 2u; i++) {
		uint32_t h = HASH_SEED ^ GRAM;
		for (uint32_t k = i; k < i + GRAM; k++)
			h = hash_step(h, k == 0 ? '<' : k == t->cps + 1u ? '>' : scan->cps[t->cp + k - 1]);
		n = put(x, n, hash_end(h), TERM_GRAM);
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
		uint32_t word = token_exact_hash(scan, t); // a 4 is no 6
		n = put(x, n, word, TERM_WORD);
		if (last) n = put(x, n, hash_pair(last, word), TERM_PAIR);
		last = word;
		if (t->kind == TOKEN_WORD) n = put_grams(x, n, scan, t);
		for (uint32_t k = 0; t->kind == TOKEN_RUN && k + 2 <= t->cps; k++)
			n = put(x, n, hash_pair(scan->cps[t->cp + k], scan->cps[t->cp + k + 1]), TERM_WORD);
	}
	return n;
}

static void topics_of(TextEngine *e, Str text, SimilarText *ret)
{
	Analysis a;
	TextWork *w = e->work;
	TopicScores scores;
	text_analyse(e, text, S("en"), 0, &a);
	known_words_add(w->known, w->scan, KNOWN_TOPIC, &w->sums);
	text_work_around(w, w->english);
	topic_scores(e->model, w, &scores);
	for (size_t k = 0; k < e->model->taxonomies_n; k++) {
		TopicShares s;
		topic_shares(e->model, &scores, k, TOPIC_SHARES, &s);
		for (size_t i = 0; i < s.n; i++) ret->topics[ret->topics_n++] = s.v[i];
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

// The postings of one term, from .. to, and what it is worth; 0: it is in every third text and says nothing.
typedef struct Found {
	size_t from, to;
	uint32_t idf;
} Found;

static Found found_at(const SimilarIndex *x, size_t from)
{
	size_t to = from, texts = 0;
	for (; to < x->postings_n && x->postings[to].term == x->postings[from].term; to++)
		texts += to == from || x->postings[to].text != x->postings[to - 1].text;
	if (!texts || (texts > COMMON_LEAST && texts > x->n / 3)) return (Found){from, to, 0};
	size_t all = x->scan ? x->n : size_max(x->n, USUAL_LEAST);
	return (Found){from, to, log2_q8((all * 2 + 2) * 256 / (texts * 2 + 1)) - 8 * 256};
}

void similar_ready(SimilarIndex *x) { qsort(x->postings, x->postings_n, sizeof *x->postings, by_term); }

// Adds one term's share to every text that has it; returns how many are touched now.
static size_t score_term(SimilarIndex *x, uint32_t term, size_t touched)
{
	size_t first = first_of(x, term);
	if (first == x->postings_n || x->postings[first].term != term) return touched;
	Found f = found_at(x, first);
	uint64_t mean = x->terms_all / x->n + 1, worth = (uint64_t)f.idf * WEIGHTS[term & 3] / 256;
	for (size_t i = f.from; f.idf && i < f.to;) {
		uint32_t text = x->postings[i].text;
		uint64_t tf = 0;
		for (; i < f.to && x->postings[i].text == text; i++) tf += 256;
		uint64_t norm = K1 * (256 - B + (uint64_t)B * x->texts[text].terms / mean) / 256;
		uint64_t share = worth * tf * (256 + K1) / 256 / (tf + norm);
		if (!x->scores[text]) x->touched[touched++] = text;
		x->scores[text] += (uint32_t)share + 1;
	}
	return touched;
}

// asked: of each topic, how much of it is asked for.
static uint32_t topic_score(const uint32_t *asked, const SimilarText *t)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < t->topics_n; i++) sum += (uint64_t)asked[t->topics[i].topic] * t->topics[i].p / HEAD_ONE;
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

// A question that is being answered.
typedef struct Asked {
	uint32_t topics[HEAD_CLASSES_MAX]; // how much of each is asked for, and not yet met by what was chosen
} Asked;

// The best by themselves; ret_words: what their words alone say.
static size_t find(SimilarIndex *x, TextEngine *e, Str question, Asked *asked, SimilarHit *ret, uint32_t *ret_words,
				   size_t max)
{
	SimilarText q = {0};
	size_t touched = 0, n = 0;
	*asked = (Asked){0};
	if (!x->n) return 0;
	size_t terms = terms_of(x, read_text(x, e, question, &q));
	for (size_t i = 0; i < q.topics_n; i++) asked->topics[q.topics[i].topic] = q.topics[i].p;
	for (size_t i = 0; i < terms; i++) touched = score_term(x, x->terms[i], touched);
	for (size_t i = 0; i < touched; i++) {
		uint32_t text = x->touched[i], score = x->scores[text] + topic_score(asked->topics, &x->texts[text]);
		n = keep(ret, n, max, (SimilarHit){text, score});
	}
	for (size_t i = 0; ret_words && i < n; i++) ret_words[i] = x->scores[ret[i].text];
	for (size_t i = 0; i < touched; i++) x->scores[x->touched[i]] = 0;
	return n;
}

size_t similar_find(SimilarIndex *x, TextEngine *e, Str question, SimilarHit *ret, size_t max)
{
	Asked asked;
	return find(x, e, question, &asked, ret, NULL, max);
}

size_t similar_choose(SimilarIndex *x, TextEngine *e, Str question, SimilarHit *ret, size_t max)
{
	Asked asked;
	SimilarHit hits[CANDIDATES];
	uint32_t words[CANDIDATES];
	size_t left = find(x, e, question, &asked, hits, words, CANDIDATES), n = 0;
	for (; n < max && left; n++) {
		size_t best = 0;
		for (size_t i = 0; i < left; i++) {
			hits[i].score = words[i] + topic_score(asked.topics, &x->texts[hits[i].text]);
			if (hits[i].score > hits[best].score) best = i;
		}
		const SimilarText *taken = &x->texts[hits[best].text];
		ret[n] = hits[best];
		for (size_t i = 0; i < taken->topics_n; i++) {
			uint32_t *of = &asked.topics[taken->topics[i].topic];
			*of -= (uint32_t)((uint64_t)*of * taken->topics[i].p / HEAD_ONE);
		}
		left--;
		memmove(hits + best, hits + best + 1, (left - best) * sizeof *hits);
		memmove(words + best, words + best + 1, (left - best) * sizeof *words);
	}
	return n;
}
