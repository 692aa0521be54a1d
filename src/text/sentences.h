// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the sentences of a text begin and end: at . ! ? and their like in other scripts, and at line breaks; not behind
// abbreviations, initials, ordinal numbers, and within numbers and addresses.
//
//   TextSpan s[SENTENCES_MAX];
//   size_t n = sentences_split(text, s, SENTENCES_MAX);   // str_sub(text, s[0].at, s[0].end)
//
// Any bytes; linear. Spans are in order and hold no white space at their ends; what is over `most` is part of the last.
#pragma once
#include "base/str.h"

#define SENTENCES_MAX 256

typedef struct TextSpan {
	uint32_t at, end; // bytes
} TextSpan;

size_t sentences_split(Str text, TextSpan *ret, size_t most);
