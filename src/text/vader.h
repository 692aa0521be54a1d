// SPDX-License-Identifier: AGPL-3.0-or-later
// The published rules of VADER in integers: what the words of a text say by themselves, with negation, strengthening,
// capitals, "but", idioms and punctuation. Its numbers are features of the sentiment head, and its scored words are
// evidence. Written anew after Hutto and Gilbert (ICWSM 2014); valences are in thousandths here.
//
//   vader_score(&lexicon, scan, language, marks, &score);   // marks: SCAN tokens that negate, for features_of
//
// The same numbers on every machine. Linear in the text; one thread.
#pragma once
#include "text/lexicon.h"

#define VADER_WORDS_MAX 4096 // words beyond are not looked at

typedef struct VaderScore {
	int compound;       // -1000 .. 1000
	int pos, neg;       // sums, in thousandths of a valence
	int neutral;        // words without one
	int last, max, min; // valences of single words
	int exclaims, questions;
	int foreign, foreign_pos, foreign_neg; // sums of the language's own list, thousandths
	int emoji;                             // sum of emoji and emoticons
	bool but, caps;
} VaderScore;

typedef struct VaderScratch {
	const WordInfo *info[VADER_WORDS_MAX];
	uint32_t token[VADER_WORDS_MAX];
	int valence[VADER_WORDS_MAX];
	uint16_t scored[VADER_WORDS_MAX];  // words that have a valence of their own
	uint8_t marks[TEXT_MAX_BYTES + 2]; // by token: negates what follows
} VaderScratch;

// facts: of each token of kind TOKEN_WORD, or NULL, and then they are looked up.
void vader_score(const Lexicon *lexicon, const TextScan *scan, const WordFact *facts, uint32_t language,
				 VaderScratch *scratch, VaderScore *ret);
// Its marks alone.
void vader_marks(const Lexicon *lexicon, const TextScan *scan, const WordFact *facts, uint32_t language,
				 VaderScratch *scratch);
// x / sqrt(x² + 15) of x in thousandths; -1000 .. 1000.
int vader_normalise(int64_t sum);
uint32_t isqrt64(uint64_t v);
