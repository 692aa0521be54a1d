// SPDX-License-Identifier: AGPL-3.0-or-later
// Html: the writer behind generated templates. Four contexts only: text, quoted attribute, URL attribute, JSON. The
// macros dispatch on the C type, so a value that does not belong in a context does not compile (double, bool, pointers).
//
//   HTML_TEXT(w, v)     Str, const char *, integers, IdText, NameText, SafeHtml
//   HTML_ATTR(w, v)     Str, const char *, integers, IdText, NameText; never SafeHtml
//   HTML_URL(w, v)      a whole URL or its beginning: relative, http, https or mailto; anything else becomes
//                       "about:invalid"
//   HTML_URLPART(w, v)  a piece of a path, query or fragment: everything but A-Z a-z 0-9 - . _ ~ is percent-encoded
//   HTML_JSON(w, v)     JsonText (made by the JSON writer), with <, >, & escaped so that it cannot close its script
//   HTML_COUNT(w, n)    an integer with thousands separators: 12,345
//   HTML_DATETIME(w, t) 2018-03-12T18:28:09Z
// Time and Id are plain integers to the compiler: write times with {% time %}, {% date %}, {% datetime %} and ids with
// ID(x). What somebody is called is written with NAME(x), so that a long name breaks where it reads well. SafeHtml is made by src/text only (the sanitiser and the Markdown renderer). Dates are absolute and UTC, since
// pages of guests are cached; app.js turns <time> into local time.
#pragma once
#include "base/json.h"
#include "base/time.h"
#include "text/safe_html.h"

typedef struct JsonText {
	Str s;
} JsonText;
typedef struct IdText { // an id shown as text: HTML_TEXT(w, ID(x))
	Id id;
} IdText;
#define ID(x) ((IdText){(x)})
typedef struct NameText { // what somebody is called, a Str: HTML_TEXT(w, NAME(x))
	Str s;
} NameText;
#define NAME(x) ((NameText){(x)})

typedef Buf Html; // sticky, as Buf

#define HTML_LIT(w, lit) buf_mem((w), (lit), sizeof(lit) - 1)

void html_text_str(Html *w, Str s);
void html_text_z(Html *w, const char *z); // NULL writes nothing
void html_text_int(Html *w, int64_t v);   // plain digits
void html_text_uint(Html *w, uint64_t v);
void html_text_safe(Html *w, SafeHtml s);
void html_text_id(Html *w, IdText id);
// A long name may break after _ - . and between words run together, "TheLeftHand" and "hand42"; a long piece that has none of
// these breaks every twelve letters. A name in letters beyond ASCII has a direction of its own.
void html_text_name(Html *w, NameText name);
void html_attr_name(Html *w, NameText name); // whole
void html_attr_str(Html *w, Str s);
void html_attr_z(Html *w, const char *z);
void html_url_str(Html *w, Str s);
void html_url_z(Html *w, const char *z);
void html_urlpart_str(Html *w, Str s);
void html_urlpart_z(Html *w, const char *z);
void html_json(Html *w, JsonText j);
void html_count_int(Html *w, int64_t v);
void html_count_uint(Html *w, uint64_t v);
// <time datetime="…">12 Mar 2018, 18:28</time> and the same without the clock; 0 writes nothing.
void html_time(Html *w, Time t);
void html_date(Html *w, Time t);
void html_text_time(Html *w, Time t); // 12 Mar 2018, 18:28, where no line ends
void html_text_date(Html *w, Time t); // 12 Mar 2018

// The integers of C, without char and bool, as rows of a _Generic.
#define HTML_INTEGERS(signed_fn, unsigned_fn)                                                                          \
	signed char : signed_fn,                                                                                           \
				  short : signed_fn,                                                                                   \
						  int : signed_fn,                                                                             \
								long : signed_fn,                                                                      \
									   long long : signed_fn,                                                          \
												   unsigned char : unsigned_fn,                                        \
																   unsigned short : unsigned_fn,                       \
																					unsigned : unsigned_fn,            \
																							   unsigned long           \
		: unsigned_fn,                                                                                                 \
		  unsigned long long : unsigned_fn

#define HTML_TEXT(w, v)                                                                                                \
	_Generic((v), Str: html_text_str, char *: html_text_z, const char *: html_text_z, SafeHtml: html_text_safe,        \
			 IdText: html_text_id, NameText: html_text_name, HTML_INTEGERS(html_text_int, html_text_uint))(w, v)
#define HTML_ATTR(w, v)                                                                                                \
	_Generic((v), Str: html_attr_str, char *: html_attr_z, const char *: html_attr_z, IdText: html_text_id,            \
			 NameText: html_attr_name, HTML_INTEGERS(html_text_int, html_text_uint))(w, v)
#define HTML_URL(w, v)                                                                                                 \
	_Generic((v), Str: html_url_str, char *: html_url_z, const char *: html_url_z, IdText: html_text_id,               \
			 HTML_INTEGERS(html_text_int, html_text_uint))(w, v)
#define HTML_URLPART(w, v)                                                                                             \
	_Generic((v), Str: html_urlpart_str, char *: html_urlpart_z, const char *: html_urlpart_z, IdText: html_text_id,   \
			 HTML_INTEGERS(html_text_int, html_text_uint))(w, v)
#define HTML_JSON(w, v) _Generic((v), JsonText : html_json)(w, v)
#define HTML_COUNT(w, v) _Generic((v), HTML_INTEGERS(html_count_int, html_count_uint))(w, v)
#define HTML_DATETIME(w, t) time_format_iso((w), (t))
