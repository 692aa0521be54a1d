// SPDX-License-Identifier: AGPL-3.0-or-later
// Hashes of words to small numbers: lists that are written as text in the source, made quick to ask when a finder is made.
//
//   WordTable *t = word_table_new(arena, 600);           // for at most 600 words
//   word_table_add_all(t, "order ticket invoice", CONTEXT_ORDER);
//   word_table_find(t, s->words[i].hash)                 // CONTEXT_ORDER, or 0
//
// Words are folded as signs.h reads them (small letters, no marks). Read-only once filled.
#pragma once
#include "text/signs.h"

typedef struct WordTable {
	struct WordSlot {
		uint32_t hash, value;
	} * slots;
	uint32_t mask;
	uint64_t *
		seen; // a bit for every few hashes: most words are in no list, and are told by so little memory that it stays near
	uint32_t seen_mask;
} WordTable;

WordTable *word_table_new(Arena *a, uint32_t words_most);
void word_table_add(WordTable *t, uint32_t hash,
					uint32_t value); // value > 0; a word that is in it already is left as it is
void word_table_add_all(WordTable *t, const char *words, uint32_t value); // with spaces between them
// May the hash be in the table? Mostly it is not, and this says so.
static inline bool word_table_may_have(const WordTable *t, uint32_t hash)
{
	return t->seen[hash >> 6 & t->seen_mask] >> (hash & 63) & 1;
}
uint32_t word_table_value(const WordTable *t, uint32_t hash); // of one that may be
static inline uint32_t word_table_find(const WordTable *t, uint32_t hash)
{
	return word_table_may_have(t, hash) ? word_table_value(t, hash) : 0;
}

// Phrases: words that follow one another in a sentence. Values are bits; a phrase in several lists has the bits of all.
typedef struct PhraseList {
	uint32_t bits;       // all but the uppermost
	const char *phrases; // with commas between them
} PhraseList;
WordTable *word_table_of_phrases(Arena *a, const PhraseList *lists, size_t n);
uint32_t word_table_longest(const WordTable *t, const Signs *s, uint32_t w, uint32_t most, uint32_t *ret_words);
// The bits of the longest phrase that begins at word w, of at most `most` words; ret_words: of how many. 0 if there is none.
static inline uint32_t word_table_phrase(const WordTable *t, const Signs *s, uint32_t w, uint32_t most,
										 uint32_t *ret_words)
{
	return word_table_may_have(t, s->words[w].hash) ? word_table_longest(t, s, w, most, ret_words) : 0;
}
