// SPDX-License-Identifier: AGPL-3.0-or-later
// What the search feature needs beside SQL. Both engines only find candidates; ranking, snippets and highlighting are
// done in C from the same words, so that results do not depend on the engine.
//
// Words come from db/stem.h. In SQLite the tokenizer is `tokenize='snowball english'` of an FTS5 table; in PostgreSQL the
// program writes the stems itself (array_to_tsvector or a text of stems with the 'simple' configuration).
//
// hearth_tf(TABLE) in a SQLite query with MATCH gives a BLOB of u16, little endian, capped at 65535: for each phrase of
// the query its count in each column (phrase by phrase), then the number of tokens of each column. tf_parse reads it.
//
//   StrList stems;  TRY(text_stems(cx, S("Running shoes"), S("english"), &stems));   // run, shoe
#pragma once
#include "db/db.h"

#define TEXT_STEMS_MAX 20000 // words of one text; the rest is left out

typedef struct StrList {
	Str *v;
	size_t n;
} StrList;

// In the order of the text, with repetitions. An unknown language only folds.
MUST_CHECK Status text_stems(Ctx *cx, Str text, Str language, StrList *ret_stems);

typedef struct TextWord {
	Str stem;
	size_t from, to; // bytes of the text
} TextWord;
typedef struct TextWords {
	TextWord *v;
	size_t n;
} TextWords;
// The same words with their places, for snippets.
MUST_CHECK Status text_words(Ctx *cx, Str text, Str language, TextWords *ret_words);

typedef struct TfCounts {
	const unsigned char *p;
	size_t phrases, columns;
} TfCounts;
MUST_CHECK Status tf_parse(Ctx *cx, Str blob, size_t columns, TfCounts *ret_counts);
uint32_t tf_count(const TfCounts *t, size_t phrase, size_t column);
uint32_t tf_tokens(const TfCounts *t, size_t column);
