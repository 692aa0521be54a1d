// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/html.h"

#include <string.h>

// What a byte needs in each context.
enum { IN_TEXT = 1, IN_ATTR = 2, IN_URL = 4, IN_URLPART = 8 };
// Bytes 00 to ff, 16 a row. URL: controls, space, " < > \ ^ ` { | } and 7f. URLPART: all but A-Z a-z 0-9 - . _ ~
// clang-format off
static const uint8_t BYTES[256] = {
	12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12,
	12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12,
	12, 8, 14, 8, 8, 8, 11, 10, 8, 8, 8, 8, 8, 0, 0, 8,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 15, 8, 15, 8,
	8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 12, 8, 12, 0,
	12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 12, 12, 0, 12,
	8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
	8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
	8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
	8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
	8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
	8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
	8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
	8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
};
// clang-format on

static void entity(Html *w, char c)
{
	switch (c) {
	case '&': HTML_LIT(w, "&amp;"); break;
	case '<': HTML_LIT(w, "&lt;"); break;
	case '>': HTML_LIT(w, "&gt;"); break;
	case '"': HTML_LIT(w, "&#34;"); break;
	default: HTML_LIT(w, "&#39;"); break;
	}
}

static void percent(Html *w, char c)
{
	static const char HEX[] = "0123456789ABCDEF";
	char out[3] = {'%', HEX[(uint8_t)c >> 4], HEX[(uint8_t)c & 15]};
	buf_mem(w, out, sizeof out);
}

static inline uint8_t four_bytes(const char *p)
{
	return BYTES[(uint8_t)p[0]] | BYTES[(uint8_t)p[1]] | BYTES[(uint8_t)p[2]] | BYTES[(uint8_t)p[3]];
}

// From i on the first byte that is not harmless. Four are looked at together, since nearly all are; the last four may have been
// seen before.
static inline size_t harmless_to(Str s, size_t i, uint8_t context)
{
	while (s.n - i >= 4 && !(four_bytes(s.p + i) & context)) i += 4;
	if (s.n >= 4 && s.n - i < 4 && !(four_bytes(s.p + s.n - 4) & context)) return s.n;
	while (i < s.n && !(BYTES[(uint8_t)s.p[i]] & context)) i++;
	return i;
}

// Copies runs of harmless bytes whole.
static inline void escape(Html *w, Str s, uint8_t context, void (*write)(Html *, char))
{
	for (size_t from = 0;; from++) {
		size_t i = harmless_to(s, from, context);
		buf_mem(w, s.p + from, i - from);
		if (i == s.n) break;
		write(w, s.p[i]);
		from = i;
	}
}

void html_text_str(Html *w, Str s) { escape(w, s, IN_TEXT, entity); }
void html_text_z(Html *w, const char *z) { html_text_str(w, str_from(z)); }
void html_text_int(Html *w, int64_t v) { buf_int(w, v); }
void html_text_safe(Html *w, SafeHtml s) { buf_str(w, s.s); }
void html_text_id(Html *w, IdText id) { buf_id(w, id.id); }
void html_attr_str(Html *w, Str s) { escape(w, s, IN_ATTR, entity); }
void html_attr_name(Html *w, NameText name) { html_attr_str(w, name.s); }
void html_attr_z(Html *w, const char *z) { html_attr_str(w, str_from(z)); }
void html_urlpart_str(Html *w, Str s) { escape(w, s, IN_URLPART, percent); }
void html_urlpart_z(Html *w, const char *z) { html_urlpart_str(w, str_from(z)); }
void html_url_z(Html *w, const char *z) { html_url_str(w, str_from(z)); }

// --- names ----------------------------------------------------------------------------------------------------------------

#define NAME_SHORT_BYTES 12 // fits wherever a name stands
#define NAME_PIECE_LETTERS 12
#define NAME_PIECE_MAX 20 // without a place to break

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Between two bytes of ASCII: the second begins a word.
static bool word_begins(char a, char b)
{
	bool letter = is_lower(a) || is_upper(a);
	if (a == '_' || a == '-' || a == '.') return is_lower(b) || is_upper(b) || is_digit(b) || (uint8_t)b > 127;
	return (is_lower(a) && is_upper(b)) || (letter && is_digit(b));
}

static size_t piece_end(Str s, size_t from)
{
	size_t i = from + 1;
	while (i < s.n && !word_begins(s.p[i - 1], s.p[i])) i++;
	return i;
}

static bool is_ascii(Str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((uint8_t)s.p[i] > 127) return false;
	return true;
}

// No place to break in it: every few letters then, but not inside letters that join one another.
static void write_piece(Html *w, Str piece)
{
	while (piece.n > NAME_PIECE_MAX && is_ascii(piece)) {
		html_text_str(w, str_sub(piece, 0, NAME_PIECE_LETTERS));
		HTML_LIT(w, "<wbr>");
		piece = str_sub(piece, NAME_PIECE_LETTERS, piece.n);
	}
	html_text_str(w, piece);
}

