// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/known.h"

#include <string.h>

#define SETS ((size_t)1 << 13) // of two slots each
#define SLOTS (SETS * 2)
#define LINE ((size_t)64) // of the cache
#define BATCH 16          // words whose rows are asked for before the first of them is summed

// What a word adds, beside the head it is told from others by.
typedef struct KnownWord {
	NibbleWide language[NIBBLE_WIDE];
	uint64_t row; // of the word itself, in the sentiment head
	uint16_t sentiment[HEAD_LANES], small[KNOWN_SMALL_LANES];
	uint16_t letters[KNOWN_LETTERS];
	uint16_t info; // where the lexicon has it, + 1; 0: nowhere
	uint32_t hash;
	uint8_t letters_n, has; // of KNOWN_…
	uint8_t language_n;     // features
	int8_t valence;
} KnownWord;
_Static_assert(sizeof(KnownWord) == 256, "a word is four lines of the cache");

// What a word of a text adds.
typedef struct WordPart {
	uint16_t sentiment[HEAD_LANES], risk[KNOWN_RISK_LANES];
} WordPart;

// A word that nothing is known of yet; its features lie in the lists of the batch.
typedef struct New {
	uint32_t token, grams, grams_end, language, language_end;
	unsigned what;
} New;

// Whose word stands in either slot, and in which it was the longer ago that somebody asked.
typedef struct Set {
	uint32_t hash[2], older;
} Set;

struct KnownWords {
	KnownHeads heads;
	Ahead sentiment_ahead, language_ahead;
	WordFact *facts, *whole_facts; // of the text with KNOWN_PARTS: those of its parts do not overwrite them
	WordPart *whole_parts;
	uint32_t english; // to the lexicon
	New batch[BATCH];
	size_t batch_n;
	uint32_t grams[BATCH * FEATURES_WORD_MAX], language[BATCH * FEATURES_LANGUAGE_WORD_MAX];
	size_t grams_n, language_n;
	Set *sets;
	unsigned what;                       // was asked for last
	bool parts;                          // what words add is kept
	WordFact *to;                        // where facts go
	KnownWord *slots, *once;             // SLOTS of them, and one behind for a word that is not kept
	int16_t (*topics)[HEAD_CLASSES_MAX]; // of each, where the topic head was asked for
	uint16_t (*risks)[KNOWN_RISK_LANES]; // likewise
	SparseSums topic_sums;
};
_Static_assert(FEATURES_WORD_MAX + 2 <= SPARSE_PART_MOST, "a word's topics are 16 bits");

// No memory until it is used.
static void *raw(Arena *a, size_t n, size_t bytes)
{
	void *p = arena_grow_raw(a, NULL, 0, n * bytes);
	BUG_IF(!p);
	return p;
}

KnownWords *known_words_new(Arena *a, KnownHeads heads)
{
	KnownWords *k = ARENA_NEW(a, KnownWords, 1);
	char *room = arena_alloc(a, (SLOTS + 1) * sizeof *k->slots + LINE, 16);
	*k = (KnownWords){.heads = heads};
	k->sentiment_ahead = (Ahead){heads.sentiment->rows, heads.sentiment->shift, HEAD_LANES};
	k->language_ahead = (Ahead){heads.language->rows, heads.language->shift, NIBBLE_ROW_BYTES};
	k->facts = raw(a, TEXT_MAX_BYTES + 2, sizeof *k->facts);
	k->whole_facts = raw(a, TEXT_MAX_BYTES + 2, sizeof *k->whole_facts);
	k->whole_parts = raw(a, TEXT_MAX_BYTES + 2, sizeof *k->whole_parts);
	k->topics = raw(a, SLOTS + 1, sizeof *k->topics);
	k->risks = raw(a, SLOTS + 1, sizeof *k->risks);
	BUG_IF(heads.lexicon->words_mask >= LEXICON_WORDS_MAX);
	k->english = lexicon_language("en");
	k->slots = (KnownWord *)(void *)(room + (LINE - (uintptr_t)room % LINE) % LINE);
	k->once = k->slots + SLOTS;
	k->sets = ARENA_NEW(a, Set, SETS);
	return k;
}

static Set *set_of(const KnownWords *k, uint32_t hash) { return &k->sets[hash & (SETS - 1)]; }

// Where the word is, if it is anywhere.
static KnownWord *slot_of(const KnownWords *k, const Set *s, uint32_t hash)
{
	return &k->slots[(size_t)(s - k->sets) * 2 + (s->hash[1] == hash)];
}

