// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/plain.h"

#include <string.h>
#include <utf8proc.h>

#include "base/bytes8.h"
#include "text/markup.h"

#define SCAN_MAX_BYTES ((size_t)32 << 10)
#define MATCHES_MAX 256
#define CUT_NEAR_BYTES 40
#define LEAD_BYTES 60 // of context before the first match

static const Str INLINE_TAGS[] = {
	S_INIT("a"),     S_INIT("abbr"), S_INIT("b"),    S_INIT("cite"),   S_INIT("code"), S_INIT("del"), S_INIT("dfn"),
	S_INIT("em"),    S_INIT("i"),    S_INIT("ins"),  S_INIT("kbd"),    S_INIT("mark"), S_INIT("q"),   S_INIT("s"),
	S_INIT("small"), S_INIT("samp"), S_INIT("span"), S_INIT("strong"), S_INIT("sub"),  S_INIT("sup"), S_INIT("var"),
};

typedef struct Plain {
	Buf out;
	size_t max;
	bool space; // a space is due before the next character
	unsigned lookups;
	bool own, line; // leave out quotes and code; a line break is due rather than a space
	unsigned skip;  // depth in what is left out
} Plain;

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Eight bytes that may stand as they are: in words, with single spaces between them, the first and the last in a word.
static bool eight_in_words(const char *p)
{
	uint64_t v = bytes8_at(p),
			 blank = ~(((v & ~BYTES8_HIGH) + BYTES8(0x80 - 0x21)) | v) & BYTES8_HIGH; // up to the space
	if (!blank) return true;
	return (v << 2 & blank) == blank && !(blank & (blank << 8 | UINT64_C(0x8000000000000080)));
}

// The end of what begins in a word and may stand as it is.
static size_t words_end(const char *p, size_t i, size_t end)
{
	while (i < end) {
		if (end - i >= 8 && eight_in_words(p + i)) i += 8;
		else if (!is_space(p[i])) i++;
		else if (p[i] == ' ' && end - i > 1 && !is_space(p[i + 1])) i += 2;
		else break;
	}
	return i;
}

// Of all white space one space, or a line break that is due; as much as fits, and a byte more.
static void text_write(Plain *p, Str s)
{
	if (p->skip) return;
	for (size_t i = 0; i < s.n && p->out.n <= p->max;) {
		if (is_space(s.p[i])) {
			p->space = true;
			i++;
			continue;
		}
		if (p->space && p->out.n) buf_char(&p->out, p->line ? '\n' : ' ');
		p->space = p->line = false;
		size_t from = i;
		i = words_end(s.p, i, size_min(s.n, i + (p->max + 1 - p->out.n)));
		buf_mem(&p->out, s.p + from, i - from);
	}
}

// Text with the character references of markup.h; others are decoded too while the budget lasts.
static void escaped_write(Plain *p, Str s)
{
	size_t from = 0, at;
	while (p->out.n <= p->max && str_find_char(str_sub(s, from, s.n), '&', &at)) {
		text_write(p, str_sub(s, from, from + at));
		from += at;
		size_t semi;
		char decoded[64];
		Buf b = {.p = decoded, .cap = sizeof decoded, .max = sizeof decoded};
		Str reference = str_sub(s, from, from + 40);
		bool whole = str_find_char(reference, ';', &semi);
		if (whole && markup_reference_decode(&b, str_sub(reference, 0, semi + 1), &p->lookups)) {
			text_write(p, buf_view(&b));
			from += semi + 1;
		} else {
			text_write(p, S("&"));
			from++;
		}
	}
	text_write(p, str_sub(s, from, s.n));
}

// Quotes and code are not the author's own words.
static bool others_words(Str tag)
{
	return str_eq(tag, S("blockquote")) || str_eq(tag, S("pre")) || str_eq(tag, S("code")) || str_eq(tag, S("samp"));
}

// inside: what stands between < and >.
static void tag_write(Plain *p, Str inside)
{
	size_t end = 0, at;
	bool closes = inside.n && inside.p[0] == '/';
	if (closes) inside = str_sub(inside, 1, inside.n);
	while (end < inside.n && inside.p[end] != ' ') end++;
	Str name = str_sub(inside, 0, end);
	if (p->own && others_words(name)) {
		p->skip = closes ? p->skip - (p->skip > 0) : p->skip + 1;
		p->space = true;
		return;
	}
	if (str_eq(name, S("img"))) {
		if (!str_find(inside, S(" alt=\""), &at)) return;
		Str alt = str_sub(inside, at + 6, inside.n);
		if (!str_find_char(alt, '"', &at)) return;
		escaped_write(p, str_sub(alt, 0, at));
		return;
	}
	for (size_t i = 0; i < COUNTOF(INLINE_TAGS); i++)
		if (name.n == INLINE_TAGS[i].n && str_eq(name, INLINE_TAGS[i])) return;
	p->space = true;
	p->line |= p->own;
}

