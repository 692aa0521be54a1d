// SPDX-License-Identifier: AGPL-3.0-or-later
// What is known about single words: how good or bad they are, whether they strengthen, weaken or negate what follows.
// Two tables of the model file, looked up by the hash of a token:
//
// - words: open addressing, a power of two of WordInfo; English with the rules of VADER, emoticons and emoji.
// - valences: open addressing over (language, word) with 24 bits of fingerprint and a valence; all languages.
//
// lexicon_build* make them (training tool); the lookups read them in place, from the mapped file. Nothing is owned.
#pragma once
#include "text/token.h"

enum {
	WORD_NEGATES = 1,
	WORD_BUT = 2,
	WORD_LEAST = 4,
	WORD_NEVER = 8,
	WORD_SO = 16, // "so", "this" after "never"
	WORD_WITHOUT = 32,
	WORD_DOUBT = 64,
	WORD_NO = 128,
	WORD_VALENCE = 256,     // has an entry of its own in the lexicon (of 0 perhaps)
	WORD_IDIOM = 512,       // a pair or three of words that is scored as a whole
	WORD_AT_OR_VERY = 1024, // "at least", "very least" are no "least"
	WORD_OR = 2048,
	WORD_NEGATES_FOREIGN = 4096, // negation of another language than English
};

typedef struct WordInfo {
	uint32_t hash;  // 0: empty slot
	int8_t valence; // tenths
	int8_t boost;   // 1 strengthens, -1 weakens
	uint16_t flags;
} WordInfo;

#define LEXICON_WORDS_MAX ((size_t)1 << 15) // slots of the table of words

typedef struct Lexicon {
	const WordInfo *words;
	const uint32_t *valences; // fingerprint << 8 | valence + 128; 0: empty
	uint32_t words_mask, valences_mask;
} Lexicon;

// What a word's place in a text is about it, looked up before.
typedef struct WordFact {
	uint64_t row;         // of the sentiment head
	const WordInfo *info; // or NULL
	int32_t valence;      // of the English list, in tenths
} WordFact;

static inline const WordInfo *lexicon_word(const Lexicon *l, uint32_t hash)
{
	if (!l->words) return NULL;
	for (uint32_t i = hash & l->words_mask; l->words[i].hash; i = (i + 1) & l->words_mask)
		if (l->words[i].hash == hash) return &l->words[i];
	return NULL;
}

// What lexicon_word and lexicon_valence will read is asked for.
void lexicon_ahead(const Lexicon *l, uint32_t language, uint32_t hash);
// Valence in tenths of the word in the language ("de", at most three letters); 0 if unknown.
int lexicon_valence(const Lexicon *l, uint32_t language, uint32_t hash);
uint32_t lexicon_language(const char *code); // a language as the tables know it

// For building: false if the table is more than four fifths full.
MUST_CHECK bool lexicon_put_word(WordInfo *words, uint32_t mask, const WordInfo *w);
MUST_CHECK bool lexicon_put_valence(uint32_t *valences, uint32_t mask, uint32_t language, uint32_t hash, int valence);

// The rules' own words (vader_words.c), to be put into the table by the training tool.
typedef struct RuleWord {
	const char *words; // one, two or three
	int8_t valence, boost;
	uint16_t flags;
} RuleWord;
extern const RuleWord RULE_WORDS[];
extern const size_t RULE_WORDS_N;
uint32_t rule_word_hash(Str words); // of one to three words

// Words of our own for romanised Hindi (hindi_words.c), which no list has; spelt as people spell them.
typedef struct OwnWords {
	int8_t valence; // tenths
	const char *words;
} OwnWords;
extern const OwnWords HINDI_WORDS[];
extern const size_t HINDI_WORDS_N;
