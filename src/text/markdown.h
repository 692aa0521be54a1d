// SPDX-License-Identifier: AGPL-3.0-or-later
// Markdown (CommonMark with tables, strikethrough and bare links; md4c parses) to SafeHtml. This is the only renderer:
// what the preview shows, what is stored and what is sent by mail come from it.
//
//   SafeHtml html;
//   TRY(markdown_render(cx, body, &html));
//
// Form of the output: headings begin at h3 (the page owns h1 and h2), h4 and deeper become h6; blocks carry
// dir="auto", save paragraphs, items and cells: these are many and take their direction by the style sheet (unicode-bidi:
// plaintext), and a list or table with items that carry the attribute would not look at them for its own; links carry
// rel="nofollow ugc"; code blocks are <pre tabindex="0"><code class="language-x"> and tables stand in <div class="scroll"
// tabindex="0">, so that a keyboard can scroll them; alignment of columns is a class.
// A link that url.h refuses leaves its text; a picture that is not https becomes a link to it, or its description.
//
// Limits: 64 KiB of source, 1 MiB of output, 40 levels of nesting (deeper ones lose their tags, not their text).
// Errors, with a field error on "body": ST_TOO_LARGE, ST_INVALID (not UTF-8). Reads only cx->arena; any thread.
// Refuses: raw HTML (it is shown as text), images from http or relative addresses, inline styles, ids.
#pragma once
#include "base/ctx.h"
#include "text/safe_html.h"

#define MARKDOWN_MAX_BYTES ((size_t)64 << 10)

MUST_CHECK Status markdown_render(Ctx *cx, Str source, SafeHtml *ret_html);
// The smaller language of comments: one paragraph, inline marks only; "# x", "- x", "> x", "1. x" stay as written.
MUST_CHECK Status markdown_comment_render(Ctx *cx, Str source, SafeHtml *ret_html);
