// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/lexicon.h"

static uint32_t valence_key(uint32_t language, uint32_t hash) { return hash_pair(language, hash); }
static uint32_t fingerprint(uint32_t key) { return (key >> 8) | 1; } // never 0

uint32_t lexicon_language(const char *code)
{
	uint32_t h = HASH_SEED;
	for (const char *p = code; *p; p++) h = hash_step(h, (unsigned char)*p);
	return hash_end(h);
}

void lexicon_ahead(const Lexicon *l, uint32_t language, uint32_t hash)
{
	if (l->words) __builtin_prefetch(&l->words[hash & l->words_mask]);
	if (l->valences) __builtin_prefetch(&l->valences[valence_key(language, hash) & l->valences_mask]);
}

int lexicon_valence(const Lexicon *l, uint32_t language, uint32_t hash)
{
	if (!l->valences) return 0;
	uint32_t key = valence_key(language, hash), f = fingerprint(key);
	for (uint32_t i = key & l->valences_mask; l->valences[i]; i = (i + 1) & l->valences_mask)
		if (l->valences[i] >> 8 == f) return (int)(l->valences[i] & 255) - 128;
	return 0;
}

bool lexicon_put_word(WordInfo *words, uint32_t mask, const WordInfo *w)
{
	uint32_t i = w->hash & mask;
	for (uint32_t seen = 0; words[i].hash; i = (i + 1) & mask) {
		if (words[i].hash == w->hash) { // what is known of a word adds up
			words[i].flags |= w->flags;
			if (w->valence) words[i].valence = w->valence;
			if (w->boost) words[i].boost = w->boost;
			return true;
		}
		if (++seen > mask / 5 * 4) return false;
	}
	words[i] = *w;
	return true;
}

bool lexicon_put_valence(uint32_t *valences, uint32_t mask, uint32_t language, uint32_t hash, int valence)
{
	uint32_t key = valence_key(language, hash), f = fingerprint(key), i = key & mask;
	for (uint32_t seen = 0; valences[i]; i = (i + 1) & mask) {
		if (valences[i] >> 8 == f) return true; // the first to come is kept
		if (++seen > mask / 5 * 4) return false;
	}
	valences[i] = f << 8 | (uint32_t)(valence + 128);
	return true;
}

uint32_t rule_word_hash(Str words)
{
	Str first, rest = str_cut(words, ' ', &first);
	uint32_t h = token_hash_of(first);
	while (rest.n) {
		rest = str_cut(rest, ' ', &first);
		h = hash_pair(h, token_hash_of(first));
	}
	return h;
}
