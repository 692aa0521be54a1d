// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/vader.h"

#include <string.h>

#define BOOST 293       // what one strengthening word adds
#define CAPS 733        // what capitals add among small letters
#define NEGATION (-740) // what a negation leaves
#define EXCLAIM 292
#define EXCLAIMS_MAX 4
#define QUESTION 180
#define QUESTIONS_MANY 960

typedef struct Words {
	const Lexicon *lexicon;
	const TextScan *scan;
	const WordFact *facts; // or NULL
	VaderScratch *s;
	int n, scored_n;
	unsigned flags; // of all words
	bool caps_differ;
	unsigned negates; // flags that negate in the text's language
} Words;

// Newton's method from above: each step is smaller until the root is reached. It begins a sixteenth above at most, by the
// upper six bits, so that two or three divisions do.
uint32_t isqrt64(uint64_t v)
{
	static const uint8_t ABOVE[] = {// 16 * sqrt(i + 17), rounded up
									66,  68,  70,  72,  74,  76,  77,  79,  80,  82,  84,  85,  87,  88,  90,  91,
									92,  94,  95,  96,  98,  99,  100, 102, 103, 104, 105, 107, 108, 109, 110, 111,
									112, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128};
	if (v < 2) return (uint32_t)v;
	int pairs = v < 64 ? 0 : (64 - __builtin_clzll(v) - 5) / 2; // v >> 2 * pairs is 16 to 63
	uint64_t root = v < 64 ? 7 : (uint64_t)ABOVE[(v >> (2 * pairs)) - 16] << pairs >> 4;
	for (root++;;) {
		uint64_t next = (root + v / root) / 2;
		if (next >= root) return (uint32_t)root;
		root = next;
	}
}

int vader_normalise(int64_t sum)
{
	if (!sum) return 0;
	int64_t s = i64_max(i64_min(sum, 1000000), -1000000);
	uint32_t root = isqrt64((uint64_t)(s * s + 15000000));
	return (int)(s * 1000 / root);
}

static int scale(int v, int thousandths)
{
	int64_t x = (int64_t)v * thousandths;
	return (int)((x + (x < 0 ? -500 : 500)) / 1000);
}

static uint32_t word_hash(const Words *w, int i) { return w->scan->tokens[w->s->token[i]].hash; }
static const WordInfo *info(const Words *w, int i) { return i >= 0 && i < w->n ? w->s->info[i] : NULL; }
static bool has(const Words *w, int i, unsigned flags)
{
	const WordInfo *x = info(w, i);
	return x && (x->flags & flags);
}
static bool caps(const Words *w, int i)
{
	return w->caps_differ && (w->scan->tokens[w->s->token[i]].flags & TOKEN_CAPS);
}

static int boost_of(const Words *w, int i, int valence)
{
	const WordInfo *x = info(w, i);
	int boost = x ? x->boost : 0;
	if (i > 0 && !boost) { // "kind of"
		const WordInfo *pair = lexicon_word(w->lexicon, hash_pair(word_hash(w, i - 1), word_hash(w, i)));
		boost = pair ? pair->boost : 0;
	}
	if (!boost) return 0;
	int s = boost * BOOST * (valence < 0 ? -1 : 1);
	if (caps(w, i)) s += valence > 0 ? CAPS : -CAPS;
	return s;
}

// A negation `back` words before word i.
static int negate(const Words *w, int i, int back, int v)
{
	int at = i - back;
	if (back > 1 && has(w, at, WORD_NEVER) && (has(w, i - 1, WORD_SO) || (back == 3 && has(w, i - 2, WORD_SO))))
		return scale(v, 1250);
	if (back > 1 && has(w, at, WORD_WITHOUT) && (has(w, i - 1, WORD_DOUBT) || (back == 3 && has(w, i - 2, WORD_DOUBT))))
		return v;
	return has(w, at, WORD_NEGATES) ? scale(v, NEGATION) : v;
}

static int idiom(const Words *w, int i, int v)
{
	for (int from = i - 2 < 0 ? 0 : i - 2; from <= i; from++) {
		if (from + 1 >= w->n) break;
		uint32_t pair = hash_pair(word_hash(w, from), word_hash(w, from + 1));
		const WordInfo *x = from + 1 >= i ? lexicon_word(w->lexicon, pair) : NULL;
		if (x && (x->flags & WORD_IDIOM)) return x->valence * 100;
		if (from + 2 >= w->n) continue;
		x = lexicon_word(w->lexicon, hash_pair(pair, word_hash(w, from + 2)));
		if (x && (x->flags & WORD_IDIOM)) return x->valence * 100;
	}
	return v;
}

static bool said_no_before(const Words *w, int i)
{
	return has(w, i - 1, WORD_NO) || has(w, i - 2, WORD_NO) || (has(w, i - 3, WORD_NO) && has(w, i - 1, WORD_OR));
}

// The word's own valence, before what stands around it counts.
static int own_valence(const Words *w, int i, const WordInfo *x)
{
	int v = x->valence * 100;
	if ((x->flags & WORD_NO) && has(w, i + 1, WORD_VALENCE)) v = 0;
	if (said_no_before(w, i)) v = scale(x->valence * 100, NEGATION);
	if (v && caps(w, i)) v += v > 0 ? CAPS : -CAPS;
	return v;
}

static int word_valence(const Words *w, int i)
{
	static const int FADE[] = {0, 1000, 950, 900};
	int v = own_valence(w, i, w->s->info[i]);
	for (int back = 1; back <= 3 && back <= i; back++) {
		if (has(w, i - back, WORD_VALENCE)) continue;
		v += scale(boost_of(w, i - back, v), FADE[back]);
		v = negate(w, i, back, v);
		if (back == 3 || back == i) v = idiom(w, i, v);
	}
	if (i > 0 && has(w, i - 1, WORD_LEAST) && !has(w, i - 2, WORD_AT_OR_VERY)) v = scale(v, NEGATION);
	return v;
}

