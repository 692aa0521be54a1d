// SPDX-License-Identifier: AGPL-3.0-or-later
// A text read sign by sign for what is found by its form (entities.h): letters without case and marks ("Straße" reads
// "strasse"), digits of all scripts as 0-9, every kind of space as one, every kind of dash as '-', and for each sign
// the byte it began at, so that what is found can be told in bytes of the original. Unlike token.h it keeps digits.
//
//   Signs *s = signs_new(arena);              // 2 MiB of scratch, used again for text after text
//   signs_read(s, text);
//   for (uint32_t i = 0; i < s->n; i++) … s->v[i].c, s->v[i].at …
//
// Takes any bytes: one that is no UTF-8 is one sign of no class. Of a text over TEXT_MAX_BYTES the first part is read, cut at
// a character. One sign more follows the last: of class SIGN_END, at the end of what was read. One thread.
#pragma once
#include "text/token.h"

typedef enum SignClass { SIGN_END, SIGN_SPACE, SIGN_LINE, SIGN_DIGIT, SIGN_LETTER, SIGN_OTHER } SignClass;

enum {
	SIGN_UPPER = 1,
	SIGN_TAKEN = 2,   // belongs to an entity that was found
	SIGN_BLOCKED = 4, // is no number to be looked at: part of a date, a price, an address on the web
};

typedef struct Sign {
	uint32_t c; // folded code point
	uint8_t class, flags;
	uint32_t at; // byte
} Sign;

// What stands between a word and the next one, or the end.
enum {
	AFTER_SENTENCE = 1, // . ! ? before a gap, a line break, or the end of the text
	AFTER_PAUSE = 2,    // , ; :
	AFTER_ASKS = 4,     // ?
	AFTER_BREAK = 8,    // , ; : ( or a dash before a space
};

// A run of letters and digits.
typedef struct SignWord {
	uint32_t from, to; // signs
	uint32_t hash;     // of its folded signs
	bool upper, digits, letters;
	uint8_t after; // AFTER_…
} SignWord;

typedef struct Signs {
	Str text; // what was read of it
	Sign *v;
	uint32_t n;
	SignWord *words;
	uint32_t words_n;
	uint32_t digits_n, ats_n;
	uint8_t marks; // AFTER_… of all, and before the first word
	bool cut;
	Sign plain[128]; // of each byte of ASCII
} Signs;

Signs *signs_new(Arena *a);
void signs_read(Signs *s, Str text);
uint32_t signs_hash(Str word); // of a folded ASCII word: equal to the hash of a SignWord that reads so
bool signs_are(const Signs *s, uint32_t from, Str folded);                // do these signs stand there?
Str signs_text(const Signs *s, uint32_t from, uint32_t to);               // the original's bytes
uint32_t signs_digits_end(const Signs *s, uint32_t from, uint32_t most);  // after at most so many digits
uint32_t signs_letters_end(const Signs *s, uint32_t from, uint32_t most); // after at most so many letters
static inline bool sign_alnum(const Sign *s) { return s->class == SIGN_DIGIT || s->class == SIGN_LETTER; }
// Is it one of these ASCII signs? Of a set that is written where it is asked for, a test of a bit.
static inline __attribute__((always_inline)) bool sign_in(const Sign *sign, const char *set)
{
	const size_t n = __builtin_strlen(set);
	const uint32_t c = sign->c;
	bool in = false;
#pragma GCC unroll 24
	for (size_t i = 0; i < n; i++) in |= c == (unsigned char)set[i];
	return in;
}
// Is the sign before `at` one of the set, and a letter or digit before that? What begins there is part of something longer.
bool signs_glued(const Signs *s, uint32_t at, const char *set);
static inline bool sign_gap(const Sign *s)
{
	return s->class == SIGN_SPACE || s->class == SIGN_LINE || s->class == SIGN_END;
}
// Does a sentence end behind word w?
static inline bool signs_sentence_ends(const Signs *s, uint32_t w) { return s->words[w].after & AFTER_SENTENCE; }
// The last word that begins before sign `to`, from word w on.
static inline uint32_t signs_word_before(const Signs *s, uint32_t w, uint32_t to)
{
	while (w + 1 < s->words_n && s->words[w + 1].from < to) w++;
	return w;
}