static Str cut_at_word(Str s, size_t max_bytes)
{
	if (s.n <= max_bytes) return s;
	Str cut = utf8_cut(s, max_bytes);
	size_t n = cut.n;
	if (s.p[n] == ' ') return cut;
	while (n && cut.n - n < CUT_NEAR_BYTES && cut.p[n - 1] != ' ') n--;
	return n && cut.p[n - 1] == ' ' ? str_sub(cut, 0, n - 1) : cut;
}

static Str read_html(Arena *a, Str html, size_t max_bytes, bool own)
{
	Plain p = {.max = max_bytes + 4, .lookups = 100, .own = own};
	p.out = buf_init(a, size_min(html.n, max_bytes) + 16, max_bytes + 64);
	for (size_t from = 0, at; from < html.n && p.out.n <= p.max;) {
		Str rest = str_sub(html, from, html.n);
		bool tag = str_find_char(rest, '<', &at);
		escaped_write(&p, tag ? str_sub(rest, 0, at) : rest);
		if (!tag) break;
		Str inside;
		str_cut(str_sub(rest, at + 1, rest.n), '>', &inside);
		tag_write(&p, inside);
		from += at + inside.n + 2;
	}
	return cut_at_word(utf8_repair(a, buf_view(&p.out)), max_bytes);
}

Str html_plain(Arena *a, Str html, size_t max_bytes) { return read_html(a, html, max_bytes, false); }
Str html_own_words(Arena *a, Str html, size_t max_bytes) { return read_html(a, html, max_bytes, true); }

static bool is_word_char(uint32_t c)
{
	if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

bool word_next(Str text, size_t *at, Str *ret_word)
{
	const char *p = text.p + *at, *end = text.p + text.n, *start = NULL;
	while (p < end) {
		const char *here = p;
		bool word = (unsigned char)*p < 0x80 ? is_word_char((unsigned char)*p++) : is_word_char(utf8_next(&p, end));
		if (word && !start) start = here;
		if (!word && start) {
			p = here;
			break;
		}
	}
	*at = (size_t)(p - text.p);
	if (!start) return false;
	*ret_word = (Str){start, (size_t)(p - start)};
	return true;
}

typedef struct Matches {
	Str words[MATCHES_MAX];
	size_t n;
} Matches;

// The first match of the window of max_bytes that holds the most.
static size_t best_first(const Matches *m, size_t max_bytes)
{
	size_t best = 0, best_n = 0, first = 0;
	for (size_t last = 0; last < m->n; last++) {
		const char *end = m->words[last].p + m->words[last].n;
		while ((size_t)(end - m->words[first].p) + LEAD_BYTES > max_bytes && first < last) first++;
		if (last - first + 1 > best_n) {
			best_n = last - first + 1;
			best = first;
		}
	}
	return best;
}

static size_t window_start(Str text, size_t first_match, size_t max_bytes)
{
	if (text.n <= max_bytes || first_match <= LEAD_BYTES) return 0;
	size_t start = size_min(first_match - LEAD_BYTES, text.n - max_bytes), at = start;
	while (at < first_match && text.p[at] != ' ') at++;
	if (at < first_match) return at + 1;
	while (start < first_match && ((unsigned char)text.p[start] & 0xc0) == 0x80) start++;
	return start;
}

SafeHtml snippet_make(Arena *a, const SnippetSpec *spec)
{
	Str text = utf8_cut(spec->text, SCAN_MAX_BYTES), word;
	Matches found, *m = &found; // not zeroed: it is large
	m->n = 0;
	for (size_t at = 0; m->n < MATCHES_MAX && word_next(text, &at, &word);)
		if (spec->match(spec->arg, word)) m->words[m->n++] = word;

	size_t first = m->n ? (size_t)(m->words[best_first(m, spec->max_bytes)].p - text.p) : 0;
	size_t start = window_start(text, first, spec->max_bytes);
	Str shown = cut_at_word(str_sub(text, start, text.n), spec->max_bytes);
	Buf out = buf_init(a, shown.n + 128, shown.n * 6 + (size_t)MATCHES_MAX * 16 + 64);
	const char *p = shown.p, *end = shown.p + shown.n;
	if (start) markup_lit_write(&out, "\xe2\x80\xa6 ");
	for (size_t i = 0; i < m->n; i++) {
		const char *word_end = m->words[i].p + m->words[i].n;
		if (m->words[i].p < p) continue;
		if (word_end > end) break;
		markup_text_write(&out, (Str){p, (size_t)(m->words[i].p - p)});
		markup_lit_write(&out, "<mark>");
		markup_text_write(&out, m->words[i]);
		markup_lit_write(&out, "</mark>");
		p = word_end;
	}
	markup_text_write(&out, (Str){p, (size_t)(end - p)});
	if (start + shown.n < spec->text.n) markup_lit_write(&out, " \xe2\x80\xa6");
	return (SafeHtml){buf_view(&out)};
}
