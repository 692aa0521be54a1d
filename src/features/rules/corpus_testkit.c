// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules/corpus_testkit.h"

#include <stdio.h>

#include "test.h"

Str corpus_read(const char *name)
{
	static const char *const ROOTS[] = {"", "../../", "../../../"};
	for (size_t i = 0; i < COUNTOF(ROOTS); i++) {
		Str path = str_format(test_arena(), "%ssrc/features/rules/golden/%s", ROOTS[i], name);
		FILE *in = fopen(str_z(test_arena(), path), "rb");
		if (!in) continue;
		size_t cap = (size_t)1 << 20;
		char *p = arena_alloc(test_arena(), cap, 1);
		size_t n = fread(p, 1, cap, in);
		fclose(in);
		return (Str){p, n};
	}
	fail_msg("run the test from the root: there is no golden/%s here", name);
	return str_none();
}

bool corpus_next(Str *text, CorpusCase *ret_case)
{
	Str line, rest = *text;
	while (rest.n && !str_starts(rest, S("=== "))) rest = str_cut(rest, '\n', &line);
	if (!rest.n) return false;
	rest = str_cut(rest, '\n', &line);
	CorpusCase c = {.name = str_sub(line, 4, line.n)};
	c.raw = str_starts(c.name, S("raw "));
	const char *expected = rest.p;
	while (str_starts(rest, S(">"))) rest = str_cut(rest, '\n', &line);
	c.expected = (Str){expected, (size_t)(rest.p - expected)};
	size_t n;
	if (!str_find(rest, S("\n=== "), &n)) n = rest.n;
	else n++;
	Str own = str_sub(rest, 0, n);
	size_t at;
	bool ruled = str_find(own, S("[[rule]]"), &at);
	c.toml = c.raw ? own
				   : str_format(test_arena(), "ruleset = {name = \"t\", version = 1}\n%s\n%.*s",
								ruled ? "" : "rule = [{id = \"r\", on = \"joined\", score = \"reach\", points = 1}]",
								STR(own));
	*text = str_sub(rest, n, rest.n);
	*ret_case = c;
	return true;
}

void corpus_same(const char *name, Str got)
{
	Str want = corpus_read(name);
	if (str_eq(got, want)) return;
	const char *out = getenv("GOLDEN_OUT"); // a folder for what came instead, to look at and to take over
	if (out) {
		FILE *f = fopen(str_z(test_arena(), str_format(test_arena(), "%s/%s", out, name)), "wb");
		if (f) {
			fwrite(got.p, 1, got.n, f);
			fclose(f);
		}
	}
	for (Str a = got, b = want, x, y; a.n || b.n;) {
		a = str_cut(a, '\n', &x);
		b = str_cut(b, '\n', &y);
		if (!str_eq(x, y)) fail_msg("%s differs:\n got  %.*s\n want %.*s", name, STR(x), STR(y));
	}
	fail_msg("%s differs at its end", name);
}