// Where it is to be: in place of the other word that nobody asked for since.
static KnownWord *slot_for(const KnownWords *k, uint32_t hash)
{
	Set *s = set_of(k, hash);
	uint32_t way = s->hash[0] == hash ? 0 : s->hash[1] == hash ? 1 : s->older;
	s->hash[way] = hash;
	s->older = !way;
	return slot_of(k, s, hash);
}

static void ask_ahead(const void *p, size_t bytes)
{
	for (size_t at = 0; at < bytes; at += LINE) __builtin_prefetch((const char *)p + at);
}

void known_words_ahead(const KnownWords *k, uint32_t hash)
{
	const KnownWord *w = slot_of(k, set_of(k, hash), hash);
	ask_ahead(w, sizeof *w);
	if (k->what & KNOWN_TOPIC) ask_ahead(k->topics[w - k->slots], sizeof *k->topics);
	if (k->what & KNOWN_RISK) __builtin_prefetch(k->risks[w - k->slots]);
}

// --- a word that is new -----------------------------------------------------------------------------------------------------

static size_t put_new(KnownWords *k, const TextScan *scan, uint32_t token, unsigned what)
{
	const Token *t = &scan->tokens[token];
	New *x = &k->batch[k->batch_n++];
	if (what & KNOWN_SENTIMENT) lexicon_ahead(k->heads.lexicon, k->english, t->hash);
	__builtin_prefetch(k->sentiment_ahead.rows + (size_t)(t->hash >> k->sentiment_ahead.shift) * HEAD_LANES);
	*x = (New){.token = token, .grams = (uint32_t)k->grams_n, .language = (uint32_t)k->language_n, .what = what};
	if (what & (KNOWN_SENTIMENT | KNOWN_SMALL | KNOWN_TOPIC | KNOWN_RISK))
		k->grams_n += features_grams(scan, t, &k->sentiment_ahead, k->grams + k->grams_n);
	if (what & KNOWN_LANGUAGE)
		k->language_n += features_language_word(scan, t, &k->language_ahead, k->language + k->language_n);
	x->grams_end = (uint32_t)k->grams_n;
	x->language_end = (uint32_t)k->language_n;
	return x->language_end - x->language;
}

// The word weighs 2, its n-grams 1; no word is so long that 16 bits would not hold it.
static void lanes_of(const LaneHead *h, uint32_t hash, const uint32_t *grams, size_t n, uint16_t ret[HEAD_LANES])
{
	LaneSums sums = {0};
	lane_head_add(h, &hash, 1, 2, &sums);
	lane_head_add(h, grams, n, 1, &sums);
	for (size_t i = 0; i < HEAD_LANES; i++) ret[i] = (uint16_t)sums.v[i];
}

// The lanes of the usual heads and of risk, which the same rows say.
static void small_of(const KnownWords *k, uint32_t hash, const uint32_t *grams, size_t n, KnownWord *ret)
{
	uint16_t lanes[HEAD_LANES];
	lanes_of(k->heads.small, hash, grams, n, lanes);
	memcpy(ret->small, lanes, sizeof ret->small);
	memcpy(k->risks[ret - k->slots], lanes + KNOWN_RISK_FROM, sizeof *k->risks);
}

static void topics_of(const SparseHead *h, uint32_t hash, const uint32_t *grams, size_t n, int16_t *ret)
{
	const uint32_t twice[] = {hash, hash};
	memset(ret, 0, HEAD_CLASSES_MAX * sizeof *ret);
	sparse_head_add_few(h, twice, COUNTOF(twice), ret);
	sparse_head_add_few(h, grams, n, ret);
}

