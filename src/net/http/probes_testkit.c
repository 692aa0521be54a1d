// SPDX-License-Identifier: AGPL-3.0-or-later
// The rows of the probe table of handbook http.md, in its order.
#include "test.h"

#include "net/http/rig_testkit.h"

#include "base/buf.h"

#define HOST "Host: a\r\n"
#define CHUNKED "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
#define P(name, status, text)                                                                                          \
	{                                                                                                                  \
		name, status, S_INIT(text)                                                                                     \
	}

// clang-format off
static const Probe PROBES[] = {
	P("two equal Content-Lengths", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
	P("two different Content-Lengths", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\ncontent-length: 6\r\n\r\nhello"),
	P("length +5", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\nhello"),
	P("length -5", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: -5\r\n\r\nhello"),
	P("length list", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5, 5\r\n\r\nhello"),
	P("length hex", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 0x5\r\n\r\nhello"),
	P("length empty", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\nhello"),
	P("length blank", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length:  \t \r\n\r\nhello"),
	P("length with words", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5 5\r\n\r\nhello"),
	P("length 2^63", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 9223372036854775808\r\n\r\nhello"),
	P("length 2^64+5", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 18446744073709551621\r\n\r\nhello"),
	P("length of 30 digits", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 000000000000000000000000000005\r\n\r\nhello"),

	P("length and chunked", 400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
	P("chunked and length", 400, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
	P("chunked in HTTP/1.0", 400, "POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),

	P("gzip", 501, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n"),
	P("gzip, chunked", 501, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
	P("Chunked", 501, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n"),
	P("chunked, chunked", 501, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
	P("chunked twice", 501, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
	P("chunked and identity", 501, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
	P("identity", 501, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: identity\r\n\r\n"),
	P("xchunked", 501, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
	P("encoding empty", 501, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding:\r\n\r\n0\r\n\r\n"),

	P("chunk 0x5", 400, CHUNKED "0x5\r\nhello\r\n0\r\n\r\n"),
	P("chunk +5", 400, CHUNKED "+5\r\nhello\r\n0\r\n\r\n"),
	P("chunk with a space before", 400, CHUNKED " 5\r\nhello\r\n0\r\n\r\n"),
	P("chunk with junk", 400, CHUNKED "5 junk\r\nhello\r\n0\r\n\r\n"),
	P("chunk with a space behind", 400, CHUNKED "5 \r\nhello\r\n0\r\n\r\n"),
	P("chunk negative", 400, CHUNKED "-5\r\nhello\r\n0\r\n\r\n"),
	P("chunk overflowing", 400, CHUNKED "10000000000000005\r\nhello\r\n0\r\n\r\n"),
	P("chunk ffffffffffffffff", 400, CHUNKED "ffffffffffffffff\r\nhello\r\n0\r\n\r\n"),
	P("chunk without a size", 400, CHUNKED "\r\nhello\r\n0\r\n\r\n"),
	P("chunk ;ext only", 400, CHUNKED ";a=b\r\nhello\r\n0\r\n\r\n"),
	P("chunk data without CRLF", 400, CHUNKED "5\r\nhello0\r\n\r\n"),
	P("chunk data longer", 400, CHUNKED "5\r\nhello!\r\n0\r\n\r\n"),
	P("chunk size LF", 400, CHUNKED "5\nhello\r\n0\r\n\r\n"),
	P("chunk data LF", 400, CHUNKED "5\r\nhello\n0\r\n\r\n"),
	P("last chunk LF", 400, CHUNKED "5\r\nhello\r\n0\n\r\n"),
	P("chunk size CR CR", 400, CHUNKED "5\r\rhello\r\n0\r\n\r\n"),
	P("chunk extension with LF", 400, CHUNKED "5;a\nb\r\nhello\r\n0\r\n\r\n"),

	P("chunks", 200, CHUNKED "5\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n"),
	P("chunk extensions", 200, CHUNKED "5;a=b;c=\"d\"\r\nhello\r\n0;last\r\n\r\n"),

	P("trailers", 200, CHUNKED "5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-B: 2\r\n\r\n"),
	P("trailer folded", 400, CHUNKED "0\r\nX-Sum: 1\r\n 2\r\n\r\n"),
	P("trailer without colon", 400, CHUNKED "0\r\nX-Sum\r\n\r\n"),
	P("trailer with a space in its name", 400, CHUNKED "0\r\nX Sum: 1\r\n\r\n"),
	P("trailer LF", 400, CHUNKED "0\r\nX-Sum: 1\n\r\n"),
	P("trailer NUL", 400, CHUNKED "0\r\nX-Sum: \0\r\n\r\n"),

	P("no Host", 400, "GET / HTTP/1.1\r\n\r\n"),
	P("two Hosts", 400, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
	P("empty Host", 400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
	P("Host with a slash", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
	P("Host with an at", 400, "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"),
	P("Host with a space", 400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
	P("Host and space", 400, "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
	P("space before a colon", 400, "GET / HTTP/1.1\r\n" HOST "X-A : b\r\n\r\n"),
	P("tab before a colon", 400, "GET / HTTP/1.1\r\n" HOST "X-A\t: b\r\n\r\n"),
	P("empty name", 400, "GET / HTTP/1.1\r\n" HOST ": b\r\n\r\n"),
	P("space in a name", 400, "GET / HTTP/1.1\r\n" HOST "X A: b\r\n\r\n"),
	P("no colon", 400, "GET / HTTP/1.1\r\n" HOST "XA\r\n\r\n"),

	P("folded header", 400, "GET / HTTP/1.1\r\n" HOST "X-A: b\r\n c\r\n\r\n"),
	P("folded first header", 400, "GET / HTTP/1.1\r\n X-A: b\r\n" HOST "\r\n"),
	P("bare LF after the request", 400, "GET / HTTP/1.1\nHost: a\r\n\r\n"),
	P("bare LF after a header", 400, "GET / HTTP/1.1\r\nHost: a\n\r\n"),
	P("bare LF at the end", 400, "GET / HTTP/1.1\r\nHost: a\r\n\n"),
	P("CR in a value", 400, "GET / HTTP/1.1\r\n" HOST "X-A: b\rc\r\n\r\n"),
	P("CR CR LF", 400, "GET / HTTP/1.1\r\n" HOST "X-A: b\r\r\n\r\n"),
	P("NUL in a name", 400, "GET / HTTP/1.1\r\n" HOST "X\0A: b\r\n\r\n"),
	P("NUL in a value", 400, "GET / HTTP/1.1\r\n" HOST "X-A: b\0c\r\n\r\n"),
	P("NUL in the target", 400, "GET /\0a HTTP/1.1\r\n" HOST "\r\n"),
	P("NUL after the version", 400, "GET / HTTP/1.1\0\r\n" HOST "\r\n"),
	P("control byte in a name", 400, "GET / HTTP/1.1\r\n" HOST "X\001A: b\r\n\r\n"),
	P("control byte in a value", 400, "GET / HTTP/1.1\r\n" HOST "X-A: b\x1b[c\r\n\r\n"),
	P("DEL in a value", 400, "GET / HTTP/1.1\r\n" HOST "X-A: b\x7f\r\n\r\n"),
	P("tab after the version", 400, "GET / HTTP/1.1\t\r\n" HOST "\r\n"),
	P("space after the version", 400, "GET / HTTP/1.1 \r\n" HOST "\r\n"),
	P("invalid UTF-8 in a value", 400, "GET / HTTP/1.1\r\n" HOST "X-A: \xff\xfe\r\n\r\n"),
	P("tab inside a value", 200, "GET / HTTP/1.1\r\n" HOST "X-A: b\tc\r\n\r\n"),
	P("UTF-8 in a value", 200, "GET / HTTP/1.1\r\n" HOST "X-A: \xc3\xa9t\xc3\xa9\r\n\r\n"),

	P("absolute form", 400, "GET http://a/ HTTP/1.1\r\n" HOST "\r\n"),
	P("authority form", 400, "GET a:80 HTTP/1.1\r\n" HOST "\r\n"),
	P("target without a slash", 400, "GET index.html HTTP/1.1\r\n" HOST "\r\n"),
	P("space in the target", 400, "GET /a b HTTP/1.1\r\n" HOST "\r\n"),
	P("two spaces before the target", 400, "GET  / HTTP/1.1\r\n" HOST "\r\n"),
	P("tab in the target", 400, "GET /a\tb HTTP/1.1\r\n" HOST "\r\n"),
	P("control byte in the target", 400, "GET /a\001b HTTP/1.1\r\n" HOST "\r\n"),
	P("fragment in the target", 400, "GET /a#b HTTP/1.1\r\n" HOST "\r\n"),
	P("high byte in the target", 400, "GET /\xc3\xa9 HTTP/1.1\r\n" HOST "\r\n"),

	P("CONNECT", 501, "CONNECT a:443 HTTP/1.1\r\n" HOST "\r\n"),
	P("TRACE", 501, "TRACE / HTTP/1.1\r\n" HOST "\r\n"),
	P("unknown method", 501, "BREW /pot HTTP/1.1\r\n" HOST "\r\n"),
	P("lower-case method", 501, "get / HTTP/1.1\r\n" HOST "\r\n"),
	P("method that starts like one", 501, "GETX / HTTP/1.1\r\n" HOST "\r\n"),
	P("OPTIONS *", 400, "OPTIONS * HTTP/1.1\r\n" HOST "\r\n"),
	P("OPTIONS /", 200, "OPTIONS / HTTP/1.1\r\n" HOST "\r\n"),

	P("body over the limit, by length", 413, "POST /small HTTP/1.1\r\n" HOST "Content-Length: 11\r\n\r\n"),
	P("body over the limit, in one chunk", 413, "POST /small HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nb\r\n"),
	P("body over the limit, in two", 413, "POST /small HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n"),
	P("body at the limit", 200, "POST /small HTTP/1.1\r\n" HOST "Content-Length: 10\r\n\r\n0123456789"),
	P("body at the limit, in chunks", 200, "POST /small HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n"),

	P("Expect other", 417, "POST / HTTP/1.1\r\n" HOST "Expect: 200-ok\r\nContent-Length: 5\r\n\r\nhello"),
	P("Expect with parameters", 417, "POST / HTTP/1.1\r\n" HOST "Expect: 100-continue; a=b\r\nContent-Length: 5\r\n\r\nhello"),

	P("HEAD with a body", 400, "HEAD / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello"),
	P("HEAD with chunks", 400, "HEAD / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
	P("HEAD with a length of 0", 200, "HEAD / HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n"),
	P("GET with a body", 200, "GET / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello"),
	P("GET with a body over the limit", 413, "GET /small HTTP/1.1\r\n" HOST "Content-Length: 11\r\n\r\nhello world"),

	P("HTTP/1.0", 200, "GET / HTTP/1.0\r\n\r\n"),
	P("HTTP/1.0 keep-alive", 200, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
	P("one empty line before", 200, "\r\nGET / HTTP/1.1\r\n" HOST "\r\n"),
	P("two empty lines before", 400, "\r\n\r\nGET / HTTP/1.1\r\n" HOST "\r\n"),

	P("HTTP/0.9 line", 400, "GET /\r\n"),
	P("HTTP/0.9", 505, "GET / HTTP/0.9\r\n\r\n"),
	P("HTTP/1.7", 505, "GET / HTTP/1.7\r\n" HOST "\r\n"),
	P("HTTP/2.0", 505, "GET / HTTP/2.0\r\n" HOST "\r\n"),
	P("HTTP/2 preface", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
	P("http/1.1", 400, "GET / http/1.1\r\n" HOST "\r\n"),
	P("HTTP/1.10", 400, "GET / HTTP/1.10\r\n" HOST "\r\n"),
	P("HTTP/+1.1", 400, "GET / HTTP/+1.1\r\n" HOST "\r\n"),
	P("TLS hello", 400, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
	P("a lone NUL", 400, "\0"),
};
// clang-format on

// head, then `times` the part, then the end
static Probe of_length(Arena *a, const char *name, int status, const Str parts[3], size_t times)
{
	size_t most = parts[0].n + parts[1].n * times + parts[2].n;
	Buf b = buf_init(a, most, most);
	buf_str(&b, parts[0]);
	for (size_t i = 0; i < times; i++) buf_str(&b, parts[1]);
	buf_str(&b, parts[2]);
	return (Probe){name, status, buf_view(&b)};
}

size_t probe_list(Arena *a, Probe **ret_probes)
{
	static const Str TARGET[3] = {S_INIT("GET /"), S_INIT("a"), S_INIT(" HTTP/1.1\r\n" HOST "\r\n")};
	static const Str COUNT[3] = {S_INIT("GET / HTTP/1.1\r\n" HOST), S_INIT("X-A: b\r\n"), S_INIT("\r\n")};
	static const Str HEAD[3] = {S_INIT("GET / HTTP/1.1\r\n" HOST "X-A: "), S_INIT("b"), S_INIT("\r\n\r\n")};
	static const Str LINE[3] = {S_INIT(CHUNKED "5;"), S_INIT("e"), S_INIT("\r\nhello\r\n0\r\n\r\n")};
	static const Str EXTENSIONS[3] = {S_INIT(CHUNKED), S_INIT("1;0123456789abcdef\r\nx\r\n"), S_INIT("0\r\n\r\n")};
	static const Str TRAILER[3] = {S_INIT(CHUNKED "0\r\n"), S_INIT("X-A: 0123456789\r\n"), S_INIT("\r\n")};
	const Probe LONG[] = {
		of_length(a, "target of 8 KiB", 200, TARGET, HTTP_TARGET_MAX_BYTES - 1),
		of_length(a, "target over 8 KiB", 414, TARGET, HTTP_TARGET_MAX_BYTES),
		of_length(a, "target over 16 KiB", 414, TARGET, HTTP_HEAD_MAX_BYTES),
		of_length(a, "100 headers", 200, COUNT, HTTP_HEADERS_MAX - 1),
		of_length(a, "101 headers", 431, COUNT, HTTP_HEADERS_MAX),
		of_length(a, "head of 16 KiB", 200, HEAD, HTTP_HEAD_MAX_BYTES - HEAD[0].n - HEAD[2].n),
		of_length(a, "head over 16 KiB", 431, HEAD, HTTP_HEAD_MAX_BYTES - HEAD[0].n - HEAD[2].n + 1),
		of_length(a, "head far over 16 KiB", 431, HEAD, HTTP_HEAD_MAX_BYTES + 4096),
		of_length(a, "chunk line over 1 KiB", 400, LINE, 1024),
		of_length(a, "chunk extensions over 16 KiB", 400, EXTENSIONS, 1100),
		of_length(a, "trailers over 8 KiB", 431, TRAILER, 500),
	};
	Probe *list = ARENA_NEW(a, Probe, COUNTOF(PROBES) + COUNTOF(LONG));
	memcpy(list, PROBES, sizeof PROBES);
	memcpy(list + COUNTOF(PROBES), LONG, sizeof LONG);
	*ret_probes = list;
	return COUNTOF(PROBES) + COUNTOF(LONG);
}
