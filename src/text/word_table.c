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
