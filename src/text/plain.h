// SPDX-License-Identifier: AGPL-3.0-or-later
// SafeHtml read back as text: for the search index, excerpts, meta descriptions, notification mails; and the snippet
// of a search result. Works on the exact form that src/text writes (markup.h), so it is one pass without a parser; given
// other HTML it still ends and stays in bounds, only the text is worse.
//
//   Str text = html_plain(cx->arena, post.body_html, 64 << 10);
//   SnippetSpec spec = {.text = text, .max_bytes = 240, .match = stem_matches, .arg = &query};
//   SafeHtml snippet = snippet_make(cx->arena, &spec);
//
// Results live in the arena. Owns nothing; any thread. The matcher is called once per word of the text's first 32 KiB.
// Refuses: to know about stems or languages; whether a word matches is the caller's business.
#pragma once
#include "base/utf8.h"
#include "text/safe_html.h"

// White space runs become one space, blocks are separated by one, descriptions of pictures are kept. If max_bytes cuts
// the text, it ends at a word's end where there is one near.
Str html_plain(Arena *a, Str html, size_t max_bytes);
// The same without quotes and code, a line for each block: what the author says, for the text engine.
Str html_own_words(Arena *a, Str html, size_t max_bytes);
// The Markdown that most people would type for HTML of markdown_render: paragraphs, emphasis, code, links, headings, flat lists
// and quotes. false: html holds something else. What comes back is one of the ways to type it, and rendering that may give
// other HTML (a paragraph that begins with "#"): who relies on it compares with what was typed.
bool html_to_markdown(Arena *a, Str html, Str *ret_source);

typedef bool (*SnippetMatchFn)(void *arg, Str word); // a word as it stands in the text, not folded

typedef struct SnippetSpec {
	Str text;         // plain, valid UTF-8
	size_t max_bytes; // of text shown, marks apart
	SnippetMatchFn match;
	void *arg;
} SnippetSpec;

// The stretch of the text with the most matching words, these in <mark>, with … where it is cut. Without a match: the
// beginning.
SafeHtml snippet_make(Arena *a, const SnippetSpec *spec);

// The next run of letters, marks and digits at or after *at; false at the end. The definition of a word that snippets use.
bool word_next(Str text, size_t *at, Str *ret_word);