void html_text_name(Html *w, NameText name)
{
	Str s = name.s;
	bool own_way = !is_ascii(s);
	if (own_way) HTML_LIT(w, "<bdi>");
	for (size_t from = 0; s.n > NAME_SHORT_BYTES && from < s.n;) {
		size_t to = piece_end(s, from);
		write_piece(w, str_sub(s, from, to));
		if (to < s.n) HTML_LIT(w, "<wbr>");
		from = to;
	}
	if (s.n <= NAME_SHORT_BYTES) html_text_str(w, s);
	if (own_way) HTML_LIT(w, "</bdi>");
}

// The scheme is what stands before the first of : / ? #, if that is a colon.
static bool url_allowed(Str s)
{
	static const char AFTER_SCHEME[] = {':', '/', '?', '#'};
	static const Str SCHEMES[] = {S_INIT("http"), S_INIT("https"), S_INIT("mailto")};
	size_t n = 0;
	while (n < s.n && !memchr(AFTER_SCHEME, s.p[n], sizeof AFTER_SCHEME)) n++;
	if (n == s.n || s.p[n] != ':') return true;
	for (size_t i = 0; i < COUNTOF(SCHEMES); i++)
		if (str_eq_nocase(str_sub(s, 0, n), SCHEMES[i])) return true;
	return false;
}

static void url_char(Html *w, char c)
{
	if (c == '&') HTML_LIT(w, "&amp;");
	else if (c == '\'') HTML_LIT(w, "&#39;");
	else percent(w, c);
}

void html_url_str(Html *w, Str s)
{
	s = str_trim(s);
	if (!url_allowed(s)) {
		HTML_LIT(w, "about:invalid");
		return;
	}
	escape(w, s, IN_URL | IN_ATTR, url_char);
}

static void json_char(Html *w, char c)
{
	static const char HEX[] = "0123456789abcdef";
	char out[6] = {'\\', 'u', '0', '0', HEX[(uint8_t)c >> 4], HEX[(uint8_t)c & 15]};
	buf_mem(w, out, sizeof out);
}

// <, > and & stand in strings only, where \u is allowed.
void html_json(Html *w, JsonText j) { escape(w, j.s, IN_TEXT, json_char); }

// u in decimal, a separator every `group` digits (0: none).
static void digits(Html *w, uint64_t u, bool negative, int group)
{
	char tmp[28];
	size_t at = sizeof tmp;
	int n = 0;
	do {
		if (group && n == group) {
			tmp[--at] = ',';
			n = 0;
		}
		tmp[--at] = (char)('0' + u % 10);
		u /= 10;
		n++;
	} while (u);
	if (negative && group) buf_z(w, "\xe2\x88\x92"); // for people: a minus, not a hyphen
	else if (negative) tmp[--at] = '-';
	buf_mem(w, tmp + at, sizeof tmp - at);
}

void html_text_uint(Html *w, uint64_t v) { digits(w, v, false, 0); }
void html_count_uint(Html *w, uint64_t v) { digits(w, v, false, 3); }
void html_count_int(Html *w, int64_t v) { digits(w, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, v < 0, 3); }

static char *put_date(char *to, const Civil *c)
{
	static const char MONTHS[] = " Jan  Feb  Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov  Dec ";
	if (c->day > 9) *to++ = (char)('0' + c->day / 10);
	*to++ = (char)('0' + c->day % 10);
	memcpy(to, MONTHS + (ptrdiff_t)5 * (c->month - 1), 5);
	return time_put_year(to + 5, c->year);
}

static char *put_time(char *to, const Civil *c)
{
	to = put_date(to, c);
	const char clock[7] = {',',
						   ' ',
						   (char)('0' + c->hour / 10),
						   (char)('0' + c->hour % 10),
						   ':',
						   (char)('0' + c->minute / 10),
						   (char)('0' + c->minute % 10)};
	memcpy(to, clock, sizeof clock);
	return to + sizeof clock;
}

// In a sentence a line may end anywhere but in the middle of a date.
static void put_unbroken(Html *w, const char *text, const char *end)
{
	for (; text < end; text++) {
		if (*text == ' ') HTML_LIT(w, "\xc2\xa0");
		else buf_char(w, *text);
	}
}

void html_text_date(Html *w, Time t)
{
	char text[TIME_TEXT_BYTES];
	Civil c = time_civil(t);
	put_unbroken(w, text, put_date(text, &c));
}

void html_text_time(Html *w, Time t)
{
	char text[TIME_TEXT_BYTES];
	Civil c = time_civil(t);
	put_unbroken(w, text, put_time(text, &c));
}

static void time_element(Html *w, Time t, char *(*put)(char *, const Civil *))
{
	char text[TIME_TEXT_BYTES];
	if (t == 0) return;
	Civil c = time_civil(t);
	HTML_LIT(w, "<time datetime=\"");
	buf_mem(w, text, (size_t)(time_put_iso(text, &c) - text));
	HTML_LIT(w, "\">");
	buf_mem(w, text, (size_t)(put(text, &c) - text));
	HTML_LIT(w, "</time>");
}

void html_time(Html *w, Time t) { time_element(w, t, put_time); }
void html_date(Html *w, Time t) { time_element(w, t, put_date); }
