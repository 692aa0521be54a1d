// SPDX-License-Identifier: AGPL-3.0-or-later
// Foreign HTML (imports, feeds, mail) to SafeHtml: parsed as a browser would (gumbo), then written anew from an
// allow-list, so that nothing of the source's own spelling survives. Same form of output as the Markdown renderer.
//
//   SafeHtml html;
//   TRY(html_sanitize(cx, body, S("https://quantumcomputing.stackexchange.com/q/1"), &html));
//
// Kept: p br hr headings (h1 becomes h3, h4 and deeper h6) lists quotes pre/code (language-x from class "lang-x")
// tables and the usual inline elements; href, title, src, alt, width, height, start, colspan, rowspan. A div that
// holds text becomes a p. Dropped with content: script, style, iframe, object, svg, math, form controls, template and
// the like. Everything else is unwrapped: its text stays. Links and pictures as url.h says, resolved against base_url.
// TeX between dollars is text like any other. Elements stand only where a browser keeps them (li in a list, td in tr,
// no block in p, no link in a link): what is written and what is parsed again are the same tree, and no end tag can
// close an element of the page around it.
//
// Limits: 256 KiB of input, 8,192 tags, 32 MiB for the parse tree, 64 levels written; passing one is ST_TOO_LARGE.
// Invalid UTF-8 is repaired. The result lives in cx->arena; any thread.
#pragma once
#include "base/ctx.h"
#include "text/safe_html.h"

#define SANITIZE_MAX_BYTES ((size_t)256 << 10)
#define SANITIZE_MAX_TAGS 8192

// base_url: the absolute address the HTML came from, or str_none() (relative links then stay relative).
MUST_CHECK Status html_sanitize(Ctx *cx, Str html, Str base_url, SafeHtml *ret_html);
