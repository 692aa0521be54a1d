// SPDX-License-Identifier: AGPL-3.0-or-later
#include "opinions/terms.h"

#include "base/idmap.h"

#include <stdlib.h>

#define TERMS_MAX 40000
#define SENTENCE_BYTES ((size_t)1000)
#define WORD_LEAST 3
#define IN_SENTENCE_MAX 200
#define G2_LEAST 384 // hundredths: one in twenty by chance, for a single word
#define G2_LN_UNIT 65536

struct TermCounter {
	Arena *arena;
	TextEngine *engine;
	IdMap numbers; // of hashes
	Term *terms;
	size_t n;
	int64_t posts[SENTIMENT_N]; // with a sentence of that side
	uint32_t last[SENTIMENT_N];
	Str sentence; // at work
	struct {
		Term *term;
		TextSpan at;
	} in_sentence[IN_SENTENCE_MAX]; // what was counted of it
	size_t in_sentence_n;
};

static const char *const COMMON[] = {
	"about",  "after",     "again",   "all",   "also",   "and",   "any",   "are",   "because", "been",    "before",
	"being",  "but",       "can",     "could", "did",    "does",  "doesn", "don",   "done",    "down",    "each",
	"either", "else",      "even",    "ever",  "every",  "few",   "for",   "from",  "get",     "gets",    "getting",
	"give",   "given",     "goes",    "going", "got",    "had",   "has",   "have",  "her",     "here",    "him",
	"his",    "how",       "into",    "isn",   "its",    "just",  "know",  "let",   "lot",     "make",    "makes",
	"many",   "may",       "maybe",   "might", "mine",   "more",  "most",  "much",  "must",    "need",    "needs",
	"never",  "not",       "now",     "off",   "once",   "one",   "only",  "other", "our",     "out",     "over",
	"own",    "really",    "said",    "same",  "say",    "see",   "seem",  "seems", "she",     "should",  "since",
	"some",   "something", "still",   "such",  "take",   "than",  "that",  "the",   "their",   "them",    "then",
	"there",  "these",     "they",    "thing", "things", "think", "this",  "those", "though",  "through", "too",
	"try",    "trying",    "two",     "under", "until",  "use",   "used",  "using", "very",    "via",     "want",
	"was",    "way",       "well",    "were",  "what",   "when",  "where", "which", "while",   "who",     "why",
	"will",   "with",      "without", "won",   "would",  "yes",   "yet",   "you",   "your"};

TermCounter *terms_new(Arena *a, TextEngine *e)
{
	TermCounter *t = ARENA_NEW(a, TermCounter, 1);
	*t = (TermCounter){.arena = a, .engine = e, .numbers = idmap_init(a, 4096), .terms = ARENA_NEW(a, Term, TERMS_MAX)};
	return t;
}

static int common_cmp(const void *key, const void *each)
{
	return str_cmp(*(const Str *)key, str_from(*(const char *const *)each));
}

static Str folded(Arena *a, const TextScan *scan, const Token *k)
{
	return str_lower(a, str_sub(scan->text, k->at, k->end));
}

// A word that can be about something.
static bool is_about(TermCounter *t, const TextScan *scan, const Token *k, int valence)
{
	if (k->kind != TOKEN_WORD || k->cps < WORD_LEAST || valence) return false;
	Str word = folded(t->arena, scan, k);
	return !bsearch(&word, COMMON, COUNTOF(COMMON), sizeof COMMON[0], common_cmp);
}

static void count(TermCounter *t, uint32_t number, int side, uint64_t hash, Str words, TextSpan place)
{
	uint32_t *at = idmap_at(&t->numbers, (int64_t)(hash | 1) & INT64_MAX);
	if (!at || (!*at && t->n == TERMS_MAX - 1)) return;
	if (!*at) {
		*at = (uint32_t)++t->n;
		t->terms[*at].words = str_copy(t->arena, words);
	}
	Term *term = &t->terms[*at];
	uint32_t *examples = &term->examples_n[side];
	if (t->in_sentence_n < IN_SENTENCE_MAX) {
		t->in_sentence[t->in_sentence_n].term = term;
		t->in_sentence[t->in_sentence_n++].at = place;
	}
	if (term->last[side] == number) return;
	term->last[side] = number;
	term->posts[side]++;
	if (*examples == TERM_EXAMPLES) return;
	term->examples[side][*examples] = number;
	term->said[side][(*examples)++] = t->sentence;
}

static void count_words(TermCounter *t, uint32_t number, int side)
{
	const TextScan *scan = t->engine->work->scan;
	const VaderScratch *vader = t->engine->work->vader_scratch;
	const Token *before = NULL;
	Str before_word = str_none();
	size_t word = 0;
	for (size_t i = 0; i < scan->tokens_n && word < VADER_WORDS_MAX; i++) {
		const Token *k = &scan->tokens[i];
		if (k->kind == TOKEN_PUNCT) {
			before = NULL;
			continue;
		}
		if (!is_about(t, scan, k, (int)vader->valence[word++])) {
			before = NULL;
			continue;
		}
		Str text = folded(t->arena, scan, k);
		count(t, number, side, k->hash, text, (TextSpan){k->at, k->end});
		if (before)
			count(t, number, side, (uint64_t)before->hash << 32 | k->hash,
				  str_format(t->arena, "%.*s %.*s", STR(before_word), STR(text)), (TextSpan){before->at, k->end});
		before = k;
		before_word = text;
	}
}