static void learn(const KnownWords *k, const TextScan *scan, const New *x, KnownWord *ret)
{
	unsigned what = x->what | (x->what & (KNOWN_SMALL | KNOWN_RISK) ? KNOWN_SMALL | KNOWN_RISK : 0);
	const Token *t = &scan->tokens[x->token];
	const uint32_t *grams = k->grams + x->grams;
	size_t n = x->grams_end - x->grams;
	ret->hash = t->hash;
	ret->has = (uint8_t)what;
	ret->letters_n = (uint8_t)t->cps;
	ret->language_n = (uint8_t)(x->language_end - x->language);
	for (uint32_t i = 0; i < t->cps && i < KNOWN_LETTERS; i++) ret->letters[i] = (uint16_t)scan->cps[t->cp + i];
	if (what & KNOWN_SENTIMENT) {
		const Lexicon *l = k->heads.lexicon;
		const WordInfo *info = lexicon_word(l, t->hash);
		ret->info = info ? (uint16_t)(info - l->words + 1) : 0;
		ret->valence = (int8_t)lexicon_valence(l, k->english, t->hash);
		ret->row = lane_head_row(k->heads.sentiment, t->hash);
		lanes_of(k->heads.sentiment, t->hash, grams, n, ret->sentiment);
	}
	if (what & KNOWN_SMALL) small_of(k, t->hash, grams, n, ret);
	if (what & KNOWN_TOPIC) topics_of(k->heads.topic, t->hash, grams, n, k->topics[ret - k->slots]);
	if (what & KNOWN_LANGUAGE) {
		NibbleSums sums = {0};
		nibble_head_add(k->heads.language, k->language + x->language, ret->language_n, &sums);
		memcpy(ret->language, sums.wide, sizeof sums.wide);
	}
}

// --- adding up --------------------------------------------------------------------------------------------------------------

typedef uint32_t Wide8 __attribute__((vector_size(32)));
typedef uint16_t Narrow8 __attribute__((vector_size(16)));
_Static_assert(HEAD_LANES == 8, "all lanes at once");

static void add_lanes(const uint16_t lanes[HEAD_LANES], LaneSums *sums)
{
	Narrow8 narrow;
	Wide8 wide;
	memcpy(&narrow, lanes, sizeof narrow);
	memcpy(&wide, sums->v, sizeof wide);
	wide += __builtin_convertvector(narrow, Wide8);
	memcpy(sums->v, &wide, sizeof wide);
}

static void add_word(const Token *t, const uint16_t sentiment[HEAD_LANES], WordSums *ret)
{
	ret->words++;
	ret->grams += features_grams_n(t);
	add_lanes(sentiment, &ret->sentiment);
}

static void add_risk(const uint16_t risk[KNOWN_RISK_LANES], WordSums *ret)
{
	for (size_t i = 0; i < KNOWN_RISK_LANES; i++) ret->small.v[KNOWN_RISK_FROM + i] += risk[i];
}

static void add_part(KnownWords *k, uint32_t token, const KnownWord *w, WordSums *ret)
{
	const uint16_t *risk = k->risks[w - k->slots];
	WordPart *part = &k->whole_parts[token];
	add_risk(risk, ret); // nobody asks if it was not known
	if (!k->parts) return;
	memcpy(part->sentiment, w->sentiment, sizeof w->sentiment);
	memcpy(part->risk, risk, sizeof *k->risks);
}

static void add(KnownWords *k, const Token *t, uint32_t token, const KnownWord *w, unsigned what, WordSums *ret)
{
	if (t->kind == TOKEN_WORD) {
		k->to[token] = (WordFact){
			.row = w->row, .info = w->info ? k->heads.lexicon->words + w->info - 1 : NULL, .valence = w->valence};
		add_word(t, w->sentiment, ret);
		for (size_t i = 0; i < KNOWN_SMALL_LANES; i++) ret->small.v[i] += w->small[i];
		if (k->parts || what & KNOWN_RISK) add_part(k, token, w, ret);
	}
	if (what & KNOWN_TOPIC) sparse_sums_add(&k->topic_sums, k->topics[w - k->slots], (uint32_t)features_grams_n(t) + 2);
	if (!(what & KNOWN_LANGUAGE)) return;
	ret->language.n += w->language_n;
	for (size_t i = 0; i < NIBBLE_WIDE; i++) {
		ret->language.wide[i].even += w->language[i].even;
		ret->language.wide[i].odd += w->language[i].odd;
	}
}

static bool keeps(const TextScan *scan, const Token *t)
{
	uint32_t all = 0;
	if (t->kind != TOKEN_WORD || t->cps > KNOWN_LETTERS) return false;
	for (uint32_t i = 0; i < t->cps; i++) all |= scan->cps[t->cp + i];
	return all <= UINT16_MAX;
}

static void add_batch(KnownWords *k, const TextScan *scan, WordSums *ret)
{
	for (size_t i = 0; i < k->batch_n; i++) {
		const New *x = &k->batch[i];
		const Token *t = &scan->tokens[x->token];
		KnownWord *w = keeps(scan, t) ? slot_for(k, t->hash) : k->once;
		sparse_sums_release(&k->topic_sums, k->topics[w - k->slots]); // of the word that was there
		learn(k, scan, x, w);
		add(k, t, x->token, w, x->what, ret);
	}
	k->batch_n = k->grams_n = k->language_n = 0;
}

