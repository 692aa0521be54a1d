// SPDX-License-Identifier: AGPL-3.0-or-later
// Stop words of 25 languages (stop.c): articles, pronouns, prepositions, auxiliaries, the small talk of forums. A word has a
// bit for each language in whose list it is; which languages hold for a text, its own words decide, so that "die" is a
// stop word in German texts only.
//
//   StopWords *s = stop_words_new(arena);                       // 64 KiB
//   StopVotes votes = {0};
//   for each token: stop_votes_add(&votes, stop_words_find(s, token->hash));
//   uint32_t languages = stop_votes_languages(&votes);
//   bool stop = stop_words_find(s, token->hash) & languages;
#pragma once
#include "text/token.h"

#define STOP_LANGUAGES_MAX 32
#define STOP_SLOTS 8192

typedef struct StopWords {
	uint32_t hashes[STOP_SLOTS], languages[STOP_SLOTS]; // open addressing; no languages: free
} StopWords;
typedef struct StopVotes {
	uint32_t n[STOP_LANGUAGES_MAX];
} StopVotes;

StopWords *stop_words_new(Arena *a);
uint32_t stop_words_find(const StopWords *s, uint32_t token_hash); // its languages
void stop_votes_add(StopVotes *v, uint32_t languages);
uint32_t stop_votes_languages(const StopVotes *v); // those with three quarters of the best one's votes
