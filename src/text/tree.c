// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/tree.h"

#include <setjmp.h>
#include <string.h>

#define PREFIX "<!DOCTYPE html><body>" // without a doctype gumbo would parse in quirks mode (tables inside p)

typedef struct Parse {
	Arena *arena;
	jmp_buf full;
} Parse;

static void *tree_alloc(void *arg, size_t n)
{
	Parse *parse = arg;
	void *p = arena_try_alloc(parse->arena, n, 16);
	if (!p) longjmp(parse->full, 1);
	return p;
}

static void tree_release(void *arg, void *p)
{
	(void)arg;
	(void)p;
}

static const GumboNode *find_body(const GumboOutput *out)
{
	const GumboVector *top = &out->root->v.element.children;
	for (unsigned i = 0; i < top->length; i++) {
		const GumboNode *node = top->data[i];
		if (node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == GUMBO_TAG_BODY) return node;
	}
	return NULL;
}

static const GumboOutput *run(Parse *parse, const char *text, size_t n)
{
	if (setjmp(parse->full)) return NULL;
	GumboOptions options = kGumboDefaultOptions;
	options.allocator = tree_alloc;
	options.deallocator = tree_release;
	options.userdata = parse;
	options.max_errors = 0;
	return gumbo_parse_with_options(&options, text, n);
}

bool tree_gumbo(Arena *arena, Str html, const GumboNode **ret_body)
{
	Parse parse = {.arena = arena};
	size_t n = sizeof PREFIX - 1 + html.n;
	char *text = arena_try_alloc(arena, n, 1);
	if (!text) return false;
	memcpy(text, PREFIX, sizeof PREFIX - 1);
	if (html.n) memcpy(text + sizeof PREFIX - 1, html.p, html.n);
	const GumboOutput *out = run(&parse, text, n);
	if (!out) return false;
	*ret_body = find_body(out);
	return true;
}

bool tree_parse(Arena *arena, Str html, const GumboNode **ret_body)
{
	return tree_quick(arena, html, ret_body) || tree_gumbo(arena, html, ret_body);
}

size_t tree_count_tags(Str html)
{
	size_t tags = 0;
	for (size_t i = 0; i + 1 < html.n; i++) {
		char c = (char)(html.p[i + 1] | 32);
		tags += html.p[i] == '<' && ((c >= 'a' && c <= 'z') || html.p[i + 1] == '/');
	}
	return tags;
}
