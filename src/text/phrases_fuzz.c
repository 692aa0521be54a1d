// SPDX-License-Identifier: AGPL-3.0-or-later
// Lines as posts: their first byte is the author, the second the day. What comes out must keep what the header promises.
#include "text/phrases.h"

#include "base/utf8.h"

#define POSTS 256

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(Arena) arena = arena_new((size_t)64 << 20);
	Ctx cx = {.arena = arena};
	PhrasePost posts[POSTS];
	PhraseAnswer a;
	size_t n = 0;
	Str rest = {(const char *)data, size}, line;
	while (rest.n && n < POSTS) {
		rest = str_cut(rest, '\n', &line);
		if (line.n < 2) continue;
		posts[n] = (PhrasePost){.at_ms = ((uint8_t)line.p[1] & 31) * TIME_DAY_MS, .author = (uint8_t)line.p[0]};
		posts[n++].text = str_sub(line, 2, line.n);
	}
	PhraseQuestion q = {.posts = posts, .n = n, .by = size % 2 ? PHRASES_BY_WEEK : PHRASES_BY_DAY, .top = 5};
	if (phrases_emerging(&cx, &q, &a) != ST_OK) return 0;
	for (size_t i = 0; i < a.n; i++)
		for (size_t k = 0; k < a.v[i].n; k++) {
			const RisingPhrase *p = &a.v[i].v[k];
			BUG_IF(p->posts < 5 || p->authors < 3 || p->z_centi < 400 || !p->examples_n || a.v[i].n > q.top);
			BUG_IF(!p->text.n || !utf8_valid(p->text));
			for (uint32_t e = 0; e < p->examples_n; e++) BUG_IF(p->examples[e] >= n);
		}
	return 0;
}
