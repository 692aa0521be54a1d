// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/sentences.h"

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static bool is_letter(char c) { return (c | 32) >= 'a' ? (c | 32) <= 'z' : (unsigned char)c >= 0x80; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The bytes of a mark that ends a sentence; loose: only with white space behind it.
static size_t end_mark(Str s, size_t i, bool *ret_loose)
{
	static const struct {
		Str mark;
		bool loose;
	} MARKS[] = {{S_INIT("."), true},  {S_INIT("!"), true},   {S_INIT("?"), true},   {S_INIT("…"), true},
				 {S_INIT("؟"), true},  {S_INIT("۔"), true},   {S_INIT("।"), true},   {S_INIT("։"), true},
				 {S_INIT("።"), true},  {S_INIT("。"), false}, {S_INIT("！"), false}, {S_INIT("？"), false},
				 {S_INIT("\n"), false}};
	for (size_t k = 0; k < COUNTOF(MARKS); k++)
		if (MARKS[k].mark.p[0] == s.p[i] && str_starts(str_sub(s, i, i + 4), MARKS[k].mark)) {
			*ret_loose = MARKS[k].loose;
			return MARKS[k].mark.n;
		}
	return 0;
}

// "Dr.", "z.B.", "J.", "3.": a dot that ends no sentence.
static bool short_for(Str s, size_t from, size_t dot)
{
	static const char *const WORDS[] = {
		"dr",  "mr",   "mrs", "ms",   "prof", "st",   "no",  "nr",  "vs",     "etc", "inc", "ltd", "bzw",  "ca",
		"str", "tel",  "sra", "srta", "sr",   "dra",  "av",  "art", "approx", "vol", "fig", "sig", "dott", "mme",
		"usw", "evtl", "max", "min",  "incl", "inkl", "ggf", "vgl", "abs",    "pag", "ex",  "sog", "mio",  "mrd"};
	size_t word = dot;
	while (word > from && (is_letter(s.p[word - 1]) || is_digit(s.p[word - 1]))) word--;
	Str w = str_sub(s, word, dot);
	if (w.n <= 1 && (w.n == 0 || is_letter(w.p[0]))) return w.n == 1; // "..." ends one, an initial does not
	if (w.n <= 2 && is_digit(w.p[0])) return true;
	for (size_t i = 0; i < COUNTOF(WORDS); i++)
		if (str_eq_nocase(w, str_from(WORDS[i]))) return true;
	return false;
}

// Marks that follow one another and quotes and brackets behind them belong to the sentence.
static size_t after_marks(Str s, size_t i)
{
	for (bool loose; i < s.n;) {
		size_t n = s.p[i] == '\n' ? 0 : end_mark(s, i, &loose);
		if (!n && (s.p[i] == '"' || s.p[i] == '\'' || s.p[i] == ')' || s.p[i] == ']')) n = 1;
		if (!n && (str_starts(str_sub(s, i, i + 3), S("”")) || str_starts(str_sub(s, i, i + 3), S("“")))) n = 3;
		if (!n && str_starts(str_sub(s, i, i + 2), S("»"))) n = 2;
		if (!n) break;
		i += n;
	}
	return i;
}

typedef struct Spans {
	TextSpan *v;
	size_t n, most;
} Spans;

static void add(Spans *o, Str s, size_t from, size_t to)
{
	while (from < to && is_space(s.p[from])) from++;
	while (to > from && is_space(s.p[to - 1])) to--;
	if (from == to) return;
	if (o->n == o->most) o->v[o->n - 1].end = (uint32_t)to;
	else o->v[o->n++] = (TextSpan){(uint32_t)from, (uint32_t)to};
}

size_t sentences_split(Str s, TextSpan *ret, size_t most)
{
	Spans o = {ret, 0, most};
	size_t from = 0;
	for (size_t i = 0; i < s.n;) {
		bool loose = false;
		size_t mark = end_mark(s, i, &loose);
		if (!mark) {
			i++;
			continue;
		}
		size_t end = mark == 1 && s.p[i] == '\n' ? i + 1 : after_marks(s, i + mark);
		bool ends = !loose || end >= s.n || is_space(s.p[end]);
		if (ends && s.p[i] == '.' && end == i + 1 && end < s.n && short_for(s, from, i)) ends = false;
		if (ends) {
			add(&o, s, from, end);
			from = end;
		}
		i = end;
	}
	add(&o, s, from, s.n);
	return o.n;
}
