// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of a text as the search index sees them: folded (case, Latin diacritics, ß as ss), cut at what is neither
// letter nor digit, and stemmed by Snowball. One implementation serves the FTS5 tokenizer, queries, snippets and
// PostgreSQL, so they agree by construction. Han, Hiragana and Katakana give one token a character.
//
//   Stemmer st = stemmer_init(S("english"));           // or "en"; an unknown language or "" only folds
//   StemCursor c = stem_cursor(&st, text);
//   while (stem_next(&c, &token)) use(token.s, token.from, token.to);
//   stemmer_done(&st);
//
// A Stemmer is used by one thread at a time. Tokens longer than STEM_MAX_BYTES are cut. Needs libc, libstemmer and
// utf8proc only (tools/sqlc links it too). text_stems in db/fts.h is the convenient form.
#pragma once
#include "base/str.h"

#define STEM_MAX_BYTES 96

struct sb_stemmer;
#define STEMS_KEPT 4096
#define STEM_KEPT_BYTES 23
typedef struct StemsKept { // of words met before, nine in ten of a text: 192 KiB
	struct {
		unsigned char word_n, stem_n;
		char word[STEM_KEPT_BYTES], stem[STEM_KEPT_BYTES];
	} v[STEMS_KEPT];
} StemsKept;

typedef struct Stemmer {
	struct sb_stemmer *sb; // NULL: fold only
	StemsKept *kept;       // the caller's, zeroed; or NULL
} Stemmer;

typedef struct StemToken {
	Str s;           // valid until the next call
	size_t from, to; // bytes of the text that it was made of
} StemToken;

typedef struct StemCursor {
	const Stemmer *stemmer;
	const char *text, *at, *end;
	char word[STEM_MAX_BYTES + 8];
} StemCursor;

Stemmer stemmer_init(Str language);
void stemmer_done(Stemmer *st);
bool stem_language_known(Str language);
StemCursor stem_cursor(const Stemmer *st, Str text);
bool stem_next(StemCursor *c, StemToken *ret_token);