static void count_marks(const TextScan *scan, const Token *t, VaderScore *ret)
{
	if (scan->cps[t->cp] == '!') ret->exclaims += (int)(t->run > 8 ? 8 : t->run);
	if (scan->cps[t->cp] == '?') ret->questions += (int)(t->run > 8 ? 8 : t->run);
}

static const WordInfo *info_of(const Lexicon *lexicon, const TextScan *scan, const WordFact *facts, size_t i)
{
	const Token *t = &scan->tokens[i];
	return facts && t->kind == TOKEN_WORD ? facts[i].info : lexicon_word(lexicon, t->hash);
}

static unsigned negating(uint32_t language)
{
	return WORD_NEGATES | WORD_NO | (language == lexicon_language("en") ? 0 : WORD_NEGATES_FOREIGN);
}

void vader_marks(const Lexicon *lexicon, const TextScan *scan, const WordFact *facts, uint32_t language,
				 VaderScratch *s)
{
	unsigned negates = negating(language);
	for (size_t i = 0; i < scan->tokens_n; i++) {
		const WordInfo *x = scan->tokens[i].kind == TOKEN_PUNCT ? NULL : info_of(lexicon, scan, facts, i);
		s->marks[i] = x && x->flags & negates;
	}
}

static void gather(Words *w, VaderScore *ret)
{
	const TextScan *scan = w->scan;
	for (size_t i = 0; i < scan->tokens_n; i++) {
		const Token *t = &scan->tokens[i];
		w->s->marks[i] = 0;
		if (t->kind == TOKEN_PUNCT) {
			count_marks(scan, t, ret);
			continue;
		}
		const WordInfo *x = info_of(w->lexicon, scan, w->facts, i);
		if (x && (x->flags & w->negates)) w->s->marks[i] = 1;
		if (w->n == VADER_WORDS_MAX) continue;
		if (x) w->flags |= x->flags;
		if (x && (x->flags & (WORD_VALENCE | WORD_IDIOM)) && !x->boost) w->s->scored[w->scored_n++] = (uint16_t)w->n;
		w->s->info[w->n] = x;
		w->s->valence[w->n] = 0;
		w->s->token[w->n++] = (uint32_t)i;
	}
}

// "but" halves what is before it and strengthens what is after.
static void weigh_but(const Words *w, VaderScore *ret)
{
	int at = 0;
	if (!(w->flags & WORD_BUT)) return;
	while (!has(w, at, WORD_BUT)) at++;
	ret->but = true;
	for (int k = 0; k < w->scored_n; k++) {
		int i = w->s->scored[k];
		w->s->valence[i] = scale(w->s->valence[i], i < at ? 500 : i > at ? 1500 : 1000);
	}
}

static int emphasis(const VaderScore *r)
{
	int e = (r->exclaims > EXCLAIMS_MAX ? EXCLAIMS_MAX : r->exclaims) * EXCLAIM;
	if (r->questions > 1) e += r->questions <= 3 ? r->questions * QUESTION : QUESTIONS_MANY;
	return e;
}

static void add_up(const Words *w, VaderScore *ret)
{
	int64_t sum = 0;
	ret->neutral = w->n;
	for (int k = 0; k < w->scored_n; k++) {
		int i = w->s->scored[k], v = w->s->valence[i], kind = w->scan->tokens[w->s->token[i]].kind;
		if (!v) continue;
		sum += v;
		if (v > 0) ret->pos += v;
		else ret->neg -= v;
		ret->neutral--;
		ret->last = v;
		if (v > ret->max) ret->max = v;
		if (v < ret->min) ret->min = v;
		if (kind == TOKEN_EMOJI || kind == TOKEN_EMOTICON) ret->emoji += v;
	}
	int e = emphasis(ret);
	sum += sum > 0 ? e : sum < 0 ? -e : 0;
	ret->compound = vader_normalise(sum);
}

// The language's own list: sums with a plain negation, no other rules.
static void foreign(const Words *w, uint32_t language, VaderScore *ret)
{
	const WordFact *facts = language == lexicon_language("en") ? w->facts : NULL;
	int negated = 0;
	for (int i = 0; i<w->n; i++, negated -= negated> 0) {
		uint32_t token = w->s->token[i];
		bool known = facts && w->scan->tokens[token].kind == TOKEN_WORD;
		int v = known ? facts[token].valence : lexicon_valence(w->lexicon, language, word_hash(w, i));
		v *= 100;
		if (v && negated) v = scale(v, NEGATION);
		if (has(w, i, w->negates)) negated = 4;
		ret->foreign += v;
		if (v > 0) ret->foreign_pos += v;
		else ret->foreign_neg -= v;
	}
}

void vader_score(const Lexicon *lexicon, const TextScan *scan, const WordFact *facts, uint32_t language,
				 VaderScratch *s, VaderScore *ret)
{
	*ret = (VaderScore){0};
	Words w = {.lexicon = lexicon, .scan = scan, .facts = facts, .s = s};
	w.caps_differ = scan->caps_words && scan->lower_words;
	w.negates = negating(language);
	ret->caps = w.caps_differ;
	gather(&w, ret);
	for (int k = 0; k < w.scored_n; k++) s->valence[s->scored[k]] = word_valence(&w, s->scored[k]);
	weigh_but(&w, ret);
	add_up(&w, ret);
	foreign(&w, language, ret);
}
