// SPDX-License-Identifier: AGPL-3.0-or-later
// A gumbo parse tree in an arena with a cap. Gumbo itself neither limits its memory (nested formatting elements make
// quadratic trees) nor frees deep trees without recursion; here running out ends the parse by longjmp out of gumbo's
// allocator and the arena frees everything at once.
//
//   AUTO(Arena) arena = arena_new(TREE_MAX_BYTES);
//   const GumboNode *body;
//   if (!tree_parse(arena, html, &body)) return fail(cx, ST_TOO_LARGE, …);
//
// Private to src/text. The tree lives as long as the arena; any thread.
// Refuses: to walk. Trees may be as deep as they have tags, so walkers keep their own stack.
#pragma once
#include <gumbo.h>

#include "base/str.h"

#define TREE_MAX_BYTES ((size_t)32 << 20)

// html, valid UTF-8, is parsed in standards mode as the content of a body. false: the arena is full.
MUST_CHECK bool tree_parse(Arena *arena, Str html, const GumboNode **ret_body);
// Its two ways. By gumbo: anything. Quickly: plain HTML alone, and then the same tree (without positions in the source);
// false: it is not of that kind.
MUST_CHECK bool tree_gumbo(Arena *arena, Str html, const GumboNode **ret_body);
MUST_CHECK bool tree_quick(Arena *arena, Str html, const GumboNode **ret_body);
// Number of tags as a parser might see them, an upper bound; costs one pass over the bytes.
size_t tree_count_tags(Str html);
