// SPDX-License-Identifier: AGPL-3.0-or-later
// Renders one template of ok/ by its name.
#include "golden_html.h"

#include <stdio.h>
#include <string.h>

static const struct Case {
	const char *name;
	void (*render)(Html *w, const View *v);
} CASES[] = {
#include "cases.inc"
};

int main(int argc, char **argv)
{
	Arena *a = arena_new(ARENA_CAP_BYTES);
	Html w = buf_init(a, 4096, BUF_MAX_BYTES);
	Post posts[] = {{S("a <b>"), {S("<em>one</em>")}, 3}, {S("c & d"), {S("two")}, -1}};
	View v = {.title = S("Fish & \"chips\" <'>"), .url = S("/t/4k2?a=1&b=2"), .evil = S(" JavaScript:alert(1)"), .tag = S("5 GHz/ü"),
			  .error = "error.title_empty", .posts = {posts, 2}, .id = 1234567, .at = 1520879289000, .answers_n = 12345,
			  .small = 7, .yes = true, .json = {S("{\"a\":\"</script>&\"}")}};
	for (size_t i = 0; i < COUNTOF(CASES); i++)
		if (argc > 1 && strcmp(CASES[i].name, argv[1]) == 0) CASES[i].render(&w, &v);
	fwrite(w.p, 1, w.n, stdout);
	putchar('\n');
	arena_free(a);
	return 0;
}
