// SPDX-License-Identifier: AGPL-3.0-or-later
// Words that were met before, and what each adds to the heads. A word is a few dozen n-grams, each with a row in a table of
// several MiB; but people use the same words again and again, and a sum of integers is the same whether its terms are added
// now or were added before. So the sums of a word are kept, by the word itself (not only by its hash): what was read
// earlier can change how fast an answer is there, never the answer.
//
//   KnownWords *k = known_words_new(arena, (KnownHeads){&m->language, &m->sentiment, &m->small, &m->topic, &m->lexicon});
//   known_words_add(k, scan, KNOWN_LANGUAGE | KNOWN_SENTIMENT, &sums);
//
// Two words share two slots, and the one that was asked for last stays; words of more than KNOWN_LETTERS letters and scripts
// without spaces are summed each time. 4 MiB, and 8 where topics are asked for; one thread. The heads' rows are read in
// place and must outlive it.
#pragma once
#include "text/head.h"
#include "text/lexicon.h"

#define KNOWN_LETTERS 13
#define KNOWN_SMALL_LANES 2 // as many as the small head uses

#define KNOWN_RISK_FROM KNOWN_SMALL_LANES // and the lanes of risk behind them
#define KNOWN_RISK_LANES 4

enum {
	KNOWN_SENTIMENT = 1,
	KNOWN_SMALL = 2,
	KNOWN_LANGUAGE = 4,
	KNOWN_TOPIC = 8,
	KNOWN_RISK = 16,
	KNOWN_PARTS = 32, // what each word adds is kept, for known_words_part
};

typedef struct KnownHeads {
	const NibbleHead *language;
	const LaneHead *sentiment, *small;
	const SparseHead *topic;
	const Lexicon *lexicon; // what it says of a word is kept too
} KnownHeads;

// Of the tokens of kind TOKEN_WORD (for languages: of TOKEN_RUN too).
typedef struct WordSums {
	NibbleSums language;       // until LANGUAGE_FEATURES_MAX or a few more
	LaneSums sentiment, small; // the word itself weighs 2, its n-grams 1; small: the lanes that were asked for
	const int32_t *topic;      // of HEAD_CLASSES_MAX classes, likewise; NULL without the topic head
	size_t words, grams;       // so many of each
	const WordFact *facts;     // of token i, where that is a word; NULL without the sentiment head
} WordSums;

typedef struct KnownWords KnownWords;
KnownWords *known_words_new(Arena *a, KnownHeads heads);
// Asks for what is known of a word, before it is needed.
void known_words_ahead(const KnownWords *k, uint32_t hash);
// what: of which heads. ret->facts and ret->topic are valid until the next call.
void known_words_add(KnownWords *k, const TextScan *scan, unsigned what, WordSums *ret);
// Of a part (text_scan_part) of the text that was added last with KNOWN_PARTS and at least the same. what: KNOWN_SENTIMENT
// with or without KNOWN_RISK.
void known_words_part(KnownWords *k, const TextScan *part, const TokensSame *same, unsigned what, WordSums *ret);