#define EIGHT 8

// Are the first eight letters, or as many as there are, the same? Without a jump, for how many there are cannot be foreseen.
static bool begins_so(const KnownWord *w, const uint32_t *letters, uint32_t n)
{
	static const uint16_t LETTER[EIGHT * 2] = {0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff};
	Narrow8 theirs, which;
	Wide8 wide;
	memcpy(&wide, letters, sizeof wide); // what follows a word's letters is there to be read
	memcpy(&theirs, w->letters, sizeof theirs);
	memcpy(&which, LETTER + EIGHT - n, sizeof which);
	uint64_t differ[2];
	Narrow8 low = __builtin_convertvector(wide, Narrow8), high = __builtin_convertvector(wide >> 16, Narrow8);
	Narrow8 all = ((low ^ theirs) | high) & which;
	memcpy(differ, &all, sizeof differ);
	return !(differ[0] | differ[1]);
}

static bool is_known(const KnownWord *w, const TextScan *scan, const Token *t, unsigned what)
{
	const uint32_t *letters = scan->cps + t->cp;
	if (t->kind != TOKEN_WORD || w->hash != t->hash || w->letters_n != t->cps || (w->has & what) != what) return false;
	if (!begins_so(w, letters, t->cps < EIGHT ? t->cps : EIGHT)) return false;
	for (uint32_t i = EIGHT; i < t->cps; i++)
		if (w->letters[i] != letters[i]) return false;
	return true;
}

static void add_tokens(KnownWords *k, const TextScan *scan, size_t from, size_t to, unsigned what, WordSums *ret)
{
	size_t language_n = 0;
	for (size_t i = from; i < to; i++) {
		const Token *t = &scan->tokens[i];
		// Which words count is settled in their order, whether they are known or not.
		unsigned of = language_n < LANGUAGE_FEATURES_MAX ? what : what & ~(unsigned)KNOWN_LANGUAGE;
		if (t->kind == TOKEN_RUN) of &= KNOWN_LANGUAGE;
		if ((t->kind != TOKEN_WORD && t->kind != TOKEN_RUN) || !of) continue;
		Set *s = set_of(k, t->hash);
		const KnownWord *w = slot_of(k, s, t->hash);
		if (is_known(w, scan, t, of)) {
			s->older = s->hash[1] != t->hash;
			add(k, t, (uint32_t)i, w, of, ret);
			if (of & KNOWN_LANGUAGE) language_n += w->language_n;
		} else {
			if (k->batch_n == BATCH) add_batch(k, scan, ret);
			language_n += put_new(k, scan, (uint32_t)i, of);
		}
	}
	add_batch(k, scan, ret);
}

void known_words_add(KnownWords *k, const TextScan *scan, unsigned what, WordSums *ret)
{
	k->parts = what & KNOWN_PARTS;
	what &= ~(unsigned)KNOWN_PARTS;
	k->what = what;
	k->to = k->parts ? k->whole_facts : k->facts;
	*ret = (WordSums){.facts = what & KNOWN_SENTIMENT ? k->to : NULL,
					  .topic = what & KNOWN_TOPIC ? k->topic_sums.v : NULL};
	if (what & KNOWN_TOPIC) k->topic_sums = (SparseSums){0};
	add_tokens(k, scan, 0, scan->tokens_n, what, ret);
	if (what & KNOWN_TOPIC) sparse_sums_end(&k->topic_sums);
}

void known_words_part(KnownWords *k, const TextScan *part, const TokensSame *same, unsigned what, WordSums *ret)
{
	size_t end = same->at + same->n;
	k->parts = false;
	k->to = k->facts;
	*ret = (WordSums){.facts = k->facts};
	add_tokens(k, part, 0, same->at, what, ret);
	for (size_t i = same->at, from = same->from; i < end; i++, from++) {
		const Token *t = &part->tokens[i];
		const WordPart *w = &k->whole_parts[from];
		if (t->kind != TOKEN_WORD) continue;
		k->facts[i] = k->whole_facts[from];
		add_word(t, w->sentiment, ret);
		add_risk(w->risk, ret);
	}
	add_tokens(k, part, end, part->tokens_n, what, ret);
}