static void add_reason(Term *term, int side, uint32_t number, Str reason)
{
	uint32_t *n = &term->reasons_n[side];
	if (*n == TERM_EXAMPLES || (*n && term->reason_in[side][*n - 1] == number)) return;
	term->reason_in[side][*n] = number;
	term->reasons[side][(*n)++] = reason;
}

// The reasons that the sentence gives go to the words they are about.
static void find_reasons(TermCounter *t, uint32_t number, int side)
{
	Analysis a;
	text_analyse(t->engine, t->sentence, str_none(), ANALYSE_LANGUAGE | ANALYSE_ASPECTS, &a);
	for (size_t i = 0; i < a.structure->aspects_n; i++) {
		const AspectFinding *f = &a.structure->aspects[i];
		if (f->reason.end == f->reason.at || (f->polarity > 0) != (side == SENTIMENT_POS)) continue;
		Str reason = str_sub(t->sentence, f->reason.at, f->reason.end);
		for (size_t k = 0; k < t->in_sentence_n; k++) {
			TextSpan at = t->in_sentence[k].at;
			if (at.at < f->aspect.end && f->aspect.at < at.end)
				add_reason(t->in_sentence[k].term, side, number, reason);
		}
	}
}

static void add_sentence(TermCounter *t, uint32_t number, Str sentence)
{
	Analysis a;
	text_analyse(t->engine, sentence, str_none(), ANALYSE_LANGUAGE | ANALYSE_SENTIMENT, &a);
	int side = a.sure ? a.best : SENTIMENT_NEU;
	if (t->last[side] != number) t->posts[side]++;
	t->last[side] = number;
	t->sentence = sentence;
	t->in_sentence_n = 0;
	count_words(t, number, side);
	bool whole = t->engine->work->scan->text.n == sentence.n; // places in it are places in the sentence
	if (side != SENTIMENT_NEU && t->in_sentence_n && whole) find_reasons(t, number, side);
}

static bool ends_sentence(Str s, size_t i)
{
	if (s.p[i] == '\n') return true;
	return (s.p[i] == '.' || s.p[i] == '!' || s.p[i] == '?') && i + 1 < s.n && s.p[i + 1] == ' ';
}

void terms_add(TermCounter *t, uint32_t number, Str said)
{
	size_t from = 0;
	for (size_t i = 0; i < said.n; i++) {
		if (!ends_sentence(said, i) && i + 1 < said.n) continue;
		Str sentence = str_trim(str_sub(said, from, i + 1));
		if (sentence.n && sentence.n <= SENTENCE_BYTES) add_sentence(t, number, sentence);
		from = i + 1;
	}
}

// x ln(x / expected) in units of G2_LN_UNIT, x > 0; expected as a fraction of whole numbers.
static int64_t part(int64_t x, int64_t row, int64_t column, int64_t all)
{
	if (!x) return 0;
	// ln of x * all / (row * column) by halves into [1/2, 1), where layer_ln knows it
	int64_t up = x * all, down = row * column, twos = 0;
	while (up > down) {
		down *= 2;
		twos++;
	}
	while (up * 2 <= down) {
		up *= 2;
		twos--;
	}
	return x * (layer_ln((uint32_t)(up * HEAD_ONE / down)) + twos * 45426);
}

// Posts with the words in sentences of the side and elsewhere, against posts without them.
static int64_t g2(const TermCounter *t, const Term *k, int side)
{
	int64_t own = k->posts[side], other = 0, all_other = 0;
	for (int i = 0; i < SENTIMENT_N; i++) {
		other += i == side ? 0 : k->posts[i];
		all_other += i == side ? 0 : t->posts[i];
	}
	int64_t c = i64_max(t->posts[side] - own, 0), d = i64_max(all_other - other, 0), n = own + other + c + d;
	if (own * (all_other + 1) <= other * (t->posts[side] + 1)) return 0; // it leans to the others
	int64_t sum = part(own, own + other, own + c, n) + part(other, own + other, other + d, n) +
				  part(c, c + d, own + c, n) + part(d, c + d, other + d, n);
	return sum * 200 / G2_LN_UNIT;
}

static int better(const void *x, const void *y)
{
	const Term *a = *(const Term *const *)x, *b = *(const Term *const *)y;
	if (a->likelihood != b->likelihood) return a->likelihood > b->likelihood ? -1 : 1;
	if (a->words.n != b->words.n) return a->words.n > b->words.n ? -1 : 1; // a pair says more
	return str_cmp(a->words, b->words);
}

// A word of a pair that says the same is not shown again.
static bool is_said(const TermList *l, const Term *k)
{
	size_t at;
	for (size_t i = 0; i < l->n; i++)
		if (str_find(l->v[i]->words, k->words, &at) || str_find(k->words, l->v[i]->words, &at)) return true;
	return false;
}

TermList terms_best(TermCounter *t, int side, size_t most)
{
	const Term **all = ARENA_NEW(t->arena, const Term *, t->n + 1);
	TermList best = {ARENA_NEW(t->arena, const Term *, most + 1), 0};
	size_t n = 0;
	for (size_t i = 1; i <= t->n; i++) {
		Term *k = &t->terms[i];
		if (k->posts[side] < TERM_POSTS_MIN) continue;
		k->likelihood = g2(t, k, side);
		if (k->likelihood >= G2_LEAST) all[n++] = k;
	}
	qsort(all, n, sizeof(void *), better);
	for (size_t i = 0; i < n && best.n < most; i++)
		if (!is_said(&best, all[i])) best.v[best.n++] = all[i];
	return best;
}

int64_t terms_posts(const TermCounter *t, int side) { return t->posts[side]; }
