// SPDX-License-Identifier: AGPL-3.0-or-later
// The tokens of a part of a text. No token goes over white space of ASCII, and nothing that reads one looks over it: what
// stands behind it is read the same whatever was before. So only what the part cuts through is read anew.
#include "text/token.h"

#include <string.h>

static size_t first_token_at(const TextScan *scan, uint32_t at)
{
	size_t from = 0, to = scan->tokens_n;
	while (from < to) {
		size_t half = (from + to) / 2;
		if (scan->tokens[half].at < at) from = half + 1;
		else to = half;
	}
	return from;
}

// Tokens of `whole` that begin at its bytes from .. to, which become bytes from - base on.
static void copy_tokens(TextScan *scan, const TextScan *whole, uint32_t base, uint32_t from, uint32_t to,
						TokensSame *ret)
{
	*ret = (TokensSame){.from = first_token_at(whole, from), .at = scan->tokens_n};
	const Token *t = whole->tokens + ret->from, *end = whole->tokens + whole->tokens_n, *first = t;
	if (t == end) return;
	uint32_t shift = (uint32_t)scan->cps_n - first->cp, cps = 0;
	for (; t < end && t->at < to; t++) {
		Token *copy = &scan->tokens[scan->tokens_n++];
		*copy = *t;
		copy->at -= base;
		copy->end -= base;
		copy->cp += shift;
		cps = t->cp + t->cps - first->cp;
		scan->caps_words += (t->flags & TOKEN_CAPS) != 0;
		scan->lower_words += (t->flags & TOKEN_SMALL) != 0;
	}
	memcpy(scan->cps + scan->cps_n, whole->cps + first->cp, cps * sizeof *scan->cps);
	scan->cps_n += cps;
	ret->n = (size_t)(t - first);
}

static bool white(char c) { return (unsigned char)c <= ' '; }

void text_scan_part(TextScan *scan, const TextScan *whole, Str part, TokensSame *ret_same)
{
	uint32_t base = (uint32_t)(part.p - whole->text.p), n = (uint32_t)part.n, head = 0, tail = n;
	if (base && !white(part.p[-1]))
		while (head < n && !white(part.p[head])) head++;
	if (base + n < whole->text.n && !white(part.p[n]))
		while (tail > head && !white(part.p[tail - 1])) tail--;
	text_scan_begin(scan, part);
	*ret_same = (TokensSame){0};
	if (head) text_scan_stretch(scan, 0, head);
	if (tail > head) copy_tokens(scan, whole, base, base + head, base + tail, ret_same);
	if (tail < n) text_scan_stretch(scan, tail, n);
	if (!scan->letters_n) return;
	memset(scan->letters, 0, sizeof scan->letters);
	scan->letters_n = 0;
}
