// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fill.h"

#include "db/stem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEM_SLOTS ((size_t)1 << 17)
#define DOCUMENT_WORDS_MAX 4096
#define BODY_MAX 6000

double rand_exp(Rand *r, double mean) { return -log(rand_unit(r)) * mean; }

void *grab(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);
	if (!p) {
		fprintf(stderr, "bench-fill: out of memory\n");
		abort();
	}
	return p;
}

static const char *const ONSETS[] = {"b", "br", "c", "cl", "d",  "dr", "f", "fl", "g",  "gr", "h",  "j", "k", "kl", "l",
									 "m", "n",  "p", "pr", "qu", "r",  "s", "sk", "st", "t",  "tr", "v", "w", "z"};
static const char *const VOWELS[] = {"a", "e", "i", "o", "u", "ai", "ea", "io", "ou"};
static const char *const CODAS[] = {"", "", "", "n", "r", "l", "m", "k", "x", "nd", "rt", "lm"};

static Str make_word(Arena *a, Rand *r, size_t rank)
{
	Buf b = buf_init(a, 16, 64);
	// Frequent words are short, as in any language.
	size_t syllables = rank < 300 ? 2 : 2 + rand_below(r, 2);
	for (size_t i = 0; i < syllables; i++) {
		buf_z(&b, ONSETS[rand_below(r, COUNTOF(ONSETS))]);
		buf_z(&b, VOWELS[rand_below(r, COUNTOF(VOWELS))]);
		if (i + 1 == syllables) buf_z(&b, CODAS[rand_below(r, COUNTOF(CODAS))]);
	}
	return buf_view(&b);
}

// Two words of one stem would be one word to the search index: the second is not taken.
void words_init(Words *w, Arena *a, uint64_t seed)
{
	Rand r = {seed};
	Stemmer st = stemmer_init(S("english"));
	Str *taken = grab(STEM_SLOTS, sizeof *taken);
	double sum = 0;
	for (size_t n = 0; n < VOCABULARY;) {
		Str word = make_word(a, &r, n);
		StemCursor c = stem_cursor(&st, word);
		StemToken token;
		if (word.n < 4 || !stem_next(&c, &token) || token.s.n < 3) continue;
		size_t at = str_hash(token.s) & (STEM_SLOTS - 1);
		while (taken[at].p && !str_eq(taken[at], token.s)) at = (at + 1) & (STEM_SLOTS - 1);
		if (taken[at].p) continue;
		taken[at] = str_copy(a, token.s);
		sum += 1.0 / (double)(n + 3); // Mandelbrot's shift: no word stands in nearly every post
		w->upto[n] = sum;
		w->v[n++] = word;
	}
	for (size_t i = 0; i < VOCABULARY; i++) w->upto[i] /= sum;
	free(taken);
	stemmer_done(&st);
	w->in = grab(DOCUMENT_WORDS_MAX, sizeof *w->in);
}

static size_t pick(const Words *w, Rand *r)
{
	double u = rand_unit(r);
	size_t lo = 0, hi = VOCABULARY - 1;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (w->upto[mid] < u) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}

void words_begin(Words *w)
{
	w->stamp_now++;
	w->in_n = 0;
}

void words_end(Words *w)
{
	uint32_t often[FREQUENT];
	size_t n = 0;
	for (size_t i = 0; i < w->in_n; i++) {
		w->posts[w->in[i]]++;
		if (w->in[i] < FREQUENT) often[n++] = w->in[i];
	}
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++) {
			uint32_t x = often[i], y = often[k];
			if (x > y) w->pairs[x][y]++;
			else w->pairs[y][x]++;
		}
}

static void put_word(Words *w, Buf *b, Rand *r, bool capital)
{
	size_t i = pick(w, r), at = b->n;
	buf_str(b, w->v[i]);
	if (capital) b->p[at] = (char)(b->p[at] - 'a' + 'A');
	if (w->stamp[i] == w->stamp_now || w->in_n == DOCUMENT_WORDS_MAX) return;
	w->stamp[i] = w->stamp_now;
	w->in[w->in_n++] = (uint32_t)i;
}

Str words_topic_title(Words *w, Arena *a, Rand *r)
{
	Buf b = buf_init(a, 96, 300);
	size_t n = 4 + rand_below(r, 5);
	for (size_t i = 0; i < n; i++) {
		if (i) buf_char(&b, ' ');
		put_word(w, &b, r, i == 0);
	}
	return buf_view(&b);
}

static void put_sentence(Words *w, Buf *b, Rand *r)
{
	size_t n = 5 + rand_below(r, 10), marked = n, mark = rand_below(r, 100);
	if (mark < 14) marked = rand_below(r, n);
	const char *sign = mark < 8 ? "`" : "**";
	for (size_t i = 0; i < n; i++) {
		if (i) buf_char(b, ' ');
		if (i == marked) buf_z(b, sign);
		put_word(w, b, r, i == 0 && marked != 0);
		if (i == marked) buf_z(b, sign);
		if (i + 1 < n && rand_below(r, 12) == 0) buf_char(b, ',');
	}
	buf_z(b, rand_below(r, 8) ? "." : "?");
}

static void put_block(Words *w, Buf *b, Rand *r, bool code)
{
	buf_z(b, code ? "\n\n```\n" : "\n\n");
	size_t lines = 2 + rand_below(r, 3);
	for (size_t i = 0; i < lines; i++) {
		if (!code) buf_z(b, "- ");
		put_word(w, b, r, false);
		buf_z(b, code ? " = " : " ");
		put_word(w, b, r, false);
		buf_z(b, code ? "(42);\n" : "\n");
	}
	buf_z(b, code ? "```\n\n" : "\n");
}

Str words_body(Words *w, Arena *a, Rand *r)
{
	Buf b = buf_init(a, 1024, (size_t)16 << 10);
	// A sentence passes the mark by half of its length on average.
	size_t mark = (size_t)(20 + rand_exp(r, MEAN_BODY_BYTES - 55));
	if (mark > BODY_MAX) mark = BODY_MAX;
	for (size_t sentences = 0;; sentences++) {
		put_sentence(w, &b, r);
		if (b.n >= mark) break;
		size_t kind = rand_below(r, 100);
		if (kind < 3) put_block(w, &b, r, true);
		else if (kind < 5) put_block(w, &b, r, false);
		else buf_z(&b, kind < 28 ? "\n\n" : " ");
	}
	return buf_view(&b);
}
