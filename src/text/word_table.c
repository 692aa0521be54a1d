// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/word_table.h"

#define SEEN 4             // bits a slot
#define GOES_ON (1u << 31) // of a phrase's first words: another may follow

WordTable *word_table_new(Arena *a, uint32_t words_most)
{
	WordTable *t = ARENA_NEW(a, WordTable, 1);
	uint32_t size = 64;
	while (size < words_most * 2) size *= 2;
	t->slots = ARENA_NEW(a, struct WordSlot, size);
	t->mask = size - 1;
	t->seen = ARENA_NEW(a, uint64_t, size * SEEN / 64);
	t->seen_mask = size * SEEN / 64 - 1;
	return t;
}

static uint32_t place_of(const WordTable *t, uint32_t hash)
{
	uint32_t at = hash & t->mask, looked = 0;
	while (t->slots[at].value && t->slots[at].hash != hash && looked++ <= t->mask) at = (at + 1) & t->mask;
	return at;
}

// Where the hash goes, which is seen from then on.
static struct WordSlot *slot_for(WordTable *t, uint32_t hash)
{
	struct WordSlot *slot = &t->slots[place_of(t, hash)];
	slot->hash = hash;
	t->seen[hash >> 6 & t->seen_mask] |= UINT64_C(1) << (hash & 63);
	return slot;
}

// What is kept of a hash that may be in the table, 0 if it is not.
static uint32_t kept_of(const WordTable *t, uint32_t hash)
{
	const struct WordSlot *slot = &t->slots[place_of(t, hash)];
	return slot->hash == hash ? slot->value : 0;
}

static uint32_t value_of(const WordTable *t, uint32_t hash)
{
	return word_table_may_have(t, hash) ? kept_of(t, hash) : 0;
}

void word_table_add(WordTable *t, uint32_t hash, uint32_t value)
{
	struct WordSlot *slot = slot_for(t, hash);
	if (!slot->value) slot->value = value;
}

void word_table_add_all(WordTable *t, const char *words, uint32_t value)
{
	Str rest = str_from(words), word;
	while (rest.n) {
		rest = str_cut(rest, ' ', &word);
		if (word.n) word_table_add(t, signs_hash(word), value);
	}
}

uint32_t word_table_value(const WordTable *t, uint32_t hash) { return kept_of(t, hash) & ~GOES_ON; }

static bool in_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// The next run of letters and digits, as signs.h makes words.
static Str next_word(Str *rest)
{
	size_t from = 0, to;
	while (from < rest->n && !in_word(rest->p[from])) from++;
	for (to = from; to < rest->n && in_word(rest->p[to]);) to++;
	Str word = str_sub(*rest, from, to);
	*rest = str_sub(*rest, to, rest->n);
	return word;
}

static void add_phrase(WordTable *t, Str phrase, uint32_t bits)
{
	Str word = next_word(&phrase);
	if (!word.n) return;
	uint32_t h = signs_hash(word);
	while ((word = next_word(&phrase)).n) {
		slot_for(t, h)->value |= GOES_ON;
		h = hash_pair(h, signs_hash(word));
	}
	slot_for(t, h)->value |= bits;
}

// No more than there are words in it.
static uint32_t words_most(const char *phrases)
{
	uint32_t n = 1;
	for (const char *p = phrases; *p; p++) n += !in_word(*p);
	return n;
}

WordTable *word_table_of_phrases(Arena *a, const PhraseList *lists, size_t n)
{
	uint32_t most = 0;
	for (size_t i = 0; i < n; i++) most += words_most(lists[i].phrases);
	WordTable *t = word_table_new(a, most);
	for (size_t i = 0; i < n; i++)
		for (Str rest = str_from(lists[i].phrases), phrase; rest.n;) {
			rest = str_cut(rest, ',', &phrase);
			add_phrase(t, phrase, lists[i].bits);
		}
	return t;
}

uint32_t word_table_longest(const WordTable *t, const Signs *s, uint32_t w, uint32_t most, uint32_t *ret_words)
{
	uint32_t bits = 0, h = s->words[w].hash;
	for (uint32_t k = 1;; k++) {
		uint32_t value = value_of(t, h);
		if (value & ~GOES_ON) {
			bits = value & ~GOES_ON;
			*ret_words = k;
		}
		if (!(value & GOES_ON) || k == most || signs_sentence_ends(s, w + k - 1)) break;
		h = hash_pair(h, s->words[w + k].hash);
	}
	return bits;
}
