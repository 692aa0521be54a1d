// SPDX-License-Identifier: AGPL-3.0-or-later
// The few bytes-to-HTML primitives that every producer of SafeHtml in this folder shares, so that the form of our HTML
// is known exactly: the only character references it ever holds are &amp; &lt; &gt; &quot;, attribute values are in
// double quotes, and no tag holds a `>` outside its end. plain.c relies on this to read SafeHtml back without an HTML
// parser.
//
// Everything is sticky like Buf, owns nothing and may be used from any thread. Input is valid UTF-8. Control
// characters that HTML forbids are written as U+FFFD.
//
// Refuses: writing tags or attribute names from outside data (they are literals of the callers).
#pragma once
#include "base/utf8.h"
#include "text/safe_html.h"

// Escaped for text and for double-quoted attribute values alike.
void markup_text_write(Buf *b, Str s);
void markup_lit_write(Buf *b, const char *z);
// ` name="value"`, the name a literal.
void markup_attr_write(Buf *b, const char *name, Str value);
void markup_code_point_write(Buf *b, uint32_t c); // UTF-8, unescaped

// Decodes one reference as written ("&amp;", "&#x41;", "&hellip;"). Numeric ones always decode (to U+FFFD where HTML
// forbids the character). false: not a name that HTML knows, or `lookups` (a budget for names outside a short table,
// which cost a run of the HTML parser) is used up; the caller then shows it literally.
bool markup_reference_decode(Buf *b, Str reference, unsigned *lookups);
