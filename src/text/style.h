// SPDX-License-Identifier: AGPL-3.0-or-later
// How a text means to deal with its reader: it announces (one-way), invites a reply (dialogic), replies where others listen
// (transparent), or works to an outcome with others (collaborative). The four are those of core/fact.h, in its order.
//
//   const StyleBook *book = style_new(arena);    // once
//   StyleFinding f;
//   style_find(book, signs, &f);                 // after signs_read; f.style, f.sure, f.evidence
//
// A set of rules over phrases, in English with the commonest of five other languages. A text without any of them is one-way
// and not sure. Linear; a book may be shared by threads.
#pragma once
#include "text/sentences.h"
#include "text/word_table.h"

typedef enum TextStyle {
	TEXT_ONE_WAY = 1,
	TEXT_DIALOGIC,
	TEXT_TRANSPARENT,
	TEXT_COLLABORATIVE,
	TEXT_STYLES_END
} TextStyle;

#define STYLE_EVIDENCE_MAX 4

typedef struct StyleFinding {
	TextStyle style;
	bool sure;
	uint32_t weights[TEXT_STYLES_END];
	TextSpan evidence[STYLE_EVIDENCE_MAX];
	size_t evidence_n;
} StyleFinding;

typedef struct StyleBook StyleBook;
const StyleBook *style_new(Arena *a);
void style_find(const StyleBook *book, const Signs *s, StyleFinding *ret);
const char *text_style_name(TextStyle s); // one-way, dialogic, transparent, collaborative
