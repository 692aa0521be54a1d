// SPDX-License-Identifier: AGPL-3.0-or-later
// The one authority on HTTP/1.1 framing: a strict request-head parser and a body decoder (handbook: http, probe table).
// Pure functions over bytes: no sockets, no allocation, no clock; fuzzed by parse_fuzz.c.
//
// Head: the caller keeps the bytes of the head contiguous, from its first byte, and calls http_head_feed with all it has
// each time more arrives. The parser remembers how far it looked, so a head that comes byte by byte costs
// linear time. What is found is kept as offsets, because the caller's buffer may move between calls.
//
//   http_head_init(&h);
//   switch (http_head_feed(&h, p, n)) { case HTTP_PARSE_MORE: … case HTTP_PARSE_ERROR: answer(h.status); …
//   case HTTP_PARSE_DONE: the head is p[0 .. h.bytes), the body follows as h.chunked and h.length say; }
//
// Body: http_body_feed eats bytes in any pieces and hands back slices of content. Nothing is buffered.
//
// It refuses rather than repairs: whatever two parsers could read in two ways is an error (request smuggling).
// Every error is an HTTP status, known as early as the bytes allow.
#pragma once
#include "net/http/http.h"

#define HTTP_HOST_MAX_BYTES ((size_t)261)          // 255 of name, ':' and a port
#define HTTP_CHUNK_LINE_MAX_BYTES ((uint32_t)1024) // one chunk-size line with its extensions
#define HTTP_CHUNK_EXT_MAX_BYTES ((uint32_t)16384) // extensions of a whole body
#define HTTP_CHUNK_DIGITS_MAX 15                   // < 2^60, so that sums cannot overflow
#define HTTP_TRAILERS_MAX_BYTES ((uint32_t)8192)

typedef enum HttpParse { HTTP_PARSE_MORE, HTTP_PARSE_DONE, HTTP_PARSE_ERROR } HttpParse;

typedef struct HttpSpan {
	uint16_t at, n; // heads are at most 16 KiB
} HttpSpan;

typedef struct HttpHead {
	size_t scanned, line; // first byte not yet looked at; start of the current line
	size_t bytes;         // of the whole head with its empty line, once done
	int status;           // of HTTP_PARSE_ERROR
	bool in_headers;      // the request line has been read
	bool blank_seen;      // one empty line before the request line is forgiven (RFC 9112 2.2)
	bool minor;           // HTTP/1.1 rather than 1.0
	bool has_length, has_encoding, chunked;
	bool expect;            // Expect: 100-continue
	bool close, keep_alive; // as the Connection header says
	HttpMethod method;
	uint64_t length;
	HttpSpan target, host;
	size_t n;
	HttpSpan names[HTTP_HEADERS_MAX], values[HTTP_HEADERS_MAX];
} HttpHead;

void http_head_init(HttpHead *h);
// p[0..n): every byte received of this head so far, possibly with bytes after it.
HttpParse http_head_feed(HttpHead *h, const char *p, size_t n);
static inline Str http_span(const char *p, HttpSpan s) { return (Str){p + s.at, s.n}; }
bool http_head_keep_alive(const HttpHead *h);
static inline bool http_head_has_body(const HttpHead *h) { return h->chunked || h->length > 0; }

typedef struct HttpBody {
	uint8_t state;
	uint8_t digits;
	uint32_t line_bytes, ext_bytes, trailer_bytes;
	uint64_t left;         // of the fixed body or the current chunk
	uint64_t total, limit; // content bytes announced so far and their maximum
	int status;            // of HTTP_PARSE_ERROR
} HttpBody;

// status 413 if the length announced is over the limit already.
HttpParse http_body_init(HttpBody *b, const HttpHead *h, uint64_t limit);
// Eats *ret_used bytes of p[0..n) and gives at most one slice of content in *ret_data. MORE with *ret_used == n means
// that more bytes are needed, with less that it is to be called again. Bytes after DONE belong to the next request.
HttpParse http_body_feed(HttpBody *b, const char *p, size_t n, size_t *ret_used, Str *ret_data);
