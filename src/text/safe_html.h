// SPDX-License-Identifier: AGPL-3.0-or-later
// SafeHtml: HTML that may be written to a page as it is. Only src/text makes new ones (sanitiser, Markdown renderer);
// the database gives them back through safe_html_stored, which names the column's promise.
#pragma once
#include "base/str.h"

typedef struct SafeHtml {
	Str s;
} SafeHtml;

// For a column that only ever received SafeHtml.
static inline SafeHtml safe_html_stored(Str s) { return (SafeHtml){s}; }
