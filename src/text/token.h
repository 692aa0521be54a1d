// SPDX-License-Identifier: AGPL-3.0-or-later
// The first pass over any text: UTF-8 in, tokens out. Every head of the text engine (language, sentiment, intents,
// topics, near-duplicates, queries) reads these tokens and never the bytes, so a text is decoded once.
//
//   TextScan *scan = text_scan_new(arena);            // 4 MiB of scratch, used again for text after text
//   text_scan(scan, line);
//   for (size_t i = 0; i < scan->tokens_n; i++) … scan->tokens[i].hash …
//
// What it takes: any bytes. Invalid UTF-8 and NUL are read as U+FFFD, which ends a word. Of a text over TEXT_MAX_BYTES
// the first part is read, cut at a character, and `cut` says so. Time is linear: words longer than TOKEN_CPS are cut.
//
// What it does: lower case, "aaaah" to "aah" (three or more of a letter are two), Arabic presentation forms to letters,
// marks of Arabic vowels away, digits to 0, @name and addresses to one token each, emoticons and emoji to tokens of
// their own, runs of one punctuation mark to one. Scripts without spaces (Han, Kana, Thai, Khmer…) give runs as words.
//
// A scan belongs to one thread; it points into the text it was given, which must outlive it.
#pragma once
#include "base/str.h"

#define TEXT_MAX_BYTES ((size_t)64 << 10)
#define TOKEN_CPS 48

typedef enum TokenKind {
	TOKEN_WORD,
	TOKEN_RUN, // of a script that is written without spaces
	TOKEN_NUMBER,
	TOKEN_MENTION,
	TOKEN_URL,
	TOKEN_EMOJI,
	TOKEN_EMOTICON,
	TOKEN_PUNCT,
	TOKEN_KINDS
} TokenKind;

enum {
	TOKEN_CAPS = 1,    // all capitals, two letters or more
	TOKEN_LONG = 2,    // was squashed
	TOKEN_HASHTAG = 4, // had a # before it
	TOKEN_TITLE = 8,   // began with a capital
	TOKEN_GLUED = 16,  // no white space before it
	TOKEN_DIGITS = 32, // a word with digits in it
	TOKEN_SMALL = 64,  // a word of two letters or more, not all of them capitals
};

typedef struct Token {
	uint32_t hash;    // of its folded form
	uint32_t at, end; // bytes of the text
	uint32_t cp;      // its folded form: scan->cps[cp .. cp + cps)
	uint16_t cps;
	uint8_t kind, flags;
	uint32_t run; // length of a run of punctuation before squashing
} Token;

typedef enum Script {
	SCRIPT_NONE,
	SCRIPT_LATN,
	SCRIPT_CYRL,
	SCRIPT_GREK,
	SCRIPT_ARAB,
	SCRIPT_HEBR,
	SCRIPT_ARMN,
	SCRIPT_GEOR,
	SCRIPT_DEVA,
	SCRIPT_BENG,
	SCRIPT_GURU,
	SCRIPT_GUJR,
	SCRIPT_TAML,
	SCRIPT_TELU,
	SCRIPT_KNDA,
	SCRIPT_MLYM,
	SCRIPT_ORYA,
	SCRIPT_SINH,
	SCRIPT_THAI,
	SCRIPT_LAOO,
	SCRIPT_KHMR,
	SCRIPT_MYMR,
	SCRIPT_TIBT,
	SCRIPT_ETHI,
	SCRIPT_HANI,
	SCRIPT_KANA, // Hiragana too
	SCRIPT_HANG,
	SCRIPT_N
} Script;

typedef struct TextScan {
	Str text; // what was read of it
	Token *tokens;
	size_t tokens_n;
	uint32_t *cps; // folded code points of all tokens
	size_t cps_n;
	uint32_t letters[SCRIPT_N]; // how many of each script
	uint32_t letters_n, caps_words, lower_words;
	size_t max_bytes;
	bool cut, invalid;
	// Called with each word as soon as it is known: a reader may ask for memory that it will need. NULL: nobody does.
	void (*ahead)(const void *arg, uint32_t hash);
	const void *ahead_arg;
} TextScan;

TextScan *text_scan_new(Arena *a);
TextScan *text_scan_small(Arena *a, size_t max_bytes); // cuts earlier; about 64 bytes of scratch a byte of text
void text_scan(TextScan *scan, Str text);

// Tokens that a text and a part of it have in common: n of them, from `from` on of the text, from `at` on of the part.
typedef struct TokensSame {
	size_t from, at, n;
} TokensSame;

// As text_scan of `part`, which is some of the bytes of the text that `whole` read: what lies between two white spaces is
// copied instead of being read again. Letters of scripts and what is invalid are not counted.
void text_scan_part(TextScan *scan, const TextScan *whole, Str part, TokensSame *ret_same);

// Between token.c and token_part.c: begins with no tokens; adds those that begin at bytes from .. to, where white space or
// nothing is before `from`, or would be.
void text_scan_begin(TextScan *scan, Str text);
void text_scan_stretch(TextScan *scan, uint32_t from, uint32_t to);

Script script_of(uint32_t cp);                 // SCRIPT_NONE for what is in no list
const char *script_code(Script s);             // ISO 15924
Script text_scan_script(const TextScan *scan); // of most letters; SCRIPT_NONE without letters
uint32_t token_hash_of(Str word);              // of a word as it stands in a list (lower case): equal to a token's hash

// A token's hash takes all digits for 0; this tells a 12 from a 15. Without digits it is the same.
static inline uint32_t token_exact_hash(const TextScan *scan, const Token *t)
{
	bool digits = t->kind == TOKEN_NUMBER || t->flags & TOKEN_DIGITS;
	return digits ? token_hash_of(str_sub(scan->text, t->at, t->end)) : t->hash;
}

// The hash that all features use: fed code point by code point, then finished.
#define HASH_SEED 0x9e3779b9u
static inline uint32_t hash_step(uint32_t h, uint32_t cp) { return (h ^ cp) * 0x85ebca6bu + (h >> 15); }
static inline uint32_t hash_end(uint32_t h)
{
	h ^= h >> 16;
	h *= 0x7feb352du;
	h ^= h >> 15;
	h *= 0x846ca68bu;
	return h ^ (h >> 16);
}
static inline uint32_t hash_pair(uint32_t a, uint32_t b) { return hash_end((a * 0x9e3779b1u) ^ (b + 0x7f4a7c15u)); }
