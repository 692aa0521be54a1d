// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/markup.h"

#include <gumbo.h>
#include <string.h>

#define REFERENCE_MAX_BYTES 40
#define C1_LEAD ((char)0xc2) // U+0080 to U+009F are c2 80 to c2 9f

// 0: plain, 1: has an escape (carriage returns are left out: a parser would read them as line breaks), 2: control character that HTML forbids
static const unsigned char CLASS[256] = {
	[0] = 2,  [1] = 2,  [2] = 2,   [3] = 2,   [4] = 2,   [5] = 2,   [6] = 2,   [7] = 2,    [8] = 2,
	[11] = 2, [12] = 2, [14] = 2,  [15] = 2,  [16] = 2,  [17] = 2,  [18] = 2,  [19] = 2,   [20] = 2,
	[21] = 2, [22] = 2, [23] = 2,  [24] = 2,  [25] = 2,  [26] = 2,  [27] = 2,  [28] = 2,   [29] = 2,
	[30] = 2, [31] = 2, [127] = 2, ['&'] = 1, ['<'] = 1, ['>'] = 1, ['"'] = 1, ['\r'] = 1, [0xc2] = 2,
};

static Str escape_of(char c)
{
	if (c == '&') return S("&amp;");
	if (c == '<') return S("&lt;");
	if (c == '>') return S("&gt;");
	if (c == '"') return S("&quot;");
	if (c == '\r') return S("");
	if (c == '\f') return S(" "); // white space in HTML
	return S("\xef\xbf\xbd");
}

void markup_text_write(Buf *b, Str s)
{
	size_t from = 0;
	if (!s.n) return;
	for (size_t i = 0; i < s.n; i++) {
		if (!CLASS[(unsigned char)s.p[i]]) continue;
		bool c1 = s.p[i] == C1_LEAD;
		if (c1 && (i + 1 == s.n || (unsigned char)s.p[i + 1] > 0x9f)) continue;
		buf_mem(b, s.p + from, i - from);
		buf_str(b, escape_of(s.p[i]));
		i += c1;
		from = i + 1;
	}
	buf_mem(b, s.p + from, s.n - from);
}

void markup_lit_write(Buf *b, const char *z) { buf_mem(b, z, strlen(z)); }

void markup_attr_write(Buf *b, const char *name, Str value)
{
	buf_char(b, ' ');
	markup_lit_write(b, name);
	buf_mem(b, "=\"", 2);
	markup_text_write(b, value);
	buf_char(b, '"');
}

void markup_code_point_write(Buf *b, uint32_t c)
{
	char out[4];
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char LEAD[5] = {0, 0, 0xc0, 0xe0, 0xf0};
	for (size_t i = n - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (c & 0x3f));
		c >>= 6;
	}
	out[0] = (char)(LEAD[n] | c);
	buf_mem(b, out, n);
}

static bool code_point_allowed(uint32_t c)
{
	if (c < 0x20) return c == '\t' || c == '\n';
	return c < 0x7f || (c > 0x9f && c < 0xd800) || (c > 0xdfff && c <= 0x10ffff);
}

static uint32_t digit_value(char c)
{
	if (c >= '0' && c <= '9') return (uint32_t)(c - '0');
	if (c >= 'a' && c <= 'f') return (uint32_t)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F') return (uint32_t)(c - 'A') + 10;
	return 99;
}

static bool numeric_decode(Buf *b, Str digits)
{
	bool hex = digits.n && (digits.p[0] | 32) == 'x';
	uint32_t base = hex ? 16 : 10, v = 0;
	digits = str_sub(digits, hex, digits.n);
	if (!digits.n) return false;
	for (size_t i = 0; i < digits.n; i++) {
		uint32_t d = digit_value(digits.p[i]);
		if (d >= base) return false;
		v = v > 0x10ffff ? v : v * base + d;
	}
	markup_code_point_write(b, code_point_allowed(v) ? v : 0xfffd);
	return true;
}

typedef struct Name {
	Str name, text;
} Name;

static const Name NAMES[] = {
	{S_INIT("amp"), S_INIT("&")},
	{S_INIT("lt"), S_INIT("<")},
	{S_INIT("gt"), S_INIT(">")},
	{S_INIT("quot"), S_INIT("\"")},
	{S_INIT("apos"), S_INIT("'")},
	{S_INIT("nbsp"), S_INIT("\xc2\xa0")},
	{S_INIT("copy"), S_INIT("\xc2\xa9")},
	{S_INIT("hellip"), S_INIT("\xe2\x80\xa6")},
	{S_INIT("mdash"), S_INIT("\xe2\x80\x94")},
	{S_INIT("ndash"), S_INIT("\xe2\x80\x93")},
	{S_INIT("rarr"), S_INIT("\xe2\x86\x92")},
	{S_INIT("times"), S_INIT("\xc3\x97")},
};

// Names outside the table: the HTML parser knows all 2,125, so it is asked with a document of one reference.
static bool name_look_up(Buf *b, Str reference)
{
	char html[REFERENCE_MAX_BYTES];
	memcpy(html, reference.p, reference.n);
	GumboOutput *tree = gumbo_parse_with_options(&kGumboDefaultOptions, html, reference.n);
	const GumboVector *top = &tree->root->v.element.children;
	const GumboNode *body = top->length ? top->data[top->length - 1] : NULL;
	bool found = false;
	if (body && body->type == GUMBO_NODE_ELEMENT && body->v.element.children.length == 1) {
		const GumboNode *text = body->v.element.children.data[0];
		Str s = text->type == GUMBO_NODE_TEXT ? str_from(text->v.text.text) : str_none();
		// An unknown name comes back as written; a known prefix ("&notit;") leaves its rest.
		found = s.n && s.p[s.n - 1] != ';';
		if (found) buf_str(b, s);
	}
	gumbo_destroy_output(&kGumboDefaultOptions, tree);
	return found;
}

bool markup_reference_decode(Buf *b, Str reference, unsigned *lookups)
{
	if (reference.n < 3 || reference.n > REFERENCE_MAX_BYTES) return false;
	if (reference.p[0] != '&' || reference.p[reference.n - 1] != ';') return false;
	Str name = str_sub(reference, 1, reference.n - 1);
	if (name.p[0] == '#') return numeric_decode(b, str_sub(name, 1, name.n));
	for (size_t i = 0; i < COUNTOF(NAMES); i++) {
		if (!str_eq(name, NAMES[i].name)) continue;
		buf_str(b, NAMES[i].text);
		return true;
	}
	if (!*lookups) return false;
	--*lookups;
	return name_look_up(b, reference);
}
