// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/word_table.h"

WordTable *word_table_new(Arena *a, uint32_t words_most)
{
	WordTable *t = ARENA_NEW(a, WordTable, 1);
	uint32_t size = 64;
	while (size < words_most * 2) size *= 2;
	t->slots = ARENA_NEW(a, struct WordSlot, size);
	t->mask = size - 1;
	return t;
}

static uint32_t place_of(const WordTable *t, uint32_t hash)
{
	uint32_t at = hash & t->mask, looked = 0;
	while (t->slots[at].value && t->slots[at].hash != hash && looked++ <= t->mask) at = (at + 1) & t->mask;
	return at;
}

void word_table_add(WordTable *t, uint32_t hash, uint32_t value)
{
	struct WordSlot *slot = &t->slots[place_of(t, hash)];
	if (!slot->value) *slot = (struct WordSlot){hash, value};
}

void word_table_add_all(WordTable *t, const char *words, uint32_t value)
{
	Str rest = str_from(words), word;
	while (rest.n) {
		rest = str_cut(rest, ' ', &word);
		if (word.n) word_table_add(t, signs_hash(word), value);
	}
}

uint32_t word_table_find(const WordTable *t, uint32_t hash)
{
	const struct WordSlot *slot = &t->slots[place_of(t, hash)];
	return slot->value && slot->hash == hash ? slot->value : 0;
}

// The next run of letters and digits, as signs.h makes words.
static Str next_word(Str *rest)
{
	size_t from = 0, to;
	while (from < rest->n &&
		   !((rest->p[from] >= 'a' && rest->p[from] <= 'z') || (rest->p[from] >= '0' && rest->p[from] <= '9')))
		from++;
	for (to = from;
		 to < rest->n && ((rest->p[to] >= 'a' && rest->p[to] <= 'z') || (rest->p[to] >= '0' && rest->p[to] <= '9'));)
		to++;
	Str word = str_sub(*rest, from, to);
	*rest = str_sub(*rest, to, rest->n);
	return word;
}

static void add_phrases(WordTable *t, const char *phrases, uint32_t bits)
{
	Str rest = str_from(phrases), phrase, word;
	while (rest.n) {
		uint32_t h = 0;
		bool first = true;
		rest = str_cut(rest, ',', &phrase);
		for (; (word = next_word(&phrase)).n; first = false)
			h = first ? signs_hash(word) : hash_pair(h, signs_hash(word));
		if (first) continue;
		struct WordSlot *slot = &t->slots[place_of(t, h)];
		slot->hash = h;
		slot->value |= bits;
	}
}

WordTable *word_table_of_phrases(Arena *a, const PhraseList *lists, size_t n)
{
	uint32_t most = (uint32_t)n;
	for (size_t i = 0; i < n; i++)
		for (const char *p = lists[i].phrases; *p; p++) most += *p == ',';
	WordTable *t = word_table_new(a, most);
	for (size_t i = 0; i < n; i++) add_phrases(t, lists[i].phrases, lists[i].bits);
	return t;
}

bool signs_sentence_ends(const Signs *s, uint32_t w)
{
	uint32_t to = w + 1 < s->words_n ? s->words[w + 1].from : s->n;
	for (uint32_t i = s->words[w].to; i < to; i++)
		if (s->v[i].class == SIGN_LINE || (sign_in(&s->v[i], ".!?") && sign_gap(&s->v[i + 1]))) return true;
	return to == s->n;
}

uint32_t word_table_phrase(const WordTable *t, const Signs *s, uint32_t w, uint32_t most, uint32_t *ret_words)
{
	uint32_t bits = 0, h = 0;
	for (uint32_t k = 0; k < most && w + k < s->words_n; k++) {
		if (k && signs_sentence_ends(s, w + k - 1)) break;
		h = k ? hash_pair(h, s->words[w + k].hash) : s->words[w].hash;
		uint32_t found = word_table_find(t, h);
		if (!found) continue;
		bits = found;
		*ret_words = k + 1;
	}
	return bits;
}
