// SPDX-License-Identifier: AGPL-3.0-or-later
// For tests and fuzzers: are two trees the same for a walker? Positions in the source are not looked at.
#pragma once
#include <string.h>

#include "text/tree.h"

static inline bool tree_same_attributes(const GumboVector *a, const GumboVector *b)
{
	if (a->length != b->length) return false;
	for (unsigned i = 0; i < a->length; i++) {
		const GumboAttribute *x = a->data[i], *y = b->data[i];
		if (strcmp(x->name, y->name) != 0 || strcmp(x->value, y->value) != 0) return false;
	}
	return true;
}

// Recursion is as deep as the quick tree may be.
static inline bool tree_same(const GumboNode *a, const GumboNode *b) // NOLINT(misc-no-recursion)
{
	if (a->type != b->type) return false;
	if (a->type != GUMBO_NODE_ELEMENT) return strcmp(a->v.text.text, b->v.text.text) == 0;
	const GumboElement *x = &a->v.element, *y = &b->v.element;
	bool same = x->tag == y->tag && x->tag_namespace == y->tag_namespace && x->children.length == y->children.length &&
				tree_same_attributes(&x->attributes, &y->attributes);
	for (unsigned i = 0; same && i < x->children.length; i++)
		same = tree_same(x->children.data[i], y->children.data[i]);
	return same;
}

// What quick makes of it, if anything, is what gumbo makes of it.
static inline bool tree_agrees(Str html, bool *ret_quick)
{
	AUTO(Arena) a = arena_new(TREE_MAX_BYTES);
	AUTO(Arena) b = arena_new(TREE_MAX_BYTES);
	const GumboNode *quick, *slow;
	*ret_quick = tree_quick(a, html, &quick);
	if (!*ret_quick || !tree_gumbo(b, html, &slow)) return true;
	return slow && tree_same(quick, slow);
}
