// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/http/parse.h"

#include "base/utf8.h"

#include <string.h>

enum {             // classes of bytes
	C_CONTROL = 1, // ends a run of the line scanner
	C_TOKEN = 2,   // RFC 9110 5.6.2
	C_TARGET = 4,
	C_HOST = 8,
	C_HIGH = 16,
};

#define T (C_TOKEN | C_TARGET)
#define H (C_TOKEN | C_TARGET | C_HOST)
#define X2(v) v, v
#define X4(v) X2(v), X2(v)
#define X8(v) X4(v), X4(v)
#define X16(v) X8(v), X8(v)
#define X64(v) X16(v), X16(v), X16(v), X16(v)
// HTAB is not a control byte here: it is allowed in values, and the finer checks refuse it everywhere else.
static const uint8_t CLASS[256] = {
	X8(C_CONTROL),
	C_CONTROL,
	0,
	X4(C_CONTROL),
	X2(C_CONTROL),
	X16(C_CONTROL),
	[127] = C_CONTROL,
	X64(C_HIGH),
	X64(C_HIGH),
	['0'] = X8(H),
	X2(H),
	['A'] = X16(H),
	X8(H),
	X2(H),
	['a'] = X16(H),
	X8(H),
	X2(H),
	['-'] = H,
	['.'] = H,
	['_'] = H,
	['%'] = H,
	['~'] = H,
	[':'] = C_TARGET | C_HOST,
	['['] = C_TARGET | C_HOST,
	[']'] = C_TARGET | C_HOST,
	['!'] = T,
	['$'] = T,
	['&'] = T,
	['\''] = T,
	['*'] = T,
	['+'] = T,
	['^'] = T,
	['`'] = T,
	['|'] = T,
	['#'] = C_TOKEN,
	['"'] = C_TARGET,
	['('] = C_TARGET,
	[')'] = C_TARGET,
	[','] = C_TARGET,
	['/'] = C_TARGET,
	[';'] = C_TARGET,
	['<'] = C_TARGET,
	['='] = C_TARGET,
	['>'] = C_TARGET,
	['?'] = C_TARGET,
	['@'] = C_TARGET,
	['\\'] = C_TARGET,
	['{'] = C_TARGET,
	['}'] = C_TARGET,
};
#undef T
#undef H

static uint8_t class_of(char c) { return CLASS[(unsigned char)c]; }

static bool all_of(Str s, uint8_t class)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(class_of(s.p[i]) & class)) return false;
	return true;
}

void http_head_init(HttpHead *h)
{
	memset(h, 0, offsetof(HttpHead, names)); // the spans are read only below n
}

static bool method_parse(Str s, HttpMethod *ret_method)
{
	static const struct {
		Str name;
		HttpMethod method;
	} METHODS[] = {
		{S_INIT("GET"), HTTP_GET},         {S_INIT("POST"), HTTP_POST},   {S_INIT("HEAD"), HTTP_HEAD},
		{S_INIT("PUT"), HTTP_PUT},         {S_INIT("PATCH"), HTTP_PATCH}, {S_INIT("DELETE"), HTTP_DELETE},
		{S_INIT("OPTIONS"), HTTP_OPTIONS},
	};
	for (size_t i = 0; i < COUNTOF(METHODS); i++) {
		if (!str_eq(s, METHODS[i].name)) continue;
		*ret_method = METHODS[i].method;
		return true;
	}
	return false;
}

static int version_parse(HttpHead *h, Str v)
{
	if (v.n != 8 || !str_starts(v, S("HTTP/")) || v.p[6] != '.') return 400;
	char major = v.p[5], minor = v.p[7];
	if (major < '0' || major > '9' || minor < '0' || minor > '9') return 400;
	h->minor = minor == '1';
	return major == '1' && minor <= '1' ? 0 : 505;
}

// Returns 0, or the status to refuse with. The version is judged before the method, and the method before the target:
// the preface of HTTP/2 is 505 and CONNECT, whose target is an authority, 501.
static int request_line(HttpHead *h, const char *p, Str line)
{
	size_t first, last = line.n;
	if (!str_find_char(line, ' ', &first)) return 400;
	while (line.p[last - 1] != ' ') last--;
	Str method = str_sub(line, 0, first), version = str_sub(line, last, line.n);
	if (last - 1 == first) return 400; // one space only: HTTP/0.9
	Str target = str_sub(line, first + 1, last - 1);
	if (!method.n || !all_of(method, C_TOKEN)) return 400;
	if (target.n > HTTP_TARGET_MAX_BYTES) return 414;
	if (!target.n || !all_of(target, C_TARGET)) return 400;
	int status = version_parse(h, version);
	if (status) return status;
	if (!method_parse(method, &h->method)) return 501;
	if (target.p[0] != '/') return 400;
	h->target = (HttpSpan){(uint16_t)(target.p - p), (uint16_t)target.n};
	h->in_headers = true;
	return 0;
}

