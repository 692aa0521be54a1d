// SPDX-License-Identifier: AGPL-3.0-or-later
// Which words of a text tell their reader to do something. Left out are warnings ("never …", "it is dangerous to …", "instead
// of …" up to the comma), questions, what somebody else did, and what somebody asks for.
//
//   const AdviceBook *book = advice_new(arena);     // once
//   AdviceSpan v[ADVICE_SPANS_MAX];
//   for (uint32_t w = 0; w < signs->words_n;) {     // sentence by sentence
//       size_t n;
//       w = advice_read(book, signs, w, v, &n);     // v[0 .. n): stretches of the sentence's words
//   }
//
// Rules over closed classes of English words, no parser; other languages pass as they are. What is not understood counts as
// advice. Linear; a book may be shared by threads.
#pragma once
#include "text/word_table.h"

#define ADVICE_SPANS_MAX 4

// What speaks for advice, or for a tale: bits.
enum { ADVICE_TALE = 1, ADVICE_SAID = 2, ADVICE_VERB = 4, ADVICE_LATER_VERB = 8, ADVICE_HINTS = 4 };

typedef struct AdviceSpan {
	uint32_t from, to; // words
	uint32_t
		hints; // ADVICE_…: begins with a subject; "you can", "just"; begins with a verb; has one behind a comma, "and", "so"
} AdviceSpan;

typedef struct AdviceBook AdviceBook;
const AdviceBook *advice_new(Arena *a);
// The sentence that begins at word w; returns the word after it.
uint32_t advice_read(const AdviceBook *book, const Signs *s, uint32_t w, AdviceSpan ret[ADVICE_SPANS_MAX],
					 size_t *ret_n);