static int header_length(HttpHead *h, Str v)
{
	int64_t n = 0;
	if (h->has_length || !v.n || v.n > 19) return 400;
	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] < '0' || v.p[i] > '9') return 400;
		if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, v.p[i] - '0', &n)) return 400;
	}
	h->has_length = true;
	h->length = (uint64_t)n;
	return 0;
}

static void header_connection(HttpHead *h, Str v)
{
	while (v.n) {
		Str token;
		v = str_cut(v, ',', &token);
		token = str_trim(token);
		if (str_eq_nocase(token, S("close"))) h->close = true;
		if (str_eq_nocase(token, S("keep-alive"))) h->keep_alive = true;
	}
}

// The headers that the framing needs, seen as they come. First letters keep the usual ones off the comparisons.
static int header_meaning(HttpHead *h, Str name, Str v, HttpSpan value)
{
	switch (name.p[0] | 0x20) {
	case 'h':
		if (!str_eq_nocase(name, S("Host"))) return 0;
		if (h->host.at || !v.n || v.n > HTTP_HOST_MAX_BYTES || !all_of(v, C_HOST)) return 400;
		h->host = value;
		return 0;
	case 'c':
		if (str_eq_nocase(name, S("Content-Length"))) return header_length(h, v);
		if (str_eq_nocase(name, S("Connection"))) header_connection(h, v);
		return 0;
	case 't':
		if (!str_eq_nocase(name, S("Transfer-Encoding"))) return 0;
		h->chunked = !h->has_encoding && str_eq(v, S("chunked")); // twice is not chunked either
		h->has_encoding = true;
		return 0;
	case 'e':
		if (!str_eq_nocase(name, S("Expect"))) return 0;
		if (!str_eq_nocase(v, S("100-continue"))) return 417;
		h->expect = true;
		return 0;
	default: return 0;
	}
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static Str value_trim(Str v)
{
	while (v.n && is_blank(v.p[v.n - 1])) v.n--;
	while (v.n && is_blank(v.p[0])) v = (Str){v.p + 1, v.n - 1};
	return v;
}

static int header_line(HttpHead *h, const char *p, Str line)
{
	size_t colon = 0;
	while (colon < line.n && (class_of(line.p[colon]) & C_TOKEN)) colon++;
	if (!colon || colon == line.n || line.p[colon] != ':') return 400; // also folded lines and a space before the colon
	if (h->n == HTTP_HEADERS_MAX) return 431;
	Str name = {line.p, colon}, value = value_trim((Str){line.p + colon + 1, line.n - colon - 1});
	uint8_t seen = 0;
	for (size_t i = 0; i < value.n; i++) seen |= class_of(value.p[i]);
	if ((seen & C_HIGH) && !utf8_valid(value)) return 400; // text is valid past the edge
	h->names[h->n] = (HttpSpan){(uint16_t)(name.p - p), (uint16_t)name.n};
	h->values[h->n] = (HttpSpan){(uint16_t)(value.p - p), (uint16_t)value.n};
	h->n++;
	return header_meaning(h, name, value, h->values[h->n - 1]);
}

static int head_finish(HttpHead *h)
{
	if (h->minor && !h->host.at) return 400;
	if (h->has_encoding) {
		if (h->has_length || !h->minor) return 400;
		if (!h->chunked) return 501;
	}
	if (h->method == HTTP_HEAD && http_head_has_body(h)) return 400;
	if (!h->minor) h->expect = false; // RFC 9110 10.1.1
	return 0;
}

static HttpParse head_error(HttpHead *h, int status)
{
	h->status = status;
	return HTTP_PARSE_ERROR;
}

// More bytes are needed: unless what is there is too long already.
static HttpParse head_wait(HttpHead *h, const char *p, size_t n)
{
	size_t line_n = h->scanned - h->line;
	if (!h->in_headers && line_n > HTTP_TARGET_MAX_BYTES) {
		Str line = {p + h->line, line_n}, target;
		target = str_cut(line, ' ', &line);
		if (target.n) (void)str_cut(target, ' ', &target);
		if (target.n > HTTP_TARGET_MAX_BYTES) return head_error(h, 414);
	}
	return n >= HTTP_HEAD_MAX_BYTES ? head_error(h, 431) : HTTP_PARSE_MORE;
}

// One complete line. DONE after the empty line that ends the head.
static HttpParse head_line(HttpHead *h, const char *p, Str line)
{
	int status = 0;
	if (!h->in_headers && !line.n) {
		status = h->blank_seen ? 400 : 0;
		h->blank_seen = true;
	} else if (!h->in_headers) {
		status = request_line(h, p, line);
	} else if (line.n) {
		status = header_line(h, p, line);
	} else {
		status = head_finish(h);
		h->bytes = h->scanned + 2;
		if (!status) return HTTP_PARSE_DONE;
	}
	return status ? head_error(h, status) : HTTP_PARSE_MORE;
}

HttpParse http_head_feed(HttpHead *h, const char *p, size_t n)
{
	size_t limit = size_min(n, HTTP_HEAD_MAX_BYTES);
	for (;;) {
		size_t at = h->scanned;
		while (at < limit && !(class_of(p[at]) & C_CONTROL)) at++;
		h->scanned = at;
		if (at == limit) return head_wait(h, p, n);
		if (p[at] != '\r') return head_error(h, 400);
		if (at + 1 == limit) return head_wait(h, p, n);
		if (p[at + 1] != '\n') return head_error(h, 400);
		HttpParse got = head_line(h, p, (Str){p + h->line, at - h->line});
		if (got != HTTP_PARSE_MORE) return got;
		h->scanned = h->line = at + 2;
	}
}

bool http_head_keep_alive(const HttpHead *h) { return h->minor ? !h->close : h->keep_alive && !h->close; }

enum { // states of the body; the order matters: up to B_EXT_LF a size line is being read
	B_SIZE,
	B_EXT,
	B_EXT_LF,
	B_FIXED,
	B_DATA,
	B_DATA_CR,
	B_DATA_LF,
	B_TRAILER, // at the start of a line
	B_TRAILER_NAME,
	B_TRAILER_VALUE,
	B_TRAILER_LF,
	B_END_LF,
	B_DONE,
};

HttpParse http_body_init(HttpBody *b, const HttpHead *h, uint64_t limit)
{
	*b = (HttpBody){.limit = limit};
	if (h->chunked) return HTTP_PARSE_MORE;
	if (h->length > limit) {
		b->status = 413;
		return HTTP_PARSE_ERROR;
	}
	b->left = b->total = h->length;
	b->state = b->left ? B_FIXED : B_DONE;
	return b->left ? HTTP_PARSE_MORE : HTTP_PARSE_DONE;
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The size is complete: the limit is enforced before a byte of the chunk is taken.
static int chunk_begin(HttpBody *b)
{
	if (b->left > b->limit - b->total) return 413;
	b->total += b->left;
	b->state = b->left ? B_DATA : B_TRAILER;
	b->line_bytes = b->digits = 0;
	return 0;
}

static int step_size(HttpBody *b, char c)
{
	if (++b->line_bytes > HTTP_CHUNK_LINE_MAX_BYTES) return 400;
	if (b->state == B_EXT_LF) return c == '\n' ? chunk_begin(b) : 400;
	if (c == '\r') {
		b->state = B_EXT_LF;
		return b->digits ? 0 : 400;
	}
	if (b->state == B_EXT) return (class_of(c) & C_CONTROL) || ++b->ext_bytes > HTTP_CHUNK_EXT_MAX_BYTES ? 400 : 0;
	int v = hex_value(c);
	if (v >= 0) {
		if (++b->digits > HTTP_CHUNK_DIGITS_MAX) return 400;
		b->left = b->left << 4 | (uint64_t)v;
		return 0;
	}
	if (c != ';' || !b->digits) return 400;
	b->state = B_EXT;
	return 0;
}

static int step_next(HttpBody *b, bool ok, uint8_t state)
{
	b->state = state;
	return ok ? 0 : 400;
}

static int step_trailer(HttpBody *b, char c)
{
	if (++b->trailer_bytes > HTTP_TRAILERS_MAX_BYTES) return 431;
	switch (b->state) {
	case B_TRAILER:
		if (c == '\r') return step_next(b, true, B_END_LF);
		return step_next(b, class_of(c) & C_TOKEN, B_TRAILER_NAME);
	case B_TRAILER_NAME:
		if (c == ':') return step_next(b, true, B_TRAILER_VALUE);
		return class_of(c) & C_TOKEN ? 0 : 400;
	case B_TRAILER_VALUE:
		if (c == '\r') return step_next(b, true, B_TRAILER_LF);
		return class_of(c) & C_CONTROL ? 400 : 0;
	case B_TRAILER_LF: return step_next(b, c == '\n', B_TRAILER);
	default: return step_next(b, c == '\n', B_DONE);
	}
}

static int body_step(HttpBody *b, char c)
{
	if (b->state <= B_EXT_LF) return step_size(b, c);
	if (b->state == B_DATA_CR) return step_next(b, c == '\r', B_DATA_LF);
	if (b->state == B_DATA_LF) return step_next(b, c == '\n', B_SIZE);
	return step_trailer(b, c);
}

HttpParse http_body_feed(HttpBody *b, const char *p, size_t n, size_t *ret_used, Str *ret_data)
{
	size_t at = 0;
	*ret_data = str_none();
	while (at < n && b->state != B_DONE) {
		if (b->state == B_FIXED || b->state == B_DATA) {
			size_t take = b->left < n - at ? (size_t)b->left : n - at;
			*ret_data = (Str){p + at, take};
			at += take;
			b->left -= take;
			if (!b->left) b->state = b->state == B_FIXED ? B_DONE : B_DATA_CR;
			break;
		}
		b->status = body_step(b, p[at++]);
		if (b->status) break;
	}
	*ret_used = at;
	if (b->status) return HTTP_PARSE_ERROR;
	return b->state == B_DONE ? HTTP_PARSE_DONE : HTTP_PARSE_MORE;
}
